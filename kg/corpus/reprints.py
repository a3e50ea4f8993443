"""Which articles of the corpus are one: the same text on several pages, and reprints (see `kg.duplicates`).

An article is stored with the variant to use. Pairs that are alike are kept, so that a new article is compared only with
those that share some of its shingles, and only its own group is chosen from anew.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from kg.corpus import codec
from kg.duplicates import (
    LEAST_FIGURES,
    LEAST_LENGTH,
    Sketch,
    choose_originals,
    make_sketch,
    measure_likeness,
    measure_share,
    rank_article,
)
from kg.model import Article

_YEAR = re.compile("(?:19|20)[0-9]{2}")


def update_articles(db: sqlite3.Connection) -> set[str]:
    """Brings the articles that were marked up to date; gives the ids of all whose facts or pages may be others now."""
    stale: set[str] = set()
    regroup: set[str] = set()
    coming: dict[str, str] = {}
    # What goes is gone before anything is compared with what is there.
    for (article,) in db.execute("SELECT article FROM changed ORDER BY article").fetchall():
        old = db.execute("SELECT variant, kept FROM article WHERE id = ?", (article,)).fetchone()
        new = db.execute("SELECT id FROM variant WHERE article = ? ORDER BY rank LIMIT 1", (article,)).fetchone()
        stale |= {article} | ({old[1]} if old else set())
        if (old and old[0]) != (new and new[0]):
            regroup |= set(_neighbours(db, article))
            _remove(db, article)
            coming |= {article: new[0]} if new else {}
    for article, variant in coming.items():
        _add(db, article, variant)
        regroup.add(article)
    return stale | _regroup(db, regroup)


def _neighbours(db: sqlite3.Connection, article: str) -> Iterator[str]:
    yield from (str(row[0]) for row in db.execute("SELECT other FROM alike WHERE article = ?", (article,)))


def _remove(db: sqlite3.Connection, article: str) -> None:
    db.execute("INSERT OR IGNORE INTO dirty SELECT 'article', shown FROM article WHERE id = ?", (article,))
    db.execute("DELETE FROM article WHERE id = ?", (article,))
    for table in ("sketch", "figure"):
        db.execute(f"DELETE FROM {table} WHERE article = ?", (article,))
    others = "other = ?1 AND article IN (SELECT other FROM alike WHERE article = ?1)"
    db.execute(f"DELETE FROM alike WHERE {others}", (article,))
    db.execute("DELETE FROM alike WHERE article = ?", (article,))


def _add(db: sqlite3.Connection, key: str, variant: str) -> None:
    (content,) = db.execute("SELECT content FROM variant WHERE id = ?", (variant,)).fetchone()
    article = codec.unpack(Article, content)
    sketch = make_sketch(article)
    pairs = list(_find_alike(db, sketch))
    rows = [(one, other, share) for other, share in pairs for one, other in ((key, other), (other, key))]
    db.executemany("INSERT INTO alike VALUES (?, ?, ?)", rows)
    bare = not sketch.figures
    db.executemany("INSERT INTO sketch VALUES (?, ?, ?)", ((bare, shingle, key) for shingle in sketch.smallest))
    telling = set(_find_telling(sketch.figures))
    db.executemany("INSERT INTO figure VALUES (?, ?, ?)", ((one, one in telling, key) for one in sketch.figures))
    row = (key, variant, len(article.body), _sortable(article), " ".join(sorted(sketch.figures)), key, key, "")
    db.execute("INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


def _sortable(article: Article) -> str:
    length, day, key = rank_article(article)
    return f"{10**9 + length:010d} {day.isoformat()} {key}"


def _find_alike(db: sqlite3.Connection, sketch: Sketch) -> Iterator[tuple[str, float]]:
    """The articles that this one is a reprint of, or that are reprints of it, if no other were there."""
    for key, variant, figures in _read_candidates(db, sketch):
        if not _may_match(sketch.figures, frozenset(figures.split())):
            continue
        (content,) = db.execute("SELECT content FROM variant WHERE id = ?", (variant,)).fetchone()
        other = make_sketch(codec.unpack(Article, content))
        if not set(other.smallest) & set(sketch.smallest):
            continue
        lesser, original = sorted((sketch, other), key=lambda one: rank_article(one.article), reverse=True)
        share = measure_likeness(lesser, original)
        if share is not None:
            yield key, share


def _may_match(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the figures allow it, one way round or the other: it costs less to see than the words."""
    fewer = min(one, other, key=len)
    return measure_share(fewer, one & other) >= LEAST_FIGURES


