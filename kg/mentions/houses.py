"""Whose word is quoted: 中联顾问研究员李某, 水泥资讯网数据显示; and whose 总经理 it is: 云岭茶业世界总经理王某."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.knowledge import Knowledge
from kg.mentions.tagged import TaggedText
from kg.model import Mention, Span, Word
from kg.words import any_of, word_list, word_set

_ANALYST = f"(?:[\u4e00-\u9fff]{{0,6}}?)(?:{any_of('analysts')})"
_SAID = f"(?:的|近期|最近)?(?:最新)?(?:{any_of('kinds of figures')})+(?:[，：]|显示|称|指出|表明)"
_QUOTED = re.compile(f"{_ANALYST}|{_SAID}")
_LATIN = re.compile(
    "(?<![A-Za-z\\d·])(?P<name>[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+)?)"
    "(?=(?:大?中华区|中国区?|亚太区?|全球)?"
    f"[\u4e00-\u9fff]{{0,4}}?(?:{any_of('analysts')}|{any_of('company posts')}|经理|总监)|{_SAID})"
)
_NAMES = frozenset({"ORG", "nz", "nw", "PER"})
_PARTS = _NAMES | {"LOC", "n", "vn"}
_OPENING = frozenset("，。；：据从“”")
_LONGEST, _MOST_WORDS = 10, 4


def find_houses(tagged: TaggedText, knowledge: Knowledge) -> Iterator[Mention]:
    for words in tagged.words:
        for place, word in enumerate(words):
            if word.text.endswith(word_list("houses")) and _QUOTED.match(tagged.text, word.span.end):
                plain = word.text.endswith(word_list("houses of plain words"))
                yield from _named(words, place + 1, tagged.text, knowledge, "house", plain=plain)
            elif word.tag == "PER" and place > 1 and words[place - 1].text in word_set("company posts"):
                yield from _named(words, place - 1, tagged.text, knowledge, "post behind")
    for found in _LATIN.finditer(tagged.text):
        if found["name"] not in word_set("abbreviations"):
            yield Mention(Span(*found.span("name")), found["name"], "Company", "house")


def _named(
    words: Sequence[Word], end: int, text: str, knowledge: Knowledge, found_by: str, *, plain: bool = False
) -> Iterator[Mention]:
    """All nouns in front, where that is a name: one of them is proper, and none ends a name before. `plain`: at the
    beginning of a part of the sentence none need be proper (生意网分析师)."""
    while end and words[end - 1].text in word_set("before posts"):
        end -= 1
    start = end
    while start and end - start <= _MOST_WORDS and words[start - 1].tag in _PARTS:
        start -= 1
    while start < end and words[start].text in knowledge.modifiers:
        start += 1
    opens = plain and (start == 0 or words[start - 1].text in _OPENING)
    if start == end or not _is_name(words[start:end], knowledge, plain=opens):
        return
    span = Span(words[start].span.start, words[end - 1].span.end)
    name = text[span.start : span.end]
    if 3 <= len(name) <= _LONGEST and not knowledge.is_generic(name) and not knowledge.gazetteer.lookup(name):
        ending = knowledge.ending_of(name)
        strong = ending is not None and not ending.weak and knowledge.ontology.is_a(ending.cls, "Organisation")
        other = "Organisation" if name.endswith("网") else "Company"
        yield Mention(span, name, ending.cls if strong and ending else other, found_by)


def _is_name(words: Sequence[Word], knowledge: Knowledge, *, plain: bool) -> bool:
    """Not 云岭集团房产项目, which is of a company."""
    inner = words[:-1]
    if words[-1].text in word_set("lines of business"):
        return False
    closed = any(word.text.endswith(("公司", "集团", "协会", "委", "局", "部", "厅")) for word in inner)
    house = words[-1].text.endswith(word_list("houses of plain words"))
    known = any(knowledge.gazetteer.lookup(word.text) for word in inner if word.tag == "ORG" and not house)
    return not closed and not known and (plain or any(word.tag in _NAMES | {"LOC"} for word in words))
