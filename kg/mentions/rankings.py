"""Honours, and places in an order: “中国名茶之乡”称号, 鲁班奖, 中部六省第一县, 面板出货量位居全球第三."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.knowledge import Knowledge
from kg.mentions.chunks import NOMINAL
from kg.mentions.superlatives import SUPERLATIVE
from kg.mentions.tagged import TaggedText
from kg.model import Mention, Span
from kg.words import any_of

_SCOPE = f"(?:{any_of('scopes')})"
_FIRST = re.compile(
    f"{_SCOPE}[\u4e00-\u9fff]{{0,8}}?第[一二三四五六七八九十\\d]+"
    "(?:品牌|强?县|强?镇|强?市|强?村|大省|大县|大市|大港|港|股|城)"
)
_ONE_OF = re.compile(
    f"{_SCOPE}[\u4e00-\u9fff]{{2,18}}?\\d+[家个座大](?:重点|骨干)?(?:企业集团|企业|城市|园区|基地)(?=之一)"
)
_STRONGEST = re.compile(
    "(?<![家个])(?:世界|全球|中国|全国|国内|亚洲|亚太|美国|欧洲)[\u4e00-\u9fff]{0,10}?\\d{2,4}强(?![县市区镇村])"
)
_GIVEN = f"(?:{any_of('honouring verbs')})(?:了|为|成为|成|过|得)?"
_HONOURED = re.compile(f"{_GIVEN}[^，。；：“”\n]{{0,12}}?“(?P<name>[^“”，。；：\n]{{3,30}})”")
_HONOUR = re.compile(f"(?:{any_of('honours')})$")
_PRIZE = re.compile(
    f"{_GIVEN}[^，。；：\n]{{0,24}}?[“、—和及]*(?P<name>(?!大奖|奖|[\u4e00-\u9fff]{{0,6}}最高奖)[\u4e00-\u9fff]{{2,6}}奖)(?![励金品项状章牌])"
)
_NO_PRIZE = re.compile("[一二三特优银金铜头]等?奖$|大奖$|嘉奖$|获奖$|颁奖$|中奖$|评奖$|受奖$")
_REACHED = (
    "(?:(?:(?:首次|已经?)?(?:达到?|突破|超过?|为|增至|实现|完成)了?(?:约|近)?)?"
    "(?<![\\d.,])[\\d.,]{1,15}[^，。；\\d]{0,8}，(?:(?:同比|占|仅次于|超过)[^，。；]{1,16}，?)?)?"
)
_STANDS = re.compile(
    f"{_REACHED}(?:已经?|均|都|稳|连续[^，。；]{{1,4}}年|一直|继续|目前|仍|就)*(?:{any_of('standing verbs')}){_SCOPE}"
    "[^，。；\\d第]{0,6}?(?:第[一二三四五六七八九十\\d]|首位|榜首)"
)
_MEASURES = ("量", "额", "率", "值", "数", "产能", "规模", "面积", "收入", "份额", "能力", "里程", "总量", "总数")
_NOUNS = NOMINAL - {"LOC", "ORG", "PER"}
_LONGEST = 14


def find_rankings(tagged: TaggedText, knowledge: Knowledge) -> Iterator[Mention]:
    for found in _STRONGEST.finditer(tagged.text):
        yield Mention(Span(*found.span()), found[0], "Ranking", "strongest")
    for pattern in (_FIRST, _ONE_OF):
        for found in pattern.finditer(tagged.text):
            yield Mention(Span(*found.span()), found[0], "Ranking", SUPERLATIVE)
    for found in _HONOURED.finditer(tagged.text):
        if _HONOUR.search(found["name"]) or _HONOUR.search(tagged.text, found.end(), found.end() + 2):
            yield Mention(Span(*found.span("name")), found["name"], "Ranking", "honour")
    for found in _STANDS.finditer(tagged.text):
        span = _what_is_ranked(tagged, found.start())
        if span is not None:
            yield Mention(span, tagged.text[span.start : span.end], "Ranking", "measure")
    for found in _PRIZE.finditer(tagged.text):
        if not (knowledge.is_generic(found["name"]) or _NO_PRIZE.search(found["name"])):
            yield Mention(Span(*found.span("name")), found["name"], "Ranking", "honour")


def _what_is_ranked(tagged: TaggedText, end: int) -> Span | None:
    """面板出货量 in front of 位居全球第三: a measure, and at least one word that says of what."""
    start, number = end, 0
    for word in reversed(tagged.words[tagged.sentence_at(end)]):
        if word.span.end > start:
            continue
        binds = word.span.end == start and word.tag in _NOUNS and end - word.span.start <= _LONGEST
        if not binds or (number == 0 and not word.text.endswith(_MEASURES)):
            break
        start, number = word.span.start, number + 1
    return Span(start, end) if number > 1 else None
