"""Files in, graph out: reads all inputs, writes `graph.ttl`, `graph.html` and `report.json`, says what went wrong.

With a store the inputs join the corpus that is there; without one the corpus lasts as long as the build.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from pyoxigraph import Store

from kg import resources
from kg.corpus import intake
from kg.corpus.decided import find_idle
from kg.corpus.intake import Added, FileRead
from kg.corpus.session import Corpus, open_corpus
from kg.corpus.settle import count_facts
from kg.errors import KGError, SourceError
from kg.outputs import check_folder, write_files
from kg.progress import Progress
from kg.sources import Source, find_inputs, name_source, read_bytes
from kg.store import sort_store
from kg.turtle import stream_turtle
from kg.validate import Violation, validate
from kg.view import make_view
from kg.workers import Job, WorkerDiedError, choose_workers, map_jobs

_TITLE = "区域经济关系网络"


@dataclass(frozen=True, slots=True)
class InputReport:
    """What became of one input: `ok`, `failed`, `empty` (no article there) or `duplicate` (all of it known already);
    with a store also `known` (this very file was read before) and `removed` (it is no longer there). `error` says why
    nothing was read, or which part of the input was not."""

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
    idle: tuple[str, ...] = ()
    """A line for each decision of people that applies to nothing any more."""

    @property
    def problems(self) -> tuple[str, ...]:
        """A line for each input that could not be read and for each violation."""
        failed = [one.error or one.path for one in self.inputs if one.status == "failed"]
        return (*failed, *(f"the graph breaks its own rules: {violation}" for violation in self.violations))

    @property
    def notes(self) -> tuple[str, ...]:
        """A line for each input of which some part could not be read."""
        return tuple(
            f"{one.path}: {one.error}" for one in self.inputs if one.error and one.status in {"ok", "duplicate"}
        )

    def to_json(self) -> bytes:
        parts = {"inputs": [asdict(one) for one in self.inputs], "counts": self.counts, "seconds": self.seconds}
        parts |= {"violations": [str(one) for one in self.violations]} if self.violations else {}
        parts |= {"decisions": self.idle} if self.idle else {}
        return (json.dumps(parts, ensure_ascii=False, indent=2) + "\n").encode()


@dataclass(frozen=True, slots=True)
class _Run:
    """One build under way: what it works with, and what has become of the inputs so far, by path."""

    corpus: Corpus
    date: date | None
    workers: int
    dask: str | None
    tell: Callable[[InputReport], None]
    shown: Progress
    inputs: dict[str, InputReport] = field(default_factory=dict)

    def report(self, path: str, added: Added) -> None:
        one = InputReport(path, added.status, added.articles, added.error)
        self.inputs[path] = one
        self.tell(one)


def build_files(
    inputs: Sequence[str | Path],
    *,
    out: Path | None,
    store: Path | None = None,
    date: date | None = None,
    min_confidence: float | None = None,
    base_iri: str | None = None,
    curation: Path | None = None,
    workers: int | None = 1,
    dask: str | None = None,
    tell: Callable[[InputReport], None] = lambda _: None,
    progress: bool = True,
) -> BuildReport:
    """Builds the graph of all inputs (without any, of the example pages) into the folder `out`.

    `store` is the folder of a corpus that the inputs join: files that are known are not read again, and known files
    below a folder of `inputs` that are not there any more are taken out. Without `out` only the store is written.
    `date` is the day of publication of pages that do not say it. `curation` is a file of decisions (docs/curation.md).
    `workers` is the number of processes, None for one a core; `dask` is a scheduler's address. `tell` hears of each
    input as soon as it is safe in the store. Inputs that cannot be read are in the report; OutputError where nothing
    can be written.
    """
    if out is not None:
        check_folder(out)
    seconds: dict[str, float] = {}
    options = {"base_iri": base_iri, "min_confidence": min_confidence, "curation": curation}
    with Progress(shown=progress) as shown, open_corpus(store, **options) as corpus:  # type: ignore[arg-type]
        paths = inputs or ([] if store else [resources.path("examples")])
        sources = sorted(set(find_inputs(paths)), key=name_source)
        run = _Run(corpus, date, choose_workers(workers, len(sources)), dask, tell, shown)
        with _timed(seconds, "reading"):
            _retract(run, paths, sources)
            _add_all(run, sources)
            _read_outdated(run)
        with _timed(seconds, "graph"), shown.step("graph"):
            graph = corpus.finish()
            counts, idle = count_facts(corpus.db), tuple(find_idle(corpus.making))
        reports = tuple(run.inputs[path] for path in sorted(run.inputs))
        if out is None:
            report = BuildReport(reports, counts, seconds, idle=idle)
            write_files(store or Path(), {"report.json": report.to_json()})
        else:
            report = _export(graph, out, BuildReport(reports, counts, seconds, idle=idle), run)
        shown.done(report.counts)
    return report


def _retract(run: _Run, inputs: Sequence[str | Path], sources: Sequence[Source]) -> None:
    """Takes out known files below the folders that were given which are not there; not below what cannot be opened."""
    folders = [_key(Path(one)) for one in inputs if Path(one).is_dir()]
    closed = tuple(f"{_key(one)}/" for one in sources if one != "-" and Path(one).is_dir())
    for path in intake.find_gone(run.corpus.db, folders, (_key(one) for one in sources)):
        if not closed or not f"{path}/".startswith(closed):
            intake.remove_file(run.corpus.db, path)
            run.report(path, Added("removed"))


def _key(source: Source) -> str:
    """How the corpus knows the file, from wherever it is named."""
    return "-" if source == "-" else name_source(Path(os.path.abspath(source)))  # noqa: PTH100 -- links as named


def _add_all(run: _Run, sources: Sequence[Source]) -> None:
    jobs = _find_new(run, run.shown.track(sources, name_source))
    articles = 0
    for (path, key, digest), found in map_jobs(intake.read_variants, jobs, workers=run.workers, dask=run.dask):
        if isinstance(found, WorkerDiedError):
            # Without a digest, so that the next build tries again.
            read, digest = FileRead(error=f"{path}: {found.message}"), ""
        else:
            read = found
        if run.dask and read.program not in (None, intake.find_program()):
            raise KGError("has workers with another version of this program; install the same one", path=run.dask)
        added = intake.add_file(run.corpus.db, key, digest, run.date, read)
        run.report(path, added)
        articles += added.articles
        run.shown.found(articles)


def _find_new(run: _Run, sources: Iterable[Source]) -> Iterator[Job[tuple[str, str, str]]]:
    """What is to be read; what is known or cannot be opened is reported at once."""
    for source in sources:
        path = name_source(source)
        try:
            data = read_bytes(source)
        except SourceError as error:
            run.report(path, Added("failed", error=str(error)))
            continue
        digest = hashlib.sha256(data).hexdigest()
        key = _key(source) if source != "-" else f"- {digest[:16]}"
        if intake.is_known(run.corpus.db, key, digest, run.date):
            run.report(path, intake.read_status(run.corpus.db, key))
        else:
            yield (path, key, digest), (data, path, run.date)


def _read_outdated(run: _Run) -> None:
    """Articles that another version of the program read are read again."""
    jobs: Iterator[Job[str]] = ((variant, (content,)) for variant, content in intake.find_outdated(run.corpus.db))
    for variant, reading in map_jobs(intake.read_again, jobs, workers=run.workers, dask=run.dask):
        if not isinstance(reading, WorkerDiedError):
            intake.replace_reading(run.corpus.db, variant, reading)


def _export(graph: Store, out: Path, report: BuildReport, run: _Run) -> BuildReport:
    seconds = dict(report.seconds)
    with _timed(seconds, "validation"), run.shown.step("validation"):
        violations = validate(graph)
    ontology = run.corpus.making.ontology
    with _timed(seconds, "view"), run.shown.step("network"):
        page = make_view(graph, ontology=ontology, title=_TITLE)
    counts = dict(report.counts) | {"triples": len(graph)}
    report = BuildReport(report.inputs, counts, seconds, violations, report.idle)
    turtle = stream_turtle(sort_store(graph), run.corpus.making.names.prefixes(ontology.classes()))
    write_files(out, {"graph.ttl": turtle, "graph.html": page.encode(), "report.json": report.to_json()})
    return report


@contextmanager
def _timed(seconds: dict[str, float], name: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    seconds[name] = round(time.perf_counter() - start, 3)
