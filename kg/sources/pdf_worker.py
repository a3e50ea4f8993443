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

import pypdfium2
import pypdfium2.raw as pdfium

_BOLD = re.compile(r"bold|heavy|black|demi|黑", re.IGNORECASE)
_ERRORS = {pdfium.FPDF_ERR_PASSWORD: "encrypted", pdfium.FPDF_ERR_SECURITY: "encrypted"}
_HYPHEN = 2
"""What PDFium gives for a hyphen at the end of a line."""
Glyph = tuple[int, float, float, float, float, int, int]


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
    glyphs = list(_read_glyphs(text))
    unmapped = sum(code == 0 for code, *_ in glyphs)
    images = sum(1 for _ in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3))
    width, height = page.get_size()
    return {"width": width, "height": height, "glyphs": glyphs, "unmapped": unmapped, "images": images}


def _read_glyphs(text: pypdfium2.PdfTextPage) -> Iterator[Glyph]:
    """Code point (0 where the font does not say it), left, right, baseline, size, bold, angle in degrees.

    Coordinates are in points, from the lower left corner of the page.
    """
    box = pdfium.FS_RECTF()
    matrix = pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        code = pdfium.FPDFText_GetUnicode(text, index)
        if pdfium.FPDFText_HasUnicodeMapError(text, index) == 1 or code in (0xFFFD, 0xFFFE, 0xFFFF):
            code = 0
        code = ord("-") if code == _HYPHEN else code
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        pdfium.FPDFText_GetMatrix(text, index, matrix)
        em = pdfium.FPDFText_GetFontSize(text, index)
        size = em * math.hypot(matrix.c, matrix.d)
        # The boxes of Type 3 fonts are those of the drawings: 日 is narrower than its square.
        full = x.value + em * math.hypot(matrix.a, matrix.b)
        right = full if unicodedata.east_asian_width(chr(code)) in "WF" else max(box.right, x.value)
        angle = round(math.degrees(pdfium.FPDFText_GetCharAngle(text, index))) % 360
        places = (x.value, right, y.value, size)
        if not all(map(math.isfinite, places)):
            continue
        yield (code, *(round(place, 2) for place in places), int(_is_bold(text, index)), angle)  # type: ignore[misc]


def _is_bold(text: pypdfium2.PdfTextPage, index: int) -> bool:
    if pdfium.FPDFText_GetFontWeight(text, index) >= 600:
        return True
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(text, index, name, 128, None)
    return _BOLD.search(name.value.decode("utf-8", "replace")) is not None


if __name__ == "__main__":
    main(*map(int, sys.argv[1:5]))
