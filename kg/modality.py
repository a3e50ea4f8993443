"""Whether a fact is so, planned or denied, read from the words of its clause (`ontology/modality.yml`)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import yaml

from kg import resources
from kg.mentions.tagged import TaggedText
from kg.model import Mention, Span

_BREAKS = "，。；！？：\n"


@cache
def _table() -> dict[str, tuple[tuple[str, frozenset[str]], ...]]:
    content = yaml.safe_load(resources.path("ontology/modality.yml").read_text(encoding="utf-8"))
    return {kind: tuple((word, frozenset(tags)) for word, tags in words.items()) for kind, words in content.items()}


def read_modality(tagged: TaggedText, match: Span, mentions: Iterable[Mention]) -> str:
    """`actual`, `planned`, `denied` or `hoped` for a fact that stands at `match`."""
    start = _clause_start(tagged.text, match.start, tagged.sentences[tagged.sentence_at(match.start)].start)
    named = [mention.span for mention in mentions]
    words = [
        word
        for word in tagged.words[tagged.sentence_at(match.start)]
        if start <= word.span.start < match.end and not any(word.span.within(span) for span in named)
    ]
    for kind in ("hoped", "denied", "planned"):
        for text, tags in _table()[kind]:
            if any(word.text == text and (not tags or word.tag in tags) for word in words):
                return kind
    return "actual"


def _clause_start(text: str, place: int, lowest: int) -> int:
    while place > lowest and text[place - 1] not in _BREAKS:
        place -= 1
    return place
