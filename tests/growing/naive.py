"""The graph of some articles, made at one go and without any table: what a corpus that grew has to come to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from pyoxigraph import Triple

from kg import graph
from kg.corpus.intake import Variant, rank_variant, unpack_reading
from kg.duplicates import find_reprints
from kg.iris import DEFAULT_BASE, Names
from kg.knowledge import load_knowledge
from kg.model import Evidence, Observation, Reading, Statement
from kg.resolve import find_mentioned, resolve
from kg.turtle import sort_triples, write_turtle


def make_turtle(variants: Iterable[Variant]) -> bytes:
    knowledge, names = load_knowledge(), Names(DEFAULT_BASE)
    triples = sort_triples(make_triples([unpack_reading(one.content, one.reading) for one in variants]))
    return write_turtle(triples, names.prefixes(knowledge.ontology.classes()))


def make_triples(readings: list[Reading]) -> set[Triple]:
    knowledge, names = load_knowledge(), Names(DEFAULT_BASE)
    ontology = knowledge.ontology
    best: dict[str, Reading] = {}
    for one in sorted(readings, key=lambda one: rank_variant(one.article)):
        best.setdefault(one.article.id, one)
    reprints = find_reprints(one.article for one in best.values())
    kept = [one for key, one in sorted(best.items()) if key not in reprints]
    found = resolve([each for one in kept for each in find_mentioned(one)], knowledge)
    out: set[Triple] = set()
    for one in kept:
        key = one.article.id
        copies = {key, *(reprint for reprint, original in reprints.items() if original == key)}
        pages = {each.article.page_id for each in readings if each.article.id in copies} - {""}
        keys = {found.of[key, entity.key].key for entity in one.entities}
        out |= set(graph.article_triples(one.article, keys, pages, copies - {key}, names))
    for one in readings:
        if one.article.page_id:
            out |= set(graph.page_triples(one.article, names))
    entities = {entity.key: entity for entity in found.of.values()}
    for entity in entities.values():
        out |= set(graph.entity_triples(entity, names, ontology))
    out |= {graph.replacement_triple(gone, by, names) for gone, by in found.replaced.items()}
    for code in {entity.adcode for entity in entities.values() if entity.adcode}:
        out |= set(graph.source_triples(names))
        for inner, outer in graph.find_chain(code, knowledge.gazetteer):
            out |= set(graph.gazetteer_triples(inner, outer, names))
            for entity in (inner, outer):
                out |= set(graph.entity_triples(entity, names, ontology))
    turned = [
        _turn(one, {key: entity.key for (article, key), entity in found.of.items() if article == one.article.id})
        for one in kept
    ]
    for statement in graph.merge_statements(each for one in turned for each in one.statements):
        if statement.subject != statement.object:
            out |= set(graph.statement_triples(statement, _combine(statement.evidence), names, ontology))
            out |= _evidence(graph.statement_node(statement, names, ontology), statement, names)
    for observation in graph.merge_observations(each for one in turned for each in one.observations):
        out |= set(graph.observation_triples(observation, _combine(observation.evidence), names))
        out |= _evidence(graph.observation_node(observation, names), observation, names)
    return out


def _turn(one: Reading, keys: dict) -> Reading:
    def turn(key):
        return key and keys[key]

    statements = [
        replace(
            each,
            subject=turn(each.subject),
            object=turn(each.object),
            qualifiers=replace(each.qualifiers, about=turn(each.qualifiers.about)),
        )
        for each in one.statements
    ]
    observations = [
        replace(each, of=turn(each.of), dimension_entity=turn(each.dimension_entity)) for each in one.observations
    ]
    return replace(one, statements=tuple(statements), observations=tuple(observations))


def _evidence(node, fact: Statement | Observation, names: Names) -> set[Triple]:
    return {triple for one in fact.evidence for triple in graph.evidence_triples(node, one, names)}


def _combine(evidence: Iterable[Evidence]) -> Decimal:
    best: dict[str, Decimal] = defaultdict(Decimal)
    for one in evidence:
        best[one.article_id] = max(one.confidence, best[one.article_id])
    return graph.combine_confidence(Counter(best.values()))
