"""Figures with two ends: what a company puts into a project is told of the company and of the project."""

from __future__ import annotations

import re

from kg.model import Entity
from kg.observations.spots import Spot
from kg.observations.thread import Owner, Scene

_OF_INDUSTRIES = frozenset({"产出", "经营", "区域经济", "占比"})
_DOERS = frozenset({"Company", "Organisation", "ResearchInstitution", "University"})
_OF_WAYS = {"以若干中标某项目": "中标", "收购某公司若干": "股权", "某公司的股权": "股权"}
_FOR = re.compile("(?:将|拟|计划|全部|主要|的?[^，。；]{0,4}资金|，)*(?:用于|投向|投资于|用作)[^，。；]{0,6}$")
_HOLDING = (
    "持有",
    "持",
    "控股",
    "转让",
    "受让",
    "认购",
    "收购",
    "购买",
    "出售",
    "增持",
    "减持",
    "质押",
    "转让其持有的",
)
_THINGS = {
    "投资": frozenset({"Project", "Company"}),
    "中标": frozenset({"Project"}),
    "股权": frozenset({"Company"}),
    "占比": frozenset({"Company"}),
    "融资": frozenset({"FinancialInstrument", "Project"}),
}
"""Families of measures that join who does something with what it is done with: classes of the latter."""


def find_other_end(scene: Scene, owner: Owner) -> Entity | None:
    """Who invests, wins, holds or borrows, where the figure is of the thing; or the thing, where it is of the doer.

    The output of a region's industry is that of the region and of the industry; what a district signs at an event is
    of both.
    """
    if owner.group is not None and len(owner.entities) == 1:
        ends = (owner.entities[0].cls, owner.group.cls)
        of_industry = ends == ("District", "Industry") and scene.family in _OF_INDUSTRIES
        if of_industry or ends == ("Event", "District") or owner.way == "某货的行情":
            return owner.group
    used = _used_for(scene)
    if used is not None and used not in owner.entities:
        return used
    family = _OF_WAYS.get(owner.way, scene.family)
    classes = _THINGS.get(family, frozenset())
    if not classes or len(owner.entities) > 1:
        return None
    mine = owner.entities[0]
    if owner.group is not None and owner.group.cls in _DOERS and mine.cls in classes:
        return owner.group
    if scene.family == "股权" and mine.cls in _DOERS and owner.group is None:
        return _held(scene, mine)
    doer = _doer(scene)
    if doer is not None and doer.entity != mine:
        founded = owner.way == "新设公司的资本"
        return doer.entity if founded or mine.cls in classes - {"Company"} else None
    return _thing(scene, classes - _DOERS, mine) if mine.cls in _DOERS else None


def _used_for(scene: Scene) -> Entity | None:
    """7.2亿元用于某项目: the money is told of what it is for as well."""
    if scene.figure.value.kind != "Money":
        return None
    spot = next((one for one in scene.here if one.place > scene.figure.place), None)
    fits = spot is not None and spot.entity.cls == "Project" and len(spot.entities) == 1 and not spot.counted
    return spot.entity if spot is not None and fits and _FOR.match(scene.between(spot)) else None


def _held(scene: Scene, holder: Entity) -> Entity | None:
    """某集团持有某公司21.5%的股份: the company named between the verb and the figure."""
    for spot in reversed(scene.mine):
        text = scene.clause.text[: spot.place]
        if spot.entity.cls == "Company" and spot.entity != holder and text.endswith(_HOLDING):
            return spot.entity
    return None


def _doer(scene: Scene) -> Spot | None:
    spots = [one for one in scene.before if one.opens and not one.saying and one.entity.cls in _DOERS]
    return spots[-1] if spots and len(spots[-1].entities) == 1 else None


def _thing(scene: Scene, classes: frozenset[str], mine: Entity) -> Entity | None:
    """The only thing of such a class right behind the figure, or in the part of the sentence with it."""
    for spot in scene.here:
        fits = spot.entity.cls in classes and len(spot.entities) == 1 and not spot.counted and spot.entity != mine
        behind = spot.place > scene.figure.place and len(scene.between(spot)) <= 24
        if fits and (behind or spot.part == scene.part) and "。" not in scene.between(spot):
            return spot.entity
    return None
