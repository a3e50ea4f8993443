"""Where the words of an article stand on the pages of a PDF, so that a quote can be shown on its page.

`kg.sources.pdf` says it of a page's text, `place_body` carries it over to an article's body, and `place_quotes` tells
it of all evidence. A region is written as RFC 3778 has it for links into a PDF (`page=2&viewrect=12,30,240,11`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kg.model import Evidence, Placed, Reading, Span

CONFORMS_TO = "http://tools.ietf.org/rfc/rfc3778"


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle on a page; units and corner are those of `Placed`."""

    page: int
    left: int
    top: int
    right: int
    bottom: int

    def __str__(self) -> str:
        return f"page={self.page}&viewrect={self.left},{self.top},{self.right - self.left},{self.bottom - self.top}"


def place_body(origin: Sequence[int], placed: Sequence[Placed]) -> tuple[Placed, ...]:
    """What `placed` says of the page's text, said of an article's body; `origin` is the body's map into that text."""
    cut: list[Placed] = []
    start = 0
    for line, run in groupby(_find_lines(origin, placed) if placed else ()):
        end = start + sum(1 for _ in run)
        cut += [_cut(line, start, origin[start:end])] if line is not None else []
        start = end
    return tuple(cut)


def _find_lines(origin: Iterable[int], placed: Sequence[Placed]) -> Iterator[Placed | None]:
    """The line that each character stands in; none for what was put between lines."""
    line: Placed | None = None
    for place in origin:
        if line is None or not line.span.start <= place < line.span.end:
            index = bisect_right(placed, place, key=lambda each: each.span.start)
            line = placed[index - 1] if index and place < placed[index - 1].span.end else None
        yield line


def _cut(line: Placed, start: int, places: Sequence[int]) -> Placed:
    """`line` without what is not at `places`; these are the body's characters from `start` on."""
    edges = [line.edges[place - line.span.start] for place in places]
    last = line.edges[places[-1] - line.span.start + 1]
    return replace(line, span=Span(start, start + len(places)), edges=(*edges, last))


def place_quotes(reading: Reading) -> Reading:
    """The reading, whose evidence now says where on the pages of a PDF it stands."""
    placed = reading.article.placed
    if not placed:
        return reading
    return replace(
        reading,
        statements=tuple(replace(one, evidence=_place(one.evidence, placed)) for one in reading.statements),
        observations=tuple(replace(one, evidence=_place(one.evidence, placed)) for one in reading.observations),
    )


def _place(evidence: Iterable[Evidence], placed: Sequence[Placed]) -> tuple[Evidence, ...]:
    return tuple(
        replace(one, regions=tuple(map(str, find_regions(placed, Span(one.start, one.end))))) for one in evidence
    )


def find_regions(placed: Sequence[Placed], span: Span) -> tuple[Region, ...]:
    """The rectangles that hold the characters of `span`: one for each column that they run through, in order."""
    regions: list[Region] = []
    above: Placed | None = None
    for line in placed:
        if line.span.overlaps(span):
            region = _measure(line, span)
            if above is not None and _follows(above, line):
                regions[-1] = _unite(regions[-1], region)
            else:
                regions.append(region)
            above = line
    return tuple(regions)


def _measure(line: Placed, span: Span) -> Region:
    first = max(span.start, line.span.start) - line.span.start
    end = min(span.end, line.span.end) - line.span.start
    return Region(line.page, line.edges[first], line.top, line.edges[end], line.top + line.height)


def _follows(above: Placed, line: Placed) -> bool:
    """The line stands below, in the same column."""
    below = above.page == line.page and above.top < line.top
    return below and above.edges[0] < line.edges[-1] and line.edges[0] < above.edges[-1]


def _unite(one: Region, other: Region) -> Region:
    return Region(
        one.page,
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )
