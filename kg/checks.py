"""What a graph must fulfil and SHACL does not say, or says slowly: quotes that slice, direct triples that have a
statement, symmetric pairs, no circle of places or parts, no evidence of nothing, one class for each entity, no blank
nodes, no misspelt term. Reads an Oxigraph store, yields findings.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from kg.iris import KG
from kg.ontology import Ontology
from kg.shapes import Order

OA = "http://www.w3.org/ns/oa#"
PROV = "http://www.w3.org/ns/prov#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SCHEMA = "https://schema.org/"
XSD_DATE = "http://www.w3.org/2001/XMLSchema#date"

TYPE = NamedNode(RDF + "type")

Resource = NamedNode | BlankNode

_HIERARCHIES = ("locatedIn", "partOf")
"""Relations in which nothing can come back to itself."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong at `focus` (an IRI), in what `path` says; `value` is what stands there, if one thing does."""

    focus: str
    path: str
    message: str
    value: str = ""


def check_node(subject: Resource, quads: Iterable[Quad], ontology: Ontology) -> Iterator[Finding]:
    """What can be seen in a node's own triples."""
    types = set()
    for quad in quads:
        predicate, value = quad.predicate.value, quad.object
        if isinstance(subject, BlankNode) or isinstance(value, BlankNode):
            yield Finding(_name(subject), predicate, "不应有空白节点。 / There are no blank nodes.", _name(value))
        if predicate == TYPE.value and isinstance(value, NamedNode) and value.value.startswith(KG):
            types.add(value.value.removeprefix(KG))
        elif predicate.startswith(KG) and predicate.removeprefix(KG) not in ontology.terms:
            yield _unknown(subject, predicate, predicate)
    for cls in sorted(types - set(ontology.terms)):
        yield _unknown(subject, TYPE.value, KG + cls)
    yield from _check_class(_name(subject), types & set(ontology.classes()), ontology)


def _unknown(subject: Resource, path: str, term: str) -> Finding:
    return Finding(_name(subject), path, "本体中没有这个词。 / The ontology has no such term.", term)


def _check_class(focus: str, classes: set[str], ontology: Ontology) -> Iterator[Finding]:
    above = {ancestor for cls in classes for ancestor in ontology.ancestors(cls)}
    lowest = sorted(classes - above)
    if len(lowest) > 1:
        message = "实体应只有一个最具体的类。 / An entity has one most specific class."
        yield Finding(focus, TYPE.value, message, ", ".join(lowest))
    for cls in lowest:
        if ontology.is_abstract(cls):
            message = "抽象类的实体应写明更具体的类。 / An entity is more than a member of an abstract class."
            yield Finding(focus, TYPE.value, message, cls)


def check_orders(subject: Resource, quads: Iterable[Quad], orders: Iterable[Order]) -> Iterator[Finding]:
    """What must not be above something else of the same node: a first day, the lower end of a range."""
    values: dict[str, list[Literal]] = {}
    for quad in quads:
        if isinstance(quad.object, Literal):
            values.setdefault(quad.predicate.value, []).append(quad.object)
    for order in orders:
        for lower in values.get(order.lower, ()):
            for upper in values.get(order.upper, ()):
                if not _in_order(lower, upper, strict=order.strict):
                    yield Finding(_name(subject), order.lower, order.message, lower.value)


def _in_order(lower: Literal, upper: Literal, *, strict: bool) -> bool:
    """Whether the values are comparable and stand in that order; ISO dates compare as texts."""
    if lower.datatype.value == upper.datatype.value == XSD_DATE:
        return lower.value < upper.value or (lower.value == upper.value and not strict)
    try:
        low, high = Decimal(lower.value), Decimal(upper.value)
        return low < high or (low == high and not strict)
    except InvalidOperation:
        return False


