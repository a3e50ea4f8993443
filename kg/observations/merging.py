"""One figure told twice is one observation with two pieces of evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.model import Observation
from kg.observations.figures import Figure


def merge(found: Sequence[tuple[Observation, Figure]]) -> tuple[Observation, ...]:
    """`found` in order of place. What says less joins what says the same and more."""
    kept: list[tuple[Observation, Figure]] = []
    for observation, figure in found:
        for place, (other, other_figure) in enumerate(kept):
            if _same(observation, figure, other, other_figure):
                kept[place] = _join(other, observation), other_figure
                break
        else:
            kept.append((observation, figure))
    return tuple(observation for observation, _ in kept)


def _same(one: Observation, figure: Figure, other: Observation, other_figure: Figure) -> bool:
    if (one.of, one.value, one.unit, one.value_to) != (other.of, other.value, other.unit, other.value_to):
        return False
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
    """What both say, with the evidence of both, in order of place."""
    fuller = one if len(one.measure) >= len(other.measure) or one.measure not in other.measure else other
    return replace(
        one,
        measure=fuller.measure,
        evidence=tuple(sorted({*one.evidence, *other.evidence})),
        period=one.period or other.period,
        dates=one.dates or other.dates,
        dimension=one.dimension or other.dimension,
        dimension_entity=one.dimension_entity if one.dimension else other.dimension_entity,
    )
