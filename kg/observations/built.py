"""Figures of what a sentence says is built or invested in: projects before the companies that build them.

`新建某工厂，年产能15000辆` is about the factory, whoever builds it; so is what follows 建成后 or 达产后.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import Entity
from kg.observations.spots import Spot
from kg.observations.thread import Owner, Scene
from kg.observations.ways_table import founding, pattern, ways
from kg.patterns import value_char

_FAMILIES = frozenset({"总投资", "投资", "产出", "占地", "尺寸", "就业", "期限"})
"""Families whose figures are said of what is built rather than of who builds it."""
_FRUITS = _FAMILIES | {"经营"}
_MONEY = frozenset({"总投资", "投资", "融资"})
_MADE = re.compile("^[年月日]|新增|形成")
_STOP = re.compile(f"[；。]|、[^，]{{0,12}}{value_char('Money')}")


def find_built(scene: Scene) -> Owner | None:
    return _new(scene) or _finished(scene) or _goes_on(scene)


def find_invested(scene: Scene) -> Owner | None:
    """投资30亿元建设某项目, 投资建设某项目的30亿元."""
    way = "投资若干建设某项目"
    if not scene.lead.endswith(ways()[way].words["invest"]) or scene.lead.endswith("总投资"):
        return None
    for spot in scene.here:
        between = scene.between(spot)
        if spot.place < scene.figure.place or len(between) > 30 or _STOP.search(between):
            continue
        if spot.entity.cls == "Project" and not spot.counted and pattern(way, "build").search(between):
            return Owner((spot.entity,), way)
        if spot.entity.cls == "Company" and "，" not in between and founding().search(between):
            return Owner((spot.entity,), "新设公司的资本")
    return None


def find_used(scene: Scene) -> Owner | None:
    """用于某项目，拟投入募集资金16亿元."""
    way = "用于某项目"
    if scene.family not in _MONEY or _subject(scene) is not None:
        return None
    for spot in reversed(scene.before):
        if spot.part < scene.part - 1 or any(one.value for one in scene.clause.units[spot.place : scene.figure.place]):
            return None
        if spot.part == scene.part - 1 and spot.entity.cls == "Project" and len(spot.entities) == 1:
            used = pattern(way, "for", "", "[^，。；]{0,4}$").search(scene.clause.text[: spot.place])
            return Owner(spot.entities, way) if used else None
    return None


def find_won(scene: Scene) -> Owner | None:
    """以1.2亿元中标某项目."""
    way = "以若干中标某项目"
    won = pattern(way, "won", "^[^，。；]{0,6}", "[^，。；]{0,8}$")
    for spot in scene.here:
        if spot.place > scene.figure.place and spot.entity.cls == "Project" and not spot.counted:
            return Owner((spot.entity,), way) if won.match(scene.between(spot)) else None
    return None


def _new(scene: Scene) -> Owner | None:
    """What the part of the sentence before ends with, as the object of a verb of building."""
    way = "新建之物"
    if scene.family not in _FAMILIES or _subject(scene) is not None:
        return None
    build = pattern(way, "build", "", "[^，。；：]{0,24}$")
    for spot in reversed(scene.before):
        if spot.part < scene.part - 1:
            return None
        near = spot.part == scene.part - 1 and not (spot.opens or spot.aside or spot.counted)
        if any(unit.value for unit in scene.clause.units[spot.place : scene.figure.place]):
            return None
        start = scene.clause.text[: spot.place]
        if near and spot.entity.cls == "Project" and len(spot.entities) == 1:
            return Owner(spot.entities, way) if build.search(start) else None
        if near and spot.entity.cls == "Company" and founding().search(start):
            return Owner(spot.entities, "新设公司的资本")
    return None


def _finished(scene: Scene) -> Owner | None:
    """Behind 建成后 or 达产后: the project named last in the sentence or a little before."""
    way = "建成后之数"
    fits = scene.family in _FRUITS or (not scene.family and _MADE.search(scene.figure.measure.name) is not None)
    if not fits or _subject(scene) is not None:
        return None
    start = scene.clause.span.start
    # In the text as written: the tagger takes 产后 of 达产后 for a time.
    found = pattern(way, "done", "", "(?:[^，。；]{0,6}[后时]|，)[^。；]{0,40}$").search(
        scene.text[: scene.figure.value.span.start - start]
    )
    if found is None:
        return None
    starts = {one: scene.clause.units[one.place].span.start - start for one in scene.before}
    if any((one.opens or one.entity.cls == "Industry") and at > found.start() for one, at in starts.items()):
        return None
    project = _last_project(scene, [one for one, at in starts.items() if at < found.start()])
    return Owner((project,), way) if project is not None else None


def _last_project(scene: Scene, spots: Sequence[Spot]) -> Entity | None:
    """The project that the sentence is about, or names last; none where that is a list of several."""
    projects = [one for one in spots if one.entity.cls == "Project" and not one.counted]
    if projects:
        chosen = next((one for one in projects if one.opens), projects[-1])
        return chosen.entity if len(chosen.entities) == 1 else None
    thread = scene.thread
    if thread.topic_clause == scene.figure.clause - 1 and thread.topic[-1].cls == "Project":
        return thread.topic[-1]
    number, project = thread.named.get("Project", (-9, None))
    return project if scene.figure.clause - number <= 1 else None


def _goes_on(scene: Scene) -> Owner | None:
    """A figure behind one of a project in the same sentence, with nothing named in between that it may be of."""
    thread = scene.thread
    if scene.family not in _FAMILIES or thread.last is None or thread.last_clause != scene.figure.clause:
        return None
    between = [one for one in scene.before if one.place > thread.last_place]
    if thread.last.entities[-1].cls != "Project" or any(one.opens or not one.aside for one in between):
        return None
    return Owner(thread.last.entities, "与前数同主")


def _subject(scene: Scene) -> Spot | None:
    return next((one for one in scene.mine if one.opens and not one.saying), None)
