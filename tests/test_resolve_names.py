"""Pairs of names written for this project: what resolution makes of each, and how good that is as a whole."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kg.knowledge import load_knowledge
from kg.model import Entity
from kg.resolve import Mentioned, resolve

_TABLE = Path(__file__).parent / "data" / "names.tsv"


def read_pairs():
    lines = [line for line in _TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:]]


def make_mentioned(number, cls, name, context):
    words = context.split()
    codes = tuple(word for word in words if word.isdigit())
    ties = tuple(sorted(word.replace(":", " ", 1) for word in words if ":" in word))
    page = next((word[5:] for word in words if word.startswith("page=")), f"page of {number}")
    district = cls == "District"
    entity = Entity(cls, name.rpartition("/")[2], (), codes[0], name) if district else Entity(cls, name)
    return Mentioned(f"article {number}", page, None, entity, codes, ties, f"headline {number}")


def judge(pair):
    """`same`, `different`, or `undecidable` for an open question."""
    one = make_mentioned(1, pair["class"], pair["name"], pair["context"])
    other = make_mentioned(2, pair["other_class"] or pair["class"], pair["other"], pair["other_context"])
    found = resolve([one, other], load_knowledge())
    keys = {entity.key for entity in found.of.values()}
    return "same" if len(keys) == 1 else "undecidable" if found.candidates else "different"


PAIRS = read_pairs()


@pytest.fixture(scope="module")
def judged():
    return [(pair, judge(pair)) for pair in PAIRS]


def test_there_are_enough_pairs_of_each_kind_and_none_stands_twice():
    counts = Counter(pair["verdict"] for pair in PAIRS)
    assert sum(counts.values()) >= 150
    assert set(counts) == {"same", "different", "undecidable"} and min(counts.values()) >= 15
    assert len({tuple(sorted(pair.items())) for pair in PAIRS}) == len(PAIRS)


def test_nothing_is_merged_that_is_not_surely_one(judged):
    wrong = [(pair["name"], pair["other"]) for pair, said in judged if said == "same" != pair["verdict"]]
    assert wrong == []


def test_of_the_pairs_that_are_one_nearly_all_are_found(judged):
    right = sum(said == "same" == pair["verdict"] for pair, said in judged)
    claimed = sum(said == "same" for pair, said in judged if pair["verdict"] != "undecidable")
    asked = sum(pair["verdict"] == "same" for pair in PAIRS)
    precision, recall = right / claimed, right / asked
    assert 2 * precision * recall / (precision + recall) >= 0.97


def test_doubt_is_mostly_said(judged):
    """A question to people, not silence; and no question where there is nothing to ask."""
    asked = sum(said == "undecidable" == pair["verdict"] for pair, said in judged)
    needless = sum(said == "undecidable" and pair["verdict"] == "different" for pair, said in judged)
    assert asked >= 0.6 * sum(pair["verdict"] == "undecidable" for pair in PAIRS)
    assert needless <= 0.05 * sum(pair["verdict"] == "different" for pair in PAIRS)
