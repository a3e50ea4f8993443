"""What a sentence, or a part of one, begins with: something unnamed that it is about, or a measure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from kg.model import Span, Word
from kg.observations.measures import Measure, tables

_SUBJECT_TAGS = frozenset({"n", "nz", "nw", "an", "r", "PER", "ORG", "LOC", "nr", "ns", "s"})
_FAR = frozenset({"全国", "全球", "世界", "国内", "国外", "海外"})
"""As all that a part of a sentence says of where: 而在全国，已有2000多个县区…."""
_EMPTY = frozenset({"d", "c", "TIME", "f", "m", "w", "ad", "t"})


def find_own_subject(words: Sequence[Word], start: int, end: int, named: Sequence[Span]) -> Word | None:
    """What stands from `start` to `end` as something unnamed that does something: 工人们每天生产7000件.

    A noun that is the measure itself (产量达7000件) is no subject, nor is a name.
    """
    table = tables()
    first: Word | None = None
    inside = [word for word in words if start <= word.span.start and word.span.end <= end]
    for word, following in zip_longest(inside, inside[1:]):
        if first is None:
            alone = following in inside[-2:-1] and inside[-1].text == "，"
            if word.text == "在" and alone and following is not None and following.text in _FAR:
                return following
            counted = word.tag == "m" or (following is not None and following.tag == "m")
            if word.tag == "p" or word.text in table.parts or counted:
                return None
            if word.tag in {"d", "c", "TIME", "f", "m", "q", "u", "w", "ad"} or word.text in table.leads:
                continue
            first = word
            if any(word.span.overlaps(span) for span in named):
                return None
            if word.text in table.elsewhere:
                return first
            if word.tag not in _SUBJECT_TAGS:
                return None
        elif word.tag in {"v", "vd"} and word.text not in table.links and word.text not in table.heads:
            return first
    return None


def is_all_verbs(words: Sequence[Word], starts: Sequence[int], end: int) -> bool:
    """Whether each part up to `end` begins with what somebody did and does not say who: 加快培育产业，引进企业50家."""
    for start, stop in zip_longest(starts, starts[1:], fillvalue=end):
        inside = (word for word in words if start <= word.span.start and word.span.end <= stop)
        first = next((one for one in inside if one.tag not in _EMPTY and one.text not in tables().leads), None)
        if first is not None and (first.tag not in {"v", "vd"} or first.text in tables().links | tables().no_doings):
            return False
    return True


def begins_with_it(words: Sequence[Word], start: int, measure: Measure) -> bool:
    """Whether a sentence that starts at `start` begins with the measure: 总投资50亿元, 目前累计完成投资3亿元."""
    table = tables()
    for word in words:
        if start <= word.span.start and word.span.end <= measure.span.start:
            empty = word.tag in _EMPTY or word.text in table.leads
            if not empty and word.text not in table.links and word.text not in table.light | table.parts:
                return False
    return True
