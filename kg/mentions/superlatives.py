"""Places in an order that no list was published of: 中国第三大钢铁制造商, 世界最大的显示屏基地.

The whole is the ranking; which place it means is read from its words (`place_in`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.knowledge import Knowledge
from kg.mentions.tagged import TaggedText
from kg.model import Mention, Span
from kg.values import parse_number
from kg.words import any_of

SUPERLATIVE = "superlative"
"""How these mentions are found."""
_DEGREE = "第(?:[一二三四五六七八九十]{1,3}|\\d{1,2})大|(?:规模|产量|销量|产能|储量|面积|市值|容量)?最大的?"
_KIND = f"[\u4e00-\u9fffA-Za-z（）()]{{0,14}}?(?:{any_of('ranked things')})"
_ORDER = re.compile(f"(?:{_DEGREE})(?:{_KIND})(?=[，。、；！？”’\n之]|$)")
_SCOPE = re.compile(f"(?:{any_of('scopes')})的?$")
_PLACE = re.compile("第([一二三四五六七八九十]{1,3}|\\d{1,2})大|最大")
_SAID = re.compile("(?:是|为|系|成|居|乃|作为|身为|^|[，。！？；\n])(?:目前|当前|如今|现在|迄今)?$")
_REACH = 12


def find_superlatives(tagged: TaggedText, _: Knowledge) -> Iterator[Mention]:
    """Only of what is said to be so: in 建设亚洲最大的某项目 the project is named, and no order."""
    ends = {match.span.end: match.span.start for match in tagged.known if match.entries[0].cls in {"District", "Place"}}
    for found in _ORDER.finditer(tagged.text):
        start = _start(found.start(), tagged.text, ends)
        if start is not None and _SAID.search(tagged.text, max(0, start - 4), start):
            span = Span(start, found.end())
            yield Mention(span, tagged.text[span.start : span.end], "Ranking", SUPERLATIVE)


def _start(place: int, text: str, ends: dict[int, int]) -> int | None:
    """Where the name of the country or region begins that stands in front, at once or before a short noun."""
    for end in range(place, max(0, place - 5), -1):
        scope = _SCOPE.search(text, max(0, end - _REACH), end)
        if scope is not None:
            return scope.start()
        if end in ends:
            return ends[end]
        if not "\u4e00" <= text[end - 1] <= "\u9fff":
            return None
    return None


def place_in(name: str) -> int | None:
    """3 for 中国第三大钢铁制造商, 1 for what is 最大; None for a list that was published."""
    found = _PLACE.search(name)
    if found is None:
        return None
    number = parse_number(found[1]) if found[1] else 1
    return None if number is None else int(number)
