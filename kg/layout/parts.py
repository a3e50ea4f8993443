"""The parts of a page that are never cut, with the words by which they are recognised as belonging together."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.layout.lines import NO_GAP
from kg.layout.paragraphs import Paragraph
from kg.layout.words import Pairs, find_names, find_pairs, weigh

_LEAD = re.compile(
    r"(?:近日|日前|昨日|昨天|今日|今天|(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:至\d{1,2}日)?[，,]"
    r"|记者.{0,12}(?:获悉|了解到)|.{2,20}(?:消息|获悉)[，,])"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A run of prose, or one display line.

    `torn` says that a line was one group with the part before; `group_weight` is the weight of all words of the prose,
    or of the display line's group.
    """

    paragraphs: tuple[Paragraph, ...]
    text: str
    pairs: Pairs
    names: Pairs
    group_weight: float
    display: bool = False
    torn: bool = False
    byline: bool = False
    lead: bool = False

    @property
    def broken(self) -> bool:
        """Stops in mid-sentence."""
        return self.paragraphs[-1].broken

    @property
    def mark(self) -> str:
        """What the reader knows of this heading, see `Line.mark`."""
        return self.paragraphs[0].lines[0].mark

    @property
    def wide(self) -> bool:
        """Spans more than a column."""
        return self.paragraphs[0].wide

    @property
    def byline_alone(self) -> bool:
        """Nothing but who wrote it."""
        return len(self.paragraphs) == 1 and is_byline(self.paragraphs[0])


def make_parts(paragraphs: Sequence[Paragraph], weights: dict[str, float]) -> tuple[Part, ...]:
    """Prose is parted by display lines, and where a body seems to open; where headings are marked, at any gap too."""
    marked = any(paragraph.lines[0].mark for paragraph in paragraphs)
    parts: list[Part] = []
    run: list[Paragraph] = []
    for paragraph in paragraphs:
        opens = (opens_body(paragraph) or (marked and paragraph.lines[0].gap > NO_GAP)) and not (
            len(run) == 1 and is_byline(run[0])
        )
        if run and (paragraph.display or opens):
            parts.append(_make_prose(run, weights))
            run = []
        if paragraph.display:
            parts += _make_display(paragraph, weights)
        else:
            run.append(paragraph)
    return (*parts, _make_prose(run, weights)) if run else tuple(parts)


def is_byline(paragraph: Paragraph) -> bool:
    return len(paragraph.lines) == 1 and paragraph.lines[0].alone


def opens_body(paragraph: Paragraph) -> bool:
    """Begins as the first paragraph of an article does: with a byline, a date, a source."""
    return paragraph.lines[0].byline or _LEAD.match(paragraph.text) is not None


def _make_display(group: Paragraph, weights: dict[str, float]) -> list[Part]:
    """A part for each line, so that a group may be torn between two articles."""
    pairs = [find_pairs(line.text) for line in group.lines]
    total = math.fsum(weigh(each, weights) for each in pairs)
    return [
        Part(
            (Paragraph((line,), display=True, wide=group.wide),),
            line.text,
            pairs[index],
            find_names(line.text),
            total,
            display=True,
            torn=index > 0,
        )
        for index, line in enumerate(group.lines)
    ]


def _make_prose(paragraphs: Sequence[Paragraph], weights: dict[str, float]) -> Part:
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    pairs = find_pairs(text)
    byline = paragraphs[0].lines[0].byline
    return Part(
        tuple(paragraphs),
        text,
        pairs,
        find_names(text),
        weigh(pairs, weights),
        byline=byline,
        lead=_LEAD.match(text) is not None,
    )
