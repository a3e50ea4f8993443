"""The tables of a corpus, and what is said where its database cannot be used.

`source`, `occurrence` and `variant` are the truth; all other tables follow from them. A variant is an article as one
page prints it (its date, its paper, its place there), with what was read from it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import GraphError, KGError, OutputError

VERSION = 1
"""Of the tables: another number, another form, which this program cannot use."""
_APPLICATION = 0x6B672D63
NAME = "corpus.sqlite"

_TRUTH = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (path TEXT PRIMARY KEY, digest TEXT NOT NULL, day TEXT, program TEXT NOT NULL, status TEXT NOT NULL,
    articles INTEGER NOT NULL, error TEXT) WITHOUT ROWID;
CREATE TABLE occurrence (path TEXT, place INTEGER, variant TEXT NOT NULL, PRIMARY KEY (path, place)) WITHOUT ROWID;
CREATE INDEX occurrence_variant ON occurrence (variant);
CREATE TABLE variant (id TEXT PRIMARY KEY, article TEXT NOT NULL, rank TEXT NOT NULL, page TEXT NOT NULL,
    content BLOB NOT NULL, reading BLOB NOT NULL, program TEXT NOT NULL);
CREATE INDEX variant_article ON variant (article, rank);
CREATE INDEX variant_page ON variant (page);
CREATE TABLE changed (article TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE changed_page (page TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_DERIVED = """
CREATE TABLE article (id TEXT PRIMARY KEY, variant TEXT NOT NULL, size INTEGER NOT NULL, rank TEXT NOT NULL,
    figures TEXT NOT NULL, kept TEXT NOT NULL, shown TEXT NOT NULL, used TEXT NOT NULL);
CREATE INDEX article_kept ON article (kept);
CREATE INDEX article_shown ON article (shown);
CREATE TABLE sketch (bare INTEGER, shingle INTEGER, article TEXT, PRIMARY KEY (bare, shingle, article)) WITHOUT ROWID;
CREATE INDEX sketch_article ON sketch (article);
CREATE TABLE figure (figure TEXT, telling INTEGER, article TEXT, PRIMARY KEY (figure, telling, article)) WITHOUT ROWID;
CREATE INDEX figure_article ON figure (article);
CREATE TABLE alike (article TEXT, other TEXT, share REAL NOT NULL, PRIMARY KEY (article, other)) WITHOUT ROWID;
CREATE TABLE named (id INTEGER PRIMARY KEY, content TEXT NOT NULL UNIQUE, alone INTEGER NOT NULL);
CREATE TABLE block (block TEXT, named INTEGER, PRIMARY KEY (block, named)) WITHOUT ROWID;
CREATE INDEX block_named ON block (named);
CREATE TABLE mention (article TEXT, named INTEGER, content TEXT NOT NULL, cls TEXT, name TEXT,
    PRIMARY KEY (article, named)) WITHOUT ROWID;
CREATE INDEX mention_named ON mention (named);
CREATE TABLE lost (named INTEGER, cls TEXT, name TEXT, PRIMARY KEY (named, cls, name));
CREATE TABLE entity (cls TEXT, name TEXT, content TEXT NOT NULL, code TEXT, PRIMARY KEY (cls, name)) WITHOUT ROWID;
CREATE INDEX entity_code ON entity (code) WHERE code IS NOT NULL;
CREATE TABLE replaced (cls TEXT, name TEXT, by_cls TEXT NOT NULL, by_name TEXT NOT NULL, PRIMARY KEY (cls, name))
    WITHOUT ROWID;
CREATE INDEX replaced_by ON replaced (by_cls, by_name);
CREATE TABLE statement (node TEXT PRIMARY KEY, relation TEXT NOT NULL, link TEXT NOT NULL, content TEXT NOT NULL);
CREATE INDEX statement_link ON statement (link);
CREATE TABLE observation (node TEXT PRIMARY KEY, content TEXT NOT NULL);
CREATE TABLE fact (node TEXT, article TEXT, confidence TEXT NOT NULL, PRIMARY KEY (node, article)) WITHOUT ROWID;
CREATE INDEX fact_article ON fact (article);
CREATE TABLE located (code TEXT PRIMARY KEY, inner_name TEXT NOT NULL, outer_name TEXT NOT NULL, link TEXT NOT NULL,
    times INTEGER NOT NULL);
