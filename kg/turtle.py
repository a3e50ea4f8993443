"""Turtle in a stable order: fixed prefixes, subjects in order, one block a subject."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pyoxigraph
from pyoxigraph import RdfFormat, Triple


def write_turtle(triples: Sequence[Triple], prefixes: Mapping[str, str]) -> bytes:
    """`triples` must be sorted by subject. Only the prefixes that are used stand at the head."""
    lines = _serialize(triples, prefixes).split(b"\n")
    end = next((n for n, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
    blocks = re.sub(rb"\n(?=[^\s])", b"\n\n", b"\n".join(lines[end:]))
    used = {name for name in prefixes if re.search(rb"(?<![\w:])" + name.encode() + rb":", blocks)}
    head = [f"@prefix {name}: <{prefixes[name]}> ." for name in prefixes if name in used]
    return "\n".join(head).encode() + b"\n\n" + blocks


def _serialize(triples: Sequence[Triple], prefixes: Mapping[str, str]) -> bytes:
    body = pyoxigraph.serialize(triples, format=RdfFormat.TURTLE, prefixes=dict(prefixes))
    assert body is not None  # it writes to a file only where it is given one
    return body
