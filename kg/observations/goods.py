"""Figures of goods on their market: 4月份铁矿石进口均价为160美元/吨, 我国电解铝产能2100万吨.

What a price is the price of is the good, whoever tells it; an output is the good's where no maker is spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.entities import Linking
from kg.mentions.goods import GOOD
from kg.model import Entity, Mention
from kg.observations.figures import Figure
from kg.observations.spots import CHINA, Spot
from kg.observations.thread import Owner, Scene
from kg.words import any_of

_WAY = "某货的行情"
_PRICE = re.compile("价(?:格)?")
_SCOPE = re.compile(f"(?:{any_of('markets')})的?[^，。；：]{{0,6}}$")
_SHARE = re.compile("(?:占[^，。；：]*|其)$")
_TRADE = re.compile("(?:产业|行业|工业|业)$")
_CRITERION = re.compile("以[上下]的$")
_FIRMS = frozenset({"家", "户"})
_UNTRADED = _FIRMS | {"个", "个月", "条", "项", "天", "名", "人", "座", "次", "种", "年"}
_PLACES = frozenset({"District", "Zone", "Place"})
_MAKERS = frozenset({"Company", "Project", "Organisation", "Zone", "Agreement", "FinancialInstrument"})


def find_good(scene: Scene, goods: Sequence[Mention], linking: Linking, otherwise: Owner | None) -> Owner | None:
    """The good named last in front of a figure, in its part of the sentence or, of a price, in one before.

    In an article about a region its goods are a group of the region's; `otherwise` is whose the figure would be.
    """
    start, figure = scene.clause.span.start, scene.figure
    before = [one for one in goods if start <= one.span.start and one.span.end <= figure.value.span.start]
    if not before or not _is_its_name(before[-1].text, linking.of[before[-1]].name):
        return otherwise
    good = before[-1]
    lead = scene.text[: good.span.start - start]
    between = scene.text[good.span.end - start : figure.value.span.start - start]
    if not _told_of(good, lead, between, figure) or _CRITERION.search(scene.text[: figure.value.span.end - start + 1]):
        return otherwise
    world, region = _SCOPE.search(lead) is not None, _region(scene, good)
    if region is None and not world:
        if otherwise is not None and otherwise.entities[-1].cls in _PLACES and otherwise.entities[-1].key != CHINA:
            if good.found_by != GOOD:
                return otherwise
            return replace(otherwise, group=otherwise.group or linking.of[good])
        if good.found_by != GOOD or _maker(scene, _PRICE.search(between) is not None):
            return otherwise
    return Owner((region,), _WAY, linking.of[good]) if region else Owner((linking.of[good],), _WAY)


def _is_its_name(text: str, name: str) -> bool:
    """汽车 is no name of 汽车产业链."""
    return _TRADE.sub("", name).endswith(_TRADE.sub("", text))


def _told_of(good: Mention, lead: str, between: str, figure: Figure) -> bool:
    if _SHARE.search(lead) or re.search("[。；：]|大关", between):
        return False
    if good.found_by != GOOD:
        return figure.value.unit in _FIRMS and "，" not in between
    if figure.value.unit in _UNTRADED:
        return False
    again = _PRICE.search(between) is not None and figure.measure.bare
    return between.count("，") <= (1 if again else 0)


def _maker(scene: Scene, price: bool) -> bool:
    """Whether somebody's own goods may be meant: in a sentence about a company, or an article about one."""
    spots: list[Spot] = scene.mine if price else scene.before
    named = any(one.entity.cls in _MAKERS and not one.saying and not one.aside for one in spots)
    return named or (not price and any(one.cls in _MAKERS for one in scene.headline))


def _region(scene: Scene, good: Mention) -> Entity | None:
    """新疆水泥产量: the district right in front of the good."""
    for spot in scene.mine:
        if spot.entity.cls == "District" and 0 <= good.span.start - scene.clause.units[spot.place].span.end <= 2:
            return spot.entity
    return None
