"""The contents as a networkx graph: nodes and edges carry what layout and page need to know of their looks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import sqrt

import networkx as nx

from kg.view.contents import Contents

_LINE, _LINES = 10.0, 2
"""A label breaks after so many Chinese characters and ends, with an ellipsis, after so many lines."""

_SMALLEST, _LARGEST = 9.0, 30.0
_BEND, _MOST_BEND = 0.16, 0.9


@dataclass(frozen=True, slots=True)
class Looks:
    """How a node is drawn: its label in lines, its radius, the number of entities that it is linked to."""

    label: str
    radius: float
    links: int


def make_network(contents: Contents) -> nx.MultiDiGraph:
    """Node n has `iri` and `looks`; the edge with key k is fact k and has `bend`, by which parallel edges part."""
    graph = nx.MultiDiGraph()
    neighbours = _count_neighbours(contents)
    for number, node in enumerate(contents.nodes):
        links = neighbours[number]
        radius = round(min(_SMALLEST + 3.4 * sqrt(max(links - 1, 0)), _LARGEST), 1)
        graph.add_node(number, iri=node.iri, looks=Looks(wrap_label(node.name), radius, links))
    parallel = Counter(_ends(fact.subject, fact.object) for fact in contents.facts)
    seen: Counter[tuple[int, int]] = Counter()
    for key, fact in enumerate(contents.facts):
        ends = _ends(fact.subject, fact.object)
        bend = _bend(seen[ends], parallel[ends])
        seen[ends] += 1
        graph.add_edge(fact.subject, fact.object, key=key, bend=bend if fact.subject == ends[0] else -bend)
    return graph


def simplify(network: nx.MultiDiGraph) -> nx.Graph:
    """One edge without direction for all between two nodes."""
    graph = nx.Graph()
    graph.add_nodes_from(sorted(network))
    graph.add_edges_from(sorted({(min(s, o), max(s, o)) for s, o in network.edges() if s != o}))
    return graph


def _count_neighbours(contents: Contents) -> Counter[int]:
    pairs = {_ends(fact.subject, fact.object) for fact in contents.facts if fact.subject != fact.object}
    return Counter(end for pair in pairs for end in pair)


def _ends(first: int, second: int) -> tuple[int, int]:
    return min(first, second), max(first, second)


def _bend(number: int, count: int) -> float:
    """Curvature of one of `count` parallel edges: 0 in the middle, alike on both sides of it."""
    step = min(_BEND, _MOST_BEND / count)
    return round((number - (count - 1) / 2) * 2 * step, 3)


def measure_text(text: str) -> float:
    """Width in ems: a Chinese character is 1, others about half of it."""
    return sum(1.0 if ord(ch) >= 0x2E80 else 0.56 for ch in text)


def wrap_label(name: str) -> str:
    """A name in at most two lines of even length."""
    text = " ".join(name.split())
    if measure_text(text) <= _LINE:
        return text
    lines = [""]
    target = min(_LINE, measure_text(text) / _LINES + 0.5)
    for ch in text:
        if measure_text(lines[-1] + ch) > target:
            lines.append("")
        lines[-1] += ch
    kept = [line.strip() for line in lines[:_LINES]]
    return "\n".join(kept) + ("…" if len(lines) > _LINES else "")
