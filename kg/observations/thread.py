"""What a text has been about, from part to part of a sentence and from sentence to sentence, as its figures see it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.clauses import Clause
from kg.entities import Linking
from kg.model import Entity, EntityKey, Word
from kg.observations.figures import Figure
from kg.observations.spots import Spot


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose figure it is, each of `entities` with the same; the way that found it; and the group within it."""

    entities: tuple[Entity, ...]
    way: str
    group: Entity | None = None


@dataclass(slots=True)
class Thread:
    """Changes from figure to figure. Clauses are numbers; -9 where there was none yet."""

    topic: tuple[Entity, ...] = ()
    topic_clause: int = -9
    last: Owner | None = None
    last_clause: int = -9
    last_place: int = 0
    last_measure: str = ""
    founded: tuple[int, Entity] | None = None
    """The clause and the company of which it was last said that it was founded."""
    counted: dict[str, int] = field(default_factory=dict)
    """Class → the clause in which a figure was last one of an entity of that class."""
    named: dict[str, tuple[int, Entity]] = field(default_factory=dict)
    """Class → the clause and the entity of that class named last."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A figure with all that is known where it stands."""

    figure: Figure
    clause: Clause
    text: str
    """The sentence as written."""
    words: Sequence[Word]
    here: Sequence[Spot]
    parts: Sequence[int]
    topics: Mapping[str, Entity]
    headline: Sequence[Entity]
    """What the headline names."""
    thread: Thread

    @property
    def part(self) -> int:
        return self.parts[self.figure.place]

    @property
    def before(self) -> list[Spot]:
        return [one for one in self.here if one.place < self.figure.place]

    @property
    def mine(self) -> list[Spot]:
        """The spots before the figure in its own part of the sentence."""
        return [one for one in self.before if one.part == self.part]

    @property
    def lead(self) -> str:
        return self.clause.text[: self.figure.place]

    @property
    def text_to_part_end(self) -> str:
        """The sentence as written, up to the end of the figure's part."""
        last = max(place for place, part in enumerate(self.parts) if part == self.part)
        return self.text[: self.clause.units[last].span.end - self.clause.span.start]

    @property
    def region(self) -> Entity | None:
        return self.topics.get("District")

    def between(self, spot: Spot) -> str:
        """The encoded text between the figure and a spot, whichever comes first."""
        first, last = sorted((spot.place, self.figure.place))
        return self.clause.text[first + 1 : last]

    @property
    def family(self) -> str:
        """The name of the measure's family; empty where it has none."""
        return self.figure.measure.family.name if self.figure.measure.family is not None else ""


def settle_topics(spots: Sequence[Sequence[Spot]], linking: Linking) -> dict[str, Entity]:
    """What the article is about, of each class; what is only counted (69场专题活动) is not what it is about."""
    counts: Counter[EntityKey] = Counter()
    entities: dict[EntityKey, Entity] = {}
    for spot in (one for here in spots for one in here if not one.counted and not one.of_a_kind):
        for entity in spot.entities:
            counts[entity.key] += 1
            entities[entity.key] = entity
    topics = {cls: topic for cls, topic in linking.topics.items() if topic.key in counts or cls == "District"}
    for key in sorted(counts, key=lambda key: (-counts[key], key)):
        if key[0] in linking.topics:
            topics.setdefault(key[0], entities[key])
    return topics


def find_headline(headline: str, linking: Linking) -> tuple[Entity, ...]:
    """What the headline names, by any of its names."""
    return tuple(
        entity
        for entity in linking.entities
        if any(len(name) > 1 and name in headline for name in (entity.name, *entity.names))
    )


def note(thread: Thread, number: int, figure: Figure, owner: Owner) -> None:
    """Note a figure of clause `number` and whose it is, for those behind it."""
    compared = figure.measure.family is not None and not figure.measure.family.of
    if not compared and not figure.measure.bare:
        thread.last_measure = figure.measure.name
    thread.last, thread.last_clause, thread.last_place = owner, number, figure.place
    thread.counted[owner.entities[-1].cls] = number


def follow(
    thread: Thread,
    number: int,
    clause: Clause,
    spots: Sequence[Spot],
    topics: Mapping[str, Entity],
    founding: re.Pattern[str],
) -> None:
    """Note what a sentence was about, for those behind it."""
    subjects = [one for one in spots if one.opens and not one.saying and not one.of_a_kind]
    if subjects and len(subjects[-1].entities) == 1:
        region = topics.get("District")
        about = subjects[-1].entities
        thread.topic = (region,) if about[-1].cls in {"Industry", "GovernmentBody"} and region is not None else about
        thread.topic_clause = number
    for spot in spots:
        if spot.entity.cls == "Company" and founding.search(clause.text[: spot.place]):
            thread.founded = number, spot.entity
        if not spot.counted and not spot.of_a_kind:
            thread.named[spot.entity.cls] = number, spot.entity
