"""Writes small PDF files by hand: Chinese lines at given places, and all that may be wrong with a PDF."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterable, Iterator, Sequence

from pages.compose import Draft, Style, wrap

# left, baseline and size in points, and the words
Placed = tuple[float, float, float, str]

_SONG = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[1 95 500]"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
    b"/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0"
    b"/Ascent 880/Descent -120/CapHeight 700/StemV 80>>>>]>>"
)
_UNMAPPED = _SONG.replace(b"UniGB-UCS2-H", b"Identity-H").replace(b"(GB1)", b"(Identity)")


_PICTURE = b"q 500 0 0 700 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q\n"


def write_pdf(
    pages: Sequence[Iterable[Placed]],
    *,
    size: tuple[int, int] = (600, 800),
    unmapped: bool = False,
    matrix: str = "1 0 0 1 0 0",
    pictures: Sequence[int] = (),
) -> bytes:
    """A PDF with a page for each list of lines. `matrix` moves and turns all that is set; `pictures` have a picture."""
    start = matrix.encode() + b" cm\n"
    contents = [
        zlib.compress(start + _PICTURE * (index in pictures) + b"\n".join(_show(*line) for line in page))
        for index, page in enumerate(pages)
    ]
    font = _UNMAPPED if unmapped else _SONG
    kids = b" ".join(b"%d 0 R" % (4 + 2 * index) for index in range(len(contents)))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, len(contents)), font]
    for index, content in enumerate(contents):
        box = b"/MediaBox[0 0 %d %d]" % size
        objects.append(
            b"<</Type/Page/Parent 2 0 R%b/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>>>" % (box, 5 + 2 * index)
        )
        objects.append(_stream(content, b"/Filter/FlateDecode"))
    return join_objects(objects)


def compose_sheets(drafts: Sequence[Draft], rng: random.Random) -> list[list[Placed]]:
    """Articles set in columns below or above their headlines, on as many sheets of 600 by 800 points as they need."""
    columns = rng.choice([2, 3])
    style = Style(520 // columns // 10 - 2, rng.choice([0.0, 1.0]), blank_lines=False, indented=True)
    sheets: list[list[Placed]] = [[]]
    top = 760.0
    for draft in drafts:
        lines = list(_set_lines(draft, style))
        rows = -(-len(lines) // columns)
        if top - rows * 15 - 60 < 40:
            sheets.append([])
            top = 760.0
        below = bool(style.behind)
        head = top - rows * 15 - 25 if below else top - 20
        first = top - 10 if below else top - 45
        sheets[-1].append((40, head, 20, draft.headline))
        for index, (indent, size, line) in enumerate(lines):
            left = 40 + index // rows * (520 / columns) + indent
            sheets[-1].append((left, first - index % rows * 15, size, line))
        top -= rows * 15 + 70
    return sheets


def _set_lines(draft: Draft, style: Style) -> Iterator[tuple[int, int, str]]:
    """Room in front of each line, its size, and its words."""
    for index, paragraph in enumerate(draft.paragraphs):
        byline = f"本报讯 （记者 {' '.join(draft.authors)}）" if draft.authors and index == 0 else ""
        if paragraph.startswith("#"):
            yield 0, 12, paragraph[1:]
            continue
        for line in wrap(byline + paragraph, style):
            yield (20 if line.startswith("　　") else 0), 10, line.removeprefix("　　")


def write_picture() -> bytes:
    """A page that is a picture and nothing else."""
    picture = _stream(
        bytes(300), b"/Type/XObject/Subtype/Image/Width 10/Height 10/ColorSpace/DeviceRGB/BitsPerComponent 8"
    )
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>"
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    content = _stream(b"q 500 0 0 700 0 0 cm /I Do Q", b"")
    return join_objects([b"<</Type/Catalog/Pages 2 0 R>>", pages, page, content, picture])


def join_objects(objects: Sequence[bytes], *, trailer: bytes = b"") -> bytes:
    data = b"%PDF-1.7\n"
    places: list[int] = []
    for number, each in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer\n<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, len(data))
    return data + head + table + end


def encrypt(data: bytes) -> bytes:
    """`data` with a password that nobody knows."""
    secret = b"<</Filter/Standard/V 1/R 2/O<%b>/U<%b>/P -4>>" % (b"0123456789abcdef" * 4, b"fedcba9876543210" * 4)
    identity = b"/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]"
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt " + secret + identity)


def _show(left: float, baseline: float, size: float, words: str) -> bytes:
    return b"BT /F %g Tf %g %g Td <%b> Tj ET" % (size, left, baseline, words.encode("utf-16-be").hex().encode())


def _stream(data: bytes, entries: bytes) -> bytes:
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries, len(data), data)
