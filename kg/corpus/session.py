"""A store opened for writing: the folder, its lock, its database, and what the graph is made with."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pyoxigraph import Store

from kg.corpus.database import NAME, explained, forget_derived, open_database, read_meta, transaction, write_meta
from kg.corpus.intake import find_program
from kg.corpus.locks import take_lock
from kg.corpus.making import Making
from kg.corpus.publish import apply_dirty, open_rdf, publish
from kg.corpus.settle import settle
from kg.curation.decisions import NONE
from kg.curation.read import read_decisions
from kg.errors import GraphError, OutputError
from kg.iris import DEFAULT_BASE, Names
from kg.knowledge import load_knowledge


@dataclass(frozen=True, slots=True)
class Corpus:
    """`folder` is None where the corpus lives in this process alone."""

    folder: Path | None
    making: Making

    @property
    def db(self) -> sqlite3.Connection:
        return self.making.db

    def finish(self) -> Store:
        """Derives what follows from all that was added or removed, and gives the graph."""
        with explained(self.folder):
            settle(self.making)
            if self.folder is None:
                store = Store()
                apply_dirty(store, self.making)
            else:
                store = open_rdf(self.folder, self.db)
                publish(self.folder, store, self.making)
        return store


@contextmanager
def open_corpus(
    folder: Path | None,
    *,
    base_iri: str | None = None,
    min_confidence: float | None = None,
    curation: Path | None = None,
) -> Iterator[Corpus]:
    """The corpus in the folder, for one writer at a time; made where there is none.

    `base_iri`, `min_confidence` and `curation`, a file of decisions, are kept with it and count until others are given.
    Where they or the program have changed, the graph is derived anew. Raises GraphError where another process writes,
    or what is there cannot be used; CurationError, before anything is written, where the decisions are wrong.
    """
    if curation is not None:
        read_decisions(curation)
    lock = None if folder is None else _lock(folder)
    try:
        with explained(folder):
            db = open_database(folder)
        try:
            with explained(folder):
                yield Corpus(folder, _prepare(db, base_iri, min_confidence, curation))
        finally:
            db.close()
    finally:
        if lock is not None:
            os.close(lock)


def _lock(folder: Path) -> int:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        others = {path.name for path in folder.iterdir()} - {NAME, "lock"}
        if others and not (folder / NAME).exists():
            message = f"holds other things ({min(others)}); name a new or an empty folder with --store"
            raise GraphError(message, path=folder)
        lock = take_lock(folder / "lock")
    except OSError as error:
        message = f"cannot be written ({error.strerror or error}); name another folder with --store"
        raise OutputError(message, path=folder) from error
    if lock is None:
        message = "is being written by another process; wait until that is done (it can be asked meanwhile)"
        raise GraphError(message, path=folder)
    return lock


def _prepare(
    db: sqlite3.Connection, base_iri: str | None, min_confidence: float | None, curation: Path | None
) -> Making:
    file = str(curation.absolute()) if curation else read_meta(db, "curation") or ""
    decisions = read_decisions(Path(file)) if file else NONE
    base = base_iri or read_meta(db, "base") or DEFAULT_BASE
    least = str(min_confidence) if min_confidence is not None else read_meta(db, "least") or "0"
    now = {
        "base": base,
        "least": least,
        "curation": file,
        "decisions": hashlib.sha256(repr(decisions).encode()).hexdigest(),
        "program": find_program(),
    }
    if any(read_meta(db, name) != value for name, value in now.items()):
        with transaction(db):
            if read_meta(db, "program") is not None:
                forget_derived(db)
            for name, value in now.items():
                write_meta(db, name, value)
    return Making(db, Names(base), load_knowledge(), Decimal(least), decisions)
