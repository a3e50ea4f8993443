"""What a figure counts, in the text's words, and of which family (`ontology/observations/measures.yml`) that is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import yaml

from kg import resources
from kg.clauses import Clause, Unit
from kg.mentions.tagged import TaggedText
from kg.model import Span, Word
from kg.values import Value

_STOP = frozenset("，。；：！？、\n“”《》[]【】()（）")
_LONGEST_FRONT, _LONGEST_BEHIND = 18, 16
_LABEL = re.compile("(?:^|[、，。；])(?P<label>[^：:，。；、0-9]{2,20})[：:][^，。；：:、0-9]{0,12}$")
NAMELESS = "数量"
"""The measure of a figure with no words for what it counts."""
_FIXED = ("Money", "Percent")


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of measure; `of` are classes, the likeliest first; `units` are names of families of units, none: any."""

    name: str
    units: frozenset[str]
    of: tuple[str, ...]
    lasting: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """`name` is what is counted; `span` the words for it with the figure; `front` those in front of the figure."""

    name: str
    span: Span
    front: str
    behind: str
    family: Family | None
    bare: bool
    """Nothing says what is counted but perhaps a name: the figure cannot stand alone."""


@dataclass(frozen=True, slots=True)
class Tables:
    heads: dict[str, tuple[Family, ...]]
    longest: int
    units: dict[str, frozenset[str]]
    stand_ins: tuple[tuple[str, tuple[str, ...]], ...]
    """Noun → classes, the longest nouns first."""
    links: frozenset[str]
    leads: frozenset[str]
    light: frozenset[str]
    parts: frozenset[str]
    """Parts of a whole that a text goes on about: 全线, 终点."""
    elsewhere: frozenset[str]
    """What a sentence may be about besides the things named: 我国, 全球, 双方."""
    great: frozenset[str]
    """What is worth counting as 三大, 八大: 八大生产基地."""
    no_doings: frozenset[str]
    """Verbs that do not tell what the one spoken of did: 来自, 认为."""
    plain: frozenset[str]
    """Nouns that alone say nothing of what is counted: 两个项目, 4家公司."""


@cache
def tables() -> Tables:
    content = yaml.safe_load(resources.path("ontology/observations/measures.yml").read_text(encoding="utf-8"))
    heads: dict[str, list[Family]] = {}
    for name, entry in content["families"].items():
        family = Family(name, frozenset(entry["units"]), tuple(entry["of"]), bool(entry.get("lasting")))
        for head in entry["heads"].split():
            heads.setdefault(head, []).append(family)
    nouns: dict[str, list[str]] = {}
    for cls, words in content["stand-ins"].items():
        for noun in words.split():
            nouns.setdefault(noun, []).append(cls)
    return Tables(
        heads={head: tuple(found) for head, found in heads.items()},
        longest=max(map(len, heads)),
        units={name: frozenset(units) for name, units in content["units"].items()},
        stand_ins=tuple((noun, tuple(nouns[noun])) for noun in sorted(nouns, key=lambda noun: (-len(noun), noun))),
        links=_words(content, "links"),
        leads=_words(content, "leads"),
        light=_words(content, "light verbs"),
        parts=_words(content, "parts"),
        elsewhere=_words(content, "elsewhere"),
        great=_words(content, "great"),
        no_doings=_words(content, "no doings"),
        plain=_words(content, "plain"),
    )


def _words(content: dict[str, Any], name: str) -> frozenset[str]:
    return frozenset(content[name].split())


def unit_family(value: Value) -> str:
    """`money`, `share`, `area` …; `things` for whatever is counted by the piece."""
    if value.kind == "Money":
        return "money"
    return next((name for name, units in tables().units.items() if value.unit in units), "things")


def read_measure(tagged: TaggedText, clause: Clause, place: int, value: Value) -> Measure:
    """`place` is that of a figure in `clause.units`, or of the list that it sums up."""
    number = tagged.sentence_at(clause.span.start)
    words = tagged.words[number]
    dates = [one.span for one in tagged.dates(clause.span)]
    lowest = _border_before(clause.units, place if clause.units[place].value is not None else place + 1)
    front = _front(words, lowest, value.span.start, dates)
    if find_family(_join(tagged.text, front), value) is None:
        front = _label(words, clause, place, tagged.text, value) or front
    behind = _behind(words, value.span.end, _border_behind(clause.units, place))
    measure = _name_measure(tagged.text, value, front, behind)
    return measure if not measure.bare else _name_by_neighbour(clause, place, measure, words, value)


def read_aside(tagged: TaggedText, words: Sequence[Word], start: int, value: Value) -> Measure | None:
    """The measure of a figure in brackets that open at `start`, where words of a family stand in front of it."""
    front = _front(words, start + 1, value.span.start, [one.span for one in tagged.dates(Span(start, value.span.end))])
    measure = _name_measure(tagged.text, value, front, [])
    return measure if measure.family is not None else None


def _name_by_neighbour(clause: Clause, place: int, measure: Measure, words: Sequence[Word], value: Value) -> Measure:
    """新建项目24个 counts what is named in front; 持有某公司5425万股 says with the verb what the figure is."""
    unit = clause.units[place - 1] if place and clause.units[place].value is not None else None
    if unit is None or len(unit.mentions) != 1:
        return measure
    name, start = unit.mentions[0].text, unit.span.start
    verb = next((word for word in words if word.span.end == start and word.tag == "v"), None)
    if verb is not None:
        name, start = verb.text + name, verb.span.start
    counted = unit.mentions[0].cls in {"Project", "Event", "Agreement", "Document"}
    family = find_family(name, value) if name in tables().heads else None
    return replace(measure, name=name, span=Span(start, measure.span.end), family=family, bare=not (counted or family))


