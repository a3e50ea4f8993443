"""Asking a SPARQL endpoint somewhere else, as a person named it: only `kg query --endpoint` comes here.

Parameters travel as VALUES at the head of its WHERE, each term as the engine writes it, never as text of the user's.
"""

from __future__ import annotations

import io
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping

import pyoxigraph
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, RdfFormat

from kg.errors import QueryError
from kg.iris import NAMESPACES
from kg.query import Result, Term, strip_quoted

_ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9"
_MOST_BYTES = 1 << 28
_FIND = "SELECT DISTINCT ?thing { ?thing skos:prefLabel|skos:altLabel ?label } ORDER BY STR(?thing)"


def ask_endpoint(
    url: str, text: str, params: Mapping[str, Term] | None = None, *, seconds: float | None = None
) -> Result:
    """The answer of the endpoint at `url`. Raises QueryError with what the endpoint says where it gives none."""
    body = urllib.parse.urlencode({"query": _complete(text, params or {})}).encode()
    if not re.match("https?://", url):
        raise QueryError(f"an endpoint has an address like https://example.org/sparql, not {url}")
    request = urllib.request.Request(url, body, {"Accept": _ACCEPT, "User-Agent": "regional-kg"})
    try:
        with urllib.request.urlopen(request, timeout=seconds) as response:
            type_ = response.headers.get_content_type()
            content = response.read(_MOST_BYTES + 1)
    except urllib.error.HTTPError as error:
        said = error.read(2000).decode("utf-8", "replace").strip()
        raise QueryError(f"{url} answers {error.code} {error.reason}: {said}") from error
    except OSError as error:
        raise QueryError(f"{url} cannot be asked: {getattr(error, 'reason', error)}") from error
    if len(content) > _MOST_BYTES:
        raise QueryError(f"{url} answers with more than {_MOST_BYTES >> 20} MB; ask for less with LIMIT")
    return _read_answer(url, type_, content)


def find_remote_entities(url: str, name: str, *, seconds: float | None = None) -> tuple[NamedNode, ...]:
    """The entities of the endpoint with this name, or the one with this IRI."""
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|^`\\]+", name):
        return (NamedNode(name),)
    for label in (Literal(name, language="zh"), Literal(name, language="en"), Literal(name)):
        rows = ask_endpoint(url, _FIND, {"label": label}, seconds=seconds).rows
        if found := tuple(row[0] for row in rows if isinstance(row[0], NamedNode)):
            return found
    raise QueryError(f"nothing at {url} is called {name}")


def _complete(text: str, params: Mapping[str, Term]) -> str:
    """With the project's prefixes, as far as the query uses and does not declare them, and with the parameters."""
    plain = strip_quoted(text)
    declared = set(re.findall(r"(?i)\bprefix\s+([\w-]*):", plain))
    used = [name for name in NAMESPACES if name not in declared and re.search(rf"(?<![\w-]){name}:", plain)]
    head = "".join(f"PREFIX {name}: <{NAMESPACES[name]}> " for name in used)
    start = plain.find("{") + 1
    if not params or not start:
        return head + text
    names = " ".join(f"?{name}" for name in params)
    values = f" VALUES ({names}) {{ ({' '.join(map(str, params.values()))}) }} "
    return head + text[:start] + values + text[start:]


def _read_answer(url: str, type_: str, content: bytes) -> Result:
    try:
        if type_ in {"application/sparql-results+json", "application/json"}:
            answer = pyoxigraph.parse_query_results(io.BytesIO(content), format=QueryResultsFormat.JSON)
            if isinstance(answer, pyoxigraph.QueryBoolean):
                return Result(boolean=bool(answer))
            return Result(tuple(one.value for one in answer.variables), tuple(tuple(row) for row in answer))
        format_ = RdfFormat.from_media_type(type_)
        if format_ is None:
            raise QueryError(f"{url} answers in a form that was not asked for: {type_}")
        found = {quad.triple for quad in pyoxigraph.parse(io.BytesIO(content), format=format_)}
        return Result(triples=tuple(sorted(found, key=str)))
    except (SyntaxError, ValueError) as error:
        raise QueryError(f"the answer of {url} cannot be read: {error}") from error
