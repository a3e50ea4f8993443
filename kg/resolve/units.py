"""Mentions that are surely one thing, before any names are compared: same telling name, same code, same ties.

A unit is all mentions of one key, or of one article where the name alone does not tell its thing from others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from kg.knowledge import Knowledge
from kg.model import EntityKey
from kg.resolve.forms import Form, has_headline, is_telling, narrow_form, read_form
from kg.resolve.model import Mentioned

UnitId = tuple[str, str, str]


@dataclass(eq=False)
class Unit:
    """Mentions under one key. `apart`: its name does not tell it from others, so it is of one article."""

    id: UnitId
    mentions: tuple[Mentioned, ...]
    apart: bool
    form: Form = field(repr=False)

    @property
    def key(self) -> EntityKey:
        return self.id[0], self.id[1]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names that are the thing's own, not short ones that some article uses: the key's and the longest written."""
        return tuple(dict.fromkeys((self.id[1], *sorted({one.entity.name for one in self.mentions}))))

    @cached_property
    def aliases(self) -> frozenset[str]:
        return frozenset(name for one in self.mentions for name in one.entity.names)

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The districts that its articles are most about."""
        counts = Counter(code for one in self.mentions for code in one.places[:3])
        return tuple(sorted(counts, key=lambda code: (-counts[code], code))[:5])

    @cached_property
    def first(self) -> tuple[date, str]:
        return min((one.date or date.max, one.article_id) for one in self.mentions)


def make_units(mentioned: Iterable[Mentioned], knowledge: Knowledge) -> list[Unit]:
    grouped: dict[UnitId, dict[str, Mentioned]] = defaultdict(dict)
    apart: dict[EntityKey, bool] = {}
    for one in mentioned:
        cls, name = one.entity.key
        apart.setdefault((cls, name), has_headline(one.entity) or not is_telling(cls, name, knowledge))
        grouped[cls, name, one.article_id if apart[cls, name] else ""][one.article_id] = one
    return [_make_unit(unit, grouped[unit], knowledge, apart=apart[unit[:2]]) for unit in sorted(grouped)]


def _make_unit(unit: UnitId, by_article: Mapping[str, Mentioned], knowledge: Knowledge, *, apart: bool) -> Unit:
    mentions = tuple(by_article[article] for article in sorted(by_article))
    form = read_form(unit[0], unit[1], knowledge)
    if apart and len(form.codes) > 1:
        form = narrow_form(form, mentions[0].places, knowledge)
        apart = len(form.codes) > 1
    return Unit(unit, mentions, apart, form)


def find_identities(unit: Unit, knowledge: Knowledge) -> Iterator[tuple[str, ...]]:
    """Keys of which each is enough: units that share one are one thing, if their classes allow it."""
    form, cls = unit.form, unit.id[0]
    if cls == "Person":
        yield from _identify_person(unit, knowledge)
    elif has_headline(unit.mentions[0].entity):
        yield unit.key
    elif unit.apart:
        yield from _identify_common(unit)
    elif cls != "District":
        if not unit.id[2]:
            yield form.family, "name", form.plain
        if len(form.known) == 1:
            yield form.family, "known", min(form.known)
        if len(form.codes) == 1 and (form.body or form.family == "Place"):
            yield form.family, "district", min(form.codes), form.core
        if form.full and len(form.core) >= 3:
            yield form.family, "full", form.core, form.legal, form.place and min(form.codes), form.site
        if form.family in {"Industry", "Project"}:
            yield form.family, "stem", form.core


def _identify_person(unit: Unit, knowledge: Knowledge) -> Iterator[tuple[str, ...]]:
    """The same organisation, or one page and one district."""
    name = unit.form.plain
    for one in unit.mentions:
        for body in find_bodies(one.ties, knowledge):
            yield "Person", name, "with", body
        if one.page_id:
            yield from (("Person", name, "page", one.page_id, code) for code in one.places if not code.endswith("0000"))


def find_bodies(ties: Iterable[str], knowledge: Knowledge) -> Iterator[str]:
    """Organisations and districts of a person, in forms that short and full names share."""
    for tie in ties:
        cls, _, name = tie.removeprefix("with ").partition("/")
        if not tie.startswith("with ") or not _holds_posts(cls, knowledge) or not is_telling(cls, name, knowledge):
            continue
        form = read_form(cls, name, knowledge)
        where = min(form.codes) if form.codes else ""
        yield from dict.fromkeys((form.plain, f"{where}/{form.core}", *sorted(form.known)))
        if form.legal and not form.codes:
            yield form.core


def _holds_posts(cls: str, knowledge: Knowledge) -> bool:
    return cls == "District" or knowledge.ontology.is_a(cls, "Organisation")


def _identify_common(unit: Unit) -> Iterator[tuple[str, ...]]:
    """Common names: one party besides one page, or one party, one district and one day."""
    name = unit.form.plain
    for one in unit.mentions:
        parties = [tie for tie in one.ties if tie.startswith("with ") and not tie.startswith("with District/")]
        days = [tie for tie in one.ties if tie.startswith("on ")] or ([f"on {one.date}"] if one.date else [])
        for party in parties:
            if one.page_id:
                yield unit.id[0], name, party, one.page_id
            yield from (
                (unit.id[0], name, party, day, code) for day in days for code in one.places if not code.endswith("0000")
            )
