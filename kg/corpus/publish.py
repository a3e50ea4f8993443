"""From the tables to the store that others read.

The writer has an Oxigraph store of its own, `rdf-N`; dirty units are replaced in it, and only when that is on disk they
count as clean, so that a run which broke off is finished by the next. Then a snapshot is made beside it (`graph-N`,
hard links, so it costs little), which nobody changes any more: readers open the newest one and keep it as long as they
like.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Quad, Store, Triple

from kg.corpus.database import read_meta
from kg.corpus.making import Making
from kg.corpus.settle import mark_all_dirty
from kg.corpus.snapshots import STORE_ERRORS, has_sound_snapshot, list_numbers, remove_old_snapshots, take_snapshot
from kg.corpus.units import collect_unit, make_unit
from kg.errors import OutputError

_AT_ONCE = 400
"""Units in one write; only memory depends on it."""


def open_rdf(folder: Path, db: sqlite3.Connection) -> Store:
    """The writer's store; one that is gone or damaged is made anew from the tables."""
    path = folder / f"rdf-{read_meta(db, 'epoch') or 0}"
    try:
        if path.is_dir() and (store := _open_sound(path)) is not None:
            return store
        shutil.rmtree(path, ignore_errors=True)
        mark_all_dirty(db)
        return Store(path)
    except STORE_ERRORS as error:
        raise _explain(folder, error) from error


def _open_sound(path: Path) -> Store | None:
    """None where it is damaged; raises what the engine says where it is in use."""
    try:
        return Store(path)
    except STORE_ERRORS as error:
        if "lock" in str(error).lower():
            raise
        return None


def apply_dirty(store: Store, making: Making) -> int:
    """Replaces the dirty units in the store; gives their number. They stay dirty until it is on disk."""
    count = 0
    for units in _read_dirty(making.db):
        old: set[Triple] = set()
        new: set[Triple] = set()
        for kind, name in units:
            old |= collect_unit(kind, name, store, making)
            new |= make_unit(kind, name, making)
        _replace(store, old - new, new - old)
        count += len(units)
    return count


def _read_dirty(db: sqlite3.Connection) -> Iterator[list[tuple[str, str]]]:
    last = ("", "")
    query = "SELECT kind, name FROM dirty WHERE (kind, name) > (?, ?) ORDER BY kind, name LIMIT ?"
    while rows := db.execute(query, (*last, _AT_ONCE)).fetchall():
        yield rows
        last = rows[-1]


def _replace(store: Store, gone: set[Triple], new: set[Triple]) -> None:
    """Each of the two steps happens as a whole or not at all; the second one can be repeated."""
    if gone:
        store.update(f"DELETE DATA {{ {' '.join(f'{triple} .' for triple in gone)} }}")
    store.extend(Quad(one.subject, one.predicate, one.object) for one in new)


def publish(folder: Path, store: Store, making: Making) -> None:
    """Brings the writer's store up to date and makes a snapshot of it for readers, if anything has changed."""
    db = making.db
    try:
        changed = apply_dirty(store, making)
        if changed or not has_sound_snapshot(folder):
            store.flush()
            take_snapshot(folder, store)
    except STORE_ERRORS as error:
        raise _explain(folder, error) from error
    db.execute("DELETE FROM dirty")
    _sweep(folder, int(read_meta(db, "epoch") or 0))


def _sweep(folder: Path, epoch: int) -> None:
    """Removes old snapshots that nobody reads, and stores that were made anew."""
    remove_old_snapshots(folder)
    for number in list_numbers(folder, "rdf-"):
        if number != epoch:
            shutil.rmtree(folder / f"rdf-{number}", ignore_errors=True)


def _explain(folder: Path, error: Exception) -> OutputError:
    return OutputError(
        f"cannot be written ({error}); articles that were added are safe, and readers see the graph as it was. "
        "Free some space and run the same command again",
        path=folder,
    )
