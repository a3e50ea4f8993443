"""Sentences in which an aside, a row of posts or a tagger's mistake stood between a rule and its fact."""

from __future__ import annotations

from datetime import date

import pytest

from kg.model import Article
from kg.pipeline import read_article

SENTENCES = [
    (
        "an aside with a short name does not part a name from what follows",
        "云岭重工集团有限公司（以下简称“云岭重工”）全资子公司江城电子有限公司签约。",
        ("江城电子有限公司", "partOf", "云岭重工集团有限公司"),
    ),
    (
        "nor does one that begins with 下称",
        "云岭重工集团有限公司（下称云岭重工）董事长王建国表示，前景广阔。",
        ("王建国", "affiliatedWith", "云岭重工集团有限公司"),
    ),
    (
        "a second person's post is in the body of the first",
        "云岭重工集团有限公司董事长王建国、总裁李明参加会议。",
        ("李明", "affiliatedWith", "云岭重工集团有限公司"),
    ),
    (
        "a spokesman speaks for the body and not for a paper",
        "商务部新闻发言人王建国透露，有关申报材料已经收到。",
        ("王建国", "affiliatedWith", "商务部"),
    ),
    (
        "zones and districts in one list are places",
        "云岭高速公路项目途经杭州经济技术开发区、余杭区、萧山区。",
        ("云岭高速公路项目", "locatedIn", "萧山区"),
    ),
    (
        "所辖 is no part of the name before it",
        "北京铁路局所辖的江城商贸中心签了约。",
        ("江城商贸中心", "partOf", "北京铁路局"),
    ),
    (
        "协办 is no part of the name before it",
        "云岭国际博览会由余杭区主办，江城大学承办，松岭集团协办。",
        ("云岭国际博览会", "organisedBy", "松岭集团"),
    ),
]


@pytest.mark.parametrize(("sentence", "fact"), [row[1:] for row in SENTENCES], ids=[row[0] for row in SENTENCES])
def test_fact_is_read(sentence: str, fact: tuple[str, str, str]) -> None:
    assert fact in _facts(sentence)


def test_body_is_not_carried_over_a_clause_of_its_own() -> None:
    said = _facts("云岭重工集团有限公司董事长王建国出席活动，当天总裁李明没有到场。")
    assert ("李明", "affiliatedWith", "云岭重工集团有限公司") not in said


def _facts(sentence: str) -> set[tuple[str, str, str]]:
    reading = read_article(Article(headline="", body=sentence, date=date(2021, 4, 29)))
    names = {entity.key: entity.name for entity in reading.entities}
    return {(names[one.subject], one.relation, names[one.object]) for one in reading.statements}
