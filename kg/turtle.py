"""Turtle in a stable order: the same prefixes at every head, subjects in order, one block a subject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

import pyoxigraph
from pyoxigraph import RdfFormat, Triple

_BEFORE_A_NAME = frozenset(b"\n\t ^(")
_AT_A_TIME = 20_000


def sort_triples(triples: Iterable[Triple]) -> list[Triple]:
    """In the order that files have, without repeats."""
    return sorted(set(triples), key=lambda triple: (str(triple.subject), triple.predicate.value, str(triple.object)))


def write_turtle(triples: Sequence[Triple], prefixes: Mapping[str, str], *, only_used: bool = False) -> bytes:
    """`triples` must be sorted by subject. The head is the same for all graphs, unless `only_used`: without other prefixes."""
    head, *blocks = stream_turtle(triples, prefixes)
    if not only_used:
        return b"".join((head, *blocks))
    body = b"".join(blocks)
    used = {name: prefixes[name] for name in prefixes if _is_used(name.encode() + b":", body)}
    return _make_head(used) + body


def stream_turtle(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> Iterator[bytes | memoryview]:
    """The file in pieces, the head first; never more of the triples, sorted by subject, than one piece takes."""
    yield _make_head(prefixes)
    before = b""
    for part in _split(triples):
        body = pyoxigraph.serialize(part, format=RdfFormat.TURTLE, prefixes=dict(prefixes))
        assert body is not None  # it writes to a file only where it is given one
        # A line that ends a block is the only one that ends with a full stop: in literals a line's end is written `\n`.
        blocks = body.replace(b" .\n", b" .\n\n")
        yield before
        yield memoryview(blocks)[_end_of_head(blocks) : -1]
        before = b"\n"


def _split(triples: Iterable[Triple]) -> Iterator[list[Triple]]:
    """Parts of about the same size; no subject stands in two of them."""
    rest, begun = iter(triples), list[Triple]()
    while part := begun + list(islice(rest, _AT_A_TIME)):
        begun = []
        for triple in rest:
            if triple.subject != part[-1].subject:
                begun = [triple]
                break
            part.append(triple)
        yield part


def _make_head(prefixes: Mapping[str, str]) -> bytes:
    head = "\n".join(f"@prefix {name}: <{namespace}> ." for name, namespace in prefixes.items())
    return head.encode() + b"\n\n"


def _end_of_head(blocks: bytes) -> int:
    start = 0
    while blocks.startswith(b"@prefix ", start):
        start = blocks.index(b"\n", start) + 2
    return start


def _is_used(name: bytes, text: bytes) -> bool:
    place = text.find(name)
    while place >= 0:
        if place == 0 or text[place - 1] in _BEFORE_A_NAME:
            return True
        place = text.find(name, place + 1)
    return False
