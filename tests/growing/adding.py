"""A process that adds files to a store until it is killed. Importing this loads what it needs, once for all."""

from __future__ import annotations

from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from kg.corpus import intake
from kg.corpus.intake import FileRead
from kg.corpus.session import open_corpus
from kg.knowledge import load_knowledge

load_knowledge()
Step = tuple[str, FileRead | None]
"""A path with what it holds, or None where it goes."""


def work(store: Path, rounds: Sequence[Sequence[Step]], told: Connection) -> None:
    """Takes the steps, and says of each when it is safe."""
    for steps in rounds:
        with open_corpus(store) as corpus:
            for path, found in steps:
                if found is None:
                    intake.remove_file(corpus.db, path)
                else:
                    intake.add_file(corpus.db, path, digest(found), None, found)
                told.send((path, None if found is None else digest(found)))
            corpus.finish()
    told.send(None)


def digest(found: FileRead) -> str:
    return " ".join(one.id for one in found.variants)
