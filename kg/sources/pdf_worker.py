"""Run as a program by `kg.sources.pdf`: a PDF on standard input, its glyphs as JSON on standard output.

A process of its own, since a hostile file may crash PDFium, or fill memory and time; here both are limited. Nothing of
`kg` is imported. Arguments: most pages, most glyphs, seconds of processor time, bytes of memory.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import math
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

_BOLD = re.compile(r"bold|heavy|black|demi|黑", re.IGNORECASE)
_ERRORS = {pdfium.FPDF_ERR_PASSWORD: "encrypted", pdfium.FPDF_ERR_SECURITY: "encrypted"}
_HYPHEN = 2
"""What PDFium gives for a hyphen at the end of a line."""
_OBLIQUE = -1
"""In place of quarter turns, for type that stands at another angle; `_MAX_SLANT` is in quarter turns."""
_MAX_SLANT = 5 / 90
Glyph = tuple[int, float, float, float, float, int, int]


@dataclass(frozen=True, slots=True)
class _Style:
    """`size` is the height of the type, `width` that of its square, `turns` quarter turns against the clock."""

    size: float
    width: float
    bold: int
    turns: int


@dataclass(frozen=True, slots=True)
class _Sheet:
    left: float
    bottom: float
    width: float
    height: float

    def shows(self, x: float, y: float) -> bool:
        """Printers leave notes outside of what is seen."""
        return 0 <= x - self.left <= self.width and 0 <= y - self.bottom <= self.height

    def turn(self, x: float, y: float, turns: int) -> tuple[float, float]:
        """A place on the page, after the page was turned back by that many quarters."""
        x, y = x - self.left, y - self.bottom
        if turns == 1:
            return y, self.width - x
        if turns == 2:
            return self.width - x, self.height - y
        return (self.height - y, x) if turns == 3 else (x, y)


def main(max_pages: int, max_glyphs: int, seconds: int, memory: int) -> None:
    _limit(seconds, memory)
    json.dump(_read(sys.stdin.buffer.read(), max_pages, max_glyphs), sys.stdout)


def _limit(seconds: int, memory: int) -> None:
    try:
        import resource
    except ImportError:
        return
    for kind, value in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory)):
        hard = resource.getrlimit(kind)[1]
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def _read(data: bytes, max_pages: int, max_glyphs: int) -> dict[str, object]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return {"error": _ERRORS.get(getattr(error, "err_code", None) or 0, _guess(str(error)))}
    if len(document) > max_pages:
        return {"error": "pages", "count": len(document)}
    pages: list[dict[str, object]] = []
    left = max_glyphs
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage()
        except pypdfium2.PdfiumError:
            return {"error": "broken", "count": number + 1}
        left -= text.count_chars()
        if left < 0:
            return {"error": "glyphs", "count": number + 1}
        pages.append(_read_page(page, text))
        text.close()
        page.close()
    return {"pages": pages}


def _guess(message: str) -> str:
    return "encrypted" if "password" in message.lower() or "security" in message.lower() else "broken"


def _read_page(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> dict[str, object]:
    """The glyphs of a page, from the lower left corner of what is seen of it; `images` only where there are none."""
    left, bottom, right, top = page.get_bbox()
    sheet = _Sheet(left, bottom, right - left, top - bottom)
    glyphs = list(_read_glyphs(text, sheet))
    unmapped = sum(code == 0 for code, *_ in glyphs)
    images = 0 if glyphs else sum(1 for _ in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3))
    return {"width": sheet.width, "height": sheet.height, "glyphs": glyphs, "unmapped": unmapped, "images": images}


def _read_glyphs(text: pypdfium2.PdfTextPage, sheet: _Sheet) -> Iterator[Glyph]:
    """Code point (0 where the font does not say it), left, right, baseline, size, bold, quarter turns.

    Coordinates are in points, from the lower left corner of the page as it lies when the glyph stands upright.
    """
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    current: object = None
    style = _Style(0.0, 0.0, 0, 0)
    bold: dict[int | None, bool] = {}
    for index in range(text.count_chars()):
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        run = pdfium.FPDFText_GetTextObject(text, index)
        address = _find_address(run)
        if address != current or address is None:
            font = _find_address(pdfium.FPDFTextObj_GetFont(run)) if address else None
            if font is None or font not in bold:
                bold[font] = _is_bold(text, index)
            current, style = address, _read_style(text, index, bold=bold[font])
        code = pdfium.FPDFText_GetUnicode(text, index)
        if pdfium.FPDFText_HasUnicodeMapError(text, index) == 1 or code in (0xFFFD, 0xFFFE, 0xFFFF):
            code = 0
        code = ord("-") if code == _HYPHEN else code
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        if not sheet.shows(x.value, y.value):
            continue
        left, base = sheet.turn(x.value, y.value, style.turns)
        if unicodedata.east_asian_width(chr(code)) in "WF":
            # The boxes of Type 3 fonts are those of the drawings: 日 is narrower than its square.
            right = left + style.width
        else:
            pdfium.FPDFText_GetLooseCharBox(text, index, box)
            corners = ((box.left, box.bottom), (box.right, box.top))
            right = max(left, *(sheet.turn(*corner, style.turns)[0] for corner in corners))
        places = (left, right, base, style.size)
        if all(map(math.isfinite, places)):
            yield code, *(round(place, 2) for place in places), style.bold, style.turns  # type: ignore[misc]


def _find_address(handle: object) -> int | None:
    """By which two handles of one thing are known to be the same."""
    return ctypes.cast(handle, ctypes.c_void_p).value  # type: ignore[arg-type]


def _read_style(text: pypdfium2.PdfTextPage, index: int, *, bold: bool) -> _Style:
    """What the glyphs of one text object have in common."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, index, matrix)
    em = pdfium.FPDFText_GetFontSize(text, index)
    turn = math.degrees(math.atan2(matrix.b, matrix.a)) / 90
    turns = round(turn) % 4 if abs(turn - round(turn)) <= _MAX_SLANT else _OBLIQUE
    size, width = em * math.hypot(matrix.c, matrix.d), em * math.hypot(matrix.a, matrix.b)
    return _Style(size, width, int(bold), turns)


def _is_bold(text: pypdfium2.PdfTextPage, index: int) -> bool:
    if pdfium.FPDFText_GetFontWeight(text, index) >= 600:
        return True
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(text, index, name, 128, None)
    return _BOLD.search(name.value.decode("utf-8", "replace")) is not None


if __name__ == "__main__":
    main(*map(int, sys.argv[1:5]))
