"""The questions of docs/querying.md run, and have answers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.query import run_query
from kg.store import open_store

ROOT = Path(__file__).parent.parent
QUERIES = re.findall(r"```sparql\n(.*?)```", (ROOT / "docs" / "querying.md").read_text(encoding="utf-8"), re.DOTALL)
SMALL = open_store(Path(__file__).parent / "data" / "small.ttl")
SMALLS_WORDS = {"巴南区": "东湖区", "2021-04-01": "2024-03-01", "2021-04-30": "2024-03-31"}


@pytest.mark.parametrize("query", QUERIES)
def test_a_question_of_the_document_has_an_answer(query):
    for word, other in SMALLS_WORDS.items():
        query = query.replace(word, other)
    assert run_query(SMALL, query).rows


def test_the_document_asks_ten_questions():
    text = (ROOT / "docs" / "querying.md").read_text(encoding="utf-8")
    assert len(QUERIES) == 9
    assert re.findall(r"^(\d+)\. ", text, re.MULTILINE) == [str(number) for number in range(1, 11)]
