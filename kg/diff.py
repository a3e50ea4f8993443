"""What changed from one graph to another: entities renamed or merged, facts new, gone or told otherwise; RDF Patch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat, Triple

from kg.errors import GraphError
from kg.export.contents import Contents, Edge, Node, read_contents
from kg.iris import NAMESPACES
from kg.ontology import Ontology
from kg.turtle import sort_triples

_REPLACED = NAMESPACES["dcterms"] + "isReplacedBy"

# Subject, relation and object of a fact.
_Ends = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """`kind` is `renamed`, `merged`, `added entity`, `removed entity`, `added`, `removed` or `changed` (of a fact)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """`removed` and `added` are triples, sorted: all that tells the graphs apart; `changes` say it for people."""

    removed: tuple[Triple, ...]
    added: tuple[Triple, ...]
    changes: tuple[Change, ...]

    def counts(self) -> dict[str, int]:
        kinds = [change.kind for change in self.changes]
        numbers = {kind: kinds.count(kind) for kind in sorted(set(kinds))}
        return numbers | {"triples added": len(self.added), "triples removed": len(self.removed)}


def compare_graphs(old: Sequence[Triple], new: Sequence[Triple], ontology: Ontology) -> Difference:
    """A fact of an entity that only has another IRI now is no new fact."""
    before, after = read_contents(old, ontology), read_contents(new, ontology)
    moved = _find_moved(before, after, new)
    changes = [*_compare_entities(before, after, moved), *_compare_facts(before, after, moved, ontology)]
    old_set, new_set = set(old), set(new)
    return Difference(tuple(sort_triples(old_set - new_set)), tuple(sort_triples(new_set - old_set)), tuple(changes))


def _find_moved(before: Contents, after: Contents, new: Iterable[Triple]) -> dict[str, str]:
    """IRI that is gone → the one that stands for it: as `dcterms:isReplacedBy` says, or by class and a name of both."""
    there = {node.iri for node in after.nodes}
    said = {
        triple.subject.value: triple.object.value
        for triple in new
        if triple.predicate.value == _REPLACED
        and isinstance(triple.subject, NamedNode)
        and isinstance(triple.object, NamedNode)
    }
    by_name: dict[tuple[str, str], set[str]] = defaultdict(set)
    for node in after.nodes:
        for name in (node.name, *node.names):
            by_name[node.cls, name].add(node.iri)
    moved = {}
    for node in before.nodes:
        if node.iri in there:
            continue
        target = said.get(node.iri)
        same = {iri for name in (node.name, *node.names) for iri in by_name.get((node.cls, name), ())}
        if target in there:
            moved[node.iri] = str(target)
        elif len(same) == 1:
            moved[node.iri] = same.pop()
    return moved


def _compare_entities(before: Contents, after: Contents, moved: Mapping[str, str]) -> Iterator[Change]:
    old, new = ({node.iri: node for node in one.nodes} for one in (before, after))
    joined: dict[str, list[str]] = defaultdict(list)
    for iri, target in moved.items():
        joined[target].append(iri)
    for target, iris in sorted(joined.items()):
        names = " + ".join(_name(old[iri]) for iri in sorted(iris))
        many = len(iris) > 1 or target in old
        yield Change("merged" if many else "renamed", f"{names} → {_name(new[target])}")
    for iri in sorted(old.keys() & new.keys()):
        if old[iri].name != new[iri].name:
            yield Change("renamed", f"{_name(old[iri])} → {_name(new[iri])}")
    for iri in sorted(old.keys() - new.keys() - moved.keys()):
        yield Change("removed entity", _name(old[iri]))
    for iri in sorted(new.keys() - old.keys() - set(moved.values())):
        yield Change("added entity", _name(new[iri]))


def _name(node: Node) -> str:
    return f"{node.name} ({node.cls})"


def _compare_facts(before: Contents, after: Contents, moved: Mapping[str, str], ontology: Ontology) -> Iterator[Change]:
    old, new = _facts_by_ends(before, moved, ontology), _facts_by_ends(after, {}, ontology)
    names = {node.iri: node.name for node in (*before.nodes, *after.nodes)}
    for ends in sorted(old.keys() | new.keys()):
        gone, come = old.get(ends, set()) - new.get(ends, set()), new.get(ends, set()) - old.get(ends, set())
        fact = f"{names.get(ends[0], ends[0])} —{ontology.label(ends[1])}→ {names.get(ends[2], ends[2])}"
        for one, other in zip(sorted(gone), sorted(come), strict=False):
            yield Change("changed", f"{fact}: {_tell(set(one) - set(other))} → {_tell(set(other) - set(one))}")
        common = min(len(gone), len(come))
        yield from (Change("removed", f"{fact}: {_tell(one)}") for one in sorted(gone)[common:])
        yield from (Change("added", f"{fact}: {_tell(one)}") for one in sorted(come)[common:])


def _facts_by_ends(
    contents: Contents, moved: Mapping[str, str], ontology: Ontology
) -> dict[_Ends, set[tuple[tuple[str, str], ...]]]:
    facts: dict[_Ends, set[tuple[tuple[str, str], ...]]] = defaultdict(set)
    for edge in contents.edges:
        values = sorted((name, moved.get(value, value)) for name, value in edge.values.items())
        facts[_ends(edge, moved, ontology)].add(tuple(values))
    return facts


def _ends(edge: Edge, moved: Mapping[str, str], ontology: Ontology) -> _Ends:
    subject, object_ = (moved.get(end, end) for end in (edge.subject, edge.object))
    if ontology.relation(edge.relation).symmetric and object_ < subject:
        subject, object_ = object_, subject
    return subject, edge.relation, object_


def _tell(values: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{name} {value}" for name, value in sorted(values)) or "–"


def format_patch(difference: Difference) -> str:
    """RDF Patch: one transaction that makes the old graph into the new one."""
    lines = [f"D {triple} ." for triple in difference.removed] + [f"A {triple} ." for triple in difference.added]
    return "".join(f"{line}\n" for line in ("TX .", *lines, "TC ."))


def apply_patch(triples: Iterable[Triple], patch: str) -> list[Triple]:
    """The graph after the patch, sorted. Raises GraphError where the patch says what cannot be done."""
    result = set(triples)
    for number, line in enumerate(patch.split("\n"), start=1):
        action, _, rest = line.partition(" ")
        if action in ("TX", "TC", ""):
            continue
        triple = _read_line(action, rest, number)
        if (action == "D") != (triple in result):
            what = "deletes what is not there" if action == "D" else "adds what is there already"
            raise GraphError(f"{what}; is it a patch for this graph?", path="the patch", line=number)
        (result.remove if action == "D" else result.add)(triple)
    return sort_triples(result)


def _read_line(action: str, rest: str, number: int) -> Triple:
    try:
        if action not in ("A", "D"):
            raise SyntaxError(f"unknown action {action[:20]}")
        quad = next(iter(pyoxigraph.parse(rest, format=RdfFormat.N_TRIPLES)))
        return Triple(quad.subject, quad.predicate, quad.object)
    except (SyntaxError, StopIteration) as error:
        raise GraphError(f"is no RDF Patch: {error}", path="the patch", line=number) from error
