"""`kg push`: a graph into a SPARQL store."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click


@click.command(short_help="Send a graph to a SPARQL store.")
@click.argument("url")
@click.option(
    "--graph",
    "--store",
    "graph",
    type=click.Path(path_type=Path),
    default="build/graph.ttl",
    show_default=True,
    help="A file of RDF, or the folder of a corpus.",
)
@click.option("--without-quotes", is_flag=True, help="Leave out the articles' text and quotes; offsets stay.")
@click.option("--timeout", type=click.FloatRange(0.1), default=60, show_default=True, help="Seconds for one request.")
@click.option("--quiet", is_flag=True, help="Say nothing but errors.")
def push(url: str, graph: Path, without_quotes: bool, timeout: float, quiet: bool) -> None:
    """Send the graph to the store whose Graph Store endpoint is URL (SPARQL 1.1 Graph Store HTTP Protocol).

    The store gets one named graph for each article and one for what they share. The next push sends what changed and
    deletes what is gone; it also finishes a push that broke off. In the environment, KG_PUSH_USER and KG_PUSH_PASSWORD,
    or KG_PUSH_TOKEN, say who you are.
    """
    from kg.export.contents import drop_quotes
    from kg.export.reading import read_triples
    from kg.push import push_graph

    triples = read_triples(graph)
    show = sys.stderr.isatty() and not quiet
    done = push_graph(
        drop_quotes(triples) if without_quotes else triples,
        url,
        environment=os.environ,
        timeout=timeout,
        tell=lambda number, of: click.echo(f"\r{number}/{of} graphs", nl=number == of, err=True) if show else None,
    )
    if not quiet:
        click.echo(f"{done.sent} graphs sent, {done.deleted} deleted, {done.same} already there")
