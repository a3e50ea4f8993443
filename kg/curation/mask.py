"""A person of whom nothing is to be kept: out of the facts, and masked wherever the texts have the name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.curation.decisions import Suppressed
from kg.model import Article, Entity, EntityKey, Evidence, Reading

_MASK = "○"


@dataclass(frozen=True, slots=True)
class _Masked(Article):
    """An article under the id that it had before its text was masked, so that whatever knows it finds it."""

    kept_id: str = ""

    @property
    def id(self) -> str:
        return self.kept_id


def suppress(reading: Reading, person: Suppressed) -> tuple[Reading, bool]:
    """Without the person: no entity, no fact, no figure, and the name masked wherever the texts have it."""
    gone = {one.key for one in reading.entities if one.cls == "Person" and person.person in (one.name, *one.names)}
    article = reading.article
    texts = (article.headline, article.body, *article.kickers, *article.authors)
    if not gone and not any(person.person in text for text in texts):
        return reading, False
    masked = _Masked(
        headline=_mask(article.headline, person),
        body=_mask(article.body, person),
        kickers=tuple(_mask(text, person) for text in article.kickers),
        authors=tuple(name for name in article.authors if person.person not in name),
        date=article.date,
        paper=article.paper,
        section=article.section,
        origin=article.origin,
        page_id=article.page_id,
        placed=article.placed,
        kept_id=article.id,
    )
    return _rewrite(reading, masked, gone, person), True


def _mask(text: str, person: Suppressed) -> str:
    """As long as before, so that offsets stay."""
    return text.replace(person.person, _MASK * len(person.person))


def _rewrite(reading: Reading, article: Article, gone: set[EntityKey], person: Suppressed) -> Reading:
    """The reading of the masked article. What was told apart by a headline with the name gets another key."""
    masked = {one.key: _mask_names(one, person) for one in reading.entities if one.key not in gone}
    keys = {old: entity.key for old, entity in masked.items()}

    def keep(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
        return tuple(replace(one, quote=_mask(one.quote, person)) for one in evidence)

    return Reading(
        article,
        tuple(masked.values()),
        tuple(
            replace(
                one,
                subject=keys.get(one.subject, one.subject),
                object=keys.get(one.object, one.object),
                qualifiers=replace(one.qualifiers, about=keys.get(one.qualifiers.about or ("", ""))),
                evidence=keep(one.evidence),
            )
            for one in reading.statements
            if not {one.subject, one.object, one.qualifiers.about} & gone
        ),
        tuple(
            replace(
                one,
                of=keys.get(one.of, one.of),
                dimension_entity=keys.get(one.dimension_entity or ("", "")),
                evidence=keep(one.evidence),
            )
            for one in reading.observations
            if one.of not in gone and one.dimension_entity not in gone
        ),
    )


def _mask_names(entity: Entity, person: Suppressed) -> Entity:
    """What an entity is called stays, or nothing could name it; short names and paths with the person's name do not."""
    others = tuple(name for name in entity.names if person.person not in name)
    return replace(entity, names=others, path=_mask(entity.path, person) if entity.path else None)
