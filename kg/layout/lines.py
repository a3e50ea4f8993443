"""The lines of a page: how wide they are, what stands between them, which ones are no part of any article.

Widths are in full squares: a Chinese character is 1, a Western letter or digit 0.5.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from kg.layout.bylines import parse_byline, starts_with_byline
from kg.layout.heads import parse_date_line, parse_page_head
from kg.model import Span
from kg.text import HEADING_MARK, HEADLINE_MARK, LINE_BREAK, ends_sentence, is_wide, normalise

NO_GAP, BLANK, MARK = 0, 1, 2

# What a page prints besides its articles: page numbers, ornaments, hints to other pages, the editors' names.
_MARKS = re.compile(
    r"[—–\-·•]?\d{1,3}[—–\-·•]?|\d{1,3}/\d{1,3}|第?[A-Z]?\d{1,3}[版页]|[■□◆◇●○◎★☆▲△▼▽◀▶►◄※＊*_=~|｜—–\-·•.]+"
    r"|[（(]?(?:下转|上接|紧接|详见|转)第?[A-Z]?\d{1,3}版.{0,12}"
    r"|(?:(?:本版|责任|值班|版面|图片|见习|首席|视觉)?(?:责编|编辑|主编|美编|校对|版式|制图|编审|组版|编委)"
    r"[：:/／ ]?\w{0,12} ?){1,6}"
)
_INDENT = re.compile(r"\s*(?:\u3000| {2}|\t)\s*\S")
_HARD_ENDS = re.compile(r"[：:]$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something on it. `gap` is what stands above it: nothing, a blank line, or a dropped mark.

    `text` is normalised; `byline` says that it opens an article's body by naming who wrote it, `alone` that it says
    nothing else. `mark` is what the reader knows of a heading (`kg.text.HEADLINE_MARK`, `HEADING_MARK`), else empty.
    """

    span: Span
    text: str
    width: float
    gap: int = NO_GAP
    indented: bool = False
    byline: bool = False
    alone: bool = False
    mark: str = ""

    @property
    def ends(self) -> bool:
        """Stops where a sentence does."""
        return ends_sentence(self.text)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a page head, or a line `日期：…`, says of all that follows it."""

    place: int
    date: date | None = None
    paper: str | None = None
    section: str | None = None
    of_article: bool = False


def measure(text: str) -> float:
    """The width of a line, in full squares."""
    return sum(1.0 if is_wide(ch) or ch in "“”‘’…—·" else 0.5 for ch in text)


def read_lines(text: str) -> tuple[tuple[Line, ...], tuple[Heading, ...]]:
    """The lines of a page without its marks and heads, and what the heads say."""
    lines: list[Line] = []
    headings: list[Heading] = []
    gap = BLANK
    sparse = _is_double_spaced(text)
    blanks = 0
    for span in _find_spans(text):
        raw = text[span.start : span.end]
        line = normalise(raw)[0]
        heading = _parse_heading(line, span.start, below_headline=len(lines) == 1)
        if not line:
            blanks += 1
            gap = max(gap, BLANK if blanks > sparse else NO_GAP)
        elif heading is not None:
            headings.append(heading)
            gap = MARK
        elif _MARKS.fullmatch(line):
            gap = MARK
        else:
            lines.append(_make_line(span, raw, line, gap))
            gap, blanks = NO_GAP, 0
    return tuple(lines), tuple(headings)


def _make_line(span: Span, raw: str, text: str, gap: int) -> Line:
    byline = parse_byline(raw)
    alone = byline is not None and byline.length >= len(raw.rstrip())
    indented = _INDENT.match(raw) is not None
    mark = raw[0] if raw[0] in (HEADLINE_MARK, HEADING_MARK) else ""
    return Line(span, text, measure(text), gap, indented, starts_with_byline(raw), alone, mark)


def _parse_heading(line: str, place: int, *, below_headline: bool) -> Heading | None:
    if len(line) > 60:
        return None
    day = parse_date_line(line, bare=below_headline)
    if day is not None:
        return Heading(place, date=day, of_article=True)
    head = parse_page_head(line)
    return None if head is None else Heading(place, head.date, head.paper, head.section)


def _find_spans(text: str) -> Iterator[Span]:
    start = 0
    for match in LINE_BREAK.finditer(text):
        yield Span(start, match.start())
        start = match.end()
    yield Span(start, len(text))


def _is_double_spaced(text: str) -> bool:
    """Every line is followed by a blank one, so that a single blank line says nothing."""
    full = [not text[span.start : span.end].strip() for span in _find_spans(text)]
    pairs = Counter(pairwise(full))
    return pairs[False, False] * 10 < pairs[False, True] and pairs[False, True] > 20


def is_wrapped(lines: Sequence[Line]) -> bool:
    """The lines are those of columns, and a paragraph takes several; else each line is a paragraph.

    Decided by weight: most of the text stands in lines that are short and stop in mid-sentence.
    """
    total = sum(line.width for line in lines)
    open_ = sum(line.width for line in lines if line.width <= 45 and not line.ends and not _HARD_ENDS.search(line.text))
    return len(lines) > 4 and open_ * 2 > total


def estimate_widths(lines: Sequence[Line]) -> tuple[tuple[float, float], ...]:
    """For every line the widths of the columns that it may belong to: of the last block of prose at or above it,
    and of the first one at or below it."""
    own = _estimate_own(lines)
    above = _fill_forward(own)
    below = list(reversed(_fill_forward(list(reversed(own)))))
    return tuple((up or down or 45.0, down or up or 45.0) for up, down in zip(above, below, strict=True))


def _estimate_own(lines: Sequence[Line]) -> list[float | None]:
    """The column width of each line's own block, where the block is long enough to tell."""
    own: list[float | None] = []
    for block in find_blocks(lines):
        widths = sorted(line.width for line in block)
        known = len(block) >= 4 or (len(block) == 3 and block[-1].ends)
        own += [widths[(len(widths) * 7) // 10] if known else None] * len(block)
    return own


def find_blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of lines without a gap between them."""
    block: list[Line] = []
    for line in lines:
        if block and line.gap:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _fill_forward(values: Sequence[float | None]) -> list[float | None]:
    filled: list[float | None] = []
    last: float | None = None
    for value in values:
        last = value if value is not None else last
        filled.append(last)
    return filled
