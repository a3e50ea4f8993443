"""Figures inside the names of projects: 年产60万千升生产基地项目 makes 60万千升 a year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.entities import Linking
from kg.mentions.tagged import TaggedText
from kg.model import Article, Evidence, Mention, Observation, Span
from kg.observations.measures import unit_family
from kg.observations.ways_table import ways
from kg.values import Value

_POWER, _MASS = "power", "mass"
_MADE = re.compile("(?P<time>[年日月])(?:产|处理|加工|生产)$")
_BY_THE_PIECE = frozenset({"台", "套", "辆", "片", "件", "只", "支", "台套", "部", "米", "平方米", "块", "颗", "枚"})


def read_names(
    article: Article, tagged: TaggedText, mentions: Sequence[Mention], linking: Linking
) -> Iterator[Observation]:
    """One observation for each capacity in a project's name, with the first place that says it."""
    seen: set[tuple[tuple[str, str], str]] = set()
    for mention in mentions:
        entity = linking.of.get(mention)
        if entity is None or entity.cls != "Project":
            continue
        for value in _values_in(tagged, mention.span):
            measure = _measure(tagged.text, value)
            key = (entity.key, f"{value.number} {value.unit}")
            if measure is None or key in seen:
                continue
            seen.add(key)
            quote = article.body[mention.span.start : mention.span.end]
            way = "名中之数"
            yield Observation(
                of=entity.key,
                measure=measure,
                value=value.number,
                unit=value.unit,
                evidence=(
                    Evidence(
                        article.id,
                        mention.span.start,
                        mention.span.end,
                        quote,
                        f"observation/{way}",
                        ways()[way].confidence,
                    ),
                ),
                value_to=value.to,
                amount_qualifier=value.qualifier,
            )


def _values_in(tagged: TaggedText, span: Span) -> list[Value]:
    return [one for one in tagged.values if one.kind == "Count" and one.span.within(span)]


def _measure(text: str, value: Value) -> str | None:
    made = _MADE.search(text, max(0, value.span.start - 3), value.span.start)
    if unit_family(value) == _POWER:
        return "装机容量"
    if made is not None and (unit_family(value) == _MASS or value.unit in _BY_THE_PIECE):
        return f"{made['time']}产能"
    if text[value.span.end : value.span.end + 1] == "级":
        return "规模" if text[value.span.start].isdecimal() else None
    return "产能" if unit_family(value) == _MASS else None
