"""The tree of a web page as blocks: stretches of text that a browser would set as one paragraph, in order.

What no reader sees, or what is never an article (scripts, menus, forms), is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_NEVER_READ = """
script style noscript template head nav footer aside form button select option textarea label input iframe svg math
video audio object canvas figcaption map
"""
_WITHIN_LINES = """
a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark nobr o:p q rp ruby s samp small span strike
strong sub sup time tt u var wbr img st1:chsdate st1:chmetcnv
"""
_SKIPPED, _INLINE = frozenset(_NEVER_READ.split()), frozenset(_WITHIN_LINES.split())
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph. `links` counts its characters within links; `level` is that of a heading, or 0.

    `path` holds the numbers of the elements around it, outermost first; `words` the classes and ids of the nearest.
    """

    text: str
    links: int
    level: int
    path: tuple[int, ...]
    words: str = ""

    @property
    def linked(self) -> bool:
        """Rather a list of links than words to read."""
        return self.links * 2 > len(self.text)


@dataclass(slots=True)
class _Walk:
    """Where the walk stands: the elements around, and the block that is being filled."""

    path: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    links: int = 0
    in_link: int = 0
    level: int = 0
    count: int = 0


def find_blocks(tree: LexborHTMLParser) -> Iterator[Block]:
    """The blocks of a page, one by one, so that a page of too many need not be held."""
    return _walk(tree.body) if tree.body is not None else iter(())


def _walk(body: LexborNode) -> Iterator[Block]:
    """Steps through the tree without recursion, since it may be nested as deep as the file likes."""
    walk = _Walk()
    node: LexborNode | None = body
    while node is not None:
        yield from _enter(walk, node)
        child = None if _is_skipped(node) else node.first_child
        while child is None and node is not None:
            yield from _leave(walk, node)
            if node.mem_id == body.mem_id:
                return
            child = node.next
            node = node.parent if child is None else node
        node = child


def _enter(walk: _Walk, node: LexborNode) -> Iterator[Block]:
    tag = node.tag or ""
    if node.is_text_node:
        _add_text(walk, node.text_content or "")
    elif tag == "a":
        walk.in_link += 1
    elif tag == "br":
        if walk.level:
            _add_text(walk, " ")
        else:
            yield from _flush(walk)
    elif node.is_element_node and tag not in _INLINE:
        yield from _flush(walk)
        walk.count += 1
        walk.path.append(walk.count)
        walk.words.append(_find_words(node))
        walk.level = _HEADINGS.get(tag, walk.level)


def _leave(walk: _Walk, node: LexborNode) -> Iterator[Block]:
    tag = node.tag or ""
    if tag == "a":
        walk.in_link -= 1
    elif node.is_element_node and tag not in _INLINE and tag != "br":
        yield from _flush(walk)
        walk.path.pop()
        walk.words.pop()
        walk.level = 0 if tag in _HEADINGS else walk.level


def _add_text(walk: _Walk, text: str) -> None:
    walk.text.append(text)
    if walk.in_link:
        walk.links += len("".join(text.split()))


def _flush(walk: _Walk) -> Iterator[Block]:
    text = _SPACES.sub(" ", "".join(walk.text)).strip(" \u3000\xa0\u200b\ufeff")
    if text:
        yield Block(text, walk.links, walk.level, tuple(walk.path), " ".join(walk.words[-3:]))
    walk.text.clear()
    walk.links = 0


def _find_words(node: LexborNode) -> str:
    return f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}".strip().lower()


def _is_skipped(node: LexborNode) -> bool:
    if not node.is_element_node:
        return True
    attributes = node.attributes
    return node.tag in _SKIPPED or "hidden" in attributes or _HIDDEN.search(attributes.get("style") or "") is not None
