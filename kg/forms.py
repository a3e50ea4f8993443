"""Facts of forms: the project of a field `项目名称：…` is built, paid and placed as the fields behind it say.

The firm of a field `公司名称：…` has its seat where the field `住所：…` says. A notice of award that leaves out the
winner is of the company whose headline says 中标.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kg.entities import Linking
from kg.mentions.forms import Field, find_fields
from kg.mentions.tagged import TaggedText
from kg.model import Article, Entity, Evidence, Mention, Qualifiers, Span, Statement, TimeSpan
from kg.ontology import Ontology
from kg.words import word_list

_SAYS = {
    # what a field is, of what it speaks, what it says of that, with whom or what
    "builder": ("project", "undertakenBy", "Organisation"),
    "payer": ("project", "fundedBy", "Party"),
    "place": ("project", "locatedIn", "Place"),
    "seat": ("firm", "locatedIn", "Place"),
}
_AWARDED = "中标"
_NOTICE = re.compile("(?:收到|接到|获悉|取得)[^。\n]{0,60}中标|中标(?:通知书|候选人公示|结果公示)")
_DAY = len("2021-04-29")
_HEADS = {"project": "Project", "firm": "Company"}
_CONFIDENCE = Decimal("0.92")


def read_forms(
    article: Article, tagged: TaggedText, mentions: Sequence[Mention], linking: Linking, ontology: Ontology
) -> Iterator[Statement]:
    """`mentions` stand in order of place. A field goes with the last project or firm that was named in one."""
    starts = [one.span.start for one in mentions]
    fields = tuple(find_fields(article.body))
    awarded = _AWARDED in article.headline and not any(one.kind == "builder" for one in fields)
    winner = _name_in_headline(article, linking) if awarded else None
    day = _award_day(tagged)
    last: dict[str, Entity | None] = {}
    for field in fields:
        inside = mentions[bisect_left(starts, field.value.start) : bisect_left(starts, field.value.end)]
        named = [linking.of[one] for one in inside if one in linking.of]
        if field.kind in _HEADS:
            last[field.kind] = next((one for one in named if _is(one, _HEADS[field.kind], ontology)), None)
            if winner is not None and (project := last.get("project")) is not None:
                won = replace(field, label=_AWARDED + field.label)
                yield _state(article, won, project, "undertakenBy", winner, day)
        elif field.kind in _SAYS:
            of, relation, cls = _SAYS[field.kind]
            fitting = (one for one in named if _is(one, cls, ontology))
            on = day if field.kind == "builder" else None
            yield from (_state(article, field, head, relation, one, on) for one in fitting if (head := last.get(of)))


def _is(entity: Entity, cls: str, ontology: Ontology) -> bool:
    return entity.cls == cls or ontology.is_a(entity.cls, cls)


def _name_in_headline(article: Article, linking: Linking) -> Entity | None:
    """The company that the headline names last before it says 中标; of two that end there the longer name."""
    head = article.headline[: article.headline.index(_AWARDED)]
    named = (
        (head.rfind(name) + len(name), len(name), entity)
        for entity in linking.entities
        if entity.cls == "Company"
        for name in (entity.name, *entity.names)
        if name in head
    )
    found = max(named, key=lambda one: one[:2], default=None)
    return found[2] if found else None


def _award_day(tagged: TaggedText) -> TimeSpan | None:
    """The day on which the notice of award came, where a sentence says it."""
    for sentence in tagged.sentences:
        found = _NOTICE.search(tagged.text, sentence.start, sentence.end)
        days = [one.dates for one in tagged.dates(Span(sentence.start, found.start()))] if found else []
        if days and days[-1] is not None and len(days[-1].label) == _DAY:
            return days[-1]
    return None


def _state(
    article: Article, field: Field, project: Entity, relation: str, other: Entity, day: TimeSpan | None
) -> Statement:
    planned = any(word in field.label for word in word_list("not yet winners"))
    span = field.value
    quote = article.body[span.start : span.end]
    rule = f"{relation}/表中的{field.label}"
    evidence = Evidence(article.id, span.start, span.end, quote, rule, _CONFIDENCE)
    qualifiers = Qualifiers("planned" if planned else "actual", on_date=day)
    return Statement(project.key, relation, other.key, qualifiers, (evidence,))
