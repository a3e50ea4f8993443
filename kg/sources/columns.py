"""Lines of a PDF page in the order in which they are read.

Coordinates are points from the lower left corner. A page is cut again and again: across where white space runs through
(between articles, above and below a headline), down where a gutter does (between columns), until only columns are left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from operator import or_
from statistics import median

from kg.sources.pdf_lines import SetLine

# In units of the size of the body's type; `_ARTICLE_GUTTER` in that of the usual gutter.
_GUTTER = 0.6
_ARTICLE_GUTTER = 1.25
_BAND = 1.0
_BESIDE_BAND = 0.25
_LARGE = 1.35
_KICKER = 1.12
_MAX_DEPTH = 60
_MAX_HEADS = 200
"""More lines of large type are no headlines of a newspaper page."""


@dataclass(frozen=True, slots=True)
class _Measures:
    """The size of the body's type, and the width of the usual gutter; 0 where there is none."""

    body: float
    gutter: float


Region = Sequence[SetLine]


def find_body_size(lines: Region) -> float:
    """The size of type that most of the characters have."""
    counts: dict[float, int] = {}
    for line in lines:
        key = round(line.size * 4) / 4
        counts[key] = counts.get(key, 0) + len(line.text)
    return max(counts.items(), key=lambda item: (item[1], -item[0]))[0] if counts else 0.0


def order_lines(lines: Region) -> tuple[SetLine, ...]:
    """The lines of a page in the order of reading."""
    body = find_body_size(lines)
    lines = _find_heads(lines, body)
    measures = _Measures(body, _find_usual_gutter(lines, body))
    return tuple(_order(sorted(lines, key=lambda line: (-line.top, line.left)), measures, _MAX_DEPTH))


def _find_heads(lines: Region, body: float) -> Region:
    """The lines, with headlines and kickers known as such; a kicker belongs to no column, but is as wide as both."""
    large = [line for line in lines if line.size >= _LARGE * body]
    if len(large) > _MAX_HEADS:
        return lines
    return [_mark_head(line, large) if line.size >= _KICKER * body else line for line in lines]


def _mark_head(line: SetLine, large: Region) -> SetLine:
    for head in large:
        if head is line:
            return replace(line, head=True)
        room = max(line.bottom - head.top, head.bottom - line.top)
        if head.size > line.size and room < head.size and _overlap(line, head):
            return replace(line, left=min(line.left, head.left), right=max(line.right, head.right), head=True)
    return line


def _order(lines: Region, measures: _Measures, depth: int) -> Iterator[SetLine]:
    for cut, parted in _CUTS if depth and len(lines) > 1 else ():
        parts = cut(lines, measures)
        if len(parts) > 1:
            for part in parts:
                yield from _open(_order(part, measures, depth - 1), parted=parted)
            return
    yield from _read_column(lines, measures.body)


