"""Input files to pages of text. One reader for each format; to add a format, write its reader and enter it below.

A file's format is decided by what it holds, not by its name. In a folder only files are read whose names promise a
format (`_SUFFIXES`) and do not start with a dot.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Literal

from kg.errors import SourceError
from kg.model import Page
from kg.sources.html import read_html
from kg.sources.pdf import read_pdf
from kg.sources.text import read_text

MAX_BYTES = 32_000_000
"""The largest input that is read; a newspaper page has some 20,000 bytes, a book 2,000,000."""

Source = Path | Literal["-"]
Reader = Callable[[bytes, str], tuple[Page, ...]]

_READERS: dict[str, Reader] = {"text": read_text, "html": read_html, "pdf": read_pdf}
_SUFFIXES = frozenset({".txt", ".text", ".html", ".htm", ".xhtml", ".pdf"})
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a gzip file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?(?:\s|<\?xml[^>]{0,200}>|<!--.{0,1000}?-->)*<(?:!doctype\s+html|html|head|body|meta)\b",
    re.IGNORECASE | re.DOTALL,
)


def read_source(source: Source) -> tuple[Page, ...]:
    """The pages of a file, or of standard input (`-`); none where it is empty. SourceError where it cannot be read."""
    name = name_source(source)
    data = _read_stdin() if source == "-" else _read_file(Path(source), name)
    if len(data) > MAX_BYTES:
        raise SourceError(f"has more than {MAX_BYTES:,} bytes; split it into files of one page each", path=name)
    return _READERS[find_format(data, name)](data, name)


def name_source(source: Source) -> str:
    """The source as messages and the report name it; bytes of a file name that are no text are written \\xNN."""
    return os.fsencode(str(source)).decode("utf-8", "backslashreplace")


def find_inputs(paths: Iterable[str | Path]) -> Iterator[Source]:
    """The files that `paths` stand for, in order: files and `-` as they are, folders with all below them, sorted.

    Paths that do not exist or cannot be opened come out as well, so that reading them says why.
    """
    for path in paths:
        if str(path) == "-":
            yield "-"
        elif Path(path).is_dir():
            yield from _walk(Path(path), frozenset())
        else:
            yield Path(path)


def _walk(folder: Path, above: frozenset[tuple[int, int]]) -> Iterator[Path]:
    """Files below a folder. `above` knows the folders on the way here, so that a link back to one ends there."""
    try:
        status = folder.stat()
        entries = sorted(folder.iterdir(), key=lambda entry: os.fsencode(entry.name))
    except OSError:
        yield folder
        return
    key = (status.st_dev, status.st_ino)
    if key in above:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _walk(entry, above | {key})
        elif entry.suffix.lower() in _SUFFIXES:
            yield entry


def _read_stdin() -> bytes:
    return sys.stdin.buffer.read(MAX_BYTES + 1)


def _read_file(path: Path, name: str) -> bytes:
    """The bytes of a regular file. Opened without waiting, since a FIFO would wait for ever for its writer."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        raise SourceError(_explain(error), path=name) from error
    try:
        _check(os.fstat(descriptor), name)
        return _read_descriptor(descriptor)
    except OSError as error:
        raise SourceError(_explain(error), path=name) from error
    finally:
        os.close(descriptor)


def _check(status: os.stat_result, name: str) -> None:
    if not stat.S_ISREG(status.st_mode):
        kind = "a folder" if stat.S_ISDIR(status.st_mode) else "no regular file"
        raise SourceError(f"is {kind}; give a file, or - to read standard input", path=name)
    if status.st_size > MAX_BYTES:
        message = f"has {status.st_size:,} bytes, more than {MAX_BYTES:,}; split it into files of one page each"
        raise SourceError(message, path=name)


def _read_descriptor(descriptor: int) -> bytes:
    """All bytes, or one more than the limit of a file that grew meanwhile."""
    with os.fdopen(descriptor, "rb", closefd=False) as file:
        return file.read(MAX_BYTES + 1)


def _explain(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file; check the path"
    if isinstance(error, PermissionError):
        return "may not be read; ask for permission, or copy the file"
    if isinstance(error, IsADirectoryError):
        return "is a folder that cannot be read"
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return f"cannot be opened ({reason}); check the path"


def find_format(data: bytes, name: str) -> str:
    """The key in `_READERS` for what `data` is."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise SourceError(f"is {kind}, which cannot be read; save its text as a UTF-8 text file", path=name)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    return "html" if _HTML.match(data[:2048].replace(b"\x00", b"")) else "text"
