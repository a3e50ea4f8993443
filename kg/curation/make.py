"""Entries of the curation file become decisions, each checked against the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from kg.curation.decisions import Canonical, Different, Missing, Origin, Same, Suppressed, Wrong
from kg.curation.entry import Entry
from kg.errors import OntologyError
from kg.model import EntityKey, Qualifiers, TimeSpan
from kg.ontology import Ontology

QUALIFIERS = ("on_date", "amount", "currency", "role", "purpose", "metric", "position", "share")
_MODALITIES = ("actual", "planned", "denied")


def make_origin(entry: Entry) -> Origin:
    day = entry.text("on")
    try:
        on = date.fromisoformat(day) if day else None
    except ValueError as error:
        raise entry.fail(f"on: {day} is no date; write 2026-11-24", "on") from error
    return Origin(entry.path, entry.line, entry.text("by"), on, entry.text("why"))


def _read_class(entry: Entry, key: str, ontology: Ontology) -> str:
    cls = entry.need(key)
    try:
        ontology.ancestors(cls)
    except OntologyError as error:
        raise entry.fail(error.message, key) from error
    return cls


def _read_relation(entry: Entry, ontology: Ontology) -> str:
    try:
        return ontology.relation(entry.need("relation")).name
    except OntologyError as error:
        raise entry.fail(error.message, "relation") from error


def _read_names(entry: Entry, ontology: Ontology) -> tuple[EntityKey, ...]:
    names = entry.texts("names")
    if len(names) < 2 or not all(names):
        raise entry.fail("names needs two names or more", "names")
    first = _read_class(entry, "class", ontology)
    other = _read_class(entry, "other_class", ontology) if "other_class" in entry.values else first
    keys = tuple((other if place else first, name) for place, name in enumerate(names))
    if len(set(keys)) < len(keys):
        raise entry.fail("names one thing twice", "names")
    return keys


def _make_same(entry: Entry, ontology: Ontology) -> Same:
    return Same(_read_names(entry, ontology), make_origin(entry))


def _make_different(entry: Entry, ontology: Ontology) -> Different:
    return Different(_read_names(entry, ontology), make_origin(entry))


def _make_canonical(entry: Entry, ontology: Ontology) -> Canonical:
    key = _read_class(entry, "class", ontology), entry.need("name")
    return Canonical(key, entry.need("canonical"), make_origin(entry))


def _make_suppressed(entry: Entry, _: Ontology) -> Suppressed:
    if len(person := entry.need("person")) < 2:
        raise entry.fail("one character is no name of a person; it would be masked wherever it stands", "person")
    return Suppressed(person, make_origin(entry))


def _make_wrong(entry: Entry, ontology: Ontology) -> Wrong:
    parts = {key: entry.text(key) for key in ("article", "article_id", "quote", "subject", "object")}
    if not (parts["article"] or parts["article_id"] or (parts["subject"] and parts["object"])):
        raise entry.fail("has to name the article, or subject and object")
    return Wrong(_read_relation(entry, ontology), **parts, origin=make_origin(entry))


def _make_missing(entry: Entry, ontology: Ontology) -> Missing:
    quote, source = entry.text("quote"), entry.text("source")
    if not source and not ((entry.text("article") or entry.text("article_id")) and quote):
        raise entry.fail("a fact needs its source: article and quote, or source")
    subject = _read_class(entry, "subject_class", ontology), entry.need("subject")
    object_ = _read_class(entry, "object_class", ontology), entry.need("object")
    relation = _read_relation(entry, ontology)
    if not ontology.allows(relation, subject[0], object_[0]):
        raise entry.fail(f"{relation} does not lead from {subject[0]} to {object_[0]}", "relation")
    return Missing(
        subject,
        relation,
        object_,
        article=entry.text("article"),
        article_id=entry.text("article_id"),
        quote=quote,
        source=source,
        qualifiers=_read_qualifiers(entry),
        origin=make_origin(entry),
    )


def _read_qualifiers(entry: Entry) -> Qualifiers:
    modality = entry.text("modality") or "actual"
    if modality not in _MODALITIES:
        raise entry.fail(f"modality is one of {', '.join(_MODALITIES)}", "modality")
    position = _read_number(entry, "position")
    return Qualifiers(
        modality=modality,
        on_date=_read_span(entry),
        amount=_read_number(entry, "amount"),
        currency=entry.text("currency"),
        position=int(position) if position is not None else None,
        share=_read_number(entry, "share"),
        role=entry.text("role"),
        purpose=entry.text("purpose"),
        metric=entry.text("metric"),
    )


def _read_number(entry: Entry, key: str) -> Decimal | None:
    text = entry.text(key)
    try:
        number = Decimal(text) if text else None
    except InvalidOperation as error:
        raise entry.fail(f"{key}: {text} is no number; write 5000000000", key) from error
    if number is not None and not (number.is_finite() and (key != "position" or number == int(number))):
        raise entry.fail(f"{key}: {text} is no {'whole ' if key == 'position' else ''}number", key)
    return number


def _read_span(entry: Entry) -> TimeSpan | None:
    text = entry.text("on_date")
    if not text:
        return None
    found = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", text)
    try:
        if not found:
            raise ValueError(text)
        year, month, day = (int(part) if part else None for part in found.groups())
        first = date(year or 1, month or 1, day or 1)
    except ValueError as error:
        raise entry.fail(f"on_date: {text} is no date; write 2021, 2021-04 or 2021-04-28", "on_date") from error
    return TimeSpan(text, first, first if day else _end_of(first, whole_year=month is None))


def _end_of(first: date, *, whole_year: bool) -> date:
    month = 12 if whole_year else first.month
    return date(first.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


MAKERS: Mapping[str, Callable[[Entry, Ontology], Any]] = {
    "wrong": _make_wrong,
    "same": _make_same,
    "different": _make_different,
    "canonical": _make_canonical,
    "missing": _make_missing,
    "suppress": _make_suppressed,
}
