"""Communities: groups of entities that are linked more among each other than with the rest.

Modularity by the method of Louvain (Blondel and others, 2008), with a queue of nodes whose neighbours have moved, as
Leiden has it. Nothing is left to chance: nodes wait in the order of their numbers, and ties go to the first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from kg.view.network import simplify

Weights = Sequence[Mapping[int, int]]
"""Node → its neighbours with the weight of the link; a link to itself counts twice what lies within."""


@dataclass(frozen=True, slots=True)
class Community:
    """Nodes linked closely. `lead` has most links; `size` counts also members that a part of the graph leaves out."""

    lead: int
    size: int
    members: tuple[int, ...]


def group_nodes(network: nx.MultiDiGraph) -> list[Community]:
    """All communities, the largest first."""
    graph = simplify(network)
    return [
        Community(min(group, key=lambda node: (-len(graph.adj[node]), node)), len(group), tuple(group))
        for group in find_communities(graph)
    ]


def keep_members(communities: Sequence[Community], kept: Collection[int], network: nx.MultiDiGraph) -> list[Community]:
    """What is left of the communities in the network of these nodes, which numbers them anew.

    Those without their lead go, and so do members that nothing links to it any more.
    """
    place = {number: new for new, number in enumerate(sorted(kept))}
    parts = enumerate(nx.connected_components(simplify(network)))
    part_of = {node: number for number, part in parts for node in part}
    out = []
    for one in communities:
        if one.lead in place:
            lead = place[one.lead]
            members = (place[node] for node in one.members if node in place)
            out.append(Community(lead, one.size, tuple(node for node in members if part_of[node] == part_of[lead])))
    return out


def find_communities(graph: nx.Graph) -> list[list[int]]:
    """All communities, the largest first."""
    nodes = sorted(graph)
    place = {node: number for number, node in enumerate(nodes)}
    weights: Weights = [{place[other]: 1 for other in sorted(graph[node]) if other != node} for node in nodes]
    groups = [[node] for node in nodes]
    while True:
        belongs = _move_nodes(weights)
        merged: dict[int, list[int]] = {}
        for number, group in enumerate(belongs):
            merged.setdefault(group, []).append(number)
        if len(merged) == len(weights):
            return sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group))
        weights = _merge(weights, list(merged.values()))
        groups = [[node for number in members for node in groups[number]] for members in merged.values()]


def _move_nodes(weights: Weights) -> list[int]:
    """The group of each node, when none gains by going to a neighbour's."""
    degrees = [sum(links.values()) for links in weights]
    whole = sum(degrees) or 1
    belongs, total = list(range(len(weights))), list(degrees)
    waiting, queue = [True] * len(weights), deque(range(len(weights)))
    while queue:
        node = queue.popleft()
        waiting[node] = False
        here = belongs[node]
        total[here] -= degrees[node]
        best = _best_group(weights[node], node, here, belongs, total, degrees[node] / whole)
        total[best] += degrees[node]
        if best == here:
            continue
        belongs[node] = best
        for other in weights[node]:
            if not waiting[other] and belongs[other] != best:
                waiting[other] = True
                queue.append(other)
    return belongs


def _best_group(
    links: Mapping[int, int], node: int, here: int, belongs: Sequence[int], total: Sequence[int], share: float
) -> int:
    ties = {here: 0}
    for other, weight in links.items():
        if other != node:
            ties[belongs[other]] = ties.get(belongs[other], 0) + weight
    best, most = here, ties[here] - share * total[here]
    for group, tie in ties.items():
        gain = tie - share * total[group]
        if gain > most + 1e-9:
            best, most = group, gain
    return best


def _merge(weights: Weights, groups: Sequence[Sequence[int]]) -> Weights:
    """The graph whose nodes are these groups."""
    belongs = {node: number for number, group in enumerate(groups) for node in group}
    out: list[dict[int, int]] = []
    for group in groups:
        links: dict[int, int] = {}
        for node in group:
            for other, weight in weights[node].items():
                links[belongs[other]] = links.get(belongs[other], 0) + weight
        out.append(links)
    return out
