"""Is a graph what the ontology and its shapes say? Takes triples, gives violations; each names the statement and quote.

pySHACL does most of it, over batches of nodes so that memory does not grow with the graph; `kg.checks` does the rest.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

import pyshacl
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, Store, Triple
from rdflib import RDF, SH, XSD, Graph, URIRef
from rdflib.term import Node

from kg import checks
from kg.checks import OA, PROV, TYPE, Finding, Resource
from kg.iris import KG
from kg.ontology import load_ontology
from kg.shapes import join_messages, load_shapes, path_name

_BATCH = 5000
_BLANK = "[]"
_STRING = NamedNode(str(XSD.string))
_RECORDS = frozenset({KG + "Statement", KG + "Observation"})
_ENDS = (str(RDF.subject), str(RDF.object), KG + "about", KG + "of", KG + "dimensionEntity")
# Stands for all datatypes that no shape asks for: rdflib would parse markup, and warn of booleans.
_OTHER_TYPE = URIRef("urn:x-other-datatype")

# A statement or observation and, where only one is meant, the piece of its evidence.
Source = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Violation:
    """Something wrong at `focus`, in what `path` (`kg:amount`) says; `message` is Chinese and English.

    `statement` and `quote` lead to the words that the wrong thing comes from, where there are any.
    """

    focus: str
    path: str
    message: str
    value: str = ""
    statement: str | None = None
    quote: str | None = None

    def __str__(self) -> str:
        where = f"{self.focus} {self.path}".strip()
        value = f" ({self.value[:80]})" if self.value else ""
        source = f"\n  {self.statement}: “{self.quote or ''}”" if self.statement else ""
        return f"{where}: {self.message}{value}{source}"


def validate(graph: Store | Iterable[Triple | Quad], *, batch: int = _BATCH) -> tuple[Violation, ...]:
    """All violations, sorted. A batch is that many nodes with their triples; only its time and memory depend on it."""
    store = graph if isinstance(graph, Store) else _make_store(graph)
    ontology = load_ontology()
    with _quiet_rdflib():
        findings = set(_find_in_batches(store, batch))
    findings.update(checks.check_direct_triples(store, ontology), checks.check_quotes(store))
    findings.update(checks.check_hierarchies(store), checks.check_orphans(store))
    violations = {violation for finding in findings for violation in _trace(store, finding)}
    return tuple(sorted(violations, key=lambda one: (one.focus, one.path, one.message, one.value, one.statement or "")))


def _make_store(triples: Iterable[Triple | Quad]) -> Store:
    store = Store()
    store.bulk_extend(one if isinstance(one, Quad) else Quad(one.subject, one.predicate, one.object) for one in triples)
    return store


def _find_in_batches(store: Store, size: int) -> Iterator[Finding]:
    """Every node is looked at once: by itself first, then with the classes of what it points to."""
    ontology, shapes = load_ontology(), load_shapes()
    for nodes in _batches(store, size):
        graph, neighbours = Graph(), dict[NamedNode, None]()
        iris: dict[str, URIRef] = {}
        for node in nodes:
            quads = list(store.quads_for_pattern(node, None, None))
            yield from checks.check_node(node, quads, ontology)
            yield from checks.check_orders(node, quads, shapes.orders)
            _add_quads(graph, quads, iris)
            neighbours |= {quad.object: None for quad in quads if isinstance(quad.object, NamedNode)}
        yield from _find_by_shapes(graph, shapes.nodes, shapes.ontology)
        for node in neighbours:
            _add_quads(graph, store.quads_for_pattern(node, TYPE, None), iris)
        yield from _find_by_shapes(graph, shapes.links, shapes.ontology)


def _batches(store: Store, size: int) -> Iterator[list[Resource]]:
    solutions = store.query("SELECT DISTINCT ?node WHERE { ?node ?p ?o }", use_default_graph_as_union=True)
    assert isinstance(solutions, QuerySolutions)
    nodes = (solution["node"] for solution in solutions)
    while batch := [node for node in islice(nodes, size) if isinstance(node, NamedNode | BlankNode)]:
        yield batch


def _find_by_shapes(graph: Graph, shapes: Graph, ontology: Graph) -> Iterator[Finding]:
    """Without inference, and with the ontology: without it pySHACL overlooks instances of subclasses."""
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, ont_graph=ontology, inference="none", inplace=True)
    assert isinstance(report, Graph)
    for result in report.objects(None, SH.result):
        path, value = report.value(result, SH.resultPath), report.value(result, SH.value)
        yield Finding(
            focus=_name(report.value(result, SH.focusNode)),
            path=path_name(shapes, path) if path else "",
            message=join_messages(report.objects(result, SH.resultMessage)),
            value=_name(value) if value else "",
        )


def _name(node: Node | None) -> str:
    return _BLANK if isinstance(node, rdflib.BNode) else str(node)


def _add_quads(graph: Graph, quads: Iterable[Quad], iris: dict[str, URIRef]) -> None:
    for quad in quads:
        graph.add((_convert(quad.subject, iris), _convert(quad.predicate, iris), _convert(quad.object, iris)))


def _convert(term: Resource | Literal | Triple, iris: dict[str, URIRef]) -> Node:
    """An Oxigraph term as rdflib's. `iris` remembers IRIs, which rdflib checks whenever it makes one."""
    if isinstance(term, NamedNode):
        return iris.get(term.value) or iris.setdefault(term.value, URIRef(term.value))
    if not isinstance(term, Literal):
        return rdflib.BNode(term.value if isinstance(term, BlankNode) else None)
    if term.language or term.datatype == _STRING:
        return rdflib.Literal(term.value, lang=term.language)
    known = term.datatype.value in load_shapes().datatypes
    datatype = URIRef(term.datatype.value) if known else _OTHER_TYPE
    return rdflib.Literal(term.value, datatype=datatype, normalize=False)


