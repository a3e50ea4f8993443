"""Lines of a page put together: paragraphs of prose, and display lines (headlines, kickers, crossheads).

A line of prose fills its column unless its paragraph ends; what is clearly shorter without ending a sentence, or
clearly wider than the column, is display. Where width does not tell, the words do (`_reads_on`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.layout.lines import NO_GAP, Line, estimate_widths
from kg.text import HEADLINE_MARK, is_han

_SHORT, _WIDE = 3.4, 2.0
_MAX_DISPLAY = 6
_SENTENCE_ENDS = ("。", "。”", "；", "。）")
_LOUD_ENDS = ("！", "？", "!", "?", "……", "！”", "？”")
_ORDINAL = re.compile(r"\d{1,2}[、.．]|[（(]?[一二三四五六七八九十]{1,2}[、）)]|[（(]\d{1,2}[）)]|[①-⑳●◆■▲]")
# No heading stops at these: numbers want their unit, particles their noun.
_NEVER_LAST = "0123456789的和与在是及由为对将以从向把被（《“"
_COMMAS = ("，", "、", "：")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together. `display` ones are a group of heading lines; `wide` ones span more than a column."""

    lines: tuple[Line, ...]
    display: bool = False
    wide: bool = False
    broken: bool = False

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Page:
    lines: tuple[Line, ...]
    widths: tuple[tuple[float, float], ...]
    pairs: Counter[str]
    display: list[bool]
    indents: bool


def make_paragraphs(lines: Sequence[Line]) -> tuple[Paragraph, ...]:
    """The paragraphs of a page whose lines are wrapped. One that a heading breaks in mid-sentence is `broken`."""
    page = _Page(tuple(lines), estimate_widths(lines), _count_pairs(lines), [False] * len(lines), _has_indents(lines))
    # From the end, since a line is judged by those that follow it.
    marked = any(line.mark for line in lines)
    for place in reversed(range(len(lines))):
        page.display[place] = bool(lines[place].mark) if marked else _is_display(page, place)
    paragraphs: list[Paragraph] = []
    place = 0
    while place < len(lines):
        end = place + _count_display(page, place)
        if end > place:
            paragraphs.append(Paragraph(page.lines[place:end], display=True, wide=_is_wide_group(page, place, end)))
        else:
            end = place + _count_prose(page, place)
            paragraphs.append(Paragraph(page.lines[place:end], broken=_is_broken(page, place, end)))
        place = end
    return tuple(paragraphs)


def _is_wide_group(page: _Page, start: int, end: int) -> bool:
    if page.lines[start].mark:
        return page.lines[start].mark == HEADLINE_MARK
    narrow = min(min(page.widths[index]) for index in range(start, end))
    return max(line.width for line in page.lines[start:end]) > narrow + _WIDE


def _is_broken(page: _Page, start: int, end: int) -> bool:
    """The prose of the lines `start` … `end - 1` stops in mid-sentence, though lines follow."""
    last = page.lines[end - 1]
    open_ = not last.ends and not last.text.endswith(("：", ":"))
    after = next((place for place in range(end, len(page.lines)) if not page.display[place]), None)
    opens = after is not None and page.indents and page.lines[after].indented
    return end < len(page.lines) and open_ and not opens and _is_full(page, end - 1, first=end - 1 == start)


def _has_indents(lines: Sequence[Line]) -> bool:
    """Paragraphs begin with white space, and little else does."""
    return 3 <= sum(line.indented for line in lines) <= 0.6 * len(lines)


def _count_pairs(lines: Sequence[Line]) -> Counter[str]:
    """How often two characters stand side by side within a line of this page."""
    return Counter(left + right for line in lines for left, right in pairwise(line.text))


def make_marked(lines: Sequence[Line]) -> tuple[Paragraph, ...]:
    """The paragraphs of a page whose lines are whole paragraphs and whose headings are marked."""
    return tuple(Paragraph((line,), display=bool(line.mark), wide=line.mark == HEADLINE_MARK) for line in lines)


def _count_prose(page: _Page, place: int) -> int:
    end = place + 1
    while end < len(page.lines) and _goes_on(page, place, end):
        end += 1
    return end - place


def _goes_on(page: _Page, start: int, place: int) -> bool:
    """The line at `place` belongs to the paragraph of the lines `start` … `place - 1`."""
    before, line = page.lines[place - 1], page.lines[place]
    if line.mark or before.alone or (line.byline and (before.ends or line.gap)):
        return False
    if line.gap == NO_GAP:
        slack = _SHORT if page.indents else 1.4
        opens = line.indented and (page.indents or not before.indented)
        return not opens and not (before.ends and _is_short(page, place - 1, slack))
    if before.ends or (page.indents and line.indented) or not _is_full(page, place - 1, first=place - 1 == start):
        return False
    return not _interrupts(page, place)


