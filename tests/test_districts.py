"""Which district a name means where names of several stand together."""

from __future__ import annotations

import pytest

from kg.model import Article
from kg.pipeline import read_article


def districts(body: str) -> set[str]:
    return {
        entity.name for entity in read_article(Article(headline="", body=body)).entities if entity.cls == "District"
    }


def places_of(body: str, name: str) -> set[str]:
    reading = read_article(Article(headline="", body=body))
    return {one.object[1] for one in reading.statements if one.relation == "locatedIn" and one.subject[1] == name}


@pytest.mark.parametrize(
    ("body", "named", "not_named"),
    [
        ("云岭钢材交易中心项目今天在南海九江开业。", "南海区", "九江市"),
        ("云岭钢材交易中心项目今天在江西九江开业。", "九江市", "南海区"),
        ("云岭重工集团在北京上海两地设有工厂。", "上海市", "重庆市"),
    ],
)
def test_a_larger_district_does_not_lie_in_a_smaller_one(body: str, named: str, not_named: str) -> None:
    assert named in districts(body)
    assert not_named not in districts(body)


def test_a_town_is_not_the_city_whose_name_it_has() -> None:
    assert places_of("九江镇政府介绍了情况。", "九江镇政府") == set()
    assert places_of("九江市税务局介绍了情况。", "九江市税务局") == {"江西省/九江市"}


def test_a_short_name_is_that_of_the_district_as_it_was_when_the_article_names_it_so() -> None:
    assert districts("云岭物流园项目位于静海县，静海交通便利。") == {"静海县"}
    assert districts("云岭物流园项目位于静海，交通便利。") == {"静海区"}


def test_a_county_that_the_text_names_elsewhere_is_no_company() -> None:
    """The tagger takes 东风 for an organisation; so it is where nothing says otherwise."""
    assert districts("东风与江城大学签署了协议。") == set()
    assert districts("东风区招商忙。东风与江城大学签署了协议。") == {"东风区"}
