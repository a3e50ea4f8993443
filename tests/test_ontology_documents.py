"""The documentation of the ontology is the one that the ontology gives now."""

from __future__ import annotations

import importlib.util
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kg.ontology import load_ontology

DOCS = Path(__file__).parent.parent / "docs"


@pytest.fixture(scope="module")
def made():
    spec = importlib.util.spec_from_file_location("make_ontology", DOCS / "make_ontology.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.make_files()


@pytest.mark.parametrize("name", ["ontology.md", "ontology.html"])
def test_the_file_is_current(name, made):
    assert (DOCS / name).read_text(encoding="utf-8") == made[name], "run .venv/bin/python docs/make_ontology.py"


@pytest.mark.parametrize("name", ["ontology.md", "ontology.html"])
def test_every_term_is_in_it(name, made):
    ontology = load_ontology()
    for term in (*ontology.classes(), *ontology.relations(), *ontology.qualifiers()):
        assert f"kg:{term}" in made[name]
        assert ontology.label(term) in made[name]


def test_the_page_is_whole_and_loads_nothing(made):
    open_, tags = [], []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            tags.append((tag, dict(attrs)))
            if tag not in ("meta", "!doctype"):
                open_.append(tag)

        def handle_endtag(self, tag):
            assert open_.pop() == tag

    Reader().feed(made["ontology.html"])
    assert open_ == []
    assert not [tag for tag, attrs in tags if tag in ("script", "link", "img") or "src" in attrs]
