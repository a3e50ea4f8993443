"""PDF pages with a text layer: each page's lines in reading order, as text whose headings are marked.

PDFium runs in a process of its own (`pdf_worker`) with limits on time and memory; `columns` finds lines and their
order; here they become text: a heading on one line, marked; a paragraph's first line set in by two full spaces; a blank
line where something new begins. Nothing here guesses characters: a font without a map to Unicode is an error.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from kg.errors import SourceError
from kg.layout.heads import parse_page_head
from kg.model import Page
from kg.sources import pdf_worker
from kg.sources.columns import find_body_size, order_lines
from kg.sources.pdf_lines import Glyph, SetLine, find_lines
from kg.text import HEADING_MARK, HEADLINE_MARK, ends_sentence, normalise

MAX_PAGES = 400
MAX_GLYPHS = 1_000_000
MAX_LINES = 10_000
"""The most lines on one page; a newspaper page has some 1,000."""
MAX_SECONDS = 60
"""Processor time for one file; a newspaper page of 6,000 characters takes 0.3 seconds."""
MAX_MEMORY = 1_000_000_000

_HEADLINE, _HEADING, _SMALL = 1.35, 1.12, 0.9
_MAX_UNMAPPED = 0.02
_MAX_BOLD = 25
_MIN_INDENT, _MAX_INDENT = 1.2, 3.5

_NUMBER = re.compile(r"[—–\-· ]*\d{1,4}[—–\-· ]*|第 ?\d{1,4} ?页")

_SAY = {
    "encrypted": "is an encrypted PDF; remove its password (qpdf --decrypt), or print it to a new PDF",
    "broken": "is a damaged or truncated PDF; fetch it again, or repair it (qpdf in.pdf out.pdf)",
    "pages": f"is a PDF of {{count:,}} pages, more than {MAX_PAGES:,}; split it (qpdf --split-pages)",
    "glyphs": f"is a PDF of more than {MAX_GLYPHS:,} characters; split it (qpdf --split-pages)",
    "lines": f"is a PDF with more than {MAX_LINES:,} lines on a page; save its text as a UTF-8 text file",
    "time": f"is a PDF that takes more than {2 * MAX_SECONDS} seconds to read; save its text as a UTF-8 text file",
    "crash": f"is a PDF that is damaged, or takes more than {MAX_SECONDS} seconds or {MAX_MEMORY:,} bytes of memory; "
    "repair it (qpdf in.pdf out.pdf), or save its text as a UTF-8 text file",
    "image": "is a PDF without text, only a picture of it; "
    "run it through OCR first (ocrmypdf -l chi_sim in.pdf out.pdf)",
    "unmapped": "is a PDF whose fonts do not say what their characters are; run it through OCR first "
    "(ocrmypdf --force-ocr -l chi_sim in.pdf out.pdf)",
}


def read_pdf(data: bytes, name: str) -> tuple[Page, ...]:
    """The pages in `data` that hold text; one without a heading goes on with the page before it."""
    sheets = _run_worker(data, name)
    if not any(sheet["glyphs"] for sheet in sheets):
        if any(sheet["images"] for sheet in sheets):
            raise SourceError(_SAY["image"], path=name)
        return ()
    glyphs = sum(len(sheet["glyphs"]) for sheet in sheets)
    if sum(sheet["unmapped"] for sheet in sheets) > _MAX_UNMAPPED * glyphs:
        raise SourceError(_SAY["unmapped"], path=name)
    return tuple(Page(name, text) for text in _join_sheets([write_sheet(sheet, name) for sheet in sheets]))


def _run_worker(data: bytes, name: str) -> list[dict[str, Any]]:
    limits = map(str, (MAX_PAGES, MAX_GLYPHS, MAX_SECONDS, MAX_MEMORY))
    command = [sys.executable, "-P", str(Path(pdf_worker.__file__)), *limits]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=2 * MAX_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise SourceError(_SAY["time"], path=name) from None
    if done.returncode:
        raise SourceError(_SAY["crash" if done.returncode < 0 else "broken"], path=name)
    found: dict[str, Any] = json.loads(done.stdout)
    if "error" in found:
        raise SourceError(_SAY[found["error"]].format(count=found.get("count", 0)), path=name)
    pages: list[dict[str, Any]] = found["pages"]
    return pages


def write_sheet(sheet: Mapping[str, Any], name: str) -> str:
    """The text of one page of the PDF `name`."""
    glyphs = [
        Glyph(chr(code), left, right, y, size, bool(bold))
        for code, left, right, y, size, bold, angle in sheet["glyphs"]
        if code and size > 0.5 and min(angle, 360 - angle) <= 5
    ]
    lines = find_lines(glyphs)
    if len(lines) > MAX_LINES:
        raise SourceError(_SAY["lines"], path=name)
    body = find_body_size(lines)
    heads = [line for line in lines if _is_head(line)]
    kept = [
        line for line in lines if line.size >= _SMALL * body and line not in heads and not _NUMBER.fullmatch(line.text)
    ]
    text = "\n".join(_write_lines(order_lines(kept), body))
    above, below = (
        "\n".join(line.text for line in heads if (2 * line.y > sheet["height"]) is upper) for upper in (True, False)
    )
    return "\n\n".join(part for part in (above, text, below) if part) + "\n"


def _is_head(line: SetLine) -> bool:
    return parse_page_head(normalise(line.text)[0]) is not None


def _write_lines(lines: Sequence[SetLine], body: float) -> Iterator[str]:
    marks = _find_marks(lines, body)
    index = 0
    while index < len(lines):
        line, mark = lines[index], marks[index]
        end = index + 1
        if mark:
            while end < len(lines) and marks[end] == mark and _continues(lines[end - 1], lines[end]):
                end += 1
            yield f"\n{mark}{_join(lines[index:end])}\n"
        else:
            yield ("\n" if line.opens and index else "") + ("　　" if _is_indented(lines, index) else "") + line.text
        index = end


def _find_marks(lines: Sequence[SetLine], body: float) -> list[str]:
    """For each line the mark of its kind of heading, or none: headings are large, bold or set in the middle."""
    weight = sum(len(line.text) * (1 if line.bold else -1) for line in lines)
    marks: list[str] = []
    for index, line in enumerate(lines):
        bold = line.bold and weight < 0 and len(line.text) <= _MAX_BOLD and not ends_sentence(line.text)
        heading = line.size >= _HEADING * body or bold or _is_centred(lines, index)
        marks.append(HEADLINE_MARK if line.size >= _HEADLINE * body else HEADING_MARK if heading else "")
    return marks


def _continues(above: SetLine, line: SetLine) -> bool:
    """The next line of one heading: same type, right below."""
    same = abs(above.size - line.size) < 0.04 * above.size and above.bold == line.bold
    return same and 0 < above.y - line.y < 1.9 * above.size and above.left < line.right and line.left < above.right


def _join(lines: Sequence[SetLine]) -> str:
    text = lines[0].text
    for above, line in pairwise(lines):
        western = above.text[-1].isascii() and line.text[0].isascii() and above.text[-1].isalpha()
        text += (" " if western else "") + line.text
    return text


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
    return left > _MIN_INDENT and abs(left - right) < 1.0 and not ends_sentence(lines[index].text)


def _join_sheets(texts: Sequence[str]) -> list[str]:
    """A page without any heading, or after one that stops in mid-sentence, goes on with the page before."""
    joined: list[str] = []
    for text in filter(str.strip, texts):
        begins = any(parse_page_head(normalise(line)[0]) for line in text.split("\n", 3)[:3])
        if joined and not begins and (HEADLINE_MARK not in text or _stops_short(joined[-1])):
            joined[-1] += text
        else:
            joined.append(text)
    return joined


def _stops_short(text: str) -> bool:
    last = text.rstrip("\n").rsplit("\n", 1)[-1]
    return not last.startswith((HEADLINE_MARK, HEADING_MARK)) and not ends_sentence(last)
