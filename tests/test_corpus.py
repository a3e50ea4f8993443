"""A corpus that grows: whatever came when, and whatever went again, the graph is that of the articles in it."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

import pytest
from growing.articles import make_file
from growing.naive import make_turtle

from kg.corpus import codec, intake
from kg.corpus.intake import FileRead
from kg.corpus.session import Corpus, open_corpus
from kg.iris import DEFAULT_BASE, Names
from kg.knowledge import load_knowledge
from kg.model import (
    Article,
    Entity,
    Evidence,
    Observation,
    Placed,
    Qualifiers,
    Reading,
    Span,
    Statement,
    TimeSpan,
)
from kg.store import open_store, sort_store
from kg.turtle import write_turtle

NUMBERS = (*range(16), 22, 28, 29, 39, 42, 59, 68, 79, 102, 119)
"""39 is a reprint of 28, 79 of 68; 59 is 42 on another page, 119 is 102."""


@pytest.fixture(scope="module")
def files() -> dict[str, FileRead]:
    """What the files hold, read once."""
    return {f"/{n}.txt": intake.read_variants(make_file(n).encode(), f"{n}.txt", None) for n in NUMBERS}


def _add(corpus: Corpus, path: str, found: FileRead) -> None:
    intake.add_file(corpus.db, path, path, None, found)


def _turtle(store) -> bytes:
    return write_turtle(list(sort_store(store)), Names(DEFAULT_BASE).prefixes(load_knowledge().ontology.classes()))


def _naive(files: dict[str, FileRead]) -> bytes:
    return make_turtle(one for found in files.values() for one in found.variants)


def test_what_was_read_comes_back_from_the_tables_as_it_was():
    evidence = Evidence("ab", 1, 4, "与江\ud800", "rule", Decimal("0.90"), ("page=1&viewrect=1,2,3,4",))
    when = TimeSpan("2021-04", date(2021, 4, 1), date(2021, 4, 30))
    said = Qualifiers(on_date=when, amount=Decimal("5000000000"), about=("Project", "某项目"))
    placed = (Placed(Span(0, 3), 1, 10, 12, (5, 17, 29, 41)),)
    article = Article("题", "正文。", date=date(2021, 4, 29), origin=(7, 8, 8, 20, 21), page_id="cd", placed=placed)
    statement = Statement(("Company", "甲"), "signedWith", ("District", "江西省/乙县"), said, (evidence,))
    figure = Observation(("Company", "甲"), "产值", Decimal("1.50"), "CNY", (evidence,), dates=when)
    reading = Reading(article, (Entity("Company", "甲", ("甲公司",)),), (statement,), (figure,))
    assert codec.unpack(Reading, codec.pack(reading)) == reading
    assert codec.pack(reading) == codec.pack(codec.unpack(Reading, codec.pack(reading)))


def test_the_generated_articles_are_read_as_such(files):
    assert all(len(found.variants) == 1 for found in files.values())
    articles = {path: found.variants[0].article for path, found in files.items()}
    assert articles["/59.txt"] == articles["/42.txt"]
    assert articles["/39.txt"] != articles["/28.txt"]


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_articles_and_what_came_and_went_does_not_matter(files, seed, tmp_path):
    chance = random.Random(seed)
    there: set[str] = set()
    for _ in range(6):
        with open_corpus(tmp_path / "store") as corpus:
            for path in chance.sample(sorted(files), 9):
                if path in there:
                    intake.remove_file(corpus.db, path)
                else:
                    _add(corpus, path, files[path])
                there ^= {path}
            corpus.finish()
        assert _turtle(open_store(tmp_path / "store")) == _naive({path: files[path] for path in there})
