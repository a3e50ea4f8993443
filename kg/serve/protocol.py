"""SPARQL 1.1 Protocol, the query operation: what a request asks for, and in which form it wants the answer.

Pure functions from what came over the wire to a `Request`, or a `RefusedError` with the status and a reason to read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from kg.query import strip_quoted

_MAX_FIELDS = 100
_MAX_DEPTH = 100
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|^`\\]*")
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"


class RefusedError(Exception):
    """A request that gets no answer: the HTTP status, the reason for a reader, and headers that belong to it."""

    def __init__(self, status: int, reason: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.headers = dict(headers or {})


@dataclass(frozen=True, slots=True)
class Request:
    """A query, and the dataset that the protocol names for it; `default_graphs` None leaves that to the query."""

    query: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


def read_get(query_string: bytes) -> Request | None:
    """What a GET asks; None where it has no parameters at all and thus wants the service's description."""
    fields = _read_fields(query_string)
    return _make_request(fields) if fields else None


def read_post(query_string: bytes, content_type: str, body: bytes) -> Request:
    """What a POST asks, be it a form or a query as such."""
    kind, charset = _read_content_type(content_type)
    if kind == UPDATE:
        raise RefusedError(403, "this endpoint is read only; updates are not possible")
    if kind not in {FORM, DIRECT}:
        raise RefusedError(415, f"a POST carries {FORM} or {DIRECT}, not {kind or 'a body without a type'}")
    if charset not in {"", "utf-8", "utf8"}:
        raise RefusedError(415, f"queries come in UTF-8, not in {charset[:40]}")
    if kind == FORM:
        return _make_request([*_read_fields(query_string), *_read_fields(body)])
    fields = _read_fields(query_string)
    if any(name == "query" for name, _ in fields):
        raise RefusedError(400, "the query stands in the body and in the address; send it once")
    return _make_request([*fields, ("query", _decode(body))])


def _read_content_type(value: str) -> tuple[str, str]:
    kind, *options = (part.strip().lower() for part in value.split(";"))
    charset = next((one.partition("=")[2].strip("\"' ") for one in options if one.startswith("charset=")), "")
    return kind, charset


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedError(400, f"the query is no valid UTF-8 (byte {error.start + 1})") from None


def _read_fields(content: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(_decode(content), keep_blank_values=True, errors="strict", max_num_fields=_MAX_FIELDS)
    except UnicodeDecodeError:
        raise RefusedError(400, "a parameter is no valid UTF-8") from None
    except ValueError:
        raise RefusedError(400, f"more than {_MAX_FIELDS} parameters") from None


def _make_request(fields: Sequence[tuple[str, str]]) -> Request:
    values: dict[str, list[str]] = {}
    for name, value in fields:
        values.setdefault(name, []).append(value)
    if "update" in values:
        raise RefusedError(403, "this endpoint is read only; updates are not possible")
    queries = values.get("query", [])
    if len(queries) != 1:
        raise RefusedError(
            400, "the parameter query is missing" if not queries else "the parameter query is given twice"
        )
    _check_depth(queries[0])
    named, default = (_read_graphs(values, f"{kind}-graph-uri") for kind in ("named", "default"))
    if named is None and default is None:
        return Request(queries[0])
    return Request(queries[0], default or (), named or ())


def _read_graphs(values: Mapping[str, Sequence[str]], name: str) -> tuple[str, ...] | None:
    graphs = values.get(name)
    if graphs is None:
        return None
    for graph in graphs:
        if not _IRI.fullmatch(graph):
            raise RefusedError(400, f"{name} has to be an absolute IRI, which “{graph[:80]}” is not")
    return tuple(graphs)


def _check_depth(query: str) -> None:
    """The engine's parser calls itself for each bracket; too many would end its process."""
    depth = 0
    for sign in re.findall(r"[\[({})\]]", strip_quoted(query)):
        depth += 1 if sign in "[({" else -1
        if depth > _MAX_DEPTH:
            raise RefusedError(400, f"the query is nested more than {_MAX_DEPTH} deep")


def choose_type(accept: str, offers: Sequence[str]) -> str | None:
    """The offered media type that an Accept header likes best; of those it likes equally, the first offered.

    >>> choose_type("text/csv;q=0.5, application/*", ["text/csv", "application/json"])
    'application/json'
    """
    ranges = [_read_range(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    best, liked = None, 0.0
    for offer in offers:
        quality = _rate(offer, ranges)
        if quality > liked:
            best, liked = offer, quality
    return best


def _read_range(part: str) -> tuple[str, float]:
    name, *options = (piece.strip().lower() for piece in part.split(";"))
    quality = next((one[2:] for one in options if one.startswith("q=")), "1")
    return name, float(quality) if re.fullmatch(r"[01](?:\.\d{0,3})?", quality) else 0.0


def _rate(offer: str, ranges: Sequence[tuple[str, float]]) -> float:
    """The most specific range that covers the offer decides."""
    for pattern in (offer, f"{offer.partition('/')[0]}/*", "*/*"):
        fitting = [quality for name, quality in ranges if name == pattern]
        if fitting:
            return max(fitting)
    return 0.0
