"""`kg serve`: a graph as a SPARQL endpoint."""

from __future__ import annotations

import os
from pathlib import Path

import click

_MOST_CONNECTIONS = 1000
_LOCAL = ("localhost", "127.0.0.1", "::1")


@click.command(short_help="Serve a graph as a SPARQL endpoint.")
@click.option(
    "--graph",
    "--store",
    "graph",
    type=click.Path(path_type=Path),
    default="build/graph.ttl",
    show_default=True,
    help="A .ttl, .nt, .nq or .trig file, also with .gz; or the folder of a corpus.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 takes a free one."
)
@click.option("--allow-host", multiple=True, metavar="NAME", help="Another name of this server; can be repeated.")
@click.option("--cors", multiple=True, metavar="ORIGIN", help="A web page's origin that may ask; can be repeated.")
@click.option("--time-limit", type=click.FloatRange(0.1), default=30, show_default=True, help="Seconds for a query.")
@click.option("--max-rows", type=click.IntRange(1), default=100_000, show_default=True, help="Rows of an answer.")
@click.option(
    "--memory",
    type=click.IntRange(64),
    default=2048,
    show_default=True,
    help="Megabytes for a query, beyond the graph.",
)
@click.option("--max-request", type=click.IntRange(1), default=1_000_000, show_default=True, help="Bytes of a request.")
@click.option(
    "--request-time",
    type=click.FloatRange(0.1),
    default=10,
    show_default=True,
    help="Seconds for a request to come in.",
)
@click.option("--workers", type=click.IntRange(1), help="Queries at a time; as many as processors, two at least.")
@click.option("--slow-workers", type=click.IntRange(1), default=1, show_default=True, help="Slow queries at a time.")
@click.option("--queue", type=click.IntRange(1), default=64, show_default=True, help="Queries that may wait.")
def serve(
    graph: Path,
    host: str,
    port: int,
    allow_host: tuple[str, ...],
    cors: tuple[str, ...],
    time_limit: float,
    max_rows: int,
    memory: int,
    max_request: int,
    request_time: float,
    workers: int | None,
    slow_workers: int,
    queue: int,
) -> None:
    """Serve a graph: the endpoint at /sparql, a page for queries at /, each thing under the path of its IRI.

    Nothing can be changed, and no query reaches another server. Whatever takes too long is stopped and told so (503),
    and slow queries make way for the others.
    Only requests for this machine's own names are answered, unless --allow-host adds some.
    """
    import uvicorn

    from kg.serve.app import make_app
    from kg.serve.patience import make_protocol
    from kg.serve.pool import Limits, Pool

    limits = Limits(
        seconds=time_limit,
        rows=max_rows,
        megabytes=memory,
        workers=workers or max(2, os.cpu_count() or 1),
        slow_workers=slow_workers,
        waiting=queue,
        request_bytes=max_request,
        request_seconds=request_time,
    )
    pool = Pool(graph, limits)
    try:
        app = make_app(pool, hosts=(*_LOCAL, host, *allow_host), cors=cors)
        uvicorn.run(
            app,
            host=host,
            port=port,
            http=make_protocol(request_time),
            ws="none",
            server_header=False,
            limit_concurrency=_MOST_CONNECTIONS,
            timeout_graceful_shutdown=round(time_limit) + 1,
        )
    finally:
        pool.close()
