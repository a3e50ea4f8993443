"""What a view shows, read from the store: entities, facts, figures and the articles that they come from.

All text is passed on as it stands; making it safe is the business of the page. Records refer to each other by their
places in the tuples of `Contents`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

from kg.iris import KG, NAMESPACES
from kg.model import Span
from kg.ontology import Ontology
from kg.text import split_sentences

Values = Mapping[str, tuple[str, ...]]
"""Subject → its values of one property, sorted."""


_OF_ARTICLES = ("headline", "alternativeHeadline", "datePublished", "author", "articleBody", "isPartOf")
_OF_PAGES = ("name", "pagination")


@dataclass(frozen=True, slots=True)
class Node:
    """An entity. `cls` is its most specific class, empty for what the ontology does not know."""

    iri: str
    name: str
    names: tuple[str, ...]
    cls: str
    links: tuple[str, ...]
    adcode: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an article that support a record. `first` and `last` bound the sentence around them.

    `regions` is where they stand in a PDF (`page=2&viewrect=12,30,240,11`), if that is known.
    """

    article: int
    start: int
    end: int
    first: int
    last: int
    text: str
    rule: str
    confidence: str
    regions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement; `qualifiers` maps names of the ontology to values. `iri` is empty for a triple without statement."""

    iri: str
    subject: int
    relation: str
    object: int
    qualifiers: Mapping[str, str]
    confidence: str
    quotes: tuple[Quote, ...]
    attributed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """An observation of the entity `of`."""

    iri: str
    of: int
    qualifiers: Mapping[str, str]
    confidence: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """An article."""

    iri: str
    headline: str
    kickers: tuple[str, ...]
    date: str
    authors: tuple[str, ...]
    paper: str
    section: str
    body: str


@dataclass(frozen=True, slots=True)
class Contents:
    """Nodes are in the order of their IRIs, articles in that of their dates, facts in that of their subjects."""

    nodes: tuple[Node, ...]
    facts: tuple[Fact, ...]
    figures: tuple[Figure, ...]
    sources: tuple[Source, ...]


def read_contents(store: Store, ontology: Ontology) -> Contents:
    """Everything in the store that a view can show."""
    sources = _read_sources(store)
    ends = {name: read_values(store, f"rdf:{name}") for name in ("subject", "predicate", "object")}
    nodes = _read_nodes(store, ontology, extra=_all_values(ends["subject"], ends["object"]))
    place = {node.iri: number for number, node in enumerate(nodes)}
    records = _Records(store, ontology, sources)
    facts = [*_stated_facts(ends, place, records), *_bare_facts(store, ontology, ends, place)]
    order = {name: number for number, name in enumerate(ontology.relations())}
    facts.sort(key=lambda fact: (fact.subject, order.get(fact.relation, len(order)), fact.object, fact.iri))
    return Contents(nodes, tuple(facts), tuple(_read_figures(store, place, records)), sources)


def read_values(store: Store, name: str) -> dict[str, tuple[str, ...]]:
    """The values of a property, given as `prefix:local`, as text; of IRIs and literals alike."""
    found: dict[str, set[str]] = {}
    for quad in store.quads_for_pattern(None, _named(name), None, None):
        found.setdefault(_text_of(quad.subject), set()).add(_text_of(quad.object))
    return {subject: tuple(sorted(values)) for subject, values in found.items()}


def _text_of(term: NamedNode | BlankNode | Literal | Triple) -> str:
    return str(term) if isinstance(term, Triple) else term.value


@cache
def _named(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(NAMESPACES[prefix] + local)


def _all_values(*tables: Values) -> set[str]:
    return {value for table in tables for values in table.values() for value in values}


def _first(values: Values, subject: str) -> str:
    return values.get(subject, ("",))[0]


def _read_nodes(store: Store, ontology: Ontology, *, extra: set[str]) -> tuple[Node, ...]:
    classes = _read_classes(store, ontology)
    preferred, labels, others = (read_values(store, name) for name in ("skos:prefLabel", "rdfs:label", "skos:altLabel"))
    links = [read_values(store, name) for name in ("owl:sameAs", "skos:exactMatch", "rdfs:seeAlso", "schema:sameAs")]
    adcodes = read_values(store, "kg:adcode")
    nodes = []
    for iri in sorted(classes.keys() | extra):
        known = [one for one in (*preferred.get(iri, ()), *labels.get(iri, ())) if one.strip()]
        name = known[0] if known else unquote(iri.rstrip("/#").replace("#", "/").rpartition("/")[2]) or iri
        names = sorted({*known, *others.get(iri, ())} - {name})
        out = sorted({link for table in links for link in table.get(iri, ())})
        nodes.append(Node(iri, name, tuple(names), classes.get(iri, ""), tuple(out), _first(adcodes, iri)))
    return tuple(nodes)


def _read_classes(store: Store, ontology: Ontology) -> dict[str, str]:
    """Entity → the class that none of its others narrows; of several the first in the ontology's order."""
    above = {cls: set(ontology.ancestors(cls)) for cls in ontology.classes()}
    types: dict[str, set[str]] = {}
    for cls in ontology.classes():
        for quad in store.quads_for_pattern(None, _named("rdf:type"), NamedNode(KG + cls), None):
            types.setdefault(_text_of(quad.subject), set()).add(cls)
    return {
        iri: next(cls for cls in above if cls in found and not any(cls in above[other] for other in found))
        for iri, found in types.items()
    }


