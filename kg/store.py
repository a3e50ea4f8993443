"""The door to the fast engine: a file of RDF → an Oxigraph store in memory, or an rdflib Graph over one.

The folder of a corpus (`kg build --store DIR`) opens like a file: as its last finished build left it. rdflib is the
interface that people know; loading and querying go through pyoxigraph.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

import pyoxigraph
from oxrdflib import OxigraphStore
from pyoxigraph import RdfFormat
from rdflib import Dataset, Graph
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from kg.corpus.snapshots import open_snapshot
from kg.errors import GraphError
from kg.iris import NAMESPACES
from kg.turtle import sort_triples

_FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
}


def open_store(path: Path) -> pyoxigraph.Store:
    """All triples of a .ttl, .nt, .nq or .trig file, also gzipped (.ttl.gz), in memory; or a corpus, read where it is.

    A corpus stays as it was opened, whatever a build adds to it meanwhile, and cannot be changed. Raises GraphError,
    with line and column where the file is no RDF.
    """
    if path.is_dir():
        return open_snapshot(path)
    format_ = _format_of(path)
    store = pyoxigraph.Store()
    try:
        with _open_file(path) as file:
            store.bulk_load(input=file, format=format_)
    except SyntaxError as error:
        raise GraphError(f"is no valid {format_.name}: {_where(error)}", path=path, line=error.lineno) from error
    except FileNotFoundError as error:
        raise GraphError("is not there; build it with `kg build`, or name another with --graph", path=path) from error
    except (EOFError, zlib.error) as error:
        raise GraphError("is cut off or damaged; build or copy it again", path=path) from error
    except OSError as error:
        raise GraphError(f"cannot be read: {error.strerror or error}", path=path) from error
    return store


def open_graph(path: Path) -> Graph:
    """The same as an rdflib Graph whose queries the fast engine answers; a Dataset where the file has named graphs.

    >>> graph = open_graph(Path("build/graph.ttl"))                        # doctest: +SKIP
    >>> rows = graph.query("SELECT ?who { ?who kg:signedWith ?other }")    # doctest: +SKIP
    """
    store = open_store(path)
    inner = OxigraphStore(store=store)
    graph = Dataset(inner, default_union=True) if has_named_graphs(store) else Graph(inner, DATASET_DEFAULT_GRAPH_ID)
    for prefix, namespace in NAMESPACES.items():
        graph.bind(prefix, namespace, replace=True)
    return graph


def sort_store(store: pyoxigraph.Store) -> Iterator[pyoxigraph.Triple]:
    """All triples in the order that files have; of the graph only the names of its subjects are held in memory."""
    found = store.query("SELECT DISTINCT ?subject { ?subject ?predicate ?object }")
    assert isinstance(found, pyoxigraph.QuerySolutions)
    for subject in sorted((solution["subject"] for solution in found), key=str):
        yield from sort_triples(quad.triple for quad in store.quads_for_pattern(subject, None, None))


def has_named_graphs(store: pyoxigraph.Store) -> bool:
    return next(iter(store.named_graphs()), None) is not None


def _format_of(path: Path) -> RdfFormat:
    suffix = Path(path.stem).suffix if path.suffix == ".gz" else path.suffix
    try:
        return _FORMATS[suffix.lower()]
    except KeyError:
        known = ", ".join(_FORMATS)
        raise GraphError(f"has no ending of RDF; known are {known}, also with .gz", path=path) from None


def _open_file(path: Path) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(path)) if path.suffix == ".gz" else path.open("rb")


def _where(error: SyntaxError) -> str:
    """`column 9: …` out of `Parser error at line 3 between columns 9 and 11: …`."""
    reason = (error.msg or "").partition(": ")[2] or error.msg
    return f"column {error.offset}: {reason}" if error.offset else str(reason)
