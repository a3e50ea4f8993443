"""Goods that have a price or an output: 铁矿石 in 4月份铁矿石进口均价, 电解铝 in 我国电解铝产能.

A good is named by a plain noun all over a text; it is a name there where the market's figures follow. To the rules it
is no mention, only to observations (`kg.observations.goods`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.mentions.tagged import TaggedText
from kg.model import Mention, Span, Word
from kg.words import word_list, word_set

GOOD = "good"
"""How these mentions are found."""
_NOUNS = frozenset({"n", "nz", "nw", "nx", "vn", "b", "an"})
_ASIDE = frozenset({"TIME", "u", "f"})
_MOST_WORDS = 3
_LONGEST = 10


def find_goods(tagged: TaggedText, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """In order of place; none overlaps one of `mentions`."""
    taken = {place for one in mentions for place in range(one.span.start, one.span.end)}
    out: dict[int, Mention] = {}
    for words in tagged.words:
        for span in _before_markets(words, tagged.text):
            if not taken & set(range(span.start, span.end)):
                out[span.start] = Mention(span, tagged.text[span.start : span.end], "Industry", GOOD)
    return tuple(out[start] for start in sorted(out))


def _before_markets(words: Sequence[Word], text: str) -> Iterator[Span]:
    heads, endings = tuple(word_list("what goods have")), tuple(word_list("goods end in"))
    between, wholes = word_set("between good and figure"), word_set("no part of a good")
    for place, word in enumerate(words):
        if not word.text.endswith(heads):
            continue
        last = place - 1
        while last >= 0 and (words[last].text in between or words[last].tag in _ASIDE):
            last -= 1
        first = last + 1
        while first > max(0, last + 1 - _MOST_WORDS) and words[first - 1].tag in _NOUNS:
            if words[first - 1].text in wholes | between:
                break
            first -= 1
        while first < last and len(words[first].text) == 1:
            first += 1
        if first > last or not words[last].text.endswith(endings):
            continue
        span = Span(words[first].span.start, words[last].span.end)
        if 2 <= span.end - span.start <= _LONGEST and text[span.start : span.end] not in wholes:
            yield span
