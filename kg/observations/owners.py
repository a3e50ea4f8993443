"""Which of the things that an article names a figure is about.

The ways to find it are tried in order; the first that finds something decides, and gives the observation its rule and
its confidence. What a measure is usually said of (`of:` in `ontology/observations/measures.yml`) decides between what
a sentence is about and what it names besides: 合同金额 is a contract's, 总投资 a project's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from kg.clauses import Clause
from kg.entities import Linking
from kg.model import Entity, EntityKey, Word
from kg.observations.figures import Figure
from kg.observations.measures import NAMELESS, has_own_subject, unit_family
from kg.observations.spots import Spot, number_parts

_BUILDING = re.compile("建设|新建|扩建|改造|兴建|开建|投建|建造|实施|打造|建成|用于")
_FOUNDED = re.compile("(?:成立|设立|组建|创建|创办|新设|合资建立)[^，。；]{0,12}$")
_FOUNDING_HEADS = ("注册资本", "注册资金", "出资", "持股", "股权", "各占")
_INVESTED = ("投资", "斥资", "投入", "出资", "耗资")
_WEAK = frozenset({"Agreement", "Document", "Industry", "Event", "Place"})
_OCCASIONS = {"Ranking": re.compile("百强|榜单|入选|上榜|入围"), "Event": re.compile("签约|合同投资|协议引资|合同金额")}
_CAPACITIES = frozenset({"mass", "power"})
_SUMMED = frozenset({"总投资", "尺寸", "占地", "就业"})
_TOTALS = frozenset({"总投资", "投资", "招商", "合同"})
_LASTING_TOPICS = frozenset(
    {"Company", "District", "Zone", "Event", "Project", "Ranking", "FinancialInstrument", "Place"}
)
_GROUPS = frozenset({"District", "Zone", "Industry"})
_REGIONAL = frozenset({"区域经济", "招商"})
_PIECES = frozenset("个项座条处家场道台套名只支件笔种批") | {"%"}


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose figure it is, each of `entities` with the same; the group within it; and the way that found it."""

    entities: tuple[Entity, ...]
    way: str
    group: Entity | None = None


@dataclass(slots=True)
class Thread:
    """What the text has been about so far, from part to part and from sentence to sentence."""

    topic: tuple[Entity, ...] = ()
    topic_clause: int = -9
    last: Owner | None = None
    last_clause: int = -9
    last_place: int = 0
    founded: tuple[int, Entity] | None = None
    """The clause and the company of which it was last said that it was founded."""
    counted: dict[str, int] = field(default_factory=dict)
    """Class → the clause in which a figure was last one of an entity of that class."""
    named: dict[str, tuple[int, Entity]] = field(default_factory=dict)
    """Class → the clause and the entity of that class named last."""


def settle_topics(spots: Sequence[Sequence[Spot]], linking: Linking) -> dict[str, Entity]:
    """What the article is about, of each class; what is only counted (69场专题活动) is not what it is about."""
    counts: Counter[EntityKey] = Counter()
    entities: dict[EntityKey, Entity] = {}
    for spot in (one for here in spots for one in here if not one.counted and not one.of_a_kind):
        for entity in spot.entities:
            counts[entity.key] += 1
            entities[entity.key] = entity
    topics = {cls: topic for cls, topic in linking.topics.items() if topic.key in counts or cls == "District"}
    for key in sorted(counts, key=lambda key: (-counts[key], key)):
        if key[0] in linking.topics:
            topics.setdefault(key[0], entities[key])
    return topics


def find_owner(
    figure: Figure,
    body: str,
    words: Sequence[Word],
    clauses: Sequence[Clause],
    spots: Sequence[Sequence[Spot]],
    topics: Mapping[str, Entity],
    thread: Thread,
) -> Owner | None:
    clause, here = clauses[figure.clause], spots[figure.clause]
    parts = number_parts(clause.units)
    part = parts[figure.place]
    before = [one for one in here if one.place < figure.place]
    mine = [one for one in before if one.part == part]
    text = body[clause.span.start : clause.span.end]
    return (
        _occasion(figure, text, mine, topics, thread)
        or _described(figure, clause, here)
        or _built(figure, clause, here)
        or _acquired(figure, clause, here, part, thread)
        or _subject(figure, clause, mine, topics)
        or _founded(figure, thread)
        or _summed(figure, clause, thread)
        or _compared(figure, thread)
        or _carried(figure, clause, before, topics, thread, foreign=_foreign_from(figure, clause, here, parts, words))
    )


def _occasion(
    figure: Figure, text: str, mine: Sequence[Spot], topics: Mapping[str, Entity], thread: Thread
) -> Owner | None:
    """Figures of a signing belong to the signing, those of a ranking to the ranking; a group in front is theirs.

    A ranking goes on (通用设备制造业20家，汽车制造业20家) until something else is counted.
    """
    subject = next((one.entity for one in mine if not one.aside), None)
    if subject is not None and subject.cls not in _GROUPS:
        return None
    for cls, words in _OCCASIONS.items():
        topic = topics.get(cls)
        if topic is None:
            continue
        goes_on = cls == "Ranking" and figure.clause - thread.counted.get(cls, -9) <= 1 and figure.value.unit in "家个"
        if goes_on or words.search(text):
            return Owner((topic,), "topic's words", subject)
    return None


