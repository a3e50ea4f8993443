"""Writes small PDF files by hand: Chinese lines at given places, and all that may be wrong with a PDF."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

# left, baseline and size in points, and the words
Placed = tuple[float, float, float, str]

_SONG = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
    b"/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0"
    b"/Ascent 880/Descent -120/CapHeight 700/StemV 80>>>>]>>"
)
_UNMAPPED = _SONG.replace(b"UniGB-UCS2-H", b"Identity-H").replace(b"(GB1)", b"(Identity)")


def write_pdf(
    pages: Sequence[Iterable[Placed]], *, size: tuple[int, int] = (600, 800), unmapped: bool = False
) -> bytes:
    """A PDF with a page for each list of lines."""
    contents = [zlib.compress(b"\n".join(_show(*line) for line in page)) for page in pages]
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
