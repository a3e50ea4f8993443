"""What readers of a corpus see: snapshots of the writer's store, made by hard links and never changed.

`graph-N` is the one of the N-th build that was finished. A reader opens the newest and holds a lock beside it, so that
the writer leaves it alone. Nothing here knows how the graph is made, so that asking it loads nothing for that.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from pyoxigraph import Store

from kg.corpus.database import NAME
from kg.corpus.locks import take_lock
from kg.errors import GraphError

STORE_ERRORS = (OSError, RuntimeError)
"""What pyoxigraph raises where files are missing, damaged, or cannot be written."""


def has_sound_snapshot(folder: Path) -> bool:
    """Whether readers can open the newest snapshot."""
    try:
        Store.read_only(str(folder / f"graph-{_find_newest(folder)}"))
    except STORE_ERRORS:
        return False
    return True


def take_snapshot(folder: Path, store: Store) -> None:
    """From now on readers see the store as it is."""
    number = max(list_numbers(folder, "graph-"), default=0) + 1
    new = folder / ".graph.new"
    shutil.rmtree(new, ignore_errors=True)
    store.backup(new)
    lock = folder / f"graph-{number}.lock"
    lock.touch()
    new.rename(folder / f"graph-{number}")


def list_numbers(folder: Path, prefix: str) -> list[int]:
    """Of all files or folders that are called by the prefix and a number."""
    names = (path.name.removeprefix(prefix) for path in folder.glob(f"{prefix}*"))
    return sorted(int(name) for name in names if name.isdecimal())


def _find_newest(folder: Path) -> int | None:
    """The number of the newest snapshot."""
    return max(list_numbers(folder, "graph-"), default=None)


def remove_old_snapshots(folder: Path) -> None:
    """All but the newest, and but those that somebody reads."""
    for number in list_numbers(folder, "graph-")[:-1]:
        lock = folder / f"graph-{number}.lock"
        lock.touch()
        held = take_lock(lock)
        if held is not None:
            shutil.rmtree(folder / f"graph-{number}", ignore_errors=True)
            lock.unlink(missing_ok=True)
            os.close(held)


def open_snapshot(folder: Path) -> Store:
    """The newest snapshot, for reading. It stays as it is, whatever a writer does meanwhile.

    Raises GraphError where the folder is no store, or no build of it was ever finished.
    """
    if not (folder / NAME).exists():
        raise GraphError("is a folder, and no store; name the file in it", path=folder)
    for _ in range(3):
        number = _find_newest(folder)
        if number is None:
            break
        lock = folder / f"graph-{number}.lock"
        # Held until the process ends: the writer keeps what somebody reads.
        held = take_lock(lock, shared=True) if lock.exists() else None
        try:
            return Store.read_only(str(folder / f"graph-{number}"))
        except STORE_ERRORS as error:
            if held is not None:
                os.close(held)
            if _find_newest(folder) == number:
                message = f"is damaged ({error}); run `kg build --store {folder}` to make it anew"
                raise GraphError(message, path=folder / f"graph-{number}") from error
    raise GraphError(f"holds no graph yet; run `kg build PAGES --store {folder}` to the end", path=folder)