def _described(figure: Figure, clause: Clause, here: Sequence[Spot]) -> Owner | None:
    """投资150亿元的某工厂, 1.97亿元供货合同: what stands right behind the figure."""
    if figure.value.unit in _PIECES:
        return None
    for spot in here:
        between = clause.text[figure.place + 1 : spot.place]
        named_by = spot.entity.cls == "Project" and len(between) <= 4 and unit_family(figure.value) in _CAPACITIES
        near = between in {"", "的"} or (named_by and not re.search("[，。；：、的]", between))
        if spot.place > figure.place and near and len(spot.entities) == 1:
            return Owner(spot.entities, "described") if spot.entity.cls not in _GROUPS else None
    return None


def _built(figure: Figure, clause: Clause, here: Sequence[Spot]) -> Owner | None:
    """投资16亿元，建设某项目: the money is the project's."""
    lead = clause.text[: figure.place]
    if not lead.endswith(_INVESTED) or lead.endswith("总投资"):
        return None
    for spot in here:
        between = clause.text[figure.place + 1 : spot.place]
        if spot.place < figure.place or len(between) > 30 or re.search("[；。]", between):
            continue
        if spot.entity.cls == "Project" and _BUILDING.search(between) and not spot.counted:
            return Owner((spot.entity,), "built")
    return None


def _acquired(figure: Figure, clause: Clause, here: Sequence[Spot], part: int, thread: Thread) -> Owner | None:
    """以17亿美元收购某公司60%的股份: both figures are the bought company's; who buys is the group."""
    mine = [one for one in here if one.part == part and one.entity.cls == "Company"]
    for spot in mine:
        lead = clause.text[: spot.place]
        bought = re.search("(?:收购|受让|并购)(?:[^，。；]{0,8}的)?$", lead)
        if bought and not spot.entity.name.endswith("上市公司") and abs(spot.place - figure.place) <= 24:
            buyer = next((one.entity for one in here if one.opens and one.place < bought.start()), None)
            buyer = buyer or (thread.topic[-1] if thread.topic else None)
            return Owner((spot.entity,), "acquired", buyer if buyer != spot.entity else None)
    return None


def _subject(figure: Figure, clause: Clause, mine: Sequence[Spot], topics: Mapping[str, Entity]) -> Owner | None:
    """What the part of the sentence is about: 某项目总投资, 某公司去年实现营业收入."""
    subjects = [one for one in mine if one.opens and not one.saying]
    if not subjects:
        return None
    chosen = subjects[-1]
    if chosen.entity.cls in _WEAK:
        others = [one for one in mine if not one.aside and not one.counted and one.entity.cls not in _WEAK]
        chosen = others[0] if others else chosen
    return _as_owner(figure, clause, chosen, topics, "subject")


def _as_owner(figure: Figure, clause: Clause, spot: Spot, topics: Mapping[str, Entity], way: str) -> Owner:
    region = topics.get("District")
    if len(spot.entities) > 1 and region is not None and not _is_each(figure, clause, spot):
        return Owner((region,), way)
    if spot.entity.cls == "Industry" and region is not None:
        return Owner((region,), way, spot.entity)
    if spot.entity.cls == "GovernmentBody" and region is not None:
        return Owner((region,), way)
    return Owner(spot.entities, way)


def _founded(figure: Figure, thread: Thread) -> Owner | None:
    """合资成立某公司，注册资本2亿元: of what was founded just before."""
    if thread.founded is None or figure.clause - thread.founded[0] > 2:
        return None
    told = figure.measure.front.endswith(_FOUNDING_HEADS)
    return Owner((thread.founded[1],), "founded") if told else None


def _is_each(figure: Figure, clause: Clause, spot: Spot) -> bool:
    """Whether the figure holds for each member of a list; a total cost is that of all together."""
    between = clause.text[spot.place + 1 : figure.place]
    family = figure.measure.family
    return re.search("[均各都]|分别", between) is not None or (
        family is not None and family.name in {"经营", "股权", "尺寸"} and "，" not in between
    )


def _summed(figure: Figure, clause: Clause, thread: Thread) -> Owner | None:
    """新建项目24个，总投资65.6亿元: the money of what was counted."""
    family = figure.measure.family
    if family is None or family.name not in _SUMMED or thread.last is None or thread.last_clause != figure.clause:
        return None
    between = clause.text[thread.last_place + 1 : figure.place]
    counted = clause.units[thread.last_place].value
    return (
        Owner(thread.last.entities, "summed", thread.last.group)
        if counted and counted.unit in _PIECES and len(between) < 8
        else None
    )


def _compared(figure: Figure, thread: Thread) -> Owner | None:
    """同比增长…, 占…: of what the figure before was about."""
    family = figure.measure.family
    if family is not None and not family.of and thread.last is not None and thread.last_clause == figure.clause:
        return Owner(thread.last.entities, "compared", thread.last.group)
    return None


