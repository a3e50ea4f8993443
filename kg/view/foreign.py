"""What a view shows of RDF that is not ours: every link between two things, named by their labels, else their IRIs."""

from __future__ import annotations

from urllib.parse import unquote

from pyoxigraph import BlankNode, NamedNode, Store

from kg.iris import NAMESPACES
from kg.view.contents import Contents, Fact, Node

_NAMES = (
    NAMESPACES["skos"] + "prefLabel",
    NAMESPACES["rdfs"] + "label",
    NAMESPACES["schema"] + "name",
    "http://schema.org/name",
    "http://xmlns.com/foaf/0.1/name",
    "http://purl.org/dc/terms/title",
    "http://purl.org/dc/elements/1.1/title",
)
_TYPE = NAMESPACES["rdf"] + "type"


def read_foreign(store: Store) -> Contents:
    """Nodes are the subjects, and the objects that are no literals and no classes; facts are the triples between."""
    names: dict[str, dict[str, None]] = {}
    ends: set[str] = set()
    links = []
    for quad in store:
        subject, relation = _name_of(quad.subject), quad.predicate.value
        if subject is None or relation == _TYPE:
            continue
        ends.add(subject)
        object_ = _name_of(quad.object)
        if object_ is not None:
            ends.add(object_)
            links.append((subject, relation, object_))
    for relation in _NAMES:
        for quad in sorted(store.quads_for_pattern(None, NamedNode(relation), None, None), key=str):
            subject = _name_of(quad.subject)
            if subject is not None and _name_of(quad.object) is None:
                names.setdefault(subject, {})[getattr(quad.object, "value", "")] = None
    nodes = tuple(_make_node(iri, list(names.get(iri, ()))) for iri in sorted(ends))
    place = {node.iri: number for number, node in enumerate(nodes)}
    facts = (Fact("", place[s], p, place[o], {}, "", (), ()) for s, p, o in sorted(set(links)))
    return Contents(nodes, tuple(facts), (), ())


def _name_of(term: object) -> str | None:
    if isinstance(term, NamedNode):
        return term.value
    return str(term) if isinstance(term, BlankNode) else None


def _make_node(iri: str, names: list[str]) -> Node:
    short = unquote(iri.rstrip("/#").replace("#", "/").rpartition("/")[2]) or iri
    name, *others = [one for one in names if one.strip()] or [short]
    return Node(iri, name, tuple(others), "", (), "")