def _read_sources(store: Store) -> tuple[Source, ...]:
    table = {name: read_values(store, f"schema:{name}") for name in _OF_ARTICLES + _OF_PAGES}
    typed = store.quads_for_pattern(None, _named("rdf:type"), _named("schema:NewsArticle"), None)
    iris = {_text_of(quad.subject) for quad in typed} | _all_values(read_values(store, "oa:hasSource"))
    sources = []
    for iri in iris:
        page = _first(table["isPartOf"], iri)
        sources.append(
            Source(
                iri=iri,
                headline=_first(table["headline"], iri),
                kickers=table["alternativeHeadline"].get(iri, ()),
                date=_first(table["datePublished"], iri),
                authors=table["author"].get(iri, ()),
                paper=_first(table["name"], page),
                section=_first(table["pagination"], page),
                body=_first(table["articleBody"], iri),
            )
        )
    return tuple(sorted(sources, key=lambda source: (source.date, source.headline, source.iri)))


class _Records:
    """What statements and observations have in common: qualifiers, confidence, evidence."""

    def __init__(self, store: Store, ontology: Ontology, sources: tuple[Source, ...]) -> None:
        self.qualifiers = {name: read_values(store, f"kg:{name}") for name in ontology.qualifiers()}
        self.confidence = read_values(store, "kg:confidence")
        self._derived = read_values(store, "prov:wasDerivedFrom")
        self._attributed = read_values(store, "prov:wasAttributedTo")
        self._labels = read_values(store, "rdfs:label")
        self._place = {source.iri: number for number, source in enumerate(sources)}
        self._sentences = [split_sentences(source.body) for source in sources]
        self._source, self._selector = read_values(store, "oa:hasSource"), read_values(store, "oa:hasSelector")
        self._start, self._end = read_values(store, "oa:start"), read_values(store, "oa:end")
        self._exact, self._rule = read_values(store, "oa:exact"), read_values(store, "kg:extractedBy")
        self._regions = read_values(store, "rdf:value")

    def qualifiers_of(self, iri: str) -> dict[str, str]:
        return {name: values[iri][0] for name, values in self.qualifiers.items() if iri in values}

    def attributed_to(self, iri: str) -> tuple[str, ...]:
        return tuple(_first(self._labels, agent) or agent for agent in self._attributed.get(iri, ()))

    def quotes_of(self, iri: str) -> tuple[Quote, ...]:
        quotes = (self._read_quote(node) for node in self._derived.get(iri, ()) if node in self._source)
        return tuple(sorted(quotes, key=lambda quote: (quote.article, quote.start, quote.end, quote.rule)))

    def _read_quote(self, node: str) -> Quote:
        article = self._place[self._source[node][0]]
        start, end = (self._offset(node, values) for values in (self._start, self._end))
        first, last = _sentences_around(self._sentences[article], start, end)
        text = next((self._exact[part][0] for part in self._selector.get(node, ()) if part in self._exact), "")
        regions = tuple(value for part in self._selector.get(node, ()) for value in self._regions.get(part, ()))
        rule, confidence = _first(self._rule, node), _first(self.confidence, node)
        return Quote(article, start, end, first, last, text, rule, confidence, tuple(sorted(regions)))

    def _offset(self, node: str, values: Values) -> int:
        found = (values[part][0] for part in self._selector.get(node, ()) if part in values)
        return next((int(text) for text in found if text.isdecimal()), 0)


def _sentences_around(sentences: Sequence[Span], start: int, end: int) -> tuple[int, int]:
    """Where the sentences begin and end in which the words from `start` to `end` stand."""
    first = bisect_right(sentences, start, key=lambda span: span.end)
    last = bisect_left(sentences, end, key=lambda span: span.start) - 1
    if first > last:
        return start, end
    return min(start, sentences[first].start), max(end, sentences[last].end)


def _stated_facts(ends: Mapping[str, Values], place: Mapping[str, int], records: _Records) -> Iterator[Fact]:
    for iri in sorted(ends["subject"].keys() & ends["predicate"].keys() & ends["object"].keys()):
        subject, relation, object_ = (_first(ends[name], iri) for name in ("subject", "predicate", "object"))
        yield Fact(
            iri=iri,
            subject=place[subject],
            relation=relation.removeprefix(KG),
            object=place[object_],
            qualifiers=records.qualifiers_of(iri),
            confidence=_first(records.confidence, iri),
            quotes=records.quotes_of(iri),
            attributed=records.attributed_to(iri),
        )


def _bare_facts(
    store: Store, ontology: Ontology, ends: Mapping[str, Values], place: Mapping[str, int]
) -> Iterator[Fact]:
    """Relations that stand as triples without any statement about them, as in a graph that is not from here."""
    subjects, objects = ends["subject"], ends["object"]
    stated = {(_first(subjects, iri), found[0], _first(objects, iri)) for iri, found in ends["predicate"].items()}
    for name in ontology.relations():
        for subject, object_ in _pairs(read_values(store, f"kg:{name}"), place):
            known = (subject, KG + name, object_) in stated
            if not known and not (ontology.relation(name).symmetric and (object_, KG + name, subject) in stated):
                yield Fact("", place[subject], name, place[object_], {}, "", (), ())


def _pairs(values: Values, place: Mapping[str, int]) -> Iterable[tuple[str, str]]:
    return ((s, o) for s in sorted(values) for o in values[s] if s in place and o in place)


def _read_figures(store: Store, place: Mapping[str, int], records: _Records) -> Iterator[Figure]:
    for iri, of in sorted(read_values(store, "kg:of").items()):
        if of[0] in place:
            yield Figure(
                iri, place[of[0]], records.qualifiers_of(iri), _first(records.confidence, iri), records.quotes_of(iri)
            )
