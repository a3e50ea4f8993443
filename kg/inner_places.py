"""Places behind the first word of a name: 松岭至江山铁路浙江段 is in 浙江, 松岭集团杭州工厂 in 杭州."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.entities import Linking
from kg.mentions.tagged import TaggedText
from kg.modality import read_modality
from kg.model import Article, Entity, Evidence, Mention, Qualifiers, Statement
from kg.words import word_set

_HOLDERS = frozenset({"Project", "Zone"})
_PLACES = frozenset({"District", "Place"})
_OF_ANOTHER = re.compile(
    "[镇乡村路街巷港湾湖江河山岛海桥]|大道|大街|街道|银行|大学|学院|集团|公司|股份|控股|[一-鿿]{0,4}(?:集团|公司|大学)"
)
"""Behind a place these make another name of it: 南京路, 南京大学."""
_AIMED_AT = re.compile("(?:环|援|支援|对口|赴|辐射|面向|通往|服务|输|送|出口|游|飞|入|进|至|到|—|－|-|连接)$")
"""In front of a place these say whom it is for or where it leads."""


def find_inner(outer: Sequence[Mention], candidates: Sequence[Mention]) -> tuple[tuple[Mention, Mention], ...]:
    """Pairs of the name of a project or zone and a known place within it, which its first word is not."""
    ordered = sorted(candidates, key=lambda one: one.span.start)
    starts = [one.span.start for one in ordered]
    pairs: list[tuple[Mention, Mention]] = []
    for mention in outer:
        if mention.cls in _HOLDERS:
            within = ordered[bisect_left(starts, mention.span.start) : bisect_left(starts, mention.span.end)]
            within = [one for one in within if one.span.within(mention.span)]
            names = [one for one in within if one.cls not in _PLACES | _HOLDERS]
            places = [one for one in within if one.cls in _PLACES and one.found_by == "gazetteer"]
            behind = [one for one in places if one.span.start > mention.span.start]
            pairs += [(mention, one) for one in behind if _stands_free(one, mention, places, names)]
    return tuple(pairs)


def _stands_free(place: Mention, whole: Mention, others: Sequence[Mention], names: Sequence[Mention]) -> bool:
    offset = place.span.start - whole.span.start
    before, behind = whole.text[:offset], whole.text[offset + len(place.text) :]
    if not behind or _OF_ANOTHER.match(behind) or _AIMED_AT.search(before) or place.text in word_set("regions"):
        return False
    if any(one != place and place.span.within(one.span) and len(one.text) > len(place.text) for one in others):
        return False
    return not any(place.span.within(one.span) for one in names)


def read_inner(
    article: Article, tagged: TaggedText, inner: Sequence[tuple[Mention, Mention]], linking: Linking
) -> Iterator[Statement]:
    """What a place within a name tells of where the thing is; the quote is the name."""
    for mention, place in inner:
        subject, object_ = linking.of.get(mention), linking.of.get(place)
        if subject is None or object_ is None or _is_doubtful(place, object_):
            continue
        if subject.cls in _HOLDERS and object_.cls in _PLACES:
            span = mention.span
            planned = subject.cls == "Project" and read_modality(tagged, span, (mention,)) not in {"actual", "denied"}
            quote = article.body[span.start : span.end]
            evidence = Evidence(article.id, span.start, span.end, quote, "locatedIn/名称中有地名", Decimal("0.8"))
            qualifiers = Qualifiers("planned" if planned else "actual")
            yield Statement(subject.key, "locatedIn", object_.key, qualifiers, (evidence,))


def _is_doubtful(place: Mention, district: Entity) -> bool:
    """Two characters that are a county's may be part of another name: 西湖 in 朔西湖环境治理项目."""
    return len(place.text) == 2 and not (district.adcode or "00").endswith("00")
