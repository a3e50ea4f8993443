"""The values that travel through the program, from page to graph. Nothing here imports from `kg`.

Page → Article → Word, Mention → Entity → Statement, Observation (each with Evidence). All are frozen: a stage takes
values and returns new ones. Offsets count code points of the article's normalised body, end exclusive. Amounts are in
whole currency units.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text: `text[start:end]`."""

    start: int
    end: int

    def within(self, other: Span) -> bool:
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Placed:
    """A stretch of text that is set in one line of a PDF page, and where.

    `page` counts from 1. `top`, `height` and `edges` are in points from the upper left corner of the page, turned so
    that its type is upright; `edges` are the left edges of the characters of `span`, and the right edge of the last.
    """

    span: Span
    page: int
    top: int
    height: int
    edges: tuple[int, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Page:
    """One input as text, decoded but not normalised: what the articles' maps point back into.

    `placed` tells of text from a PDF where it stands; spans count in `text` and rise. `notes` say, for the report, what
    of the input could not be read although this page could.
    """

    source: str
    text: str
    date: date | None = None
    paper: str | None = None
    section: str | None = None
    placed: tuple[Placed, ...] = field(default=(), repr=False)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a page, with its normalised text (see `kg.text.normalise`).

    `origin[i]` is the place in the page's text of the character `body[i]`; a character that the page does not have
    (a paragraph's `\\n`, a space for a line wrap) has the place of what it stands for. `placed` is where the body
    stands on the pages of a PDF; spans count in `body`.
    """

    headline: str
    body: str
    kickers: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    date: date | None = None
    paper: str | None = None
    section: str | None = None
    origin: tuple[int, ...] = field(default=(), repr=False)
    page_id: str = ""
    placed: tuple[Placed, ...] = field(default=(), repr=False)

    @property
    def id(self) -> str:
        """Made from the text alone, so that it is the same wherever the article was read from."""
        return hashlib.sha256(f"{self.headline}\n{self.body}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Word:
    """A word as the lexer sees it; `tag` is a part of speech (`n`, `v`, `p` …) or PER, LOC, ORG, TIME."""

    span: Span
    text: str
    tag: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the text that names something. `found_by` says which recogniser did it, and why."""

    span: Span
    text: str
    cls: str
    found_by: str


@dataclass(frozen=True, slots=True)
class Entity:
    """What mentions of an article speak of. `name` is the canonical one; `names` holds all others, sorted.

    `adcode` is the GB/T 2260 code of a district; `path` tells homonyms apart (`重庆市/巴南区`).
    """

    cls: str
    name: str
    names: tuple[str, ...] = ()
    adcode: str | None = None
    path: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What statements refer to: class and the name that tells it from all others."""
        return self.cls, self.path or self.name


EntityKey = tuple[str, str]


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """The words of an article that a fact rests on, and the rule that read them.

    `regions` are the rectangles that hold the quote on the pages of a PDF, as `kg.places.Region` writes them.
    """

    article_id: str
    start: int
    end: int
    quote: str
    rule: str
    confidence: Decimal
    regions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A date as precise as the text: `label` is an xsd:date, gYearMonth or gYear; first and last day are inclusive."""

    label: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Qualifiers:
    """What a statement says besides subject, relation and object."""

    modality: str = "actual"
    on_date: TimeSpan | None = None
    amount: Decimal | None = None
    amount_to: Decimal | None = None
    currency: str | None = None
    amount_qualifier: str | None = None
    position: int | None = None
    metric: str | None = None
    about: EntityKey | None = None
    role: str | None = None
    purpose: str | None = None
    share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One fact: subject, relation, object, qualifiers, and all the evidence for exactly this."""

    subject: EntityKey
    relation: str
    object: EntityKey
    qualifiers: Qualifiers
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure about an entity. `unit` is the text's own (家, 亩, %) or an ISO 4217 code."""

    of: EntityKey
    measure: str
    value: Decimal
    unit: str
    evidence: tuple[Evidence, ...]
    value_to: Decimal | None = None
    amount_qualifier: str | None = None
    modality: str = "actual"
    period: str | None = None
    dates: TimeSpan | None = None
    dimension: str | None = None
    dimension_entity: EntityKey | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read out of one article."""

    article: Article
    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]
    observations: tuple[Observation, ...] = ()
