"""Figures and dates in text: 三十亿元, 50亿元—70亿元, 5000余万片, 12.5%, 第三, 前十, 4月26日至28日, 去年8月.

Words and units come from `ontology/values.yml`. A value keeps its place in the text; amounts are multiplied out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache

import yaml

from kg import resources
from kg.dates import find_dates
from kg.model import Span, TimeSpan


@dataclass(frozen=True, slots=True)
class Value:
    """One figure. `kind` is Money, Percent, Count, Rank (第三), Top (前十) or Date.

    `unit` is an ISO 4217 code for money, `%`, the text's own measure word, or empty; `qualifier` is `exact`, `over`,
    `under` or `about`; `to` is the upper end of a range.
    """

    span: Span
    kind: str
    number: Decimal = Decimal(0)
    unit: str = ""
    qualifier: str = "exact"
    to: Decimal | None = None
    dates: TimeSpan | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    multipliers: dict[str, int]
    currencies: dict[str, str]
    before: dict[str, str]
    after: dict[str, str]
    figure: re.Pattern[str]
    rank: re.Pattern[str]
    part: re.Pattern[str]
    great: re.Pattern[str]


_DIGITS = {ch: n for n, ch in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_STEPS = {"十": 10, "百": 100, "千": 1000}
_NO_TENTHS = re.compile("[立为长功果员本交都品熟绩就效年型套]")
_VAGUE = {"数": 1, "几": 1}


@cache
def _words() -> _Words:
    table = yaml.safe_load(resources.path("ontology/values.yml").read_text(encoding="utf-8"))
    multipliers, currencies = table["multipliers"], table["currencies"]
    before, after, units = table["before"], table["after"], table["units"]
    plain = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?: ?\.\d+)?"
    spoken = "(?<![唯统])[数几]?[零〇一二两三四五六七八九十百千]+"
    number = f"(?:{plain}|{spoken}|[数几](?=[十百千万亿]))"
    scale, money, unit = _choice(multipliers), _choice(currencies), _choice(units)
    vague, per = _choice(after), _choice(table["per"])
    scale = scale.replace("|千|", "|千(?![瓦米克升])|")
    great = re.compile(f"(?P<great>[二两三四五六七八九十]+)大(?!{_choice(table['no count'])})(?=[\u4e00-\u9fff]{{2}})")
    part = re.compile("(?P<below>[零一二三四五六七八九十百]+)分之(?P<above>[零〇一二两三四五六七八九十百]+)")
    figure = re.compile(
        f"(?P<before>(?<![签节合条])(?:{_choice(before)}))?(?P<minus>(?<=[为是：])[-－−])?(?P<number>{number})(?P<more>[余多几])?(?:个(?=万?亿))?(?P<scale>{scale})?(?P<more2>[余多])?"
        f"(?:(?P<first_unit>{money}|%|％)?(?:[-－—–~～至到]|——)(?P<to>{number})(?P<to_scale>{scale})?)?"
        f"(?:(?P<money>{money})|(?P<percent>%|％)|(?P<unit>{unit}))?(?P<per>/(?:{per}))?(?P<after>(?:{vague})(?![游杭姚]))?"
    )
    order = f"(?:\\d+|{spoken})"
    rank = re.compile(f"第(?P<rank>{order})(?:名|位)?|(?P<first>榜首|首位|第一位)|前(?P<top>{order})(?:名|位|强)?")
    return _Words(multipliers, currencies, before, after, figure, rank, part, great)


def _choice(words: dict[str, object] | list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def find_values(text: str, *, published: date | None = None) -> tuple[Value, ...]:
    """All figures and dates of `text`, in order, without overlaps; relative dates count from `published`."""
    narrow = _narrow(text)
    dates = [Value(span, "Date", dates=found) for span, found in find_dates(narrow, published)]
    taken = {place for value in dates for place in range(value.span.start, value.span.end)}
    whole = [one for one in (*_find_ranks(narrow), *_find_parts(narrow)) if one.span.start not in taken]
    inside = {place for value in whole for place in range(value.span.start, value.span.end)}
    figures = [
        one
        for one in _find_figures(narrow)
        if one.span.start not in taken and inside.isdisjoint(range(one.span.start, one.span.end))
    ]
    return tuple(sorted((*dates, *whole, *figures), key=lambda value: value.span))


def _narrow(text: str) -> str:
    """Full-width digits, points and letters as ASCII; every other character stays, so that places agree."""
    return "".join(unicodedata.normalize("NFKC", ch) if "０" <= ch <= "９" or ch in "．％" else ch for ch in text)


def _find_ranks(text: str) -> Iterator[Value]:
    for found in _words().rank.finditer(text):
        number = parse_number(found["rank"] or found["top"] or "1")
        if number is not None:
            yield Value(Span(*found.span()), "Top" if found["top"] else "Rank", number)


def _find_parts(text: str) -> Iterator[Value]:
    """三分之一 and 百分之五 as per cents, 八大基地 as eight of them."""
    for found in _words().part.finditer(text):
        below, above = parse_number(found["below"]), parse_number(found["above"])
        if below and above is not None and above <= below:
            share = (above * 100 / below).quantize(Decimal("0.01")).normalize()
            yield Value(Span(*found.span()), "Percent", Decimal(f"{share:f}"), "%")
    for found in _words().great.finditer(text):
        number = parse_number(found["great"])
        if number is not None:
            yield Value(Span(*found.span()), "Count", number, "个")


def _find_figures(text: str) -> Iterator[Value]:
    words = _words()
    for found in words.figure.finditer(text):
        number = _read_number(found["number"], found["scale"])
        number = -number if number is not None and found["minus"] else number
        unit = found["money"] or found["percent"] or found["unit"]
        if number is None or (unit is None and not found["scale"] and not found["number"].isascii()):
            continue
        if unit == "成":
            yield from _read_tenths(text, found, number)
            continue
        kind = "Money" if found["money"] else "Percent" if found["percent"] else "Count"
        to = _read_number(found["to"], found["to_scale"]) if found["to"] else None
        if to is not None and not found["scale"] and found["first_unit"] is None:
            number *= words.multipliers.get(found["to_scale"] or "", 1)
        written = words.currencies[found["money"]] if found["money"] else "%" if found["percent"] else unit or ""
        yield Value(Span(*found.span()), kind, number, written + (found["per"] or ""), _qualifier(found), to)


def _read_tenths(text: str, found: re.Match[str], number: Decimal) -> Iterator[Value]:
    """超三成 is over 30 %; 三成立 is nothing of the kind."""
    if number <= 10 and found["scale"] is None and not _NO_TENTHS.match(text, found.end()):
        yield Value(Span(*found.span()), "Percent", number * 10, "%", _qualifier(found))


def _qualifier(found: re.Match[str]) -> str:
    words = _words()
    if found["more"] or found["more2"] or found["number"][0] in _VAGUE:
        return "over"
    return words.before.get(found["before"] or "") or words.after.get(found["after"] or "") or "exact"


def _read_number(written: str, scale: str | None) -> Decimal | None:
    number = parse_number(written)
    return None if number is None else number * _words().multipliers.get(scale or "", 1)


def parse_number(written: str) -> Decimal | None:
    """A figure without unit: `14,699.61`, `三十五`, `两千零八`, `数` (several: one); None if it is none.

    >>> parse_number("三十五"), parse_number("1,200.5"), parse_number("十")
    (Decimal('35'), Decimal('1200.5'), Decimal('10'))
    """
    if "，" in written or any(ch.isascii() for ch in written):
        try:
            return Decimal(written.replace("，", "").replace(",", "").replace(" ", ""))
        except InvalidOperation:  # 10² or 3五
            return None
    if all(ch in _DIGITS for ch in written) and len(written) > 1:
        return Decimal("".join(str(_DIGITS[ch]) for ch in written))
    total, digit = 0, 0
    for ch in written:
        if ch in _STEPS:
            total, digit = total + (digit or 1) * _STEPS[ch], 0
        elif ch in _DIGITS or ch in _VAGUE:
            digit = _DIGITS.get(ch, 1)
        else:
            return None
    return Decimal(total + digit)
