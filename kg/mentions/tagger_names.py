"""What the tagger alone calls an organisation or a place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.knowledge import Knowledge
from kg.mentions.tagged import TaggedText
from kg.model import Mention, Span, Word

_TRADE = re.compile(
    "^(?:科技|集团|股份|控股|医药|生物|电子|光电|能源|汽车|材料|新材料|半导体|重工|电气|电力|石化|化工|机械|网络|软件|传媒|证券|银行|保险|地产|置业|物流|快递|食品|乳业|药业|服饰|家居|电器|通信|移动|电信|环保|建设|建工|钢铁|铝业|矿业|航空|航天|智能|信息|数码|资本|投资|医疗|器械|制药|实业|农业|牧业|酒业|啤酒|商城|电商|商贸)$"
)


def find_tagged_names(tagged: TaggedText, knowledge: Knowledge) -> Iterator[Mention]:
    places = {match.span.start: match for match in tagged.known if match.entries[0].cls in {"District", "Place"}}
    for words in tagged.words:
        for number, word in enumerate(words):
            if word.tag not in {"ORG", "LOC", "nz"} or len(word.text) < 2:
                continue
            following = words[number + 1] if number + 1 < len(words) else None
            span = word.span
            if not any(ch.isalpha() for ch in word.text) or word.text in knowledge.generic or word.text in knowledge.modifiers:
                continue
            if _extends(word, following) and not knowledge.gazetteer.lookup(word.text):
                span = Span(span.start, words[number + 1].span.end)
            elif word.tag == "nz":
                continue
            text = tagged.text[span.start : span.end]
            if _is_known_and_more(text, knowledge):
                continue
            yield Mention(span, text, _class_of(text, word, span, places, knowledge), "tagger")


def _is_known_and_more(text: str, knowledge: Knowledge) -> bool:
    """商务部新闻: a name that the gazetteer has, and a common noun behind it."""
    known = [match for match in knowledge.gazetteer.find(text) if match.span.start == 0]
    return bool(known) and text[known[0].span.end :] in knowledge.generic


def _extends(word: Word, following: Word | None) -> bool:
    """博泰/ORG 医药/n is one name."""
    if following is None or following.tag in {"v", "vd"} or word.text.endswith("公司"):
        return False
    return _TRADE.match(following.text) is not None


def _class_of(text: str, word: Word, span: Span, places: dict[int, object], knowledge: Knowledge) -> str:
    ending = knowledge.ending_of(text)
    if ending is not None and (not ending.weak or len(ending.text) > 1):
        return ending.cls
    if word.tag == "LOC" and span == word.span:
        known = knowledge.gazetteer.find(text)
        rest = text[known[0].span.end :] if known and known[0].span.start == 0 else ""
        return "Company" if len(rest) >= 2 and rest[-1] not in "省市区县镇乡村州港湾河江湖山岛路街道" else "Place"
    return "Company"
