"""Writes what the commands print into the READMEs. Run it where an output has changed:

    .venv/bin/python docs/make_outputs.py

Three kinds of fenced blocks are filled, all from one build of the example page:

- `console`: each line that starts with `$ ` is a command, what follows is its output;
- `turtle`: its first line is a comment with words of the example page; the rest is the statement that rests on them;
- `python` with a `text` block behind it: a program and what it prints.

tests/test_readme.py fills them as well, and fails where the files then differ.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILES = ("README.md", "README.zh.md", "CONTRIBUTING.md")

_CONSOLE = re.compile(r"^```console\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_TURTLE = re.compile(r"^```turtle\n# (?P<quote>[^\n]+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_PROGRAM = re.compile(r"^```python\n(?P<code>[^`]*)^```\n\n```text\n(?P<output>.*?)^```$", re.MULTILINE | re.DOTALL)
_ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_SUMMARY = re.compile(r"^\d+ articles, .*$", re.MULTILINE)
_KG = "import sys; from kg.cli import main; main(sys.argv[1:])"
_FIRST = (
    "a",
    "rdf:subject",
    "rdf:predicate",
    "rdf:object",
    "kg:about",
    "kg:amount",
    "kg:currency",
    "oa:hasSource",
    "oa:start",
)


def build_example(folder: Path) -> str:
    """Builds the example page into `folder`/build; the line that says what was found."""
    shown = _run([sys.executable, str(ROOT / "build_graph.py")], folder, terminal=True)
    found = _SUMMARY.search(_ANSI.sub("", shown).replace("\r", "\n"))
    if found is None:
        raise ValueError(f"the build does not say what it found:\n{shown}")
    return found[0].rstrip()


def fill(text: str, folder: Path, summary: str) -> str:
    """`text` with all outputs as they are now; `folder` has the example's `build/` in it, `summary` is about it."""

    def fill_console(found: re.Match[str]) -> str:
        commands = re.findall(r"^\$ (.+)$", found["body"], re.MULTILINE)
        return "```console\n" + "".join(f"$ {one}\n{run_command(one, folder, summary)}" for one in commands) + "```"

    def fill_turtle(found: re.Match[str]) -> str:
        return f"```turtle\n# {found['quote']}\n{show_statement(found['quote'], folder)}```"

    def fill_program(found: re.Match[str]) -> str:
        return f"```python\n{found['code']}```\n\n```text\n{run_program(found['code'], folder)}```"

    return _PROGRAM.sub(fill_program, _TURTLE.sub(fill_turtle, _CONSOLE.sub(fill_console, text)))


@cache
def run_command(command: str, folder: Path, summary: str) -> str:
    """What a `kg` command prints; `make graph`, which sets up an environment first, is put together from its parts."""
    if command == "make graph":
        return f"{summary}\n{_read_echoes('graph')}"
    program, *args = shlex.split(command)
    if Path(program).name != "kg":
        raise ValueError(f"{command}: only kg and `make graph` are run")
    return _run([sys.executable, "-c", _KG, *args], folder)


@cache
def run_program(code: str, folder: Path) -> str:
    return _run([sys.executable, "-c", code], folder)


def _read_echoes(target: str) -> str:
    """What a target of the Makefile says itself."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    folder = re.search(r"^BIN := (.+)$", makefile, re.MULTILINE)
    if recipe is None or folder is None:
        raise ValueError(f"the Makefile has no {target}, or no BIN")
    lines = re.findall(r"^\t@echo ?(.*)$", recipe[1], re.MULTILINE)
    return "".join(f"{' '.join(shlex.split(line)).replace('$(BIN)', folder[1])}\n" for line in lines)


def _run(command: list[str], folder: Path, *, terminal: bool = False) -> str:
    env = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    if terminal:
        env |= {"FORCE_COLOR": "1", "TERM": "xterm", "COLUMNS": "120"}
    ran = subprocess.run(command, cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False)
    if ran.returncode:
        raise ValueError(f"{shlex.join(command)} ended with status {ran.returncode}:\n{ran.stderr}")
    return ran.stdout + (ran.stderr if terminal else "")


@cache
def show_statement(quote: str, folder: Path) -> str:
    """The direct triple, the statement, its evidence and the selectors, in the words of graph.ttl.

    Of the facts that rest on the words it is one that is surely said, not one that only follows.
    """
    turtle = (folder / "build" / "graph.ttl").read_text(encoding="utf-8")
    words = _find_subject(rf'oa:exact "{re.escape(quote)}"', turtle)
    sure = r"(?s)^(?=.*kg:confidence 0\.9)evidence:"
    evidence = _find_subject(rf"{sure}.*oa:hasSelector [^;]*{re.escape(words)}\b", turtle)
    statement = _find_subject(rf"(?s)^statement:.*prov:wasDerivedFrom [^;]*{re.escape(evidence)}\b", turtle)
    facts = _read_facts(statement, turtle)
    direct = " ".join(facts[end] for end in ("rdf:subject", "rdf:predicate", "rdf:object"))
    shown = [f"{direct} .\n"] if facts["kg:modality"] == '"actual"' else []
    places = _read_facts(evidence, turtle)["oa:hasSelector"].split(" , ")
    return "\n".join([*shown, *(_show_node(node, turtle) for node in (statement, evidence, *places))])


def _find_subject(pattern: str, turtle: str) -> str:
    """The first node whose block has `pattern` in it, the one with most to say where there are several."""
    blocks = [block for block in turtle.split("\n\n") if re.search(pattern, block)]
    if not blocks:
        raise ValueError(f"graph.ttl has nothing like {pattern}")
    return max(blocks, key=lambda block: block.count(" ;\n")).partition(" ")[0]


def _read_facts(subject: str, turtle: str) -> dict[str, str]:
    """Predicate → objects, as Turtle writes them."""
    block = next(block for block in turtle.split("\n\n") if block.startswith(f"{subject} "))
    pairs = block.rstrip().removesuffix(" .").removeprefix(f"{subject} ").split(" ;\n\t")
    return dict(pair.split(" ", 1) for pair in pairs)


def _show_node(subject: str, turtle: str) -> str:
    facts = _read_facts(subject, turtle)
    order = sorted(facts, key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name))
    lines = " ;\n".join(f"    {name} {facts[name]}" for name in order)
    return f"{subject} {lines.lstrip()} .\n"


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        summary = build_example(folder)
        for path in (ROOT / name for name in FILES):
            text = path.read_text(encoding="utf-8")
            filled = fill(text, folder, summary)
            if filled != text:
                path.write_text(filled, encoding="utf-8")
                print(f"{path.name}: outputs changed")


if __name__ == "__main__":
    main()
