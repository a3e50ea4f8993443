"""Layout by stress: drawn distances come as near as they can to the lengths of the shortest paths.

The update is the majorisation of Gansner, Koren and North (2004), made parallel by halving each step. Small parts weigh
all pairs of nodes; large ones only neighbours and the distances to some nodes that stand for the rest, as in the sparse
stress of Ortmann, Klimenta and Brandes (2017). Nodes start where a noise that is fixed by their names, smoothed along
the edges, puts them: neighbours start close to each other, and a graph that grows a little starts a little differently.
Sums go in a fixed order and call no linear algebra, so that every machine gets the same bits.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Array = NDArray[np.float64]
Indices = NDArray[np.int64]

_ALL, _SOME = 240, 64
"""Up to so many nodes, all stand for themselves; of more, some stand for all."""

_SMOOTHINGS, _HOLD = 50, 0.05
_WORK, _FEWEST, _MOST = 4_000_000, 40, 300
_REST = 0.02
"""A picture in which nothing moves by so many pixels is at rest."""


@dataclass(frozen=True, slots=True)
class Links:
    """Edges of a connected graph on the nodes 0 … count - 1, each given in both directions, with their lengths."""

    count: int
    starts: Indices
    ends: Indices
    lengths: Array


def make_links(count: int, edges: Sequence[tuple[int, int, float]]) -> Links:
    both = [*edges, *((end, start, length) for start, end, length in edges)]
    starts, ends, lengths = zip(*both, strict=True)
    return Links(count, np.array(starts), np.array(ends), np.array(lengths, dtype=np.float64))


def make_noise(name: str) -> Point:
    """A point of the square from -1 to 1 that is the same for the same name, on every machine."""
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()
    return tuple(int.from_bytes(digest[start : start + 4]) / 2**31 - 1 for start in (0, 4))  # type: ignore[return-value]


def minimise_stress(links: Links, noise: Array) -> Array:
    """Places of the nodes, as rows, around the origin; `noise` has a row for each node."""
    pivots = _choose_pivots(noise)
    distances = _path_lengths(links, pivots)
    share = links.count / len(pivots)
    with np.errstate(divide="ignore", invalid="ignore"):
        weights = np.where(distances > 0, share / distances**2, 0.0)
        places = _fit_scale(_smooth(links, noise), pivots, distances, weights)
        near = None if len(pivots) == links.count else links
        for _ in range(max(_FEWEST, min(_MOST, _WORK // weights.size))):
            step = _step(places, pivots, distances, weights, near) / 2
            places = places + step
            if np.max(np.abs(step)) < _REST:
                break
    return places - _mean(places)


def _choose_pivots(noise: Array) -> Indices:
    """All nodes, or those that come first in an order that others joining do not change."""
    if len(noise) <= _ALL:
        return np.arange(len(noise))
    return np.sort(np.argsort(noise[:, 0], kind="stable")[:_SOME])


def _path_lengths(links: Links, pivots: Indices) -> Array:
    """Lengths of the shortest paths, a row for each pivot, by relaxing all edges until nothing is shortened."""
    order = np.lexsort((links.starts, links.ends))
    starts, lengths = links.starts[order], links.lengths[order]
    firsts = np.searchsorted(links.ends[order], np.arange(links.count))
    out = np.full((links.count, len(pivots)), np.inf)
    out[pivots, np.arange(len(pivots))] = 0.0
    while True:
        shorter = np.minimum(out, np.minimum.reduceat(out[starts] + lengths[:, None], firsts, axis=0))
        if np.array_equal(shorter, out):
            return np.ascontiguousarray(out.T)
        out = shorter


def _smooth(links: Links, noise: Array) -> Array:
    """Each node goes between its neighbours, again and again, held a little by its own noise."""
    degrees = np.bincount(links.starts, minlength=links.count)[:, None]
    places = noise
    for _ in range(_SMOOTHINGS):
        pulled = (_HOLD * noise + _sum_by(links.starts, places[links.ends], links.count)) / (_HOLD + degrees)
        places = (places + pulled) / 2
    return _make_round(places - _mean(places))


def _sum_by(keys: Indices, rows: Array, count: int) -> Array:
    return np.stack([np.bincount(keys, weights=rows[:, axis], minlength=count) for axis in (0, 1)], axis=1)


def _mean(places: Array) -> Array:
    return np.array([fsum(places[:, axis].tolist()) / len(places) for axis in (0, 1)])


def _make_round(places: Array) -> Array:
    """Stretched so that no direction is longer than another, and turned as little as that allows."""
    a, b, d = (fsum((places[:, i] * places[:, j]).tolist()) for i, j in ((0, 0), (0, 1), (1, 1)))
    least = 1e-9 * (a + d) or 1.0
    root = sqrt(max(a * d - b * b, least * least))
    trace = sqrt(a + d + 2 * root)
    # The square root of the matrix of second moments is (M + root) / trace; this multiplies by its inverse.
    x = ((d + root) * places[:, 0] - b * places[:, 1]) / (root * trace)
    y = ((a + root) * places[:, 1] - b * places[:, 0]) / (root * trace)
    return np.stack([x, y], axis=1)


def _gaps(places: Array, pivots: Indices) -> tuple[Array, Array, Array]:
    """From each node (columns) to each pivot (rows): across, down, and how far."""
    across, down = (places[pivots, axis][:, None] - places[None, :, axis] for axis in (0, 1))
    return across, down, np.sqrt(across * across + down * down)


def _fit_scale(places: Array, pivots: Indices, distances: Array, weights: Array) -> Array:
    """The same picture in the size that has the least stress."""
    _, _, apart = _gaps(places, pivots)
    wanted, had = (fsum(np.add.reduce(weights * apart * by, axis=0).tolist()) for by in (distances, apart))
    return places * (wanted / had if had > 0 else 1.0)


def _step(places: Array, pivots: Indices, distances: Array, weights: Array, near: Links | None) -> Array:
    across, down, apart = _gaps(places, pivots)
    pull = weights * np.where(apart > 1e-9, 1 - distances / apart, 0.0)
    moves = np.stack([np.add.reduce(pull * gap, axis=0) for gap in (across, down)], axis=1)
    total = np.add.reduce(weights, axis=0)
    if near is not None:
        gap = places[near.ends] - places[near.starts]
        apart = np.sqrt(gap[:, 0] * gap[:, 0] + gap[:, 1] * gap[:, 1])
        weight = len(pivots) / near.lengths**2
        pull = weight * np.where(apart > 1e-9, 1 - near.lengths / apart, 0.0)
        moves += _sum_by(near.starts, gap * pull[:, None], near.count)
        total = total + np.bincount(near.starts, weights=weight, minlength=near.count)
    return moves / np.where(total > 0, total, 1.0)[:, None]
