"""Documents without marks around the title: 某局关于某事的报告, 水利“十四五”规划."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

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
_OFFICIAL = re.compile(
    "(?:规划(?:纲要)?|条例|行动计划|年行动|(?:实施|管理|暂行)办法|实施(?:意见|方案|细则)|若干(?:意见|措施|政策)|统计公报)”?$"
)
"""What the name of a district in front makes a paper of its government."""
_OTHER_WRITER = re.compile("[协商学]会|公司|集团|大学|学院|银行|医院")
_CABINET = re.compile("(?<=中共中央)(?:、|和)?(?P<name>国务院(?:办公厅)?)")


def find_titled(tagged: TaggedText, knowledge: Knowledge) -> Iterator[Mention]:
    """The author is an organisation that the tagger or the gazetteer has right in front of 关于."""
    for found in _ABOUT.finditer(tagged.text):
        start = _author(tagged, found.start(), knowledge)
        if start is not None:
            yield Mention(Span(start, found.end()), tagged.text[start : found.end()], "Document", "author and subject")
    for found in _CABINET.finditer(tagged.text):
        yield Mention(Span(*found.span("name")), found["name"], "GovernmentBody", "body of a level")
    for found in _PLAN.finditer(tagged.text):
        start = _matter(tagged, found.start(), knowledge)
        yield Mention(Span(start, found.end()), tagged.text[start : found.end()], "Document", "plan")


def is_official(title: str) -> bool:
    return _OFFICIAL.search(title) is not None and not _OTHER_WRITER.search(title)


def pair_writers(outer: Sequence[Mention], candidates: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Titles and the second of those who wrote them: 国务院 in 中共中央国务院关于…的决定."""
    bodies: dict[int, list[Mention]] = {}
    for one in candidates:
        if one.cls == "GovernmentBody":
            bodies.setdefault(one.span.start, []).append(one)
    for title in (one for one in outer if one.cls == "Document"):
        ends = sorted({one.span.end for one in bodies.get(title.span.start, ())})
        for second in (one for end in ends for one in bodies.get(end, ())):
            if title.text.startswith("关于", second.span.end - title.span.start):
                yield title, second


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
