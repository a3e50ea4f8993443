"""Readings become triples: the one place that knows how a fact stands in RDF.

A fact is a node (`kg:Statement`, reified, with qualifiers and evidence) and, where some statement of it is actual, a
direct triple too. Plain Turtle has no named graphs, so provenance lives on the nodes. There are no blank nodes: every
node's IRI is made from what it says, so it is the same in every build.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Triple

from kg.gazetteer import Entry, Gazetteer
from kg.iris import DEFAULT_BASE, KG, NAMESPACES, Names
from kg.model import Entity, EntityKey, Evidence, Observation, Qualifiers, Reading, Statement, TimeSpan
from kg.ontology import Ontology

_DIGITS_OF_DATE = {4: "gYear", 7: "gYearMonth", 10: "date"}


def _term(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(NAMESPACES[prefix] + local)


TYPE, LABEL = _term("rdf:type"), _term("rdfs:label")


def make_triples(
    readings: Sequence[Reading],
    ontology: Ontology,
    *,
    base: str = DEFAULT_BASE,
    located: Iterable[tuple[Entity, Entity]] = (),
) -> list[Triple]:
    """All triples of a graph, sorted and without repeats; the order of `readings` does not matter."""
    names = Names(base)
    triples: set[Triple] = set()
    for reading in readings:
        triples.update(_article_triples(reading, names))
        for observation in reading.observations:
            triples.update(_observation_triples(observation, names))
    for entity in merge_entities(entity for reading in readings for entity in reading.entities):
        triples.update(_entity_triples(entity, names, ontology))
    for statement in merge_statements(statement for reading in readings for statement in reading.statements):
        triples.update(_statement_triples(statement, names, ontology))
    for inner, outer in located:
        triples.update(_gazetteer_triples(inner, outer, names, ontology))
    return sorted(triples, key=lambda triple: (str(triple.subject), triple.predicate.value, str(triple.object)))


def merge_entities(entities: Iterable[Entity]) -> list[Entity]:
    """One entity a key; the longest name that any article uses is its canonical one."""
    by_key: dict[EntityKey, list[Entity]] = defaultdict(list)
    for entity in entities:
        by_key[entity.key].append(entity)
    out = []
    for key in sorted(by_key):
        same = by_key[key]
        name = min((entity.name for entity in same), key=lambda name: (-len(name), name))
        others = {name for entity in same for name in (entity.name, *entity.names)} - {name}
        out.append(Entity(key[0], name, tuple(sorted(others)), same[0].adcode, key[1] if key[1] != name else None))
    return out


def merge_statements(statements: Iterable[Statement]) -> list[Statement]:
    """One statement for each subject, relation, object and set of qualifiers, with all evidence."""
    merged: dict[tuple[EntityKey, str, EntityKey, Qualifiers], set[Evidence]] = defaultdict(set)
    for one in statements:
        merged[one.subject, one.relation, one.object, one.qualifiers].update(one.evidence)
    return [Statement(s, p, o, q, tuple(sorted(found))) for (s, p, o, q), found in merged.items()]


def combine_confidence(evidence: Iterable[Evidence]) -> Decimal:
    """One minus the product of what each article leaves open; within an article the surest rule counts."""
    best: dict[str, Decimal] = {}
    for one in evidence:
        best[one.article_id] = max(one.confidence, best.get(one.article_id, Decimal(0)))
    doubt = Decimal(1)
    for confidence in best.values():
        doubt *= 1 - confidence
    return (1 - doubt).quantize(Decimal("0.001")).normalize()


def locate_districts(readings: Iterable[Reading], gazetteer: Gazetteer) -> list[tuple[Entity, Entity]]:
    """Every district named in the readings with the one above it, up to the province."""
    found: dict[tuple[str, str], tuple[Entity, Entity]] = {}
    codes = {entity.adcode for reading in readings for entity in reading.entities if entity.adcode}
    for code in sorted(codes):
        entry = gazetteer.district(code)
        for outer in gazetteer.ancestors(entry):
            found[entry.path or "", outer.path or ""] = (_district(entry), _district(outer))
            entry = outer
    return [found[key] for key in sorted(found)]


def _district(entry: Entry) -> Entity:
    return Entity("District", entry.name, (), entry.code, entry.path)


def _article_triples(reading: Reading, names: Names) -> Iterator[Triple]:
    article = reading.article
    node = names.article(article)
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
    if article.page_id:
        page = names.page(article.page_id)
        yield Triple(node, _term("schema:isPartOf"), page)
        yield Triple(page, TYPE, _term("schema:PublicationIssue"))
        if article.paper:
            yield Triple(page, _term("schema:name"), _zh(article.paper))
        if article.section:
            yield Triple(page, _term("schema:pagination"), _text(article.section))
    for entity in reading.entities:
        yield Triple(node, _term("schema:mentions"), names.entity(entity.key))


def _entity_triples(entity: Entity, names: Names, ontology: Ontology) -> Iterator[Triple]:
    node = names.entity(entity.key)
    for cls in (entity.cls, *ontology.ancestors(entity.cls)):
        yield Triple(node, TYPE, NamedNode(KG + cls))
    yield Triple(node, _term("skos:prefLabel"), _zh(entity.name))
    yield Triple(node, LABEL, _zh(entity.name))
    for name in entity.names:
        yield Triple(node, _term("skos:altLabel"), _zh(name))
    if entity.adcode:
        yield Triple(node, _term("kg:adcode"), _text(entity.adcode))


def _statement_triples(statement: Statement, names: Names, ontology: Ontology) -> Iterator[Triple]:
    subject, object_ = names.entity(statement.subject), names.entity(statement.object)
    relation = NamedNode(KG + statement.relation)
    if ontology.relation(statement.relation).symmetric and object_.value < subject.value:
        subject, object_ = object_, subject
    qualifiers = list(_qualifier_terms(statement.qualifiers, names))
    node = names.node("statement", subject, relation, object_, *sorted(f"{p} {o}" for p, o in qualifiers))
    yield from _reified(node, subject, relation, object_)
    yield from (Triple(node, predicate, value) for predicate, value in qualifiers)
    yield Triple(node, _term("kg:confidence"), _decimal(combine_confidence(statement.evidence)))
    for evidence in statement.evidence:
        yield Triple(node, _term("prov:wasDerivedFrom"), _evidence_node(evidence, names))
        yield from _evidence_triples(evidence, names)
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


def _gazetteer_triples(inner: Entity, outer: Entity, names: Names, ontology: Ontology) -> Iterator[Triple]:
    """What the gazetteer says is attributed to it, not to an article."""
    yield from _entity_triples(outer, names, ontology)
    yield from _entity_triples(inner, names, ontology)
    subject, object_, relation = names.entity(inner.key), names.entity(outer.key), _term("kg:locatedIn")
    node = names.node("statement", subject, relation, object_, "gazetteer")
    source = NamedNode(f"{names.base}source/gazetteer")
    yield from _reified(node, subject, relation, object_)
    yield Triple(node, _term("kg:modality"), _text("actual"))
    yield Triple(node, _term("kg:confidence"), _decimal(Decimal(1)))
    yield Triple(node, _term("prov:wasAttributedTo"), source)
    yield Triple(source, TYPE, _term("prov:Agent"))
    yield Triple(source, LABEL, _zh("行政区划代码表（GB/T 2260）"))
    yield Triple(subject, relation, object_)


def _observation_triples(observation: Observation, names: Names) -> Iterator[Triple]:
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
    node = names.node("observation", *sorted(f"{p} {o}" for p, o in facts))
    yield Triple(node, TYPE, _term("kg:Observation"))
    yield from (Triple(node, predicate, value) for predicate, value in facts)
    yield Triple(node, _term("kg:confidence"), _decimal(combine_confidence(observation.evidence)))
    for evidence in observation.evidence:
        yield Triple(node, _term("prov:wasDerivedFrom"), _evidence_node(evidence, names))
        yield from _evidence_triples(evidence, names)


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


def _evidence_triples(evidence: Evidence, names: Names) -> Iterator[Triple]:
    node = _evidence_node(evidence, names)
    place = names.node("selector", "position", evidence.start, evidence.end)
    words = names.node("selector", "quote", evidence.quote)
    yield Triple(node, TYPE, _term("oa:SpecificResource"))
    yield Triple(node, _term("oa:hasSource"), NamedNode(f"{names.base}article/{evidence.article_id}"))
    yield Triple(node, _term("oa:hasSelector"), place)
    yield Triple(node, _term("oa:hasSelector"), words)
    yield Triple(node, _term("kg:confidence"), _decimal(evidence.confidence))
    yield Triple(node, _term("kg:extractedBy"), _text(evidence.rule))
    yield Triple(place, TYPE, _term("oa:TextPositionSelector"))
    yield Triple(place, _term("oa:start"), Literal(evidence.start))
    yield Triple(place, _term("oa:end"), Literal(evidence.end))
    yield Triple(words, TYPE, _term("oa:TextQuoteSelector"))
    yield Triple(words, _term("oa:exact"), _text(evidence.quote))


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
