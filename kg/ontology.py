"""The vocabulary, read once from `ontology/kg.ttl`: classes, relations and qualifiers with labels, order and ends.

Everything that has to know a class or relation asks here; names are local ones (`Company`, `signedWith`). rdflib is
used while loading and no further.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from rdflib import OWL, RDF, RDFS, SDO, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from kg import resources
from kg.errors import OntologyError
from kg.iris import KG

_KG = Namespace(KG)
_LANGUAGES = ("zh", "en")
_TERM_KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
_RECORDS = frozenset({"Statement", "Observation"})


@dataclass(frozen=True, slots=True)
class Term:
    """A class, relation or qualifier, as people read it."""

    name: str
    label_zh: str
    label_en: str
    comment_zh: str
    comment_en: str


@dataclass(frozen=True, slots=True)
class Relation(Term):
    """A relation and the classes at its ends. `pairs` says which subjects go with which objects."""

    domain: tuple[str, ...]
    range: tuple[str, ...]
    pairs: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    symmetric: bool


@dataclass(frozen=True, slots=True, eq=False)
class Ontology:
    """The loaded vocabulary. Names that it does not have raise `OntologyError`."""

    terms: Mapping[str, Term]
    parents: Mapping[str, tuple[str, ...]]
    above: Mapping[str, tuple[str, ...]]
    abstract: frozenset[str]
    relation_names: tuple[str, ...]
    qualifier_names: tuple[str, ...]
    path: Path

    def classes(self) -> tuple[str, ...]:
        """The classes that entities can have, in the order of legends and tables."""
        return tuple(self.parents)

    def leaf_classes(self) -> tuple[str, ...]:
        """The classes that no other class narrows."""
        above = {parent for parents in self.parents.values() for parent in parents}
        return tuple(cls for cls in self.parents if cls not in above)

    def is_abstract(self, cls: str) -> bool:
        """Whether no entity may have this as its most specific class."""
        self._check_class(cls)
        return cls in self.abstract

    def ancestors(self, cls: str) -> tuple[str, ...]:
        """All classes above `cls`, nearest first."""
        self._check_class(cls)
        return self.above[cls]

    def is_a(self, cls: str, ancestor: str) -> bool:
        """Whether `cls` is `ancestor` or one of its kinds."""
        self._check_class(ancestor)
        return cls == ancestor or ancestor in self.ancestors(cls)

    def relations(self) -> tuple[str, ...]:
        return self.relation_names

    def relation(self, name: str) -> Relation:
        term = self.term(name)
        if not isinstance(term, Relation):
            raise OntologyError(f"{name} is no relation; there are {', '.join(self.relation_names)}", path=self.path)
        return term

    def allows(self, relation: str, subject_cls: str, object_cls: str) -> bool:
        """Whether an entity of the one class can stand in that relation to one of the other."""
        return any(
            any(self.is_a(subject_cls, cls) for cls in domain) and any(self.is_a(object_cls, cls) for cls in range_)
            for domain, range_ in self.relation(relation).pairs
        )

    def qualifiers(self) -> tuple[str, ...]:
        """What statements and observations can say besides their subject, relation and object, in reading order."""
        return self.qualifier_names

    def term(self, name: str) -> Term:
        try:
            return self.terms[name]
        except KeyError:
            raise OntologyError(f"kg:{name} is not declared", path=self.path) from None

    def label(self, name: str, lang: str = "zh") -> str:
        """The label of a class, relation or qualifier; `lang` is `zh` or `en`."""
        term = self.term(name)
        return term.label_en if lang == "en" else term.label_zh

    def _check_class(self, cls: str) -> None:
        if cls not in self.parents:
            raise OntologyError(f"{cls} is no class; there are {', '.join(self.parents)}", path=self.path)


def load_ontology(path: Path | None = None) -> Ontology:
    """The ontology of the project, or the one in `path`. Raises `OntologyError` where it is not usable."""
    return _load(path or resources.path("ontology/kg.ttl"))


@cache
def _load(path: Path) -> Ontology:
    try:
        return _read_ontology(read_turtle(path), path)
    except OntologyError as error:
        raise OntologyError(error.message, path=path) from error.__cause__


def read_turtle(path: Path) -> Graph:
    """A Turtle file of the project's own as an rdflib graph. Raises `OntologyError`."""
    try:
        return Graph().parse(data=path.read_text(encoding="utf-8"), format="turtle")
    except OSError as error:
        raise OntologyError(f"cannot be read: {error.strerror}", path=path) from error
    except Exception as error:  # rdflib's parser raises whatever it stumbles over
        raise OntologyError(f"is no valid Turtle: {error}", path=path) from error


def _read_ontology(graph: Graph, path: Path) -> Ontology:
    terms = {name: _read_term(graph, name) for name in _declared(graph, *_TERM_KINDS)}
    parents = _read_parents(graph)
    _check_ends(graph, terms)
    relations = {name: _read_relation(graph, terms[name], parents) for name in _relation_names(graph, parents)}
    return Ontology(
        terms=MappingProxyType(terms | relations),
        parents=MappingProxyType(parents),
        above=MappingProxyType({cls: _find_ancestors(parents, cls) for cls in parents}),
        abstract=frozenset(cls for cls in parents if graph.value(_KG[cls], _KG.abstract) == Literal(True)),
        relation_names=tuple(relations),
        qualifier_names=tuple(_qualifier_names(graph)),
        path=path,
    )


def _declared(graph: Graph, *kinds: URIRef) -> list[str]:
    """Our terms of these kinds, by `schema:position` and then by name."""
    names = {_local(node) for kind in kinds for node in graph.subjects(RDF.type, kind) if str(node).startswith(KG)}
    return sorted(names, key=lambda name: (_position(graph, name) or 0, name))


