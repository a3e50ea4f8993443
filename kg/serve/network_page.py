"""The page around the drawings of the network: search, what is around a thing, the way from one to another.

Everything that was typed or comes from the graph is escaped. The drawing is a page of its own within this one.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from markupsafe import Markup
from pyoxigraph import NamedNode, Store

from kg.serve.network import MOST_NODES, MOST_STEPS, find_around, find_between, find_things
from kg.serve.pages import local_path, name_of

_PAGE = Markup("""<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><title>网络 / Network</title><style>
body{{font:16px/1.5 system-ui,sans-serif;margin:0;display:flex;flex-direction:column;height:100vh;color:#222}}
header{{padding:.6rem 1rem;border-bottom:1px solid #ccc}}form,p,ul{{margin:.2rem 0}}
input{{font:inherit;width:16rem}}iframe{{border:0;flex:1}}
</style></head><body><header><form action="/network">
<label>从 / from <input name="from" value="{start}"></label> <label>到 / to <input name="to" value="{end}"></label>
<button>显示 / show</button> <a href="/">SPARQL</a></form>{said}</header>{drawing}</body></html>
""")


def render_network(store: Store, words: Sequence[str]) -> str:
    """`words` are none, one or two names or IRIs. A name that several things have gives the choice between them."""
    words = [word.strip() for word in words if word.strip()][:2]
    found = [_find(store, word) for word in words]
    start, end = ([*words, "", ""])[:2]
    chosen = [things[0][0] for things in found if len(things) == 1]
    ready = bool(words) and len(chosen) == len(words)
    shown = _choose_nodes(store, chosen) if ready else ()
    said = _describe(store, chosen, shown) if ready else _offer(words, found)
    drawing = Markup('<iframe title="网络" src="/network/drawing?{}"></iframe>').format(
        urlencode([("thing", iri) for iri in chosen])
    )
    return str(_PAGE.format(start=start, end=end, said=said, drawing=drawing if shown else ""))


def _find(store: Store, word: str) -> tuple[tuple[str, str], ...]:
    """What is called by exactly that, or by something with it; an IRI is itself."""
    try:
        node = NamedNode(word)
    except ValueError:
        node = None
    if node is not None and next(iter(store.quads_for_pattern(node, None, None, None)), None):
        return ((node.value, name_of(store, node)),)
    found = find_things(store, word)
    exact = tuple(one for one in found if one[1] == word)
    return exact or found


def _offer(words: Sequence[str], found: Sequence[Sequence[tuple[str, str]]]) -> Markup:
    """The things that each word may mean, as links that keep the other word."""
    lists = []
    for place, (word, things) in enumerate(zip(words, found, strict=True)):
        if len(things) == 1:
            continue
        if not things:
            lists.append(Markup("<p>没有这个名称 / nothing is called {}</p>").format(word))
        items = (
            Markup('<li><a href="/network?{}">{}</a></li>').format(_choose(words, place, iri), name)
            for iri, name in things
        )
        lists.append(Markup("<ul>{}</ul>").format(Markup("").join(items)))
    return Markup("").join(lists)


def _choose(words: Sequence[str], place: int, iri: str) -> str:
    chosen = [iri if number == place else word for number, word in enumerate(words)]
    return urlencode(list(zip(("from", "to"), chosen, strict=False)))


def _choose_nodes(store: Store, chosen: Sequence[str]) -> tuple[NamedNode, ...]:
    nodes = [NamedNode(iri) for iri in chosen]
    return find_between(store, *nodes) if len(nodes) == 2 else find_around(store, nodes)


def _describe(store: Store, chosen: Sequence[str], shown: Sequence[NamedNode]) -> Markup:
    """What the drawing shows, with links to go on to what is around each thing in it."""
    nodes = [NamedNode(iri) for iri in chosen]
    if not shown:
        return Markup("<p>{0} 步之内没有联系 / no chain of {0} facts joins them</p>").format(MOST_STEPS)
    links = Markup(" · ").join(
        Markup('<a href="/network?{}">{}</a>').format(urlencode({"from": node.value}), name_of(store, node))
        for node in shown
        if node not in nodes
    )
    more = Markup(" … 只显示 {0} 个 / only {0} are shown").format(MOST_NODES) if len(shown) >= MOST_NODES else ""
    own = Markup(" · ").join(
        Markup('<a href="{}">{}</a>').format(local_path(node.value), name_of(store, node)) for node in nodes
    )
    return Markup("<p>{}：{}{}</p>").format(own, links, more)
