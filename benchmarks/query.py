"""How fast questions are answered: the library over a generated graph, beside the bare engine and beside rdflib's own.

    python benchmarks/query.py [TRIPLES]

One run; what is compared runs right after each other. rdflib is asked on a graph of at most 100,000 triples, since it
takes minutes beyond. The endpoint's overhead is what a small query takes over HTTP, less what it takes in the store.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple
from rdflib import Graph

from kg.iris import DEFAULT_BASE, NAMESPACES
from kg.query import run_query
from kg.questions import Question, list_queries
from kg.serve.pool import Limits, Pool
from kg.store import open_store

_SMALL = "SELECT ?s { ?s skos:prefLabel ?name } LIMIT 10"
_MOST_FOR_RDFLIB = 100_000
_TRIPLES_A_SIGNING = 14
_QUICK = 0.5


def make_graph(path: Path, triples: int) -> None:
    """Companies that sign with 400 districts, a statement with qualifiers for each signing."""
    pyoxigraph.serialize(_make_triples(triples // _TRIPLES_A_SIGNING), str(path), format=RdfFormat.N_TRIPLES)


def _make_triples(signings: int) -> Iterator[Triple]:
    rdf, skos, kg = (NAMESPACES[name] for name in ("rdf", "skos", "kg"))
    date = NamedNode(f"{NAMESPACES['xsd']}date")
    for number in range(signings):
        company, statement = (NamedNode(f"{DEFAULT_BASE}{kind}/{number}") for kind in ("Company", "statement"))
        district = NamedNode(f"{DEFAULT_BASE}District/{number % 400}")
        day = Literal(f"20{number % 20 + 10}-0{number % 9 + 1}-11", datatype=date)
        for local in ("Company", "Party", "Organisation"):
            yield Triple(company, NamedNode(f"{rdf}type"), NamedNode(kg + local))
        yield Triple(company, NamedNode(f"{skos}prefLabel"), Literal(f"公司{number}", language="zh"))
        yield Triple(company, NamedNode(f"{kg}signedWith"), district)
        if number < 400:
            yield Triple(district, NamedNode(f"{rdf}type"), NamedNode(f"{kg}District"))
            yield Triple(district, NamedNode(f"{skos}prefLabel"), Literal(f"区{number}", language="zh"))
        yield Triple(statement, NamedNode(f"{rdf}type"), NamedNode(f"{kg}Statement"))
        yield Triple(statement, NamedNode(f"{rdf}subject"), company)
        yield Triple(statement, NamedNode(f"{rdf}predicate"), NamedNode(f"{kg}signedWith"))
        yield Triple(statement, NamedNode(f"{rdf}object"), district)
        yield Triple(statement, NamedNode(f"{kg}modality"), Literal("actual"))
        yield Triple(statement, NamedNode(f"{kg}amount"), Literal(str(number), datatype=_decimal()))
        yield Triple(statement, NamedNode(f"{kg}currency"), Literal("CNY"))
        yield Triple(statement, NamedNode(f"{kg}onDate"), day)


def _decimal() -> NamedNode:
    return NamedNode(f"{NAMESPACES['xsd']}decimal")


def measure(work: Callable[[], object]) -> float:
    """Seconds; the best of five where it is quick, since noise would be most of a single one."""
    best = _measure_once(work)
    return best if best > _QUICK else min([best, *(_measure_once(work) for _ in range(4))])


def _measure_once(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare_engines(path: Path, questions: list[Question]) -> Iterator[str]:
    """A line for each question: seconds here, and how many times that of the bare engine."""
    store, ratios = open_store(path), []
    for question in questions:
        text = question.text
        bare = measure(lambda text=text: [tuple(row) for row in store.query(text, prefixes=NAMESPACES)])  # type: ignore[misc]
        ours = measure(lambda text=text: run_query(store, text))  # type: ignore[misc]
        ratios.append(ours / bare)
        yield f"{question.name:20} {ours:8.3f} s   {ours / bare:5.2f} × the engine"
    yield f"median {statistics.median(ratios):.2f} × the engine, most {max(ratios):.2f}"


def compare_rdflib(path: Path, questions: list[Question]) -> Iterator[str]:
    """How many times longer rdflib's own engine takes."""
    store, ratios = open_store(path), []
    graph = Graph()
    graph.parse(path, format="nt")
    for question in questions:
        ours = measure(lambda text=question.text: run_query(store, text))  # type: ignore[misc]
        theirs = measure(lambda text=question.text: list(graph.query(text, initNs=NAMESPACES)))  # type: ignore[misc]
        ratios.append(theirs / ours)
    yield f"rdflib's own engine takes {statistics.median(ratios):.1f} times as long (median of {len(ratios)})"


async def measure_endpoint(path: Path) -> str:
    """Milliseconds that a worker adds to a small query."""
    store, pool = open_store(path), Pool(path, Limits())
    try:
        await pool.start()
        over, alone = [], []
        for _ in range(200):
            start = time.perf_counter()
            await pool.ask({"query": _SMALL, "accept": "", "rows": 1000})
            over.append(time.perf_counter() - start)
            alone.append(measure(lambda: run_query(store, _SMALL)))
        added = (statistics.median(over) - statistics.median(alone)) * 1000
        return f"a worker adds {added:.2f} ms to a small query (median of 200)"
    finally:
        await pool.stop()


def main(triples: int) -> None:
    # Questions with required parameters ask for one thing; free, they would ask for every pair.
    questions = [one for one in list_queries() if not any(p.required or p.default for p in one.parameters)]
    with tempfile.TemporaryDirectory() as folder:
        large, small = Path(folder) / "large.nt", Path(folder) / "small.nt"
        make_graph(large, triples)
        make_graph(small, min(triples, _MOST_FOR_RDFLIB))
        print(*compare_engines(large, questions), sep="\n")
        print(asyncio.run(measure_endpoint(large)))
        short = [one for one in questions if one.group in {"signings", "places", "funding", "rankings"}]
        print(*compare_rdflib(small, short), sep="\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
