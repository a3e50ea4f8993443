"""What follows from what is told: who pays, and who builds."""

from datetime import date
from decimal import Decimal

import pytest

from kg.model import Article
from kg.pipeline import read_article

CASES = (
    # the text, who funds what, with how much; or None
    (
        "松岭集团在余杭区建设云岭显示面板项目。云岭显示面板项目总投资5亿元。",
        ("云岭显示面板项目", "松岭集团", 500_000_000),
    ),
    ("松岭集团中标云岭引水工程。云岭引水工程总投资5亿元。", None),
    ("松岭集团承建云岭引水工程。云岭引水工程总投资5亿元。", None),
    ("松岭集团与江城银行签署8亿元的并购贷款协议。", ("松岭集团", "江城银行", 800_000_000)),
    ("松岭集团与江城银行签署战略合作协议。", None),
)


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_who_builds_for_himself_or_borrows_is_funded(text: str, expected: tuple[str, str, int] | None) -> None:
    reading = read_article(Article(headline="", body=text, date=date(2021, 4, 29)))
    names = {entity.key: entity.name for entity in reading.entities}
    found = [
        (names[one.subject], names[one.object], one.qualifiers.amount)
        for one in reading.statements
        if one.relation == "fundedBy"
    ]
    assert found == ([] if expected is None else [(*expected[:2], Decimal(expected[2]))])


FOLLOWS = (
    (
        "松岭集团与江城集团共同出资设立云岭汽车有限公司。",
        [("云岭汽车有限公司", "fundedBy", "松岭集团"), ("云岭汽车有限公司", "fundedBy", "江城集团")],
    ),
    ("云岭显示面板项目总投资20亿元，由松岭集团投资。", [("云岭显示面板项目", "undertakenBy", "松岭集团")]),
    (
        "余杭区与松岭集团签署云岭显示面板项目。",
        [("云岭显示面板项目", "undertakenBy", "松岭集团"), ("云岭显示面板项目", "locatedIn", "余杭区")],
    ),
    ("松岭集团与江城电子有限公司签署协议。", [("松岭集团", "cooperatesWith", "江城电子有限公司")]),
    ("松岭集团拟收购江城电子有限公司。", [("江城电子有限公司", "fundedBy", "松岭集团")]),
)


@pytest.mark.parametrize(("text", "expected"), FOLLOWS, ids=[text for text, _ in FOLLOWS])
def test_founders_pay_and_investors_build(text: str, expected: list[tuple[str, str, str]]) -> None:
    reading = read_article(Article(headline="", body=text, date=date(2021, 4, 29)))
    names = {entity.key: entity.name for entity in reading.entities}
    found = {(names[one.subject], one.relation, names[one.object]) for one in reading.statements}
    found |= {(object_, "cooperatesWith", subject) for subject, told, object_ in found if told == "cooperatesWith"}
    assert found >= set(expected)


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("松岭集团、江城集团分别成立了云岭汽车有限公司。", "cooperatesWith"),
        ("江城电子有限公司是松岭集团的子公司。", "fundedBy"),
        ("国药江城设立余杭分公司。", "fundedBy"),
        ("余杭区与松岭集团签署战略合作协议。", "undertakenBy"),
    ],
)
def test_nothing_follows(text: str, relation: str) -> None:
    reading = read_article(Article(headline="", body=text, date=date(2021, 4, 29)))
    assert relation not in {one.relation for one in reading.statements}
