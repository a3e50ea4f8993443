"""Lines that say when and where: a page's head, the date of an article, the byline in front of a body.

All parsers take one normalised line, and answer None where it is something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_DIGITS = {c: str(i % 10) for i, c in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0"}
_HAN = "\u4e00-\u9fff"
_DAY = r"(?P<y>\d{4})(?:年|[-/.])(?P<m>\d{1,2})(?:月|[-/.])(?P<d>\d{1,2})日?"
_NUMBER = "[一二三四五六七八九十]"
_HAN_DAY = rf"(?P<hy>[〇○零一二三四五六七八九]{{4}})年(?P<hm>{_NUMBER}{{1,2}})月(?P<hd>{_NUMBER}{{1,3}})日"
_DATE = re.compile(f"{_DAY}|{_HAN_DAY}")
_DATE_LINE = re.compile(
    r"(?:日期|时间|发布日期|发布时间|发表时间|出版日期|发稿时间|更新时间|Date)[：:]\s*"
    rf"(?:{_DAY})(?:[ T]?\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?)?",
    re.IGNORECASE,
)
_BARE_DATE = re.compile(
    rf"(?:{_DAY}|{_HAN_DAY})(?:[ T]?\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?)?(?:来源[：:].{{1,20}})?"
)
_PAPER = rf"[{_HAN}]{{2,10}}?(?:日报|晚报|晨报|早报|午报|商报|时报|周报|快报|导报|都市报|经济报|新闻报|青年报|周刊)"
_HEAD_TOKENS = re.compile(
    rf"(?P<date>{_DAY}|{_HAN_DAY})|(?P<paper>{_PAPER})"
    r"|(?P<section>第?[A-Z]?\d{1,3}版|第[一二三四五六七八九十]+版|[A-Z]\d{1,3}|\d{2}(?!\d))"
    r"|(?P<week>(?:星期|周)[一二三四五六日天]|农历[^ ]{2,12}"
    r"|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年[^ ]{2,8}|总?第\d+期|今日\d+版|国内统一[^ ]*|邮发代号[^ ]*|CN\d[\d-]+|www\.[\w.]+|https?://\S+)"
    rf"|(?P<topic>[{_HAN}]{{2,6}})|(?P<sep>[ ｜|·•/／,，、—:：-]+)"
)


@dataclass(frozen=True, slots=True)
class PageHead:
    """`重庆日报 2021年4月29日 星期四 A03版 要闻` in its parts."""

    date: date | None
    paper: str | None
    section: str | None


def to_ascii_digits(text: str) -> str:
    return "".join(chr(ord(ch) - 0xFEE0) if "０" <= ch <= "９" else ch for ch in text)


def parse_date(text: str) -> date | None:
    """The first full date in `text`: 2021-04-29, 2021年4月29日, 二〇二一年四月二十九日; None if there is none such."""
    match = _DATE.search(to_ascii_digits(text))
    return None if match is None else _to_date(match)


def _to_date(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    try:
        if parts["y"]:
            return date(int(parts["y"]), int(parts["m"]), int(parts["d"]))
        return date(int("".join(_DIGITS[ch] for ch in parts["hy"])), _to_small(parts["hm"]), _to_small(parts["hd"]))
    except ValueError:
        return None


def _to_small(text: str) -> int:
    """二十九 → 29."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return int(_DIGITS[text]) if len(text) == 1 else 0
    return int(_DIGITS.get(tens, "1")) * 10 + int(_DIGITS.get(ones, "0"))


def parse_date_line(line: str, *, bare: bool = False) -> date | None:
    """The day of a line that says nothing else: `日期：2021-6-9`; with `bare`, also one without the word before it."""
    plain = to_ascii_digits(line)
    match = _DATE_LINE.fullmatch(plain) or (_BARE_DATE.fullmatch(plain) if bare else None)
    return None if match is None else parse_date(match.group())


def parse_page_head(line: str) -> PageHead | None:
    """The parts of a page's head. A head has a full date, or a paper's name and little else; and no sentence."""
    plain = to_ascii_digits(line)
    found: dict[str, str] = {}
    place = 0
    while place < len(plain):
        match = _HEAD_TOKENS.match(plain, place)
        if match is None:
            return None
        kind = match.lastgroup or ""
        kind = "date" if kind in ("y", "m", "d", "hy", "hm", "hd") else kind
        if kind in ("topic", "paper") and kind in found:
            return None
        found.setdefault(kind, match.group())
        place = match.end()
    if not _is_head(found):
        return None
    return PageHead(parse_date(found.get("date", "")), found.get("paper"), found.get("section"))


def _is_head(found: dict[str, str]) -> bool:
    if "date" in found:
        return parse_date(found["date"]) is not None and not found.keys().isdisjoint({"paper", "section", "week"})
    if "paper" in found:
        return "topic" not in found or "section" in found
    return found.get("section", "").endswith("版")
