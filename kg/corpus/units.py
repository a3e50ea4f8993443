"""The graph in units: what each says now, from the tables, and what a store still says for it.

Every triple of the graph belongs to one unit, so that a unit can be replaced without a look at others: an `article`
(with its evidence), a `page`, an `entity`, a `link` (all statements between two ends, and the direct triple), an
`observation`, the `gazetteer`, and the `decisions` of people. What a store says is found by following the graph itself;
a unit that was left half done is so put right by doing it again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from pyoxigraph import BlankNode, NamedNode, Quad, Store, Triple

from kg import graph
from kg.corpus import codec
from kg.corpus.decided import INFLUENCED, collect_decisions, is_of_decision, make_decisions
from kg.corpus.facts import read_entities, read_facts, read_reading
from kg.corpus.making import Making
from kg.iris import KG, NAMESPACES
from kg.model import Article, Entity, EntityKey, Observation, Statement

Resource = NamedNode | BlankNode | Triple
_OA, _RDF = NAMESPACES["oa"], NAMESPACES["rdf"]
_HAS_SOURCE, _HAS_SELECTOR = NamedNode(_OA + "hasSource"), NamedNode(_OA + "hasSelector")
_SUBJECT, _PREDICATE, _OBJECT = (NamedNode(_RDF + name) for name in ("subject", "predicate", "object"))


def make_unit(kind: str, name: str, making: Making) -> set[Triple]:
    """All that the unit says, nothing where it is gone."""
    return set(_MAKERS[kind](name, making))


def collect_unit(kind: str, name: str, store: Store, making: Making) -> set[Triple]:
    """All that the store says for the unit."""
    return {quad.triple for quad in _COLLECTORS[kind](name, store, making)}


def _make_article(name: str, making: Making) -> Iterator[Triple]:
    db = making.db
    row = db.execute("SELECT id FROM article WHERE shown = ? AND kept = id", (name,)).fetchone()
    found = read_reading(row[0], making) if row else None
    if found is None:
        return
    key, reading = row[0], found[0]
    keys = sorted(set(read_entities(db, key).values()))
    pages = db.execute(
        "SELECT DISTINCT page FROM variant JOIN article ON article.id = variant.article "
        "WHERE kept = ? AND page <> '' ORDER BY page",
        (key,),
    )
    reprints = db.execute("SELECT id FROM article WHERE kept = ?1 AND id <> ?1 ORDER BY id", (key,))
    yield from graph.article_triples(reading.article, keys, _first(pages), _first(reprints), making.names)
    for node, fact in read_facts(key, reading, making):
        for evidence in fact.evidence:
            yield from graph.evidence_triples(node, evidence, making.names)


def _first(rows: Iterable[tuple[str]]) -> list[str]:
    return [row[0] for row in rows]


def _make_page(name: str, making: Making) -> Iterator[Triple]:
    for (content,) in making.db.execute("SELECT content FROM variant WHERE page = ?", (name,)).fetchall():
        yield from graph.page_triples(codec.unpack(Article, content), making.names)


def _make_entity(name: str, making: Making) -> Iterator[Triple]:
    """A district is there too where it only stands above one that articles name."""
    key = _key_of(name)
    ontology = making.knowledge.ontology
    row = making.db.execute("SELECT content FROM entity WHERE cls = ? AND name = ?", key).fetchone()
    if row is not None:
        yield from graph.entity_triples(codec.read(Entity, row[0]), making.names, ontology)
    if key[0] == "District":
        query = "SELECT code FROM located WHERE inner_name = ?1 OR outer_name = ?1 ORDER BY inner_name <> ?1 LIMIT 1"
        row = making.db.execute(query, (key[1],)).fetchone()
        pairs = graph.find_chain(row[0], making.knowledge.gazetteer)[:1] if row else []
        for entity in (one for pair in pairs for one in pair if one.key == key):
            yield from graph.entity_triples(entity, making.names, ontology)
    query = "SELECT cls, name FROM replaced WHERE by_cls = ? AND by_name = ? ORDER BY cls, name"
    for gone in making.db.execute(query, key).fetchall():
        yield graph.replacement_triple(gone, key, making.names)


def _key_of(name: str) -> EntityKey:
    cls, _, rest = name.partition(" ")
    return cls, rest


def _make_link(name: str, making: Making) -> Iterator[Triple]:
    ontology = making.knowledge.ontology
    rows = making.db.execute("SELECT node, content FROM statement WHERE link = ? ORDER BY node", (name,)).fetchall()
    for node, content in rows:
        statement = codec.read(Statement, content)
        yield from graph.statement_triples(statement, _combine(node, making), making.names, ontology)
    row = making.db.execute("SELECT code FROM located WHERE link = ?", (name,)).fetchone()
    if row is not None:
        yield from graph.gazetteer_triples(*graph.find_chain(row[0], making.knowledge.gazetteer)[0], making.names)


def _make_observation(name: str, making: Making) -> Iterator[Triple]:
    row = making.db.execute("SELECT content FROM observation WHERE node = ?", (name,)).fetchone()
    if row is not None:
        observation = codec.read(Observation, row[0])
        yield from graph.observation_triples(observation, _combine(name, making), making.names)


def _combine(node: str, making: Making) -> Decimal:
    rows = making.db.execute("SELECT confidence, count(*) FROM fact WHERE node = ? GROUP BY confidence", (node,))
    counts: Counter[Decimal] = Counter()
    for confidence, count in rows:
        counts[Decimal(confidence)] += count
    return graph.combine_confidence(counts)


def _make_gazetteer(_: str, making: Making) -> Iterator[Triple]:
    if making.db.execute("SELECT 1 FROM located").fetchone():
        yield from graph.source_triples(making.names)


def _collect_article(name: str, store: Store, making: Making) -> Iterator[Quad]:
    node = making.names.article(name)
    yield from (quad for quad in store.quads_for_pattern(node, None, None) if quad.predicate != graph.REPLACED)
    yield from store.quads_for_pattern(None, graph.REPLACED, node)
    for quad in store.quads_for_pattern(None, _HAS_SOURCE, node):
        yield from store.quads_for_pattern(None, graph.DERIVED, quad.subject)
        yield from store.quads_for_pattern(quad.subject, None, None)
        for selector in store.quads_for_pattern(quad.subject, _HAS_SELECTOR, None):
            if isinstance(selector.object, NamedNode):
                yield from store.quads_for_pattern(selector.object, None, None)


def _collect_page(name: str, store: Store, making: Making) -> Iterator[Quad]:
    yield from store.quads_for_pattern(making.names.page(name), None, None)


def _collect_entity(name: str, store: Store, making: Making) -> Iterator[Quad]:
    """Direct triples are of links, and whose place an entity has taken is said at that entity."""
    node = making.names.entity(_key_of(name))
    others = {NamedNode(KG + one) for one in making.knowledge.ontology.relations()} | {graph.REPLACED, INFLUENCED}
    yield from (quad for quad in store.quads_for_pattern(node, None, None) if quad.predicate not in others)
    yield from store.quads_for_pattern(None, graph.REPLACED, node)


def _collect_link(name: str, store: Store, making: Making) -> Iterator[Quad]:
    subject, relation, object_ = (NamedNode(iri) for iri in name.split(" "))
    for quad in store.quads_for_pattern(None, _SUBJECT, subject):
        node = quad.subject
        if _says(store, node, _PREDICATE, relation) and _says(store, node, _OBJECT, object_):
            found = store.quads_for_pattern(node, None, None)
            yield from (one for one in found if one.predicate != graph.DERIVED and not is_of_decision(one, making))
    yield from store.quads_for_pattern(subject, relation, object_)
    if making.knowledge.ontology.relation(relation.value.removeprefix(KG)).symmetric:
        yield from store.quads_for_pattern(object_, relation, subject)


def _says(store: Store, subject: Resource, predicate: NamedNode, value: NamedNode) -> bool:
    return next(iter(store.quads_for_pattern(subject, predicate, value)), None) is not None


def _collect_observation(name: str, store: Store, _: Making) -> Iterator[Quad]:
    found = store.quads_for_pattern(NamedNode(name), None, None)
    yield from (quad for quad in found if quad.predicate != graph.DERIVED)


def _collect_gazetteer(_: str, store: Store, making: Making) -> Iterator[Quad]:
    yield from store.quads_for_pattern(graph.gazetteer_node(making.names), None, None)


_MAKERS = {
    "article": _make_article,
    "page": _make_page,
    "entity": _make_entity,
    "link": _make_link,
    "observation": _make_observation,
    "gazetteer": _make_gazetteer,
    "decisions": make_decisions,
}
_COLLECTORS = {
    "article": _collect_article,
    "page": _collect_page,
    "entity": _collect_entity,
    "link": _collect_link,
    "observation": _collect_observation,
    "gazetteer": _collect_gazetteer,
    "decisions": collect_decisions,
}
