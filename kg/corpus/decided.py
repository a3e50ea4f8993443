"""Decisions of people in a corpus: which of them applied, the facts that they know from elsewhere, who decided what.

Readings are changed by `kg.curation.apply`, names by `kg.resolve`; here is what is about the corpus as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pyoxigraph import NamedNode, Quad, Store, Triple

from kg import graph
from kg.corpus import codec
from kg.corpus.facts import mark_dirty, write_facts
from kg.corpus.making import Making
from kg.curation.apply import find_unused
from kg.curation.decisions import Decision, Missing
from kg.iris import NAMESPACES
from kg.model import Entity, EntityKey, Reading, Statement
from kg.provenance import decision_triples

_PROV = NAMESPACES["prov"]
INFLUENCED, _ATTRIBUTED = NamedNode(_PROV + "wasInfluencedBy"), NamedNode(_PROV + "wasAttributedTo")
_ACTIVITY, _ASSOCIATED = NamedNode(_PROV + "Activity"), NamedNode(_PROV + "wasAssociatedWith")
_SOURCE = NamedNode(NAMESPACES["dcterms"] + "source")
_PEOPLE = "people"
"""Stands for an article's id where a fact is known from outside the corpus."""


def note_decisions(article: str, found: tuple[Reading, frozenset[Decision]] | None, making: Making) -> None:
    """Keeps which decisions the article's reading was changed by, and under which id it is shown."""
    if found is not None and making.decisions.all():
        numbers = {one: str(number) for number, one in enumerate(making.decisions.all())}
        used = " ".join(sorted(numbers[one] for one in found[1]))
        row = (found[0].article.id, used, article)
        making.db.execute("UPDATE article SET shown = ?, used = ? WHERE id = ?", row)


def apply_outer_facts(making: Making) -> None:
    """Facts with a source outside the corpus count like those of an article, and are sure."""
    if making.decisions.all():
        facts = [fact for one in making.decisions.missing if (fact := _make_fact(one, making))]
        nodes = ((graph.statement_node(fact, making.names, making.ontology), fact, Decimal(1)) for fact in facts)
        write_facts(_PEOPLE, nodes, making)
        mark_dirty(making.db, "decisions", [""])


def find_idle(making: Making) -> list[str]:
    """A line for each decision that applies to nothing any more."""
    if not making.decisions.all():
        return []
    names: set[EntityKey] = set()
    for (content,) in making.db.execute("SELECT content FROM entity"):
        entity = codec.read(Entity, content)
        names |= {(entity.cls, name) for name in (entity.key[1], entity.name, *entity.names)}
    names |= {(cls, name) for cls, name in making.db.execute("SELECT cls, name FROM replaced")}
    return find_unused(making.decisions, _find_used(making), names)


def make_decisions(_: str, making: Making) -> Iterator[Triple]:
    """Who decided what. Facts from elsewhere are of the links between their ends, as all facts are."""
    facts = [fact for one in making.decisions.missing if (fact := _make_fact(one, making))]
    own = {
        triple for fact in facts for triple in graph.statement_triples(fact, Decimal(1), making.names, making.ontology)
    }
    found = decision_triples(
        making.decisions, _find_used(making), lambda key: _find_entity(key, making), making.names, making.ontology
    )
    yield from (triple for triple in found if triple not in own)


def collect_decisions(_: str, store: Store, making: Making) -> Iterator[Quad]:
    for decision in store.quads_for_pattern(None, graph.TYPE, _ACTIVITY):
        for quad in store.quads_for_pattern(decision.subject, None, None):
            yield quad
            if quad.predicate == _ASSOCIATED and isinstance(quad.object, NamedNode):
                yield from store.quads_for_pattern(quad.object, None, None)
        for quad in store.quads_for_pattern(None, INFLUENCED, decision.subject):
            yield quad
            yield from (one for one in store.quads_for_pattern(quad.subject, None, None) if is_of_decision(one, making))


def is_of_decision(quad: Quad, making: Making) -> bool:
    """Whether this, said of a statement, is about the decision behind it."""
    if quad.predicate == _ATTRIBUTED:
        return quad.object != graph.gazetteer_node(making.names)
    return quad.predicate in (INFLUENCED, _SOURCE)


def _make_fact(missing: Missing, making: Making) -> Statement | None:
    """The fact about entities of the corpus; None where it stands in an article, or the corpus does not have them."""
    ends = [_find_entity(key, making) for key in (missing.subject, missing.object)] if missing.source else [None]
    if None in ends:
        return None
    subject, object_ = (key for key in ends if key)
    return Statement(subject, missing.relation, object_, missing.qualifiers, ())


def _find_used(making: Making) -> set[Decision]:
    rows = making.db.execute("SELECT DISTINCT used FROM article WHERE used <> '' AND kept = id")
    numbers = {int(number) for (used,) in rows for number in used.split()}
    return {one for number, one in enumerate(making.decisions.all()) if number in numbers}


def _find_entity(key: EntityKey, making: Making) -> EntityKey | None:
    """The entity of that class that bears the name, or took the place of the one that did."""
    db, (cls, name) = making.db, key
    if db.execute("SELECT 1 FROM entity WHERE cls = ? AND name = ?", key).fetchone():
        return key
    row = db.execute("SELECT by_cls, by_name FROM replaced WHERE cls = ? AND name = ?", key).fetchone()
    if row is not None:
        return str(row[0]), str(row[1])
    query = "SELECT name, content FROM entity WHERE cls = ? AND instr(content, ?) ORDER BY name"
    for found, content in db.execute(query, (cls, name)):
        entity = codec.read(Entity, content)
        if name in (entity.name, *entity.names):
            return cls, str(found)
    return None
