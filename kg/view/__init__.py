"""The network view: a graph in the store becomes one HTML file that works offline.

store → contents (what is shown) → scope (a part of it) → network (networkx) → layout (positions) → page (pyvis,
template). The page's own sources lie beside this: template.html.j2, view.css, interface.json, and the scripts, in the
order of page._SCRIPTS.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from networkx import MultiDiGraph
from pyoxigraph import RdfFormat, Store
from rdflib import Graph

from kg.errors import QueryError
from kg.ontology import Ontology, load_ontology
from kg.store import open_store
from kg.view.communities import Community, group_nodes, keep_members
from kg.view.contents import Contents, read_contents
from kg.view.foreign import read_foreign
from kg.view.layout import place_nodes
from kg.view.network import make_network
from kg.view.notebook import Shown
from kg.view.page import SUMMARY_FROM, make_page
from kg.view.scope import around, find_nodes, keep_nodes, most_linked, named_by_query

__all__ = ["MOST_BYTES", "View", "lay_out", "make_view", "select_contents", "show"]

MOST_BYTES = 10_000_000
"""A page that would be larger shows only the entities with most links."""

_MOST_NODES, _TOP, _LEAST = 20_000, 4000, 100


@dataclass(frozen=True, slots=True)
class View:
    """A page as HTML; how many entities it shows of how many it was to show."""

    html: str
    shown: int
    whole: int


def make_view(
    store: Store,
    *,
    ontology: Ontology,
    title: str,
    focus: str | None = None,
    depth: int = 2,
    query: str | None = None,
    top: int | None = None,
) -> str:
    """The whole page as HTML, to be written as UTF-8. The same graph gives the same text.

    `focus` names an entity and `query` is SPARQL that names some: what is at most `depth` facts around them is shown,
    of that the `top` entities with most links. A page beyond MOST_BYTES shows fewer and says so.
    Raises QueryError for a focus that no entity is called by, and for a query that fails or names nothing.
    """
    contents = select_contents(store, ontology, focus=focus, depth=depth, query=query, top=top)
    return lay_out(contents, ontology=ontology, title=title).html


def lay_out(contents: Contents, *, ontology: Ontology, title: str) -> View:
    """The page of these contents, or of those of their entities with most links that MOST_BYTES have room for."""
    network = make_network(contents)
    communities = group_nodes(network)
    shown = whole = len(contents.nodes)
    html = "" if whole > _MOST_NODES else _make_html(contents, network, communities, ontology, title)
    limit = min(_TOP, whole // 2 if html else whole)
    while not html or (len(html.encode()) > MOST_BYTES and limit > _LEAST):
        kept = most_linked(contents, limit)
        part = keep_nodes(contents, kept)
        left = {"nodes": whole, "facts": len(contents.facts)}
        drawn = make_network(part)
        html = _make_html(part, drawn, keep_members(communities, kept, drawn), ontology, title, left)
        shown, limit = len(kept), limit // 2
    return View(html, shown, whole)


def _make_html(
    contents: Contents,
    network: MultiDiGraph,
    communities: list[Community],
    ontology: Ontology,
    title: str,
    whole: dict[str, int] | None = None,
) -> str:
    groups = [one.members for one in communities] if len(contents.nodes) > SUMMARY_FROM else []
    places = place_nodes(network, groups)
    return make_page(contents, network, places, communities, ontology=ontology, title=title, whole=whole)


def show(graph: Store | Graph | Path | str, *, height: int = 720, focus: str | None = None, depth: int = 2) -> Shown:
    """The view of a store, an rdflib graph or a file, for the last line of a notebook's cell.

    >>> show("build/graph.ttl", focus="惠科")    # doctest: +SKIP
    """
    title = graph.rpartition("/")[2] if isinstance(graph, str) else "区域经济关系网络"
    page = make_view(_store_of(graph), ontology=load_ontology(), title=title, focus=focus, depth=depth)
    return Shown(page, height)


def _store_of(graph: Store | Graph | Path | str) -> Store:
    if isinstance(graph, Store):
        return graph
    if isinstance(graph, (Path, str)):
        return open_store(Path(graph))
    store = Store()
    store.bulk_load(input=graph.serialize(format="nt", encoding="utf-8"), format=RdfFormat.N_TRIPLES)
    return store


def select_contents(
    store: Store,
    ontology: Ontology,
    *,
    focus: str | None = None,
    depth: int = 2,
    query: str | None = None,
    top: int | None = None,
) -> Contents:
    """What make_view shows for these arguments. Of a graph that the ontology knows nothing of, every link."""
    contents = read_contents(store, ontology)
    if not contents.nodes:
        contents = read_foreign(store)
    starts: set[int] = set()
    if focus is not None:
        starts |= set(find_nodes(contents, focus))
        if not starts:
            raise QueryError(f"no entity of the graph is called {focus!r}")
    if query is not None:
        starts |= named_by_query(store, contents, query)
    if starts:
        contents = keep_nodes(contents, around(contents, starts, depth if focus is not None else 0))
    return contents if top is None else keep_nodes(contents, most_linked(contents, top))
