"""Figures and dates as texts write them; traps stand beside what they guard."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kg.dates import find_dates, parse_date
from kg.values import find_values, parse_number

PUBLISHED = date(2021, 4, 29)

FIGURES = [
    # text, what is found: (written, kind, number, unit, qualifier, upper end)
    ("债券规模为30亿元", [("30亿元", "Money", "3000000000", "CNY", "exact", None)]),
    ("募集三十亿元", [("三十亿元", "Money", "3000000000", "CNY", "exact", None)]),
    ("约152亩", [("约152亩", "Count", "152", "亩", "about", None)]),
    ("超500亿元", [("超500亿元", "Money", "50000000000", "CNY", "over", None)]),
    ("108亿丹麦克朗", [("108亿丹麦克朗", "Money", "10800000000", "DKK", "exact", None)]),
    ("近3000万美元", [("近3000万美元", "Money", "30000000", "USD", "under", None)]),
    ("不超过1.51亿股", [("不超过1.51亿股", "Count", "151000000", "股", "under", None)]),
    ("其中38项余杭区办", [("38项", "Count", "38", "项", "exact", None)]),
    ("5000余万片", [("5000余万片", "Count", "50000000", "片", "over", None)]),
    ("100多家", [("100多家", "Count", "100", "家", "over", None)]),
    ("一百多家", [("一百多家", "Count", "100", "家", "over", None)]),
    ("数千万人民币", [("数千万人民币", "Money", "10000000", "CNY", "over", None)]),
    ("产值50亿元—70亿元", [("50亿元—70亿元", "Money", "5000000000", "CNY", "exact", "7000000000")]),
    ("投资3-5亿元", [("3-5亿元", "Money", "300000000", "CNY", "exact", "500000000")]),
    ("增长6.9%", [("6.9%", "Percent", "6.9", "%", "exact", None)]),
    ("增长６.９％", [("６.９％", "Percent", "6.9", "%", "exact", None)]),
    ("14,699.61亿元", [("14,699.61亿元", "Money", "1469961000000", "CNY", "exact", None)]),
    ("每股16.56元/股", [("16.56元/股", "Money", "16.56", "CNY/股", "exact", None)]),
    ("排名第二", [("第二", "Rank", "2", "", "exact", None)]),
    ("全国第6支", [("第6", "Rank", "6", "", "exact", None)]),
    ("位列前三名", [("前三名", "Top", "3", "", "exact", None)]),
    ("夺得榜首", [("榜首", "Rank", "1", "", "exact", None)]),
    ("签约25个项目", [("25个", "Count", "25", "个", "exact", None)]),
    ("全球唯一一家", [("一家", "Count", "1", "家", "exact", None)]),
    ("3.7万多家上下游企业", [("3.7万多家", "Count", "37000", "家", "over", None)]),
    ("单机容量1500千瓦", [("1500千瓦", "Count", "1500", "千瓦", "exact", None)]),
    ("装机2万千瓦", [("2万千瓦", "Count", "20000", "千瓦", "exact", None)]),
    ("投资50个亿元", [("50个亿元", "Money", "5000000000", "CNY", "exact", None)]),
    ("产能48万台/年提升", [("48万台/年", "Count", "480000", "台/年", "exact", None)]),
    ("八大生产基地", [("八大", "Count", "8", "个", "exact", None)]),
    ("四大会议", []),
    ("三分之一", [("三分之一", "Percent", "33.33", "%", "exact", None)]),
    ("需求增长超三成", [("超三成", "Percent", "30", "%", "over", None)]),
    ("其中三成立项", []),
    ("百分之五", [("百分之五", "Percent", "5", "%", "exact", None)]),
    ("甲乙丙", []),
    ("三亚市", []),
]


@pytest.mark.parametrize("written", ["10²", "²", "3五", "1.2.3"])
def test_what_is_no_number_is_none(written: str) -> None:
    assert parse_number(written) is None


@pytest.mark.parametrize(("text", "expected"), FIGURES, ids=[text for text, _ in FIGURES])
def test_figures_are_read_with_unit_and_exactness(text: str, expected: list[tuple[object, ...]]) -> None:
    found = [
        (text[one.span.start : one.span.end], one.kind, one.number, one.unit, one.qualifier, one.to)
        for one in find_values(text, published=PUBLISHED)
    ]
    wanted = [(w, k, Decimal(n), u, q, None if to is None else Decimal(to)) for w, k, n, u, q, to in expected]
    assert found == wanted


DATES = [
    ("2024年3月15日", "2024-03-15", date(2024, 3, 15), date(2024, 3, 15)),
    ("2024年3月", "2024-03", date(2024, 3, 1), date(2024, 3, 31)),
    ("2023年", "2023", date(2023, 1, 1), date(2023, 12, 31)),
    ("4月28日", "2021-04-28", date(2021, 4, 28), date(2021, 4, 28)),
    ("12月28日", "2020-12-28", date(2020, 12, 28), date(2020, 12, 28)),
    ("4月26日至28日", "2021-04-26", date(2021, 4, 26), date(2021, 4, 28)),
    ("4月26日至5月2日", "2021-04-26", date(2021, 4, 26), date(2021, 5, 2)),
    ("2021年1-8月", "2021-01", date(2021, 1, 1), date(2021, 8, 31)),
    ("昨日", "2021-04-28", date(2021, 4, 28), date(2021, 4, 28)),
    ("去年8月", "2020-08", date(2020, 8, 1), date(2020, 8, 31)),
    ("一季度", "2021", date(2021, 1, 1), date(2021, 3, 31)),
    ("2020年下半年", "2020", date(2020, 7, 1), date(2020, 12, 31)),
    ("“十四五”期间", "2021", date(2021, 1, 1), date(2025, 12, 31)),
    ("25日，", "2021-04-25", date(2021, 4, 25), date(2021, 4, 25)),
    ("30日下午", "2021-03-30", date(2021, 3, 30), date(2021, 3, 30)),
    ("26日至28日，", "2021-04-26", date(2021, 4, 26), date(2021, 4, 28)),
    ("2021-06-01", "2021-06-01", date(2021, 6, 1), date(2021, 6, 1)),
]


@pytest.mark.parametrize(("text", "label", "first", "last"), DATES, ids=[row[0] for row in DATES])
def test_dates_are_as_precise_as_the_text(text: str, label: str, first: date, last: date) -> None:
    ((_, found),) = find_dates(text, PUBLISHED)
    assert (found.label, found.first, found.last) == (label, first, last)


@pytest.mark.parametrize(
    "text", ["2021年2月30日", "13月1日", "为期3日，", "每月5日，", "15日游", "达产后年产值", "三月街"]
)
def test_what_is_no_date_is_not_read_as_a_day(text: str) -> None:
    assert [one for _, one in find_dates(text, PUBLISHED) if one.first == one.last] == []


def test_a_day_without_a_year_needs_the_day_of_publication() -> None:
    assert list(find_dates("4月28日", None)) == []


def test_the_same_day_is_the_one_named_last() -> None:
    found = [one.label for _, one in find_dates("4月26日，两家企业签约。当天还有三家开工。", PUBLISHED)]
    assert found == ["2021-04-26", "2021-04-26"]
    assert list(find_dates("当天还有三家开工。", PUBLISHED)) == []


def test_the_same_day_in_a_paragraph_without_a_date_is_the_one_that_the_text_is_about() -> None:
    text = "4月26日，两家企业签约。\n上一场签约是在1月18日。\n松岭集团当天也签了约。"
    assert [one.label for _, one in find_dates(text, PUBLISHED)] == ["2021-04-26", "2021-01-18", "2021-04-26"]


def test_a_page_head_gives_its_date() -> None:
    assert parse_date("渝州经济报 2021年4月29日 星期四") == date(2021, 4, 29)
    assert parse_date("2021年4月") is None


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("十", 10),
        ("二十五", 25),
        ("一百零三", 103),
        ("两千零八", 2008),
        ("二〇二一", 2021),
        ("1,200.5", "1200.5"),
        ("12 .7", "12.7"),
        ("数", 1),
    ],
)
def test_numbers_in_words_and_digits(written: str, number: object) -> None:
    assert parse_number(written) == Decimal(str(number))
