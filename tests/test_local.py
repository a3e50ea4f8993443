"""Projects that no sentence places, in articles whose headline names one district."""

from __future__ import annotations

import pytest

from kg.model import Article
from kg.pipeline import read_article

BODY = "余杭区今年加快发展。\n余杭区重大工程进展顺利，松岭集团承建云岭水厂扩建工程。"

FAR = "余杭区今年加快发展。\n" + "各部门正在加快推进。" * 30 + "\n松岭集团承建云岭水厂扩建工程。"


def placed(headline: str, body: str) -> list[tuple[str, str]]:
    """The project and the quote of each such fact."""
    found = read_article(Article(headline, body)).statements
    return [
        (one.subject[1], each.quote)
        for one in found
        for each in one.evidence
        if each.rule == "locatedIn/标题所述之地的项目"
    ]


def test_the_project_is_where_the_headline_is_and_the_quote_has_both() -> None:
    ((project, quote),) = placed("余杭区加快重大工程建设", BODY)
    assert project == "云岭水厂扩建工程"
    assert quote == "余杭区重大工程进展顺利，松岭集团承建云岭水厂扩建工程"


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("余杭区今年加快发展，云岭水厂扩建工程基本完成。", "云岭水厂扩建工程"),
        ("余杭区今年加快发展。\n目前云岭水厂扩建工程基本完成。", "云岭水厂扩建工程"),
        ("余杭区今年加快发展，329国道岭口至云山段路基完成。", "329国道岭口至云山段"),
    ],
)
def test_a_name_of_a_work_needs_no_other_fact(body: str, name: str) -> None:
    assert [project for project, _ in placed("余杭区加快重大工程建设", body)] == [name]


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        ("重大工程加快建设", BODY),
        ("余杭区和萧山区加快重大工程建设", BODY),
        ("余杭区企业承建多项工程", BODY),
        ("余杭区加快重大工程建设", FAR),
        ("余杭区加快重大工程建设", "余杭区装机容量相当于四个云岭水电站。"),
        ("余杭区加快重大工程建设", BODY.replace("云岭水厂扩建工程", "萧山云岭水厂扩建工程")),
    ],
    ids=["no place", "two places", "from there", "place in another paragraph", "likened", "another place in the name"],
)
def test_no_such_fact_where_the_headline_does_not_decide(headline: str, body: str) -> None:
    assert placed(headline, body) == []
