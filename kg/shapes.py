"""The SHACL shapes of `ontology/shapes.ttl`, made ready for pySHACL to run over many batches.

pySHACL looks at a nested property shape once for every focus node, and at a shape with targets of its own once for all
of them, which is eight times as fast. So the shapes are rewritten here into others that mean the same: property shapes
get the targets of the shape that they stand in, and a choice between classes becomes one class above them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg import resources
from kg.ontology import read_turtle

_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
_SHAPE = "https://example.org/kg/shapes#"
_OR = URIRef(f"{SH}or")
_CLASS = URIRef(f"{SH}class")


@dataclass(frozen=True, slots=True)
class Order:
    """Of a node's values (by IRI of the property), the ones must be below the others, or at most equal to them."""

    lower: str
    upper: str
    strict: bool
    message: str


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    """`nodes` look at one node's own triples, `links` also at its neighbours' classes; `ontology` goes with both.

    `datatypes` are those that a shape asks for.
    """

    nodes: Graph
    links: Graph
    ontology: Graph
    orders: tuple[Order, ...]
    datatypes: frozenset[str]


@cache
def load_shapes() -> Shapes:
    """The shapes of the project. Raises `OntologyError` when a file is not usable."""
    ontology, shapes = (read_turtle(resources.path(f"ontology/{name}.ttl")) for name in ("kg", "shapes"))
    merge_choices(shapes, ontology)
    raise_properties(shapes)
    orders = tuple(sorted(take_orders(shapes), key=lambda order: (order.lower, order.upper)))
    nodes, links = _copy(shapes), _copy(shapes)
    for target in _TARGETS:
        (links if target == SH.targetClass else nodes).remove((None, target, None))
    datatypes = frozenset(map(str, shapes.objects(None, SH.datatype)))
    return Shapes(nodes, links, ontology, orders, datatypes)


def merge_choices(shapes: Graph, ontology: Graph) -> None:
    """`sh:or ( [ sh:class A ] [ sh:class B ] )` becomes `sh:class U`, with A and B declared to be kinds of U."""
    for shape, choice in list(shapes.subject_objects(_OR)):
        classes = [cls for branch in Collection(shapes, choice) for cls in _only_class(shapes, branch)]
        if len(classes) == len(Collection(shapes, choice)):
            union = URIRef(_SHAPE + "Or".join(cls.rpartition("#")[2] for cls in sorted(classes)))
            for cls in classes:
                ontology.add((cls, RDFS.subClassOf, union))
            shapes.remove((shape, _OR, choice))
            shapes.add((shape, _CLASS, union))
    for shape, other in list(shapes.subject_objects(SH.node)):
        for cls in _only_class(shapes, other):
            shapes.remove((shape, SH.node, other))
            shapes.add((shape, _CLASS, cls))


def _only_class(shapes: Graph, shape: Node) -> list[URIRef]:
    """The class that a shape asks for, if it asks for nothing else."""
    said = [(predicate, value) for predicate, value in shapes.predicate_objects(shape) if predicate != RDF.type]
    return [value for predicate, value in said if predicate == _CLASS and len(said) == 1 and isinstance(value, URIRef)]


def raise_properties(shapes: Graph) -> None:
    """Give property shapes the targets of the shape that they stand in, and take them out of it."""
    for shape in list(shapes.subjects(RDF.type, SH.NodeShape)):
        targets = [(target, node) for target in _TARGETS for node in shapes.objects(shape, target)]
        for inner in list(shapes.objects(shape, SH.property)) if targets else ():
            shapes.remove((shape, SH.property, inner))
            shapes.add((inner, RDF.type, SH.PropertyShape))
            for target, node in targets:
                shapes.add((inner, target, node))


def take_orders(shapes: Graph) -> Iterator[Order]:
    """Take `sh:lessThan` and its like out of the shapes: pySHACL dies on values that cannot be compared."""
    for predicate in (SH.lessThan, SH.lessThanOrEquals):
        for shape, upper in list(shapes.subject_objects(predicate)):
            shapes.remove((shape, predicate, upper))
            message = join_messages(shapes.objects(shape, SH.message))
            yield Order(str(shapes.value(shape, SH.path)), str(upper), predicate == SH.lessThan, message)


def join_messages(messages: Iterable[Node]) -> str:
    """All of them in one line, Chinese first."""
    texts = [text for text in messages if isinstance(text, Literal)]
    texts.sort(key=lambda text: text.language or "", reverse=True)
    return " / ".join(texts)


def _copy(graph: Graph) -> Graph:
    return Graph(namespace_manager=graph.namespace_manager) + graph


def path_name(shapes: Graph, path: Node) -> str:
    """A SHACL path for people: `kg:amount`, `kg:onDate|kg:period`; of a sequence the last step, forwards."""
    if isinstance(path, URIRef):
        return path.n3(shapes.namespace_manager)
    if choice := shapes.value(path, SH.alternativePath):
        return "|".join(path_name(shapes, step) for step in Collection(shapes, choice))
    if shapes.value(path, RDF.first):
        return path_name(shapes, list(Collection(shapes, path))[-1])
    return path_name(shapes, backwards) if (backwards := shapes.value(path, SH.inversePath)) else ""