def _trace(store: Store, finding: Finding) -> Iterator[Violation]:
    """The finding once for each statement that it concerns, or once without any."""
    path = path_name(load_shapes().nodes, URIRef(finding.path)) if finding.path.startswith("http") else finding.path
    sources: Sequence[Source | tuple[None, None]] = _find_sources(store, finding, path) or [(None, None)]
    for statement, evidence in sources:
        focus = statement if statement and finding.focus.startswith(KG) else finding.focus
        quote = _find_quote(store, statement, evidence) if statement else None
        yield Violation(focus, path, finding.message, finding.value, statement, quote)


def _find_sources(store: Store, finding: Finding, path: str) -> Sequence[Source]:
    """Statements or observations that a finding concerns, each with the piece of evidence, if it is about one."""
    for name in (finding.focus, finding.value):
        if not _RECORDS.isdisjoint(_read_types(store, name)):
            return [(name, None)]
    if finding.focus.startswith(KG):
        end = RDF.subject if path == "rdf:subject" else RDF.object
        return [
            (one, None) for one in _stating(store, RDF.predicate, finding.focus) & _stating(store, end, finding.value)
        ]
    evidence = _stating(store, OA + "hasSelector", finding.focus) or {finding.focus}
    derived: list[Source] = [
        (one, piece) for piece in evidence for one in _stating(store, PROV + "wasDerivedFrom", piece)
    ]
    return derived or [(one, None) for one in _mentioning(store, finding, path)]


def _mentioning(store: Store, finding: Finding, path: str) -> list[str]:
    """One statement about an entity: the one with the same relation and other end, if there is one."""
    about, other = ({one for end in _ENDS for one in _stating(store, end, x)} for x in (finding.focus, finding.value))
    related = _stating(store, RDF.predicate, KG + path.removeprefix("kg:"))
    return sorted(about, key=lambda one: (one not in other & related, one not in other, one))[:1]


def _read_types(store: Store, name: str) -> list[str]:
    return checks.read_values(store, NamedNode(name), TYPE.value) if _is_iri(name) else []


def _stating(store: Store, predicate: str, value: str) -> set[str]:
    """The IRIs of all nodes that have this IRI as a value of `predicate`."""
    if not _is_iri(value):
        return set()
    quads = store.quads_for_pattern(None, NamedNode(predicate), NamedNode(value))
    return {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def _find_quote(store: Store, statement: str, evidence: str | None) -> str | None:
    pieces = [evidence] if evidence else checks.read_values(store, NamedNode(statement), PROV + "wasDerivedFrom")
    nodes = (NamedNode(piece) for piece in pieces if _is_iri(piece))
    quotes = (quote for node in nodes for quote in checks.read_selected(store, node, "exact"))
    return next(quotes, None)


@contextmanager
def _quiet_rdflib() -> Iterator[None]:
    """rdflib logs a traceback for every literal that is not what its datatype says; shapes report those."""
    logger = logging.getLogger("rdflib.term")
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before
