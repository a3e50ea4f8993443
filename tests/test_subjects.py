"""Subjects that later parts of a sentence take over, 双方, and owners that step aside."""

from __future__ import annotations

from datetime import date

import pytest

from kg.model import Article
from kg.pipeline import read_article

CASES = [
    (
        "云岭重工集团有限公司成立于1998年，在余杭区投资建设云岭显示面板项目。",
        ("云岭显示面板项目", "fundedBy", "云岭重工集团有限公司"),
    ),
    ("松岭集团与江城大学再次相聚。双方将成立云岭新材料研究院。", ("云岭新材料研究院", "establishedBy", "江城大学")),
    (
        "余杭区与松岭集团全资子公司江城电子有限公司签署合作协议。",
        ("余杭区", "signedWith", "江城电子有限公司"),
    ),
    ("云岭显示面板项目占地百亩，由松岭集团承建。", ("云岭显示面板项目", "undertakenBy", "松岭集团")),
    ("松岭集团承建了农村饮水安全工程——云岭水库工程。", ("云岭水库工程", "undertakenBy", "松岭集团")),
    (
        "松岭集团董事长王建国表示，将投资10亿元建设云岭显示面板项目。",
        ("云岭显示面板项目", "fundedBy", "松岭集团"),
    ),
    (
        "松岭集团全资子公司江城电子有限公司成立于1998年，正在建设云岭显示面板项目。",
        ("云岭显示面板项目", "undertakenBy", "江城电子有限公司"),
    ),
    (
        "松岭集团与江城银行签订百亿元战略合作协议、与江城信托有限公司签署紧密型合作协议。",
        ("松岭集团", "signedWith", "江城信托有限公司"),
    ),
    ("松岭集团承建了云岭水库工程、参建了江城引水工程。", ("江城引水工程", "undertakenBy", "松岭集团")),
    (
        "国际饮料巨头松岭集团成立于1998年，在余杭区投资建设云岭显示面板项目。",
        ("云岭显示面板项目", "fundedBy", "松岭集团"),
    ),
    (
        "会议听取江城市审计局关于2020年预算执行情况的报告。",
        ("江城市审计局关于2020年预算执行情况的报告", "issuedBy", "江城市审计局"),
    ),
    (
        "松岭集团公告称，拟为云岭酒业、江城商业地产2家控股子公司提供担保。",
        ("云岭酒业", "partOf", "松岭集团"),
    ),
    ("松岭集团是本地企业。先后承建了云岭水库工程。", ("云岭水库工程", "undertakenBy", "松岭集团")),
    ("云岭至松江铁路余杭段建设提速。", ("云岭至松江铁路余杭段", "partOf", "云岭至松江铁路")),
    (
        "松岭集团参加会议。云岭重工集团有限公司表示，公司与江城大学签署协议。",
        ("云岭重工集团有限公司", "signedWith", "江城大学"),
    ),
    ("目前只有云岭科技和松岭集团旗下的江城电子有限公司生产。", ("江城电子有限公司", "partOf", "松岭集团")),
    (
        "落户余杭区的江城电子有限公司是松岭集团全资子公司，目前已建成云岭显示面板项目。",
        ("云岭显示面板项目", "undertakenBy", "江城电子有限公司"),
    ),
    (
        "松岭集团董事长王建国参加会议。王建国表示，今年将投资10亿元，建设云岭显示面板项目。",
        ("云岭显示面板项目", "undertakenBy", "松岭集团"),
    ),
    (
        "松岭集团正在建设位于余杭区的云岭显示面板项目和位于江城县的云岭储能项目。",
        ("云岭储能项目", "undertakenBy", "松岭集团"),
    ),
    (
        "松岭集团向其持股30%的参股公司江城电子有限公司采购部件。双方签订供货合同。",
        ("江城电子有限公司", "signedWith", "松岭集团"),
    ),
    (
        "松岭集团签约，投资5亿元，建设云岭储能项目以及这次签约的云岭显示面板项目。",
        ("云岭显示面板项目", "fundedBy", "松岭集团"),
    ),
]
ELSEWHERE = [
    ("目前只有云岭科技和松岭集团旗下的江城电子有限公司生产。", ("江城电子有限公司", "partOf", "云岭科技")),
    # who speaks, or what somebody has, is not who acts
    ("松岭集团的产品畅销全国，承建了云岭显示面板项目。", ("云岭显示面板项目", "undertakenBy", "松岭集团")),
    (
        "松岭集团子公司江城电子有限公司成立于1998年，承建了云岭显示面板项目。",
        ("云岭显示面板项目", "undertakenBy", "松岭集团"),
    ),
    ("松岭集团成立于1998年，江城建设集团承建云岭显示面板项目。", ("云岭显示面板项目", "undertakenBy", "松岭集团")),
    ("松岭集团成立于1998年。承建云岭显示面板项目的难度很大。", ("云岭显示面板项目", "undertakenBy", "松岭集团")),
]


def read(text: str) -> set[tuple[str, str, str]]:
    reading = read_article(Article(headline="", body=text, date=date(2021, 4, 29)))
    names = {entity.key: entity.name for entity in reading.entities}
    for one in reading.statements:
        assert all(text[each.start : each.end] == each.quote for each in one.evidence)
    return {(names[one.subject], one.relation, names[one.object]) for one in reading.statements}


@pytest.mark.parametrize(("text", "fact"), CASES)
def test_a_part_without_a_subject_takes_over_the_one_before(text: str, fact: tuple[str, str, str]) -> None:
    found = read(text)
    assert fact in found or (fact[2], fact[1], fact[0]) in found


@pytest.mark.parametrize(("text", "fact"), ELSEWHERE)
def test_a_subject_is_not_carried_past_another_or_past_the_sentence(text: str, fact: tuple[str, str, str]) -> None:
    assert fact not in read(text)
