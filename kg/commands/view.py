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
    from kg.view import lay_out, select_contents

    ontology = load_ontology()
    words = None if query is None else _read(query)
    contents = select_contents(open_store(graph), ontology, focus=focus, depth=depth, query=words, top=top)
    made = lay_out(contents, ontology=ontology, title="区域经济关系网络")
    page = made.html
    target = out or graph.with_name(graph.name.partition(".")[0] + ".html")
    write_files(target.parent, {target.name: page.encode()})
    click.echo(f"{target}  {len(page.encode()):,} bytes", err=True)
    if made.shown < made.whole:
        click.echo(
            f"The page holds the {made.shown:,} best linked of {made.whole:,} entities: all of them would make it"
            " larger than 10 MB, or slow. --focus, --query and --top make pages of other parts.",
            err=True,
        )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise click.BadParameter(f"{path} cannot be read: {error}", param_hint="--query") from error
