"""How long writing, reading and checking a graph takes: `python benchmarks/export.py [TRIPLES] [--validate|--readers]`.

The graph is that of the example page, as often as needed, each copy with IRIs of its own. Seconds are those of the
processor, since machines are shared. With --readers, rdflib, pyoxigraph and rapper read the Turtle, and what they read
has to have the same canonical hash (RDFC-1.0).
"""

from __future__ import annotations

import hashlib
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pyoxigraph
import rdflib
from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, Quad, RdfFormat, Store, Triple

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
        start = time.process_time()
        result = run()
        seconds.append(time.process_time() - start)
    print(f"{name:34} {min(seconds):8.2f} s")
    return result, min(seconds)


def hash_canonical(triples: Iterator[Triple]) -> str:
    dataset = Dataset(Quad(one.subject, one.predicate, one.object) for one in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return hashlib.sha256("\n".join(sorted(map(str, dataset))).encode()).hexdigest()


def read_by_rdflib(path: Path, out: Path) -> None:
    rdflib.Graph().parse(path, format="turtle").serialize(out, format="nt", encoding="utf-8")


def read_by_rapper(path: Path, out: Path) -> None:
    with out.open("wb") as file:
        subprocess.run(["rapper", "-q", "-i", "turtle", "-o", "ntriples", str(path)], stdout=file, check=True)


def compare_readers(content: bytes, folder: Path) -> None:
    path, out = folder / "graph.ttl", folder / "read.nt"
    path.write_bytes(content)
    hashes = {"pyoxigraph": hash_canonical(one.triple for one in pyoxigraph.parse(path=path))}
    for name, read in (("rdflib", read_by_rdflib), ("rapper", read_by_rapper)):
        read(path, out)
        hashes[name] = hash_canonical(one.triple for one in pyoxigraph.parse(path=out))
    for name, digest in hashes.items():
        print(f"{name:34} {digest}")
    assert len(set(hashes.values())) == 1


def main(number: int, *, check: bool, readers: bool) -> None:
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
    if readers:
        del triples, ordered
        with tempfile.TemporaryDirectory() as folder:
            compare_readers(content, Path(folder))
    elif check:
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
    main(numbers[0] if numbers else 1_000_000, check="--validate" in sys.argv, readers="--readers" in sys.argv)
