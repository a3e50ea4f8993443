"""Last characters that the tagger took for part of a name: 云哲大 in front of 健康, 云岭啤酒所 in front of 占."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.model import Span, Word

_JOINTS = frozenset("与及")
_NAMED = frozenset({"ORG", "LOC", "PER"})
_GREAT = re.compile("健康|数据|尺寸|宗|消费|模型|湾区|吨位|型|飞机|文旅|交通|物流|农业|环保")
_LOOSE = {
    "净": "亏|利|资|赚",
    "所": "占|产|处|持|拥",
    "旗": "下",
    "年": "产|销",
    "总": "资产|产能|产值|产量",
    "另": "一|外|有|[\\d两]",
    "与": "[^合]{2}",
    "及": "[^第]{2}",
    "也": ".",
    "均": ".",
}
"""Last characters of names that belong to what follows, and how that begins."""


def shift_loose(words: Sequence[Word]) -> Iterator[Word]:
    """`云哲大/ORG 健康/n` is a name and what begins with 大, `云岭啤酒所/ORG 占/v` one and 所占."""
    loose = ""
    for place, word in enumerate(words):
        text, start = loose + word.text, word.span.start - len(loose)
        following = words[place + 1].text if place + 1 < len(words) else ""
        pattern = _LOOSE.get(text[-1]) if len(text) > 2 else None
        if word.tag in _NAMED and len(text) > 1 and text[-1] == "大" and _GREAT.match(following):
            loose = "大"
        else:
            loose = text[-1] if word.tag == "ORG" and pattern is not None and re.match(pattern, following) else ""
        text = text.removesuffix(loose)
        apart = loose in _JOINTS
        tag = word.tag if len(text) > 1 or not loose else "n"
        yield Word(Span(start, start + len(text)), text, tag)
        if loose and apart:
            yield Word(Span(word.span.end - 1, word.span.end), loose, "c")
            loose = ""
