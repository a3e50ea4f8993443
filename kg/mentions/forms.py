"""Fields of forms (`项目名称：…`, `中标单位：…`) and the names of what is put out to tender."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.knowledge import Knowledge
from kg.mentions.tagged import TaggedText
from kg.model import Mention, Span
from kg.words import any_of

KINDS = ("project", "builder", "client", "payer", "place", "firm", "seat")
"""What a field's value is; its labels are the list `labels of …s` of `ontology/words.yml`."""

_LABELS = "|".join(f"(?P<{kind}>{any_of(f'labels of {kind}s')})" for kind in KINDS)
_NUMBER = "\\s*[（(]?[\\d一二三四五六七八九十]{1,2}[）)、.．]\\s*"
_ANY_LABEL = "|".join(any_of(f"labels of {kind}s") for kind in KINDS)
_FIELD = re.compile(
    f'(?:{_LABELS})(?:名称)?(?:为|是)?[：:]\\s*[“"]?(?P<value>[^。；;“”"\n]{{3,120}}?)'
    f'(?=[。；;“”"\n]|$|[，,][\u4e00-\u9fff（）]{{2,12}}[：:]|{_NUMBER}[\u4e00-\u9fff（）]{{2,12}}[：:]|(?:{_ANY_LABEL})[：:])'
)
_REMARK = re.compile("[（(][^（）()]*(?:为准|简称|不含|详见|含税|下称|包括但)[^（）()]*[）)]$")
_BODY = re.compile(
    "[^、，,（()）：:]{3,40}?(?:有限公司|有限责任公司|公司|集团|研究院|设计院|中心|局|厂)(?![\u4e00-\u9fff])"
)
_END = "(?:项目|工程|总承包|施工|标段|采购|服务|PPP|EPC)"
_WON_BY = re.compile(
    f'[^，。；：\n]{{0,80}}(?:(?<!华)为|是)[“"]?(?P<name>[^，。；：\n“”"—]{{6,90}}?{_END}[^，。；：\n“”"的]{{0,12}}?)'
    f'[”"]?(?:[（(][^（）()]*[）)])?的?(?:第[一二三]名?)?(?:预|拟)?(?:{any_of("winners of tenders")})'
)
_NO_NAME = "[价金通公结候单人方项后额率总的对将有等该本]|丰富|包含|包括|实现|成功"
_WINS = re.compile(
    '中标了?(?:[\\d.,，]+[万亿]?元的?)?(?:[^，。；：\n]{2,40}——)?[“"]?'
    f'(?P<name>(?!{_NO_NAME})[^，。；：\n“”"—]{{4,80}}?{_END})[”"]?(?=[，。；、\n（(]|的|$)'
)
_VAGUE = re.compile("等地|多个|一批|相关|若干|两个|三个|上述|该项目")


@dataclass(frozen=True, slots=True)
class Field:
    """`value` is without quotes and remarks (具体以合同为准)."""

    kind: str
    label: str
    value: Span


def find_fields(text: str) -> Iterator[Field]:
    for found in _FIELD.finditer(text):
        kind = next(kind for kind in KINDS if found[kind])
        value = found["value"].rstrip("，, ")
        value = _REMARK.sub("", value)
        yield Field(kind, found[kind], Span(found.start("value"), found.start("value") + len(value)))


def find_tenders(tagged: TaggedText, _: Knowledge) -> Iterator[Mention]:
    """A project's name is its whole field, or all that stands between 为 and 的中标人, or behind 中标."""
    for field in find_fields(tagged.text):
        value = tagged.text[field.value.start : field.value.end]
        if field.kind == "project":
            yield Mention(field.value, value, "Project", "label in front")
        elif field.kind not in {"place", "seat"}:
            yield from _bodies(value, field.value.start)
    for pattern in (_WON_BY, _WINS):
        for found in pattern.finditer(tagged.text):
            if not _VAGUE.search(found["name"]):
                yield Mention(Span(*found.span("name")), found["name"], "Project", "label behind")


def _bodies(value: str, start: int) -> Iterator[Mention]:
    for found in _BODY.finditer(value):
        cls = "Company" if found[0].endswith(("公司", "集团", "厂")) else "Organisation"
        yield Mention(Span(start + found.start(), start + found.end()), found[0], cls, "label in front")