def _local(node: Node) -> str:
    return str(node).removeprefix(KG)


def _position(graph: Graph, name: str) -> int | None:
    value = graph.value(_KG[name], SDO.position)
    if value is None:
        return None
    if not isinstance(value, Literal) or not isinstance(value.value, int):
        raise OntologyError(f"kg:{name}: schema:position {value} is no whole number")
    return int(value.value)


def _read_term(graph: Graph, name: str) -> Term:
    labels, comments = (_texts(graph, name, predicate) for predicate in (RDFS.label, RDFS.comment))
    return Term(name, labels["zh"], labels["en"], comments["zh"], comments["en"])


def _texts(graph: Graph, name: str, predicate: URIRef) -> dict[str, str]:
    found = [node for node in graph.objects(_KG[name], predicate) if isinstance(node, Literal)]
    for lang in _LANGUAGES:
        if (count := sum(text.language == lang for text in found)) != 1:
            raise OntologyError(f"kg:{name} needs one rdfs:{_fragment(predicate)} @{lang} and has {count}")
    return {str(text.language): str(text) for text in found}


def _fragment(iri: URIRef) -> str:
    return iri.rpartition("#")[2]


def _read_parents(graph: Graph) -> dict[str, tuple[str, ...]]:
    """Class → the classes right above it. What has no position (statements, observations) is no class of entities."""
    classes = [name for name in _declared(graph, OWL.Class) if name not in _RECORDS]
    for name in classes:
        if _position(graph, name) is None:
            raise OntologyError(f"kg:{name} needs a schema:position, which orders the classes")
    parents = {name: tuple(_our_classes(graph, name, RDFS.subClassOf, classes)) for name in classes}
    for name in classes:
        _check_acyclic(parents, (name,))
    return parents


def _our_classes(graph: Graph, name: str, predicate: URIRef, classes: list[str]) -> list[str]:
    found = {_local(node) for node in graph.objects(_KG[name], predicate) if str(node).startswith(KG)}
    if unknown := sorted(found - set(classes)):
        raise OntologyError(f"kg:{name} {_fragment(predicate)} kg:{unknown[0]}, which is no class of entities")
    return sorted(found, key=classes.index)


def _check_acyclic(parents: Mapping[str, tuple[str, ...]], chain: tuple[str, ...]) -> None:
    for parent in parents[chain[-1]]:
        if parent in chain:
            raise OntologyError(f"classes are above each other: {' → '.join((*chain, parent))}")
        _check_acyclic(parents, (*chain, parent))


def _find_ancestors(parents: Mapping[str, tuple[str, ...]], cls: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    level = parents[cls]
    while level:
        found |= dict.fromkeys(level)
        level = tuple(above for parent in level for above in parents[parent])
    return tuple(found)


def _relation_names(graph: Graph, parents: Mapping[str, object]) -> Iterator[str]:
    """A relation leads from entities to entities; the other object properties start at statements or observations."""
    for name in _declared(graph, OWL.ObjectProperty):
        domain = set(graph.objects(_KG[name], SDO.domainIncludes))
        if OWL.Thing in domain or any(_local(node) in parents for node in domain):
            yield name


def _qualifier_names(graph: Graph) -> Iterator[str]:
    records = {_KG[name] for name in _RECORDS}
    for name in _declared(graph, OWL.ObjectProperty, OWL.DatatypeProperty):
        if _position(graph, name) is not None and records & set(graph.objects(_KG[name], SDO.domainIncludes)):
            yield name


def _check_ends(graph: Graph, terms: Mapping[str, Term]) -> None:
    for name in _declared(graph, OWL.ObjectProperty, OWL.DatatypeProperty):
        for predicate in (SDO.domainIncludes, SDO.rangeIncludes):
            ends = sorted(map(str, graph.objects(_KG[name], predicate)))
            if not ends:
                raise OntologyError(f"kg:{name} needs a schema:{predicate.removeprefix(str(SDO))}")
            for end in ends:
                if end.startswith(KG) and end.removeprefix(KG) not in terms:
                    raise OntologyError(f"kg:{name} leads from or to kg:{end.removeprefix(KG)}, which is not declared")


def _read_relation(graph: Graph, term: Term, parents: Mapping[str, tuple[str, ...]]) -> Relation:
    node = _KG[term.name]
    domain, range_ = _read_ends(graph, node, parents)
    permitted = sorted(_read_ends(graph, pair, parents) for pair in graph.objects(node, _KG.permits))
    if odd := sorted({cls for pair in permitted for end in pair for cls in end} - {*domain, *range_}):
        raise OntologyError(f"kg:{term.name} permits kg:{odd[0]}, which is not at its ends")
    return Relation(
        name=term.name,
        label_zh=term.label_zh,
        label_en=term.label_en,
        comment_zh=term.comment_zh,
        comment_en=term.comment_en,
        domain=domain,
        range=range_,
        pairs=tuple(permitted) or ((domain, range_),),
        symmetric=(node, RDF.type, OWL.SymmetricProperty) in graph,
    )


def _read_ends(
    graph: Graph, node: Node, parents: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    domain, range_ = (_read_end(graph, node, end, parents) for end in (SDO.domainIncludes, SDO.rangeIncludes))
    return domain, range_


def _read_end(graph: Graph, node: Node, predicate: URIRef, parents: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Class names in the order of the classes; `owl:Thing` stands for all top classes."""
    ends = set(graph.objects(node, predicate))
    if OWL.Thing in ends:
        return tuple(cls for cls, above in parents.items() if not above)
    if unknown := sorted(_local(end) for end in ends if _local(end) not in parents):
        raise OntologyError(f"kg:{_local(node)} leads from or to {unknown[0]}, which is no class of entities")
    return tuple(cls for cls in parents if _KG[cls] in ends)
