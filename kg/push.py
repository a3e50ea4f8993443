"""A graph into a SPARQL store by the Graph Store HTTP Protocol: one named graph per article, one for what they share.

The store itself remembers what it has: an index graph names each graph with the SHA-256 of its triples. What the index
says is taken out of it before a graph is touched, so a push that breaks anywhere is finished by the next one.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import (
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    HTTPRedirectHandler,
    OpenerDirector,
    Request,
    build_opener,
)

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from kg.errors import OutputError
from kg.export.graphs import find_base, split_by_article
from kg.iris import NAMESPACES

_BATCH = 50
_SHA256 = NamedNode(NAMESPACES["schema"] + "sha256")
_NEEDS = {
    401: "the store asks who you are: set KG_PUSH_USER and KG_PUSH_PASSWORD, or KG_PUSH_TOKEN",
    403: "the store does not let you write: set KG_PUSH_USER and KG_PUSH_PASSWORD, or KG_PUSH_TOKEN",
    404: "there is no Graph Store at this address: name its endpoint (Fuseki: …/data, oxigraph: …/store)",
    405: "this address takes no graphs: name the Graph Store endpoint (Fuseki: …/data, oxigraph: …/store)",
    413: "the store refuses graphs of this size: raise its limit",
}


@dataclass(frozen=True, slots=True)
class Pushed:
    """Numbers of named graphs: sent, deleted, left as they were."""

    sent: int
    deleted: int
    same: int


class _NoRedirects(HTTPRedirectHandler):
    """What is written to one address must not end up, with the password, at another."""

    def redirect_request(self, *_: Any, **__: Any) -> None:  # noqa: ANN401 -- as the standard library has it
        return None


@dataclass(frozen=True, slots=True)
class _Remote:
    url: str
    headers: Mapping[str, str]
    timeout: float
    opener: OpenerDirector

    def send(self, method: str, graph: NamedNode, body: bytes | None = None) -> bytes:
        """Raises OutputError that says what the store said; a DELETE or GET of what is not there is none."""
        # Virtuoso answers 406 to a PUT that does not take a page of HTML for an answer.
        headers = {"Accept": "application/n-triples" if method == "GET" else "*/*", **self.headers}
        if body is not None:
            headers["Content-Type"] = "application/n-triples"
        request = Request(_address(self.url, graph), body, headers, method=method)
        try:
            with self.opener.open(request, timeout=self.timeout) as answer:
                content: bytes = answer.read()
                return content
        except HTTPError as error:
            if error.code == 404 and method in ("DELETE", "GET"):
                return b""
            why = _NEEDS.get(error.code) or _show(error.read(500)) or str(error.reason)
            raise OutputError(f"answered {error.code} to {method} of {graph.value}: {why}", path=self.url) from error
        except (URLError, HTTPException, OSError) as error:
            reason = getattr(error, "reason", None) or error
            raise OutputError(f"gave no answer to {method} ({reason}); push again to go on", path=self.url) from error


def push_graph(
    triples: Sequence[Triple],
    url: str,
    *,
    environment: Mapping[str, str],
    timeout: float = 60,
    tell: Callable[[int, int], None] | None = None,
) -> Pushed:
    """Makes the store say what `triples`, sorted, say; sends only what it does not have. `tell`: graphs done, of all.

    `environment` has KG_PUSH_USER and KG_PUSH_PASSWORD, or KG_PUSH_TOKEN. OutputError where the store refuses or is
    away; what was sent by then is remembered.
    """
    index = NamedNode(find_base(triples) + "graph/index")
    remote = _connect(_check_url(url), index, environment, timeout)
    bodies = {graph: _serialize(inner) for graph, inner in split_by_article(triples).items()}
    wanted = {graph: hashlib.sha256(body).hexdigest() for graph, body in bodies.items()}
    there = _read_index(remote.send("GET", index), remote)
    to_send = [graph for graph, digest in wanted.items() if there.get(graph) != digest]
    to_delete = sorted(there.keys() - wanted.keys(), key=lambda graph: graph.value)
    work = [*to_send, *to_delete]
    known = {graph: digest for graph, digest in there.items() if graph not in set(to_send)}
    for start in range(0, len(work), _BATCH):
        batch = work[start : start + _BATCH]
        if start == 0:
            _write_index(remote, index, known | dict.fromkeys(to_send, ""))
        for number, graph in enumerate(batch, start=start + 1):
            _move(remote, graph, bodies.get(graph))
            if tell:
                tell(number, len(work))
        known = {graph: one for graph, one in known.items() if graph in wanted or graph not in batch}
        known |= {graph: wanted[graph] for graph in batch if graph in wanted}
        _write_index(remote, index, dict.fromkeys(to_send, "") | known)
    return Pushed(len(to_send), len(to_delete), len(wanted) - len(to_send))


def _move(remote: _Remote, graph: NamedNode, body: bytes | None) -> None:
    if body is None:
        remote.send("DELETE", graph)
    else:
        remote.send("PUT", graph, body)


def _check_url(url: str) -> str:
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
        raise OutputError("is no address of a store; it starts with http:// or https://", path=url)
    return url


def _address(url: str, graph: NamedNode) -> str:
    return f"{url}{'&' if urlsplit(url).query else '?'}graph={quote(graph.value, safe='')}"


def _connect(url: str, index: NamedNode, environment: Mapping[str, str], timeout: float) -> _Remote:
    """With a token, or with user and password in the way that the store asks for: Basic, or Digest as Virtuoso does."""
    if token := environment.get("KG_PUSH_TOKEN"):
        return _Remote(url, {"Authorization": f"Bearer {token}"}, timeout, build_opener(_NoRedirects()))
    user, password = environment.get("KG_PUSH_USER", ""), environment.get("KG_PUSH_PASSWORD", "")
    if not user:
        return _Remote(url, {}, timeout, build_opener(_NoRedirects()))
    if _asks_for_digest(_address(url, index), timeout):
        passwords = HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, url, user, password)
        return _Remote(url, {}, timeout, build_opener(_NoRedirects(), HTTPDigestAuthHandler(passwords)))
    pair = base64.b64encode(f"{user}:{password}".encode()).decode()
    return _Remote(url, {"Authorization": f"Basic {pair}"}, timeout, build_opener(_NoRedirects()))


def _asks_for_digest(address: str, timeout: float) -> bool:
    """Asked without a password, which must not travel in the clear where it need not."""
    try:
        build_opener(_NoRedirects()).open(address, timeout=timeout).close()
    except HTTPError as error:
        ways = error.headers.get_all("WWW-Authenticate") or []
        return error.code == 401 and any(way.lower().startswith("digest") for way in ways)
    except (HTTPException, OSError):
        return False  # the first real request tells what is wrong
    return False


def _read_index(content: bytes, remote: _Remote) -> dict[NamedNode, str]:
    """Graph → SHA-256 of what it holds, empty where it is not known."""
    try:
        found = list(pyoxigraph.parse(content, format=RdfFormat.N_TRIPLES))
    except SyntaxError as error:
        raise OutputError("answered with something that is no RDF; is it a Graph Store?", path=remote.url) from error
    return {
        one.subject: one.object.value
        for one in found
        if one.predicate == _SHA256 and isinstance(one.subject, NamedNode) and isinstance(one.object, Literal)
    }


def _write_index(remote: _Remote, index: NamedNode, known: Mapping[NamedNode, str]) -> None:
    triples = [Triple(graph, _SHA256, Literal(known[graph])) for graph in sorted(known, key=lambda one: one.value)]
    remote.send("PUT", index, _serialize(triples))


def _serialize(triples: Iterable[Triple]) -> bytes:
    body = pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES)
    assert body is not None  # it writes to a file only where it is given one
    return body


def _show(answer: bytes) -> str:
    """The beginning of what a store said, fit for a terminal."""
    text = "".join(ch if ch.isprintable() else " " for ch in answer.decode("utf-8", "replace"))
    return " ".join(text.split())[:300]
