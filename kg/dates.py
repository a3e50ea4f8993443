"""Dates in text: 2024年3月, 4月26日至28日, 25日, 去年8月, 昨日, 当天, 一季度, “十四五”.

Relative ones count from the day of publication.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from kg.model import Span, TimeSpan

_YEARS = {"今年": 0, "本年": 0, "本年度": 0, "当年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}
_DAYS = {"今日": 0, "今天": 0, "昨日": -1, "昨天": -1, "昨晚": -1, "前日": -2, "前天": -2, "明日": 1, "明天": 1}
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_PLANS = {"十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026}

_YEAR = rf"(?P<year>(?:19|20)\d\d)年|(?P<near>{'|'.join(_YEARS)})"
_MONTH_DAY = (
    r"(?<!\d)(?:(?P<from_month>1[0-2]|[1-9])月?[-－—–~～至到]+)?(?P<month>1[0-2]|0?[1-9])月"
    r"(?:(?P<day>3[01]|[12]\d|0?[1-9])日?(?:[-－—–~～至到]+(?:(?P<to_month>1[0-2]|0?[1-9])月)?(?P<to_day>3[01]|[12]\d|0?[1-9])日"
    r"|(?<=日)|(?=[上下]午|晚))|(?:[-－—–~～至到]+(?P<last_month>1[0-2]|0?[1-9])月)?(?!\d))"
)
_BARE_MONTH_DAY = _MONTH_DAY.replace("(?P<", "(?P<bare_")
_DATE = re.compile(
    rf"(?:{_YEAR})(?:{_MONTH_DAY}|第?(?P<quarter>[一二三四1-4])季度|(?P<half>[上下])半年)?"
    rf"|{_BARE_MONTH_DAY}"
    rf"|(?P<bare_quarter>[一二三四])季度|(?P<bare_half>[上下])半年"
    rf"|(?P<relative>{'|'.join(_DAYS)})|“?(?P<plan>{'|'.join(_PLANS)})”?(?=时期|期间|规划|开局|末|以来)"
    r"|(?P<this>本月|上月|上个月)(?:(?P<this_day>3[01]|[12]\d|[1-9])日)?"
    r"|(?<![\d月年至到\-－—~～第期共计每了长近、.])(?P<alone>3[01]|[12]\d|[1-9])日(?:[至到－—-]+(?P<alone_to>3[01]|[12]\d|[1-9])日)?"
    r"(?=[，晚上下从在起举召开签正发公表宣出获讯])"
    r"|(?P<same>当天|当日)"
    r"|(?P<iso>(?:19|20)\d\d[-/.](?:1[0-2]|0?[1-9])[-/.](?:3[01]|[12]\d|0?[1-9]))(?!\d)"
)


def find_dates(text: str, published: date | None) -> Iterator[tuple[Span, TimeSpan]]:
    """The dates of `text` with their places; those that need a year are left out where none is known.

    当天 is the day named last in its paragraph; where it names none, the one that the text is about: the last of the
    first paragraph that names days.
    """
    opening: TimeSpan | None = None
    last: TimeSpan | None = None
    place = 0
    for found in _DATE.finditer(text):
        if last is not None and "\n" in text[place : found.start()]:
            opening = last = opening or last
        place = found.start()
        dates = last if found["same"] else _read(found, published)
        if dates is not None:
            yield Span(*found.span()), dates
            last = dates if len(dates.label) == 10 else last


def parse_date(written: str) -> date | None:
    """A full date as it stands in a page head: `2021年4月29日`, `2021-04-29`; None if it is none."""
    for _, dates in find_dates(written, None):
        if dates.first == dates.last:
            return dates.first
    return None


def _read(found: re.Match[str], published: date | None) -> TimeSpan | None:
    part = found.groupdict()
    if part["iso"]:
        year, month, day = (int(piece) for piece in re.split("[-/.]", part["iso"]))
        return _days(_day(year, month, day), None)
    if part["plan"]:
        first = _PLANS[part["plan"]]
        return TimeSpan(str(first), date(first, 1, 1), date(first + 4, 12, 31))
    if part["year"]:
        return _within_year(int(part["year"]), part, "")
    if published is None:
        return None
    if part["near"]:
        return _within_year(published.year + _YEARS[part["near"]], part, "")
    if part["relative"]:
        return _days(published + timedelta(days=_DAYS[part["relative"]]), None)
    if part["this"]:
        return _this_month(part, published)
    if part["alone"]:
        return _alone(int(part["alone"]), int(part["alone_to"] or 0), published)
    return _within_year(_nearest_year(part, published), part, "bare_")


def _this_month(part: dict[str, str | None], published: date) -> TimeSpan | None:
    start = published.replace(day=1)
    month = start if part["this"] == "本月" else (start - timedelta(days=1)).replace(day=1)
    day = part["this_day"]
    return (
        _days(_day(month.year, month.month, int(day)), None) if day else _months(month.year, month.month, month.month)
    )


def _alone(day: int, to: int, published: date) -> TimeSpan | None:
    """`25日` is the last such day up to that of publication."""
    month = published if day <= published.day else published.replace(day=1) - timedelta(days=1)
    last = _day(month.year, month.month, to) if to else None
    return _days(_day(month.year, month.month, day), last)


def _nearest_year(part: dict[str, str | None], published: date) -> int:
    """A month without a year lies within the half year before or after the day of publication, else before it."""
    month = int(part["bare_month"] or 0)
    if month and month - published.month > 6:
        return published.year - 1
    return published.year + 1 if month and published.month - month > 8 else published.year


def _within_year(year: int, part: dict[str, str | None], prefix: str) -> TimeSpan | None:
    def number(name: str) -> int:
        return int(part[prefix + name] or 0)

    if number("day"):
        first = _day(year, number("month"), number("day"))
        last = _day(year, number("to_month") or number("month"), number("to_day")) if number("to_day") else None
        return _days(first, last)
    if number("month"):
        return _months(year, number("from_month") or number("month"), number("last_month") or number("month"))
    if part[prefix + "quarter"]:
        last_month = 3 * _QUARTERS[part[prefix + "quarter"] or "1"]
        return _stretch(year, last_month - 2, last_month)
    if part[prefix + "half"]:
        return _stretch(year, 1, 6) if part[prefix + "half"] == "上" else _stretch(year, 7, 12)
    return _stretch(year, 1, 12)


def _day(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= day <= calendar.monthrange(year, month)[1] else None


def _days(first: date | None, last: date | None) -> TimeSpan | None:
    if first is None:
        return None
    return TimeSpan(first.isoformat(), first, last if last is not None and last >= first else first)


def _months(year: int, first: int, last: int) -> TimeSpan:
    return TimeSpan(f"{year:04}-{first:02}", date(year, first, 1), _month_end(year, max(first, last)))


def _stretch(year: int, first: int, last: int) -> TimeSpan:
    """Quarters and halves: XSD has no type for them, so the label is the year and the days say the rest."""
    return TimeSpan(f"{year:04}", date(year, first, 1), _month_end(year, last))


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
