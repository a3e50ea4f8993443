"""A part of what could be shown: what lies around an entity, what a query names, what has most links.

Takes `Contents` and gives smaller ones, numbered anew; facts stay where both of their ends do, articles where a fact
or figure that stays quotes them.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace

from pyoxigraph import NamedNode, Store

from kg.errors import QueryError
from kg.query import run_query
from kg.view.contents import Contents, Figure, Quote
from kg.view.search import find_keys


def find_nodes(contents: Contents, name: str) -> list[int]:
    """The entities with this IRI or name, else with this pinyin, else those whose name holds it: the best matches."""
    wanted = _fold(name)
    ranks: dict[int, list[int]] = {}
    for number, node in enumerate(contents.nodes):
        names = [_fold(one) for one in (node.name, *node.names)]
        if node.iri == name or wanted in names:
            ranks.setdefault(0, []).append(number)
        elif wanted in find_keys((node.name, *node.names)):
            ranks.setdefault(1, []).append(number)
        elif wanted and any(wanted in one for one in names):
            ranks.setdefault(2, []).append(number)
    return ranks[min(ranks)] if ranks else []


def _fold(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).lower().split())


def around(contents: Contents, starts: Iterable[int], depth: int) -> set[int]:
    """These nodes and all that are at most `depth` facts away."""
    linked = _link(contents)
    reached = set(starts)
    front = reached
    for _ in range(depth):
        front = {other for number in front for other in linked.get(number, ())} - reached
        reached = reached | front
    return reached


def most_linked(contents: Contents, count: int) -> set[int]:
    """So many nodes, those linked to most others; of equals, the one with the smaller IRI."""
    links = Counter({number: len(others) for number, others in _link(contents).items()})
    return set(sorted(range(len(contents.nodes)), key=lambda number: (-links[number], number))[:count])


def _link(contents: Contents) -> dict[int, set[int]]:
    linked: dict[int, set[int]] = {}
    for fact in contents.facts:
        if fact.subject != fact.object:
            linked.setdefault(fact.subject, set()).add(fact.object)
            linked.setdefault(fact.object, set()).add(fact.subject)
    return linked


def named_by_query(store: Store, contents: Contents, query: str) -> set[int]:
    """The entities that the answer to a SPARQL query names, and both ends of the statements that it names.

    Raises QueryError for a query that is wrong, or answers with neither.
    """
    result = run_query(store, query)
    terms = [term for row in result.rows for term in row]
    terms += [term for triple in result.triples or () for term in (triple.subject, triple.object)]
    iris = {term.value for term in terms if isinstance(term, NamedNode)}
    found = {number for number, node in enumerate(contents.nodes) if node.iri in iris}
    found |= {end for fact in contents.facts if fact.iri in iris for end in (fact.subject, fact.object)}
    if not found:
        raise QueryError("the query's answer names no entity and no statement of the graph")
    return found


def keep_nodes(contents: Contents, kept: Collection[int]) -> Contents:
    """What is left of the contents when only these nodes stay."""
    order = sorted(kept)
    place = {number: new for new, number in enumerate(order)}
    facts = [fact for fact in contents.facts if fact.subject in place and fact.object in place]
    figures = [figure for figure in contents.figures if figure.of in place]
    quotes = [quote for fact in facts for quote in fact.quotes] + [one for figure in figures for one in figure.quotes]
    articles = sorted({quote.article for quote in quotes})
    article = {number: new for new, number in enumerate(articles)}
    return Contents(
        nodes=tuple(contents.nodes[number] for number in order),
        facts=tuple(
            replace(
                fact,
                subject=place[fact.subject],
                object=place[fact.object],
                quotes=_renumber(fact.quotes, article),
            )
            for fact in facts
        ),
        figures=tuple(_move(figure, place[figure.of], article) for figure in figures),
        sources=tuple(contents.sources[number] for number in articles),
    )


def _move(figure: Figure, of: int, article: dict[int, int]) -> Figure:
    return replace(figure, of=of, quotes=_renumber(figure.quotes, article))


def _renumber(quotes: tuple[Quote, ...], article: dict[int, int]) -> tuple[Quote, ...]:
    return tuple(replace(quote, article=article[quote.article]) for quote in quotes)
