"""Entities of a graph that was written, with the articles that name them, as resolution saw them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, Store

from kg.iris import NAMESPACES
from kg.model import Entity, EntityKey
from kg.resolve.model import Mentioned


def term(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(NAMESPACES[prefix] + local)


def values(store: Store, node: NamedNode, predicate: str) -> list[str]:
    """The values of a property, sorted; IRIs without their brackets."""
    found = store.quads_for_pattern(node, term(predicate), None)
    return sorted(quad.object.value for quad in found if isinstance(quad.object, NamedNode | Literal))


def subjects(store: Store, predicate: str, value: NamedNode | Literal) -> list[NamedNode]:
    found = {quad.subject for quad in store.quads_for_pattern(None, term(predicate), value)}
    return sorted((node for node in found if isinstance(node, NamedNode)), key=lambda node: node.value)


def find_nodes(store: Store, name: str) -> list[NamedNode]:
    """Entities that are called so, or were once, or whose IRI this is."""
    if name.startswith(("https://", "http://")):
        node = NamedNode(name)
        return [NamedNode(one) for one in values(store, node, "dcterms:isReplacedBy")] or [node]
    label = Literal(name, language="zh")
    found = {
        node.value for predicate in ("skos:prefLabel", "skos:altLabel") for node in subjects(store, predicate, label)
    }
    return [NamedNode(iri) for iri in sorted(found)]


def key_of(node: NamedNode) -> EntityKey:
    """Class and name out of the IRI; `/` has fallen away there."""
    base, _, name = node.value.rpartition("/")
    return base.rpartition("/")[2], unquote(name)


def read_entity(store: Store, node: NamedNode) -> Entity | None:
    """None for a node that is no entity of the graph."""
    names = values(store, node, "skos:prefLabel")
    if not names:
        return None
    cls, path = key_of(node)
    code = next(iter(values(store, node, "kg:adcode")), None)
    return Entity(cls, names[0], tuple(values(store, node, "skos:altLabel")), code, path if path != names[0] else None)


def read_entities(store: Store, classes: Iterable[str]) -> Iterator[tuple[NamedNode, Entity]]:
    """All entities whose most special class is one of these, in the order of their IRIs."""
    wanted = set(classes)
    found = (quad.subject for quad in store.quads_for_pattern(None, term("skos:prefLabel"), None))
    nodes = {node.value: node for node in found if isinstance(node, NamedNode)}
    for _, node in sorted(nodes.items()):
        entity = read_entity(store, node) if key_of(node)[0] in wanted else None
        if entity is not None:
            yield node, entity


def read_mentioned(store: Store, node: NamedNode, entity: Entity) -> Iterator[Mentioned]:
    """The entity as each article has it, by what the graph keeps: districts, pages, days and facts."""
    ties = _read_ties(store, node)
    for article in subjects(store, "schema:mentions", node):
        day = next(iter(values(store, article, "schema:datePublished")), None)
        yield Mentioned(
            article_id=article.value.rpartition("/")[2],
            page_id=next(iter(values(store, article, "schema:isPartOf")), "").rpartition("/")[2],
            date=date.fromisoformat(day) if day else None,
            entity=entity,
            places=tuple(_read_places(store, article)),
            ties=tuple(sorted(ties[article.value])),
            headline=next(iter(values(store, article, "schema:headline")), ""),
        )


def _read_places(store: Store, article: NamedNode) -> Iterator[str]:
    """Districts of the article, those of its headline first."""
    head = "".join(values(store, article, "schema:headline"))
    found = []
    for iri in values(store, article, "schema:mentions"):
        for code in values(store, NamedNode(iri), "kg:adcode"):
            names = [name for one in ("skos:prefLabel", "skos:altLabel") for name in values(store, NamedNode(iri), one)]
            found.append((not any(name in head for name in names), code))
    yield from (code for _, code in sorted(found))


def _read_ties(store: Store, node: NamedNode) -> defaultdict[str, set[str]]:
    """Article → what its facts join the entity with."""
    ties: defaultdict[str, set[str]] = defaultdict(set)
    for end, other in (("rdf:subject", "rdf:object"), ("rdf:object", "rdf:subject")):
        for fact in subjects(store, end, node):
            found = {f"with {'/'.join(key_of(NamedNode(iri)))}" for iri in values(store, fact, other)}
            found |= {f"post {role}" for role in values(store, fact, "kg:role")}
            found |= {f"on {day}" for day in values(store, fact, "kg:onDate")}
            for evidence in values(store, fact, "prov:wasDerivedFrom"):
                for article in values(store, NamedNode(evidence), "oa:hasSource"):
                    ties[article] |= found
    return ties


def find_label(store: Store, node: NamedNode) -> str | None:
    return next(iter(values(store, node, "skos:prefLabel")), None)
