"""Which entities of the corpus the articles' entities are, kept up to date component by component.

Entities of articles that share a block (`kg.resolve.blocks`), directly or through others, form a component; what one
article adds or takes away can change only the components that it touches. Those are resolved anew as a whole, so that
what was once merged comes apart again where its reason is gone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.corpus import codec
from kg.corpus.making import Making
from kg.model import Entity, EntityKey, Reading
from kg.resolve import blocks, find_mentioned, resolve
from kg.resolve.model import Mentioned

_AT_ONCE = 5000
"""Components are resolved together until they have so many mentions; only memory and time depend on it."""


@dataclass(slots=True)
class Changes:
    """What resolution has changed: articles that now speak of other entities, entities, districts there or gone."""

    articles: set[str] = field(default_factory=set)
    entities: set[EntityKey] = field(default_factory=set)
    codes: dict[str, int] = field(default_factory=dict)
    """Code → 1 where the first district of that code came, -1 where the last one went."""


def remove_mentions(db: sqlite3.Connection, article: str) -> set[int]:
    """Takes the article's entities out; gives those to resolve anew."""
    touched = {int(row[0]) for row in db.execute("SELECT named FROM mention WHERE article = ?", (article,))}
    db.execute("INSERT OR IGNORE INTO lost SELECT named, cls, name FROM mention WHERE article = ?", (article,))
    db.execute("DELETE FROM mention WHERE article = ?", (article,))
    return touched


def add_mentions(article: str, reading: Reading, making: Making) -> set[int]:
    """Puts the article's entities in, not yet resolved; gives their numbers."""
    touched = set()
    for one in find_mentioned(reading):
        number, alone = _name(one.entity, making)
        content = "" if alone else codec.write(replace(one, entity=Entity("", ""), article_id=""))
        row = (article, number, content)
        making.db.execute("INSERT INTO mention (article, named, content) VALUES (?, ?, ?)", row)
        touched.add(number)
    return touched


def _name(entity: Entity, making: Making) -> tuple[int, bool]:
    """The number of exactly this entity, and whether it stands alone: what it is does not depend on the article.

    Districts have their codes, trades are joined by their names; both are in so many articles that it tells in time.
    """
    db, content = making.db, codec.write(entity)
    row = db.execute("SELECT id, alone FROM named WHERE content = ?", (content,)).fetchone()
    if row is not None:
        return int(row[0]), bool(row[1])
    found = sorted(blocks(entity, making.knowledge, making.decisions))
    alone = not found or entity.cls == "Industry"
    number = db.execute("INSERT INTO named (content, alone) VALUES (?, ?)", (content, alone)).lastrowid
    assert number is not None
    keys = found or ["|".join(("alone", *entity.key))]
    db.executemany("INSERT INTO block VALUES (?, ?)", ((key, number) for key in keys))
    return number, alone


def resolve_again(touched: Iterable[int], making: Making) -> Changes:
    """Resolves the components of the entities with these numbers."""
    db, changes = making.db, Changes()
    for numbers in _batch_components(db, touched):
        _resolve(numbers, making, changes)
    for table, column in (("named", "id"), ("block", "named")):
        unused = f"{column} IN (SELECT named FROM lost) AND {column} NOT IN (SELECT named FROM mention)"
        db.execute(f"DELETE FROM {table} WHERE {unused}")
    db.execute("DELETE FROM lost")
    return changes


def _batch_components(db: sqlite3.Connection, touched: Iterable[int]) -> Iterator[list[int]]:
    done: set[int] = set()
    batch: list[int] = []
    mentions = 0
    for number in sorted(touched):
        if number in done:
            continue
        component = _find_component(db, number)
        done |= component
        batch += sorted(component)
        mentions += sum(
            db.execute("SELECT count(*) FROM mention WHERE named = ?", (one,)).fetchone()[0] for one in component
        )
        if mentions >= _AT_ONCE:
            yield batch
            batch, mentions = [], 0
    if batch:
        yield batch


def _find_component(db: sqlite3.Connection, start: int) -> set[int]:
    component, waiting = {start}, [start]
    seen: set[str] = set()
    while waiting:
        for (block,) in db.execute("SELECT block FROM block WHERE named = ?", (waiting.pop(),)).fetchall():
            if block not in seen:
                seen.add(block)
                near = {int(row[0]) for row in db.execute("SELECT named FROM block WHERE block = ?", (block,))}
                waiting += near - component
                component |= near
    return component


