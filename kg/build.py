"""Files in, graph out: reads all inputs, writes `graph.ttl`, `graph.html` and `report.json`, says what went wrong."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from pyoxigraph import Quad, Store, Triple

from kg import resources
from kg.errors import KGError
from kg.graph import locate_districts, make_triples
from kg.iris import DEFAULT_BASE, Names
from kg.knowledge import load_knowledge
from kg.layout import find_articles
from kg.model import Article, Page, Reading
from kg.outputs import check_folder, write_files
from kg.pipeline import read_article
from kg.progress import Progress
from kg.sources import Source, find_inputs, name_source, read_source
from kg.turtle import write_turtle
from kg.validate import Violation, validate
from kg.view import make_view

_TITLE = "区域经济关系网络"


@dataclass(frozen=True, slots=True)
class InputReport:
    """What became of one input: `ok`, `failed`, `empty` (no article there) or `duplicate` (all of it known already)."""

    path: str
    status: str
    articles: int = 0
    error: str | None = None


@dataclass(frozen=True, slots=True)
class BuildReport:
    inputs: tuple[InputReport, ...]
    counts: Mapping[str, int]
    seconds: Mapping[str, float]
    violations: tuple[Violation, ...] = ()

    @property
    def problems(self) -> tuple[str, ...]:
        """A line for each input that could not be read and for each violation."""
        failed = [one.error or one.path for one in self.inputs if one.status == "failed"]
        return (*failed, *(f"the graph breaks its own rules: {violation}" for violation in self.violations))

    def to_json(self) -> bytes:
        parts = {"inputs": [asdict(one) for one in self.inputs], "counts": self.counts, "seconds": self.seconds}
        parts |= {"violations": [str(one) for one in self.violations]} if self.violations else {}
        return (json.dumps(parts, ensure_ascii=False, indent=2) + "\n").encode()


@dataclass(slots=True)
class _Collected:
    """What was read so far; articles by id, so that a second copy adds nothing."""

    readings: dict[str, Reading] = field(default_factory=dict)
    inputs: list[InputReport] = field(default_factory=list)


def build_files(
    inputs: Sequence[str | Path],
    *,
    out: Path,
    date: date | None = None,
    min_confidence: float = 0,
    base_iri: str | None = None,
    progress: bool = True,
) -> BuildReport:
    """Builds the graph of all inputs (without any, of the example pages) into the folder `out`.

    `date` is the day of publication of pages that do not say it. Inputs that cannot be read are in the report;
    OutputError where nothing can be written.
    """
    check_folder(out)
    seconds: dict[str, float] = {}
    with Progress(shown=progress) as shown:
        sources = sorted(set(find_inputs(inputs or [resources.path("examples")])), key=name_source)
        with _timed(seconds, "reading"):
            collected = _read_all(sources, date, min_confidence, shown)
        with _timed(seconds, "graph"), shown.step("graph"):
            readings = [collected.readings[key] for key in sorted(collected.readings)]
            triples = _make_graph(readings, base_iri)
        store = Store()
        store.bulk_extend(_as_quads(triples))
        with _timed(seconds, "validation"), shown.step("validation"):
            violations = validate(store)
        knowledge = load_knowledge()
        with _timed(seconds, "view"), shown.step("network"):
            page = make_view(store, ontology=knowledge.ontology, title=_TITLE)
        turtle = write_turtle(triples, Names(base_iri or DEFAULT_BASE).prefixes(knowledge.ontology.classes()))
        counts = _count(readings, triples)
        report = BuildReport(tuple(collected.inputs), counts, seconds, violations)
        write_files(out, {"graph.ttl": turtle, "graph.html": page.encode(), "report.json": report.to_json()})
        shown.done(report.counts)
    return report


def _read_all(sources: Sequence[Source], day: date | None, least: float, shown: Progress) -> _Collected:
    collected = _Collected()
    for source in shown.track(sources, name_source):
        name = name_source(source)
        try:
            articles = list(_read_articles(read_source(source), day))
        except KGError as error:
            collected.inputs.append(InputReport(name, "failed", error=str(error)))
            continue
        new = [article for article in articles if article.id not in collected.readings]
        for article in new:
            collected.readings[article.id] = _keep_sure(read_article(article), Decimal(str(least)))
        status = "empty" if not articles else "ok" if new else "duplicate"
        why = None if articles else "holds no article"
        collected.inputs.append(InputReport(name, status, len(articles), why))
        shown.found(len(collected.readings), sum(len(one.statements) for one in collected.readings.values()))
    return collected


def _read_articles(pages: Iterable[Page], day: date | None) -> Iterator[Article]:
    for page in pages:
        yield from find_articles(page if page.date else replace(page, date=day))


def _keep_sure(reading: Reading, least: Decimal) -> Reading:
    """Without the facts whose evidence is all less sure than `least`."""
    return replace(
        reading,
        statements=tuple(one for one in reading.statements if max(e.confidence for e in one.evidence) >= least),
        observations=tuple(one for one in reading.observations if max(e.confidence for e in one.evidence) >= least),
    )


def _make_graph(readings: Sequence[Reading], base_iri: str | None) -> list[Triple]:
    knowledge = load_knowledge()
    located = locate_districts(readings, knowledge.gazetteer)
    return make_triples(readings, knowledge.ontology, base=base_iri or DEFAULT_BASE, located=located)


def _as_quads(triples: Iterable[Triple]) -> Iterator[Quad]:
    return (Quad(triple.subject, triple.predicate, triple.object) for triple in triples)


def _count(readings: Sequence[Reading], triples: Sequence[Triple]) -> dict[str, int]:
    entities = {entity.key for reading in readings for entity in reading.entities}
    counts = Counter(statement.relation for reading in readings for statement in reading.statements)
    return {
        "articles": len(readings),
        "entities": len(entities),
        "statements": sum(counts.values()),
        "observations": sum(len(reading.observations) for reading in readings),
        "triples": len(triples),
    } | {relation: counts[relation] for relation in sorted(counts)}


@contextmanager
def _timed(seconds: dict[str, float], name: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    seconds[name] = round(time.perf_counter() - start, 3)
