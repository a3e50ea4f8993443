"""What the tagger alone calls an organisation or a place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.gazetteer import Match
from kg.knowledge import Knowledge
from kg.mentions.tagged import TaggedText
from kg.model import Mention, Span, Word
from kg.words import word_set

_NO_NAME = re.compile("(?:[A-Za-z].*|.{3,})(?:技术|服务|照明)$|(?:企业|竞争力|知名度|年产|份额)$|^跨境")
"""OLED技术, 智能电网建设: what the tagger takes for an organisation and what is none, or of a kind."""
_PART_OF_PLACE = re.compile("[东西南北中]部$")


def find_tagged_names(tagged: TaggedText, knowledge: Knowledge) -> Iterator[Mention]:
    for words in tagged.words:
        for number, word in enumerate(words):
            if word.tag not in {"ORG", "LOC", "nz"} or len(word.text) < 2:
                continue
            following = words[number + 1] if number + 1 < len(words) else None
            span = word.span
            if (
                not any(ch.isalpha() for ch in word.text)
                or word.text in knowledge.generic
                or word.text in knowledge.modifiers
            ):
                continue
            behind = words[number + 2] if number + 2 < len(words) else None
            if (
                _extends(word, following, behind) or _in_china(word, following, behind)
            ) and not knowledge.gazetteer.lookup(word.text):
                span = Span(span.start, words[number + 1].span.end)
            elif word.tag == "nz":
                continue
            if _opens_report(word, knowledge):
                span = Span(span.start, span.end - 1)
            text = tagged.text[span.start : span.end]
            row = word.tag == "LOC" and _is_row(text, knowledge)
            if row or text in knowledge.generic or _NO_NAME.search(text) or _is_known_and_more(text, knowledge):
                continue
            if len(text) > 4 and text.endswith("建设") and not knowledge.gazetteer.lookup(text):
                yield Mention(span, text, "Project", "tagger")
                continue
            yield Mention(span, text, _class_of(text, word, span, knowledge), "tagger")


def _opens_report(word: Word, knowledge: Knowledge) -> bool:
    """江城日报讯（记者王某）: the paper, and that its report begins."""
    ending = knowledge.ending_of(word.text.removesuffix("讯"))
    return word.text.endswith("讯") and ending is not None and ending.cls == "MediaOutlet"


def _is_known_and_more(text: str, knowledge: Knowledge) -> bool:
    """商务部新闻: a name that the gazetteer has, and a common noun behind it."""
    known = [match for match in knowledge.gazetteer.find(text) if match.span.start == 0]
    return bool(known) and text[known[0].span.end :] in knowledge.generic


def _is_row(text: str, knowledge: Knowledge) -> bool:
    """加拿大安大略省: places that the gazetteer has, one in the other."""
    known = knowledge.gazetteer.find(text)
    whole = len(known) > 1 and sum(match.span.end - match.span.start for match in known) == len(text)
    return whole and all(_lies_in(inner, outer, knowledge) for outer, inner in pairwise(known))


def _lies_in(inner: Match, outer: Match, knowledge: Knowledge) -> bool:
    codes = [(one.code, other.code) for one in inner.entries for other in outer.entries]
    abroad = inner.entries[0].cls == outer.entries[0].cls == "Place"
    return abroad or any(code and whole and knowledge.gazetteer.within(code, whole) for code, whole in codes)


def _extends(word: Word, following: Word | None, behind: Word | None) -> bool:
    """博泰/ORG 医药/n is one name; 长信科技/ORG 投资/vn 的/u is a company and what it does."""
    plain = following is not None and following.text in word_set("plain trades")
    if plain and behind is not None and (behind.tag in {"m", "v"} or behind.text in {"的", "了"}):
        return False
    if following is None or word.text.endswith(("公司", "证券", "期货")):
        return False
    if behind is not None and behind.text in {"行业", "产业", "板块"}:
        return False
    if following.tag in {"v", "vd"}:
        return word.tag == "nz" and following.text == "咨询"
    return following.text in word_set("trades")


def _in_china(word: Word, following: Word | None, behind: Word | None) -> bool:
    """大众中国昨天宣布 speaks of the company's branch; 大众中国市场 does not."""
    acts = behind is None or behind.tag in {"v", "TIME", "p", "d", "w", "ad", "xc"} or behind.text in "，。的、"
    return word.tag == "ORG" and following is not None and following.text == "中国" and acts


def _class_of(text: str, word: Word, span: Span, knowledge: Knowledge) -> str:
    ending = knowledge.ending_of(text)
    if ending is not None and (not ending.weak or len(ending.text) > 1):
        return ending.cls
    if _PART_OF_PLACE.search(text):
        return "Place"
    if text[-1] in "局司厅处办" and any(
        one.entries[0].cls == "GovernmentBody" for one in knowledge.gazetteer.find(text)
    ):
        return "GovernmentBody"
    if word.tag == "LOC" and span == word.span:
        known = knowledge.gazetteer.find(text)
        rest = text[known[0].span.end :] if known and known[0].span.start == 0 else ""
        return "Company" if len(rest) >= 2 and rest[-1] not in "省市区县镇乡村州港湾河江湖山岛路街道城园谷" else "Place"
    return "Company"
