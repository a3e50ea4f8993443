"""A PDF page's lines as text: each heading on one line, marked; a paragraph's first line set in by two full spaces; a
blank line where something new begins. Page numbers and small type are left out, heads of the page kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from kg.errors import SourceError
from kg.layout.heads import parse_page_head
from kg.model import Placed, Span
from kg.sources.columns import find_body_size, order_lines
from kg.sources.limits import find_limit
from kg.sources.pdf_lines import Glyph, SetLine, find_lines
from kg.text import HEADING_MARK, HEADLINE_MARK, ends_sentence, normalise

Piece = str | SetLine
Sheet = tuple[str, tuple[Placed, ...]]
"""The text of a page, and where it stands."""

_HEADLINE, _HEADING, _SMALL = 1.35, 1.12, 0.9
_KICKER = 0.85
_MAX_BOLD = 25
_MIN_INDENT, _MAX_INDENT = 1.2, 3.5
_INDENT, _SLACK = 2.0, 0.3

_NUMBER = re.compile(r"[—–\-· ]*\d{1,4}[—–\-· ]*|第 ?\d{1,4} ?页")


def write_sheet(sheet: Mapping[str, Any], name: str, number: int) -> Sheet:
    """The text of page `number` of the PDF `name`; empty where nothing is set there. `sheet` is `pdf_worker`'s."""
    usual = _find_usual_turns(sheet)
    height = sheet["width"] if usual % 2 else sheet["height"]
    glyphs = [
        Glyph(chr(code), left, right, y, size, bool(bold))
        for code, left, right, y, size, bold, turns in sheet["glyphs"]
        if code and size > 0.5 and turns == usual
    ]
    lines = find_lines(glyphs)
    if len(lines) > (most := find_limit("KG_MAX_PDF_LINES")):
        message = f"is a PDF with more than {most:,} lines on a page; save its text as a UTF-8 text file"
        raise SourceError(f"{message}, or set KG_MAX_PDF_LINES", path=name)
    body = find_body_size(lines)
    above, below, rest = _part_heads(lines, height)
    kept = [line for line in rest if line.size >= _SMALL * body and not _NUMBER.fullmatch(line.text)]
    parts = (_write_heads(above), list(_write_lines(order_lines(kept), body)), _write_heads(below))
    pieces = [piece for part in parts if part for piece in ("\n\n", *part)]
    return _place((*pieces[1:], "\n") if pieces else (), number, height)


def _find_usual_turns(sheet: Mapping[str, Any]) -> int:
    """How most of the page's type is turned: 0 unless the page lies on its side."""
    counts = Counter(glyph[-1] for glyph in sheet["glyphs"] if glyph[-1] >= 0)
    return min(counts, key=lambda turns: (-counts[turns], turns), default=0)


def _place(pieces: Iterable[Piece], number: int, height: float) -> Sheet:
    words: list[str] = []
    placed: list[Placed] = []
    place = 0
    for piece in pieces:
        words.append(piece if isinstance(piece, str) else piece.text)
        span = Span(place, place + len(words[-1]))
        if not isinstance(piece, str):
            edges = tuple(map(round, piece.edges))
            placed.append(Placed(span, number, round(height - piece.top), round(piece.top - piece.bottom), edges))
        place = span.end
    return "".join(words), tuple(placed)


def _part_heads(lines: Iterable[SetLine], height: float) -> tuple[list[SetLine], list[SetLine], list[SetLine]]:
    """Heads of the page in its upper half, those in the lower half, and all other lines."""
    parts: tuple[list[SetLine], list[SetLine], list[SetLine]] = ([], [], [])
    for line in lines:
        head = parse_page_head(normalise(line.text)[0]) is not None
        parts[2 if not head else 0 if 2 * line.y > height else 1].append(line)
    return parts


def _write_heads(lines: Sequence[SetLine]) -> list[Piece]:
    return [piece for index, line in enumerate(lines) for piece in (("\n", line) if index else (line,))]


def _write_lines(lines: Sequence[SetLine], body: float) -> Iterator[Piece]:
    marks = _find_marks(lines, body)
    index = 0
    while index < len(lines):
        line, mark = lines[index], marks[index]
        end = index + 1
        if index:
            yield "\n"
        if mark:
            while end < len(lines) and marks[end] == mark and _continues(lines[end - 1], lines[end]):
                end += 1
            yield f"\n{mark}"
            yield from _join(lines[index:end])
            yield "\n"
        else:
            yield ("\n" if line.opens and index else "") + ("　　" if _is_indented(lines, index) else "")
            yield line
        index = end


