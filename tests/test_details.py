"""What the sentences around a fact add to it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kg.model import Article, Qualifiers
from kg.pipeline import read_article


def read(text: str) -> dict[tuple[str, str, str], Qualifiers]:
    reading = read_article(Article(headline="", body=text, date=date(2021, 4, 29)))
    names = {entity.key: entity.name for entity in reading.entities}
    return {(names[one.subject], one.relation, names[one.object]): one.qualifiers for one in reading.statements}


def test_the_day_of_a_ceremony_holds_for_all_who_attend_it() -> None:
    text = "4月28日，余杭区举行二季度集中签约活动。松岭集团也在当天签约。"
    day = read(text)["松岭集团", "participatedIn", "二季度集中签约活动"].on_date
    assert day is not None
    assert day.label == "2021-04-28"


def test_a_fact_keeps_the_day_that_it_says_itself() -> None:
    text = "4月28日，余杭区举行二季度集中签约活动。4月26日，松岭集团与余杭区签署合作协议。"
    day = read(text)["松岭集团", "signedWith", "余杭区"].on_date
    assert day is not None
    assert day.label == "2021-04-26"


def test_the_price_of_a_tender_is_found_in_a_line_of_its_own() -> None:
    text = "松岭集团中标云岭市城区管网改造工程。\n中标金额：6385.6万元。\n工期两年。"
    amount = read(text)["云岭市城区管网改造工程", "undertakenBy", "松岭集团"].amount
    assert amount == Decimal("63856000")


def test_a_sum_that_is_no_price_is_left_alone() -> None:
    text = "松岭集团中标云岭市城区管网改造工程。去年营业收入6385.6万元。"
    assert read(text)["云岭市城区管网改造工程", "undertakenBy", "松岭集团"].amount is None


def test_what_a_name_tells_is_planned_where_the_text_plans_it() -> None:
    text = "松岭集团将在余杭区投资建设松岭集团显示面板项目。"
    facts = read(text)
    assert facts["松岭集团显示面板项目", "undertakenBy", "松岭集团"].modality == "planned"


def test_what_is_said_of_a_planned_project_is_planned() -> None:
    facts = read("松岭集团将在余杭区建设云岭显示面板项目。云岭显示面板项目由江城资本有限公司投资。")
    assert facts["云岭显示面板项目", "fundedBy", "江城资本有限公司"].modality == "planned"


def test_a_place_in_a_ranking_is_of_the_day_on_which_it_came_out() -> None:
    facts = read("4月26日，江城制造业百强企业榜单发布，松岭集团位列第三。")
    day = facts["松岭集团", "ranked", "江城制造业百强企业榜单"].on_date
    assert day is not None
    assert day.label == "2021-04-26"


@pytest.mark.parametrize(
    ("told", "amount"),
    [
        ("签署股权转让协议，拟以6.3亿元收购其持有的股份", 630_000_000),
        ("签署收购协议。整个交易价格约为1亿元", 100_000_000),
        ("签署股权转让协议，每股转让价格15元", None),
        ("签署合作协议，去年利润为1亿元", None),
    ],
)
def test_a_signature_is_worth_the_price_that_is_told_behind_it(told: str, amount: int | None) -> None:
    facts = read(f"松岭集团与江城电子有限公司{told}。")
    assert facts["松岭集团", "signedWith", "江城电子有限公司"].amount == amount


def test_who_signs_in_an_article_about_a_signing_ceremony_signs_on_its_day() -> None:
    text = "4月28日，余杭区举行二季度集中签约仪式。松岭集团与余杭区签署合作协议。"
    day = read(text)["松岭集团", "signedWith", "余杭区"].on_date
    assert day is not None
    assert day.label == "2021-04-28"


def test_a_bond_is_as_large_as_its_size_is_said_to_be() -> None:
    text = "松岭集团绿色项目企业债券通过国家发展改革委注册，债券规模10亿元，用于还款2亿元。"
    facts = read(text)
    assert facts["松岭集团绿色项目企业债券", "approvedBy", "国家发展改革委"].amount == 1_000_000_000
