"""What leads from one place to another, and its stretches: 甲至乙高速公路, 甲大道丙至丁段, 甲铁路乙段."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.knowledge import Knowledge
from kg.mentions.chunks import NOMINAL
from kg.mentions.tagged import TaggedText
from kg.model import Mention, Span, Word
from kg.words import word_list, word_set

_TO = frozenset({"至", "—", "－", "到"})
_LONGEST_END, _LONGEST_NAME = 14, 28
_PARTS = NOMINAL | {"m", "f", "q"}
_CONVEYS = frozenset("输供运")
_WAY = (
    "(?:高速公路|高速|公路|铁路|高铁|城际|客专|国道|省道|大道|快速路|工程|干流|河道|航道|水道|运河|管道|管线|[新双一二三四]线|[\\d路道]线"
    "|(?<=[\u4e00-\u9fff]{2})线)"
)
_STRETCH = re.compile(
    f"{_WAY}(?P<part>(?!路|[上下]行)[^，。、；：的了在至—处正由已这后重多大阶、（）()“”\\d\\s]{{2,5}}(?<![阶时标手地分波片])段)(?![时落子位])"
)
_BRACKETED = re.compile(
    "(?:[\u4e00-\u9fff][（(][\u4e00-\u9fff]{1,2}[)）]){2}(?:国家)?(?:高速公路|高速铁路|城际铁路|高速|铁路|公路|高铁|城际|客专)"
    "(?:项目|工程)?(?:(?:建设)?(?P<body>指挥部))?"
)
"""桂（平）来（宾）高速公路: of each end one character, and the rest of it in brackets."""


def find_routes(tagged: TaggedText, knowledge: Knowledge) -> Iterator[Mention]:
    for words in tagged.words:
        for place in range(1, len(words) - 1):
            if words[place].text in _TO:
                yield from _around(words, place, tagged.text, knowledge)
    for found in _STRETCH.finditer(tagged.text):
        words = tagged.words[tagged.sentence_at(found.start())]
        joint = next((n for n, word in enumerate(words) if word.span.end > found.start("part")), None)
        if joint is not None:
            start = min(words[_start(words, joint, knowledge)].span.start, found.start())
            yield Mention(Span(start, found.end()), tagged.text[start : found.end()], "Project", "ending route")
    for found in _BRACKETED.finditer(tagged.text):
        cls = "GovernmentBody" if found["body"] else "Project"
        yield Mention(Span(*found.span()), found[0], cls, "ending route")


def _around(words: Sequence[Word], joint: int, text: str, knowledge: Knowledge) -> Iterator[Mention]:
    start, end = _start(words, joint, knowledge), _end(words, joint, text, knowledge)
    if start < joint and end:
        span = Span(words[start].span.start, words[end - 1].span.end)
        yield Mention(span, text[span.start : span.end], "Project", "ending route")


def _start(words: Sequence[Word], joint: int, knowledge: Knowledge) -> int:
    """Where a route begins: at the name of its first end, and what it is a part of in front of that."""
    start = joint
    while (
        start > 0
        and (
            words[start - 1].tag in NOMINAL | {"m", "f"}
            or words[start - 1].text in word_set("route works")
            or _spells(words, start - 1)
            or (start > 1 and words[start - 1].text in knowledge.activities and words[start - 2].tag == "LOC")
        )
        and words[start - 1].text not in knowledge.modifiers
        and words[joint].span.start - words[start - 1].span.start <= _LONGEST_END
    ):
        start -= 1
    while start < joint and (words[start].text in word_set("route works") or words[start].text in knowledge.generic):
        start += 1
    return start


def _spells(words: Sequence[Word], place: int) -> bool:
    """省道301线供加至班戈段: characters that the tagger takes for verbs, behind the way that they are a stretch of."""
    while place > 0 and words[place].tag == "v" and len(words[place].text) == 1:
        place -= 1
    return words[place].text.endswith(("线", "国道", "省道", "高速", "公路", "铁路"))


def _end(words: Sequence[Word], joint: int, text: str, knowledge: Knowledge) -> int | None:
    """The longest stretch behind 至 that ends as routes do."""
    end, found = joint + 1, None
    first = words[joint + 1].span.start
    while end < len(words) and _is_part(words[end], knowledge) and words[end].span.end - first <= _LONGEST_NAME:
        end += 1
        name = text[first : words[end - 1].span.end]
        kind = next((kind for kind in word_list("routes") if name.endswith(kind)), None)
        if kind is not None and len(name) >= len(kind) + 2 and not name.endswith("阶段"):
            found = end
    return found


def _is_part(word: Word, knowledge: Knowledge) -> bool:
    works = word.text in word_set("route works") or word.text in knowledge.activities or word.text in _CONVEYS
    return word.tag in _PARTS or works
