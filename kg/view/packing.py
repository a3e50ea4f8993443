"""Rectangles that must not lie on each other: nodes with their labels, and whole parts of a graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin, sqrt

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Array = NDArray[np.float64]

ASPECT = 1.15
"""Width of the drawing by its height on a usual screen, between the columns at its sides."""

_FEWEST, _MOST, _AT_ONCE = 40, 160, 16_000
_CROWDED = 1.7
"""So many times the area of all boxes is what they need to be told apart."""

_SLACK = 2.0
_EASE = 1.01
"""By how much the picture grows in each of the later rounds, so that what is jammed comes loose."""
_RAYS, _STEP = 40, 24.0


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
    grown = _growth(places, boxes)
    xs, ys = ([places[node][axis] * grown for node in nodes] for axis in (0, 1))
    left, top, right, bottom = sides.tolist()
    rounds = min(max(_AT_ONCE // len(nodes), _FEWEST), _MOST)
    for number in range(rounds):
        pairs = _find_overlaps(np.array(xs), np.array(ys), sides)
        if not pairs:
            break
        for one, other in pairs:
            across = _way(xs[one] + left[one], xs[one] + right[one], xs[other] + left[other], xs[other] + right[other])
            down = _way(ys[one] + top[one], ys[one] + bottom[one], ys[other] + top[other], ys[other] + bottom[other])
            axis, way = (xs, across) if abs(across) <= abs(down) else (ys, down)
            axis[one] -= way / 2
            axis[other] += way / 2
        if number > rounds // 2:
            xs, ys = [x * _EASE for x in xs], [y * _EASE for y in ys]
    return {node: (xs[number], ys[number]) for number, node in enumerate(nodes)}


def _growth(places: Mapping[int, Point], boxes: Mapping[int, Box]) -> float:
    """By how much to stretch a picture first that is too small for what stands in it."""
    area = bounds_of(places, boxes)
    needed = sum((box.right - box.left) * (box.bottom - box.top) for box in map(boxes.__getitem__, places))
    room = (area.right - area.left) * (area.bottom - area.top)
    return min(max(sqrt(_CROWDED * needed / room), 1.0), 3.0)


def _find_overlaps(xs: Array, ys: Array, sides: Array) -> list[tuple[int, int]]:
    left, top, right, bottom = sides[0] + xs, sides[1] + ys, sides[2] + xs, sides[3] + ys
    across = (left[:, None] < right[None, :]) & (left[None, :] < right[:, None])
    down = (top[:, None] < bottom[None, :]) & (top[None, :] < bottom[:, None])
    ones, others = np.nonzero(across & down)
    later = ones < others
    return list(zip(ones[later].tolist(), others[later].tolist(), strict=True))


def _way(a_low: float, a_high: float, b_low: float, b_high: float) -> float:
    """How far the second must go, with its sign, to stand free of the first; 0 where it already does."""
    forward, back = a_high - b_low, b_high - a_low
    if forward <= 0 or back <= 0:
        return 0.0
    return forward + _SLACK if forward <= back else -back - _SLACK


def pack_boxes(areas: Sequence[Box], *, gap: float) -> list[Point]:
    """How to move each area so that none overlap: the first to the middle, each next one as near to it as it fits."""
    moves: list[Point] = []
    taken: list[Box] = []
    for area in areas:
        x, y = -(area.left + area.right) / 2, -(area.top + area.bottom) / 2
        wide = Box(area.left - gap / 2, area.top - gap / 2, area.right + gap / 2, area.bottom + gap / 2)
        move = next(
            (x + dx, y + dy) for dx, dy in _spots() if not any(wide.at(x + dx, y + dy).overlaps(box) for box in taken)
        )
        moves.append(move)
        taken.append(wide.at(*move))
    return moves


def _spots() -> Iterator[Point]:
    """Points around the middle, from near to far, in ellipses of a screen's shape."""
    yield 0.0, 0.0
    radius = 0.0
    while True:
        radius += _STEP
        for ray in range(_RAYS):
            angle = pi / 2 + ray * 2 * pi / _RAYS
            yield round(ASPECT * radius * cos(angle), 3), round(radius * sin(angle), 3)
