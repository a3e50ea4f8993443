"""From articles to the graph's units: derives all that follows from what files brought or took, in one transaction."""

from __future__ import annotations

import sqlite3

from kg.corpus.database import transaction
from kg.corpus.decided import apply_outer_facts, note_decisions
from kg.corpus.entities import add_mentions, remove_mentions, resolve_again
from kg.corpus.facts import mark_dirty, read_reading, update_districts, update_facts
from kg.corpus.making import Making
from kg.corpus.reprints import update_articles

_ALL_UNITS = {
    "article": "SELECT id FROM article WHERE kept = id",
    "page": "SELECT DISTINCT page FROM variant WHERE page <> ''",
    "entity": "SELECT cls || ' ' || name FROM entity UNION SELECT 'District ' || inner_name FROM located "
    "UNION SELECT 'District ' || outer_name FROM located",
    "link": "SELECT link FROM statement UNION SELECT link FROM located",
    "observation": "SELECT node FROM observation",
    "gazetteer": "SELECT ''",
    "decisions": "SELECT ''",
}


def settle(making: Making) -> None:
    """Afterwards the tables are what they would be if all files had come at once, and `dirty` says what changed."""
    db = making.db
    with transaction(db):
        stale = sorted(update_articles(db))
        touched: set[int] = set()
        for article in stale:
            touched |= remove_mentions(db, article)
            found = read_reading(article, making)
            if found is not None:
                touched |= add_mentions(article, found[0], making)
            note_decisions(article, found, making)
        changes = resolve_again(touched, making)
        update_facts(sorted({*stale, *changes.articles}), making)
        update_districts(changes.codes, making)
        apply_outer_facts(making)
        mark_dirty(db, "entity", (f"{cls} {name}" for cls, name in sorted(changes.entities)))
        mark_dirty(db, "page", [row[0] for row in db.execute("SELECT page FROM changed_page")])
        db.execute("DELETE FROM changed")
        db.execute("DELETE FROM changed_page")


def mark_all_dirty(db: sqlite3.Connection) -> None:
    """For a store that is to be filled anew."""
    with transaction(db):
        for kind, query in _ALL_UNITS.items():
            db.execute(f"INSERT OR IGNORE INTO dirty SELECT '{kind}', * FROM ({query})")


def count_facts(db: sqlite3.Connection) -> dict[str, int]:
    """What the graph has: articles, reprints among them that do not count, entities, facts, and facts by relation."""
    queries = {
        "articles": "SELECT count(*) FROM article WHERE kept = id",
        "reprints": "SELECT count(*) FROM article WHERE kept <> id",
        "entities": "SELECT count(*) FROM entity",
        "statements": "SELECT count(*) FROM statement",
        "observations": "SELECT count(*) FROM observation",
    }
    counts = {name: int(db.execute(query).fetchone()[0]) for name, query in queries.items()}
    by_relation = db.execute("SELECT relation, count(*) FROM statement GROUP BY relation ORDER BY relation")
    return counts | {relation: int(count) for relation, count in by_relation}
