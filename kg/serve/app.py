"""HTTP: `/sparql` by the SPARQL 1.1 Protocol, things of the graph under their IRIs' paths, `/health`, and a front page.

A web page elsewhere must not read a private graph on this machine: requests for another host are refused, and no other
origin may read answers unless it was named.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect
from starlette.requests import Request as HTTPRequest
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.iris import escape_name
from kg.serve.front import describe_service, list_words, render_front
from kg.serve.pool import Pool
from kg.serve.protocol import RefusedError, Request, choose_type, read_get, read_post
from kg.serve.tasks import GRAPHS, write_graph

_T = TypeVar("_T")
_CHANGES = re.compile(r"\b(?:now|rand|uuid|struuid|bnode)\s*\(", re.IGNORECASE)
"""Functions that answer differently each time; such answers have no ETag."""
_HEADERS = {"X-Content-Type-Options": "nosniff", "Vary": "Accept"}
_PAGE_HEADERS = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'"}
_NETWORK_HEADERS = {"Content-Security-Policy": f"{_PAGE_HEADERS['Content-Security-Policy']}; frame-src 'self'"}
_EDITOR_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "connect-src 'self'; img-src 'self' data:; font-src 'self' data:; form-action 'self'"
}
_STATIC = Path(__file__).parent.parent / "static"
_GONE = 499
"""The client has hung up; nobody reads this status but the access log."""


def make_app(pool: Pool, *, hosts: Sequence[str], cors: Sequence[str] = ()) -> Starlette:
    """The application over a pool; `hosts` are the names under which it may be addressed."""

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await pool.start()
        yield
        await pool.stop()

    async def sparql(request: HTTPRequest) -> Response:
        if request.method == "POST":
            kind, query = request.headers.get("content-type", ""), request.scope["query_string"]
            return await _answer(pool, request, read_post(query, kind, await _read_body(request, pool)))
        asked = read_get(request.scope["query_string"])
        return _describe(request) if asked is None else await _answer(pool, request, asked)

    async def thing(request: HTTPRequest) -> Response:
        return await _show_thing(pool, request)

    async def health(_: HTTPRequest) -> Response:
        return JSONResponse({"status": "ok", "triples": pool.triples, "killed": pool.killed})

    async def words(_: HTTPRequest) -> Response:
        return JSONResponse(list_words(), headers=_HEADERS)

    async def network(request: HTTPRequest) -> Response:
        words = [request.query_params.get(name, "") for name in ("from", "to")]
        head, body = await _while_connected(request, pool.ask({"network": words}))
        _check(head)
        return Response(body, headers=_HEADERS | _NETWORK_HEADERS, media_type="text/html")

    async def drawing(request: HTTPRequest) -> Response:
        task: dict[str, object] = {"draw": request.query_params.getlist("thing")[:2]}
        head, body = await _while_connected(request, pool.ask(task))
        _check(head)
        # The page says itself which scripts may run.
        return Response(body, headers=_HEADERS | {"X-Frame-Options": "SAMEORIGIN"}, media_type="text/html")

    async def front(request: HTTPRequest) -> Response:
        page = render_front(request.query_params.get("q", ""), pool.triples)
        return Response(page, media_type="text/html", headers=_HEADERS | _EDITOR_HEADERS)

    origins = [Middleware(CORSMiddleware, allow_origins=list(cors), allow_methods=["GET", "POST"])] if cors else []
    return Starlette(
        routes=[
            Route("/sparql", sparql, methods=["GET", "POST"]),
            Route("/health", health),
            Route("/words.json", words),
            Route("/network", network),
            Route("/network/drawing", drawing),
            Route("/", front),
            Mount("/static", StaticFiles(directory=_STATIC)),
            Route("/{path:path}", thing),
        ],
        middleware=[Middleware(_HostCheck, hosts=hosts), *origins, Middleware(GZipMiddleware)],
        exception_handlers={RefusedError: _refuse, HTTPException: _refuse_http, ClientDisconnect: _refuse_gone},
        lifespan=lifespan,
    )


class _HostCheck:
    """Only requests that name this server as their host come through."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str]) -> None:
        self.app = app
        self.hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Other hosts get 421."""
        if scope["type"] == "http" and _host_of(scope) not in self.hosts:
            await _explain(421, "this server is not known by that name; --allow-host adds one")(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _host_of(scope: Scope) -> str | None:
    values = [value for name, value in scope["headers"] if name == b"host"]
    try:
        return urlsplit(f"//{values[0].decode('ascii')}").hostname if len(values) == 1 else None
    except ValueError:
        return None


def _explain(status: int, reason: str, headers: dict[str, str] | None = None) -> Response:
    return Response(f"{reason}\n", status, _HEADERS | (headers or {}), "text/plain")


async def _refuse(_: HTTPRequest, error: Exception) -> Response:
    assert isinstance(error, RefusedError)
    return _explain(error.status, error.reason, error.headers)


async def _refuse_http(_: HTTPRequest, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _explain(error.status_code, error.detail, dict(error.headers or {}))


async def _refuse_gone(_: HTTPRequest, _error: Exception) -> Response:
    return _explain(_GONE, "the client has hung up")


async def _read_body(request: HTTPRequest, pool: Pool) -> bytes:
    limits = pool.limits
    parts, size = [], 0
    try:
        async with asyncio.timeout(limits.request_seconds):
            async for part in request.stream():
                size += len(part)
                if size > limits.request_bytes:
                    raise RefusedError(413, f"a request may have {limits.request_bytes} bytes", {"Connection": "close"})
                parts.append(part)
    except TimeoutError:
        raise RefusedError(408, "the request came too slowly", {"Connection": "close"}) from None
    return b"".join(parts)


def _describe(request: HTTPRequest) -> Response:
    type_ = choose_type(request.headers.get("accept", ""), list(GRAPHS))
    if type_ is None:
        raise RefusedError(406, f"the description can be had as {', '.join(GRAPHS)}")
    return _respond(request, write_graph(describe_service(str(request.url)), type_), type_, None)


async def _answer(pool: Pool, request: HTTPRequest, asked: Request) -> Response:
    if len(asked.query.encode()) > pool.limits.request_bytes:
        raise RefusedError(413, f"a query may have {pool.limits.request_bytes} bytes")
    accept = request.headers.get("accept", "")
    etag = None if _CHANGES.search(asked.query) else _etag(pool.digest, repr(asked), accept)
    if etag is not None and request.method != "POST" and _is_known(request, etag):
        return Response(status_code=304, headers=_HEADERS | {"ETag": etag})
    task: dict[str, object] = {"query": asked.query, "accept": accept, "rows": pool.limits.rows}
    if asked.default_graphs is not None:
        task |= {"default": list(asked.default_graphs), "named": list(asked.named_graphs or ())}
    head, body = await _while_connected(request, pool.ask(task))
    _check(head)
    return _respond(request, body, str(head["type"]), etag if request.method != "POST" else None)


def _check(head: dict[str, object]) -> None:
    if "reason" in head:
        raise RefusedError(int(str(head["status"])), str(head["reason"]))


def _respond(_: HTTPRequest, body: bytes, type_: str, etag: str | None) -> Response:
    headers = _HEADERS | ({"ETag": etag} if etag else {})
    return Response(body, headers=headers | (_PAGE_HEADERS if type_ == "text/html" else {}), media_type=type_)


def _etag(*parts: str) -> str:
    """Weak, since the same answer may be packed or not."""
    return f'W/"{hashlib.sha256(chr(31).join(parts).encode()).hexdigest()[:32]}"'


def _is_known(request: HTTPRequest, etag: str) -> bool:
    known = request.headers.get("if-none-match", "")
    return etag.removeprefix("W/") in {one.strip().removeprefix("W/") for one in known.split(",")}


async def _while_connected(request: HTTPRequest, work: Awaitable[_T]) -> _T:
    """What `work` gives; it is given up when the client hangs up, so that nobody's query runs on."""
    task = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_wait_until_gone(request.receive))
    try:
        await asyncio.wait((task, gone), return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise RefusedError(_GONE, "the client has hung up")
        return task.result()
    finally:
        for one in (task, gone):
            one.cancel()


async def _wait_until_gone(receive: Callable[[], Awaitable[object]]) -> None:
    while True:
        message = await receive()
        if isinstance(message, dict) and message["type"] == "http.disconnect":
            return


async def _show_thing(pool: Pool, request: HTTPRequest) -> Response:
    path, accept = request.path_params["path"], request.headers.get("accept", "")
    escaped = "/".join(map(escape_name, path.split("/")))
    paths = [one for one in dict.fromkeys((path, escaped)) if re.fullmatch(r"[^\x00-\x20<>\"{}|^`\\]+", one)]
    iris = [f"{origin}/{one}" for one in paths for origin in pool.origins]
    etag = _etag(pool.digest, path, accept)
    if _is_known(request, etag):
        return Response(status_code=304, headers=_HEADERS | {"ETag": etag})
    task: dict[str, object] = {"iris": iris, "accept": accept, "origins": list(pool.origins)}
    head, body = await _while_connected(request, pool.ask(task))
    if "location" in head:
        return Response(status_code=301, headers=_HEADERS | {"Location": str(head["location"])})
    _check(head)
    return _respond(request, body, str(head["type"]), etag)
