"""Files are written whole or not at all: next to their place, then renamed into it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.errors import OutputError


def check_folder(folder: Path) -> None:
    """Raises OutputError where the folder cannot be written, before any work is done for it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, path = tempfile.mkstemp(prefix=".try.", dir=folder)
        os.close(handle)
        Path(path).unlink()
    except OSError as error:
        raise _explain(folder, error) from error


def _explain(folder: Path, error: OSError) -> OutputError:
    way_out = "Free some space or choose another folder with --out"
    return OutputError(
        f"cannot be written ({error.strerror or error}); nothing there was changed. {way_out}", path=folder
    )


def write_files(folder: Path, contents: Mapping[str, bytes | Iterable[bytes | memoryview]]) -> None:
    """Writes all files or, where one cannot be written, none; what was there stays until all are ready.

    Raises OutputError that says what the system said.
    """
    ready: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            ready.append((_write_beside(folder, name, content), folder / name))
        for written, place in ready:
            written.replace(place)
    except OSError as error:
        raise _explain(folder, error) from error
    finally:
        for written, _ in ready:
            written.unlink(missing_ok=True)


def _write_beside(folder: Path, name: str, content: bytes | Iterable[bytes | memoryview]) -> Path:
    handle, path = tempfile.mkstemp(prefix=f".{name}.", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines([content] if isinstance(content, bytes) else content)
            file.flush()
            os.fsync(file.fileno())
        Path(path).chmod(0o644)
    except OSError:
        Path(path).unlink(missing_ok=True)
        raise
    return Path(path)