def _resolve(numbers: Sequence[int], making: Making, changes: Changes) -> None:
    db = making.db
    rows = [row for number in numbers for row in _read_mentions(db, number)]
    before = {row.before for row in rows if row.before} | {key for number in numbers for key in _lost(db, number)}
    mentioned = sorted((row.mentioned for row in rows), key=_order)
    found = resolve(mentioned, making.knowledge, making.decisions, reasons=False)
    entities: dict[EntityKey, Entity] = {}
    for row in rows:
        entity = found.of[row.mentioned.article_id, row.mentioned.entity.key]
        entities[entity.key] = entity
        if row.alone or row.before != entity.key:
            changes.articles |= _update(db, row, entity.key)
    _write_entities(db, before, entities, changes)
    replaced = {key: by for key, by in found.replaced.items() if by in entities}
    _write_replaced(db, before | entities.keys(), replaced, changes)


@dataclass(frozen=True, slots=True)
class _Row:
    """A mention, or all of an entity that stands alone; with the entity of the corpus that it was until now."""

    number: int
    mentioned: Mentioned
    alone: bool
    before: EntityKey | None


def _order(one: Mentioned) -> tuple[str, EntityKey]:
    return one.article_id, one.entity.key


def _read_mentions(db: sqlite3.Connection, number: int) -> Iterator[_Row]:
    content, alone = db.execute("SELECT content, alone FROM named WHERE id = ?", (number,)).fetchone()
    entity = codec.read(Entity, content)
    columns = "min(article), '', max(cls), max(name)" if alone else "article, content, cls, name"
    rows = db.execute(f"SELECT {columns} FROM mention WHERE named = ?", (number,)).fetchall()
    for article, text, cls, name in rows:
        if article is not None:
            one = codec.read(Mentioned, text) if text else Mentioned("", "", None, entity)
            yield _Row(number, replace(one, entity=entity, article_id=article), bool(alone), cls and (cls, name))


def _lost(db: sqlite3.Connection, number: int) -> Iterator[EntityKey]:
    yield from db.execute("SELECT cls, name FROM lost WHERE named = ? AND cls IS NOT NULL", (number,))


def _update(db: sqlite3.Connection, row: _Row, key: EntityKey) -> set[str]:
    """Writes the entity of the mention; gives the articles for which it is another one than before."""
    where, which = ("", ()) if row.alone else (" AND article = ?", (row.mentioned.article_id,))
    changed = f"named = ?{where} AND (cls IS NOT ? OR name IS NOT ?)"
    values = (row.number, *which, *key)
    articles = {str(one[0]) for one in db.execute(f"SELECT article FROM mention WHERE {changed}", values)}
    db.execute(f"UPDATE mention SET cls = ?, name = ? WHERE {changed}", (*key, *values))
    return articles


def _write_entities(
    db: sqlite3.Connection, before: Iterable[EntityKey], entities: dict[EntityKey, Entity], changes: Changes
) -> None:
    for key in sorted({*before, *entities}):
        old = db.execute("SELECT content, code FROM entity WHERE cls = ? AND name = ?", key).fetchone()
        entity = entities.get(key)
        content = entity and codec.write(entity)
        if (old and old[0]) == content:
            continue
        changes.entities.add(key)
        db.execute("DELETE FROM entity WHERE cls = ? AND name = ?", key)
        if old and old[1]:
            changes.codes[old[1]] = changes.codes.get(old[1], 0) - 1
        if entity:
            db.execute("INSERT INTO entity VALUES (?, ?, ?, ?)", (*key, content, entity.adcode))
            if entity.adcode:
                changes.codes[entity.adcode] = changes.codes.get(entity.adcode, 0) + 1


def _write_replaced(
    db: sqlite3.Connection, keys: Iterable[EntityKey], replaced: dict[EntityKey, EntityKey], changes: Changes
) -> None:
    old: dict[EntityKey, EntityKey] = {}
    for by in sorted(keys):
        for cls, name in db.execute("SELECT cls, name FROM replaced WHERE by_cls = ? AND by_name = ?", by).fetchall():
            old[cls, name] = by
    if old == replaced:
        return
    changes.entities |= {by for key, by in {*old.items(), *replaced.items()} if old.get(key) != replaced.get(key)}
    db.executemany("DELETE FROM replaced WHERE cls = ? AND name = ?", old)
    rows = ((*key, *by) for key, by in sorted(replaced.items()))
    db.executemany("INSERT OR REPLACE INTO replaced VALUES (?, ?, ?, ?)", rows)
