"""Districts that stand in the names of companies behind the brand: 云岭银行江城分行, 云岭光电（江城）有限公司."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from kg.gazetteer import Match
from kg.mentions.tagged import TaggedText
from kg.model import Mention, Span

_Found = TypeVar("_Found", Match, Mention)
_BRANCH = re.compile("(?:省|市)?(?:区域|总)?(?:分公司|子公司|公司|有限公司|有限责任公司|分行|支行|分局|分院|分部|工厂)")
_BRACKETS = {"(": ")", "（": "）"}


def find_seats(mentions: Iterable[Mention], tagged: TaggedText) -> Iterator[Mention]:
    """The tagger takes such a name for one word, so that no place is seen in it."""
    known = {match.span.start: match for match in tagged.known if match.entries[0].cls == "District"}
    brands = frozenset(match.span for match in tagged.known if match.entries[0].cls == "Company")
    for mention in mentions:
        for match in _inside(mention, known):
            if _is_seat(mention, match.span, brands) and _is_known_well(match, mention, brands):
                text = tagged.text[match.span.start : match.span.end]
                yield Mention(match.span, text, "District", "gazetteer")


def pair_seats(outer: Sequence[Mention], candidates: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Names and the seats in them."""
    known = [one for one in candidates if one.found_by == "gazetteer"]
    districts = {one.span.start: one for one in known if one.cls == "District"}
    brands = frozenset(one.span for one in known if one.cls == "Company")
    for mention in outer:
        inside = _inside(mention, districts)
        yield from ((mention, one) for one in inside if _is_seat(mention, one.span, brands))


def _inside(company: Mention, by_start: Mapping[int, _Found]) -> list[_Found]:
    places = range(company.span.start, company.span.end) if company.cls == "Company" else ()
    return [by_start[place] for place in places if place in by_start]


def _is_known_well(match: Match, company: Mention, brands: Collection[Span]) -> bool:
    """Two characters that are a county's may be a word or part of another name: 资源 in 云岭资源公司."""
    large = (match.entries[0].code or "").endswith("00") or len(match.name) > 2
    bracketed = company.text[match.span.start - company.span.start - 1] in _BRACKETS
    return large or bracketed or Span(company.span.start, match.span.start) in brands


def _is_seat(company: Mention, place: Span, brands: Collection[Span]) -> bool:
    """In brackets, between the brand and 公司, 分行 and the like, or right behind a brand that the tables know."""
    start, end = place.start - company.span.start, place.end - company.span.start
    if start < 2 or not place.within(company.span):
        return False
    before, behind = company.text[start - 1], company.text[end:]
    branded = behind.endswith("公司") and Span(company.span.start, place.start) in brands
    return branded or behind.startswith(_BRACKETS.get(before, "，")) or _BRANCH.fullmatch(behind) is not None
