"""Turtle in a stable order: fixed prefixes, subjects in order, one block a subject."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pyoxigraph
from pyoxigraph import RdfFormat, Triple

_BEFORE_A_NAME = frozenset(b"\n\t ^(")


def sort_triples(triples: Iterable[Triple]) -> list[Triple]:
    """In the order that files have, without repeats."""
    return sorted(set(triples), key=lambda triple: (str(triple.subject), triple.predicate.value, str(triple.object)))


def write_turtle(triples: Sequence[Triple], prefixes: Mapping[str, str]) -> bytes:
    """`triples` must be sorted by subject. Only the prefixes that are used stand at the head."""
    body = pyoxigraph.serialize(triples, format=RdfFormat.TURTLE, prefixes=dict(prefixes))
    assert body is not None  # it writes to a file only where it is given one
    blocks = _skip_head(body)
    used = [name for name in prefixes if _is_used(name.encode() + b":", blocks)]
    head = "\n".join(f"@prefix {name}: <{prefixes[name]}> ." for name in used)
    # A line that ends a block is the only one that ends with a full stop: in literals a line's end is written `\n`.
    return head.encode() + b"\n\n" + blocks.replace(b" .\n", b" .\n\n").removesuffix(b"\n")


def _skip_head(body: bytes) -> bytes:
    start = 0
    while body.startswith(b"@prefix ", start):
        start = body.index(b"\n", start) + 1
    return body[start:]


def _is_used(name: bytes, text: bytes) -> bool:
    place = text.find(name)
    while place >= 0:
        if place == 0 or text[place - 1] in _BEFORE_A_NAME:
            return True
        place = text.find(name, place + 1)
    return False
