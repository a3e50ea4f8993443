"""Saved web pages: the article (or the articles) of a page as text whose headings are marked. Nothing is ever fetched.

bytes → text (`encodings`) → tree (selectolax) → blocks (`html_blocks`) → body (`html_content`) and metadata
(`html_metadata`). The page's text is what is left: headline, kickers, authors, paragraphs, one to a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from kg.errors import SourceError
from kg.model import Page
from kg.sources.encodings import decode
from kg.sources.html_blocks import Block, find_blocks
from kg.sources.html_content import Content, find_body, find_content
from kg.sources.html_metadata import Metadata, read_metadata
from kg.sources.limits import find_limit
from kg.text import HEADING_MARK, HEADLINE_MARK

MAX_PATHS = 20_000_000
"""The elements around all blocks of a page, counted together: what is nested deep must not be long as well."""

_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:[^<>]{0,2000}(/)>)?")
_ALONE = "area base br col embed hr img input link meta param source track wbr p li dt dd tr td th"
_NEVER_OPEN = frozenset(_ALONE.split())


def read_html(data: bytes, name: str) -> tuple[Page, ...]:
    """The page in `data`; none where it holds no article. SourceError where it is too large or nested too deep."""
    most, deepest = find_limit("KG_MAX_HTML_BYTES"), find_limit("KG_MAX_HTML_DEPTH")
    if len(data) > most:
        message = f"is an HTML page of {len(data):,} bytes, more than {most:,}; save the article alone"
        raise SourceError(f"{message}, or set KG_MAX_HTML_BYTES", path=name)
    html = decode(data, name, declared=_find_charset(data))
    depth = measure_depth(html)
    if depth > deepest:
        message = f"is an HTML page nested {depth:,} deep, more than {deepest:,}; save its text as a UTF-8 text file"
        raise SourceError(message, path=name)
    tree = LexborHTMLParser(html)
    blocks = _collect_blocks(tree, name)
    body = find_body(blocks)
    metadata = read_metadata(tree, html, blocks, min(body, default=0))
    content = find_content(blocks, body, metadata)
    text = _write_content(content, metadata)
    return (Page(name, text, metadata.date, metadata.paper, metadata.section),) if text else ()


def _collect_blocks(tree: LexborHTMLParser, name: str) -> tuple[Block, ...]:
    blocks: list[Block] = []
    paths = 0
    for block in find_blocks(tree):
        paths += len(block.path)
        if paths > MAX_PATHS:
            message = "is an HTML page of too many elements nested too deep; save its text as a UTF-8 text file"
            raise SourceError(message, path=name)
        blocks.append(block)
    return tuple(blocks)


def measure_depth(html: str) -> int:
    """How deep elements are nested at most, or more, where end tags are missing."""
    depth = deepest = 0
    for match in _TAG.finditer(html):
        if match[3] or match[2].lower() in _NEVER_OPEN:
            continue
        depth = max(depth - 1, 0) if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _find_charset(data: bytes) -> str:
    match = _CHARSET.search(data[:4096])
    return match[1].decode("ascii") if match else ""


def _write_content(content: Content, metadata: Metadata) -> str:
    if not content.blocks:
        return ""
    if content.level:
        return "\n".join(_write_several(content)) + "\n"
    lines = [HEADLINE_MARK + metadata.headline] if metadata.headline else []
    lines += [f"\n{HEADING_MARK}{kicker}" for kicker in metadata.kickers]
    lines += [f"\n作者：{'、'.join(metadata.authors)}"] if metadata.authors else []
    return "\n".join((*lines, "", *(block.text for block in content.blocks))) + "\n"


def _write_several(content: Content) -> Iterator[str]:
    """A blank line parts headings from all else, and blocks of different elements from each other."""
    above: tuple[int, ...] = ()
    for block in content.blocks:
        mark = HEADLINE_MARK if block.level <= content.level else HEADING_MARK
        gap = "\n" if above and above != block.path[:-1] else ""
        yield f"\n{mark}{block.text}\n" if block.level else gap + block.text
        above = () if block.level else block.path[:-1]
