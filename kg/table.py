"""Rows of text as a table for human eyes: aligned by the cells that a terminal uses, in which 惠科 is four wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from rich.cells import cell_len, chop_cells

_GAP = "  "
_NARROWEST = 8
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def format_table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], *, numeric: Sequence[bool], width: int | None = None
) -> str:
    """A header, a rule and the rows; `numeric` columns are flush right. Cells are wrapped to keep within `width`."""
    table = [[escape_controls(cell) for cell in row] for row in rows]
    widths = [max([cell_len(head), *(cell_len(row[i]) for row in table)]) for i, head in enumerate(columns)]
    if width is not None:
        _narrow(widths, width - len(_GAP) * (len(widths) - 1))
    head = _format_row(columns, widths, numeric)
    rule = _GAP.join("─" * size for size in widths)
    return "\n".join([head, rule, *(_format_row(row, widths, numeric) for row in table)]) + "\n"


def format_markdown(columns: Sequence[str], rows: Iterable[Sequence[str]], *, numeric: Sequence[bool]) -> str:
    """A pipe table, with every character that Markdown or HTML would act on escaped."""
    rule = ("---:" if flush else "---" for flush in numeric)
    lines = (list(map(_escape_markdown, row)) for row in (columns, *rows))
    head = f"| {' | '.join(next(lines))} |"
    return "\n".join([head, f"| {' | '.join(rule)} |", *(f"| {' | '.join(line)} |" for line in lines)]) + "\n"


def escape_controls(text: str) -> str:
    """Line breaks, escape sequences and marks that turn the direction of writing become visible: `\\n`, `\\x1b`."""
    if text.isprintable():
        return text
    return "".join(_escape(ch) if unicodedata.category(ch) in _HIDDEN else ch for ch in text)


def _escape(ch: str) -> str:
    return ch.encode("unicode_escape", "surrogatepass").decode("ascii")


def _narrow(widths: list[int], room: int) -> None:
    """Takes from the widest column, a cell at a time, until all fit or none can give any more."""
    while sum(widths) > room and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1


def _format_row(row: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    cells = [chop_cells(cell, size) or [""] for cell, size in zip(row, widths, strict=True)]
    lines = []
    for number in range(max(map(len, cells), default=1)):
        parts = (cell[number] if number < len(cell) else "" for cell in cells)
        padded = (_pad(part, size, flush=flush) for part, size, flush in zip(parts, widths, numeric, strict=True))
        lines.append(_GAP.join(padded).rstrip())
    return "\n".join(lines)


def _pad(text: str, size: int, *, flush: bool) -> str:
    space = " " * (size - cell_len(text))
    return space + text if flush else text + space


def _escape_markdown(cell: str) -> str:
    return "".join(f"\\{ch}" if ch in "\\`*_{}[]<>#|!&~$" else ch for ch in escape_controls(cell))
