"""Sentences as rules see them: every mention and figure one character, lists of mentions one character, no fillers.

Coordination is settled here once for all rules: `A、B和C`, `A、B、C等5个项目` become one unit with three members.
What says when, how surely or how often (将, 已, 成功, 4月28日, 在当天, asides in brackets) is left out of the encoded
text; modality and dates are read from the original text afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.mentions.tagged import TaggedText
from kg.model import Mention, Span, Word
from kg.ontology import Ontology
from kg.patterns import MIXED, PRIVATE, VALUE_KINDS, class_char, value_char
from kg.values import Value
from kg.words import any_of, word_set

_FILLER_TAGS = frozenset({"d", "ad", "vd", "TIME"})
_KEPT, _FILLER_WORDS = word_set("kept"), word_set("fillers")
ASIDE = re.compile("（[^（）]{1,40}）|\\([^()]{1,40}\\)")
_NAMING = re.compile("以?下?(?:简称|合称|统称)|下称|证券代码|证券简称|股票代码|股票简称|曾用名|原名")
"""Asides that begin so give another name for what stands in front of them."""
_QUOTES = "“”‘’\"'《》"
_LOCATIVES = ("在", "于", "赴", "落户", "位居")
_HELD = re.compile(f"[\u4e00-\u9fff]{{0,6}}?(?:{any_of('held at a place')})(?!的|了|会)")
_PEOPLE_OF = re.compile(any_of("people of a place"))
_COUNT = value_char("Count")
_DAY = re.compile("(?:\\d{1,4}年)?\\d{1,2}月")
"""A day of a year that nobody says is no date; nor are its figures counts."""
_HALF_WIDTH = re.compile("(?<![A-Za-z0-9 ]),(?![0-9 ])|[;:!?](?![A-Za-z0-9/ ])")
_FULL_WIDTH = str.maketrans(",;:!?", "，；：！？")
"""Rules know the marks of Chinese text; some papers write the narrow ones."""
_BOAST = re.compile("(?:中国|全国|我国|亚洲|世界|全球|国内)(?:最|首|第一|规模|领先|目前|唯一)")
"""中国最大的 says how great something is, not where."""
_ABOUT = frozenset({"关于", "由于", "对于", "基于"})
_LIST_MARK = "、"
_LAST_MARKS = ("以及", "和", "及", "暨")


@dataclass(frozen=True, slots=True)
class Unit:
    """One character of an encoded sentence: literal text, or mentions (several in a list), or a figure."""

    char: str
    span: Span
    mentions: tuple[Mention, ...] = ()
    value: Value | None = None
    chain: bool = False
    """The mentions are places one in another, not a list."""
    locative: bool = False
    """A place where something is, not one who does something."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence ready for matching: `text[i]` is the character of `units[i]`."""

    text: str
    units: tuple[Unit, ...]
    span: Span
    carried: bool = False
    """The first unit is the subject, taken over from an earlier part of the sentence (see `kg.subjects`)."""


def encode_sentences(
    tagged: TaggedText, mentions: Sequence[Mention], ontology: Ontology, *, only: Collection[int] | None = None
) -> tuple[Clause, ...]:
    """One clause a sentence, or for these only; `mentions` do not overlap and are in order."""
    by_sentence: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(tagged.sentence_at(mention.span.start), []).append(mention)
    values: dict[int, list[Value]] = {}
    for value in tagged.values:
        if value.kind in VALUE_KINDS:
            values.setdefault(tagged.sentence_at(value.span.start), []).append(value)
    return tuple(
        _encode(tagged, number, by_sentence.get(number, []), values.get(number, []), ontology)
        for number in range(len(tagged.sentences))
        if only is None or number in only
    )


def _encode(
    tagged: TaggedText, number: int, mentions: list[Mention], values: list[Value], ontology: Ontology
) -> Clause:
    span = tagged.sentences[number]
    named: dict[int, Unit] = {}
    days = [word.span for word in tagged.words[number] if word.tag == "TIME" and _DAY.match(word.text)]
    for value in values:
        if not any(value.span.within(day) for day in days):
            named[value.span.start] = Unit(value_char(value.kind), value.span, value=value)
    for mention in mentions:
        if mention.cls != "Ranking" and _BOAST.match(tagged.text, mention.span.start):
            continue
        for place in range(mention.span.start, mention.span.end):
            named.pop(place, None)
        locative = _is_locative(tagged.text, mention, ontology)
        char = class_char("Place" if locative else mention.cls, ontology)
        named[mention.span.start] = Unit(char, mention.span, (mention,), locative=locative)
    for aside in ASIDE.finditer(tagged.text, span.start, span.end):
        inside = [place for place in range(*aside.span()) if place in named]
        if _NAMING.match(tagged.text, aside.start() + 1) or not any(named[place].mentions for place in inside):
            for place in inside:
                del named[place]
    units = list(_walk(tagged.text, span, named, _fillers(tagged, number)))
    units = join_lists(_drop_origins(_join_places(_drop_kinds(units), ontology), ontology), ontology)
    return Clause("".join(unit.char for unit in units), tuple(units), span)


