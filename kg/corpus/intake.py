"""Files into the tables and out of them: each file in one transaction, so that what is there is whole.

What a file holds is found by its bytes: the same bytes again are not read again. `read_variants` does the reading; it
knows no database and runs in whichever process or machine is told to (`kg.workers`).
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from kg import resources
from kg.corpus import codec
from kg.corpus.database import transaction
from kg.errors import KGError
from kg.layout import find_articles
from kg.model import Article, Page, Reading
from kg.pipeline import read_article
from kg.sources import parse_pages


@dataclass(frozen=True, slots=True)
class Variant:
    """An article as one page prints it, packed; `rank` orders the variants of an article, the one to use first."""

    id: str
    article: str
    rank: str
    page: str
    content: bytes
    reading: bytes


@dataclass(frozen=True, slots=True)
class FileRead:
    """What a file holds, or why it could not be read, and which program says so.

    `notes` say what of it could not be read though the rest could: a page of a PDF that is only a picture.
    """

    variants: tuple[Variant, ...] = ()
    error: str | None = None
    program: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Added:
    """How a file stands in the corpus: `ok`, `known`, `failed`, `empty`, `duplicate` or `removed`.

    `error` says why it failed, or what of it could not be read.
    """

    status: str
    articles: int = 0
    error: str | None = None


def read_variants(data: bytes, name: str, day: date | None) -> FileRead:
    """The articles of a file with what is read from them. Whatever is wrong with the file is told, never raised."""
    try:
        pages = parse_pages(data, name)
        variants = tuple(_read_variant(article) for page in pages for article in _find_articles(page, day))
        notes = tuple(note for page in pages for note in page.notes)
        return FileRead(variants, program=find_program(), notes=notes)
    except KGError as error:
        return FileRead(error=str(error))
    except (Exception, RecursionError) as error:
        return FileRead(error=f"{name}: cannot be read ({type(error).__name__}: {error}); please report this file")


def _find_articles(page: Page, day: date | None) -> tuple[Article, ...]:
    return find_articles(page if page.date else replace(page, date=day))


def _read_variant(article: Article) -> Variant:
    rank, reading = rank_variant(article), pack_reading(read_article(article))
    return Variant(rank.split()[1], article.id, rank, article.page_id, codec.pack(article), reading)


def rank_variant(article: Article) -> str:
    """Of an article that several pages print, the least by this is used: the earliest. Ends in a hash of all of it."""
    content = codec.write(article).encode("utf-8", "surrogatepass")
    return f"{article.date or '9999-99-99'} {hashlib.sha256(content).hexdigest()[:32]}"


def read_again(content: bytes) -> bytes:
    """What the program as it is now reads from an article that it knows."""
    return pack_reading(read_article(codec.unpack(Article, content)))


def pack_reading(reading: Reading) -> bytes:
    """Without the article, which has a place of its own."""
    return codec.pack(replace(reading, article=Article("", "")))


def unpack_reading(content: bytes, reading: bytes) -> Reading:
    return replace(codec.unpack(Reading, reading), article=codec.unpack(Article, content))


def is_known(db: sqlite3.Connection, path: str, digest: str, day: date | None) -> bool:
    """Whether the file was read by this very program with these bytes, and with this day if one is given."""
    row = db.execute("SELECT digest, day, program FROM source WHERE path = ?", (path,)).fetchone()
    return row is not None and row[0] == digest and row[2] == find_program() and day in (None, _day_of(row[1]))


def _day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def read_status(db: sqlite3.Connection, path: str) -> Added:
    """What is known of a file that is not read again."""
    status, articles, error = db.execute(
        "SELECT status, articles, error FROM source WHERE path = ?", (path,)
    ).fetchone()
    return Added("known" if status in ("ok", "duplicate") else status, articles, error)


def add_file(db: sqlite3.Connection, path: str, digest: str, day: date | None, found: FileRead) -> Added:
    """Puts the file in the place of what was known of it."""
    with transaction(db):
        _forget(db, path)
        new = sum(not _is_held(db, one.article) for one in {one.article: one for one in found.variants}.values())
        program = find_program()
        rows = ((one.id, one.article, one.rank, one.page, one.content, one.reading, program) for one in found.variants)
        db.executemany("INSERT OR REPLACE INTO variant VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        occurrences = ((path, place, one.id) for place, one in enumerate(found.variants))
        db.executemany("INSERT INTO occurrence VALUES (?, ?, ?)", occurrences)
        _mark(db, path)
        added = _describe(found, new)
        row = (path, digest, day and day.isoformat(), program, added.status, added.articles, added.error)
        db.execute("INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    return added


def _describe(found: FileRead, new: int) -> Added:
    if found.error is not None:
        return Added("failed", error=found.error)
    if not found.variants:
        return Added("empty", error="holds no article")
    return Added("ok" if new else "duplicate", len(found.variants), "; ".join(found.notes) or None)


def remove_file(db: sqlite3.Connection, path: str) -> None:
    with transaction(db):
        _forget(db, path)


def _forget(db: sqlite3.Connection, path: str) -> None:
    """Takes out the file; its variants go too where no other file has them."""
    _mark(db, path)
    old = db.execute("SELECT variant FROM occurrence WHERE path = ?", (path,)).fetchall()
    db.execute("DELETE FROM occurrence WHERE path = ?", (path,))
    gone = "DELETE FROM variant WHERE id = ? AND NOT EXISTS (SELECT 1 FROM occurrence WHERE variant = id)"
    db.executemany(gone, old)
    db.execute("DELETE FROM source WHERE path = ?", (path,))


def _mark(db: sqlite3.Connection, path: str) -> None:
    """Everything that hangs on the articles of this file is to be derived anew."""
    held = "FROM variant WHERE id IN (SELECT variant FROM occurrence WHERE path = ?)"
    db.execute(f"INSERT OR IGNORE INTO changed SELECT article {held}", (path,))
    db.execute(f"INSERT OR IGNORE INTO changed_page SELECT page {held} AND page <> ''", (path,))


def _is_held(db: sqlite3.Connection, article: str) -> bool:
    return db.execute("SELECT 1 FROM variant WHERE article = ?", (article,)).fetchone() is not None


def find_gone(db: sqlite3.Connection, folders: Iterable[str], there: Iterable[str]) -> list[str]:
    """Known files below the folders that are not among those which are there now."""
    seen = set(there)
    below = tuple(f"{folder.rstrip('/')}/" for folder in folders)
    paths = (str(path) for (path,) in db.execute("SELECT path FROM source ORDER BY path"))
    return [path for path in paths if path not in seen and path.startswith(below)] if below else []


def find_outdated(db: sqlite3.Connection) -> Iterator[tuple[str, bytes]]:
    """Variants that another version of the program read, with their articles."""
    program, last = find_program(), ""
    while rows := _next_outdated(db, program, last):
        yield from rows
        last = rows[-1][0]


def _next_outdated(db: sqlite3.Connection, program: str, last: str) -> Sequence[tuple[str, bytes]]:
    query = "SELECT id, content FROM variant WHERE id > ? AND program <> ? ORDER BY id LIMIT 50"
    return db.execute(query, (last, program)).fetchall()


def replace_reading(db: sqlite3.Connection, variant: str, reading: bytes) -> None:
    with transaction(db):
        program = find_program()
        db.execute("UPDATE variant SET reading = ?, program = ? WHERE id = ?", (reading, program, variant))
        db.execute("INSERT OR IGNORE INTO changed SELECT article FROM variant WHERE id = ?", (variant,))


@cache
def find_program() -> str:
    """A hash of all code, tables and rules: what another program has read is read again."""
    digest = hashlib.sha256()
    for folder, pattern in ((resources.code(), "*.py"), (resources.path("ontology"), "*")):
        for path in sorted(one for one in folder.rglob(pattern) if one.is_file() and "__pycache__" not in one.parts):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
