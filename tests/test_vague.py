"""What looks like a name and names nothing, or many things, makes no facts; figures may still be told of many."""

from __future__ import annotations

import pytest

from kg.model import Article
from kg.pipeline import read_stages

NO_NAMES = [
    ("a trade and the word for a company", "松岭集团于2002年成立房地产公司。", "房地产公司"),
    ("a country and the word for a company", "奥美蒂是一家芬兰公司。", "芬兰公司"),
    ("an amount", "火电企业亏损额继续扩大。", "亏损额"),
    ("the second half of a name", "博-西中国公司总裁王海说。", "西中国公司"),
    ("a crop by the field", "江城市将建设1500万亩小麦。", "1500万亩小麦"),
    ("a paper of no title", "余杭区制定细化提升方案。", "提升方案"),
    ("a kind in a list", "余杭区深入实施产业链、产业基地、产业园区“四大升级工程”。", "产业基地"),
    ("how many there are of a kind", "余杭区云岭重点实验室由7家增至16家。", "云岭重点实验室"),
    ("a plan that is a verb", "余杭区创业投资平台计划完成20亿元投资。", "余杭区创业投资平台计划"),
]


@pytest.mark.parametrize(("text", "name"), [case[1:] for case in NO_NAMES], ids=[case[0] for case in NO_NAMES])
def test_it_names_nothing(text: str, name: str) -> None:
    assert name not in {one.text for one in read_stages(Article("", text)).mentions}


MANY = [
    ("余杭区建设了大量的商业住宅项目。", False),
    ("余杭区建设了三项地铁工程。", False),
    ("余杭区举办各类对接活动2700多场。", False),
    ("国家发展改革委批准固定资产投资项目42个。", False),
    ("余杭区建成75座滑雪场。", False),
    ("余杭区布局更多高能级创新平台。", False),
    ("余杭区建设云岭地铁工程。", True),
]


@pytest.mark.parametrize(("text", "told"), MANY)
def test_no_facts_are_told_of_many(text: str, told: bool) -> None:
    facts = read_stages(Article("", text)).reading.statements
    relations = {"undertakenBy", "organisedBy", "approvedBy"}
    assert bool([one for one in facts if one.relation in relations]) == told


def test_marks_around_a_listed_name_are_no_part_of_it() -> None:
    stages = read_stages(Article("", "要重点扶持“夏王”、“云州”、“凯奉”等特种纸企业做大做强。"))
    assert {"夏王", "云州", "凯奉"} <= {one.text for one in stages.mentions}


def test_a_branch_of_a_company_keeps_its_people() -> None:
    reading = read_stages(Article("", "松岭集团发布消息。松岭集团江城分公司负责人王海介绍情况。")).reading
    names = {one.key: one.name for one in reading.entities}
    assert ("王海", "松岭集团江城分公司") in {(names[one.subject], names[one.object]) for one in reading.statements}


def test_what_others_are_helped_to_do_the_helper_does_not() -> None:
    reading = read_stages(Article("", "余杭区支持龙头企业联合上下游企业，共同组建云岭新材料产业联盟。")).reading
    assert "establishedBy" not in {one.relation for one in reading.statements}


@pytest.mark.parametrize(
    ("text", "industries"),
    [
        ("余杭区聚焦扩大投资、营造环境等领域。", set()),
        ("余杭区聚焦光电面板、生物医药等领域。", {"光电面板", "生物医药"}),
        ("余杭区加快布局余杭云母产业。", {"云母产业"}),
    ],
)
def test_an_industry_is_no_deed_and_of_no_place(text: str, industries: set[str]) -> None:
    assert {one.text for one in read_stages(Article("", text)).mentions if one.cls == "Industry"} == industries


@pytest.mark.parametrize(
    ("name", "place"), [("余杭山防洪治理工程", "杭州市/余杭区"), ("美国江海互助保险公司面板项目", "美国")]
)
def test_a_hill_or_a_company_does_not_place_a_project(name: str, place: str) -> None:
    reading = read_stages(Article("", f"记者参观了{name}。")).reading
    facts = [one for one in reading.statements if one.relation == "locatedIn" and one.subject[0] == "Project"]
    assert not [one for one in facts if one.object[1].endswith(place)]
