"""Members of lists of companies that nothing but their neighbours tells: 云岭啤酒、白鹭啤酒、松川天湖、青河梅雪等."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from kg.knowledge import Knowledge
from kg.mentions.names import KIND
from kg.mentions.tagged import TaggedText
from kg.model import Mention, Span, Word

_MARK = "、"
_JOINTS = frozenset({"和", "及", "与", "以及"})
_PROPER = frozenset({"ORG", "nz", "nw", "LOC", "PER"})
_NOUNS = _PROPER | {"n", "vn"}
_LATIN = frozenset({"xc", "w"})
_LONGEST, _MOST_WORDS = 10, 4
_Item = Sequence[Word]


def find_peers(tagged: TaggedText, mentions: Iterable[Mention], knowledge: Knowledge) -> Iterator[Mention]:
    """Of the members of a list at least half, and two, are known for companies by `mentions`; then all are."""
    classes: dict[tuple[int, int], str] = {}
    for mention in mentions:
        if not mention.found_by.startswith(KIND):
            classes[mention.span.start, mention.span.end] = mention.cls
    firms = {span for span, cls in classes.items() if cls == "Company"}
    for words in tagged.words:
        for items in _lists(words):
            known = [item for item in items if _span(item) in firms]
            unknown = [item for item in items if _span(item) not in classes]
            others = len(items) - len(known) - len(unknown)
            if len(known) < 2 or others or 2 * len(known) < len(items):
                continue
            sure = len(known) > 2 and 3 * len(known) >= 2 * len(items)
            for item in unknown:
                start, end = _span(item)
                name = tagged.text[start:end]
                if _is_name(item, name, knowledge, plain=sure):
                    yield Mention(Span(start, end), name, "Company", "peer")


def _span(item: _Item) -> tuple[int, int]:
    return item[0].span.start, item[-1].span.end


def _is_name(item: _Item, name: str, knowledge: Knowledge, *, plain: bool) -> bool:
    proper = any(word.tag in _PROPER or word.text[0].isascii() for word in item)
    telling = not knowledge.is_generic(name) and not knowledge.gazetteer.lookup(name)
    return telling and (proper or plain) and 2 <= len(name) <= _LONGEST and name not in knowledge.modifiers


def _lists(words: Sequence[Word]) -> Iterator[list[_Item]]:
    """Rows of nouns that 、 and 和 part; the first and the last count only where they are one word."""
    marks = [n for n, word in enumerate(words) if word.text == _MARK or word.text in _JOINTS]
    row: list[_Item] = []
    for mark, following in pairwise([*marks, len(words)]):
        if not row:
            row += _one_word(words, mark - 1, mark - 2)
        item = words[mark + 1 : following]
        if following < len(words) and _is_item(item):
            row.append(item)
            continue
        row += _one_word(words, mark + 1, mark + 2)
        yield row
        row = []


def _is_item(item: _Item) -> bool:
    return 0 < len(item) <= _MOST_WORDS and all(
        word.tag in _NOUNS or (word.tag in _LATIN and word.text.isalnum()) for word in item
    )


def _one_word(words: Sequence[Word], place: int, beside: int) -> list[_Item]:
    """The word at the edge of a row, where no other noun stands beside it."""
    if not 0 <= place < len(words) or not _is_item(words[place : place + 1]):
        return []
    alone = not (0 <= beside < len(words)) or words[beside].tag not in _NOUNS
    return [words[place : place + 1]] if alone else []
