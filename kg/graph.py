"""Readings become triples: the one place that knows how a fact stands in RDF.

A fact is a node (`kg:Statement`, reified, with qualifiers and evidence) and, where some statement of it is actual, a
direct triple too. Plain Turtle has no named graphs, so provenance lives on the nodes. There are no blank nodes: every
node's IRI is made from what it says, so it is the same in every build.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from pyoxigraph import Literal, NamedNode, Triple

from kg.gazetteer import Entry, Gazetteer
from kg.identity import find_item
from kg.iris import KG, NAMESPACES, Names
from kg.model import Article, Entity, EntityKey, Evidence, Observation, Qualifiers, Statement, TimeSpan
from kg.ontology import Ontology
from kg.places import CONFORMS_TO

_DIGITS_OF_DATE = {4: "gYear", 7: "gYearMonth", 10: "date"}


def _term(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(NAMESPACES[prefix] + local)


TYPE, LABEL = _term("rdf:type"), _term("rdfs:label")
DERIVED, REPLACED = _term("prov:wasDerivedFrom"), _term("dcterms:isReplacedBy")


def merge_statements(statements: Iterable[Statement]) -> list[Statement]:
    """One statement for each subject, relation, object and set of qualifiers, with all evidence."""
    merged: dict[tuple[EntityKey, str, EntityKey, Qualifiers], set[Evidence]] = defaultdict(set)
    for one in statements:
        merged[one.subject, one.relation, one.object, one.qualifiers].update(one.evidence)
    return [Statement(s, p, o, q, tuple(sorted(found))) for (s, p, o, q), found in merged.items()]


def merge_observations(observations: Iterable[Observation]) -> list[Observation]:
    """One observation for all that say the same, with all evidence."""
    merged: dict[Observation, set[Evidence]] = defaultdict(set)
    for one in observations:
        merged[replace(one, evidence=())].update(one.evidence)
    return [replace(one, evidence=tuple(sorted(found))) for one, found in merged.items()]


def find_surest(evidence: Iterable[Evidence]) -> Decimal:
    """How sure one article is: within it the surest rule counts."""
    return max(one.confidence for one in evidence)


def combine_confidence(articles: Mapping[Decimal, int]) -> Decimal:
    """One minus the product of what each article leaves open; `articles` counts them by how sure they are."""
    doubt = Decimal(1)
    for confidence in sorted(articles):
        doubt *= (1 - confidence) ** articles[confidence]
    return (1 - doubt).quantize(Decimal("0.001")).normalize()


def find_chain(code: str, gazetteer: Gazetteer) -> list[tuple[Entity, Entity]]:
    """The district of that code with the one above it, that one with the next, up to the province."""
    entry = gazetteer.district(code)
    line = [entry, *gazetteer.ancestors(entry)]
    return [(_district(inner), _district(outer)) for inner, outer in pairwise(line)]


def _district(entry: Entry) -> Entity:
    return Entity("District", entry.name, (), entry.code, entry.path)


def article_triples(
    article: Article, entities: Iterable[EntityKey], pages: Iterable[str], reprints: Iterable[str], names: Names
) -> Iterator[Triple]:
    """The article, what it mentions, and the pages that carry it or a reprint of it; `reprints` are articles' ids."""
    node = names.article(article.id)
    yield Triple(node, TYPE, _term("schema:NewsArticle"))
    yield Triple(node, _term("schema:headline"), _zh(article.headline))
    yield Triple(node, _term("schema:articleBody"), _zh(article.body))
    yield Triple(node, _term("kg:textSha256"), _text(hashlib.sha256(article.body.encode()).hexdigest()))
    for kicker in article.kickers:
        yield Triple(node, _term("schema:alternativeHeadline"), _zh(kicker))
    for author in article.authors:
        yield Triple(node, _term("schema:author"), _text(author))
    if article.date:
        yield Triple(node, _term("schema:datePublished"), _date(article.date))
    for page in pages:
        yield Triple(node, _term("schema:isPartOf"), names.page(page))
    for key in entities:
        yield Triple(node, _term("schema:mentions"), names.entity(key))
    for reprint in reprints:
        yield Triple(names.article(reprint), REPLACED, node)


def page_triples(article: Article, names: Names) -> Iterator[Triple]:
    """What an article says of the page that it stands on."""
    page = names.page(article.page_id)
    yield Triple(page, TYPE, _term("schema:PublicationIssue"))
    if article.paper:
        yield Triple(page, _term("schema:name"), _zh(article.paper))
    if article.section:
        yield Triple(page, _term("schema:pagination"), _text(article.section))


