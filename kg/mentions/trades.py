"""What companies do, said by a plain noun: 水泥 in 水泥生产企业, 客栈经营 in 主营业务为绿化工程、客栈经营.

Such a noun is the name of an industry only where the text says whose trade it is. It is therefore no mention to all
rules, but to those that ask for an industry (`kg.pipeline`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from kg.knowledge import Knowledge
from kg.mentions.names import KIND
from kg.mentions.superlatives import SUPERLATIVE
from kg.mentions.tagged import TaggedText
from kg.model import Mention, Span, Word
from kg.words import any_of, word_set

TRADE = "trade"
"""How these mentions are found."""
_FIRM = re.compile(f"(?:{any_of('makes or sells')})*(?:{any_of('firms')})$")
_INDUSTRY = re.compile("[^企产行工农就创专作毕物失从开停营]业$")
_BUSINESS = {
    "names": re.compile(f"(?:{any_of('names the business')})[：:]?"),
    "does": re.compile(f"(?:{any_of('says the business')})(?!业务|收入)"),
}
_WHICH = frozenset({"主要", "重点", "大型", "骨干", "知名"})
_TO_DO_WITH = frozenset({"相关", "有关"})
_JOINS = frozenset({"、", "和", "与", "及", "以及"})
_NOUNS = frozenset({"n", "nz", "nw", "vn", "an"})
_LISTED = {"names": _NOUNS | {"v", "a", "b"}, "does": _NOUNS}
_MOST_WORDS = 4
_LONGEST = 10
_AS_KNOWN = ("", "产业", "行业", "业")


def find_trades(tagged: TaggedText, mentions: Iterable[Mention], knowledge: Knowledge) -> tuple[Mention, ...]:
    """In order of place; none overlaps another, or one of `mentions` that is surely a name."""
    named = [one.span for one in mentions if not one.found_by.startswith((KIND, SUPERLATIVE))]
    taken = {place for span in named for place in range(span.start, span.end)}
    out: dict[int, Mention] = {}
    for span in sorted({*_before_firms(tagged, knowledge), *_said_business(tagged)}):
        if not taken & set(range(span.start, span.end)):
            out[span.start] = Mention(span, tagged.text[span.start : span.end], "Industry", TRADE)
            taken |= set(range(span.start, span.end))
    return tuple(out[start] for start in sorted(out))


def _before_firms(tagged: TaggedText, knowledge: Knowledge) -> Iterator[Span]:
    """水泥生产企业, 通信设备供应商, 面板厂商: the nouns in front of a word for companies."""
    for words in tagged.words:
        for place, word in enumerate(words):
            firm = _FIRM.search(word.text)
            if firm is None and not _INDUSTRY.search(word.text):
                continue
            end = word.span.start + firm.start() if firm else word.span.end
            if firm and (aside := _aside(words[:place])):
                place -= aside
                end = words[place].span.start
            first = place
            while first > max(0, place - _MOST_WORDS) and words[first - 1].tag in _NOUNS:
                first -= 1
            yield from _trim(words[first:place], Span(words[first].span.start, end), tagged.text, knowledge)


def _aside(words: Sequence[Word]) -> int:
    """How many words say which of the firms are meant: 水泥主要企业, 与水泥生产相关的企业."""
    last = [word.text for word in reversed(words[-3:])]
    if last[:1] == ["的"] and len(last) > 1 and last[1] in _TO_DO_WITH:
        return 3 if last[-1] in word_set("makes or sells") else 2
    return 1 if last and last[0] in _WHICH | _TO_DO_WITH else 0


def _trim(words: Sequence[Word], span: Span, text: str, knowledge: Knowledge) -> Iterator[Span]:
    """Without 生产 behind it and 全国, 大型 in front; nothing where no word is left that tells a trade."""
    start, end = span.start, span.end
    parted = _pairs(words)
    for word in reversed(words):
        if word.text in word_set("makes or sells") and word.span.end == end:
            end = word.span.start
    for word in words:
        if word.span.start != start or word.span.end >= end or _is_industry(text[start:end], knowledge):
            break
        lone = len(word.text) == 1 and text[start : start + 2] not in parted
        if lone or _tells_nothing(word.text, knowledge):
            start = word.span.end
    name = text[start:end]
    if 2 <= len(name) <= _LONGEST and not _tells_nothing(name, knowledge):
        yield Span(start, end)


def _pairs(words: Sequence[Word]) -> set[str]:
    """风 and 电, which the tagger parts."""
    return {one.text + other.text for one, other in pairwise(words) if len(other.text) == 1}


def _tells_nothing(name: str, knowledge: Knowledge) -> bool:
    """重点, 民营, 投资: words that say which companies, and not what they do."""
    if name in word_set("no trades"):
        return True
    return not _is_industry(name, knowledge) and (name in knowledge.modifiers or knowledge.is_generic(name))


def _is_industry(name: str, knowledge: Knowledge) -> bool:
    return any(one.cls == "Industry" for tail in _AS_KNOWN for one in knowledge.gazetteer.lookup(name + tail))


def _said_business(tagged: TaggedText) -> Iterator[Span]:
    """主营业务为绿化工程、客栈经营; 从事汽车零部件的生产: the nouns that follow, part by part."""
    for kind, pattern in _BUSINESS.items():
        for found in pattern.finditer(tagged.text):
            words = [word for word in tagged.words[tagged.sentence_at(found.start())] if word.span.start >= found.end()]
            for item in _items(words, found.end(), _LISTED[kind]):
                span = Span(item[0].span.start, item[-1].span.end)
                name = tagged.text[span.start : span.end]
                if 2 <= len(name) <= _LONGEST and name not in word_set("no trades") | word_set("makes or sells"):
                    yield span


def _items(words: Sequence[Word], start: int, tags: frozenset[str]) -> Iterator[Sequence[Word]]:
    """Runs of such words parted by 、 or 和, from `start` on and without a gap."""
    run: list[Word] = []
    for word in words:
        if word.span.start != start or not (word.tag in tags or word.text in _JOINS):
            break
        start = word.span.end
        if word.text not in _JOINS:
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run