def check_direct_triples(store: Store, ontology: Ontology) -> Iterator[Finding]:
    """A direct triple stands if and only if some statement of it is actual; of a symmetric relation both ways."""
    for name in ontology.relations():
        relation, symmetric = NamedNode(KG + name), ontology.relation(name).symmetric
        actual: dict[tuple[str, str], str] = {}
        for statement, subject, object_ in _read_statements(store, relation):
            if symmetric and subject > object_:
                message = "对称关系的主语应是较小的 IRI。 / The subject of a symmetric relation is the smaller IRI."
                yield Finding(statement, RDF + "subject", message, subject)
            if "actual" in read_values(store, NamedNode(statement), KG + "modality"):
                actual[subject, object_] = statement
                if symmetric:
                    actual[object_, subject] = statement
        yield from _compare(store, relation, actual)
        if symmetric:
            yield from _check_pairs(store, relation, actual)


def _read_statements(store: Store, relation: NamedNode) -> Iterator[tuple[str, str, str]]:
    """Statement, subject and object; blank nodes are found wrong elsewhere."""
    for quad in store.quads_for_pattern(None, NamedNode(RDF + "predicate"), relation):
        if isinstance(quad.subject, NamedNode):
            for subject in read_values(store, quad.subject, RDF + "subject"):
                for object_ in read_values(store, quad.subject, RDF + "object"):
                    yield quad.subject.value, subject, object_


def _compare(store: Store, relation: NamedNode, actual: dict[tuple[str, str], str]) -> Iterator[Finding]:
    missing = dict(actual)
    for quad in store.quads_for_pattern(None, relation, None):
        ends = _name(quad.subject), _name(quad.object)
        missing.pop(ends, None)
        if ends not in actual:
            message = "没有任何 actual 陈述支持这个直接三元组。 / No actual statement supports this direct triple."
            yield Finding(ends[0], relation.value, message, ends[1])
    for (subject, object_), statement in missing.items():
        message = "actual 陈述缺少直接三元组。 / The direct triple of this actual statement is missing."
        yield Finding(statement, relation.value, message, f"{subject} → {object_}")


def _check_pairs(store: Store, relation: NamedNode, actual: dict[tuple[str, str], str]) -> Iterator[Finding]:
    """Pairs that a statement asks for are compared with it already; here are those that stand without any."""
    pairs = {(_name(quad.subject), _name(quad.object)) for quad in store.quads_for_pattern(None, relation, None)}
    for subject, object_ in sorted(pairs):
        if (object_, subject) not in pairs and (object_, subject) not in actual:
            message = "对称关系应双向写出。 / A symmetric relation is said in both directions."
            yield Finding(subject, relation.value, message, object_)


def check_hierarchies(store: Store) -> Iterator[Finding]:
    """Nothing lies in itself or is part of itself, by however many steps; one finding for each circle."""
    for relation in _HIERARCHIES:
        links: dict[str, set[str]] = {}
        for quad in store.quads_for_pattern(None, NamedNode(KG + relation), None):
            links.setdefault(_name(quad.subject), set()).add(_name(quad.object))
        while _trim(links):
            circle = _follow(links)
            message = "这一关系绕成了一圈。 / This relation leads back to where it started."
            yield Finding(circle[0], KG + relation, message, " → ".join([*circle[1:], circle[0]]))
            for node in circle:
                del links[node]


def _trim(links: dict[str, set[str]]) -> bool:
    """Take away, in place, all links that end somewhere; whether any are left, which then lead to a circle."""
    incoming: dict[str, list[str]] = {}
    for node, nexts in links.items():
        for one in nexts:
            incoming.setdefault(one, []).append(node)
    ends = [node for node in incoming if node not in links]
    while ends:
        end = ends.pop()
        for node in incoming.get(end, ()):
            if node in links:
                links[node].discard(end)
                if not links[node]:
                    del links[node]
                    ends.append(node)
    return bool(links)


