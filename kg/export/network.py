"""GraphML and GEXF, for Gephi, yEd, igraph and their like: entities and, between them, one edge for each statement."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import networkx as nx

from kg.export.contents import Contents

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NUMBERS: dict[str, Callable[[str], float]] = {"confidence": float, "position": int}


def make_network(contents: Contents) -> nx.MultiDiGraph:
    """Nodes by IRI; what is planned or denied is there too, its `modality` says so."""
    network = nx.MultiDiGraph()
    for node in contents.nodes:
        others = "；".join(node.names)
        network.add_node(node.iri, label=_clean(node.name), cls=node.cls, names=_clean(others), adcode=node.adcode)
    for edge in contents.edges:
        values = {name: _read_value(name, edge.values[name]) for name in contents.qualifiers if name in edge.values}
        quotes, articles = _clean("\n".join(edge.quotes)), "\n".join(edge.articles)
        network.add_edge(
            edge.subject, edge.object, key=edge.iri, relation=edge.relation, **values, quotes=quotes, articles=articles
        )
    return network


def _read_value(name: str, text: str) -> str | float:
    try:
        return _NUMBERS[name](text) if name in _NUMBERS else _clean(text)
    except ValueError:
        return 0


def _clean(text: str) -> str:
    """Without characters that XML 1.0 cannot have."""
    return _NOT_IN_XML.sub("", text)


def make_graphml(contents: Contents) -> bytes:
    out = BytesIO()
    nx.write_graphml_xml(make_network(contents), out, edge_id_from_attribute=None, named_key_ids=True)
    return out.getvalue()


def make_gexf(contents: Contents) -> bytes:
    """Without the date of today, which networkx writes: the same graph gives the same bytes."""
    text = "\n".join(nx.generate_gexf(make_network(contents), version="1.2draft"))
    return re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1).encode() + b"\n"
