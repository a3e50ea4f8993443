"""Whether a project is a plan still: said once in an article, it holds for all facts of the project."""

from __future__ import annotations

from datetime import date

import pytest

from kg.model import Article
from kg.pipeline import read_article

PROJECT, FIRM = "云岭显示面板项目", "松岭集团"


def _modality(text: str, relation: str) -> str:
    reading = read_article(Article(headline="", body=text, date=date(2021, 4, 29)))
    return next(one.qualifiers.modality for one in reading.statements if one.relation == relation)


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        (f"{PROJECT}由{FIRM}承建。{PROJECT}预计今年7月开工。", "planned"),
        (f"{PROJECT}由{FIRM}承建。{PROJECT}2022年6月开工。", "planned"),
        (f"{PROJECT}由{FIRM}承建。该区将推进{PROJECT}、江城储能项目开工建设。", "planned"),
        (f"{PROJECT}由{FIRM}承建。{PROJECT}建成投产后，年产值10亿元。", "actual"),
        (f"{PROJECT}由{FIRM}承建。{PROJECT}已于去年竣工。", "actual"),
        (f"{FIRM}计划建设{PROJECT}。项目开工后1年内投产。", "planned"),
        (f"{PROJECT}由{FIRM}承建。该项目一期工程力争明年开工。", "actual"),
        (f"{FIRM}计划建设{PROJECT}。昨日，{PROJECT}奠基。", "actual"),
        (f"{FIRM}计划建设{PROJECT}。{PROJECT}尚未开工。", "planned"),
    ],
)
def test_who_builds_a_project_is_a_plan_until_work_has_begun(text: str, modality: str) -> None:
    assert _modality(text, "undertakenBy") == modality


def test_money_that_is_promised_stays_a_promise() -> None:
    assert _modality(f"{FIRM}计划投资5亿元建设{PROJECT}。昨日，{PROJECT}奠基。", "fundedBy") == "planned"


def test_the_place_in_the_name_of_a_planned_project_is_no_plan() -> None:
    assert _modality("余杭区城市更新示范项目预计明年开工。", "locatedIn") == "actual"