def _find_marks(lines: Sequence[SetLine], body: float) -> list[str]:
    """For each line the mark of its kind of heading, or none: headings are large, bold or set in the middle."""
    weight = sum(len(line.text) * (1 if line.bold else -1) for line in lines)
    marks: list[str] = []
    for index, line in enumerate(lines):
        bold = line.bold and weight < 0 and len(line.text) <= _MAX_BOLD and not ends_sentence(line.text)
        heading = line.size >= _HEADING * body or bold or _is_centred(lines, index)
        marks.append(HEADLINE_MARK if line.size >= _HEADLINE * body else HEADING_MARK if heading else "")
    return [HEADING_MARK if _is_beside_larger(lines, marks, index) else mark for index, mark in enumerate(marks)]


def _is_beside_larger(lines: Sequence[SetLine], marks: Sequence[str], index: int) -> bool:
    """A kicker right above or below a headline, however large it is itself."""
    if marks[index] != HEADLINE_MARK:
        return False
    above, below = index, index + 1
    while above and marks[above - 1] and _is_near(lines[above - 1], lines[above]):
        above -= 1
    while below < len(lines) and marks[below] and _is_near(lines[below - 1], lines[below]):
        below += 1
    return lines[index].size < _KICKER * max(line.size for line in lines[above:below])


def _is_near(above: SetLine, line: SetLine) -> bool:
    """No more room between two lines of a heading than a line would take."""
    gap = above.bottom - line.top
    beside = above.left < line.right and line.left < above.right
    return beside and -0.2 * line.size <= gap < max(above.size, line.size)


def _continues(above: SetLine, line: SetLine) -> bool:
    """The next line of one heading: same type, right below."""
    same = abs(above.size - line.size) < 0.04 * above.size and above.bold == line.bold
    return same and 0 < above.y - line.y < 1.9 * above.size and above.left < line.right and line.left < above.right


def _join(lines: Sequence[SetLine]) -> Iterator[Piece]:
    yield lines[0]
    for above, line in pairwise(lines):
        western = above.text[-1].isascii() and line.text[0].isascii() and above.text[-1].isalpha()
        yield " " if western else ""
        yield line


def _measure_room(lines: Sequence[SetLine], index: int) -> tuple[float, float]:
    """How far a line is set in from the left edge, and from the right edge, of the lines of its column beside it."""
    line = lines[index]
    near = [
        each
        for each in lines[max(index - 12, 0) : index + 13]
        if abs(each.size - line.size) < 0.1 * line.size and each.left < line.right and line.left < each.right
    ]
    return (line.left - min(each.left for each in near)) / line.size, (
        max(each.right for each in near) - line.right
    ) / line.size


def _is_indented(lines: Sequence[SetLine], index: int) -> bool:
    return _MIN_INDENT < _measure_room(lines, index)[0] < _MAX_INDENT


def _is_centred(lines: Sequence[SetLine], index: int) -> bool:
    left, right = _measure_room(lines, index)
    if left <= _MIN_INDENT or abs(left - right) >= 1.0 or ends_sentence(lines[index].text):
        return False
    return abs(left - _INDENT) > _SLACK or not _runs_on(lines, index)


def _runs_on(lines: Sequence[SetLine], index: int) -> bool:
    """The next line goes on with the paragraph that this one opens, since it is not set in."""
    if index + 1 == len(lines) or lines[index + 1].opens:
        return False
    below = lines[index + 1].y < lines[index].y
    return below and _measure_room(lines, index + 1)[0] < _MIN_INDENT


def join_sheets(sheets: Iterable[Sheet]) -> list[Sheet]:
    """A page without any heading, or after one that stops in mid-sentence, goes on with the page before."""
    joined: list[Sheet] = []
    for text, placed in (sheet for sheet in sheets if sheet[0]):
        begins = any(parse_page_head(normalise(line)[0]) for line in text.split("\n", 3)[:3])
        if joined and not begins and (HEADLINE_MARK not in text or _stops_short(joined[-1][0])):
            before, above = joined[-1]
            joined[-1] = before + text, above + tuple(_shift(each, len(before)) for each in placed)
        else:
            joined.append((text, placed))
    return joined


def _shift(placed: Placed, by: int) -> Placed:
    return replace(placed, span=Span(placed.span.start + by, placed.span.end + by))


def _stops_short(text: str) -> bool:
    last = text.rstrip("\n").rsplit("\n", 1)[-1]
    return not last.startswith((HEADLINE_MARK, HEADING_MARK)) and not ends_sentence(last)