def _border_before(units: Sequence[Unit], place: int) -> int:
    """Where the words in front of a figure begin at the earliest: behind a name, another figure or a mark."""
    while place > 0:
        place -= 1
        unit = units[place]
        if unit.mentions or unit.value is not None or unit.char in _STOP:
            return unit.span.end
    return units[place].span.start


def _border_behind(units: Sequence[Unit], place: int) -> int:
    for unit in units[place + 1 :]:
        if unit.value is not None or unit.char in _STOP:
            return unit.span.start
    return units[-1].span.end


def _front(words: Sequence[Word], lowest: int, end: int, dates: Sequence[Span]) -> list[Word]:
    """The words right in front of a figure, without the links between (达到, 为, 超过)."""
    table = tables()
    out: list[Word] = []
    place = bisect_left(words, end, key=lambda word: word.span.end)
    if place < len(words) and words[place].span.end <= end:
        place += 1
    depth = 0
    while place > 0:
        place -= 1
        word = words[place]
        if word.span.start < lowest and word.span.end <= lowest:
            break
        depth += (word.text in "）)") - (word.text in "（(")
        if depth > 0 or word.text in "（(":
            continue
        if any(word.span.overlaps(span) for span in dates) or word.tag == "TIME":
            if out:
                break
            continue
        if any(mark in _STOP for mark in word.text) or (out and out[-1].span.end - word.span.start > _LONGEST_FRONT):
            if word.text in "“”‘’":
                continue
            break
        if not out and (word.text in table.links or word.tag in {"d", "u", "p", "m"}):
            continue
        out.insert(0, word)
    while out and (out[0].text in table.leads or out[0].tag in {"p", "c", "r", "u", "d"}):
        out.pop(0)
    return _from_last_break(out)


def _label(words: Sequence[Word], clause: Clause, place: int, text: str, value: Value) -> list[Word]:
    """中标价：人民币3亿元, 工期：自开工之日起240天: what stands in front of the colon, where that is a measure."""
    lead = text[clause.span.start : clause.units[place].span.start]
    found = _LABEL.search(lead)
    if found is None or find_family(found["label"], value) is None:
        return []
    start, end = clause.span.start + found.start("label"), clause.span.start + found.end("label")
    return [word for word in words if start <= word.span.start and word.span.end <= end]


def _from_last_break(words: list[Word]) -> list[Word]:
    """What stands behind the last verb that only leads over to what is counted, or behind a preposition's 的."""
    for place in range(len(words) - 2, -1, -1):
        if words[place].text in tables().light:
            return words[place + 1 :]
    return words


def _behind(words: Sequence[Word], start: int, end: int) -> list[Word]:
    """The noun behind a figure: 个专业招商小组, with a name that belongs to it."""
    out: list[Word] = []
    at = bisect_left(words, start, key=lambda word: word.span.start)
    if at and words[at - 1].span.end > start:
        return out
    for word in words[at:]:
        if word.span.end > end or any(mark in _STOP for mark in word.text):
            break
        if not out and word.text == "的":
            continue
        if word.tag in {"v", "d", "p", "c", "r", "TIME", "PER", "vd"} and not _nominal(word, out):
            break
        if word.text in {"以上", "以下", "左右", "以内", "是", "为", "余"} or word.tag == "f":
            break
        if out and word.span.end - out[0].span.start > _LONGEST_BEHIND:
            break
        out.append(word)
    while out and (out[-1].tag in {"u", "f", "d", "c"} or out[-1].text in {"等", "的"}):
        out.pop()
    return out


def _nominal(word: Word, before: Sequence[Word]) -> bool:
    """A conjunction or verb inside a noun: 学术讲座和报告, 疑难病例讨论."""
    return bool(before) and word.tag == "c" and word.text in {"和", "及"}


def _name_measure(text: str, value: Value, front: list[Word], behind: list[Word]) -> Measure:
    table = tables()
    before, after = _clean(_join(text, front)), _clean(_join(text, behind))
    start = front[0].span.start if front else value.span.start
    if text.startswith("我国", start - 1):
        before = before.removeprefix("国")
    end = value.span.end
    name = before
    if (
        after
        and (value.kind not in _FIXED or not before)
        and unit_family(value) in {"things", "people", "money", "share", "time"}
    ):
        verb = "" if front and front[-1].text in table.light else before
        name = f"{verb}{after}" if len(verb) <= 6 else after
        end = behind[-1].span.end
    elif before in table.light:
        name = after or before
    family = find_family(before, value) or (find_family(after, value) if name != before else None)
    name = name or after
    return Measure(name or NAMELESS, Span(start, end), before, after, family, bare=not name)


def _join(text: str, words: Sequence[Word]) -> str:
    return text[words[0].span.start : words[-1].span.end] if words else ""


def _clean(words: str) -> str:
    return re.sub(r"\s|（[^）]*）|\([^)]*\)", "", words)


def find_family(words: str, value: Value) -> Family | None:
    """The family of the last head in the words, the longest that ends there, that has such units."""
    table, unit = tables(), unit_family(value)
    for end in range(len(words), 0, -1):
        for start in range(max(0, end - table.longest), end):
            for family in table.heads.get(words[start:end], ()):
                if not family.units or unit in family.units:
                    return family
    return None