def _interrupts(page: _Page, place: int) -> bool:
    """Display lines in the midst of a sentence: only where their widths leave no doubt."""
    if page.lines[place].mark:
        return True
    count = _count_display(page, place)
    return count > 0 and (_is_tiny(page, place + count - 1) or _is_wide(page, place + count - 1))


def _is_short(page: _Page, place: int, slack: float) -> bool:
    return page.lines[place].width < min(page.widths[place]) - slack


def _is_full(page: _Page, place: int, *, first: bool) -> bool:
    return not _is_short(page, place, _SHORT + 1 if first else _SHORT)


def _is_wide(page: _Page, place: int) -> bool:
    return page.lines[place].width > page.widths[place][1] + _WIDE


def _count_display(page: _Page, place: int) -> int:
    """How many lines from `place` on are one group of display lines (marked ones stand alone); 0 for prose."""
    if page.lines[place].mark:
        return 1
    end = place
    while end < len(page.lines) and end - place < _MAX_DISPLAY and (end == place or page.lines[end].gap == NO_GAP):
        if not page.display[end]:
            break
        end += 1
    return end - place


def _is_display(page: _Page, place: int) -> bool:
    line = page.lines[place]
    after = page.lines[place + 1] if place + 1 < len(page.lines) else None
    if line.byline or line.text.endswith(_SENTENCE_ENDS):
        return False
    if _is_wide(page, place):
        return True
    if line.ends and not line.text.endswith(_LOUD_ENDS):
        return False
    if after is None:
        return True
    if after.gap == NO_GAP:
        return after.indented or after.byline or _heads_group(page, place) or _is_tiny(page, place)
    return not line.text.endswith(_COMMAS) and (_is_tiny(page, place) or not _reads_on(page, place))


def _is_tiny(page: _Page, place: int) -> bool:
    """Too short for a line of prose that is cut in mid-sentence."""
    return page.lines[place].width < min(page.widths[place]) * 0.62 and not page.lines[place].text.endswith(_COMMAS)


def _heads_group(page: _Page, place: int) -> bool:
    """The rest of the line's block is short, ends no sentence, and closes as display lines do."""
    end = place + 1
    while end < len(page.lines) and page.lines[end].gap == NO_GAP and end - place < _MAX_DISPLAY:
        if page.lines[end].text.endswith(_SENTENCE_ENDS) or page.lines[end].byline:
            break
        end += 1
    if end < len(page.lines) and page.lines[end].gap == NO_GAP and not page.lines[end].byline:
        return False
    return page.display[end - 1]


def _reads_on(page: _Page, place: int) -> bool:
    """A line about as wide as its column, before a gap: the next line carries on with its sentence."""
    line, after = page.lines[place], page.lines[place + 1]
    if after.byline or page.display[place + 1] or (page.indents and after.indented):
        return False
    above = _count_open(page, place)
    joint = line.text[-1] + after.text[0]
    sentence = "".join(each.text for each in page.lines[place - above : place + 1])
    score = 1.0 if any(mark in sentence for mark in "，。；") else 0.0
    score += 1.0 if _ORDINAL.match(sentence) else 0.0
    score += 1.0 if line.text[-1] in _NEVER_LAST else 0.0
    score += 1.5 if place > above and page.lines[place - above - 1].alone else 0.0
    score += 0.5 if above else 0.0
    score += 1.0 if after.ends or after.width >= page.widths[place + 1][1] - 1.0 else -1.0
    score += 1.0 if page.pairs[joint] and is_han(joint[0]) and is_han(joint[1]) else -0.5
    score -= 1.5 if _is_short(page, place, _SHORT) else 0.0
    score -= 1.0 if line.width > page.widths[place][0] + _WIDE else 0.0
    score -= 0.5 if line.gap else 0.0
    score += 2.0 if page.indents and page.lines[place - above].indented else -1.0 if page.indents else 0.0
    return score > 0


def _count_open(page: _Page, place: int) -> int:
    """How many full lines right above belong to the same sentence."""
    count = 0
    while count < 3 and count < place and page.lines[place - count].gap == NO_GAP:
        above = page.lines[place - count - 1]
        if above.ends or _is_short(page, place - count - 1, _SHORT):
            break
        count += 1
    return count