def _find_usual_gutter(lines: Region, body: float) -> float:
    """The room between a line and the next one beside it, as most columns of the page have it."""
    rows = sorted(lines, key=lambda line: (-line.y, line.left))
    gaps = [
        right.left - left.right
        for left, right in pairwise(rows)
        if abs(left.y - right.y) < 0.6 * body and _GUTTER * body < right.left - left.right < 5 * body
    ]
    return sorted(gaps)[len(gaps) // 5] if gaps else 0.0


def _open(lines: Iterable[SetLine], *, parted: bool) -> Iterator[SetLine]:
    for index, line in enumerate(lines):
        yield _set_apart(line) if parted and index == 0 else line


def _set_apart(line: SetLine) -> SetLine:
    return replace(line, opens=True)


def _read_column(lines: Region, body: float) -> Iterator[SetLine]:
    """From top to bottom; a line opens something where the gap above it is wider than usual, or the type changes."""
    usual = _find_usual_gap(lines, body)
    above: SetLine | None = None
    for line in lines:
        wide = above is not None and above.bottom - line.top > usual + 0.35 * body
        changed = above is not None and abs(above.size - line.size) > 0.1 * body
        yield _set_apart(line) if wide or changed else line
        above = line


def _find_usual_gap(lines: Region, body: float) -> float:
    """The gap between lines of a column: the median of those between a line and the next one below it."""
    gaps = []
    for index, line in enumerate(lines):
        below = next(
            (each for each in lines[index + 1 : index + 40] if _overlap(line, each) and each.top < line.y), None
        )
        if below is not None and line.size <= _LARGE * body and below.size <= _LARGE * body:
            gaps.append(line.bottom - below.top)
    return max(0.0, median(gaps)) if gaps else 0.5 * body


def _overlap(one: SetLine, other: SetLine) -> bool:
    return one.left < other.right and other.left < one.right


def _cut_down(lines: Region, measures: _Measures) -> list[list[SetLine]]:
    """At the widest of the gutters that run from top to bottom, and at those as wide."""
    edges = _find_gaps(lines, lambda line: (line.left, line.right))
    widest = max((end - start for start, end in edges), default=0.0)
    if widest < _GUTTER * measures.body:
        return [list(lines)]
    cuts = [(start + end) / 2 for start, end in edges if end - start >= 0.95 * widest]
    return _split(lines, cuts, lambda line: line.left)


def _cut_down_between_articles(lines: Region, measures: _Measures) -> list[list[SetLine]]:
    """At gutters that are wider than those between columns, or to the right of which a headline begins."""
    edges = _find_gaps(lines, lambda line: (line.left, line.right))
    heads = [line.left for line in lines if line.head]
    cuts = [
        (start + end) / 2
        for start, end in edges
        if end - start > max(_ARTICLE_GUTTER * measures.gutter, _GUTTER * measures.body)
        or (end - start > _GUTTER * measures.body and any(abs(left - end) < measures.body for left in heads))
    ]
    return _split(lines, cuts, lambda line: line.left) if measures.gutter else [list(lines)]


def _find_gaps(lines: Region, measure: Callable[[SetLine], tuple[float, float]]) -> list[tuple[float, float]]:
    """The stretches of an axis, between the first line and the last, that no line covers."""
    gaps: list[tuple[float, float]] = []
    end: float | None = None
    for start, stop in sorted(map(measure, lines)):
        if end is not None and start > end:
            gaps.append((end, start))
        end = stop if end is None else max(end, stop)
    return gaps


def _split(lines: Region, cuts: Sequence[float], place: Callable[[SetLine], float]) -> list[list[SetLine]]:
    """Lines by the cuts (rising) that they lie between."""
    bounds = [float("-inf"), *cuts, float("inf")]
    parts = [[line for line in lines if low <= place(line) < high] for low, high in pairwise(bounds)]
    return [part for part in parts if part]


def _cut_between_articles(lines: Region, measures: _Measures) -> list[list[SetLine]]:
    """At the widest of the white bands that run from side to side and have headlines above and below, or at an edge."""
    return _cut_across(lines, measures, _BAND, _parts_heads)


def _cut_between_bands(lines: Region, measures: _Measures) -> list[list[SetLine]]:
    """At the widest of all white bands: a picture may have stood there."""
    return _cut_across(lines, measures, _BAND, lambda bands: [True] * (len(bands) - 1))


def _cut_beside_heads(lines: Region, measures: _Measures) -> list[list[SetLine]]:
    """At white bands above and below headlines: they need not be as wide."""
    return _cut_across(lines, measures, _BESIDE_BAND, _stand_beside_heads)


def _stand_beside_heads(bands: Sequence[Region]) -> list[bool]:
    return [_is_head(above) or _is_head(below) for above, below in pairwise(bands)]


def _parts_heads(bands: Sequence[Region]) -> list[bool]:
    """For each gap between bands: what stands below it may be an article, and what stands above it too."""
    has = [any(line.head for line in band) for band in bands]
    above, below = list(accumulate(has, or_)), list(accumulate(reversed(has), or_))[::-1]
    return [
        (above[index] and below[index + 1]) or _ends_with_head(bands[index]) or _begins_with_head(bands[index + 1])
        for index in range(len(bands) - 1)
    ]


def _ends_with_head(lines: Region) -> bool:
    return any(line.head and line.bottom < low(lines) + line.size for line in lines)


def _begins_with_head(lines: Region) -> bool:
    return any(line.head and line.top > high(lines) - line.size for line in lines)


def _cut_across(
    lines: Region, measures: _Measures, least: float, choose: Callable[[Sequence[Region]], list[bool]]
) -> list[list[SetLine]]:
    """At the widest of the bands that `choose` allows."""
    bands = _find_bands(lines)
    usual = _find_usual_gap(lines, measures.body) if len(bands) > 1 else 0.0
    gaps = [low(above) - high(below) for above, below in pairwise(bands)]
    cuts = []
    allowed = choose(bands)
    for index, gap in enumerate(gaps):
        wide = gap > usual + least * measures.body and allowed[index]
        if wide and not _is_own_gap(bands, gaps, index, measures):
            cuts.append((gap, (low(bands[index]) + high(bands[index + 1])) / 2))
    return _split(lines, [max(cuts)[1]], lambda line: line.y)[::-1] if cuts else [list(lines)]


def low(lines: Region) -> float:
    return min(line.bottom for line in lines)


def high(lines: Region) -> float:
    return max(line.top for line in lines)


def _is_head(lines: Region) -> bool:
    return all(line.head for line in lines)


def _find_bands(lines: Region) -> list[list[SetLine]]:
    """Lines from the top in groups that white space parts from side to side."""
    bands: list[list[SetLine]] = []
    bottom = 0.0
    for line in sorted(lines, key=lambda line: -line.top):
        if bands and line.top > bottom:
            bands[-1].append(line)
            bottom = min(bottom, line.bottom)
        else:
            bands.append([line])
            bottom = line.bottom
    return bands


def _is_own_gap(bands: Sequence[Region], gaps: Sequence[float], index: int, measures: _Measures) -> bool:
    """Parts headlines that stand side by side from their own articles: they are cut down first, not across."""
    for place in (index, index + 1):
        if _is_head(bands[place]) and len(_cut_down(bands[place], measures)) > 1:
            above = gaps[place - 1] if place else float("inf")
            below = gaps[place] if place < len(gaps) else float("inf")
            if gaps[index] <= min(above, below):
                return True
    return False


def _cut_beside_wide(lines: Region, measures: _Measures) -> list[list[SetLine]]:
    """Above or below lines that stretch over the gutters of others, at the widest gap there."""
    wide = _find_wide(lines, measures)
    bands = _find_bands(lines)
    best: tuple[float, float] | None = None
    for above, below in pairwise(bands):
        if any(line in wide for line in (*above, *below)):
            gap = (low(above) - high(below), (low(above) + high(below)) / 2)
            best = gap if best is None or gap > best else best
    return [list(lines)] if best is None else _split(lines, [best[1]], lambda line: line.y)[::-1]


def _find_wide(lines: Region, measures: _Measures) -> frozenset[SetLine]:
    """The fewest of the widest lines without which a gutter runs through; none where none does."""
    widths = sorted({round(line.right - line.left) for line in lines}, reverse=True)
    for width in widths[:40]:
        rest = [line for line in lines if round(line.right - line.left) < width]
        if len(rest) > 1 and len(_cut_down(rest, measures)) > 1:
            return frozenset(line for line in lines if round(line.right - line.left) >= width)
    return frozenset()


_CUTS: tuple[tuple[Callable[[Region, _Measures], list[list[SetLine]]], bool], ...] = (
    (_cut_between_articles, True),
    (_cut_down_between_articles, True),
    (_cut_between_bands, True),
    (_cut_beside_heads, True),
    (_cut_down, False),
    (_cut_beside_wide, True),
)
"""The ways to cut, the surest first; and whether what they part is something new, or may run on."""
