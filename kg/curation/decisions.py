"""Decisions of people, as values. Each knows its file and line, so that a message can name the place."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from kg.errors import KGError
from kg.model import EntityKey, Qualifiers


class CurationError(KGError):
    """A file of decisions is wrong, or contradicts itself."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Who decided this, when and why, and where it is written."""

    path: Path | None = None
    line: int = 0
    by: str | None = None
    on: date | None = None
    why: str | None = None

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.path else "?"


@dataclass(frozen=True, slots=True)
class Same:
    """These names stand for one entity; the first is kept."""

    names: tuple[EntityKey, ...]
    origin: Origin = field(default=Origin(), compare=False)


@dataclass(frozen=True, slots=True)
class Different:
    """No two of these names stand for one entity."""

    names: tuple[EntityKey, ...]
    origin: Origin = field(default=Origin(), compare=False)


@dataclass(frozen=True, slots=True)
class Canonical:
    """The entity that bears this name is to be called so."""

    name: EntityKey
    canonical: str
    origin: Origin = field(default=Origin(), compare=False)


@dataclass(frozen=True, slots=True)
class Wrong:
    """No such fact is to be read from these words of this article. What is None fits everything."""

    relation: str
    article: str | None = None
    article_id: str | None = None
    quote: str | None = None
    subject: str | None = None
    object: str | None = None
    origin: Origin = field(default=Origin(), compare=False)


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that was not read: from the words of an article, or from a source outside the corpus."""

    subject: EntityKey
    relation: str
    object: EntityKey
    article: str | None = None
    article_id: str | None = None
    quote: str | None = None
    source: str | None = None
    qualifiers: Qualifiers = field(default=Qualifiers())
    origin: Origin = field(default=Origin(), compare=False)


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A person of whom nothing is to be kept, the name in the texts included."""

    person: str
    origin: Origin = field(default=Origin(), compare=False)


Decision = Same | Different | Canonical | Wrong | Missing | Suppressed


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions of a file, each kind in the order written."""

    same: tuple[Same, ...] = ()
    different: tuple[Different, ...] = ()
    canonical: tuple[Canonical, ...] = ()
    wrong: tuple[Wrong, ...] = ()
    missing: tuple[Missing, ...] = ()
    suppress: tuple[Suppressed, ...] = ()

    def all(self) -> tuple[Decision, ...]:
        return (*self.same, *self.different, *self.canonical, *self.wrong, *self.missing, *self.suppress)


NONE = Decisions()


@lru_cache(maxsize=8)
def group_names(decisions: Decisions) -> Mapping[EntityKey, frozenset[EntityKey]]:
    """Name → all names that are one with it by `same` and `canonical`, also by way of others."""
    groups: dict[EntityKey, frozenset[EntityKey]] = {}
    pairs = [(one.name, (one.name[0], one.canonical)) for one in decisions.canonical]
    for names in (*(one.names for one in decisions.same), *pairs):
        whole = frozenset(names).union(*(groups.get(name, frozenset()) for name in names))
        groups |= dict.fromkeys(whole, whole)
    return groups


def find_kept(decisions: Decisions, keys: Set[EntityKey]) -> EntityKey | None:
    """What people call the thing that is known under these names; None where they say nothing."""
    for one in decisions.canonical:
        if one.name in keys or (one.name[0], one.canonical) in keys:
            return one.name[0], one.canonical
    groups = group_names(decisions)
    there = [key for key in keys if len(groups.get(key, frozenset()) & keys) > 1]
    return min(there, key=lambda key: (_count_kept_over(decisions, key), key), default=None)


def _count_kept_over(decisions: Decisions, key: EntityKey) -> int:
    """How many steps lead to the name that is kept in the place of all others."""
    kept = {name: same.names[0] for same in reversed(decisions.same) for name in same.names[1:]}
    steps = 0
    while key in kept:
        key, steps = kept[key], steps + 1
    return steps
