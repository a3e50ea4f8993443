"""Rectangles that must not lie on each other: nodes with their labels, and whole parts of a graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Array = NDArray[np.float64]

ASPECT = 1.15
"""Width of the drawing by its height on a usual screen, between the columns at its sides."""

_ROUNDS = 400
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
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
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
    nodes = list(places)
    xs, ys = ([places[node][axis] for node in nodes] for axis in (0, 1))
    own = [boxes[node] for node in nodes]
    sides = np.array([(box.left, box.top, box.right, box.bottom) for box in own]).T
    for _ in range(_ROUNDS):
        pairs = _find_overlaps(np.array(xs), np.array(ys), sides)
        if not pairs:
            break
        for one, other in pairs:
            _part(one, other, xs, ys, own)
    return {node: (xs[number], ys[number]) for number, node in enumerate(nodes)}


def _find_overlaps(xs: Array, ys: Array, sides: Array) -> list[tuple[int, int]]:
    left, top, right, bottom = sides[0] + xs, sides[1] + ys, sides[2] + xs, sides[3] + ys
    across = (left[:, None] < right[None, :]) & (left[None, :] < right[:, None])
    down = (top[:, None] < bottom[None, :]) & (top[None, :] < bottom[:, None])
    ones, others = np.nonzero(np.triu(across & down, 1))
    return list(zip(ones.tolist(), others.tolist(), strict=True))


def _part(one: int, other: int, xs: list[float], ys: list[float], boxes: Sequence[Box]) -> None:
    """Moves two boxes apart, half of the way each. Earlier moves of the same round may have done it already."""
    a, b = boxes[one].at(xs[one], ys[one]), boxes[other].at(xs[other], ys[other])
    if not a.overlaps(b):
        return
    across, down = _way(a.left, a.right, b.left, b.right), _way(a.top, a.bottom, b.top, b.bottom)
    ways = (xs, across) if abs(across) <= abs(down) else (ys, down)
    axis, way = ways
    axis[one] -= way / 2
    axis[other] += way / 2


def _way(a_low: float, a_high: float, b_low: float, b_high: float) -> float:
    """How far the second must go, with its sign, to stand free of the first; a little more than it must."""
    forward, back = a_high - b_low, b_high - a_low
    return forward + 0.5 if forward <= back else -back - 0.5


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
