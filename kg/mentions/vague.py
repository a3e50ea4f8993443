"""Stretches that look like names and name nothing where they stand: 房地产公司, 亏损额; or many: 多个光伏项目.

Used by `kg.mentions.find` on what all recognisers found.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.knowledge import Knowledge
from kg.mentions.names import KIND
from kg.model import Mention
from kg.words import any_of

_NUMBER = "(?:[\\d.,]+[余多]?[万亿]?|[二两三四五六七八九十百千几数多]+|若干)[余多]?"
_SEVERAL = re.compile(
    f"(?:{_NUMBER}(?:个|项|家|场|类|种|处)|一大?批|{any_of('words of plural')})的?(?:重大|重点|新|大型|在建|优质)?$"
)
_COUNTED = re.compile("[\\d,]{1,6}[余多]?(?:个|项|场|座|家|批)(?=[，。；、）\n]|$)")
_NUMEROUS = re.compile("(?:累计|已经?|突破|由|从|总数|总量|数量|达到?|增至|超过?|共有?){1,4}[\\d,]+[余多]?[家个]")
"""Behind 云岭重点实验室 it says how many of them there are."""
_DOZENS = re.compile("[\\d,]{2,}[余多]?[个座家所]")
_COMMON = (KIND, "object of", "ending")
"""How names are found that may be common nouns."""
_PLANTED = re.compile("[\\d.万亿余多]+[亩公顷]{1,2}.*(?:麦|稻|米|豆|粮|菜|果|棉|油菜|花生|甘蔗|茶|药材|草|林)$")
_AMOUNT = re.compile(".+(?:额|率|总量|销量|产量|指数|价格|成本|系数)$")
_HALF = re.compile("[\u4e00-\u9fff][-－]$")
_PAPER = re.compile("[\u4e00-\u9fff]{0,4}(?:方案|政策|措施|办法|意见|计划|规划|预案)")
_COUNTABLE = frozenset({"Project", "Event"})
OF_MANY = "of many"
"""How names end in `Mention.found_by` that stand for many things: figures are told of them, facts are not."""
_GUESSED = frozenset({"tagger", "introduced", "list", "partner"})


def names_nothing(mention: Mention, text: str, knowledge: Knowledge) -> bool:
    if mention.found_by == "gazetteer":
        return False
    if mention.cls == "Project":
        return _PLANTED.fullmatch(mention.text) is not None
    if mention.cls == "Document":
        return mention.found_by.startswith("ending") and _PAPER.fullmatch(mention.text) is not None
    if knowledge.ontology.is_a(mention.cls, "Organisation"):
        return _is_no_body(mention, text, knowledge)
    return False


def mark_many(mention: Mention, text: str, knowledge: Knowledge) -> Mention:
    """多个新基建项目, 固定资产投资项目50个: what is counted, unless a place or a company in its name says which."""
    common = mention.cls in _COUNTABLE and mention.found_by.startswith(_COMMON)
    start, end = mention.span.start, mention.span.end
    around = _SEVERAL.search(text[max(0, start - 14) : start]) or _COUNTED.match(text, end)
    several = (common and around) or (mention.cls == "Project" and _DOZENS.match(mention.text))
    if not several or knowledge.gazetteer.find(mention.text):
        return mention
    return replace(mention, found_by=f"{mention.found_by} {OF_MANY}")


def _is_no_body(mention: Mention, text: str, knowledge: Knowledge) -> bool:
    """A company by its trade or country alone; an amount; the second half of 甲-乙公司."""
    if mention.found_by in _GUESSED and (_AMOUNT.fullmatch(mention.text) or mention.text.endswith(("重点", "全国"))):
        return True
    if mention.cls != "Company" and mention.found_by.startswith("ending") and _NUMEROUS.match(text, mention.span.end):
        return True
    if _HALF.search(text[max(0, mention.span.start - 2) : mention.span.start]):
        return True
    stem = mention.text.removesuffix("公司")
    if stem == mention.text or stem.endswith("有限"):
        return False
    return any(entry.cls in {"Industry", "Place"} for entry in knowledge.gazetteer.lookup(stem))
