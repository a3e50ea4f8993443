"""Places that names hold behind their first word, and those that are of another name or where a thing leads."""

from __future__ import annotations

from datetime import date

import pytest

from kg.model import Article
from kg.pipeline import read_article


def _facts(text: str) -> set[tuple[str, str, str]]:
    reading = read_article(Article(headline="", body=text, date=date(2021, 4, 29)))
    names = {entity.key: entity.name for entity in reading.entities}
    return {(names[one.subject], one.relation, names[one.object]) for one in reading.statements}


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("松岭至江山铁路浙江段进展顺利。", ("松岭至江山铁路浙江段", "locatedIn", "浙江省")),
        ("松岭集团杭州工厂进展顺利。", ("松岭集团杭州工厂", "locatedIn", "杭州市")),
    ],
)
def test_a_place_within_a_name_tells_where_it_is(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in _facts(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("松岭集团对口支援新疆项目进展顺利。", "新疆维吾尔自治区"),
        ("环太湖大堤工程进展顺利。", "太湖县"),
    ],
)
def test_a_place_aimed_at_or_of_another_name_tells_nothing(text: str, place: str) -> None:
    assert place not in {object_ for _, relation, object_ in _facts(text) if relation == "locatedIn"}
