"""Whose a figure is, where its own sentence says so: the ways of `ontology/observations/ways.yml`, in their order.

What a measure is usually said of (`of:` in `ontology/observations/measures.yml`) decides between what a sentence is
about and what it names besides: 合同金额 is a contract's, 总投资 a project's.
"""

from __future__ import annotations

import re

from kg.model import Entity
from kg.observations.built import find_built, find_invested, find_used, find_won
from kg.observations.measures import unit_family
from kg.observations.spots import PIECES, Spot
from kg.observations.stakes import find_acquired, find_price, find_stake
from kg.observations.thread import Owner, Scene
from kg.observations.ways_table import founding, pattern, ways
from kg.patterns import VALUE_KINDS, value_char

LASTING_TOPICS = frozenset(
    {"Company", "District", "Zone", "Event", "Project", "Ranking", "FinancialInstrument", "Place"}
)
"""What figures may go on about when it is not named again."""
_WEAK = frozenset({"Agreement", "Document", "Industry", "Event", "Place"})
_GROUPS = frozenset({"District", "Zone", "Industry"})
_CAPACITIES = frozenset({"mass", "power"})
_SUMMED = frozenset({"总投资", "尺寸", "占地", "就业"})
_SHARED = frozenset({"经营", "股权", "尺寸"})
"""Families whose figures, said of a list, are each member's."""
_EACH = re.compile("[均各都]|分别")
_FIGURES = "".join(map(value_char, VALUE_KINDS))
_LISTED = re.compile(f"[、和][^，。；：\ue000-\uf8ff]{{1,16}}[{_FIGURES}][^，。；：\ue000-\uf8ff]{{0,4}}的")
"""总投资50亿元、占地152亩的: between the first figure and what both describe."""
_SHARES = frozenset({"投资", "融资", "占比", "股权"})
"""Families of which each of several parties may have a part."""
_OF_WHAT_IS_BUILT = frozenset({"产出", "占地", "尺寸", "就业", "期限"})
_MANY = 4
_WHOLES = frozenset({"Project", "Company", "FinancialInstrument", "Agreement"})


def find_direct(scene: Scene) -> Owner | None:
    return (
        _part(scene)
        or _occasion(scene)
        or _described(scene)
        or find_invested(scene)
        or find_won(scene)
        or find_used(scene)
        or find_acquired(scene)
        or find_stake(scene)
        or find_price(scene)
        or _meeting(scene)
        or _subject(scene)
        or find_built(scene)
        or _founded(scene)
        or _settled(scene)
        or _embedded(scene)
        or _summed(scene)
        or _compared(scene)
        or _later(scene)
    )


def _part(scene: Scene) -> Owner | None:
    """其中某银行贷款1亿元, 其中在建项目19个: a part of what the figure before was of; who has it is the group."""
    way = "其中之数"
    thread = scene.thread
    if thread.last is None or thread.last_clause != scene.figure.clause:
        return None
    found = pattern(way, "within", "[，；：]", "，?(?P<own>[^，。；：]{0,30})$").search(scene.lead)
    if found is None or found.start() < thread.last_place:
        return None
    own = [one for one in scene.before if one.place >= found.start("own") and not one.of_a_kind]
    if not own:
        return Owner(thread.last.entities, way, thread.last.group)
    shared = scene.family in _SHARES and thread.last.entities[-1].cls in _WHOLES
    holder = own[0].entity
    if not shared or len(own) > 1 or not own[0].opens or holder in thread.last.entities or holder.cls == "Project":
        return None
    return Owner(thread.last.entities, way, holder)


