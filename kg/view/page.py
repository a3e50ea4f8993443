"""The page: pyvis generates it from our own template, with everything that it needs inside the one file.

Text from the graph reaches the page as JSON in elements that no browser runs, and becomes text nodes there. The content
security policy lets nothing run but the scripts whose digests it names.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import networkx as nx
import pyvis
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from pyvis.network import Network

from kg.errors import OutputError
from kg.ontology import Ontology
from kg.view.communities import Community
from kg.view.contents import Contents, Fact, Node, Quote, Source
from kg.view.search import find_keys
from kg.view.stress import Point

_FOLDER = Path(__file__).parent
_VIS = Path(pyvis.__file__).parent / "templates/lib/vis-9.1.2/vis-network.min.js"
_DRAWING = ("symbols", "lines", "labels", "draw")
_WRITING = ("elements", "words", "values", "panel", "table", "reading")
_CHOOSING = ("model", "filters", "explore", "fold", "search", "keys", "address", "work")
_SCRIPTS = tuple(f"{name}.js" for name in (*_DRAWING, *_WRITING, *_CHOOSING, "view"))

_SYMBOLS = ("hexagon", "circle", "square", "wedge", "pentagon", "cross", "spark", "triangle", "diamond", "star")
"""Shapes that draw.js knows, handed to the classes in turn. Kinds of one class share a colour, never a shape."""

_OPTIONS: dict[str, object] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": False, "selectConnectedEdges": False},
}
"""Of vis-network: the picture stands still, and what the pointer is on is found by draw.js."""

SUMMARY_FROM = 2000
"""With more nodes, the page opens on a summary (fold.js)."""

_LEAST_MEMBERS, _FEW, _MANY = 4, 24, 60
"""The communities that a reader may choose among have so many members; so many are named, or so many in a summary."""

_LINK = re.compile(r"https?://", re.IGNORECASE)


def make_page(
    contents: Contents,
    network: nx.MultiDiGraph,
    places: Mapping[int, Point],
    communities: Sequence[Community],
    *,
    ontology: Ontology,
    title: str,
    whole: Mapping[str, int] | None = None,
) -> str:
    """The HTML of the view, the same for the same arguments. `whole` counts the nodes and facts that a part is of."""
    net = Network(directed=True, cdn_resources="in_line", heading=title)
    net.nodes = [_draw_node(network, number, node, places[number]) for number, node in enumerate(contents.nodes)]
    net.edges = [_draw_edge(network, number, fact, ontology) for number, fact in enumerate(contents.facts)]
    net.options = _OPTIONS
    net.path = "template.html.j2"
    net.templateEnv = _make_environment(_describe(contents, communities, ontology, whole))
    html: str = net.generate_html()
    return html


def _draw_node(network: nx.MultiDiGraph, number: int, node: Node, place: Point) -> dict[str, object]:
    looks = network.nodes[number]["looks"]
    x, y = map(int, place)
    return {"id": number, "label": looks.label, "group": node.cls, "x": x, "y": y, "size": looks.radius}


def _draw_edge(network: nx.MultiDiGraph, number: int, fact: Fact, ontology: Ontology) -> dict[str, object]:
    bend = network.edges[fact.subject, fact.object, number]["bend"]
    edge: dict[str, object] = {"id": number, "from": fact.subject, "to": fact.object}
    if not _is_symmetric(fact.relation, ontology):
        edge["arrows"] = "to"
    if bend:
        turn = "curvedCW" if bend > 0 else "curvedCCW"
        edge["smooth"] = {"enabled": True, "type": turn, "roundness": abs(bend)}
    return edge


def _is_symmetric(relation: str, ontology: Ontology) -> bool:
    return relation in ontology.relations() and ontology.relation(relation).symmetric


def _make_environment(contents: object) -> Environment:
    vis = _VIS.read_text(encoding="utf-8") if _VIS.is_file() else ""
    if not vis:
        raise OutputError("is missing; install pyvis 0.3.2, whose vis-network the view carries", path=_VIS)
    css = _read("view.css")
    scripts = [re.sub(r"(?m)^//# sourceMappingURL=.*$", "", vis), "\n".join(_read(name) for name in _SCRIPTS)]
    environment = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True)
    environment.filters["script_json"] = script_json
    environment.filters["options_json"] = lambda text: script_json(json.loads(text))
    environment.globals.update(
        css=_inline(css),
        scripts=[_inline(script) for script in scripts],
        script_digests=" ".join(_digest(script) for script in scripts),
        style_digests=_digest(css),
        contents=contents,
        interface=json.loads(_read("interface.json")),
    )
    return environment


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _inline(text: str) -> Markup:
    """Our own sources as they are: escaping would change them, and their digests with them."""
    if re.search(r"</(script|style)|<!--", text, re.IGNORECASE):
        raise OutputError("a script or style of the view would end its own element")
    return Markup(text)


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def script_json(data: object) -> Markup:
    """JSON for a <script> element: no character in it can end the element or open a comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(re.sub("[<>&\u2028\u2029\ud800-\udfff]", lambda match: f"\\u{ord(match[0]):04x}", text))


