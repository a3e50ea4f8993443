"""Text files: what is text, and what is no text at all."""

from __future__ import annotations

from kg.errors import SourceError
from kg.model import Page
from kg.sources.encodings import BOMS, decode
from kg.text import HEADING_MARK, HEADLINE_MARK

_SAMPLE = 200_000
_MAX_CONTROLS = 0.05
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1b"))
_NO_MARKS = str.maketrans(dict.fromkeys(HEADLINE_MARK + HEADING_MARK, " "))


def read_text(data: bytes, name: str) -> tuple[Page, ...]:
    """The page in `data`; none where there is nothing but white space. SourceError where this is no text."""
    if _is_binary(data):
        raise SourceError("is a binary file, not text; save it as a UTF-8 text file", path=name)
    text = decode(data, name).translate(_NO_MARKS)
    return (Page(name, text),) if text.strip("\ufeff\u200b\x00 \t\r\n\f\v\u3000\xa0") else ()


def _is_binary(data: bytes) -> bool:
    """More control characters than a text can have. UTF-16 and UTF-32 text has zero bytes, but begins with a mark."""
    if any(data.startswith(mark) for mark, _ in BOMS[1:]):
        return False
    sample = data[:_SAMPLE]
    return len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) * _MAX_CONTROLS
