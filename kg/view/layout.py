"""Where each node stands: computed here, once, so that the page opens at rest and the same graph looks the same.

A graph that grows by a page must not jump, so nothing here hangs on what is largest, first or numbered how: each
connected part is laid out by stress, from a start that the names of its nodes decide, with lines as long as what is
around their ends asks for; then nodes and their labels are pushed off each other, the parts are packed, each in a
direction that its names decide, and what is linked to nothing stands in columns below, in the order of its IRIs. Units
are CSS pixels at zoom 1, y grows downwards.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import atan2, ceil, hypot, sqrt

import networkx as nx
import numpy as np

from kg.view.network import Looks, measure_text, simplify
from kg.view.packing import Box, bounds_of, pack_boxes, remove_overlaps
from kg.view.stress import Point, make_links, make_noise, minimise_stress

FONT, LEADING = 12.0, 15.0
"""Size of a label's type and distance of its lines."""

_MARGIN = 12.0
_LENGTH, _BETWEEN = 90.0, 1.0
"""Length of a line, and by how many times it grows where it links what has no neighbours in common."""

_ROOM = 0.18
_SHORTEST, _LEAF, _INNER = 84.0, 56.0, 0.15
"""Leaves fill a disc, of which this share is left free, so that thousands find room around one node."""

_COLUMN, _ROW = 138.0, 70.0
_STEP = 90.0
_AROUND = 60.0
_WIDE = 2.2
"""Width by height of the block of what is linked to nothing."""


def place_nodes(network: nx.MultiDiGraph, communities: Sequence[Sequence[int]] = ()) -> dict[int, Point]:
    """The place of each node, in whole pixels, around the origin. Nodes have `looks`, and an `iri`.

    Communities, where they are given, stand in discs that keep off each other, so that each can be folded into one.
    """
    graph = simplify(network)
    boxes = {number: box_of(network.nodes[number]["looks"]) for number in graph}
    noise = {number: make_noise(network.nodes[number]["iri"]) for number in graph}
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: _rank(part, noise))
    drafts = [_place_part(graph, part, noise) for part in parts if len(part) > 1]
    placed = [_gather(part, communities, boxes) for part in drafts]
    places = _pack_parts(placed, boxes, noise)
    _add_columns(places, sorted(part[0] for part in parts if len(part) == 1), boxes)
    return {node: (float(round(x)), float(round(y))) for node, (x, y) in sorted(places.items())}


def box_of(looks: Looks) -> Box:
    """What a node and the label below it cover, seen from the node's centre."""
    lines = looks.label.split("\n")
    half = max(max(measure_text(line) for line in lines) * FONT / 2, looks.radius) + _MARGIN / 2
    return Box(-half, -looks.radius - _MARGIN / 2, half, looks.radius + LEADING * len(lines) + _MARGIN / 2)


def _rank(part: Sequence[int], noise: Mapping[int, Point]) -> tuple[int, Point]:
    """Larger parts first, but those of about the same size in an order that does not change when one of them grows."""
    return -len(part).bit_length(), min(noise[node] for node in part)


def _place_part(graph: nx.Graph, nodes: Sequence[int], noise: Mapping[int, Point]) -> dict[int, Point]:
    """Places of the nodes of a connected part, on its own; they may still lie on each other."""
    place = {node: number for number, node in enumerate(nodes)}
    edges = [
        (place[one], place[other], _length_of(graph, one, other, noise))
        for one in nodes
        for other in sorted(graph.adj[one])
        if one < other
    ]
    places = minimise_stress(make_links(len(nodes), edges), np.array([noise[node] for node in nodes]))
    return {node: (x, y) for node, (x, y) in zip(nodes, places.tolist(), strict=True)}


