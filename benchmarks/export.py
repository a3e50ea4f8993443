"""How long writing, reading and checking a graph takes: `python benchmarks/export.py [TRIPLES] [--validate]`.

The graph is that of the example page, as often as needed, each copy with IRIs of its own.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kg.build import build_files
from kg.export.formats import EXPORTERS, make_export
from kg.export.reading import read_triples
from kg.iris import DEFAULT_BASE, Names
from kg.ontology import load_ontology
from kg.turtle import sort_triples, write_turtle
from kg.validate import validate

T = TypeVar("T")


def multiply(triples: list[Triple], number: int) -> Iterator[Triple]:
    """Copies of the graph until there are that many triples."""
    for copy in range(-(-number // len(triples))):
        known: dict[NamedNode, NamedNode] = {}
        for one in triples:
            yield Triple(rename(one.subject, copy, known), one.predicate, rename(one.object, copy, known))


def rename(term: T, copy: int, known: dict[NamedNode, NamedNode]) -> T:
    if not isinstance(term, NamedNode) or not term.value.startswith(DEFAULT_BASE):
        return term
    return known.setdefault(term, NamedNode(f"{term.value}-{copy}"))


def measure(name: str, run: Callable[[], T], *, times: int = 3) -> tuple[T, float]:
    """The result, and the least of several times."""
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        result = run()
        seconds.append(time.perf_counter() - start)
    print(f"{name:34} {min(seconds):8.2f} s")
    return result, min(seconds)


def main(number: int, *, check: bool) -> None:
    ontology = load_ontology()
    with tempfile.TemporaryDirectory() as folder:
        build_files([], out=Path(folder), progress=False)
        triples = list(multiply(read_triples(Path(folder) / "graph.ttl"), number))
    print(f"{len(triples)} triples")
    ordered, _ = measure("sorting", lambda: sort_triples(triples), times=1)
    prefixes = Names().prefixes(ontology.classes())
    _, theirs = measure(
        "pyoxigraph.serialize", lambda: pyoxigraph.serialize(ordered, format=RdfFormat.TURTLE, prefixes=prefixes)
    )
    content, ours = measure("write_turtle", lambda: write_turtle(ordered, prefixes))
    print(f"{'write_turtle / pyoxigraph':34} {ours / theirs:8.2f}")
    measure("reading it", lambda: list(pyoxigraph.parse(content, format=RdfFormat.TURTLE)), times=1)
    if check:
        store = Store()
        store.bulk_extend(Quad(one.subject, one.predicate, one.object) for one in ordered)
        del triples, ordered, content
        found, _ = measure("validation", lambda: validate(store), times=1)
        print(f"{len(found)} violations")
    else:
        for name in EXPORTERS:
            measure(f"export to {name}", lambda name=name: make_export(ordered, name, ontology), times=1)
    print(f"{'memory at most':34} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    main(numbers[0] if numbers else 1_000_000, check="--validate" in sys.argv)
