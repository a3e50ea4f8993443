"""What is signed is named, with the sum it is worth, however far behind the parties it stands."""

from __future__ import annotations

import pytest

from kg.model import Article, Mention
from kg.pipeline import read_article, read_stages

TEXT = "松岭集团与江城银行{}。"
NAMES = [
    # text, the agreement that is found
    ("双方签署全球性合作协议。", "全球性合作协议"),
    ("双方签署收购协议。", "收购协议"),
    ("双方最终签订入盟意向书。", "入盟意向书"),
    ("双方签署了关于支持家电出口的100亿元贷款协议。", "贷款协议"),
    ("双方签订了合作和帮扶协议。", "合作和帮扶协议"),
    ("双方签署《股份转让协议》。", "股份转让协议"),
    ("双方达成意向签约金额5亿元。", None),
    ("双方签约，协议投资5亿元。", None),
]


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_what_is_signed_is_named(text: str, name: str | None) -> None:
    assert [one.text for one in agreements(text)] == ([] if name is None else [name])


def agreements(text: str) -> list[Mention]:
    return [one for one in read_stages(Article("", text)).mentions if one.cls == "Agreement"]


@pytest.mark.parametrize(
    ("told", "about", "amount"),
    [
        ("签署了关于支持家电出口的100亿元贷款协议", "贷款协议", 10_000_000_000),
        ("在余杭区签署战略合作协议", "战略合作协议", None),
        ("签约，并于当天和江城大学签署合作协议", None, None),
    ],
)
def test_the_signature_knows_what_it_is_about(told: str, about: str | None, amount: int | None) -> None:
    reading = read_article(Article("", TEXT.format(told)))
    names = {one.key: one.name for one in reading.entities}
    fact = next(
        one
        for one in reading.statements
        if one.relation == "signedWith" and {names[one.subject], names[one.object]} == {"松岭集团", "江城银行"}
    )
    assert (names.get(fact.qualifiers.about or ("", "")), fact.qualifiers.amount) == (about, amount)


def test_narrow_marks_part_a_sentence_like_wide_ones() -> None:
    reading = read_article(Article("", "松岭集团今日公告称,公司于6月8日与江城银行签署《股权转让协议》。"))
    names = {one.key: one.name for one in reading.entities}
    said = {(frozenset((names[one.subject], names[one.object])), one.relation) for one in reading.statements}
    assert (frozenset(("松岭集团", "江城银行")), "signedWith") in said


EVENTS = [
    ("松岭集团9日在江城饭店集团召开2021年度车辆采购说明会。", "松岭集团"),
    ("在松岭集团昨天召开的年度股东大会上，气氛热烈。", "松岭集团"),
]


@pytest.mark.parametrize(("text", "organiser"), EVENTS)
def test_who_stands_behind_a_preposition_only_lends_the_hall(text: str, organiser: str) -> None:
    reading = read_article(Article("", text))
    names = {one.key: one.name for one in reading.entities}
    assert [names[one.object] for one in reading.statements if one.relation == "organisedBy"] == [organiser]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("松岭集团昨日公布2020年第三季度财报。", "2020年第三季度财报"),
        ("松岭集团在财报中表示，利润增长一成。", "财报"),
        ("余杭区出台扶持政策。", None),
    ],
)
def test_what_is_issued_is_named(text: str, name: str | None) -> None:
    found = [one.text for one in read_stages(Article("", text)).mentions if one.cls == "Document"]
    assert found == ([] if name is None else [name])


def test_those_behind_by_are_a_list_whatever_joins_them() -> None:
    reading = read_article(Article("", "云岭电子有限公司由松岭集团与江城银行按6:4比例共同出资设立。"))
    names = {one.key: one.name for one in reading.entities}
    founders = {names[one.object] for one in reading.statements if one.relation == "establishedBy"}
    assert founders == {"松岭集团", "江城银行"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("王建国在余杭区医药行业会议上提出，发展要快。", "余杭区医药行业会议"),
        ("他在5月底举行的江城新材料第八次代表大会上说，发展要快。", "江城新材料第八次代表大会"),
        ("他在会议上说，发展要快。", None),
    ],
)
def test_where_somebody_speaks_is_an_event(text: str, name: str | None) -> None:
    found = [one.text for one in read_stages(Article("", text)).mentions if one.found_by == "held"]
    assert found == ([] if name is None else [name])


def test_a_joint_venture_without_a_name_is_one_of_its_article() -> None:
    reading = read_article(Article("松岭集团合资", "松岭集团计划与江城电子有限公司成立一家合资公司。"))
    names = {one.key: one.name for one in reading.entities}
    said = {
        (names[one.subject], names[one.object], one.qualifiers.modality)
        for one in reading.statements
        if one.relation == "establishedBy"
    }
    assert said == {("合资公司", "松岭集团", "planned"), ("合资公司", "江城电子有限公司", "planned")}
    assert any(one.name == "合资公司" and one.path == "合资公司（松岭集团合资）" for one in reading.entities)