def _follow(links: dict[str, set[str]]) -> list[str]:
    """The circle that the smallest node leads to, from its smallest member on."""
    path: dict[str, int] = {}
    node = min(links)
    while node not in path:
        path[node] = len(path)
        node = min(links[node])
    circle = list(path)[path[node] :]
    first = circle.index(min(circle))
    return circle[first:] + circle[:first]


def check_orphans(store: Store) -> Iterator[Finding]:
    """Evidence that nothing rests on, and selectors that no evidence has."""
    kinds = (
        (
            "SpecificResource",
            PROV + "wasDerivedFrom",
            "没有陈述或数据以此为证据。 / Nothing rests on this evidence.",
        ),
        ("TextPositionSelector", OA + "hasSelector", "没有证据用到此位置。 / No evidence has this place."),
        ("TextQuoteSelector", OA + "hasSelector", "没有证据用到此引文。 / No evidence has this quote."),
        ("FragmentSelector", OA + "hasSelector", "没有证据用到此区域。 / No evidence has this region."),
    )
    for kind, used_by, message in kinds:
        for quad in store.quads_for_pattern(None, TYPE, NamedNode(OA + kind)):
            node = quad.subject
            if isinstance(node, NamedNode) and not any(store.quads_for_pattern(None, NamedNode(used_by), node)):
                yield Finding(node.value, used_by, message)


def check_quotes(store: Store) -> Iterator[Finding]:
    """Every quote is what its article says at the offsets. Articles without a body have no quotes to check."""
    for quad in store.quads_for_pattern(None, NamedNode(SCHEMA + "articleBody"), None):
        article, body = quad.subject, _name(quad.object)
        for stated in read_values(store, article, KG + "textSha256"):
            if stated != hashlib.sha256(body.encode()).hexdigest():
                message = "不是正文的 SHA-256。 / This is not the SHA-256 of the body."
                yield Finding(_name(article), KG + "textSha256", message, stated)
        for evidence in store.quads_for_pattern(None, NamedNode(OA + "hasSource"), article):
            yield from _check_evidence(store, evidence.subject, body)


def _check_evidence(store: Store, evidence: Resource | Triple, body: str) -> Iterator[Finding]:
    starts, ends, quotes = (read_selected(store, evidence, name) for name in ("start", "end", "exact"))
    if not len(starts) == len(ends) == len(quotes) == 1:
        message = "证据应有一处位置和一段引文。 / Evidence has one place in the text and one quote."
        yield Finding(_name(evidence), OA + "hasSelector", message)
    elif (found := _slice(body, starts[0], ends[0])) != quotes[0]:
        message = "引文与正文在此位置的文字不同。 / The quote is not what the article says at these offsets."
        yield Finding(_name(evidence), OA + "exact", message, found or "")


def _slice(body: str, start: str, end: str) -> str | None:
    """`body[start:end]`, or None where there is no such place."""
    if not (start.isdecimal() and end.isdecimal() and len(start) < 20 and len(end) < 20):
        return None
    return body[int(start) : int(end)] if int(end) <= len(body) else None


def read_selected(store: Store, evidence: Resource | Triple, name: str) -> list[str]:
    """The values of `oa:<name>` on all selectors of a piece of evidence, sorted."""
    return sorted(
        value
        for selector in store.quads_for_pattern(evidence, NamedNode(OA + "hasSelector"), None)
        for value in read_values(store, selector.object, OA + name)
    )


def read_values(store: Store, node: Resource | Literal | Triple, predicate: str) -> list[str]:
    """IRIs or texts that `node` has for `predicate`, sorted."""
    if isinstance(node, Literal):
        return []
    return sorted({_name(quad.object) for quad in store.quads_for_pattern(node, NamedNode(predicate), None)})


def _name(term: object) -> str:
    """An IRI or a literal's text. Blank nodes have no name that would be the same in the next run."""
    return term.value if isinstance(term, NamedNode | Literal) else "[]"
