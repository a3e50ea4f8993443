"""Whose a figure is, where its part of the sentence does not say so: what the text has been about so far.

A part of a sentence that is about something without a name (工人们每天生产7000件) carries nothing over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Entity
from kg.observations.measures import tables
from kg.observations.openings import begins_with_it, find_own_subject, is_all_verbs
from kg.observations.spots import PIECES, Spot
from kg.observations.thread import Owner, Scene
from kg.observations.ways import LASTING_TOPICS, as_owner, is_each, is_item

_BACKDROP = frozenset({"District", "Place", "Industry"})
_TOTALS = frozenset({"总投资", "投资", "招商", "合同"})
_OWN_CLASS = frozenset({"盛会", "入选", "区域经济"})
"""Families whose figures only one class of things has."""
_REGIONAL = frozenset({"区域经济", "招商"})
_REGIONS = frozenset({"District", "Zone"})
_WHOLES = frozenset({"District", "Zone", "Event", "Ranking", "Project"})
_PLACES = _REGIONS | {"Place", "Organisation"}
_NEVER = 9
_STATISTICS = frozenset({"区域经济", "招商", "变化", "占比"})
_OF_COMPANIES = frozenset({"经营", "合同", "融资"})
_OF_WORKS = frozenset({"尺寸", "期限"})
"""Families that are of no region, whoever speaks for it."""
_DOINGS = frozenset({"股权", "融资", "中标", "合同", "经营"})
_SURVEYED = frozenset({"投资", "占地", "经营", "产出"})
"""Families that are of the region as well where an article speaks of no project and no company."""
_PRODUCTS = frozenset({"只", "艘", "台", "辆", "件", "片", "台套"})
_POINTED = re.compile("这[家个里款座种名]|一[家处]")
_OF_SOMETHING = re.compile("[^，。；、]{0,14}的[^，。；、]{0,10}(?:项目|工程|生产线|基地|工厂|园区|产业园|平台)")
_LISTS = ("榜", "榜单", "名单", "百强")
_WHERE = re.compile("^(?:产品|整个|将|占|全部)*(?:我国|全球|国内|全国|中国|世界|国)?(?:的|整个)?")
_TRADE = re.compile("(?:产业|行业|工业|业)$")
_JUDGING = re.compile("^[^，。；：]{0,10}(?:预测|认为|统计|分析|估计|估算|测算)")
"""Behind who speaks of others than himself."""
_LABEL = re.compile("：[^，。；：]{0,12}$")


def find_carried(scene: Scene) -> Owner | None:
    """The candidate that such a figure is likeliest said of; of several the nearest."""
    total = _total(scene)
    if total is not None:
        return total
    foreign, elsewhere = _foreign_parts(scene)
    ranked = [
        *_in_sentence(scene, foreign, elsewhere),
        *_from_before(scene, foreign, elsewhere),
        *_topical(scene, foreign, elsewhere),
        *_of_industry(scene),
    ]
    best = min(ranked, key=lambda one: one[:2], default=None)
    return best[2] if best is not None and best[0] < _NEVER else None


def _total(scene: Scene) -> Owner | None:
    """What a list named right before comes to is the region's."""
    nearest = next((one for one in reversed(scene.before) if not one.aside), None)
    listed = nearest is not None and len(nearest.entities) > 1 and not is_each(scene, nearest)
    if listed and scene.region is not None and scene.family in _TOTALS:
        return Owner((scene.region,), "所列项目合计")
    return None


def _foreign_parts(scene: Scene) -> tuple[int, int]:
    """The last part of the sentence, up to the figure's, that is about something without a name; -1: none is.

    And the last that is about things elsewhere (全国, 行业).
    """
    named = [scene.clause.units[one.place].span for one in scene.here]
    saying = {one.part for one in scene.here if one.saying}
    foreign = -1
    for part in range(scene.part, -1, -1):
        if part in saying:
            continue
        spans = [unit.span for unit, number in zip(scene.clause.units, scene.parts, strict=True) if number == part]
        end = min(spans[-1].end, scene.figure.value.span.start)
        subject = find_own_subject(scene.words, spans[0].start, end, named)
        if subject is not None:
            foreign = max(foreign, part)
            if subject.text in tables().elsewhere:
                return foreign, part
    return foreign, -1


