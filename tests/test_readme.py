"""What the documents say is so: commands run and print what stands there, files exist, no command is forgotten."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import pytest

from kg import resources
from kg.cli import cli

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh.md")
DOCUMENTS = (
    *READMES,
    "CONTRIBUTING.md",
    *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.md")),
)
MADE = re.compile(r"build/|\.venv/")
"""Paths that only exist once something was built or set up."""
PLACEHOLDER = re.compile(r"[A-Z]{4,}|https?:|[<>{}…]|^District/")


def load_outputs():
    """docs/make_outputs.py, which is a script and not part of a package."""
    spec = importlib.util.spec_from_file_location("make_outputs", ROOT / "docs" / "make_outputs.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


outputs = load_outputs()


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """A folder in which the example page was built, and what the build said."""
    folder = tmp_path_factory.mktemp("readme")
    return folder, outputs.build_example(folder)


@pytest.mark.parametrize("name", outputs.FILES)
def test_outputs_are_what_the_program_prints(name, example):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert text == outputs.fill(text, *example), "run .venv/bin/python docs/make_outputs.py"


def test_a_changed_output_is_noticed(example):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    wrong = re.sub(r"^\d+ articles", "77 articles", text, flags=re.MULTILINE)
    assert wrong != text == outputs.fill(wrong, *example)


@pytest.mark.parametrize("name", READMES)
def test_a_readme_shows_all_that_its_first_screen_promises(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    places = [text.index(part) for part in ("```turtle", "$ make graph", "](docs/network", "$ .venv/bin/kg query")]
    assert places == sorted(places)
    assert "make test" in text[: places[2]]


@pytest.mark.parametrize("name", READMES)
def test_the_sentence_of_the_first_screen_stands_on_the_example_page(name):
    page = resources.path("examples/page-2021-04-29.txt").read_text(encoding="utf-8")
    (sentence,) = re.findall(r"^> (.+)$", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    assert sentence in re.sub(r"\s", "", page)


@pytest.mark.parametrize("name", READMES)
def test_every_command_is_mentioned(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert [command for command in cli.commands if not re.search(rf"^kg {command}\b", text, re.MULTILINE)] == []


def test_both_readmes_have_the_same_blocks_of_code():
    english, chinese = ((ROOT / name).read_text(encoding="utf-8") for name in READMES)
    blocks = re.compile(r"^```\w+\n.*?^```$", re.MULTILINE | re.DOTALL)
    assert blocks.findall(english) == blocks.findall(chinese)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_that_is_named_exists(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    linked = [(ROOT / name).parent / target for target in re.findall(r"\]\(([^)#:]+)\)", text)]
    assert [str(path) for path in linked if not path.exists()] == []
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    assert [path for path in find_paths(prose) if not any(ROOT.glob(path))] == []


def find_paths(text: str) -> list[str]:
    """Words in backticks that look like files or folders of the repository; they may have a `*` in them."""
    words = [word for code in re.findall(r"`([^`\n]+)`", text) for word in code.split()]
    paths = [word.strip(",;:[]") for word in words if re.search(r"\w/", word)]
    return [path for path in paths if not MADE.search(path) and not PLACEHOLDER.search(path)]


def test_paths_are_found_among_other_words():
    text = "`kg/cli.py`, `kg query`, `ontology/rules/RELATION.yml`, `.venv/bin/python docs/a*.py`, `District/500113`"
    assert find_paths(text) == ["kg/cli.py", "docs/a*.py"]
