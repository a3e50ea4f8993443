"""What every recogniser looks at: an article's text with its sentences, words and figures."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kg.gazetteer import Match
from kg.knowledge import Knowledge
from kg.lexer import tag_sentences
from kg.mentions.mend import mend_words
from kg.model import Span, Word
from kg.text import split_sentences
from kg.values import Value, find_values


@dataclass(frozen=True, slots=True)
class TaggedText:
    """`words[n]` are the words of `sentences[n]`; `known` are the gazetteer's names; all spans are places in `text`."""

    text: str
    sentences: tuple[Span, ...]
    words: tuple[tuple[Word, ...], ...]
    values: tuple[Value, ...]
    known: tuple[Match, ...]

    def sentence_at(self, place: int) -> int:
        return max(0, bisect_right(self.sentences, place, key=lambda span: span.start) - 1)

    def dates(self, within: Span) -> Sequence[Value]:
        return [one for one in self.values if one.kind == "Date" and one.span.within(within)]


def tag_text(text: str, published: date | None, knowledge: Knowledge) -> TaggedText:
    sentences = split_sentences(text)
    known = knowledge.gazetteer.find(text)
    places = frozenset(match.name for match in known if match.entries[0].cls in {"District", "Zone"})
    words = tuple(mend_words(found, places) for found in tag_sentences(text, sentences))
    return TaggedText(text, sentences, words, find_values(text, published=published), known)
