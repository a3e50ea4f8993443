"""Documents without marks around the title: 某局关于某事的报告, 水利“十四五”规划."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.knowledge import Knowledge
from kg.mentions.tagged import TaggedText
from kg.model import Mention, Span
from kg.words import any_of, word_list, word_set

_LONGEST_AUTHOR = 24
_PARTS_OF_AUTHOR = frozenset({"LOC", "ORG", "n", "vn"})
_PARTS_OF_CORE = frozenset({"a", "n", "nz"})
"""绿河/nz 环保集团有限公司/ORG: in front of a trade the tagger may cut a company's name."""
_PARTS_OF_MATTER = _PARTS_OF_AUTHOR | {"nz"}
_ABOUT = re.compile(
    f"关于[^，。；！？、《》“”：\\n]{{3,50}}?的(?:{any_of('kinds of documents')})(?![\u4e00-\u9fff]*?[式性会])"
)
_PLAN = re.compile(
    "“?十[一二三四五]五[”“]?(?:[（(][^（）()]{4,14}[)）])?(?:[\u4e00-\u9fff]{2,8}?)?规划(?:纲要)?(?![期编目研院局]|建议)"
)
_LONGEST_MATTER = 14


def find_titled(tagged: TaggedText, knowledge: Knowledge) -> Iterator[Mention]:
    """The author is an organisation that the tagger or the gazetteer has right in front of 关于."""
    for found in _ABOUT.finditer(tagged.text):
        start = _author(tagged, found.start(), knowledge)
        if start is not None:
            yield Mention(Span(start, found.end()), tagged.text[start : found.end()], "Document", "author and subject")
    for found in _PLAN.finditer(tagged.text):
        start = _matter(tagged, found.start(), knowledge)
        yield Mention(Span(start, found.end()), tagged.text[start : found.end()], "Document", "plan")


def _matter(tagged: TaggedText, end: int, knowledge: Knowledge) -> int:
    """Where what the plan is about begins: 工程机械 in front of “十四五”规划."""
    start = end
    for word in reversed(tagged.words[tagged.sentence_at(end)]):
        if word.span.end > start:
            continue
        binds = word.span.end == start and word.tag in _PARTS_OF_MATTER and word.text not in knowledge.modifiers
        if not binds or end - word.span.start > _LONGEST_MATTER or word.text in word_set("building verbs"):
            break
        start = word.span.start
    return start


def _author(tagged: TaggedText, end: int, knowledge: Knowledge) -> int | None:
    words = tagged.words[tagged.sentence_at(end)]
    last = next((n for n, word in enumerate(words) if word.span.end == end), None)
    if last is None:
        return None
    first = last
    while first and words[first].tag != "ORG" and words[first - 1].tag in _PARTS_OF_AUTHOR:
        first -= 1
    while first and words[first].text.startswith(word_list("trades")) and words[first - 1].tag in _PARTS_OF_CORE:
        first -= 1
    start = words[first].span.start
    ending = knowledge.ending_of(tagged.text[start:end])
    body = words[first].tag == "ORG" or (ending is not None and ending.cls == "GovernmentBody")
    return start if body and end - start <= _LONGEST_AUTHOR else None
