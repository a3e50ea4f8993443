"""RDF files and packed files, read and written as they stand: no store in between that would tidy literals up."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pyoxigraph
from pyoxigraph import Quad, RdfFormat, Triple

from kg.errors import GraphError, OutputError
from kg.store import open_store, sort_store
from kg.turtle import sort_triples

_GZIP = 31  # zlib's number for gzip's head, without a time in it, and the largest window
_FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".jsonld": RdfFormat.JSON_LD,
}


def read_triples(path: Path) -> list[Triple]:
    """All triples of a file, whichever graphs they stand in, or of a corpus; sorted and without repeats.

    Raises GraphError, with line and column where the file is no RDF.
    """
    if path.is_dir():
        return list(sort_store(open_store(path)))
    suffix = Path(path.stem).suffix if path.suffix in (".gz", ".zst") else path.suffix
    if suffix.lower() not in _FORMATS:
        known = ", ".join(_FORMATS)
        raise GraphError(f"has no ending of RDF; known are {known}, also with .gz or .zst", path=path)
    content = _read_bytes(path)
    try:
        parsed = pyoxigraph.parse(content, format=_FORMATS[suffix.lower()])
        return sort_triples(one.triple if isinstance(one, Quad) else one for one in parsed)
    except SyntaxError as error:
        why = f"is no valid RDF: column {error.offset}: {error.msg}"
        raise GraphError(why, path=path, line=error.lineno) from error


def _read_bytes(path: Path) -> bytes:
    try:
        content = path.read_bytes()
        return _unpack(content, path.suffix)
    except FileNotFoundError as error:
        raise GraphError("is not there; build it with `kg build`, or name another", path=path) from error
    except (EOFError, zlib.error, gzip.BadGzipFile, ValueError) as error:
        raise GraphError("is cut off or damaged; build or copy it again", path=path) from error
    except OSError as error:
        raise GraphError(f"cannot be read: {error.strerror or error}", path=path) from error


def _unpack(content: bytes, suffix: str) -> bytes:
    if suffix == ".gz":
        return gzip.decompress(content)
    if suffix == ".zst":
        zstandard = _load_zstandard()
        try:
            unpacked: bytes = zstandard.ZstdDecompressor().decompressobj().decompress(content)
        except zstandard.ZstdError as error:
            raise ValueError(str(error)) from error
        return unpacked
    return content


def pack(content: bytes, name: str) -> bytes:
    """`content` as a file of that name holds it: packed where it ends in .gz or .zst, always the same."""
    return b"".join(pack_parts([content], name))


def pack_parts(parts: Iterable[bytes | memoryview], name: str) -> Iterator[bytes]:
    """The same piece by piece; how a content is cut changes nothing where it is long."""
    if not name.endswith((".gz", ".zst")):
        yield from map(bytes, parts)
        return
    packer = zlib.compressobj(wbits=_GZIP) if name.endswith(".gz") else _load_zstandard().ZstdCompressor().compressobj()
    for part in parts:
        if packed := packer.compress(part):
            yield packed
    yield packer.flush()


def _load_zstandard() -> Any:  # noqa: ANN401 -- an optional library
    try:
        return import_module("zstandard")
    except ImportError as error:
        raise OutputError("zstd needs a library: pip install zstandard; or let the file end in .gz") from error
