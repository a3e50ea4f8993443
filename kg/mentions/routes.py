"""What leads from one place to another: 甲至乙高速公路, 甲—乙输气管道三线工程, 甲大道丙至丁段."""

from __future__ import annotations

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


def find_routes(tagged: TaggedText, knowledge: Knowledge) -> Iterator[Mention]:
    for words in tagged.words:
        for place in range(1, len(words) - 1):
            if words[place].text in _TO:
                yield from _around(words, place, tagged.text, knowledge)


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
        and (words[start - 1].tag in NOMINAL | {"m", "f"} or words[start - 1].text in word_set("route works"))
        and words[start - 1].text not in knowledge.modifiers
        and words[joint].span.start - words[start - 1].span.start <= _LONGEST_END
    ):
        start -= 1
    while words[start].text in word_set("route works"):
        start += 1
    return start


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