def _in_sentence(scene: Scene, foreign: int, elsewhere: int) -> Iterator[tuple[int, int, Owner]]:
    """With how badly each fits, and its order: subjects, then names of a kind, then objects, then who says it.

    What a sentence about a region goes on about (重点产业链…, 居民收入…) is the region's as well.
    """
    near = [one for one in reversed(scene.before) if one.part >= foreign]
    told = [one for one in reversed(scene.before) if one.opens and not one.saying and one.part >= elsewhere]
    told = [one for one in told if (one.part >= foreign or one.entity.cls in _WHOLES) and not _passed(scene, one)]
    told = [one for one in told if not is_item(scene, one)]
    for order, spot in enumerate(sorted(told, key=lambda one: one.of_a_kind)):
        owner = as_owner(scene, spot, "承前所述")
        instead = owner is not None and owner.entities != spot.entities and scene.family in _OF_WORKS
        if owner is not None and not instead:
            yield _misfit(scene, owner.entities[-1]), order, owner
    for spot in scene.before:
        if elsewhere < 0 and _opens_as_place(scene, spot):
            yield _misfit(scene, spot.entity), 5, Owner(spot.entities, "在某地之数")
    family = scene.figure.measure.family
    if family is None or not family.of:
        return
    objects = [
        one
        for one in near
        if not (one.opens or one.aside or one.counted or one.of_a_kind)
        and len(one.entities) == 1
        and one.entity.cls not in _BACKDROP
    ]
    for order, spot in enumerate([*objects, *(one for one in near if one.saying and not _judges(scene, one))]):
        if _misfit(scene, spot.entity) <= 1:
            yield _misfit(scene, spot.entity), 10 + order, Owner(spot.entities, "句中宾语")


def _judges(scene: Scene, spot: Spot) -> bool:
    return _JUDGING.match(scene.clause.text[spot.place + 1 :]) is not None


def _opens_as_place(scene: Scene, spot: Spot) -> bool:
    """在某区， as all that the first part of a sentence says, and nobody pointed at (这家企业) behind it."""
    value = scene.figure.value
    between = scene.between(spot)
    product = not scene.family and value.unit in _PRODUCTS
    described = _is_of_something(scene) or (value.kind == "Money" and _behind(scene).startswith("的"))
    if scene.family in _DOINGS | {"变化"} or product or described or _POINTED.search(between) or "记者" in between:
        return False
    alone = spot.aside and len(spot.entities) == 1 and scene.clause.text.startswith("，", spot.place + 1)
    return alone and spot.entity.cls in _REGIONS and spot.place <= 4 and spot.part < scene.part


def _behind(scene: Scene) -> str:
    return scene.text[scene.figure.value.span.end - scene.clause.span.start :]


def _is_of_something(scene: Scene) -> bool:
    """一个年产两万台机械臂的项目: of something that has no name."""
    counted = scene.figure.value.unit in PIECES and scene.figure.value.unit not in _PRODUCTS
    return not counted and _OF_SOMETHING.match(_behind(scene)) is not None


def _passed(scene: Scene, spot: Spot) -> bool:
    """项目 behind 新建项目24个 stood for all of them, not for one named before."""
    thread = scene.thread
    summed = thread.last is not None and thread.last_clause == scene.figure.clause and thread.last.way == "所数之总额"
    return summed and spot.pointer and spot.place < thread.last_place


