"""What a graph says of each article, out of its triples: entities by name and class, statements, observations.

A statement belongs to the articles that its evidence has as source. It counts as quoted when at least one quote there
is what the article's body says at its offsets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Triple

from kg.evaluate.gold import fold_name
from kg.iris import KG, NAMESPACES
from kg.ontology import Ontology

_RDF, _RDFS, _SKOS, _SCHEMA, _OA = (NAMESPACES[name] for name in ("rdf", "rdfs", "skos", "schema", "oa"))
_TYPE, _DERIVED = f"{_RDF}type", f"{NAMESPACES['prov']}wasDerivedFrom"
_PREFERRED, _LABELS = f"{_SKOS}prefLabel", (f"{_SKOS}prefLabel", f"{_SKOS}altLabel", f"{_RDFS}label")
_QUALIFIERS = {"on_date": "onDate", "amount": "amount", "position": "position", "metric": "metric"}

Index = Mapping[str, Mapping[str, Sequence[str]]]
"""Subject → predicate → objects, all as text, in the order of the graph."""


@dataclass(frozen=True, slots=True)
class SaidEntity:
    """`names` are folded; `classes` the most specific ones."""

    iri: str
    name: str
    folded: str
    names: frozenset[str]
    classes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Quote:
    """A piece of evidence: article, place in its body, the words, and by which rule."""

    article: str
    start: int
    end: int
    text: str
    rule: str
    true: bool


@dataclass(frozen=True, slots=True)
class SaidStatement:
    iri: str
    subject: str
    relation: str
    object: str
    qualifiers: Mapping[str, frozenset[str]]
    about: frozenset[str]
    confidence: float | None
    quotes: tuple[Quote, ...]

    @property
    def true(self) -> bool:
        return any(quote.true for quote in self.quotes)


@dataclass(frozen=True, slots=True)
class SaidObservation:
    of: tuple[str, ...]
    measure: str
    value: float | None
    unit: str
    confidence: float | None
    quotes: tuple[Quote, ...]

    @property
    def true(self) -> bool:
        return any(quote.true for quote in self.quotes)


@dataclass(slots=True)
class SaidArticle:
    """The statements and observations that rest on one article, and all entities that it names."""

    iri: str
    body: str = ""
    headlines: frozenset[str] = frozenset()
    statements: list[SaidStatement] = field(default_factory=list)
    observations: list[SaidObservation] = field(default_factory=list)
    nodes: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Said:
    """`direct` counts triples that an actual statement should have and has not, and those that only others have."""

    articles: Mapping[str, SaidArticle]
    entities: Mapping[str, SaidEntity]
    direct: tuple[int, int]


def read_said(triples: Iterable[Triple], ontology: Ontology) -> Said:
    index = _make_index(triples)
    articles = {iri: _read_article(iri, index) for iri in index if _is_article(index[iri])}
    for iri in index:
        kinds = index[iri].get(_TYPE, ())
        if KG + "Statement" in kinds:
            _add_statement(iri, index, articles)
        elif KG + "Observation" in kinds:
            _add_observation(iri, index, articles)
    entities = {iri: _read_entity(iri, index, ontology) for iri in index if any(p in index[iri] for p in _LABELS)}
    return Said(articles, entities, _count_direct(index))


def _make_index(triples: Iterable[Triple]) -> Index:
    index: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        index[_text(triple.subject)][triple.predicate.value].append(_text(triple.object))
    return {subject: dict(rows) for subject, rows in index.items()}


def _text(term: object) -> str:
    return str(getattr(term, "value", term))


def _is_article(rows: Mapping[str, Sequence[str]]) -> bool:
    return any(f"{_SCHEMA}{name}" in rows for name in ("articleBody", "headline", "alternativeHeadline"))


def _body_of(iri: str, index: Index) -> str | None:
    return _first(iri, f"{_SCHEMA}articleBody", index)


def _first(iri: str, predicate: str, index: Index) -> str | None:
    return next(iter(index.get(iri, {}).get(predicate, ())), None)


def _read_article(iri: str, index: Index) -> SaidArticle:
    rows = index[iri]
    heads = [*rows.get(f"{_SCHEMA}headline", ()), *rows.get(f"{_SCHEMA}alternativeHeadline", ())]
    nodes = set(rows.get(f"{_SCHEMA}mentions", ()))
    return SaidArticle(iri, _body_of(iri, index) or "", frozenset(map(fold_name, heads)), nodes=nodes)


def _read_entity(iri: str, index: Index, ontology: Ontology) -> SaidEntity:
    rows = index[iri]
    name = _first(iri, _PREFERRED, index) or iri
    names = frozenset(fold_name(label) for predicate in _LABELS for label in rows.get(predicate, ()))
    kinds = {kind.removeprefix(KG) for kind in rows.get(_TYPE, ()) if kind.startswith(KG)} & set(ontology.classes())
    above = {ancestor for kind in kinds for ancestor in ontology.ancestors(kind)}
    return SaidEntity(iri, name, fold_name(name), names, frozenset(kinds - above - {"Party"}))


def _add_statement(iri: str, index: Index, articles: Mapping[str, SaidArticle]) -> None:
    rows = index[iri]
    subject, relation, object_ = (_first(iri, _RDF + name, index) or "" for name in ("subject", "predicate", "object"))
    qualifiers = {name: frozenset(rows.get(KG + term, ())) for name, term in _QUALIFIERS.items()}
    qualifiers["modality"] = frozenset(rows.get(KG + "modality", ())) or frozenset({"actual"})
    about = frozenset(rows.get(KG + "about", ()))
    for article, quotes in _quotes_of(iri, index).items():
        confidence = _number(_first(iri, KG + "confidence", index))
        part = articles.get(article)
        if part is not None:
            part.statements.append(
                SaidStatement(iri, subject, relation.removeprefix(KG), object_, qualifiers, about, confidence, quotes)
            )
            part.nodes |= {subject, object_, *about}


def _add_observation(iri: str, index: Index, articles: Mapping[str, SaidArticle]) -> None:
    of = tuple(index[iri].get(KG + "of", ()))
    measure, value, unit, confidence = (
        _first(iri, KG + name, index) for name in ("measure", "value", "unit", "confidence")
    )
    for article, quotes in _quotes_of(iri, index).items():
        part = articles.get(article)
        if part is not None:
            part.observations.append(
                SaidObservation(of, measure or "", _number(value), fold_name(unit or ""), _number(confidence), quotes)
            )
            part.nodes |= set(of)


def _quotes_of(iri: str, index: Index) -> dict[str, tuple[Quote, ...]]:
    out: dict[str, tuple[Quote, ...]] = {}
    for evidence in index[iri].get(_DERIVED, ()):
        for article in index.get(evidence, {}).get(f"{_OA}hasSource", ()):
            out[article] = (*out.get(article, ()), _read_quote(evidence, article, index))
    return out


def _read_quote(evidence: str, article: str, index: Index) -> Quote:
    selectors = index[evidence].get(f"{_OA}hasSelector", ())
    start, end, text = (next(_values(selectors, _OA + name, index), None) for name in ("start", "end", "exact"))
    rule = _first(evidence, KG + "extractedBy", index) or ""
    first, last = int(start) if start else -1, int(end) if end else -1
    true = bool(text) and 0 <= first < last and (_body_of(article, index) or "")[first:last] == text
    return Quote(article, first, last, text or "", rule, true)


def _values(selectors: Iterable[str], predicate: str, index: Index) -> Iterator[str]:
    return (value for selector in selectors for value in index.get(selector, {}).get(predicate, ()))


def _number(text: str | None) -> float | None:
    try:
        return None if text is None else float(text)
    except ValueError:
        return None


def _count_direct(index: Index) -> tuple[int, int]:
    actual, stated = set(), set()
    for iri, rows in index.items():
        if KG + "Statement" in rows.get(_TYPE, ()):
            fact = tuple(_first(iri, _RDF + name, index) or "" for name in ("subject", "predicate", "object"))
            stated.add(fact)
            if (_first(iri, KG + "modality", index) or "actual") == "actual":
                actual.add(fact)
    missing = sum(not _has(fact, index) for fact in actual)
    return missing, sum(_has(fact, index) for fact in stated - actual)


def _has(fact: tuple[str, ...], index: Index) -> bool:
    subject, predicate, object_ = fact
    return object_ in index.get(subject, {}).get(predicate, ())
