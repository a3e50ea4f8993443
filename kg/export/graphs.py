"""Which named graph a triple belongs to: that of the one article that it rests on, or the one that all share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pyoxigraph import NamedNode, Quad, Triple

from kg.iris import DEFAULT_BASE, NAMESPACES

_OA = NAMESPACES["oa"]
_DERIVED = NAMESPACES["prov"] + "wasDerivedFrom"
_ARTICLE = NAMESPACES["schema"] + "NewsArticle"


def split_by_article(triples: Sequence[Triple]) -> dict[NamedNode, list[Triple]]:
    """Named graph → its triples, in the order given; the graph of an article has the article's own IRI.

    An article's graph has the article and the evidence and facts that rest on it alone. Entities, direct triples and
    what several articles say are in the shared graph. All graphs together are `triples`.
    """
    owners = _find_owners(triples)
    shared = NamedNode(find_base(triples) + "graph/shared")
    graphs: dict[NamedNode, list[Triple]] = defaultdict(list)
    for triple in triples:
        owning = owners.get(triple.subject, ()) if isinstance(triple.subject, NamedNode) else ()
        graphs[next(iter(owning)) if len(owning) == 1 else shared].append(triple)
    return {graph: graphs[graph] for graph in sorted(graphs, key=lambda graph: graph.value)}


def _find_owners(triples: Sequence[Triple]) -> dict[NamedNode, set[NamedNode]]:
    owners: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    links: dict[str, list[tuple[NamedNode, NamedNode]]] = defaultdict(list)
    for triple in triples:
        name, subject, value = triple.predicate.value, triple.subject, triple.object
        if not isinstance(subject, NamedNode) or not isinstance(value, NamedNode):
            continue
        if value.value == _ARTICLE:
            owners[subject].add(subject)
        elif name in (_OA + "hasSource", _OA + "hasSelector", _DERIVED):
            links[name].append((subject, value))
    for evidence, article in links[_OA + "hasSource"]:
        owners[evidence].add(article)
    for evidence, selector in links[_OA + "hasSelector"]:
        owners[selector] |= owners[evidence]
    for fact, evidence in links[_DERIVED]:
        owners[fact] |= owners[evidence]
    return owners


def find_base(triples: Sequence[Triple]) -> str:
    """The publisher's base, from the IRI of an article; ours where there is none."""
    for triple in triples:
        if isinstance(triple.object, NamedNode) and triple.object.value == _ARTICLE:
            before, found, _ = str(getattr(triple.subject, "value", "")).rpartition("article/")
            if found:
                return before
    return DEFAULT_BASE


def make_quads(triples: Sequence[Triple]) -> list[Quad]:
    graphs = split_by_article(triples)
    return [Quad(one.subject, one.predicate, one.object, graph) for graph, inner in graphs.items() for one in inner]
