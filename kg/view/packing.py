"""Rectangles that must not lie on each other: nodes with their labels, and whole parts of a graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, sin, sqrt

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Array = NDArray[np.float64]
Indices = NDArray[np.int64]

ASPECT = 1.15
"""Width of the drawing by its height on a usual screen, between the columns at its sides."""

_FEWEST, _MOST, _AT_ONCE = 60, 300, 120_000
_CROWDED = 1.7
"""So many times the area of all boxes is what they need to be told apart."""

_SLACK = 2.0
_EASE = 1.005
"""By how much the picture grows in each of the later rounds, so that what is jammed comes loose."""
_STEP = 24.0
_RAYS = tuple((side * turn * 0.1, 1 / (1 + 0.06 * turn)) for turn in range(16) for side in (1, -1))
"""Angles off the wanted direction, and how near to the middle a place there must be to be taken instead."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, seen from the point that it belongs to."""

    left: float
    top: float
    right: float
    bottom: float

    def at(self, x: float, y: float) -> Box:
        return Box(self.left + x, self.top + y, self.right + x, self.bottom + y)

    def overlaps(self, other: Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def bounds_of(places: Mapping[int, Point], boxes: Mapping[int, Box]) -> Box:
    """The smallest rectangle around all boxes where they stand."""
    placed = [boxes[node].at(*place) for node, place in places.items()]
    return Box(
        min(box.left for box in placed),
        min(box.top for box in placed),
        max(box.right for box in placed),
        max(box.bottom for box in placed),
    )


def remove_overlaps(places: Mapping[int, Point], boxes: Mapping[int, Box]) -> dict[int, Point]:
    """Pushes boxes off each other, each pair along the shorter way, until none overlap (or nearly none)."""
    if len(places) < 2:
        return dict(places)
    nodes = list(places)
    sides = np.array([(box.left, box.top, box.right, box.bottom) for box in map(boxes.__getitem__, nodes)]).T
    spots = np.array([places[node] for node in nodes]).T * _growth(places, boxes)
    rounds = min(max(_AT_ONCE // len(nodes), _FEWEST), _MOST)
    for number in range(rounds):
        ones, others = _find_overlaps(spots, sides)
        if not len(ones):
            break
        spots = spots + _push(spots, sides, ones, others)
        if number > rounds // 2:
            spots = spots * _EASE
    return {node: (x, y) for node, (x, y) in zip(nodes, spots.T.tolist(), strict=True)}


def _push(spots: Array, sides: Array, ones: Indices, others: Indices) -> Array:
    """How to move the boxes so that each of these pairs parts, were it alone."""
    ways = [_way(spots[axis], sides[axis], sides[axis + 2], ones, others) for axis in (0, 1)]
    flat = np.abs(ways[0]) <= np.abs(ways[1])
    out = np.zeros_like(spots)
    for axis, taken in ((0, flat), (1, ~flat)):
        for end, sign in ((ones, -0.5), (others, 0.5)):
            out[axis] += np.bincount(end[taken], weights=sign * ways[axis][taken], minlength=spots.shape[1])
    return out


def _way(spots: Array, low: Array, high: Array, ones: Indices, others: Indices) -> Array:
    """How far the others must go along an axis, with the sign, to stand free of the ones."""
    forward = (spots + high)[ones] - (spots + low)[others]
    back = (spots + high)[others] - (spots + low)[ones]
    return np.where(forward <= back, forward + _SLACK, -back - _SLACK)


def _growth(places: Mapping[int, Point], boxes: Mapping[int, Box]) -> float:
    """By how much to stretch a picture first that is too small for what stands in it."""
    area = bounds_of(places, boxes)
    needed = sum((box.right - box.left) * (box.bottom - box.top) for box in map(boxes.__getitem__, places))
    room = (area.right - area.left) * (area.bottom - area.top)
    return min(max(sqrt(_CROWDED * needed / room), 1.0), 3.0)


def _find_overlaps(spots: Array, sides: Array) -> tuple[Indices, Indices]:
    """Pairs of boxes on each other, by sweeping from left to right."""
    left, top, right, bottom = sides[0] + spots[0], sides[1] + spots[1], sides[2] + spots[0], sides[3] + spots[1]
    order = np.argsort(left, kind="stable")
    counts = np.searchsorted(left[order], right[order]) - np.arange(len(order)) - 1
    firsts = np.repeat(np.arange(len(order)), counts)
    steps = np.arange(len(firsts)) - np.repeat(np.cumsum(counts) - counts, counts) + 1
    ones, others = order[firsts], order[firsts + steps]
    meet = (top[ones] < bottom[others]) & (top[others] < bottom[ones])
    return ones[meet], others[meet]


def pack_boxes(areas: Sequence[Box], directions: Sequence[float], *, gap: float) -> list[Point]:
    """How to move each area so that none overlap: each as near to the middle as it fits in its direction, in turn."""
    moves: list[Point] = []
    taken = np.empty((4, 0))
    for area, direction in zip(areas, directions, strict=True):
        sides = np.array([area.left - gap / 2, area.top - gap / 2, area.right + gap / 2, area.bottom + gap / 2])
        middle = np.array([-(area.left + area.right) / 2, -(area.top + area.bottom) / 2])
        dx, dy = next(spot for spots in _spots(direction) for spot in _find_free(spots + middle, sides, taken))
        moves.append((dx, dy))
        taken = np.column_stack([taken, sides + np.array([dx, dy, dx, dy])])
    return moves


def _find_free(spots: Array, sides: Array, taken: Array) -> list[Point]:
    """The first of these spots where the box overlaps no other, if there is one."""
    left, top, right, bottom = (sides[side] + spots[:, side % 2] for side in range(4))
    across = (left[:, None] < taken[2]) & (taken[0] < right[:, None])
    down = (top[:, None] < taken[3]) & (taken[1] < bottom[:, None])
    free = np.flatnonzero(~(across & down).any(axis=1))
    return [(float(spots[free[0], 0]), float(spots[free[0], 1]))] if len(free) else []


def _spots(direction: float) -> Iterator[Array]:
    """Points around the middle from near to far, in ellipses of a screen's shape, the nearer ones off the direction."""
    yield np.zeros((1, 2))
    rays = np.array([_ray(direction + turn, share) for turn, share in _RAYS])
    radius = 0.0
    while True:
        radius += _STEP
        yield rays * radius


def _ray(angle: float, share: float) -> Point:
    return round(ASPECT * share * cos(angle), 6), round(share * sin(angle), 6)
