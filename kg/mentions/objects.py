"""What verbs take as their object, though its name be a common noun: 签署全球性合作协议, 出席签约仪式, 公布半年报."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.knowledge import Knowledge
from kg.mentions.chunks import NOMINAL
from kg.mentions.tagged import TaggedText
from kg.model import Mention, Span, Word
from kg.words import word_list, word_set


@dataclass(frozen=True, slots=True)
class _Kind:
    """What stands behind verbs of a list. `binds` are the parts of speech that may stand within its name."""

    cls: str
    verbs: str
    binds: frozenset[str]
    vague: re.Pattern[str]
    """Names that name nothing: 出台扶持政策."""


_ACTS = frozenset({"v", "b", "j"})
"""收购/v 协议, 入盟/v 意向书."""
_NEVER = re.compile("(?!)")
_PAPERS = re.compile(
    ".{0,6}(?:政策|措施|办法|意见|标准|规定|通知|方案|决定|文件|指南)|报告|.{0,2}(?:公告|通告|公报|规划|计划|议案|提案)"
)
_KINDS = (
    _Kind("Agreement", "signing verbs", (NOMINAL | _ACTS) - {"ORG", "PER"}, re.compile("意向|大单|订单|声明|倡议")),
    _Kind("Event", "holding verbs", NOMINAL, _NEVER),
    _Kind("Document", "issuing verbs", (NOMINAL | {"TIME", "b", "j"}) - {"ORG", "PER", "LOC"}, _PAPERS),
    _Kind(
        "FinancialInstrument",
        "issuing verbs",
        (NOMINAL | _ACTS) - {"ORG", "PER", "LOC"},
        re.compile(".{0,2}(?:基金|债券|资金|贷款|融资|股票)"),
    ),
)
_REACH = 24
_STOPS = frozenset("，。；：！？、《》\n,;")
_ONWARD = frozenset({"n", "vn"})
_NO_PART = frozenset({"关于", "作为", "成为", "附", "为", "了"})
_REPORTS = re.compile(
    "(?:(?:19|20)\\d\\d年(?:度)?|去年|今年|上年)?(?:第?[一二三四]季度?|上半年|半年|中期|年度?|季度?)?"
    "(?:财务报告|业绩报告|财报|年报|季报|半年报|中报)(?=[中里内显称披指表]|数据|公布|发布)"
)
_AT = re.compile(
    "[在从](?P<before>[^，。；：、“”\\n]{0,20}的)?(?P<name>[^，。；：、“”《》的\\n]{3,30}?"
    "(?:会议|大会|论坛|年会|座谈会|研讨会|峰会|推介会|博览会|洽谈会|交流会|说明会|发布会|推进会|对接会))(?:上|期间|现场)"
)
_WHEN = re.compile(
    "(?:今年|去年|昨日|昨天|近日|日前|本周|本月|上月|上周|前不久|随后|当天|[\\d一二三四五六七八九十]+[年月日]|召开|举行|一个|底|初)+"
)


def find_objects(tagged: TaggedText, knowledge: Knowledge) -> Iterator[Mention]:
    for kind in _KINDS:
        verbs = word_set(kind.verbs)
        for words in tagged.words:
            for place, word in enumerate(words):
                if word.text in verbs or (word.text == "的" and kind.cls == "Agreement"):
                    yield from _find_object(words, place, kind, tagged.text, knowledge)
    for found in _REPORTS.finditer(tagged.text):
        yield Mention(Span(*found.span()), found[0], "Document", "report")
    for found in _AT.finditer(tagged.text):
        when = _WHEN.match(found["name"])
        name = found["name"][when.end() :] if when else found["name"]
        if len(name) > 4 and not knowledge.is_generic(name):
            yield Mention(Span(found.end("name") - len(name), found.end("name")), name, "Event", "held")


def _find_object(words: Sequence[Word], place: int, kind: _Kind, text: str, knowledge: Knowledge) -> Iterator[Mention]:
    """The first of its kind behind the verb within its clause, as far back as nouns and verbs bind to it.

    Behind 的 (甲与乙的采购协议) it follows at once.
    """
    for end in range(place + 1, min(place + _REACH, len(words))):
        word = words[end]
        if word.text in _STOPS or word.text in word_set(kind.verbs):
            return
        if not _is_of(kind, words, place + 1, end, knowledge) or (kind.cls != "Event" and _goes_on(words, end)):
            continue
        start = end
        while start > place + 1 and (_binds(words[start - 1], kind) or _joins(words, start - 1)):
            start -= 1
        while start < end and words[start].text in knowledge.modifiers:
            start += 1
        span = Span(words[start].span.start, word.span.end)
        name = text[span.start : span.end]
        if kind.vague.fullmatch(name) or (kind.cls == "Document" and name.startswith(word_list("share issues"))):
            return  # of 非公开发行预案 the issue is what the text goes on about
        pointing = name in word_set("pointing objects")
        points_back = pointing and (kind.cls == "Event" or name in text[: words[place].span.start])
        if words[place].text != "的" or (start == place + 1 and len(name) > 3):
            yield Mention(span, name, kind.cls, "pointer" if points_back else f"object of {words[place].text}")
        return


def _goes_on(words: Sequence[Word], end: int) -> bool:
    """协议金额, 意向签约项目: the word is no agreement there."""
    following = words[end + 1] if end + 1 < len(words) else None
    if following is None or following.text == "框架":
        return False
    return following.tag in _ONWARD or following.text.startswith("签")


def _joins(words: Sequence[Word], place: int) -> bool:
    """合作和帮扶协议: one agreement about two matters."""
    return words[place].text in {"和", "及"} and {words[place - 1].tag, words[place + 1].tag} <= _ONWARD


def _is_of(kind: _Kind, words: Sequence[Word], first: int, end: int, knowledge: Knowledge) -> bool:
    """The ending may be of several words: 股东/n 大会/n, 意向/n 书/n."""
    word = words[end]
    ending = knowledge.ending_of("".join(one.text for one in words[max(first, end - 2) : end + 1]))
    return ending is not None and ending.cls == kind.cls and len(ending.text) > 1 and word.tag in NOMINAL


def _binds(word: Word, kind: _Kind) -> bool:
    return word.tag in kind.binds and word.text not in _NO_PART
