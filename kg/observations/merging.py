"""One figure told twice is one observation with two pieces of evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.model import EntityKey, Evidence, Observation
from kg.observations.figures import Figure

_Key = tuple[EntityKey, Decimal, str, Decimal | None]


@dataclass(slots=True)
class _Kept:
    """An observation as far as it has been told, with all its evidence."""

    observation: Observation
    figure: Figure
    evidence: set[Evidence]


def merge(found: Sequence[tuple[Observation, Figure]]) -> tuple[Observation, ...]:
    """`found` in order of place. What says less joins what says the same and more."""
    groups: dict[_Key, list[_Kept]] = defaultdict(list)
    order: list[_Kept] = []
    for observation, figure in found:
        group = groups[observation.of, observation.value, observation.unit, observation.value_to]
        kept = next((one for one in group if _same(observation, figure, one.observation, one.figure)), None)
        if kept is None:
            kept = _Kept(observation, figure, set())
            group.append(kept)
            order.append(kept)
        else:
            kept.observation = _join(kept.observation, observation)
        kept.evidence |= {*observation.evidence}
    return tuple(replace(one.observation, evidence=tuple(sorted(one.evidence))) for one in order)


def _same(one: Observation, figure: Figure, other: Observation, other_figure: Figure) -> bool:
    """Of two that are one thing's, and of one value."""
    if one.measure != other.measure and not _alike(one, figure, other, other_figure):
        return False
    pairs = ((one.dimension, other.dimension), (one.dates, other.dates))
    return all(mine is None or theirs is None or mine == theirs for mine, theirs in pairs)


def _alike(one: Observation, figure: Figure, other: Observation, other_figure: Figure) -> bool:
    """Two names for one measure: of one family, or large sums of money in whatever words."""
    families = {each.measure.family.name if each.measure.family else "" for each in (figure, other_figure)}
    if len(families) == 1 and "" not in families:
        return one.measure in other.measure or other.measure in one.measure or figure.value.kind == "Money"
    return figure.value.kind == "Money"


def _join(one: Observation, other: Observation) -> Observation:
    """What both say, but for the evidence."""
    fuller = one if len(one.measure) >= len(other.measure) or one.measure not in other.measure else other
    return replace(
        one,
        measure=fuller.measure,
        period=one.period or other.period,
        dates=one.dates or other.dates,
        dimension=one.dimension or other.dimension,
        dimension_entity=one.dimension_entity if one.dimension else other.dimension_entity,
    )
