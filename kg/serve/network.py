"""The network view of a part of the graph, however large the whole is: what is around a thing, or between two.

Takes the store and IRIs, gives a small store with all that is said of the entities chosen and of the facts between
them, and its page as `kg.view` draws it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

from kg.iris import NAMESPACES
from kg.ontology import load_ontology
from kg.query import run_query
from kg.view import lay_out, select_contents

MOST_NODES = 120
"""Entities that a page shows; those that are found first, nearest to what was asked for."""
MOST_STEPS = 6
"""Links that a path may have."""
_MOST_LINKS = 500
_MOST_FOUND = 50
_RDF = NAMESPACES["rdf"]
_ENDS = (NamedNode(f"{_RDF}subject"), NamedNode(f"{_RDF}object"))
_INWARDS = tuple(
    NamedNode(NAMESPACES[prefix] + local)
    for prefix, local in (
        ("prov", "wasDerivedFrom"),
        ("oa", "hasSource"),
        ("oa", "hasSelector"),
        ("schema", "isPartOf"),
    )
)
_FIND = f"""
SELECT DISTINCT ?thing ?name ?typed {{
  ?thing skos:prefLabel ?name ; skos:prefLabel|skos:altLabel ?any
  FILTER(CONTAINS(LCASE(STR(?any)), LCASE(STR(?typed))))
}} ORDER BY STRLEN(STR(?name)) ?name ?thing LIMIT {_MOST_FOUND}
"""


def find_things(store: Store, typed: str) -> tuple[tuple[str, str], ...]:
    """IRI and name of what has a name with these characters in it, the shortest names first."""
    rows = run_query(store, _FIND, {"typed": Literal(typed)}).rows
    return tuple((_text(row[0]), _text(row[1])) for row in rows)


def _text(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""


def find_around(store: Store, things: Sequence[NamedNode]) -> tuple[NamedNode, ...]:
    """The things, and what facts link them to, until there are MOST_NODES."""
    found = dict.fromkeys(things)
    for thing in things:
        for other in _find_linked(store, thing):
            if len(found) < MOST_NODES:
                found.setdefault(other)
    return tuple(found)


def find_between(store: Store, start: NamedNode, end: NamedNode) -> tuple[NamedNode, ...]:
    """All that lies on a shortest chain of facts between the two; none where there is no chain of MOST_STEPS."""
    before: dict[NamedNode, list[NamedNode]] = {start: []}
    steps, waiting = {start: 0}, deque([start])
    while waiting:
        node = waiting.popleft()
        if steps[node] >= min(MOST_STEPS, steps.get(end, MOST_STEPS)):
            break
        for other in _find_linked(store, node):
            if other not in steps:
                steps[other] = steps[node] + 1
                before[other] = []
                waiting.append(other)
            if steps[other] == steps[node] + 1:
                before[other].append(node)
    found: dict[NamedNode, None] = {}
    back = deque([end] if end in before else [])
    while back and len(found) < MOST_NODES:
        node = back.popleft()
        if node not in found:
            found[node] = None
            back.extend(before[node])
    return tuple(found)


def _find_linked(store: Store, thing: NamedNode) -> Iterator[NamedNode]:
    """The other ends of the facts about a thing, in order, each once."""
    found = {other: None for statement in _find_facts(store, thing) for other in _find_ends(store, statement)}
    return (other for other in sorted(found, key=lambda node: node.value) if other != thing)


def _find_facts(store: Store, thing: NamedNode) -> Iterator[NamedNode]:
    for end in _ENDS:
        for number, quad in enumerate(store.quads_for_pattern(None, end, thing, None)):
            if number >= _MOST_LINKS:
                break
            if isinstance(quad.subject, NamedNode):
                yield quad.subject


def _find_ends(store: Store, statement: NamedNode) -> list[NamedNode]:
    quads = (quad for end in _ENDS for quad in store.quads_for_pattern(statement, end, None, None))
    return [quad.object for quad in quads if isinstance(quad.object, NamedNode)]


def take_part(store: Store, things: Iterable[NamedNode]) -> Store:
    """What is said of the things themselves, and of the facts between them with all that these rest on."""
    chosen = dict.fromkeys(things)
    part = Store()
    for thing in chosen:
        for quad in store.quads_for_pattern(thing, None, None, None):
            if not _is_foreign(store, quad.object, chosen):
                part.add(quad)
    facts = {fact for thing in chosen for fact in _find_facts(store, thing)}
    _add_with_sources(store, part, (fact for fact in facts if set(_find_ends(store, fact)) <= chosen.keys()))
    return part


def _is_foreign(store: Store, term: NamedNode | BlankNode | Literal | Triple, chosen: Iterable[NamedNode]) -> bool:
    """Whether it is an entity that was not chosen."""
    if not isinstance(term, NamedNode) or term in chosen:
        return False
    return any(store.quads_for_pattern(term, NamedNode(NAMESPACES["skos"] + "prefLabel"), None, None))


def _add_with_sources(store: Store, part: Store, facts: Iterable[NamedNode]) -> None:
    waiting, seen = list(facts), set[NamedNode]()
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        for quad in store.quads_for_pattern(node, None, None, None):
            part.add(quad)
            if quad.predicate in _INWARDS and isinstance(quad.object, NamedNode):
                waiting.append(quad.object)


def draw_part(store: Store, things: Iterable[NamedNode]) -> str:
    """The page of `kg view` with these things alone."""
    ontology = load_ontology()
    contents = select_contents(take_part(store, things), ontology)
    return lay_out(contents, ontology=ontology, title="区域经济关系网络").html
