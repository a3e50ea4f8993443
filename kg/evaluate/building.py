"""The graph of some texts as `kg build` writes it, so that what is judged is what users get."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import Triple

from kg.build import build_files
from kg.errors import SourceError
from kg.export.reading import read_triples


def build_triples(paths: Sequence[Path]) -> list[Triple]:
    """Raises SourceError where a text cannot be read."""
    with TemporaryDirectory() as folder:
        report = build_files(paths, out=Path(folder), progress=False)
        failed = [one.error for one in report.inputs if one.status == "failed"]
        if failed:
            raise SourceError(f"an annotated text cannot be read: {failed[0]}")
        return read_triples(Path(folder) / "graph.ttl")