def _is_locative(text: str, mention: Mention, ontology: Ontology) -> bool:
    """A place behind 在 or 于 is where something is, not who does it; nor is 重庆 in 重庆企业, nor 在江城大学举行."""
    if mention.cls == "Organisation" or ontology.is_a(mention.cls, "Organisation"):
        return text[: mention.span.start].endswith("在") and _HELD.match(text, mention.span.end) is not None
    if not ontology.is_a(mention.cls, "Place"):
        return False
    return text[: mention.span.start].endswith(_LOCATIVES) or _PEOPLE_OF.match(text, mention.span.end) is not None


def _fillers(tagged: TaggedText, number: int) -> dict[int, int]:
    """Start → end of stretches that rules do not see."""
    span, text = tagged.sentences[number], tagged.text
    out = {word.span.start: word.span.end for word in tagged.words[number] if _is_filler(word)}
    out |= {found.start(): found.end() for found in ASIDE.finditer(text, span.start, span.end)}
    times = [value.span for value in tagged.values if value.kind == "Date"]
    times += [word.span for word in tagged.words[number] if word.tag == "TIME"]
    for time in times:
        before = text[max(0, time.start - 2) : time.start]
        start = time.start - (before[-1:] in {"于", "在", "自"} and before not in _ABOUT)
        out[start] = out[time.start] = time.end
    return out


def _is_filler(word: Word) -> bool:
    return word.text not in _KEPT and (word.tag in _FILLER_TAGS or word.text in _FILLER_WORDS)


def _walk(text: str, span: Span, named: dict[int, Unit], fillers: dict[int, int]) -> Iterator[Unit]:
    place = span.start
    while place < span.end:
        unit = named.get(place)
        if unit is not None:
            yield unit
            place = unit.span.end
        elif place in fillers and not any(start in named for start in range(place, fillers[place])):
            place = fillers[place]
        elif text[place].isspace() or text[place] in _QUOTES:
            place += 1
        else:
            char = text[place].translate(_FULL_WIDTH) if _HALF_WIDTH.match(text, place) else text[place]
            yield Unit(PRIVATE.sub("\ufffd", char), Span(place, place + 1))
            place += 1


def _join_places(units: list[Unit], ontology: Ontology) -> list[Unit]:
    """江苏仪征, 斗门区富山工业园: places one in another are one unit, the innermost last."""
    out: list[Unit] = []
    for unit in units:
        last = out[-1] if out else None
        if last is not None and _lies_in(unit, last, ontology):
            mentions = (*last.mentions, *unit.mentions)
            out[-1] = Unit(
                unit.char, Span(last.span.start, unit.span.end), mentions, chain=True, locative=last.locative
            )
        else:
            out.append(unit)
    return out


def _lies_in(unit: Unit, last: Unit, ontology: Ontology) -> bool:
    """Any place behind a district; behind a country only what the tables know: 美国凤凰城."""
    if not unit.mentions or not last.mentions or not all(_is_place(one, ontology) for one in unit.mentions):
        return False
    both = (*last.mentions, *unit.mentions)
    known = all(one.cls == "Place" and one.found_by == "gazetteer" for one in both)
    return all(one.cls == "District" for one in last.mentions) or (known and last.span.end == unit.span.start)


def _drop_kinds(units: list[Unit]) -> list[Unit]:
    """重点水利工程——云岭水库工程: behind the dash is what is meant."""
    out: list[Unit] = []
    for unit in units:
        dashed = len(out) > 2 and out[-1].char == out[-2].char == "—"
        if dashed and _is_project(unit) and _is_project(out[-3]):
            del out[-3:]
        out.append(unit)
    return out


def _is_project(unit: Unit) -> bool:
    return bool(unit.mentions) and unit.mentions[-1].cls == "Project"


