"""From the reading of an article to what resolution over articles looks at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kg.model import Entity, EntityKey, Observation, Reading, Statement
from kg.resolve.model import Mentioned, Resolution


def find_mentioned(reading: Reading) -> tuple[Mentioned, ...]:
    """All entities of the reading, with the districts of the article and what its facts join them with."""
    article = reading.article
    places = _rank_places(reading)
    ties = _find_ties(reading)
    return tuple(
        Mentioned(
            article_id=article.id,
            page_id=article.page_id,
            date=article.date,
            entity=entity,
            places=places,
            ties=tuple(sorted(ties[entity.key])),
            headline=article.headline or article.body[:12],
        )
        for entity in sorted(reading.entities, key=lambda one: one.key)
    )


def _rank_places(reading: Reading) -> tuple[str, ...]:
    """Codes of the districts, those of the headline first, then by how often the text names them."""
    article = reading.article
    head = "".join((article.headline, *article.kickers))
    ranked = sorted(
        (-_named(head, one), -_named(article.body, one), one.adcode)
        for one in reading.entities
        if one.cls == "District" and one.adcode
    )
    return tuple(dict.fromkeys(code for *_, code in ranked if code))


def _named(text: str, district: Entity) -> int:
    return max(text.count(name) for name in (district.name, *district.names))


def _find_ties(reading: Reading) -> defaultdict[EntityKey, set[str]]:
    ties: defaultdict[EntityKey, set[str]] = defaultdict(set)
    for statement in reading.statements:
        ends = [statement.subject, statement.object, statement.qualifiers.about]
        for key in filter(None, ends):
            ties[key].update(_ties_of(statement))
            ties[key].update(f"with {cls}/{name}" for cls, name in filter(None, ends) if (cls, name) != key)
    return ties


def _ties_of(statement: Statement) -> Iterator[str]:
    if statement.qualifiers.role:
        yield f"post {statement.qualifiers.role}"
    if statement.qualifiers.on_date:
        yield f"on {statement.qualifiers.on_date.label}"


def resolve_reading(reading: Reading, resolution: Resolution) -> Reading:
    """The reading with the entities of the corpus in the place of its own; facts between one and the same fall away."""
    of = {one.key: resolution.of.get((reading.article.id, one.key), one) for one in reading.entities}
    key = {own: entity.key for own, entity in of.items()}
    return replace(
        reading,
        entities=tuple({entity.key: entity for entity in of.values()}.values()),
        statements=tuple(_resolve_statements(reading.statements, key)),
        observations=tuple(_resolve_observation(one, key) for one in reading.observations),
    )


def _resolve_statements(facts: Iterable[Statement], key: Mapping[EntityKey, EntityKey]) -> Iterator[Statement]:
    for one in facts:
        about = one.qualifiers.about
        qualifiers = replace(one.qualifiers, about=key.get(about, about)) if about else one.qualifiers
        subject, object_ = key.get(one.subject, one.subject), key.get(one.object, one.object)
        if subject != object_ or one.subject == one.object:
            yield replace(one, subject=subject, object=object_, qualifiers=qualifiers)


def _resolve_observation(one: Observation, key: Mapping[EntityKey, EntityKey]) -> Observation:
    by = one.dimension_entity
    return replace(one, of=key.get(one.of, one.of), dimension_entity=key.get(by, by) if by else None)
