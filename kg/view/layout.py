"""Where each node stands: computed here, once, so that the page opens at rest and the same graph looks the same.

Each connected part is laid out by stress, with longer lines between communities than within, so that they stand
apart; then nodes and their labels are pushed off each other, the parts are packed, and what is linked to nothing
stands in rows below. Units are CSS pixels at zoom 1, y grows downwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import ceil, cos, pi, sin, sqrt

import networkx as nx

from kg.view.network import Looks, measure_text
from kg.view.packing import ASPECT, Box, bounds_of, pack_boxes, remove_overlaps
from kg.view.stress import Point, minimise_stress, turn_to_fit

FONT, LEADING = 12.0, 15.0
"""Size of a label's type and distance of its lines."""

_MARGIN = 12.0
_LENGTH, _BETWEEN = 78.0, 2.1
"""Length of a line within a community, and how many times longer one between two communities is."""

_MOST = 400
"""So many nodes are laid out at once; larger parts are laid out community by community."""

_COLUMN, _ROW = 138.0, 70.0


def place_nodes(network: nx.MultiDiGraph) -> dict[int, Point]:
    """The place of each node, in whole pixels, around the origin."""
    graph = _simplify(network)
    boxes = {number: box_of(network.nodes[number]["looks"]) for number in graph}
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    placed = [_place_part(graph.subgraph(part).copy(), boxes) for part in parts if len(part) > 1]
    places = _pack_parts(placed, boxes)
    _add_rows(places, [part[0] for part in parts if len(part) == 1], boxes)
    return _centre(places, boxes)


def _simplify(network: nx.MultiDiGraph) -> nx.Graph:
    """One edge without direction for all between two nodes."""
    graph = nx.Graph()
    graph.add_nodes_from(sorted(network))
    graph.add_edges_from(sorted({(min(s, o), max(s, o)) for s, o in network.edges() if s != o}))
    return graph


def group_nodes(network: nx.MultiDiGraph, *, least: int = 4, most: int = 24) -> list[list[int]]:
    """The communities that a reader may choose among: those with at least so many members, the largest of them."""
    return [group for group in find_communities(_simplify(network)) if len(group) >= least][:most]


def box_of(looks: Looks) -> Box:
    """What a node and the label below it cover, seen from the node's centre."""
    lines = looks.label.split("\n")
    half = max(max(measure_text(line) for line in lines) * FONT / 2, looks.radius) + _MARGIN / 2
    return Box(-half, -looks.radius - _MARGIN / 2, half, looks.radius + LEADING * len(lines) + _MARGIN / 2)


def _place_part(graph: nx.Graph, boxes: Mapping[int, Box]) -> dict[int, Point]:
    """Places of a connected part, on its own."""
    communities = find_communities(graph)
    if len(graph) <= _MOST:
        return remove_overlaps(_place_by_stress(graph, communities), boxes)
    if len(communities) == 1:
        return remove_overlaps(_place_in_spiral(graph), boxes) if len(graph) <= 2 * _MOST else _place_in_spiral(graph)
    return _place_by_community(graph, communities, boxes)


def find_communities(graph: nx.Graph) -> list[list[int]]:
    """Groups of nodes that are linked more among each other than with the rest; the largest first."""
    found = nx.community.louvain_communities(_in_order(graph), seed=1)
    return sorted((sorted(group) for group in found), key=lambda group: (-len(group), group))


def _in_order(graph: nx.Graph) -> nx.Graph:
    """A copy whose nodes and edges stand in the order of their numbers, whatever `graph` was made from."""
    out = nx.Graph()
    out.add_nodes_from(sorted(graph))
    out.add_edges_from(sorted((min(edge), max(edge)) for edge in graph.edges()))
    return out


def _place_by_stress(graph: nx.Graph, communities: Sequence[Sequence[int]]) -> dict[int, Point]:
    group = {node: number for number, nodes in enumerate(communities) for node in nodes}
    lengths = nx.Graph()
    for s, o in sorted((min(edge), max(edge)) for edge in graph.edges()):
        room = 1 + 0.16 * sqrt(max(graph.degree[s], graph.degree[o]) - 1)
        lengths.add_edge(s, o, weight=_LENGTH * room * (1 if group[s] == group[o] else _BETWEEN))
    return turn_to_fit(minimise_stress(lengths, _place_as_tree(graph)), ASPECT)


