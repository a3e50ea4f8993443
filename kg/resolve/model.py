"""What resolution over articles takes and gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kg.model import Entity, EntityKey


@dataclass(frozen=True, slots=True)
class Mentioned:
    """One entity of one article, with what of the article may tell it from others of its name.

    `places` are the codes of the districts that the article names, the one it is about first. `ties` are what its
    facts join the entity with, as `kg.resolve.mentioned` writes them: `post 董事长`, `with Company/惠科`, `on 2021-04`.
    """

    article_id: str
    page_id: str
    date: date | None
    entity: Entity
    places: tuple[str, ...] = ()
    ties: tuple[str, ...] = ()
    headline: str = ""


@dataclass(frozen=True, slots=True)
class Feature:
    """Something that speaks for or against two names being one thing; `weight` is from ontology/resolution.yml."""

    name: str
    weight: float
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two names or entities side by side. `against` is what rules a merge out, whatever else speaks for it."""

    features: tuple[Feature, ...]
    against: str | None = None

    @property
    def score(self) -> float:
        return round(sum(feature.weight for feature in self.features), 2)


@dataclass(frozen=True, slots=True)
class Merge:
    """Mentions under `joined` were taken for `kept`; `articles` are those whose mentions joined."""

    kept: EntityKey
    joined: EntityKey
    comparison: Comparison
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two entities that may be one; `why_not` says what was missing."""

    one: EntityKey
    other: EntityKey
    comparison: Comparison
    why_not: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """`of` leads from an article's id and a key in its reading to the entity of the corpus.

    `replaced` has the keys under which the entity was or would have been known, and the one it has; they stand in the
    graph as dcterms:isReplacedBy.
    """

    of: Mapping[tuple[str, EntityKey], Entity]
    replaced: Mapping[EntityKey, EntityKey]
    merges: tuple[Merge, ...] = ()
    candidates: tuple[Candidate, ...] = ()
