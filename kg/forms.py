"""Facts of forms: the project of a field `项目名称：…` is built, paid and placed as the fields behind it say."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.entities import Linking
from kg.mentions.forms import Field, find_fields
from kg.model import Article, Entity, Evidence, Mention, Qualifiers, Statement
from kg.ontology import Ontology
from kg.words import word_list

_SAYS = {
    # what a field is, what it says of the project, of whom
    "builder": ("undertakenBy", "Organisation"),
    "payer": ("fundedBy", "Party"),
    "place": ("locatedIn", "Place"),
}
_CONFIDENCE = Decimal("0.92")


def read_forms(
    article: Article, mentions: Sequence[Mention], linking: Linking, ontology: Ontology
) -> Iterator[Statement]:
    """`mentions` stand in order of place. A field goes with the last project that was named in one."""
    starts = [one.span.start for one in mentions]
    project: Entity | None = None
    for field in find_fields(article.body):
        inside = mentions[bisect_left(starts, field.value.start) : bisect_left(starts, field.value.end)]
        named = [linking.of[one] for one in inside if one in linking.of]
        if field.kind == "project":
            project = next((one for one in named if one.cls == "Project"), None)
        elif project is not None and field.kind in _SAYS:
            relation, cls = _SAYS[field.kind]
            fitting = (one for one in named if one.cls == cls or ontology.is_a(one.cls, cls))
            yield from (_state(article, field, project, relation, one) for one in fitting)


def _state(article: Article, field: Field, project: Entity, relation: str, other: Entity) -> Statement:
    planned = any(word in field.label for word in word_list("not yet winners"))
    span = field.value
    quote = article.body[span.start : span.end]
    rule = f"{relation}/表中的{field.label}"
    evidence = Evidence(article.id, span.start, span.end, quote, rule, _CONFIDENCE)
    qualifiers = Qualifiers("planned" if planned else "actual")
    return Statement(project.key, relation, other.key, qualifiers, (evidence,))
