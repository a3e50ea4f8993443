"""The network view: a graph in the store becomes one HTML file that works offline.

store → contents (what is shown) → network (networkx) → layout (positions) → page (pyvis, template). The page's own
sources lie beside this: template.html.j2, view.css, interface.json, and draw.js, panel.js, view.js in that order.
"""

from __future__ import annotations

from pyoxigraph import Store

from kg.ontology import Ontology
from kg.view.contents import read_contents
from kg.view.layout import place_nodes
from kg.view.network import make_network
from kg.view.page import make_page

__all__ = ["make_view"]


def make_view(store: Store, *, ontology: Ontology, title: str) -> str:
    """The whole page as HTML, to be written as UTF-8. The same graph gives the same text."""
    contents = read_contents(store, ontology)
    network = make_network(contents)
    return make_page(contents, network, place_nodes(network), ontology=ontology, title=title)