def _length_of(graph: nx.Graph, one: int, other: int, noise: Mapping[int, Point]) -> float:
    """Between nodes with many neighbours but none in common, lines are long; leaves are strewn about their node."""
    near, far = sorted((one, other), key=lambda node: len(graph.adj[node]))
    few, many = len(graph.adj[near]), len(graph.adj[far])
    if few == 1:
        chance = noise[near][0] * 4096 % 1
        return max(_SHORTEST, _LEAF * sqrt(many * (_INNER + (1 - _INNER) * chance)))
    shared = sum(node in graph.adj[far] for node in graph.adj[near])
    apart = (1 - 1 / few) * (1 - shared / (few - 1))
    return _LENGTH * (1 + _ROOM * sqrt(many - 1)) * (1 + _BETWEEN * apart)


def _gather(
    places: Mapping[int, Point], communities: Sequence[Sequence[int]], boxes: Mapping[int, Box]
) -> dict[int, Point]:
    """The same picture with everything off each other, and each community drawn together where they are given."""
    groups = [group for group in communities if group[0] in places]
    if len(groups) < 2:
        return remove_overlaps(places, boxes)
    centres = {number: _mean([places[node] for node in group]) for number, group in enumerate(groups)}
    inner = [_draw_together(group, centres[number], places, boxes) for number, group in enumerate(groups)]
    discs = {}
    for number, group in enumerate(inner):
        radius = max(hypot(*spot) for spot in group.values()) + _AROUND
        discs[number] = Box(-radius, -radius, radius, radius)
    centres = remove_overlaps(centres, discs)
    return {
        node: (x + centres[number][0], y + centres[number][1])
        for number, group in enumerate(inner)
        for node, (x, y) in group.items()
    }


def _draw_together(
    group: Sequence[int], centre: Point, places: Mapping[int, Point], boxes: Mapping[int, Box]
) -> dict[int, Point]:
    """Places around the origin on a disc that has just enough room."""
    spots = {node: (places[node][0] - centre[0], places[node][1] - centre[1]) for node in group}
    spread = sqrt(sum(x * x + y * y for x, y in spots.values()) / len(group)) or 1.0
    sides = ((box.right - box.left, box.bottom - box.top) for box in map(boxes.__getitem__, group))
    grow = sqrt(sum(wide * tall for wide, tall in sides)) / spread / 2
    grown = {node: (x * grow, y * grow) for node, (x, y) in spots.items()}
    apart = remove_overlaps(grown, boxes)
    x0, y0 = _mean(list(apart.values()))
    return {node: (x - x0, y - y0) for node, (x, y) in apart.items()}


def _mean(spots: Sequence[Point]) -> Point:
    return sum(x for x, _ in spots) / len(spots), sum(y for _, y in spots) / len(spots)


def _pack_parts(
    parts: Sequence[Mapping[int, Point]], boxes: Mapping[int, Box], noise: Mapping[int, Point]
) -> dict[int, Point]:
    areas = [bounds_of(part, boxes) for part in parts]
    moves = pack_boxes(areas, [_direction_of(part, noise) for part in parts], gap=3 * _MARGIN)
    return {
        node: (x + move_x, y + move_y)
        for part, (move_x, move_y) in zip(parts, moves, strict=True)
        for node, (x, y) in part.items()
    }


def _direction_of(nodes: Collection[int], noise: Mapping[int, Point]) -> float:
    x, y = (sum(noise[node][axis] for node in sorted(nodes)) for axis in (0, 1))
    return round(atan2(y, x), 6)


def _add_columns(places: dict[int, Point], nodes: Sequence[int], boxes: Mapping[int, Box]) -> None:
    """Nodes without links, below everything else. Columns, so that one more moves the others by a part of its width."""
    if not nodes:
        return
    area = bounds_of(places, boxes) if places else Box(0, 0, 0, 0)
    wide = max(area.right - area.left, sqrt(len(nodes) * _COLUMN * _ROW * _WIDE))
    rows = ceil(len(nodes) * _COLUMN / wide)
    columns = ceil(len(nodes) / rows)
    middle = (area.left + area.right) / 2
    top = ceil((area.bottom + 3 * _MARGIN) / _STEP) * _STEP
    for number, node in enumerate(nodes):
        x = middle + (number // rows - (columns - 1) / 2) * _COLUMN
        places[node] = x, top + (number % rows + 0.5) * _ROW
