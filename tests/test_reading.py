"""Whole articles: what is read from words that lean on other words, and what is not read into them."""

from __future__ import annotations

from datetime import date

import pytest

from kg.model import Article, Reading
from kg.pipeline import read_article

PUBLISHED = date(2021, 4, 29)


def _read(body: str, headline: str = "") -> Reading:
    return read_article(Article(headline, body, date=PUBLISHED))


def _facts(reading: Reading) -> set[tuple[str, str, str, str]]:
    names = {entity.key: entity.name for entity in reading.entities}
    return {
        (names[one.subject], one.relation, names[one.object], one.qualifiers.modality)
        for one in reading.statements
    }  # fmt: skip


MODALITIES = [
    ("云岭重工集团有限公司与余杭区签署合作协议。", "actual"),
    ("云岭重工集团有限公司将与余杭区签署合作协议。", "planned"),
    ("云岭重工集团有限公司拟与余杭区签署合作协议。", "planned"),
    ("云岭重工集团有限公司未与余杭区签署合作协议。", "denied"),
    ("云岭重工集团有限公司希望与余杭区签署合作协议。", None),
    ("云岭重工集团有限公司（或其子公司）与余杭区签署合作协议。", "actual"),
    ("继江城展会取消、云岭重工集团有限公司与余杭区签署合作协议后，企业信心增强。", "actual"),
]


@pytest.mark.parametrize(("body", "modality"), MODALITIES, ids=[body for body, _ in MODALITIES])
def test_what_is_planned_denied_or_hoped_is_told_apart(body: str, modality: str | None) -> None:
    found = {fact[3] for fact in _facts(_read(body)) if fact[1] == "signedWith"}
    assert found == ({modality} if modality else set())


PROJECT, COMPANY = "云岭显示面板项目", "云岭重工集团有限公司"
POINTERS = [
    (f"{COMPANY}落户余杭区。该公司投资建设{PROJECT}。", PROJECT, "fundedBy", COMPANY),
    (f"{COMPANY}公告。公司投资建设{PROJECT}。", PROJECT, "fundedBy", COMPANY),
    (f"{PROJECT}开工。该项目位于余杭区。", PROJECT, "locatedIn", "余杭区"),
    (f"余杭区招商忙。{COMPANY}与该区签署协议。", COMPANY, "signedWith", "余杭区"),
    (f"{COMPANY}（以下简称“云岭重工”）成立。云岭重工与余杭区签约。", COMPANY, "signedWith", "余杭区"),
]


@pytest.mark.parametrize(("body", "subject", "relation", "object_"), POINTERS, ids=[row[0] for row in POINTERS])
def test_pointing_words_and_short_names_lead_to_what_was_named(
    body: str, subject: str, relation: str, object_: str
) -> None:
    ends = {(frozenset((s, o)), p) for s, p, o, _ in _facts(_read(body))}
    assert (frozenset((subject, object_)), relation) in ends


def test_a_list_gives_one_fact_for_each_member() -> None:
    found = _facts(_read("云岭重工集团有限公司、江城电子有限公司和松岭集团与余杭区签约。"))
    assert {s for s, p, o, _ in found if p == "signedWith"} | {o for s, p, o, _ in found if p == "signedWith"} >= {
        "云岭重工集团有限公司",
        "江城电子有限公司",
        "松岭集团",
        "余杭区",
    }


def test_members_of_a_counted_list_are_what_its_noun_says() -> None:
    reading = _read("博泰医药、瑞兰德医疗器械、升辉渝冠义齿3个重点医药项目在余杭区开工。")
    assert {entity.name for entity in reading.entities if entity.cls == "Project"} >= {"瑞兰德医疗器械", "升辉渝冠义齿"}


HOMONYMS = [
    ("重庆市渝北区和江北区相邻。云岭显示面板项目落户江北区。", "重庆市/江北区"),
    ("浙江省宁波市海曙区和江北区相邻。云岭显示面板项目落户江北区。", "浙江省/宁波市/江北区"),
    ("云岭显示面板项目落户鼓楼区。", None),
]


@pytest.mark.parametrize(("body", "path"), HOMONYMS, ids=[str(path) for _, path in HOMONYMS])
def test_homonyms_go_by_the_context_and_stay_open_without_one(body: str, path: str | None) -> None:
    places = {one.object[1] for one in _read(body).statements if one.relation == "locatedIn"}
    assert (path in places) if path else (places == set())


def test_bureaus_of_a_level_belong_to_the_city_that_the_article_is_about() -> None:
    reading = _read("重庆市经济增长加快。市发展改革委印发《云岭数字经济发展规划》。")
    assert ("云岭数字经济发展规划", "issuedBy", "重庆市发展改革委", "actual") in _facts(reading)


def test_posts_in_a_row_and_mayors_of_their_own_district() -> None:
    found = _facts(_read("余杭区委副书记、区长李明出席云岭国际博览会。"))
    assert ("李明", "affiliatedWith", "余杭区委", "actual") in found
    assert ("李明", "affiliatedWith", "余杭区", "actual") in found


OCCASIONS = ("签约仪式", "合作协议")


@pytest.mark.parametrize("name", OCCASIONS)
def test_occasions_with_a_common_name_are_apart_in_two_articles(name: str) -> None:
    body = "云岭重工集团有限公司与余杭区签署合作协议，并举行签约仪式。"
    keys = {
        entity.key for headline in ("甲", "乙") for entity in _read(body, headline).entities if entity.name == name
    }  # fmt: skip
    assert len(keys) == 2


FIGURES = [
    ("云岭显示面板项目总投资50亿元。", ("云岭显示面板项目", "5000000000", "CNY")),
    ("云岭重工集团有限公司在余杭区拥有3000名员工。", ("云岭重工集团有限公司", "3000", "名")),
    ("松岭集团与余杭区签下的云岭显示面板项目，占地约152亩。", ("云岭显示面板项目", "152", "亩")),
    ("余杭区举行二季度集中签约活动。活动现场签约25个项目。", ("二季度集中签约活动", "25", "个")),
]


@pytest.mark.parametrize(("body", "expected"), FIGURES, ids=[body for body, _ in FIGURES])
def test_figures_belong_to_what_they_are_about(body: str, expected: tuple[str, str, str]) -> None:
    reading = _read(body)
    names = {entity.key: entity.name for entity in reading.entities}
    assert expected in {(names[one.of], f"{one.value:f}", one.unit) for one in reading.observations}


NOTHING = {
    "no punctuation": "云岭" * 10_000,
    "one sentence of 50,000 characters": "今天天气很好，" * 7_200,
    "10,000 brackets": "（" * 10_000 + "）" * 10_000,
    "English": "The company signed an agreement with the district yesterday. " * 50,
    "Japanese": "昨日、会社は契約を結びました。とても良い天気です。" * 50,
    "a table": "12.5 13.7 88.1\n9 8 7\n" * 500,
    "empty": "",
}


@pytest.mark.parametrize("body", NOTHING.values(), ids=NOTHING.keys())
def test_nothing_is_invented_where_nothing_is_said(body: str) -> None:
    assert _read(body).statements == ()


def test_quotes_are_slices_of_the_body() -> None:
    body = "余杭区举行签约活动。云岭重工集团有限公司与余杭区签署合作协议，投资30亿元建设云岭显示面板项目。"
    reading = _read(body)
    evidence = [one for fact in (*reading.statements, *reading.observations) for one in fact.evidence]
    assert evidence
    assert all(body[one.start : one.end] == one.quote for one in evidence)
