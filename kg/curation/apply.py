"""Decisions on facts and people, applied to readings: before resolution, so that names of one article are meant.

What decisions say of names (`same`, `different`, `canonical`) is obeyed by `kg.resolve`; facts with a source outside
the corpus, and who decided what, are written by `kg.provenance`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.compare import core_name, normalise_name
from kg.curation.decisions import Canonical, Decision, Decisions, Missing, Suppressed, Wrong
from kg.curation.mask import suppress
from kg.model import Article, Entity, EntityKey, Evidence, Reading, Statement

RULE = "curation"
"""The rule of evidence that people gave, with their name and the day behind it."""


@dataclass(frozen=True, slots=True)
class Applied:
    """Readings as people want them, and the decisions that did something."""

    readings: tuple[Reading, ...]
    used: frozenset[Decision]


def apply_decisions(readings: Iterable[Reading], decisions: Decisions) -> Applied:
    """Each reading by itself, so that a part of the corpus can be done alone."""
    done = [apply_to_reading(reading, decisions) for reading in readings]
    return Applied(tuple(reading for reading, _ in done), frozenset().union(*(used for _, used in done)))


def apply_to_reading(reading: Reading, decisions: Decisions) -> tuple[Reading, frozenset[Decision]]:
    used: set[Decision] = set()
    for wrong in decisions.wrong:
        reading, hit = _take_out(reading, wrong)
        used |= {wrong} if hit else set()
    for missing in decisions.missing:
        reading, hit = _put_in(reading, missing)
        used |= {missing} if hit else set()
    for person in decisions.suppress:
        reading, hit = suppress(reading, person)
        used |= {person} if hit else set()
    return reading, frozenset(used)


def find_unused(decisions: Decisions, used: Iterable[Decision], names: Iterable[EntityKey]) -> list[str]:
    """A line for each decision that applies to nothing, with its place in the file.

    `used` are those that `apply_decisions` used; `names` are class and name of all entities, with all names of each.
    """
    known, done = set(names), set(used)
    return [line for one in decisions.all() for line in _explain_unused(one, known, done)]


def _explain_unused(one: Decision, known: set[EntityKey], used: set[Decision]) -> Iterator[str]:
    if isinstance(one, Wrong):
        if one not in used:
            yield f"{one.origin}: no longer applies: no {one.relation} is read from these words"
    elif isinstance(one, Missing):
        if one not in used and not one.source:
            yield f"{one.origin}: does not apply: these words are in no such article"
        elif one.source:
            yield from (_unknown(one, key) for key in (one.subject, one.object) if key not in known)
    elif isinstance(one, Suppressed):
        if one not in used:
            yield f"{one.origin}: no longer applies: no article names this person"
    else:
        keys = (one.name,) if isinstance(one, Canonical) else one.names
        yield from (_unknown(one, key) for key in keys if key not in known)


def _unknown(one: Decision, key: EntityKey) -> str:
    return f"{one.origin}: does not apply: there is no {key[0]} that is called {key[1]}"


def is_article(article: Article, headline: str | None, article_id: str | None) -> bool:
    """By its id, or by its headline where the text has changed since; both None fit every article."""
    if article_id and article_id.rpartition("/")[2] == article.id:
        return True
    if headline is None:
        return article_id is None
    return normalise_name(headline) == normalise_name(article.headline)


def _take_out(reading: Reading, wrong: Wrong) -> tuple[Reading, bool]:
    if not is_article(reading.article, wrong.article, wrong.article_id):
        return reading, False
    names = {entity.key: entity for entity in reading.entities}
    meant = [
        one
        for one in reading.statements
        if one.relation == wrong.relation and any(_is_quote(each, wrong.quote) for each in one.evidence)
    ]
    named = [one for one in meant if _fits(one, wrong, names)]
    # Names of the corpus may be none of this article's; then words that only one fact is read from say enough.
    hits = named or (meant if wrong.quote and len(meant) == 1 else [])
    kept = tuple(_without(reading.statements, hits, wrong.quote))
    return (replace(reading, statements=kept), True) if hits else (reading, False)


def _without(facts: Sequence[Statement], hits: Sequence[Statement], quote: str | None) -> Iterator[Statement]:
    for one in facts:
        if one not in hits:
            yield one
            continue
        rest = tuple(each for each in one.evidence if not _is_quote(each, quote))
        if rest:
            yield replace(one, evidence=rest)


def _is_quote(evidence: Evidence, quote: str | None) -> bool:
    if quote is None:
        return True
    one, other = _squeeze(evidence.quote), _squeeze(quote)
    return one in other or other in one


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _fits(one: Statement, wrong: Wrong, names: dict[EntityKey, Entity]) -> bool:
    ends = (one.subject, wrong.subject), (one.object, wrong.object)
    forth = all(name is None or _is_called(names.get(key), key, name) for key, name in ends)
    ends = (one.subject, wrong.object), (one.object, wrong.subject)
    return forth or all(name is None or _is_called(names.get(key), key, name) for key, name in ends)


def _is_called(entity: Entity | None, key: EntityKey, name: str) -> bool:
    names = {key[1], *((entity.name, *entity.names) if entity else ())}
    forms = {form for each in names for form in (normalise_name(each), core_name(each))}
    return normalise_name(name) in forms or core_name(name) in forms


def _put_in(reading: Reading, missing: Missing) -> tuple[Reading, bool]:
    article = reading.article
    named = missing.article or missing.article_id
    if not (named and missing.quote and is_article(article, missing.article, missing.article_id)):
        return reading, False
    start = article.body.find(missing.quote)
    if start < 0:
        return reading, False
    evidence = Evidence(article.id, start, start + len(missing.quote), missing.quote, _rule(missing), Decimal(1))
    ends = [_find_entity(reading, key) for key in (missing.subject, missing.object)]
    fact = Statement(ends[0].key, missing.relation, ends[1].key, missing.qualifiers, (evidence,))
    entities = {entity.key: entity for entity in (*reading.entities, *ends)}
    return replace(reading, entities=tuple(entities.values()), statements=(*reading.statements, fact)), True


def _rule(missing: Missing) -> str:
    """Who said so stands where the rule stands that reads a fact."""
    origin = missing.origin
    return "/".join((RULE, *([origin.by] if origin.by else ()), *([str(origin.on)] if origin.on else ())))


def _find_entity(reading: Reading, key: EntityKey) -> Entity:
    """The entity of the article that is called so, else a new one."""
    fitting = [one for one in reading.entities if one.cls == key[0] and _is_called(one, one.key, key[1])]
    return fitting[0] if fitting else Entity(*key)