def _occasion(scene: Scene) -> Owner | None:
    """Figures of a signing belong to the signing, those of a ranking to the ranking; a group in front is theirs.

    A ranking goes on (通用设备制造业20家，汽车制造业20家) until something else is counted. What a signed project makes
    or covers is no figure of the signing.
    """
    way = "榜单或签约的数"
    subject = next((one.entity for one in scene.mine if not one.aside), None)
    if subject is not None and subject.cls not in _GROUPS:
        return None
    figure = scene.figure
    for cls in ways()[way].words:
        topic = scene.topics.get(cls)
        recent = figure.clause - scene.thread.counted.get(cls, -9) <= 1
        goes_on = cls == "Ranking" and recent and figure.value.unit in {"家", "个"}
        counting = cls == "Ranking" or figure.value.unit in PIECES
        said = pattern(way, cls).search(scene.text if counting else scene.text_to_part_end)
        fits = cls == "Ranking" or scene.family not in _OF_WHAT_IS_BUILT or "协议" in figure.measure.name
        if topic is not None and fits and (goes_on or said):
            return Owner((topic,), way, subject or _signing_region(scene, cls))
    return None


def _signing_region(scene: Scene, cls: str) -> Entity | None:
    """全市签约33个项目，签约金额175亿元: both of the region."""
    last, clause = scene.thread.last, scene.thread.last_clause
    goes_on = cls == "Event" and last is not None and last.way == "榜单或签约的数" and clause == scene.figure.clause
    return last.group if last is not None and goes_on and scene.family in {"合同", "总投资"} else None


def _described(scene: Scene) -> Owner | None:
    """What stands right behind the figure; of a project also behind a word of its name (200万吨精制砂基地)."""
    way = "数后为其主"
    figure = scene.figure
    made = pattern(way, "make", "^[^，。；]{0,60}", "的$")
    for spot in scene.here:
        if spot.place < figure.place or len(spot.entities) > 1:
            continue
        between = scene.between(spot)
        amount = figure.value.unit not in PIECES and (between in {"", "的"} or _LISTED.fullmatch(between))
        capacity = spot.entity.cls == "Project" and unit_family(figure.value) in _CAPACITIES
        in_name = capacity and len(between) <= 4 and not re.search("[，。；：、的和及与]", between)
        if amount or in_name or made.search(between):
            return Owner(spot.entities, way) if spot.entity.cls not in _GROUPS else None
    return None


def _meeting(scene: Scene) -> Owner | None:
    """在为期3天的活动中，专家开展技术指导39次: of the event, unless the sentence names who does it."""
    way = "会上之数"
    topic = scene.topics.get("Event")
    opening = pattern(
        way,
        "occasion",
        "^[^，。；]{0,20}",
        "(?:中|上|期间|现场|当天)(?![^，。；]{0,3}(?:悉|解|到|露|示))[^，。；]{0,4}，",
    ).match(scene.text)
    if topic is None or opening is None or scene.part == 0:
        return None
    named = any(one.opens and not one.saying and one.entity.cls not in {"Place", "Event"} for one in scene.before)
    return None if named else Owner((topic,), way)


def _subject(scene: Scene) -> Owner | None:
    subjects = [one for one in scene.mine if one.opens and not one.saying]
    if subjects and all(one.pointer and one.entity.cls == "Project" for one in subjects):
        summed = _summed(scene)
        if summed is not None:
            return summed
    if not subjects:
        return None
    chosen = subjects[-1]
    if is_item(scene, chosen):
        return Owner(scene.thread.topic, "承上句所述", chosen.entity)
    if chosen.entity.cls in _WEAK:
        others = (one for one in scene.mine if not one.aside and not one.counted and one.entity.cls not in _WEAK)
        chosen = next(others, chosen)
    return as_owner(scene, chosen, "某物的某数")


def is_item(scene: Scene, spot: Spot) -> bool:
    """续建项目投资304亿元，新开工项目投资1193亿元: items of what the region spoken of invests."""
    thread, units = scene.thread, scene.clause.units
    sums = sum(unit.value is not None and unit.value.kind == "Money" for unit in units)
    kind = spot.of_a_kind and not spot.pointer and spot.entity.cls == "Project"
    told = bool(thread.topic) and thread.topic[-1].cls in {"District", "Zone"}
    return kind and told and sums > 1 and scene.family == "投资" and scene.figure.clause - thread.topic_clause <= 2


