"""What a graph says, as entities and facts: what all exports that are no RDF are made from."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from kg.iris import KG, NAMESPACES
from kg.ontology import Ontology

_RDF, _SKOS, _OA, _SCHEMA = (NAMESPACES[name] for name in ("rdf", "skos", "oa", "schema"))
_DERIVED = NAMESPACES["prov"] + "wasDerivedFrom"

# The values of a node by predicate; both are IRIs or texts.
Values = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Node:
    """An entity. `cls` is its most specific class, `classes` all of them, the most specific first."""

    iri: str
    cls: str
    classes: tuple[str, ...]
    name: str
    names: tuple[str, ...]
    adcode: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A statement. `values` are its qualifiers by local name, `quotes` and `articles` what it rests on."""

    iri: str
    subject: str
    relation: str
    object: str
    values: Mapping[str, str]
    quotes: tuple[str, ...]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """Entities and statements by IRI, in order; of statements only those between entities."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    qualifiers: tuple[str, ...]


def read_contents(triples: Iterable[Triple], ontology: Ontology) -> Contents:
    by_node: dict[str, Values] = {}
    for triple in triples:
        if isinstance(triple.subject, NamedNode):
            value = str(getattr(triple.object, "value", ""))
            by_node.setdefault(triple.subject.value, {}).setdefault(triple.predicate.value, []).append(value)
    nodes = [node for iri in sorted(by_node) if (node := _read_node(iri, by_node[iri], ontology))]
    known = {node.iri for node in nodes}
    edges = [edge for iri in sorted(by_node) if (edge := _read_edge(iri, by_node, ontology))]
    return Contents(
        nodes=tuple(nodes),
        edges=tuple(edge for edge in edges if {edge.subject, edge.object} <= known),
        qualifiers=(
            *(name for name in ontology.qualifiers() if any(name in edge.values for edge in edges)),
            "confidence",
        ),
    )


def _read_node(iri: str, values: Values, ontology: Ontology) -> Node | None:
    types = {value.removeprefix(KG) for value in values.get(_RDF + "type", ())}
    found = [cls for cls in ontology.classes() if cls in types]
    if not found:
        return None
    classes = sorted(found, key=lambda cls: -len(ontology.ancestors(cls)))
    others = tuple(sorted(values.get(_SKOS + "altLabel", ())))
    name = min(values.get(_SKOS + "prefLabel", ()) or others or (iri,))
    return Node(iri, classes[0], tuple(classes), name, others, "".join(values.get(KG + "adcode", ())[:1]))


def _read_edge(iri: str, by_node: Mapping[str, Values], ontology: Ontology) -> Edge | None:
    values = by_node[iri]
    ends = [min(values.get(_RDF + part, ("",))) for part in ("subject", "predicate", "object")]
    relation = ends[1].removeprefix(KG)
    if not all(ends) or relation not in ontology.relations():
        return None
    evidence = [by_node.get(one, {}) for one in values.get(_DERIVED, ())]
    selectors = [by_node.get(one, {}) for piece in evidence for one in piece.get(_OA + "hasSelector", ())]
    return Edge(
        iri=iri,
        subject=ends[0],
        relation=relation,
        object=ends[2],
        values={
            name: min(values[KG + name]) for name in (*ontology.qualifiers(), "confidence") if values.get(KG + name)
        },
        quotes=_distinct(quote for one in selectors for quote in one.get(_OA + "exact", ())),
        articles=_distinct(article for one in evidence for article in one.get(_OA + "hasSource", ())),
    )


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


def drop_quotes(triples: Sequence[Triple]) -> list[Triple]:
    """Without the articles' text and the quotes from it; offsets and the hash of the text stay."""
    return list(skip_quotes(triples, {one.subject for one in triples if one.predicate.value == _OA + "exact"}))


def skip_quotes(triples: Iterable[Triple], quotes: Container[object]) -> Iterator[Triple]:
    """The same of triples that come one by one, where `quotes` has all selectors that quote."""
    return (
        triple
        for triple in triples
        if triple.subject not in quotes
        and triple.object not in quotes
        and triple.predicate.value != _SCHEMA + "articleBody"
    )
