"""Documents that say who wrote them and what about, without marks around the title: 某局关于某事的报告."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.knowledge import Knowledge
from kg.mentions.tagged import TaggedText
from kg.model import Mention, Span
from kg.words import any_of

_LONGEST_AUTHOR = 24
_PARTS_OF_AUTHOR = frozenset({"LOC", "ORG", "n", "vn"})
_ABOUT = re.compile(
    f"关于[^，。；！？、《》“”：\\n]{{3,50}}?的(?:{any_of('kinds of documents')})(?![\u4e00-\u9fff]*?[式性会])"
)


def find_titled(tagged: TaggedText, knowledge: Knowledge) -> Iterator[Mention]:
    """The author is an organisation that the tagger or the gazetteer has right in front of 关于."""
    for found in _ABOUT.finditer(tagged.text):
        start = _author(tagged, found.start(), knowledge)
        if start is not None:
            yield Mention(Span(start, found.end()), tagged.text[start : found.end()], "Document", "author and subject")


def _author(tagged: TaggedText, end: int, knowledge: Knowledge) -> int | None:
    words = tagged.words[tagged.sentence_at(end)]
    last = next((n for n, word in enumerate(words) if word.span.end == end), None)
    if last is None:
        return None
    first = last
    while first and words[first].tag != "ORG" and words[first - 1].tag in _PARTS_OF_AUTHOR:
        first -= 1
    start = words[first].span.start
    ending = knowledge.ending_of(tagged.text[start:end])
    body = words[first].tag == "ORG" or (ending is not None and ending.cls == "GovernmentBody")
    return start if body and end - start <= _LONGEST_AUTHOR else None