def entity_triples(entity: Entity, names: Names, ontology: Ontology) -> Iterator[Triple]:
    node = names.entity(entity.key)
    for cls in (entity.cls, *ontology.ancestors(entity.cls)):
        yield Triple(node, TYPE, NamedNode(KG + cls))
    yield Triple(node, _term("skos:prefLabel"), _zh(entity.name))
    yield Triple(node, LABEL, _zh(entity.name))
    for name in entity.names:
        yield Triple(node, _term("skos:altLabel"), _zh(name))
    if entity.adcode:
        yield Triple(node, _term("kg:adcode"), _text(entity.adcode))
    if item := find_item(entity):
        yield Triple(node, _term("owl:sameAs"), NamedNode(item))


def replacement_triple(gone: EntityKey, chosen: EntityKey, names: Names) -> Triple:
    """An IRI that was published, or could have been, and the one that stands for it."""
    return Triple(names.entity(gone), REPLACED, names.entity(chosen))


def statement_ends(statement: Statement, names: Names, ontology: Ontology) -> tuple[NamedNode, NamedNode, NamedNode]:
    """Subject, relation and object; the ends of a symmetric relation in the order of their IRIs."""
    subject, object_ = names.entity(statement.subject), names.entity(statement.object)
    if ontology.relation(statement.relation).symmetric and object_.value < subject.value:
        subject, object_ = object_, subject
    return subject, NamedNode(KG + statement.relation), object_


def statement_node(statement: Statement, names: Names, ontology: Ontology) -> NamedNode:
    qualifiers = sorted(f"{p} {o}" for p, o in _qualifier_terms(statement.qualifiers, names))
    return names.node("statement", *statement_ends(statement, names, ontology), *qualifiers)


def statement_triples(statement: Statement, confidence: Decimal, names: Names, ontology: Ontology) -> Iterator[Triple]:
    """The statement, and its direct triple if it is actual; the evidence is `evidence_triples`."""
    subject, relation, object_ = statement_ends(statement, names, ontology)
    node = statement_node(statement, names, ontology)
    yield from _reified(node, subject, relation, object_)
    yield from (Triple(node, predicate, value) for predicate, value in _qualifier_terms(statement.qualifiers, names))
    yield Triple(node, _term("kg:confidence"), _decimal(confidence))
    if statement.qualifiers.modality == "actual":
        yield Triple(subject, relation, object_)
        if ontology.relation(statement.relation).symmetric:
            yield Triple(object_, relation, subject)


def _reified(node: NamedNode, subject: NamedNode, relation: NamedNode, object_: NamedNode) -> Iterator[Triple]:
    yield Triple(node, TYPE, _term("kg:Statement"))
    yield Triple(node, TYPE, _term("rdf:Statement"))
    yield Triple(node, _term("rdf:subject"), subject)
    yield Triple(node, _term("rdf:predicate"), relation)
    yield Triple(node, _term("rdf:object"), object_)


def gazetteer_triples(inner: Entity, outer: Entity, names: Names) -> Iterator[Triple]:
    """What the gazetteer says is attributed to it, not to an article."""
    subject, object_, relation = names.entity(inner.key), names.entity(outer.key), _term("kg:locatedIn")
    node = names.node("statement", subject, relation, object_, "gazetteer")
    yield from _reified(node, subject, relation, object_)
    yield Triple(node, _term("kg:modality"), _text("actual"))
    yield Triple(node, _term("kg:confidence"), _decimal(Decimal(1)))
    yield Triple(node, _term("prov:wasAttributedTo"), gazetteer_node(names))
    yield Triple(subject, relation, object_)


def gazetteer_node(names: Names) -> NamedNode:
    return NamedNode(f"{names.base}source/gazetteer")


def source_triples(names: Names) -> Iterator[Triple]:
    """What the gazetteer itself is."""
    yield Triple(gazetteer_node(names), TYPE, _term("prov:Agent"))
    yield Triple(gazetteer_node(names), LABEL, _zh("行政区划代码表（GB/T 2260）"))


def observation_node(observation: Observation, names: Names) -> NamedNode:
    return names.node("observation", *sorted(f"{p} {o}" for p, o in _observation_terms(observation, names)))


def observation_triples(observation: Observation, confidence: Decimal, names: Names) -> Iterator[Triple]:
    """The observation; the evidence is `evidence_triples`."""
    node = observation_node(observation, names)
    yield Triple(node, TYPE, _term("kg:Observation"))
    yield from (Triple(node, predicate, value) for predicate, value in _observation_terms(observation, names))
    yield Triple(node, _term("kg:confidence"), _decimal(confidence))


