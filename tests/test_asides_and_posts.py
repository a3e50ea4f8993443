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
        "a post may be for a region",
        "云岭重工集团有限公司亚太区总裁王建国表示，前景广阔。",
        ("王建国", "affiliatedWith", "云岭重工集团有限公司"),
    ),
    (
        "a post may be for a line of business",
        "云岭重工集团有限公司营销副总裁王建国表示，前景广阔。",
        ("王建国", "affiliatedWith", "云岭重工集团有限公司"),
    ),
    (
        "experts of a body are affiliated with it",
        "中国钢铁工业协会另一位专家王建国认为，前景广阔。",
        ("王建国", "affiliatedWith", "中国钢铁工业协会"),
    ),
    (
        "the parent company in front of a name owns what stands before it",
        "云岭重工母公司松岭集团宣布接收。",
        ("云岭重工", "partOf", "松岭集团"),
    ),
    (
        "a city abroad lies in the country before it",
        "位于美国芝加哥的云岭显示面板工厂投产。",
        ("云岭显示面板工厂", "locatedIn", "芝加哥"),
    ),
    (
        "a report opens with the paper and its reporter",
        "江城日报讯（记者 王建国）昨日，云岭重工集团有限公司签约。",
        ("王建国", "affiliatedWith", "江城日报"),
    ),
    (
        "a paper's reporters work for all its media",
        "江城日报全媒体记者王建国从会上获悉，项目已经开工。",
        ("王建国", "affiliatedWith", "江城日报"),
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


POSTS = [
    ("山东省经信委消费品产业处调研员王建国说，形势很好。", "王建国", "山东省经信委", "调研员"),
    ("云岭科技招商。云岭科技市场部总监王建国说，形势很好。", "王建国", "云岭科技", "总监"),
    ("云岭科技的董事长是王建国。", "王建国", "云岭科技", "董事长"),
    ("云岭科技实际控制人由李明变更为王建国。", "王建国", "云岭科技", "控制人"),
    ("王建国现任云岭科技董事长。", "王建国", "云岭科技", "董事长"),
    ("世界银行高级能源专家王建国表示，项目很好。", "王建国", "世界银行", "高级能源专家"),
    ("重庆日报记者王建国报道。", "王建国", "重庆日报", "记者"),
    ("新疆发展很快。自治区副主席王建国表示，新疆风能丰富。", "王建国", "新疆维吾尔自治区", "自治区副主席"),
    ("新疆发展很快。自治区常务副主席王建国表示，新疆风能丰富。", "王建国", "新疆维吾尔自治区", "自治区常务副主席"),
    ("审计署审计长王建国说，形势很好。", "王建国", "审计署", "审计长"),
]


@pytest.mark.parametrize(("sentence", "person", "body", "role"), POSTS, ids=[row[0] for row in POSTS])
def test_post_is_read(sentence: str, person: str, body: str, role: str) -> None:
    reading = read_article(Article(headline="", body=sentence))
    names = {entity.key: entity.name for entity in reading.entities}
    found = {
        (names[one.subject], names[one.object], one.qualifiers.role)
        for one in reading.statements
        if one.relation == "affiliatedWith"
    }
    assert (person, body, role) in found


def test_a_post_of_companies_is_in_the_company_of_the_headline() -> None:
    article = Article(headline="云岭科技上半年净利增长", body="云岭科技公布半年报。据董事会秘书李明介绍，销售增长。")
    assert any(one.relation == "affiliatedWith" for one in read_article(article).statements)
    other = Article(headline="上半年净利增长", body="云岭科技公布半年报。据董事会秘书李明介绍，销售增长。")
    assert not any(one.relation == "affiliatedWith" for one in read_article(other).statements)


@pytest.mark.parametrize(
    ("sentence", "part", "whole"),
    [
        ("云岭控股正式在江城设立山东分公司。", "山东分公司", "云岭控股"),
        ("惠科显示面板项目开工。惠科显示面板项目二期工程年底开工。", "惠科显示面板项目二期", "惠科显示面板项目"),
    ],
)
def test_parts_by_their_names(sentence: str, part: str, whole: str) -> None:
    assert any(
        one.startswith(part) and relation == "partOf" and other == whole for one, relation, other in _facts(sentence)
    )


def test_a_controlling_shareholder_is_whose_company_it_is() -> None:
    said = _facts("江城电子有限公司控股股东云岭重工集团有限公司参加了会议。")
    assert ("江城电子有限公司", "partOf", "云岭重工集团有限公司") in said


def test_what_a_company_is_called_in_general_is_no_part_of_it() -> None:
    said = _facts("海尔集团下属公司签了约。海尔集团参股公司也签了约。")
    assert not any(relation == "partOf" for _, relation, _ in said)
