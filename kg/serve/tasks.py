"""What a worker does with the graph: answer a query in the form that was asked for, or describe one thing.

Takes a task as a message, gives the head of the answer (`status`, `type`, `reason`) and its bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat, Store, Triple

from kg.errors import QueryError
from kg.iris import NAMESPACES
from kg.query import Dataset, Result, TooManyRowsError, run_query
from kg.results import FORMATS, format_csv
from kg.serve import pages
from kg.serve.network import draw_part, find_around, find_between
from kg.serve.network_page import render_network
from kg.serve.protocol import choose_type

_TABLES = MappingProxyType(
    {
        "application/sparql-results+json": "json",
        "application/sparql-results+xml": "xml",
        "text/csv": "csv",
        "text/tab-separated-values": "tsv",
        "application/json": "json",
        "application/xml": "xml",
        "text/xml": "xml",
    }
)
GRAPHS: Mapping[str, RdfFormat] = MappingProxyType(
    {
        "text/turtle": RdfFormat.TURTLE,
        "application/ld+json": RdfFormat.JSON_LD,
        "application/n-triples": RdfFormat.N_TRIPLES,
        "application/rdf+xml": RdfFormat.RDF_XML,
    }
)
PAGES = ("text/html", *GRAPHS)
Answer = tuple[dict[str, object], bytes]


def run_task(store: Store, task: Mapping[str, object]) -> Answer:
    """Whatever a task asks for; a query that cannot be answered gives a status and the reason."""
    if "network" in task:
        return _show_network(store, _strings(task["network"]))
    if "draw" in task:
        return _draw(store, _strings(task["draw"]))
    return _describe(store, task) if "iris" in task else _query(store, task)


def _query(store: Store, task: Mapping[str, object]) -> Answer:
    dataset = Dataset(_strings(task["default"]), _strings(task["named"])) if task.get("default") is not None else None
    try:
        result = run_query(store, str(task["query"]), dataset=dataset, max_rows=int(str(task["rows"])))
    except TooManyRowsError as error:
        return {"status": 422, "reason": error.message}, b""
    except QueryError as error:
        return {"status": 400, "reason": error.message}, b""
    offers = list(GRAPHS if result.triples is not None else _TABLES)
    type_ = choose_type(str(task["accept"]), offers)
    if type_ is None:
        return {"status": 406, "reason": f"such an answer can be had as {', '.join(offers)}"}, b""
    return {"status": 200, "type": type_}, _write(result, type_)


def _strings(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _write(result: Result, type_: str) -> bytes:
    if result.triples is not None:
        return write_graph(result.triples, type_)
    name = _TABLES[type_]
    return (format_csv(result) if name == "csv" else FORMATS[name](result)).encode("utf-8", "replace")


def write_graph(triples: tuple[Triple, ...], type_: str) -> bytes:
    """Triples in one of the forms of GRAPHS."""
    format_ = GRAPHS[type_]
    prefixes = None if format_ == RdfFormat.N_TRIPLES else NAMESPACES
    return pyoxigraph.serialize(triples, format=format_, prefixes=prefixes) or b""


def _describe(store: Store, task: Mapping[str, object]) -> Answer:
    """The first of the IRIs that the graph knows."""
    for text in _strings(task["iris"]):
        iri = _make_iri(text)
        if iri is None or next(iter(store.quads_for_pattern(iri, None, None, None)), None) is None:
            continue
        if chosen := pages.find_replacement(store, iri):
            return {"status": 301, "location": pages.local_path(chosen.value)}, b""
        type_ = choose_type(str(task["accept"]), PAGES)
        if type_ is None:
            return {"status": 406, "reason": f"this can be had as {', '.join(PAGES)}"}, b""
        if type_ == "text/html":
            return {"status": 200, "type": type_}, pages.render_page(store, iri, _strings(task["origins"])).encode()
        return {"status": 200, "type": type_}, write_graph(pages.describe(store, iri), type_)
    return {"status": 404, "reason": "the graph says nothing about this address"}, b""


def _show_network(store: Store, words: list[str]) -> Answer:
    """The page around the drawing, for what a reader typed or chose: nothing, one thing, or two."""
    return {"status": 200, "type": "text/html"}, render_network(store, words).encode()


def _draw(store: Store, words: list[str]) -> Answer:
    """The drawing of what is around one thing, or between two."""
    things = [thing for word in words if (thing := _make_iri(word))]
    chosen = find_between(store, things[0], things[1]) if len(things) == 2 else find_around(store, things)
    if not chosen:
        return {"status": 404, "reason": "no chain of facts joins the two"}, b""
    return {"status": 200, "type": "text/html"}, draw_part(store, chosen).encode()


def _make_iri(text: str) -> NamedNode | None:
    try:
        return NamedNode(text)
    except ValueError:
        return None


def find_origins(store: Store) -> list[str]:
    """Scheme and host of the IRIs of what has a name, so that a path of this server leads to an IRI."""
    named = store.quads_for_pattern(None, NamedNode(f"{NAMESPACES['skos']}prefLabel"), None, None)
    parts = {urlsplit(quad.subject.value)[:2] for quad in named if isinstance(quad.subject, NamedNode)}
    return sorted(f"{scheme}://{host}" for scheme, host in parts if scheme in {"http", "https"})