def _observation_terms(observation: Observation, names: Names) -> list[tuple[NamedNode, NamedNode | Literal]]:
    subject = names.entity(observation.of)
    facts: list[tuple[NamedNode, NamedNode | Literal]] = [
        (_term("kg:of"), subject),
        (_term("kg:measure"), _text(observation.measure)),
        (_term("kg:value"), _decimal(observation.value)),
        (_term("kg:unit"), _text(observation.unit)),
        (_term("kg:modality"), _text(observation.modality)),
    ]
    if observation.value_to is not None:
        facts.append((_term("kg:valueTo"), _decimal(observation.value_to)))
    if observation.amount_qualifier:
        facts.append((_term("kg:amountQualifier"), _text(observation.amount_qualifier)))
    if observation.period:
        facts.append((_term("kg:period"), _text(observation.period)))
    if observation.dates:
        facts += _date_terms(observation.dates)[1:]
    if observation.dimension:
        facts.append((_term("kg:dimension"), _text(observation.dimension)))
    if observation.dimension_entity:
        facts.append((_term("kg:dimensionEntity"), names.entity(observation.dimension_entity)))
    return facts


def _qualifier_terms(one: Qualifiers, names: Names) -> Iterator[tuple[NamedNode, NamedNode | Literal]]:
    yield _term("kg:modality"), _text(one.modality)
    if one.on_date:
        yield from _date_terms(one.on_date)
    if one.amount is not None:
        yield _term("kg:amount"), _decimal(one.amount)
        yield _term("kg:amountQualifier"), _text(one.amount_qualifier or "exact")
        yield _term("kg:currency"), _text(one.currency or "CNY")
    if one.amount_to is not None:
        yield _term("kg:amountTo"), _decimal(one.amount_to)
    if one.position is not None:
        yield _term("kg:position"), Literal(one.position)
    if one.about is not None:
        yield _term("kg:about"), names.entity(one.about)
    if one.share is not None:
        yield _term("kg:share"), _decimal(one.share)
    for name in ("metric", "role", "purpose"):
        if getattr(one, name):
            yield _term(f"kg:{name}"), _text(getattr(one, name))


def _evidence_node(evidence: Evidence, names: Names) -> NamedNode:
    return names.node("evidence", evidence.article_id, evidence.start, evidence.end, evidence.rule, evidence.confidence)


def evidence_triples(fact: NamedNode, evidence: Evidence, names: Names) -> Iterator[Triple]:
    """What a statement or observation rests on. The nodes belong to the evidence's article alone."""
    node = _evidence_node(evidence, names)
    place = names.node("selector", evidence.article_id, "position", evidence.start, evidence.end)
    words = names.node("selector", evidence.article_id, "quote", evidence.quote)
    yield Triple(fact, DERIVED, node)
    yield Triple(node, TYPE, _term("oa:SpecificResource"))
    yield Triple(node, _term("oa:hasSource"), names.article(evidence.article_id))
    yield Triple(node, _term("oa:hasSelector"), place)
    yield Triple(node, _term("oa:hasSelector"), words)
    yield Triple(node, _term("kg:confidence"), _decimal(evidence.confidence))
    yield Triple(node, _term("kg:extractedBy"), _text(evidence.rule))
    yield Triple(place, TYPE, _term("oa:TextPositionSelector"))
    yield Triple(place, _term("oa:start"), Literal(evidence.start))
    yield Triple(place, _term("oa:end"), Literal(evidence.end))
    yield Triple(words, TYPE, _term("oa:TextQuoteSelector"))
    yield Triple(words, _term("oa:exact"), _text(evidence.quote))
    for region in evidence.regions:
        box = names.node("selector", evidence.article_id, "region", region)
        yield Triple(node, _term("oa:hasSelector"), box)
        yield Triple(box, TYPE, _term("oa:FragmentSelector"))
        yield Triple(box, _term("dcterms:conformsTo"), NamedNode(CONFORMS_TO))
        yield Triple(box, _term("rdf:value"), _text(region))


def _date_terms(dates: TimeSpan) -> list[tuple[NamedNode, NamedNode | Literal]]:
    label = Literal(dates.label, datatype=_term(f"xsd:{_DIGITS_OF_DATE[len(dates.label)]}"))
    return [
        (_term("kg:onDate"), label),
        (_term("kg:dateFrom"), _date(dates.first)),
        (_term("kg:dateTo"), _date(dates.last)),
    ]


def _zh(text: str) -> Literal:
    return Literal(text, language="zh")


def _text(text: str) -> Literal:
    return Literal(text)


def _date(day: date) -> Literal:
    return Literal(day.isoformat(), datatype=_term("xsd:date"))


def _decimal(number: Decimal) -> Literal:
    """Canonical: no exponent, no zeros behind the point."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return Literal(text, datatype=_term("xsd:decimal"))
