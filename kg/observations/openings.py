"""What a sentence, or a part of one, begins with: something unnamed that it is about, or a measure."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Span, Word
from kg.observations.measures import Measure, tables

_SUBJECT_TAGS = frozenset({"n", "nz", "nw", "an", "r", "PER", "ORG", "LOC", "nr", "ns", "s"})


def has_own_subject(words: Sequence[Word], start: int, end: int, named: Sequence[Span]) -> bool:
    """Whether what stands from `start` to `end` says of something unnamed what it does: 工人们每天生产7000件.

    A noun that is the measure itself (产量达7000件) is no subject, nor is a name.
    """
    table = tables()
    first: Word | None = None
    for word in words:
        if word.span.start < start or word.span.end > end:
            continue
        if first is None:
            if word.tag == "p" or word.text in table.parts:
                return False
            if word.tag in {"d", "c", "TIME", "f", "m", "q", "u", "w", "ad"} or word.text in table.leads:
                continue
            first = word
            if any(word.span.overlaps(span) for span in named):
                return False
            if word.text in table.elsewhere:
                return True
            if word.tag not in _SUBJECT_TAGS:
                return False
        elif word.tag in {"v", "vd"} and word.text not in table.links and word.text not in table.heads:
            return True
    return False


def begins_with_it(words: Sequence[Word], start: int, measure: Measure) -> bool:
    """Whether a sentence that starts at `start` begins with the measure: 总投资50亿元, 目前累计完成投资3亿元."""
    table = tables()
    for word in words:
        if start <= word.span.start and word.span.end <= measure.span.start:
            empty = word.tag in {"d", "c", "TIME", "f", "m", "w", "ad"} or word.text in table.leads
            if not empty and word.text not in table.links and word.text not in table.light | table.parts:
                return False
    return True
