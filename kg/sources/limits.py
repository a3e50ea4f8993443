"""How much of one input is read: limits that bound time and memory, each settable by an environment variable."""

from __future__ import annotations

import os

from kg.errors import SourceError

LIMITS = {
    "KG_MAX_BYTES": 32_000_000,
    "KG_MAX_HTML_BYTES": 8_000_000,
    "KG_MAX_HTML_DEPTH": 4_000,
    "KG_MAX_PDF_PAGES": 400,
    "KG_MAX_PDF_CHARACTERS": 1_000_000,
    "KG_MAX_PDF_LINES": 10_000,
    "KG_MAX_PDF_SECONDS": 60,
    "KG_MAX_PDF_MEMORY": 1_000_000_000,
}
"""Bytes of a file; bytes and nesting of a web page, where a saved article has some 100,000 bytes and stays below 100
deep; pages, characters and lines on a page of a PDF, where a newspaper page has 6,000 and 1,000; seconds of processor
time and bytes of memory for one PDF."""


def find_limit(name: str) -> int:
    """The limit that the environment sets, or else ours. SourceError where it sets no whole number above 0."""
    text = os.environ.get(name, "")
    if not text:
        return LIMITS[name]
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise SourceError(f"{name} is {text!r}; set it to a whole number above 0, or leave it out")
    return int(text)