def _describe(
    contents: Contents, communities: Sequence[Community], ontology: Ontology, whole: Mapping[str, int] | None
) -> dict[str, object]:
    """What the scripts read; empty fields are left out."""
    named = [one for one in communities if one.size >= _LEAST_MEMBERS and one.members]
    named = named[: _FEW if len(contents.nodes) <= SUMMARY_FROM else _MANY]
    group_of = {node: number for number, one in enumerate(named) for node in one.members}
    return {
        "terms": {name: [term.label_zh, term.label_en] for name, term in sorted(ontology.terms.items())},
        "classes": _describe_classes(contents, ontology),
        "relations": _describe_relations(contents, ontology),
        "qualifiers": list(ontology.qualifiers()),
        "communities": [{"key": contents.nodes[one.lead].iri, "lead": one.lead, "size": one.size} for one in named],
        "whole": whole,
        "nodes": [_describe_node(node, group_of.get(number)) for number, node in enumerate(contents.nodes)],
        "facts": [_describe_fact(fact) for fact in contents.facts],
        "figures": [
            _filled(
                iri=figure.iri,
                of=figure.of,
                qualifiers=dict(figure.qualifiers),
                confidence=figure.confidence,
                quotes=[_describe_quote(quote) for quote in figure.quotes],
            )
            for figure in contents.figures
        ],
        "sources": [_describe_source(source) for source in contents.sources],
    }


def _filled(**fields: object) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value not in ("", (), [], {})}


def _describe_classes(contents: Contents, ontology: Ontology) -> list[dict[str, object]]:
    """The classes that occur, in the order of the ontology, each with the symbol and the hue that it always has."""
    used = {node.cls for node in contents.nodes}
    heads = {cls: _head_of(cls, ontology) for cls in ontology.classes() if not ontology.is_abstract(cls)}
    hues = list(dict.fromkeys(heads.values()))
    looks = [
        {"name": cls, "symbol": _SYMBOLS[number % len(_SYMBOLS)], "hue": hues.index(head)}
        for number, (cls, head) in enumerate(heads.items())
    ]
    return [one for one in looks if one["name"] in used]


def _head_of(cls: str, ontology: Ontology) -> str:
    """The outermost class above this one that is no mere abstraction."""
    above = [one for one in ontology.ancestors(cls) if not ontology.is_abstract(one)]
    return above[-1] if above else cls


def _describe_relations(contents: Contents, ontology: Ontology) -> list[dict[str, object]]:
    used = {fact.relation for fact in contents.facts}
    known = [name for name in ontology.relations() if name in used]
    return [{"name": name, "symmetric": _is_symmetric(name, ontology)} for name in [*known, *sorted(used - set(known))]]


def _describe_node(node: Node, community: int | None) -> dict[str, object]:
    return _filled(
        iri=node.iri,
        name=node.name,
        names=node.names,
        cls=node.cls,
        adcode=node.adcode,
        community="" if community is None else community,
        keys=find_keys((node.name, *node.names)),
        links=[link for link in node.links if _LINK.match(link)],
    )


def _describe_fact(fact: Fact) -> dict[str, object]:
    return _filled(
        iri=fact.iri,
        s=fact.subject,
        p=fact.relation,
        o=fact.object,
        qualifiers=dict(fact.qualifiers),
        confidence=fact.confidence,
        quotes=[_describe_quote(quote) for quote in fact.quotes],
        attributed=fact.attributed,
    )


def _describe_quote(quote: Quote) -> dict[str, object]:
    return {
        "article": quote.article,
        "span": [quote.first, quote.start, quote.end, quote.last],
        "text": quote.text,
        "rule": quote.rule,
        "confidence": quote.confidence,
        **_filled(regions=quote.regions),
    }


def _describe_source(source: Source) -> dict[str, object]:
    return _filled(
        iri=source.iri,
        headline=source.headline,
        kickers=source.kickers,
        date=source.date,
        authors=source.authors,
        paper=source.paper,
        section=source.section,
        body=source.body,
    )