def _drop_origins(units: list[Unit], ontology: Ontology) -> list[Unit]:
    """美国英特尔, 德国思爱普: where a company is from stands in the way of what it does."""
    out: list[Unit] = []
    for unit in units:
        last = out[-1] if out else None
        if (
            last is not None
            and unit.mentions
            and last.mentions
            and last.span.end == unit.span.start
            and not last.locative
            and unit.mentions[0].cls == "Company"
            and all(_is_place(one, ontology) for one in last.mentions)
        ):
            out.pop()
        out.append(unit)
    return out


def _is_place(mention: Mention, ontology: Ontology) -> bool:
    return ontology.is_a(mention.cls, "Place")


def join_lists(units: list[Unit], ontology: Ontology) -> list[Unit]:
    out: list[Unit] = []
    place = 0
    while place < len(units):
        unit = units[place]
        members, end = _read_list(units, place, ontology) if unit.mentions else ([unit], place + 1)
        opened = end < len(units) and units[end].char == "等"
        if unit.mentions and (len(members) > 1 or opened):
            end += _tail_length(units, end, ontology)
        out.append(unit if len(members) == 1 else _as_list(members, ontology))
        place = end
    return out


def _read_list(units: list[Unit], place: int, ontology: Ontology) -> tuple[list[Unit], int]:
    """Behind 由 (由甲与乙共同出资) 与 joins as 和 does; elsewhere it may part those who sign."""
    members = [units[place]]
    marks = (*_LAST_MARKS, "与", "同") if place and units[place - 1].char == "由" else _LAST_MARKS
    place += 1
    while True:
        step = _mark_length(units, place, marks)
        following = units[place + step] if step and place + step < len(units) else None
        if following is None or not following.mentions or not _alike(members[0], following, ontology):
            return members, place
        members.append(following)
        place += step + 1


@lru_cache(maxsize=4)
def _tail(ontology: Ontology) -> re.Pattern[str]:
    places = "".join(class_char(cls, ontology) for cls in ("Place", "District", "Zone"))
    noun = f"[\u4e00-\u9fff{places}]{{0,8}}?(?:{any_of('list tails')})(?<!子公司)(?![\u4e00-\u9fff]?(?:的|数|总))"
    return re.compile(f"(?:等{_COUNT}?|{_COUNT})(?:{noun})?|等")


def _tail_length(units: list[Unit], place: int, ontology: Ontology) -> int:
    """等, 等5个重点项目, 等南京企业: what sums a list up belongs to it."""
    text = "".join(unit.char for unit in units[place : place + 14])
    found = _tail(ontology).match(text)
    return found.end() if found else 0


def _mark_length(units: list[Unit], place: int, marks: Sequence[str]) -> int:
    text = "".join(unit.char for unit in units[place : place + 2])
    if text.startswith(_LIST_MARK):
        return 1
    return next((len(mark) for mark in marks if text.startswith(mark)), 0)


def _alike(first: Unit, second: Unit, ontology: Ontology) -> bool:
    """Of one kind, or both things that stand side by side in lists of what is signed, built or settled."""
    classes = (first.mentions[-1].cls, second.mentions[-1].cls)
    if "Person" in classes:
        return classes[0] == classes[1]
    return _common_class(*classes, ontology) is not None or all(_may_mix(cls, ontology) for cls in classes)


def _may_mix(cls: str, ontology: Ontology) -> bool:
    return (
        cls == "Project" or ontology.is_a(cls, "Place") or cls == "Organisation" or ontology.is_a(cls, "Organisation")
    )


def _as_list(members: list[Unit], ontology: Ontology) -> Unit:
    cls: str | None = members[0].mentions[-1].cls
    for member in members[1:]:
        cls = cls and _common_class(cls, member.mentions[-1].cls, ontology)
    char = MIXED if cls in {None, "Party"} else class_char(str(cls), ontology)
    if members[0].locative:
        char = members[0].char
    mentions = tuple(
        mention for member in members for mention in (member.mentions[-1:] if member.chain else member.mentions)
    )
    return Unit(char, Span(members[0].span.start, members[-1].span.end), mentions, locative=members[0].locative)


def _common_class(first: str, second: str, ontology: Ontology) -> str | None:
    """The most specific class that both belong to; None where they have none in common."""
    above = (second, *ontology.ancestors(second))
    return next((cls for cls in (first, *ontology.ancestors(first)) if cls in above), None)
