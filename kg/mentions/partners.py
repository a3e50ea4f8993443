"""Who deals with somebody is somebody: 甲与支付宝合作, 上海医药牵手乙, though the tagger sees no organisation there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.knowledge import Knowledge
from kg.mentions.tagged import TaggedText
from kg.model import Mention, Span, Word
from kg.words import word_set

_WITH = frozenset("与和同跟")
_STOPS = frozenset("，。；：！？\n,;")
_REACH = 14
_PROPER = frozenset({"ORG", "nz", "nw", "PER"})
_NOMINAL = _PROPER | {"LOC", "n", "vn"}
_BODIES = {"基金": "Organisation", "代表团": "Organisation", "考察团": "Organisation", "财团": "Organisation"}
"""What a name may end in that is no trade, and what bears it."""
_LONGEST = 3


def find_partners(tagged: TaggedText, knowledge: Knowledge) -> Iterator[Mention]:
    for words in tagged.words:
        for place, word in enumerate(words):
            meets = word.text in word_set("meeting verbs")
            if meets or (word.text in _WITH and _dealt(words, place)):
                yield from _behind(words, place + 1, tagged.text, knowledge)
                yield from _before(words, place, tagged.text, knowledge)


def _dealt(words: Sequence[Word], place: int) -> bool:
    """Whether the clause says behind 与 that they deal with each other."""
    for word in words[place + 1 : place + _REACH]:
        if word.text in _STOPS:
            return False
        if word.text in word_set("dealing verbs"):
            return True
    return False


def _behind(words: Sequence[Word], start: int, text: str, knowledge: Knowledge) -> Iterator[Mention]:
    end = start
    while end < len(words) and end - start < _LONGEST and words[end].tag in _NOMINAL and not _acts(words[end]):
        end += 1
    yield from _party(words, start, end, text, knowledge)


def _before(words: Sequence[Word], end: int, text: str, knowledge: Knowledge) -> Iterator[Mention]:
    start = end
    while start > 0 and end - start < _LONGEST and words[start - 1].tag in _NOMINAL and not _acts(words[start - 1]):
        start -= 1
    if start == 0 or words[start - 1].text in _STOPS:
        yield from _party(words, start, end, text, knowledge)


def _acts(word: Word) -> bool:
    return word.text in word_set("dealing verbs") or word.text in word_set("meeting verbs")


def _party(words: Sequence[Word], start: int, end: int, text: str, knowledge: Knowledge) -> Iterator[Mention]:
    """A name of one proper word, or of one and the trades behind it; a place alone is none, nor may a person be."""
    if not start < end:
        return
    first, last = words[start], words[end - 1]
    name = text[first.span.start : last.span.end]
    known = knowledge.gazetteer.lookup(name)
    if known or knowledge.is_generic(name) or first.text in knowledge.modifiers or not 2 <= len(name) <= 12:
        return
    body = _BODIES.get(last.text)
    trades = all(word.text in word_set("trades") for word in words[start + 1 : end])
    if end - start == 1:
        fits = first.tag in {"nz", "nw"} or (first.tag == "PER" and len(name) > 3 and "·" not in name)
    else:
        fits = (trades and last.text not in word_set("plain trades") and first.tag in _PROPER | {"LOC"}) or (
            body is not None and first.tag in _PROPER | {"LOC"}
        )
    if fits:
        yield Mention(Span(first.span.start, last.span.end), name, body or "Company", "partner")