def _place_as_tree(graph: nx.Graph) -> dict[int, Point]:
    """Rings around the node with most links, where stress starts from; the more ends a branch has, the wider it is."""
    root = min(graph, key=lambda node: (-graph.degree[node], node))
    children: dict[int, list[int]] = {node: [] for node in graph}
    order = [root]
    for parent, child in nx.bfs_edges(graph, root, sort_neighbors=sorted):
        children[parent].append(child)
        order.append(child)
    ends: dict[int, int] = {}
    for node in reversed(order):
        ends[node] = sum(ends[child] for child in children[node]) or 1
    wedge = {root: (0.0, 2 * pi, 0)}
    for node in order:
        angle, width, depth = wedge[node]
        for child in children[node]:
            share = width * ends[child] / ends[node]
            wedge[child] = (angle, share, depth + 1)
            angle += share
    return {node: _polar(depth * _LENGTH, angle + width / 2) for node, (angle, width, depth) in wedge.items()}


def _polar(radius: float, angle: float) -> Point:
    return round(radius * cos(angle), 3), round(radius * sin(angle), 3)


def _place_in_spiral(graph: nx.Graph) -> dict[int, Point]:
    """As seeds in a sunflower, from the node with most links outwards: for parts that cannot be divided."""
    root = min(graph, key=lambda node: (-graph.degree[node], node))
    order = [root, *(child for _, child in nx.bfs_edges(graph, root, sort_neighbors=sorted))]
    return {node: _polar(_LENGTH * 0.8 * sqrt(rank), rank * pi * (3 - sqrt(5))) for rank, node in enumerate(order)}


def _place_by_community(
    graph: nx.Graph, communities: Sequence[Sequence[int]], boxes: Mapping[int, Box]
) -> dict[int, Point]:
    """Each community laid out on its own; then all of them, as discs, by the links between them."""
    inner = [_place_group(graph.subgraph(group).copy(), boxes) for group in communities]
    radii = [_radius_of(places, boxes) for places in inner]
    group = {node: number for number, nodes in enumerate(communities) for node in nodes}
    outer = nx.Graph()
    outer.add_nodes_from(range(len(communities)))
    for a, b in sorted({(min(group[s], group[o]), max(group[s], group[o])) for s, o in graph.edges()}):
        if a != b:
            outer.add_edge(a, b, weight=radii[a] + radii[b] + _LENGTH)
    start = _place_in_spiral(outer)
    centres = minimise_stress(outer, start) if len(outer) <= _MOST else start
    discs = {number: Box(-radius, -radius, radius, radius) for number, radius in enumerate(radii)}
    centres = remove_overlaps(turn_to_fit(centres, ASPECT), discs)
    return {
        node: (x + centres[number][0], y + centres[number][1])
        for number, places in enumerate(inner)
        for node, (x, y) in places.items()
    }


def _place_group(graph: nx.Graph, boxes: Mapping[int, Box]) -> dict[int, Point]:
    if len(graph) > _MOST or not nx.is_connected(graph):
        return _place_in_spiral(graph)
    return remove_overlaps(_place_by_stress(graph, [sorted(graph)]), boxes)


def _radius_of(places: Mapping[int, Point], boxes: Mapping[int, Box]) -> float:
    area = bounds_of(places, boxes)
    return max(area.right - area.left, area.bottom - area.top) / 2


def _pack_parts(parts: Sequence[Mapping[int, Point]], boxes: Mapping[int, Box]) -> dict[int, Point]:
    areas = [bounds_of(part, boxes) for part in parts]
    moves = pack_boxes(areas, gap=3 * _MARGIN)
    return {
        node: (x + move_x, y + move_y)
        for part, (move_x, move_y) in zip(parts, moves, strict=True)
        for node, (x, y) in part.items()
    }


def _add_rows(places: dict[int, Point], nodes: Sequence[int], boxes: Mapping[int, Box]) -> None:
    """Nodes without links, below everything else and about as wide."""
    if not nodes:
        return
    area = bounds_of(places, boxes) if places else Box(0, 0, 0, 0)
    columns = max(int((area.right - area.left) // _COLUMN), ceil(sqrt(len(nodes) / 2)), 1)
    rows = ceil(len(nodes) / columns)
    starts = [round(row * len(nodes) / rows) for row in range(rows + 1)]
    middle = (area.left + area.right) / 2
    for row, (first, last) in enumerate(pairwise(starts)):
        for number in range(first, last):
            x = middle + (number - first - (last - first - 1) / 2) * _COLUMN
            places[nodes[number]] = x, area.bottom + 3 * _MARGIN + (row + 0.5) * _ROW


def _centre(places: Mapping[int, Point], boxes: Mapping[int, Box]) -> dict[int, Point]:
    if not places:
        return {}
    area = bounds_of(places, boxes)
    x0, y0 = (area.left + area.right) / 2, (area.top + area.bottom) / 2
    return {node: (float(round(x - x0)), float(round(y - y0))) for node, (x, y) in sorted(places.items())}
