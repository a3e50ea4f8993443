"""The facts of the corpus: which statement or observation rests on which articles, and how surely.

An article's reading is turned to the entities of the corpus here; a fact is known by the IRI of its node, so that the
same fact of two articles is one. What the graph has to say differently from now on is marked in the table `dirty`, as
units (see `kg.corpus.units`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from pyoxigraph import NamedNode

from kg import graph
from kg.corpus import codec
from kg.corpus.intake import unpack_reading
from kg.corpus.making import Making
from kg.curation.apply import apply_to_reading
from kg.curation.decisions import Decision
from kg.model import Entity, EntityKey, Observation, Qualifiers, Reading, Statement

Fact = Statement | Observation


def read_reading(article: str, making: Making) -> tuple[Reading, frozenset[Decision]] | None:
    """What counts for the article, as people want it, and the decisions that changed it; None where it is not there, or
    is a reprint. The article of the reading has an id of its own where words in it are masked."""
    row = making.db.execute(
        "SELECT content, reading FROM article JOIN variant ON variant.id = article.variant "
        "WHERE article.id = ? AND kept = article.id",
        (article,),
    ).fetchone()
    return None if row is None else apply_to_reading(unpack_reading(*row), making.decisions)


def read_facts(article: str, reading: Reading, making: Making) -> Iterator[tuple[NamedNode, Fact]]:
    """Statements and observations of an article about entities of the corpus, with their nodes."""
    entities = read_entities(making.db, article)
    statements = (_turn_statement(one, entities) for one in reading.statements)
    observations = (_turn_observation(one, entities) for one in reading.observations)
    # A company is not its own subsidiary, whatever an article says of two names that are one company's.
    told = graph.merge_statements(one for one in statements if one.subject != one.object)
    facts: list[Fact] = [*told, *graph.merge_observations(observations)]
    for fact in facts:
        if graph.find_surest(fact.evidence) >= making.least:
            yield _node_of(fact, making), fact


def read_entities(db: sqlite3.Connection, article: str) -> dict[EntityKey, EntityKey]:
    """Key in the article's reading → that of the corpus."""
    query = "SELECT named.content, cls, name FROM mention JOIN named ON named.id = mention.named WHERE article = ?"
    return {codec.read(Entity, content).key: (cls, name) for content, cls, name in db.execute(query, (article,))}


def _turn_statement(one: Statement, entities: Mapping[EntityKey, EntityKey]) -> Statement:
    about = one.qualifiers.about
    qualifiers = replace(one.qualifiers, about=entities.get(about, about)) if about else one.qualifiers
    subject, object_ = (entities.get(key, key) for key in (one.subject, one.object))
    return replace(one, subject=subject, object=object_, qualifiers=qualifiers)


def _turn_observation(one: Observation, entities: Mapping[EntityKey, EntityKey]) -> Observation:
    dimension = one.dimension_entity
    of = entities.get(one.of, one.of)
    return replace(one, of=of, dimension_entity=entities.get(dimension, dimension) if dimension else None)


def update_facts(articles: Iterable[str], making: Making) -> None:
    """Brings the facts of these articles up to date."""
    for article in articles:
        found = read_reading(article, making)
        facts = read_facts(article, found[0], making) if found else ()
        write_facts(article, ((node, fact, graph.find_surest(fact.evidence)) for node, fact in facts), making)
        shown = making.db.execute("SELECT shown FROM article WHERE id = ?", (article,)).fetchall()
        mark_dirty(making.db, "article", (row[0] for row in shown))


def write_facts(article: str, facts: Iterable[tuple[NamedNode, Fact, Decimal]], making: Making) -> None:
    """Puts these facts, each with how sure it is, in the place of those that the article had."""
    db = making.db
    old = dict(db.execute("SELECT node, confidence FROM fact WHERE article = ?", (article,)))
    new: dict[str, str] = {}
    for term, fact, confidence in facts:
        new[term.value] = str(confidence)
        if term.value not in old:
            _add(fact, term.value, making)
    changed = [node for node in {**old, **new} if old.get(node) != new.get(node)]
    db.executemany("DELETE FROM fact WHERE node = ? AND article = ?", ((node, article) for node in changed))
    rows = ((node, article, new[node]) for node in changed if node in new)
    db.executemany("INSERT INTO fact VALUES (?, ?, ?)", rows)
    for node in changed:
        _mark(db, node)


def _node_of(fact: Fact, making: Making) -> NamedNode:
    if isinstance(fact, Statement):
        return graph.statement_node(fact, making.names, making.ontology)
    return graph.observation_node(fact, making.names)


def _link_of(statement: Statement, making: Making) -> str:
    """The two ends and the relation: what all statements of one link share, as IRIs with blanks between them."""
    return " ".join(term.value for term in graph.statement_ends(statement, making.names, making.ontology))


def _add(fact: Fact, node: str, making: Making) -> None:
    content = codec.write(replace(fact, evidence=()))
    if isinstance(fact, Statement):
        row = (node, fact.relation, _link_of(fact, making), content)
        making.db.execute("INSERT OR IGNORE INTO statement VALUES (?, ?, ?, ?)", row)
    else:
        making.db.execute("INSERT OR IGNORE INTO observation VALUES (?, ?)", (node, content))


def _mark(db: sqlite3.Connection, node: str) -> None:
    """Its unit is dirty; and where no article says it any more, it is gone."""
    row = db.execute("SELECT link FROM statement WHERE node = ?", (node,)).fetchone()
    mark_dirty(db, *(("link", [row[0]]) if row else ("observation", [node])))
    if db.execute("SELECT 1 FROM fact WHERE node = ?", (node,)).fetchone() is None:
        db.execute("DELETE FROM statement WHERE node = ?", (node,))
        db.execute("DELETE FROM observation WHERE node = ?", (node,))


def update_districts(codes: Mapping[str, int], making: Making) -> None:
    """Brings the chains of districts up to date: how many of the districts named lead through each link."""
    db = making.db
    for code, times in sorted(codes.items()):
        for inner, outer in graph.find_chain(code, making.knowledge.gazetteer) if times else ():
            located = Statement(inner.key, "locatedIn", outer.key, Qualifiers(), ())
            link = _link_of(located, making)
            row = (inner.adcode, inner.key[1], outer.key[1], link)
            db.execute("INSERT OR IGNORE INTO located VALUES (?, ?, ?, ?, 0)", row)
            db.execute("UPDATE located SET times = times + ? WHERE code = ?", (times, inner.adcode))
            mark_dirty(db, "link", [link])
            mark_dirty(db, "entity", [f"{cls} {name}" for cls, name in (inner.key, outer.key)])
            mark_dirty(db, "gazetteer", [""])
    db.execute("DELETE FROM located WHERE times <= 0")


def mark_dirty(db: sqlite3.Connection, kind: str, names: Iterable[str]) -> None:
    db.executemany("INSERT OR IGNORE INTO dirty VALUES (?, ?)", ((kind, name) for name in names))