def _read_candidates(db: sqlite3.Connection, sketch: Sketch) -> list[tuple[str, str, str]]:
    """Articles, each with variant and figures, that have enough of this one's figures, or enough of whose figures it
    has; and those without any.

    Figures tell more than words where many articles follow one pattern. A lesser article lacks few of its own in the
    other, so that one of a few of them, whichever these are, is there; the longest that are no years are the rarest.
    """
    figures = sorted(sketch.figures)
    telling = _find_telling(figures)
    bare = "1" if figures else "0, 1"
    near = (
        f"SELECT article FROM figure WHERE telling IN (0, 1) AND figure IN ({_marks(telling)})",
        f"SELECT article FROM figure WHERE telling = 1 AND figure IN ({_marks(figures)})",
        f"SELECT article FROM sketch WHERE bare IN ({bare}) AND shingle IN ({_marks(sketch.smallest)})",
    )
    found = f"id IN ({' UNION '.join(near)}) AND id <> ? AND size BETWEEN ? AND ?"
    size = len(sketch.article.body)
    which = (sketch.article.id, LEAST_LENGTH * size, size / LEAST_LENGTH)
    query = f"SELECT id, variant, figures FROM article WHERE {found} ORDER BY id"
    return db.execute(query, (*telling, *figures, *sketch.smallest, *which)).fetchall()


def _find_telling(figures: Iterable[str]) -> list[str]:
    """So many that not all of them can be missing in an article that has enough of them."""
    ranked = sorted(figures, key=lambda figure: (bool(_YEAR.fullmatch(figure)), -len(figure), figure))
    return ranked[: int((1 - LEAST_FIGURES) * len(ranked) + 1e-9) + 1]


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _regroup(db: sqlite3.Connection, seeds: Iterable[str]) -> set[str]:
    """Chooses anew which article counts for each of a group; gives those for which that has changed."""
    stale: set[str] = set()
    done: set[str] = set()
    for seed in sorted(seeds):
        if seed in done:
            continue
        rows = _read_group(db, seed)
        done |= {seed, *rows}
        ranked = sorted(rows, key=lambda key: rows[key][0])
        place = {key: number for number, key in enumerate(ranked)}
        alike = {key: {o: s for o, s in rows[key][2].items() if place[o] < place[key]} for key in ranked}
        originals = choose_originals(ranked, alike)
        for key in ranked:
            old, new = rows[key][1], originals.get(key, key)
            if old != new:
                db.execute("UPDATE article SET kept = ? WHERE id = ?", (new, key))
                stale |= {key, old, new}
    return stale


def _read_group(db: sqlite3.Connection, seed: str) -> dict[str, tuple[str, str, dict[str, float]]]:
    """Article → its rank, the one that counts for it, and those alike with how much; all that hang together."""
    group: dict[str, tuple[str, str, dict[str, float]]] = {}
    waiting = [seed]
    while waiting:
        key = waiting.pop()
        row = None if key in group else db.execute("SELECT rank, kept FROM article WHERE id = ?", (key,)).fetchone()
        if row is not None:
            alike = dict(db.execute("SELECT other, share FROM alike WHERE article = ?", (key,)))
            group[key] = (row[0], row[1], alike)
            waiting += alike
    return group
