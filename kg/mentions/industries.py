"""Industries by what they make or do: 液晶面板企业, 医药流通行业, 主营业务为供水、环卫服务."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.knowledge import Knowledge
from kg.mentions.tagged import TaggedText
from kg.model import Mention, Span, Word
from kg.words import word_set

_MAKES = frozenset({"n", "nz", "vn", "nw", "an"})
_LONGEST, _SHORTEST = 10, 2
_MAIN = re.compile(
    "(?:主营业务|主要业务|经营范围)(?:为|是|包括|涵盖|主要为|主要是|主要包括)(?P<list>[^，。；：\n]{2,80})"
)
_MEMBER = re.compile("[\u4e00-\u9fffA-Za-z]{2,12}")
_AND = re.compile("[、]|以及|(?<=[\u4e00-\u9fff]{2})[和及与](?=[\u4e00-\u9fff]{2}[^、]*$)")


def find_industries(tagged: TaggedText, knowledge: Knowledge) -> Iterator[Mention]:
    for words in tagged.words:
        for place, word in enumerate(words):
            if word.text in word_set("tails of industries"):
                yield from _in_front(words, place, tagged.text, knowledge)
            elif word.text in word_set("verbs of industries"):
                yield from _behind(words, place, tagged.text, knowledge)
    for found in _MAIN.finditer(tagged.text):
        yield from _listed(found)


def _in_front(words: Sequence[Word], end: int, text: str, knowledge: Knowledge) -> Iterator[Mention]:
    start = end
    while start > 0 and _says_what(words[start - 1], knowledge):
        start -= 1
    if start > 0 and words[start - 1].tag in {"ORG", "PER"} and words[start - 1].span.end == words[start].span.start:
        return  # 云岭集团半导体业务 tells of the company
    yield from _industry(words, start, end, text, knowledge)


def _behind(words: Sequence[Word], place: int, text: str, knowledge: Knowledge) -> Iterator[Mention]:
    """从事锂电池的研发、生产: up to what is done with it."""
    start = end = place + 1
    while end < len(words) and _says_what(words[end], knowledge):
        end += 1
    yield from _industry(words, start, end, text, knowledge)


def _says_what(word: Word, knowledge: Knowledge) -> bool:
    return word.tag in _MAKES and word.text not in knowledge.modifiers and word.text not in knowledge.roles


def _industry(words: Sequence[Word], start: int, end: int, text: str, knowledge: Knowledge) -> Iterator[Mention]:
    """Without what all industries have: 轮胎生产, 大型水泥."""
    while start < end and _is_plain(words[start].text):
        start += 1
    while start < end and _is_plain(words[end - 1].text):
        end -= 1
    if start == end or (end - start == 1 and words[start].tag in {"vn", "an"}):
        return
    span = Span(words[start].span.start, words[end - 1].span.end)
    if _SHORTEST <= span.end - span.start <= _LONGEST and not knowledge.gazetteer.lookup(text[span.start : span.end]):
        yield Mention(span, text[span.start : span.end], "Industry", "industry")


def _is_plain(word: str) -> bool:
    return word in word_set("said of all industries") or word.endswith(("性", "型", "级"))


def _listed(found: re.Match[str]) -> Iterator[Mention]:
    start = found.start("list")
    for part in _AND.split(found["list"]):
        place = found.string.index(part, start)
        start = place + len(part)
        if _MEMBER.fullmatch(part) and not _is_plain(part):
            yield Mention(Span(place, start), part, "Industry", "industry")
