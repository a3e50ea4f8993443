"""`kg view`: the network of a graph, or of a part of it, as one HTML file."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(short_help="Make the network page of a graph or of a part of it.")
@click.argument("graph", type=click.Path(path_type=Path), metavar="FILE.ttl")
@click.option("--out", type=click.Path(path_type=Path), help="The page; FILE.html beside the graph unless given.")
@click.option("--focus", metavar="NAME", help="Show what lies around this entity: a name, its pinyin or an IRI.")
@click.option("--depth", type=click.IntRange(0), default=2, show_default=True, help="How many facts away from it.")
@click.option(
    "--query", type=click.Path(path_type=Path), metavar="FILE.rq", help="Show what this query's answer names."
)
@click.option("--top", type=click.IntRange(1), metavar="N", help="Show only the N entities with most links.")
def view(graph: Path, out: Path | None, focus: str | None, depth: int, query: Path | None, top: int | None) -> None:
    """Make the network page of a graph: one HTML file that needs no server and no connection.

    Any RDF will do; what the ontology does not know is shown by its IRI. With --focus and --query, what either names is
    shown. A page beyond 10 MB shows only the entities with most links, and says so.
    """
    from kg.ontology import load_ontology
    from kg.outputs import write_files
    from kg.store import open_store
    from kg.view import make_view

    page = make_view(
        open_store(graph),
        ontology=load_ontology(),
        title="区域经济关系网络",
        focus=focus,
        depth=depth,
        query=None if query is None else _read(query),
        top=top,
    )
    target = out or graph.with_name(graph.name.partition(".")[0] + ".html")
    write_files(target.parent, {target.name: page.encode()})
    click.echo(f"{target}  {len(page.encode()):,} bytes", err=True)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise click.BadParameter(f"{path} cannot be read: {error}", param_hint="--query") from error
