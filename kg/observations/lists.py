"""Figures dealt out in order: 甲区、乙区和丙区…数量依次为19家、8家和7家; 营业收入和净利润分别为43亿元和6亿元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.clauses import Clause
from kg.model import Entity
from kg.observations.figures import Figure
from kg.observations.measures import Measure
from kg.observations.spots import Spot

_BETWEEN = frozenset({"、", "和", "及", "与", "以及", "，"})
_IN_ORDER = re.compile("分别|依次")
_ITEMS = re.compile("、|和|及|以及|与")


@dataclass(frozen=True, slots=True)
class Share:
    """What one figure of a row gets: the entity in its place of a list, or the words (a measure or a group)."""

    entity: Entity | None
    words: str


def find_rows(figures: Sequence[Figure], clause: Clause) -> list[list[Figure]]:
    """Runs of at least two figures of one kind with nothing but 、 and 和 between."""
    rows: list[list[Figure]] = []
    for figure in figures:
        last = rows[-1][-1] if rows else None
        between = clause.text[last.place + 1 : figure.place] if last is not None else ""
        if last is not None and between in _BETWEEN and last.value.unit == figure.value.unit:
            rows[-1].append(figure)
        else:
            rows.append([figure])
    return [row for row in rows if len(row) > 1]


def name_rows(figures: Sequence[Figure], clause: Clause) -> list[Figure]:
    """The figures, those of a row without words of their own with the measure of its first: 年产能90万吨和120万吨."""
    firsts = {figure: row[0].measure for row in find_rows(figures, clause) for figure in row[1:]}
    return [_named(figure, firsts[figure]) if figure in firsts else figure for figure in figures]


def _named(figure: Figure, first: Measure) -> Figure:
    if not figure.measure.bare:
        return figure
    return replace(figure, measure=replace(figure.measure, name=first.name, family=first.family, bare=first.bare))


def deal(row: Sequence[Figure], clause: Clause, spots: Sequence[Spot]) -> list[Share] | None:
    """The shares of a row's figures, where the sentence lists as many things in front of 分别 or 依次."""
    lead = clause.text[: row[0].place]
    marks = list(_IN_ORDER.finditer(lead))
    mark = marks[-1] if marks else None
    if mark is None or "。" in lead[mark.end() :]:
        return None
    for spot in reversed([one for one in spots if one.place < mark.start()]):
        if len(spot.entities) == len(row):
            return [Share(entity, "") for entity in spot.entities]
    named = [one for one in spots if one.place < mark.start() and len(one.entities) == 1]
    if len(named) >= len(row) and len({one.entity.cls for one in named[-len(row) :]}) == 1:
        part = clause.text[named[-len(row)].place : mark.start()]
        if part.count("、") + part.count("，") + part.count("和") >= len(row) - 1 and len(part) <= 12 * len(row):
            return [Share(one.entity, "") for one in named[-len(row) :]]
    return _deal_words(row, lead[: mark.start()])


def _deal_words(row: Sequence[Figure], lead: str) -> list[Share] | None:
    """Of plain words: the list right in front of 分别, or in the part of the sentence before."""
    parts = [part for part in re.split("[，。；：]", lead) if part]
    for part in reversed(parts[-3:]):
        listed = re.split("为|是|包括|的(?=[^的]*、)", part)[-1]
        items = [item for item in _ITEMS.split(listed) if item]
        if len(items) == len(row) and all(len(item) <= 14 for item in items):
            return [Share(None, re.sub("^.*[的\ue000-\uf8ff]", "", item)) for item in items]
    return None
