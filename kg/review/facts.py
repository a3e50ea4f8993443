"""Statements of a graph with their words, for people to judge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Store

from kg.iris import KG
from kg.resolve.stored import find_label, key_of, term, values

_QUALIFIERS = ("onDate", "amount", "position", "metric", "role")


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of one article that a fact rests on."""

    text: str
    headline: str
    article: str
    rule: str


@dataclass(frozen=True, slots=True)
class Fact:
    """`qualifiers` by local name; `subject` and `object` are IRIs."""

    iri: str
    subject: str
    relation: str
    object: str
    modality: str
    qualifiers: Mapping[str, str]
    confidence: float

    @property
    def ends(self) -> tuple[str, str, str]:
        return self.subject, self.relation, self.object


def read_facts(store: Store) -> Iterator[Fact]:
    """All statements in the order of their IRIs; those of the gazetteer and of people are left out."""
    found = store.quads_for_pattern(None, term("prov:wasDerivedFrom"), None)
    nodes = {quad.subject.value for quad in found if isinstance(quad.subject, NamedNode)}
    for iri in sorted(nodes):
        node = NamedNode(iri)
        relation = "".join(values(store, node, "rdf:predicate"))
        if relation.startswith(KG):
            yield Fact(
                iri=iri,
                subject="".join(values(store, node, "rdf:subject")),
                relation=relation.removeprefix(KG),
                object="".join(values(store, node, "rdf:object")),
                modality="".join(values(store, node, "kg:modality")) or "actual",
                qualifiers={name: said[0] for name in _QUALIFIERS if (said := values(store, node, f"kg:{name}"))},
                confidence=float("".join(values(store, node, "kg:confidence")) or 1),
            )


def read_quotes(store: Store, fact: Fact) -> list[Quote]:
    out = []
    for iri in values(store, NamedNode(fact.iri), "prov:wasDerivedFrom"):
        evidence = NamedNode(iri)
        selectors = [NamedNode(one) for one in values(store, evidence, "oa:hasSelector")]
        text = "".join(part for one in selectors for part in values(store, one, "oa:exact"))
        for article in values(store, evidence, "oa:hasSource"):
            headline = "".join(values(store, NamedNode(article), "schema:headline"))
            rule = "".join(values(store, evidence, "kg:extractedBy"))
            out.append(Quote(text, headline, article, rule))
    return sorted(out, key=lambda quote: (quote.article, quote.text))


def name_of(store: Store, iri: str) -> str:
    return find_label(store, NamedNode(iri)) or key_of(NamedNode(iri))[1]
