"""Glyphs of a PDF page to the lines that they were set in. Coordinates are points from the lower left corner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

# In units of the size of the type; `_MAX_WORD_GAP` in that of the body's.
_SAME_LINE = 0.35
_WORD_GAP = 0.9
_MAX_WORD_GAP = 1.6
_SPACE_GAP = 1.4
_WIDE_SPACE, _SPACE = 0.13, 0.2


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character set on the page; `y` is its baseline, `size` that of its type."""

    char: str
    left: float
    right: float
    y: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line of one column as it is set. `opens` says that something parts it from the line read before it, `head` that
    it is part of a headline or right beside one.

    `edges` are the left edges of the characters of `text`, and the right edge of the last.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    bold: bool
    opens: bool = False
    edges: tuple[float, ...] = ()
    head: bool = False

    @property
    def top(self) -> float:
        return self.y + 0.88 * self.size

    @property
    def bottom(self) -> float:
        return self.y - 0.12 * self.size


def find_lines(glyphs: Sequence[Glyph]) -> tuple[SetLine, ...]:
    """The lines, from the top; glyphs on one baseline are parted where the gap is wider than between words."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(_drop_repeats(glyphs), key=lambda glyph: (-glyph.y, glyph.left)):
        for row in reversed(rows[-8:]):
            if _share_line(row[0], glyph):
                row.append(glyph)
                break
        else:
            rows.append([glyph])
    body = median(glyph.size for glyph in glyphs) if glyphs else 0.0
    lines = [_make_line(run) for row in rows for run in _split_row(row, body)]
    return tuple(line for line in lines if line.text.strip())


def _share_line(one: Glyph, other: Glyph) -> bool:
    small, large = sorted((one.size, other.size))
    return abs(one.y - other.y) <= _SAME_LINE * small and large <= 1.6 * small


def _split_row(row: list[Glyph], body: float) -> Iterator[list[Glyph]]:
    run: list[Glyph] = []
    end = 0.0
    for glyph in sorted(row, key=lambda glyph: (glyph.left, glyph.right)):
        if glyph.char.isspace():
            run += [glyph] if run else []
            continue
        spaced = bool(run) and run[-1].char.isspace()
        if run and glyph.left - end > (
            _SPACE_GAP * glyph.size if spaced else min(_WORD_GAP * glyph.size, _MAX_WORD_GAP * body)
        ):
            yield run
            run = []
        end = max(glyph.right, end) if run else glyph.right
        run.append(glyph)
    if run:
        yield run


def _drop_repeats(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Without those printed again a little aside, as programs do to make type look bold or to give it a shadow.

    Two in a row at one place are no repeat: PDFium takes a ligature apart in this way.
    """
    seen: dict[tuple[str, int, int], int] = {}
    for index, glyph in enumerate(glyphs):
        cell = 0.25 * glyph.size
        x, y = int(glyph.left / cell), int(glyph.y / cell)
        near = [seen.get((glyph.char, x + dx, y + dy)) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
        if all(place is None or place == index - 1 for place in near):
            seen[glyph.char, x, y] = index
            yield glyph


def _make_line(run: Sequence[Glyph]) -> SetLine:
    while run[-1].char.isspace():
        run = run[:-1]
    seen = [glyph for glyph in run if not glyph.char.isspace()]
    size = median(glyph.size for glyph in seen)
    bold = sum(glyph.bold for glyph in seen) * 10 > 9 * len(seen)
    right = max(glyph.right for glyph in seen)
    words = list(_write(run))
    text, edges = "".join(char for char, _ in words), (*(left for _, left in words), right)
    return SetLine(text, seen[0].left, right, median(glyph.y for glyph in seen), size, bold, edges=edges)


def _write(run: Sequence[Glyph]) -> Iterator[tuple[str, float]]:
    """The characters and their left edges, with a space where there is more room than elsewhere in the line."""
    usual = max(0.0, median(right.left - left.right for left, right in pairwise(run))) if len(run) > 1 else 0.0
    before: Glyph | None = None
    for glyph in run:
        if before is not None and not before.char.isspace() and not glyph.char.isspace():
            least = _SPACE if before.char.isascii() and glyph.char.isascii() else _WIDE_SPACE
            if glyph.left - before.right > usual + least * glyph.size:
                yield " ", before.right
        yield glyph.char, glyph.left
        before = glyph
