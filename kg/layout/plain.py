"""Pages whose lines are whole paragraphs: one article to a file, or several that each open with a date or a byline.

Line 1 is the headline, whatever it looks like; marked lines right below it are kickers. A second article starts only
where there is no doubt, at the line before `日期：…` or `本报讯`, for files of this kind are full of short lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.layout.grouping import Group
from kg.layout.lines import Heading, Line
from kg.layout.paragraphs import Paragraph
from kg.text import ends_sentence


def find_sections(lines: Sequence[Line], headings: Sequence[Heading]) -> tuple[Group, ...]:
    """The articles of a page, each a headline and the paragraphs below it."""
    starts = [0, *_find_starts(lines, headings), len(lines)]
    sections = (lines[start:end] for start, end in pairwise(starts))
    return tuple(_make_group(section) for section in sections if section)


def _find_starts(lines: Sequence[Line], headings: Sequence[Heading]) -> Iterator[int]:
    """Places of lines that are headlines of further articles."""
    days = [heading.place for heading in headings if heading.of_article]
    for place in range(2, len(lines)):
        above, line = lines[place - 1], lines[place]
        dated = any(above.span.end < day < line.span.start for day in days)
        if _is_title(above) and (dated or (line.byline and lines[place - 2].ends)):
            yield place - 1


def _is_title(line: Line) -> bool:
    return line.width <= 45 and not line.text.endswith(("。", "，", "；"))


def _make_group(lines: Sequence[Line]) -> Group:
    if len(lines) == 1 and ends_sentence(lines[0].text):
        return Group((), (Paragraph(tuple(lines)),), ())
    end = next((place for place, line in enumerate(lines) if place and not line.mark), len(lines))
    titles = (Paragraph((line,), display=True, wide=True) for line in lines[:end])
    return Group(tuple(titles), tuple(Paragraph((line,)) for line in lines[end:]), ())
