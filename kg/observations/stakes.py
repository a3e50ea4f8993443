"""Whose a price or a share is, where companies are bought and held: the company's, its holder being the group."""

from __future__ import annotations

import re

from kg.model import Entity
from kg.observations.spots import PIECES, Spot
from kg.observations.thread import Owner, Scene
from kg.observations.ways_table import pattern
from kg.patterns import VALUE_KINDS, value_char

_FIGURES = "".join(map(value_char, VALUE_KINDS))
_ANNOUNCED = re.compile("宣布|表示|公告|称，")
_SOLD = frozenset({"收购某公司若干", "某公司的股权"})
_BUYERS = frozenset(
    {"Company", "Organisation", "GovernmentBody", "District", "Zone", "ResearchInstitution", "University"}
)
_STOCK = re.compile(
    "[^，。；、]{0,2}的?(?:[全其剩]余|全部|无限售条件|有限售条件)?(?:股权|股份|控股权|权益|股票|股本|流通股|普通股|[AH]股)"
)
_NEARLY = re.compile("(?:[合总]计|共计?|剩余|其余|另外|现有|[约近超逾的])*")


def find_stake(scene: Scene) -> Owner | None:
    """取得某公司85%的股权, 占某公司49%股权: of the company that stands right in front, whatever is done with it."""
    way = "某公司的股权"
    value = scene.figure.value
    if value.unit not in {"%", "股"}:
        return None
    if not _STOCK.match(scene.text, value.span.end - scene.clause.span.start):
        return None
    spot = next((one for one in reversed(scene.mine)), None)
    if spot is None or spot.entity.cls != "Company" or len(spot.entities) > 1:
        return None
    between = scene.between(spot)
    for name in (spot.entity.name, *spot.entity.names):  # a name that is no mention here stands letter by letter
        between = between.removeprefix(name[1:]) if len(name) > 1 else between
    return Owner(spot.entities, way, _buyer(scene, spot)) if _NEARLY.fullmatch(between) else None


def find_acquired(scene: Scene) -> Owner | None:
    """Price and share are the bought company's; who buys is the group."""
    way = "收购某公司若干"
    for spot in scene.here:
        counted = scene.figure.value.kind == "Count" and scene.figure.value.unit in PIECES
        if counted or spot.part != scene.part or spot.entity.cls != "Company" or spot.entity.name.endswith("上市公司"):
            continue
        bought = pattern(way, "buy", "", "了?(?:[^，。；]{0,10}(?:的|公司|企业|巨头|厂商))?$").search(
            scene.clause.text[: spot.place]
        )
        if "所" in scene.between(spot):
            continue
        sold = pattern(way, "buy", "^", f"[{_FIGURES}]").match(scene.clause.text[spot.place + 1 :])
        if sold and scene.clause.text[: spot.place].endswith("从"):
            return Owner(spot.entities, way, _buyer(scene, spot))
        if bought and abs(spot.place - scene.figure.place) <= 24:
            return Owner((spot.entity,), way, _buyer(scene, spot))
    return None


def _buyer(scene: Scene, bought: Spot) -> Entity | None:
    parties = (one.entity for one in scene.here if one.opens and one.place < bought.place)
    buyer = next((one for one in parties if one.cls in _BUYERS), None)
    if buyer is None and scene.thread.topic and not _ANNOUNCED.search(scene.clause.text[: bought.place]):
        buyer = scene.thread.topic[-1]  # somebody not recognised may announce it
    return buyer if buyer != bought.entity else None


def find_price(scene: Scene) -> Owner | None:
    """转让价格为2亿元, behind what was sold in the same sentence."""
    last = scene.thread.last
    priced = scene.family in {"合同", "股权"} and scene.thread.last_clause == scene.figure.clause
    if not priced or last is None or last.way not in _SOLD:
        return None
    return Owner(last.entities, last.way, last.group if scene.family == "合同" else None)
