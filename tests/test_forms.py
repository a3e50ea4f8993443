"""Forms in announcements: fields with labels, and projects named by who has won them."""

from __future__ import annotations

from datetime import date

import pytest

from kg.model import Article
from kg.pipeline import read_article

PIPES, HALL = "云岭市城区管网改造工程", "江城市体育馆（一期）项目"
FIRM, OTHER = "松岭建设集团有限公司", "江城设计院有限公司"


def _facts(text: str, headline: str = "") -> set[tuple[str, str, str, str]]:
    reading = read_article(Article(headline=headline, body=text, date=date(2021, 4, 29)))
    names = {entity.key: entity.name for entity in reading.entities}
    return {
        (names[one.subject], one.relation, names[one.object], one.qualifiers.modality) for one in reading.statements
    }


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            f"1、项目名称：{PIPES}（具体以合同为准）\n2、招标人：江城市水务局\n3、中标单位：{FIRM}",
            (PIPES, "undertakenBy", FIRM, "actual"),
        ),
        (f"项目名称：{PIPES}\n拟中标单位：{FIRM}、{OTHER}联合体", (PIPES, "undertakenBy", OTHER, "planned")),
        (f"项目名称：{HALL}；投资方：{FIRM}；建设地点：余杭区。", (HALL, "fundedBy", FIRM, "actual")),
        (f"项目名称：{HALL}；投资方：{FIRM}；建设地点：余杭区。", (HALL, "locatedIn", "余杭区", "actual")),
        (f"公告称，确认{FIRM}为“{PIPES}二标段”的中标人。", (f"{PIPES}二标段", "undertakenBy", FIRM, "actual")),
        (f"{FIRM}成为{PIPES}第一中标候选人。", (PIPES, "undertakenBy", FIRM, "planned")),
        (f"{FIRM}中标当地最大的市政项目——{PIPES}。", (PIPES, "undertakenBy", FIRM, "actual")),
        (f"{FIRM}中标江城港疏浚与岸线整治服务。", ("江城港疏浚与岸线整治服务", "undertakenBy", FIRM, "actual")),
    ],
)
def test_what_a_form_or_notice_says_of_a_tender(text: str, fact: tuple[str, str, str, str]) -> None:
    assert fact in _facts(text)


def test_a_winner_goes_with_the_project_named_last() -> None:
    text = f"项目名称：{PIPES}\n中标单位：{FIRM}\n项目名称：{HALL}\n中标单位：{OTHER}"
    built = {fact for fact in _facts(text) if fact[1] == "undertakenBy"}
    assert built == {(PIPES, "undertakenBy", FIRM, "actual"), (HALL, "undertakenBy", OTHER, "actual")}


def test_who_puts_out_a_tender_does_not_build() -> None:
    facts = _facts(f"项目名称：{PIPES}\n招标人：{OTHER}")
    assert not [fact for fact in facts if fact[1] == "undertakenBy"]


def test_a_firm_has_its_seat_where_its_form_says() -> None:
    facts = _facts(f"公司名称：{FIRM}\n法定代表人：王建国\n住所：余杭区文一西路1号")
    assert (FIRM, "locatedIn", "余杭区", "actual") in facts


def test_a_notice_without_the_winner_is_of_the_company_in_its_headline() -> None:
    text = f"{FIRM}收到中标通知书。\n项目名称：{PIPES}\n招标人：江城市水务局"
    assert (PIPES, "undertakenBy", FIRM, "actual") in _facts(text, f"{FIRM}关于项目中标的公告")
    assert not {fact for fact in _facts(text, f"{FIRM}公告") if fact[1] == "undertakenBy"}


def test_an_award_is_of_the_day_on_which_the_notice_came() -> None:
    text = f"{FIRM}于2021年4月20日收到中标通知书。\n项目名称：{PIPES}\n中标单位：{FIRM}"
    reading = read_article(Article(headline="", body=text, date=date(2021, 4, 29)))
    built = next(one for one in reading.statements if one.relation == "undertakenBy")
    assert built.qualifiers.on_date is not None
    assert built.qualifiers.on_date.label == "2021-04-20"
