"""Works without a name of their own: 建立了首个海外生产基地, 甲公司在乙市的第7.5代线."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.knowledge import Knowledge
from kg.mentions.chunks import NOMINAL
from kg.mentions.tagged import TaggedText
from kg.model import Mention, Span, Word
from kg.words import word_list, word_set

_COUNT = re.compile("[一首][家座个条]|[两三四五六七八]大|第[一二三四五六][家座个条大]")
_NEW = frozenset({"新", "全新", "的", "了", "起", "其", "过"})
_OWNERS = frozenset({"ORG", "nz"})
_LONGEST = 6
_LINE = re.compile("\\d线$")


def find_plants(tagged: TaggedText, knowledge: Knowledge) -> Iterator[Mention]:
    for words in tagged.words:
        for place, word in enumerate(words):
            if word.text in word_set("building verbs") or word.text in word_set("founding verbs"):
                start = _behind_count(words, place + 1)
                counted = any(_COUNT.match(one.text) for one in words[place + 1 : start])
                if counted and start < len(words) and words[start].tag != "m":
                    yield from _plant(words, start, tagged.text, knowledge, counted=True)
            elif word.text == "的" and _owned_there(words, place):
                yield from _plant(words, place + 1, tagged.text, knowledge)


def _behind_count(words: Sequence[Word], start: int) -> int:
    """Past 了一座, 首个, 四大, 全新的."""
    while start < len(words) and (
        words[start].text in _NEW or words[start].tag == "q" or _COUNT.match(words[start].text) is not None
    ):
        start += 1
    return start


def _owned_there(words: Sequence[Word], place: int) -> bool:
    """`甲/ORG 在/p 乙/LOC 的/u`."""
    first = place
    while first > 0 and words[first - 1].tag == "LOC":
        first -= 1
    before = words[max(0, first - 2) : first]
    return first < place and len(before) == 2 and before[1].text == "在" and before[0].tag in _OWNERS


def _plant(
    words: Sequence[Word], start: int, text: str, knowledge: Knowledge, *, counted: bool = False
) -> Iterator[Mention]:
    """The longest stretch of nouns and figures from here that ends as a plant does. Where only one is counted, its name
    may be nothing else: 建立一家工厂."""
    end = start
    while end < len(words) and end - start < _LONGEST and (words[end].tag in NOMINAL or words[end].tag == "m"):
        end += 1
    for last in range(end, start, -1):
        span = Span(words[start].span.start, words[last - 1].span.end)
        name = text[span.start : span.end]
        if name.endswith(word_list("plants")) or _LINE.search(name):
            telling = (counted and name.endswith(word_list("counted plants"))) or not knowledge.is_generic(name)
            if telling and not text.startswith(word_list("parts of plants"), span.end):
                yield Mention(span, name, "Project", "plant")
            return
