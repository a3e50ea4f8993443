"""Layout by stress: drawn distances come as near as they can to the lengths of the shortest paths.

The update is the majorisation of Gansner, Koren and North (2004), made parallel by halving each step, which never
raises the stress. It adds row by row and calls no linear algebra, so that it gives the same bits everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, pi, sin

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Array = NDArray[np.float64]

_SLOW_FROM, _FEWEST, _MOST = 120, 60, 300
_TURNS = 36


def minimise_stress(graph: nx.Graph, start: Mapping[int, Point]) -> dict[int, Point]:
    """Places of the nodes of a connected graph whose edges carry their length as `weight`."""
    nodes = sorted(graph)
    distances = _path_lengths(graph, nodes)
    places = np.array([start[node] for node in nodes], dtype=np.float64)
    rounds = max(_FEWEST, min(_MOST, _MOST * _SLOW_FROM // len(nodes)))
    with np.errstate(divide="ignore", invalid="ignore"):
        weights = np.where(distances > 0, 1 / distances**2, 0.0)
        for _ in range(rounds):
            places = _step(places, distances, weights)
    return {node: (float(x), float(y)) for node, (x, y) in zip(nodes, places, strict=True)}


def _path_lengths(graph: nx.Graph, nodes: list[int]) -> Array:
    """Lengths of the shortest paths between all pairs, by Floyd and Warshall."""
    place = {node: number for number, node in enumerate(nodes)}
    out = np.full((len(nodes), len(nodes)), np.inf)
    np.fill_diagonal(out, 0.0)
    for one, other, length in graph.edges(data="weight"):
        out[place[one], place[other]] = out[place[other], place[one]] = length
    for via in range(len(nodes)):
        np.minimum(out, out[:, via, None] + out[None, via, :], out=out)
    return out


def _step(places: Array, distances: Array, weights: Array) -> Array:
    """One round: row j, column i holds what node j asks of node i."""
    gaps = [places[None, :, axis] - places[:, None, axis] for axis in (0, 1)]
    apart = np.sqrt(gaps[0] * gaps[0] + gaps[1] * gaps[1])
    pull = weights * np.where(apart > 1e-9, distances / apart - 1, 0.0)
    total = np.add.reduce(weights, axis=0)
    moves = [np.add.reduce(pull * gap, axis=0) / total for gap in gaps]
    return places + np.stack(moves, axis=1) / 2 if len(places) > 1 else places


def turn_to_fit(places: Mapping[int, Point], aspect: float) -> dict[int, Point]:
    """The same picture, turned so that it fills a screen of this width by height best."""
    turned = [_turn(places, number * pi / _TURNS) for number in range(_TURNS)]
    sizes = [tuple(max(axis) - min(axis) for axis in zip(*one.values(), strict=True)) for one in turned]
    best = min(range(_TURNS), key=lambda number: (round(max(sizes[number][0] / aspect, sizes[number][1])), number))
    return turned[best]


def _turn(places: Mapping[int, Point], angle: float) -> dict[int, Point]:
    c, s = cos(angle), sin(angle)
    return {node: (x * c + y * s, y * c - x * s) for node, (x, y) in places.items()}