def as_owner(scene: Scene, spot: Spot, way: str) -> Owner | None:
    """An industry's figures, a bureau's and the sum of a list are those of the region that the article is about.

    What is said of many (甲、乙、丙…等14个城市) is a figure of none.
    """
    region = scene.region
    if len(spot.entities) > _MANY:
        return None
    if region is None:
        return Owner(spot.entities, way)
    if len(spot.entities) > 1 and not is_each(scene, spot):
        return Owner((region,), way)
    if spot.entity.cls in {"Industry", "GovernmentBody"}:
        return Owner((region,), way, spot.entity if spot.entity.cls == "Industry" else None)
    return Owner(spot.entities, way)


def is_each(scene: Scene, spot: Spot) -> bool:
    """Whether the figure holds for each member of a list; a total cost is that of all together."""
    between = scene.between(spot)
    return _EACH.search(between) is not None or (scene.family in _SHARED and "，" not in between)


def _founded(scene: Scene) -> Owner | None:
    way = "新设公司的资本"
    founded = scene.thread.founded
    if founded is None or scene.figure.clause - founded[0] > 2:
        founded = next(
            (
                (scene.figure.clause, one.entity)
                for one in reversed(scene.before)
                if one.entity.cls == "Company" and founding().search(scene.clause.text[: one.place])
            ),
            None,
        )
    told = scene.figure.measure.front.endswith(ways()[way].words["heads"])
    return Owner((founded[1],), way) if founded is not None and told else None


def _settled(scene: Scene) -> Owner | None:
    way = "若干落户某地"
    settling = pattern(way, "settle", "", "(?:在|于)?$")
    attending = pattern(way, "attend", "", "了?[^，。；]{0,12}$")
    for spot in scene.here:
        if spot.place > scene.figure.place and spot.part <= scene.part + 1:
            between = scene.between(spot)
            if spot.entity.cls in {"District", "Zone"} and spot.part == scene.part and len(between) <= 24:
                return Owner(spot.entities, way) if settling.search(between) else None
            if spot.entity.cls == "Event" and len(between) <= 30 and attending.search(between):
                return Owner(spot.entities, way)
    return None


def _embedded(scene: Scene) -> Owner | None:
    """What is said of a name inside a sentence about something else."""
    way = "句中之句"
    for spot in reversed(scene.mine):
        inside = not spot.aside and not spot.counted and spot.entity.cls in LASTING_TOPICS
        if inside and scene.between(spot).startswith(ways()[way].words["predicates"]):
            return Owner(spot.entities, way)
    return None


def _summed(scene: Scene) -> Owner | None:
    thread = scene.thread
    if scene.family not in _SUMMED or thread.last is None or thread.last_clause != scene.figure.clause:
        return None
    counted = scene.clause.units[thread.last_place].value
    near = scene.figure.place - thread.last_place <= 8
    if counted is None or counted.unit not in PIECES or not near:
        return None
    return Owner(thread.last.entities, "所数之总额", thread.last.group)


def _compared(scene: Scene) -> Owner | None:
    family, thread = scene.figure.measure.family, scene.thread
    if family is None or family.of or thread.last is None or thread.last_clause != scene.figure.clause:
        return None
    return Owner(thread.last.entities, "与前数相比", thread.last.group)


def _later(scene: Scene) -> Owner | None:
    """The same measure at another time: no words of its own, the same unit, another part of the sentence."""
    thread, figure = scene.thread, scene.figure
    if not figure.measure.bare or thread.last is None or thread.last_clause != figure.clause:
        return None
    last = scene.clause.units[thread.last_place].value
    same = last is not None and last.unit == figure.value.unit and scene.parts[thread.last_place] < scene.part
    return Owner(thread.last.entities, "同一数的先后", thread.last.group) if same else None
