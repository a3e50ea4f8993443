"""What is built, by how much it holds or by what it is: 建设30万吨级原油码头, 打造一个石斛产业园."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.knowledge import Knowledge
from kg.mentions.chunks import NOMINAL, YEARLY
from kg.mentions.names import KIND
from kg.mentions.tagged import TaggedText
from kg.model import Mention, Span, Word
from kg.words import word_list, word_set

_CAPACITY = re.compile("[吨升台辆瓦套片亩座]级?$|平方米$|立方米$|兆瓦时?$|千瓦$")
_AND, _ONE = frozenset("和、及"), frozenset({"一座", "一条", "一个", "两座", "两条", "了", "新", "的"})
_LEADING = frozenset({"q", "u", "m"})
_ITEM = "[\u4e00-\u9fffA-Za-z\\d·]{2,16}"
_PARTS = re.compile(
    f"项目(?:主要|共|拟|将|规划)?(?:建设|新建)?(?:包括|包含|涵盖|含|分为|由|建设)(?P<parts>(?:{_ITEM}、)+{_ITEM})"
)
_PART = re.compile(
    "[^、和及与以]{2,14}?(?:中心|总部|基地|大楼|车间|生产线|实验室|产业园|展示馆|研究院)"
    "(?=[、和及与以等四五六七八两三大]|$)"
)
_SHORTEST, _LONGEST = 5, 24


def find_capacities(tagged: TaggedText, _: Knowledge) -> Iterator[Mention]:
    for words in tagged.words:
        for place, word in enumerate(words):
            if word.text in word_set("building verbs") or (word.text in _AND and _builds_before(words, place)):
                yield from _capacity(words, place + 1, tagged.text)


def _builds_before(words: Sequence[Word], place: int) -> bool:
    return any(one.text in word_set("building verbs") for one in words[max(0, place - 8) : place])


def _capacity(words: Sequence[Word], start: int, text: str) -> Iterator[Mention]:
    while start < len(words) and (words[start].tag in {"q", "u"} or words[start].text in _ONE):
        start += 1
    first = start + (start < len(words) and words[start].text in YEARLY)
    end = first
    while end < len(words) and (words[end].tag in NOMINAL or (end == first and _holds(words[end]))):
        end += 1
    if end - first > 1 and _holds(words[first]) and not words[end - 1].text.endswith(word_list("measured")):
        span = Span(words[start].span.start, words[end - 1].span.end)
        yield Mention(span, text[span.start : span.end], "Project", "object of building")


def _holds(word: Word) -> bool:
    return word.tag == "m" and _CAPACITY.search(word.text) is not None


def find_parts(tagged: TaggedText, knowledge: Knowledge) -> Iterator[Mention]:
    """项目包括西南总部、供应链中心和运营中心: what a project is made of, though each name be that of a kind."""
    for row in _PARTS.finditer(tagged.text):
        for found in _PART.finditer(tagged.text, *row.span("parts")):
            if not knowledge.is_generic(found[0]):
                yield Mention(Span(*found.span()), found[0], "Project", "part of a project")


def find_kinds(tagged: TaggedText, knowledge: Knowledge) -> Iterator[Mention]:
    """建设太阳能热发电示范电站: what is built is one thing, though its name be that of a kind."""
    for words in tagged.words:
        for place, word in enumerate(words):
            if word.text in word_set("building verbs") and word.tag in {"v", "vn"}:
                yield from _kind(words, place + 1, tagged.text, knowledge)


def _kind(words: Sequence[Word], start: int, text: str, knowledge: Knowledge) -> Iterator[Mention]:
    while start < len(words) and (words[start].tag in _LEADING or words[start].text in knowledge.modifiers):
        start += 1
    end = start
    while end < len(words) and _is_part(words[end], knowledge, first=end == start):
        end += 1
    for last in range(end, start + 1, -1):
        span = Span(words[start].span.start, words[last - 1].span.end)
        name = text[span.start : span.end]
        if _SHORTEST <= len(name) <= _LONGEST and _is_thing(name, knowledge):
            yield Mention(span, name, "Project", f"{KIND} of building")
            return


def _is_part(word: Word, knowledge: Knowledge, *, first: bool) -> bool:
    if word.text in word_set("building verbs"):
        return False
    verb = word.tag in {"ad", "v"} and (word.text in knowledge.activities or len(word.text) == 1)
    return word.tag in NOMINAL or (verb and not first)


def _is_thing(name: str, knowledge: Knowledge) -> bool:
    ending = knowledge.ending_of(name)
    built = name.endswith(word_list("built centres"))
    if (
        ending is None
        or len(ending.text) < 2
        or not (built or ending.cls == "Project" or ending.text in word_set("parks"))
    ):
        return False
    return not knowledge.is_generic(name.removesuffix(ending.text))
