"""Whether a fact is so, planned or denied, read from the words of its clause (`ontology/modality.yml`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import yaml

from kg import resources
from kg.mentions.tagged import TaggedText
from kg.model import Mention, Span

_BREAKS = "，。；！？：\n"
_ENDS_DENIAL = "、"
"""甲项目叫停、乙项目投产: what is denied of one is not of the next."""
_ASIDE = re.compile("[（(][^（）()]*[）)]")


@cache
def _table() -> dict[str, tuple[tuple[str, frozenset[str]], ...]]:
    content = yaml.safe_load(resources.path("ontology/modality.yml").read_text(encoding="utf-8"))
    return {kind: tuple((word, frozenset(tags)) for word, tags in words.items()) for kind, words in content.items()}


def read_modality(tagged: TaggedText, match: Span, mentions: Iterable[Mention]) -> str:
    """`actual`, `planned`, `denied` or `hoped` for a fact that stands at `match`."""
    number = tagged.sentence_at(match.start)
    start = _clause_start(tagged.text, match.start, tagged.sentences[number].start, _BREAKS)
    left_out = [mention.span for mention in mentions]
    left_out += [Span(*found.span()) for found in _ASIDE.finditer(tagged.text, start, match.end)]
    words = [
        word
        for word in tagged.words[number]
        if start <= word.span.start < match.end and not any(word.span.within(span) for span in left_out)
    ]
    near = _clause_start(tagged.text, match.start, start, _ENDS_DENIAL)
    for kind in ("hoped", "denied", "planned"):
        told = [word for word in words if kind != "denied" or word.span.start >= near]
        for text, tags in _table()[kind]:
            if any(word.text == text and (not tags or word.tag in tags) for word in told):
                return kind
    return "actual"


def _clause_start(text: str, place: int, lowest: int, breaks: str) -> int:
    while place > lowest and text[place - 1] not in breaks:
        place -= 1
    return place