CREATE INDEX located_link ON located (link);
CREATE INDEX located_inner ON located (inner_name);
CREATE INDEX located_outer ON located (outer_name);
CREATE TABLE dirty (kind TEXT, name TEXT, PRIMARY KEY (kind, name)) WITHOUT ROWID;
"""
_DERIVED_TABLES = (
    *("article", "sketch", "figure", "alike", "named", "block", "mention", "lost", "entity"),
    *("replaced", "statement", "observation", "fact", "located", "dirty"),
)


def open_database(folder: Path | None) -> sqlite3.Connection:
    """The database in the folder, made where there is none; without a folder one for this process alone.

    Raises GraphError where what is there is damaged, is not ours, or has tables of another version.
    """
    if folder is None:
        db = sqlite3.connect("", isolation_level=None)
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA cache_size = -100000")
        _create(db)
        return db
    db = sqlite3.connect(folder / NAME, isolation_level=None, timeout=5)
    try:
        _check_version(db, folder)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA cache_size = -50000")
        if not db.execute("PRAGMA user_version").fetchone()[0]:
            _create(db)
    except BaseException:
        db.close()
        raise
    return db


def _check_version(db: sqlite3.Connection, folder: Path) -> None:
    version = db.execute("PRAGMA user_version").fetchone()[0]
    filled = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    ours = db.execute("PRAGMA application_id").fetchone()[0] == _APPLICATION
    if filled and not ours:
        raise GraphError("holds a database of another program; name another folder with --store", path=folder)
    if filled and version != VERSION:
        raise GraphError(
            f"was written by another version of this program (form {version}, this one has {VERSION}); "
            "use that version, or build a new store from the pages: kg build PAGES --store NEW",
            path=folder,
        )


def _create(db: sqlite3.Connection) -> None:
    with transaction(db):
        for statement in (_TRUTH + _DERIVED).split(";"):
            db.execute(statement)
        db.execute(f"PRAGMA application_id = {_APPLICATION}")
        db.execute(f"PRAGMA user_version = {VERSION}")


def forget_derived(db: sqlite3.Connection) -> None:
    """Empties all tables that follow from others, and marks all articles, so that everything is derived anew."""
    for table in _DERIVED_TABLES:
        db.execute(f"DELETE FROM {table}")
    db.execute("INSERT OR IGNORE INTO changed SELECT DISTINCT article FROM variant")
    db.execute("INSERT OR IGNORE INTO changed_page SELECT DISTINCT page FROM variant WHERE page <> ''")
    write_meta(db, "epoch", str(int(read_meta(db, "epoch") or 0) + 1))


def read_meta(db: sqlite3.Connection, name: str) -> str | None:
    row = db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def write_meta(db: sqlite3.Connection, name: str, value: str) -> None:
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All or nothing."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


@contextmanager
def explained(folder: Path | None) -> Iterator[None]:
    """What the database or the system says, in words that name the folder and the way out."""
    try:
        yield
    except sqlite3.Error as error:
        raise _explain(error, folder) from error


def _explain(error: sqlite3.Error, folder: Path | None) -> KGError:
    place = folder or "the working memory on disk"
    name = getattr(error, "sqlite_errorname", None) or ""
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return GraphError(
            f"is damaged ({error}). Copy it back from a backup, or build a new store from the pages: "
            "kg build PAGES --store NEW. What was last finished can still be asked",
            path=place,
        )
    if name.startswith("SQLITE_BUSY"):
        return GraphError("is in use by another program; try again when that is done", path=place)
    return OutputError(
        f"cannot be written ({error}); whole articles that were added are safe. "
        "Free some space, see that the folder may be written, and run the same command again",
        path=place,
    )