def _foreign_from(
    figure: Figure, clause: Clause, here: Sequence[Spot], parts: Sequence[int], words: Sequence[Word]
) -> int:
    """The last part of the sentence, up to the figure's, that is about something without a name; -1 if there is none."""
    named = [clause.units[one.place].span for one in here]
    for part in range(parts[figure.place], -1, -1):
        units = [unit for unit, number in zip(clause.units, parts, strict=True) if number == part]
        end = min(units[-1].span.end, figure.value.span.start)
        if any(one.saying and one.part == part for one in here):
            continue
        if has_own_subject(words, units[0].span.start, end, named):
            return part
    return -1


def _carried(
    figure: Figure,
    clause: Clause,
    before: Sequence[Spot],
    topics: Mapping[str, Entity],
    thread: Thread,
    *,
    foreign: int,
) -> Owner | None:
    """What the sentence has been about, or the one before it; a total cost is sooner a project's than a company's."""
    subjects = [one for one in reversed(before) if one.opens and not one.saying and not one.of_a_kind]
    kinds = [one for one in reversed(before) if one.opens and not one.saying and one.of_a_kind]
    objects = [one for one in reversed(before) if not one.opens and not one.aside and not one.counted]
    sayers = [one for one in reversed(before) if one.saying]
    family = figure.measure.family
    region = topics.get("District")
    nearest = next((one for one in reversed(before) if not one.aside), None)
    if nearest is not None and len(nearest.entities) > 1 and region is not None and family is not None:
        if family.name in _TOTALS and not _is_each(figure, clause, nearest):
            return Owner((region,), "summed up")
    ranked: list[tuple[int, int, Owner]] = []
    for order, spot in enumerate(one for one in subjects + kinds if one.part >= foreign):
        ranked.append((_misfit(spot.entity, figure), order, _as_owner(figure, clause, spot, topics, "carried")))
    named = figure.measure.name != NAMELESS
    if thread.topic and figure.clause - thread.topic_clause <= 2 and foreign < 0 and named and _goes_on(thread):
        ranked.append((_misfit(thread.topic[-1], figure), 20, Owner(thread.topic, "carried over")))
    if family is not None and family.of:
        things = [one for one in objects if len(one.entities) == 1 and not one.of_a_kind]
        for order, spot in enumerate(one for one in things + sayers if one.part >= foreign):
            if _misfit(spot.entity, figure) <= 1:
                ranked.append((_misfit(spot.entity, figure), 10 + order, Owner(spot.entities, "object")))
        for cls in family.of[:2]:
            if foreign < 0 and named and cls in thread.named and figure.clause - thread.named[cls][0] <= 3:
                ranked.append(
                    (_misfit(thread.named[cls][1], figure), 30, Owner((thread.named[cls][1],), "named before"))
                )
            if foreign < 0 and cls in topics and family.name in _REGIONAL:
                ranked.append((_misfit(topics[cls], figure), 40, Owner((topics[cls],), "topic")))
    best = min(ranked, key=lambda one: one[:2], default=None)
    return best[2] if best is not None and best[0] < 9 else None


def _goes_on(thread: Thread) -> bool:
    """What figures of the next sentence may go on about."""
    return thread.topic[-1].cls in _LASTING_TOPICS


def _misfit(entity: Entity, figure: Figure) -> int:
    """0 where such a figure is said of such a thing."""
    family = figure.measure.family
    if family is None or not family.of:
        return 0
    if entity.cls not in family.of:
        return 9
    order = family.of.index(entity.cls)
    return (9 if order > 4 else order) if family.lasting else 0


def follow(thread: Thread, number: int, clause: Clause, spots: Sequence[Spot], topics: Mapping[str, Entity]) -> None:
    """Note what a sentence was about, for those behind it."""
    subjects = [one for one in spots if one.opens and not one.saying and not one.of_a_kind]
    if subjects and len(subjects[-1].entities) == 1:
        region = topics.get("District")
        about = subjects[-1].entities
        thread.topic = (region,) if about[-1].cls in {"Industry", "GovernmentBody"} and region is not None else about
        thread.topic_clause = number
    for spot in spots:
        if spot.entity.cls == "Company" and _FOUNDED.search(clause.text[: spot.place]):
            thread.founded = number, spot.entity
        if not spot.counted and not spot.of_a_kind:
            thread.named[spot.entity.cls] = number, spot.entity


CONFIDENCE = {
    "topic's words": Decimal("0.7"),
    "described": Decimal("0.7"),
    "built": Decimal("0.7"),
    "subject": Decimal("0.7"),
    "compared": Decimal("0.7"),
    "object": Decimal("0.7"),
    "founded": Decimal("0.7"),
    "acquired": Decimal("0.7"),
    "summed": Decimal("0.7"),
    "summed up": Decimal("0.6"),
    "carried": Decimal("0.6"),
    "carried over": Decimal("0.6"),
    "named before": Decimal("0.5"),
    "topic": Decimal("0.5"),
}
