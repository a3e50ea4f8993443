"""The graph in the syntaxes of RDF. Triples come sorted and stay so."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple

from kg.export.contents import skip_quotes
from kg.export.graphs import find_base, make_quads
from kg.iris import KG, NAMESPACES, Names
from kg.ontology import Ontology
from kg.store import sort_store
from kg.turtle import sort_triples, stream_turtle, write_turtle

_RDF, _RDFS, _SKOS, _XSD = (NAMESPACES[name] for name in ("rdf", "rdfs", "skos", "xsd"))
_PARTS = tuple(NamedNode(_RDF + name) for name in ("subject", "predicate", "object"))
_LABELS = frozenset({_RDFS + "label", _SKOS + "prefLabel", _SKOS + "altLabel"})
_TYPE = _RDF + "type"
_EXACT = NamedNode(NAMESPACES["oa"] + "exact")
_ARTICLE = NamedNode(NAMESPACES["schema"] + "NewsArticle")


def make_turtle(triples: Sequence[Triple], ontology: Ontology) -> bytes:
    return write_turtle(triples, Names(find_base(triples)).prefixes(ontology.classes()))


def stream_store(
    store: Store, ontology: Ontology, *, truthy: bool = False, quotes: bool = True
) -> Iterator[bytes | memoryview]:
    """The Turtle of a store, piece by piece: only the names of its subjects and one piece are in memory."""
    triples: Iterable[Triple] = sort_store(store)
    if not quotes:
        triples = skip_quotes(triples, {quad.subject for quad in store.quads_for_pattern(None, _EXACT, None)})
    articles = store.quads_for_pattern(None, NamedNode(_TYPE), _ARTICLE)
    prefixes = Names(find_base([quad.triple for quad in islice(articles, 1)])).prefixes(ontology.classes())
    return stream_turtle(select_truthy(triples, ontology) if truthy else triples, prefixes)


def select_truthy(triples: Iterable[Triple], ontology: Ontology) -> Iterator[Triple]:
    """Entities with their classes and labels, and the direct triples between them."""
    relations = {KG + name for name in ontology.relations()}
    classes = {KG + name for name in ontology.classes()}
    wanted = relations | {KG + "adcode", _SKOS + "prefLabel", _SKOS + "altLabel"}
    return (
        triple
        for triple in triples
        if triple.predicate.value in wanted
        or (triple.predicate.value == _TYPE and str(getattr(triple.object, "value", "")) in classes)
    )


def make_nquads(triples: Sequence[Triple], ontology: Ontology) -> bytes:  # noqa: ARG001 -- as all exporters
    return _serialize(make_quads(triples), RdfFormat.N_QUADS, {})


def make_trig(triples: Sequence[Triple], ontology: Ontology) -> bytes:
    prefixes = Names(find_base(triples)).prefixes(ontology.classes())
    return _serialize(make_quads(triples), RdfFormat.TRIG, prefixes)


def make_rdf12(triples: Sequence[Triple], ontology: Ontology) -> bytes:
    """Statements as reifiers of a triple term instead of subject, predicate and object; RDF 1.2, read by few so far."""
    ends: dict[object, dict[object, object]] = {}
    for triple in triples:
        if triple.predicate in _PARTS:
            ends.setdefault(triple.subject, {})[triple.predicate] = triple.object
    terms = {node: Triple(*(parts[part] for part in _PARTS)) for node, parts in ends.items() if len(parts) == 3}  # type: ignore[arg-type]
    kept = [one for one in triples if not (one.subject in terms and one.predicate in _PARTS)]
    reifies = NamedNode(_RDF + "reifies")
    added = [Triple(node, reifies, term) for node, term in terms.items() if isinstance(node, NamedNode)]
    return _serialize(
        sort_triples([*kept, *added]), RdfFormat.TURTLE, Names(find_base(triples)).prefixes(ontology.classes())
    )


def _serialize(triples: Sequence[Triple] | Sequence[Quad], format_: RdfFormat, prefixes: dict[str, str]) -> bytes:
    body = pyoxigraph.serialize(triples, format=format_, prefixes=prefixes)
    assert body is not None  # it writes to a file only where it is given one
    return body


def make_context(ontology: Ontology) -> dict[str, object]:
    """What `ontology/context.jsonld` says: prefixes, one term for each relation and qualifier, languages of labels."""
    terms: dict[str, object] = dict(NAMESPACES)
    for name in ontology.relations():
        terms[name] = {"@id": f"kg:{name}", "@type": "@id"}
    for name in ontology.qualifiers():
        terms[name] = f"kg:{name}"
    for label in sorted(_LABELS):
        prefix = "skos" if label.startswith(_SKOS) else "rdfs"
        local = label.rpartition("#")[2]
        terms[local] = {"@id": f"{prefix}:{local}", "@language": "zh"}
    return terms


def format_context(ontology: Ontology) -> bytes:
    return (json.dumps({"@context": make_context(ontology)}, ensure_ascii=False, indent=2) + "\n").encode()


def make_jsonld(triples: Sequence[Triple], ontology: Ontology) -> bytes:
    """One object a subject and line; the context stands in the file, so that nobody has to fetch it."""
    context = make_context(ontology)
    by_iri = {
        _expand(str(one["@id"] if isinstance(one, dict) else one)): name
        for name, one in context.items()
        if name not in NAMESPACES
    }
    nodes: dict[str, dict[str, list[object]]] = {}
    for triple in triples:
        node = nodes.setdefault(_name(triple.subject), {})
        if triple.predicate.value == _TYPE and isinstance(triple.object, NamedNode):
            node.setdefault("@type", []).append(_shorten(triple.object.value))
            continue
        key = by_iri.get(triple.predicate.value) or _shorten(triple.predicate.value)
        node.setdefault(key, []).append(_make_value(triple.object, context.get(key)))
    lines = ",\n".join(json.dumps({"@id": name, **node}, ensure_ascii=False) for name, node in nodes.items())
    head = json.dumps(context, ensure_ascii=False, indent=1)
    return f'{{"@context": {head},\n"@graph": [\n{lines}\n]}}\n'.encode()


def _make_value(term: object, definition: object) -> object:
    rules = definition if isinstance(definition, Mapping) else {}
    if not isinstance(term, Literal):
        return _name(term) if rules.get("@type") == "@id" else {"@id": _name(term)}
    if term.language:
        is_usual = rules.get("@language") == term.language
        return term.value if is_usual else {"@value": term.value, "@language": term.language}
    if term.datatype.value == _XSD + "string":
        return {"@value": term.value} if rules else term.value
    return {"@value": term.value, "@type": _shorten(term.datatype.value)}


def _expand(name: str) -> str:
    prefix, _, local = name.partition(":")
    return NAMESPACES[prefix] + local


def _shorten(iri: str) -> str:
    for prefix, namespace in NAMESPACES.items():
        local = iri.removeprefix(namespace)
        if local != iri and local and not local.startswith("/"):
            return f"{prefix}:{local}"
    return iri


def _name(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)
