"""Input files to pages of text. One reader for each format; to add a format, write its reader and enter it below.

A file's format is decided by what it holds, not by its name. In a folder only files are read whose names promise a
format (`_SUFFIXES`) and do not start with a dot.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

from kg.errors import SourceError
from kg.model import Page
from kg.sources.html import read_html
from kg.sources.limits import find_limit
from kg.sources.pdf import read_pdf
from kg.sources.text import read_text

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
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_./\\年]?([01]\d)[-_./\\月]?([0-3]\d)(?!\d)")
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?(?:\s|<\?xml[^>]{0,200}>|<!--.{0,1000}?-->)*<(?:!doctype\s+html|html|head|body|meta)\b",
    re.IGNORECASE | re.DOTALL,
)


def read_source(source: Source) -> tuple[Page, ...]:
    """The pages of a file, or of standard input (`-`); none where it is empty. SourceError where it cannot be read."""
    return parse_pages(read_bytes(source), name_source(source))


def read_bytes(source: Source) -> bytes:
    """What the file holds. SourceError where it cannot be read, or holds too much."""
    name = name_source(source)
    data = _read_stdin() if source == "-" else _read_file(Path(source), name)
    if len(data) > find_limit("KG_MAX_BYTES"):
        raise SourceError(_say_too_large(), path=name)
    return data


def parse_pages(data: bytes, name: str) -> tuple[Page, ...]:
    """The pages in `data`, whatever its format; `name` is what messages call it, and may say the day."""
    pages = _READERS[find_format(data, name)](data, name)
    day = find_day(name)
    return tuple(replace(page, date=page.date or day) for page in pages) if day else pages


def find_day(name: str) -> date | None:
    """The day in a file's name or its folders: 渝州经济报2021-04-29.pdf, 20210429_A03.txt, 2021-04/29/1.htm."""
    for match in reversed(list(_DAY.finditer(name))):
        with contextlib.suppress(ValueError):
            return date(*map(int, match.groups()))
    return None


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
    return sys.stdin.buffer.read(find_limit("KG_MAX_BYTES") + 1)


def _read_file(path: Path, name: str) -> bytes:
    """The bytes of a regular file. Opened without waiting, since a FIFO would wait for ever for its writer."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        raise SourceError(_explain(error), path=name) from error
    try:
        before = os.fstat(descriptor)
        _check(before, name)
        data = _read_descriptor(descriptor)
        _check_unchanged(before, os.fstat(descriptor), len(data), name)
        return data
    except OSError as error:
        raise SourceError(_explain(error), path=name) from error
    finally:
        os.close(descriptor)


def _check(status: os.stat_result, name: str) -> None:
    if not stat.S_ISREG(status.st_mode):
        kind = "a folder" if stat.S_ISDIR(status.st_mode) else "no regular file"
        raise SourceError(f"is {kind}; give a file, or - to read standard input", path=name)
    if status.st_size > find_limit("KG_MAX_BYTES"):
        raise SourceError(_say_too_large(), path=name)


def _check_unchanged(before: os.stat_result, after: os.stat_result, length: int, name: str) -> None:
    """Half of an old page and half of a new one make facts that nobody wrote."""
    same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    if not same or (length != after.st_size and length <= find_limit("KG_MAX_BYTES")):
        raise SourceError("changed while it was read; run again when it is complete", path=name)


def _say_too_large() -> str:
    most = find_limit("KG_MAX_BYTES")
    return f"has more than {most:,} bytes; split it into files of one page each, or set KG_MAX_BYTES"


def _read_descriptor(descriptor: int) -> bytes:
    """All bytes, or one more than the limit of a file that grew meanwhile."""
    with os.fdopen(descriptor, "rb", closefd=False) as file:
        return file.read(find_limit("KG_MAX_BYTES") + 1)


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
