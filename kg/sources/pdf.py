"""PDF pages with a text layer: each page's lines in reading order, as text whose headings are marked.

PDFium runs in a process of its own (`pdf_worker`) with limits on time and memory; `pdf_lines` and `columns` find lines
and their order, `pdf_text` writes them down. Nothing here guesses characters: a font without a map to Unicode is an
error, and so is a page that is only a picture.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg.errors import SourceError
from kg.model import Page
from kg.sources import pdf_worker
from kg.sources.limits import LIMITS, find_limit
from kg.sources.pdf_text import join_sheets, write_sheet

_MAX_UNMAPPED = 0.02
_WORKER_LIMITS = ("KG_MAX_PDF_PAGES", "KG_MAX_PDF_CHARACTERS", "KG_MAX_PDF_SECONDS", "KG_MAX_PDF_MEMORY")

_SAY = {
    "encrypted": "is an encrypted PDF; remove its password (qpdf --decrypt), or print it to a new PDF",
    "broken": "is a damaged or truncated PDF; fetch it again, or repair it (qpdf in.pdf out.pdf)",
    "pages": "is a PDF of more than {KG_MAX_PDF_PAGES:,} pages; split it (qpdf --split-pages), or set KG_MAX_PDF_PAGES",
    "glyphs": "is a PDF of more than {KG_MAX_PDF_CHARACTERS:,} characters; split it (qpdf --split-pages), "
    "or set KG_MAX_PDF_CHARACTERS",
    "crash": "is a PDF that is damaged, or takes more than {KG_MAX_PDF_SECONDS} seconds or {KG_MAX_PDF_MEMORY:,} bytes "
    "of memory; repair it (qpdf in.pdf out.pdf), or set KG_MAX_PDF_SECONDS or KG_MAX_PDF_MEMORY",
    "image": "is a PDF without text, only a picture of it; "
    "run it through OCR first (ocrmypdf -l chi_sim in.pdf out.pdf)",
    "unmapped": "is a PDF whose fonts do not say what their characters are; run it through OCR first "
    "(ocrmypdf --force-ocr -l chi_sim in.pdf out.pdf)",
}


def read_pdf(data: bytes, name: str) -> tuple[Page, ...]:
    """The pages in `data` that hold text; one without a heading goes on with the page before it.

    Pages that cannot be read are in the first one's notes. SourceError where none can.
    """
    sheets = _run_worker(data, name)
    faults = [_find_fault(sheet) for sheet in sheets]
    written = [
        write_sheet(sheet, name, number)
        for number, (sheet, fault) in enumerate(zip(sheets, faults, strict=True), start=1)
        if not fault
    ]
    pages = [Page(name, text, placed=placed) for text, placed in join_sheets(written)]
    if not pages and (fault := next(filter(None, faults), "")):
        raise SourceError(_SAY[fault], path=name)
    notes = tuple(_write_notes(faults))
    return tuple(replace(page, notes=notes) if index == 0 else page for index, page in enumerate(pages))


def _find_fault(sheet: Mapping[str, Any]) -> str:
    """Why a page cannot be read: the key of what to say; empty where it can, or holds nothing."""
    if not sheet["glyphs"]:
        return "image" if sheet["images"] else ""
    return "unmapped" if sheet["unmapped"] > _MAX_UNMAPPED * len(sheet["glyphs"]) else ""


def _write_notes(faults: Sequence[str]) -> Iterator[str]:
    fonts = "in fonts that do not say what they mean"
    for fault, one, many in (("image", "only a picture", "only pictures"), ("unmapped", fonts, fonts)):
        numbers = [str(number) for number, each in enumerate(faults, start=1) if each == fault]
        if numbers:
            said = f"pages {', '.join(numbers)} are {many}" if len(numbers) > 1 else f"page {numbers[0]} is {one}"
            yield f"{said}; {_SAY[fault].partition('; ')[2]}"


def _run_worker(data: bytes, name: str) -> list[dict[str, Any]]:
    limits = [find_limit(each) for each in _WORKER_LIMITS]
    command = [sys.executable, "-P", str(Path(pdf_worker.__file__)), *map(str, limits)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=2 * limits[2], check=False)
    except subprocess.TimeoutExpired:
        raise SourceError(_say("crash"), path=name) from None
    if done.returncode:
        raise SourceError(_say("crash" if done.returncode < 0 else "broken"), path=name)
    found: dict[str, Any] = json.loads(done.stdout)
    if "error" in found:
        raise SourceError(_say(found["error"]), path=name)
    pages: list[dict[str, Any]] = found["pages"]
    return pages


def _say(problem: str) -> str:
    return _SAY[problem].format(**{name: find_limit(name) for name in LIMITS})
