"""Open questions of a graph that was written: entities that may be one, found again by their names and articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from pyoxigraph import NamedNode, Store

from kg.curation.decisions import NONE, Decisions, Different, Same
from kg.knowledge import Knowledge
from kg.model import Entity
from kg.resolve.blocks import blocks
from kg.resolve.explain import compare_units, make_unit
from kg.resolve.features import compare_names
from kg.resolve.forms import has_headline
from kg.resolve.model import Candidate
from kg.resolve.stored import read_entities, read_mentioned
from kg.resolve.table import load_table
from kg.resolve.units import Unit

_CROWDED = 40
_MOST_CONTEXT = 4
"""Points that articles can add to what the names say."""
_Row = tuple[NamedNode, Entity]


def find_candidates(store: Store, knowledge: Knowledge, decisions: Decisions = NONE) -> list[Candidate]:
    """Pairs of entities with enough points for a question that nobody has answered yet; most points first."""
    table = load_table()
    units: dict[str, Unit] = {}

    def unit_of(row: _Row) -> Unit:
        node, entity = row
        if node.value not in units:
            units[node.value] = make_unit(entity, read_mentioned(store, node, entity), knowledge)
        return units[node.value]

    out = []
    for one, other in _find_pairs(store, knowledge):
        if _is_decided(one[1], other[1], decisions):
            continue
        comparison = compare_units(unit_of(one), unit_of(other), knowledge)
        if not comparison.against and comparison.score >= table.candidate:
            why = "another one is as likely" if comparison.score >= table.merge else f"{table.merge:g} are needed"
            out.append(Candidate(one[1].key, other[1].key, comparison, why))
    return sorted(out, key=lambda found: (-found.comparison.score, found.one, found.other))


def _find_pairs(store: Store, knowledge: Knowledge) -> Iterator[tuple[_Row, _Row]]:
    """Pairs that share a block and whose names could be enough, with all that articles can say."""
    index: dict[str, list[_Row]] = defaultdict(list)
    for row in read_entities(store, knowledge.ontology.classes()):
        for block in sorted(blocks(row[1], knowledge)):
            index[block].append(row)
    seen: set[tuple[str, str]] = set()
    for block in sorted(index):
        rows = index[block]
        for one, other in _pair(rows):
            key = (one[0].value, other[0].value)
            if key not in seen and _may_be_one(one[1], other[1], knowledge):
                yield one, other
            seen.add(key)


def _pair(rows: Sequence[_Row]) -> Iterator[tuple[_Row, _Row]]:
    """All pairs; of very many of one name, each with the first."""
    yield from combinations(rows, 2) if len(rows) <= _CROWDED else ((rows[0], other) for other in rows[1:])


def _may_be_one(one: Entity, other: Entity, knowledge: Knowledge) -> bool:
    pairs = [
        compare_names(one.cls, mine, other.cls, theirs, knowledge)
        for mine in _own_names(one)
        for theirs in _own_names(other)
    ]
    best = max((pair for pair in pairs if pair.features), key=lambda pair: pair.score, default=None)
    ruled_out = any(pair.against for pair in pairs)
    return best is not None and not ruled_out and best.score + _MOST_CONTEXT >= load_table().candidate


def _own_names(entity: Entity) -> tuple[str, ...]:
    return tuple(dict.fromkeys((entity.name, entity.name if has_headline(entity) else entity.path or entity.name)))


def _is_decided(first: Entity, second: Entity, decisions: Decisions) -> bool:
    mine, theirs = ({(each.cls, name) for name in (each.name, each.path, *each.names)} for each in (first, second))
    said: tuple[Same | Different, ...] = (*decisions.same, *decisions.different)
    return any(mine & set(one.names) and theirs & set(one.names) for one in said)
