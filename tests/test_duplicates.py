"""Reprints: which articles are one, and which only look alike."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kg.duplicates import find_reprints, measure_share
from kg.layout import find_articles
from kg.model import Article, Page
from kg.text import split_sentences

DRAFTS = Path(__file__).parent / "pages" / "drafts.txt"
ARTICLES = find_articles(Page("drafts.txt", DRAFTS.read_text("utf-8")))
PORT = next(article for article in ARTICLES if "江湾港" in article.headline)


def cut(article: Article, kept: int) -> Article:
    return replace(article, body=article.body[: split_sentences(article.body)[kept - 1].end])


CHANGES = {
    "another headline": replace(PORT, headline="铁水联运拉动江湾港"),
    "a word changed": replace(PORT, body=PORT.body.replace("昨日", "日前")),
    "full-width letters and spaces": replace(PORT, body=PORT.body.replace("，", "， ")),
    "the end cut off": cut(PORT, len(split_sentences(PORT.body)) - 2),
    "a line added": replace(PORT, body=PORT.body + "\n（据渝州经济报）"),
}


@pytest.mark.parametrize("changed", CHANGES.values(), ids=CHANGES.keys())
def test_a_reprint_with_small_changes_is_the_same_article(changed: Article) -> None:
    assert changed.id != PORT.id
    reprints = find_reprints([*ARTICLES, changed])
    assert {*reprints, *reprints.values()} == {PORT.id, changed.id}


OTHERS = {
    "other figures": replace(PORT, body=PORT.body.replace("1", "3").replace("2", "5")),
    "one item of many": cut(PORT, 1),
    "another text": replace(PORT, body="江湾港集团昨日公布了新的人事任命，" * 3),
    "hardly any text": replace(PORT, body="江湾港新闻。"),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS.keys())
def test_what_only_looks_alike_is_another_article(other: Article) -> None:
    assert find_reprints([*ARTICLES, other]) == {}


def test_of_reprints_the_longest_is_kept_then_the_earliest() -> None:
    late, early = replace(PORT, date=date(2021, 5, 2)), replace(PORT, headline="江湾港", date=date(2021, 5, 1))
    short = cut(PORT, len(split_sentences(PORT.body)) - 1)
    assert find_reprints([late, short, early]) == {late.id: early.id, short.id: early.id}


def test_the_order_of_articles_does_not_matter() -> None:
    articles = [*ARTICLES, *CHANGES.values(), *OTHERS.values()]
    expected = find_reprints(articles)
    random.Random(1).shuffle(articles)
    assert find_reprints(articles) == expected


def test_the_same_article_twice_is_no_reprint_of_itself() -> None:
    assert find_reprints([PORT, PORT]) == {}


def test_a_share_of_nothing_is_all() -> None:
    assert measure_share(frozenset(), frozenset({1})) == 1.0
