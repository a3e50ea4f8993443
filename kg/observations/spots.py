"""Where an article names something that figures may be about.

A spot is a name in a sentence, or a noun that stands for one named before (项目总投资…, 本届展会…). A sentence falls
into parts at its commas; what opens a part is what the part is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache

from kg.clauses import Clause, Unit
from kg.entities import Linking
from kg.mentions.names import KIND
from kg.mentions.reference import level_of
from kg.mentions.tagged import TaggedText
from kg.model import Entity, EntityKey, Word
from kg.observations.measures import tables
from kg.words import any_of

_PREPOSITIONS = "据由与对向从被比以给按经同在于赴至到和及将把随用因占为"
_SAYING = re.compile(
    f"^[^，。；：]{{0,14}}?(?:{any_of('saying verbs')}|"
    "显示|获悉|了解到|公告|称|消息|预测|预计|估计|测算|统计|统计数据|的数据|监测数据)"
    "(?:本报|本刊|新华社|中新社)?(?:记者)?(?=[，：]|$)"
)
PIECES = frozenset("个项座条处家场道台套名只支件笔种批")
"""Units by which things are counted one by one."""
_MANY = 10000
"""So many are products (500万只触摸屏项目), not the things that are counted."""
_COUNTED = frozenset({"Project", "Event", "Agreement", "Document", "Place", "FinancialInstrument"})
_PLACED = frozenset("家个座处所")
_SEVERAL = ("合作社", "企业", "机构", "协会", "门店", "网点", "医院", "学校", "实验室", "中心", "研究院", "工作站")
_MODIFIED = frozenset({"Company", "Organisation", "Project", "Zone", "Event", "ResearchInstitution", "University"})
_TIMES = frozenset({"TIME", "t", "m", "q", "d", "ad", "c", "f"})
_MODIFIERS = _TIMES | {"n", "nz", "nw", "nt", "an", "a", "vn", "b", "r", "LOC", "ns"}
"""Tags of words that may stand between the start of a part of a sentence and the name that it is about."""
_REFERRED = frozenset({"Company", "Organisation", "Project", "FinancialInstrument", "Ranking"})
_NATION, CHINA = ("我国", "全国"), ("Place", "中国")
_AGREEMENT = ("Agreement",)
_NO_OWNERS = frozenset({"Person", "MediaOutlet"})
_BRANCH = re.compile("(?P<short>[\u4e00-\u9fff]{2})[\u4e00-\u9fff]*[（(](?P<place>[\u4e00-\u9fff]{2,3})[）)]")
"""格力电器(重庆)有限公司 is 重庆格力 as well."""
_OPENING = re.compile(
    "^(?:[而但且并其中此外另外同时目前如今作为随着]|预计|预期|估计|现有|原有|本轮|此次|本次|上述|整个|[新老原该]|MM?)*$"
)
_DESCRIBED = re.compile("^[^M，]{0,12}V(?:[、和][^M，]{0,16}V)*[^M，V]{0,4}的$")
"""总投资50亿元、占地152亩的 in front of what a part of a sentence is about."""


@dataclass(frozen=True, slots=True)
class Spot:
    """`place` is that of the unit in its clause, `part` the part of the sentence that it stands in."""

    place: int
    part: int
    entities: tuple[Entity, ...]
    opens: bool
    """What its part of the sentence is about, as far as the order of words tells."""
    saying: bool
    """Who says what follows: 某公司介绍，…."""
    counted: bool
    """What a figure counts: 3个光伏项目, 光伏项目3个."""
    of_a_kind: bool
    aside: bool
    """Behind a preposition."""
    owns: bool
    """Right in front of another name or of 的."""
    pointer: bool

    @property
    def entity(self) -> Entity:
        return self.entities[-1]


def number_parts(units: Sequence[Unit]) -> list[int]:
    """For each unit its part of the sentence: parts end at ，；：。 and at the 、 behind a figure."""
    out: list[int] = []
    part = 0
    for place, unit in enumerate(units):
        out.append(part)
        if unit.char in "，；：。;" or (unit.char == "、" and place and units[place - 1].value is not None):
            part += 1
    return out


@dataclass(slots=True)
class _Seen:
    """What an article has named so far."""

    last: dict[str, Entity]
    """Of each class what was named last as more than an aside; the class named last stands at the end."""
    named: set[EntityKey]
    aside: dict[str, Entity]
    subject: tuple[Entity, ...] = ()
    """What a part of a sentence was last about; 其 goes back to it."""

    def note(self, spot: Spot) -> None:
        if spot.counted:
            return
        self.named.update(entity.key for entity in spot.entities)
        if spot.opens and len(spot.entities) == 1 and not spot.of_a_kind and spot.entity.cls in _REFERRED:
            self.subject = spot.entities
        if not spot.of_a_kind:
            into = self.aside if spot.aside or len(spot.entities) > 1 else self.last
            into.pop(spot.entity.cls, None)
            into[spot.entity.cls] = spot.entity

    def find(self, classes: Sequence[str], topics: Mapping[str, Entity]) -> Entity | None:
        recent = [self.last[cls] for cls in self.last if cls in classes]
        others = (self.aside.get(cls) or topics.get(cls) for cls in classes)
        return recent[-1] if recent else next((one for one in others if one is not None), None)


def find_spots(tagged: TaggedText, clauses: Sequence[Clause], linking: Linking) -> tuple[tuple[Spot, ...], ...]:
    """One tuple a clause, each in order of place."""
    seen = _Seen({}, set(), {})
    calls = _names_of(linking)
    return tuple(tuple(_in_clause(clause, tagged, linking, seen, calls)) for clause in clauses)


def _in_clause(
    clause: Clause, tagged: TaggedText, linking: Linking, seen: _Seen, calls: Sequence[tuple[str, Entity]]
) -> Iterator[Spot]:
    words = tagged.words[tagged.sentence_at(clause.span.start)]
    parts = number_parts(clause.units)
    nouns = _stand_ins(clause, parts)
    earlier = {place: _stands_for(noun, linking, seen) for place, noun in nouns.items()}
    called = _called(clause, tagged.text, calls)
    opened = False
    host: Entity | None = None
    covered = 0
    for place, unit in enumerate(clause.units):
        if unit.span.start < covered:
            continue
        found, covered = called.get(place, ((), covered))
        # 签订某合同，合同金额…: an agreement that the sentence itself names, unlike all others, is the one meant.
        signed = place in nouns and _stand_in_classes().get(nouns[place]) == _AGREEMENT
        stands = () if found else _stands_for(nouns[place], linking, seen) if signed else earlier.get(place, ())
        found = found or stands or _named(unit, linking)
        if not found:
            continue
        pointers = [one for one in unit.mentions if one.found_by == "pointer"]
        if pointers and pointers[-1].text == "公司" and host is not None:
            found = (host,)
        elif pointers and found[-1].key not in seen.named:
            found = (_last_named(seen, found[-1], pointers[-1].text),)
        spot = _make_spot(clause, place, parts, found, bool(stands), opened)
        plain = spot.opens or spot.aside or spot.counted or spot.of_a_kind
        tags = _MODIFIERS if found[-1].cls in _MODIFIED and unit.span.end - unit.span.start > 2 else _TIMES
        if not plain:
            spot = replace(spot, opens=_is_modified(clause.units, place, parts, words, tags))
        yield spot
        if host is None and spot.entity.cls == "Company" and spot.opens and not (spot.of_a_kind or spot.saying):
            host = spot.entity
        opened = opened or (spot.opens and not spot.saying)
        seen.note(spot)


def _last_named(seen: _Seen, entity: Entity, pointer: str) -> Entity:
    """What was named last instead of what was not named at all; a district only of the level that 全省 or 该县 says."""
    last = seen.find((entity.cls,), {})
    fits = last is not None and (entity.cls != "District" or (level_of(pointer) or "") in last.name[-1:])
    return last if last is not None and fits else entity


def _names_of(linking: Linking) -> list[tuple[str, Entity]]:
    """Names, and ends of names of projects and zones, that may stand where none was recognised; longest first."""
    out: dict[str, Entity] = {}
    for entity in linking.entities:
        for name in (entity.name, *entity.names) if entity.cls not in _NO_OWNERS | {"District", "Industry"} else ():
            if len(name) >= 4:
                out.setdefault(name, entity)
            if entity.cls in {"Project", "Zone"}:
                for cut in range(1, len(name) - 4):
                    out.setdefault(name[cut:], entity)
            branch = _BRANCH.match(name) if entity.cls == "Company" else None
            if branch:
                out.setdefault(branch["place"] + branch["short"], entity)
    return sorted(out.items(), key=lambda item: (-len(item[0]), item[0]))


def _called(
    clause: Clause, body: str, calls: Sequence[tuple[str, Entity]]
) -> dict[int, tuple[tuple[Entity, ...], int]]:
    """Places where a name of an entity stands that no mention covers, with its end: 此次开建的西南产业基地."""
    text = body[clause.span.start : clause.span.end]
    out: dict[int, tuple[tuple[Entity, ...], int]] = {}
    for name, entity in calls:
        at = text.find(name)
        if at < 0:
            continue
        start, end = clause.span.start + at, clause.span.start + at + len(name)
        for place, unit in enumerate(clause.units):
            lacks = unit.span.start == start and unit.span.end < end
            # 重庆 in front of 格力 is left out of the units as where it is from.
            cut = start < unit.span.start and unit.span.end == end and clause.units[place - 1].span.end <= start
            if (lacks or (cut and unit.mentions)) and place not in out:
                out[place] = (entity,), end
    return out


def _named(unit: Unit, linking: Linking) -> tuple[Entity, ...]:
    entities = [linking.of[one] for one in unit.mentions if one in linking.of]
    entities = [one for one in (entities[-1:] if unit.chain else entities) if one.cls not in _NO_OWNERS]
    entities = [one for one in entities if one.name not in tables().heads]
    return tuple(dict.fromkeys(entities))


def _make_spot(
    clause: Clause, place: int, parts: Sequence[int], found: tuple[Entity, ...], stands: bool, opened: bool
) -> Spot:
    units = clause.units
    unit = units[place]
    before = units[place - 1] if place else None
    behind = units[place + 1] if place + 1 < len(units) else None
    saying = _SAYING.match(clause.text[place + 1 : place + 26]) is not None
    example = clause.text.startswith("为例", place + 1)
    behind_one = before is not None and not before.mentions and before.char in _PREPOSITIONS
    aside = (unit.locative or behind_one) and not example
    summed = before is not None and len(before.mentions) > 1 and unit.span.start > before.span.end
    several = _counts(behind, _PLACED) and found[-1].name.endswith(_SEVERAL)
    counted = summed or _counts(before) or ((several or (_counts(behind) and found[-1].cls in _COUNTED)) and not stands)
    return Spot(
        place=place,
        part=parts[place],
        entities=found,
        opens=(example or _opens(units, place, parts, opened)) and not aside and not counted,
        saying=saying,
        counted=counted,
        of_a_kind=bool(unit.mentions) and all(one.found_by.startswith(KIND) for one in unit.mentions),
        aside=aside,
        owns=behind is not None and (bool(behind.mentions) or behind.char == "的") and not unit.chain,
        pointer=stands or any(one.found_by == "pointer" for one in unit.mentions),
    )


def _counts(unit: Unit | None, units: Set[str] = PIECES) -> bool:
    value = unit.value if unit is not None else None
    return value is not None and value.unit in units and 1 < value.number < _MANY


def _opens(units: Sequence[Unit], place: int, parts: Sequence[int], opened: bool) -> bool:
    """At the start of a part; or behind 的, where figures describe it or the sentence has no subject yet."""
    text = ""
    for other in range(place - 1, -1, -1):
        if parts[other] != parts[place]:
            break
        unit = units[other]
        text = ("M" if unit.mentions else "V" if unit.value is not None else unit.char) + text
    described = text.endswith("的") and (not opened or "M" in text or _DESCRIBED.match(text) is not None)
    return described or _OPENING.match(text) is not None


def _is_modified(
    units: Sequence[Unit], place: int, parts: Sequence[int], words: Sequence[Word], tags: frozenset[str]
) -> bool:
    """Whether a name has only such words between it and the start of its part: 汽车租赁企业某公司, 今后5年某市."""
    first = next(other for other in range(place + 1) if parts[other] == parts[place])
    if any(one.found_by == "pointer" for unit in units[first:place] for one in unit.mentions):
        return False
    start, end = units[first].span.start, units[place].span.start
    before = [word for word in words if start <= word.span.start and word.span.end <= end]
    return all(word.tag in tags for word in before)


def _stand_ins(clause: Clause, parts: Sequence[int]) -> dict[int, str]:
    """Places of nouns at the start of a part that stand for what was named before: 园区, 本届展会."""
    out: dict[int, str] = {}
    for place, part in enumerate(parts):
        found = _stand_in_pattern().match(clause.text, place) if not place or parts[place - 1] != part else None
        if found is not None:
            out[found.start()] = found["noun"]
    return out


def _stands_for(noun: str, linking: Linking, seen: _Seen) -> tuple[Entity, ...]:
    if noun in _NATION:
        return tuple(one for one in linking.entities if one.key == CHINA)[:1]
    if noun == "其":
        return seen.subject
    classes = _stand_in_classes()[noun]
    # 合同金额 in front of all contracts is no figure of one that is named later.
    entity = seen.find(classes, {} if classes == _AGREEMENT else linking.topics)
    return (entity,) if entity is not None else ()


@cache
def _stand_in_classes() -> dict[str, tuple[str, ...]]:
    return dict(tables().stand_ins) | dict.fromkeys("区县市", ("Zone", "District"))


@cache
def _stand_in_pattern() -> re.Pattern[str]:
    """本届百强企业, 该园区, 项目: a noun alone only where a measure or a verb follows, not another noun's 的."""
    nouns = "|".join(re.escape(noun) for noun, _ in tables().stand_ins)
    return re.compile(
        "(?:[而但且]|其中|目前|时期|期间|预计|预期|据悉|据介绍|据了解|今年|去年|今后|未来)*(?:(?:该|本届|本次|此次|这个|上述|此|本|整个)[一-鿿]{0,3}?)?"
        f"(?P<noun>{nouns}|我国|全国(?!人大|政协|重点|首|最|唯一|第|各地|知名|领先|性|同行)|(?<=该)[区县市]|其(?![中他余实次它间后一二三四五子全控旗下母董总负创]))(?!的|、|和|与|方|[一-鿿]?(?:负责人|董事长|总经理))"
    )
