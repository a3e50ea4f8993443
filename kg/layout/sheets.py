"""Several pages of a paper in one file: where each begins, at a head such as `渝州经济报 2021年4月29日 A03版`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kg.layout.heads import parse_page_head
from kg.model import Span
from kg.text import LINE_BREAK, normalise

_MAX_HEAD = 60


def find_sheets(text: str) -> tuple[Span, ...]:
    """The pages in `text`; together they cover all of it.

    Heads part pages where the text begins with one, or where they follow a form feed; else they may stand below what
    they belong to, and all is one page. A head that says the same again is a running one.
    """
    starts = [0, *_find_starts(text), len(text)]
    return tuple(Span(start, end) for start, end in pairwise(starts))


def _find_starts(text: str) -> Iterator[int]:
    leads = False
    current = ""
    above = ""
    seen = False
    fed = False
    for start, end in _find_lines(text):
        line = normalise(text[start:end])[0] if end - start <= 4 * _MAX_HEAD else "…"
        fed = fed or text[start - 1 : start] == "\f"
        if not line:
            continue
        head = parse_page_head(line) if len(line) <= _MAX_HEAD else None
        if head is not None and not seen:
            leads = True
        elif head is not None and above and line != current and (leads or fed):
            yield start
        current = line if head is not None else current
        above = "" if head is not None else line
        seen, fed = True, False


def _find_lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in LINE_BREAK.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)