def _from_before(scene: Scene, foreign: int, elsewhere: int) -> Iterator[tuple[int, int, Owner]]:
    thread, family, number = scene.thread, scene.figure.measure.family, scene.figure.clause
    near = elsewhere < 0 and number - thread.topic_clause <= 2
    if thread.topic and near and _goes_on(scene, foreign):
        yield _misfit(scene, thread.topic[-1]), 20, Owner(thread.topic, "承上句所述")
    for cls in family.of[:2] if family is not None else ():
        if cls in thread.named and number - thread.named[cls][0] <= 6 and _LABEL.search(scene.lead):
            yield _misfit(scene, thread.named[cls][1]), 30, Owner((thread.named[cls][1],), "条目")
        own = (foreign < 0 or (family is not None and family.of[0] == cls)) and not _is_of_something(scene)
        if cls in scene.topics and cls in _REGIONS and scene.family in _REGIONAL and own and elsewhere < 0:
            yield _misfit(scene, scene.topics[cls]), 40, Owner((scene.topics[cls],), "本地的数")


def _topical(scene: Scene, foreign: int, elsewhere: int) -> Iterator[tuple[int, int, Owner]]:
    """Statistics of the one region that the headline names, where a sentence names nothing that it is about."""
    ranked = any(one.name.endswith(_LISTS) for one in scene.topics.values())
    elsewhere_in = any(one.entity.cls in _PLACES and one.entity not in scene.headline for one in scene.before)
    named = ranked or elsewhere_in or any(one.opens and not one.saying for one in scene.before)
    named = named or _POINTED.search(scene.text) is not None
    survey = not {"Project", "Company"} & set(scene.topics) and scene.family in _SURVEYED
    fits = survey or scene.family in _STATISTICS
    company = len(scene.headline) == 1 and scene.headline[0].cls == "Company" and scene.family in _OF_COMPANIES
    begins = begins_with_it(scene.words, scene.clause.span.start, scene.figure.measure)
    if company and begins and not (named or scene.figure.measure.bare or foreign >= 0 or elsewhere >= 0):
        yield 5, 50, Owner(tuple(scene.headline), "通篇所述")
    if len(scene.headline) != 1 or scene.headline[0].cls not in _REGIONS or not fits:
        return
    if not (named or scene.figure.measure.bare or elsewhere >= 0):
        yield 5, 50, Owner(tuple(scene.headline), "通篇所述")


def _of_industry(scene: Scene) -> Iterator[tuple[int, int, Owner]]:
    """全球触摸屏需求, where the headline names that industry and nothing else."""
    industry = scene.headline[0] if len(scene.headline) == 1 and scene.headline[0].cls == "Industry" else None
    if (
        industry is None
        or _POINTED.search(scene.text)
        or any(one.opens and not one.saying and one.entity != industry for one in scene.before)
    ):
        return
    front = _WHERE.sub("", scene.figure.measure.front)
    stems = (_TRADE.sub("", name) for name in (industry.name, *industry.names))
    if front.startswith(tuple(stem for stem in stems if len(stem) > 1)):
        yield 5, 60, Owner((industry,), "通篇所述")


def _goes_on(scene: Scene, foreign: int) -> bool:
    """Whether a figure may be one of what the sentence before was about: its sentence begins with the measure."""
    thread, measure = scene.thread, scene.figure.measure
    topic = thread.topic[-1]
    if measure.bare or topic.cls not in LASTING_TOPICS:
        return False
    if measure.family is not None and scene.family in _OWN_CLASS and topic.cls == measure.family.of[0]:
        return True
    again = thread.last_clause == scene.figure.clause and thread.last is not None and thread.last.way == "承上句所述"
    of_company = topic.cls == "Company" and scene.family == "经营"
    start = scene.clause.span.start
    parts = range(scene.part + 1)
    starts = [scene.clause.units[scene.parts.index(part)].span.start for part in parts]
    verbal = not any(one.opens for one in scene.before) and is_all_verbs(scene.words, starts, measure.span.end)
    return foreign < 0 and (again or of_company or verbal or begins_with_it(scene.words, start, measure))


def _misfit(scene: Scene, entity: Entity) -> int:
    """0 where such a figure is said of such a thing, 9 where it never is."""
    family = scene.figure.measure.family
    if family is None or not family.of:
        return 0
    if entity.cls not in family.of:
        return _NEVER
    order = family.of.index(entity.cls)
    return (_NEVER if order > 4 else order) if family.lasting else 0
