"""`kg release`: a folder to publish."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(short_help="Make a folder to publish.")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--graph",
    "--store",
    "graph",
    type=click.Path(path_type=Path),
    default="build/graph.ttl",
    show_default=True,
    help="A file of RDF, or the folder of a corpus.",
)
@click.option("--since", type=click.Path(path_type=Path), help="An earlier release's folder, or its graph.")
@click.option(
    "--licence", default="https://creativecommons.org/licenses/by/4.0/", show_default=True, help="IRI of the licence."
)
@click.option("--without-quotes", is_flag=True, help="Leave out the articles' text and quotes; offsets stay.")
def release(folder: Path, graph: Path, since: Path | None, licence: str, without_quotes: bool) -> None:
    """Make DIR into a release.

    It has the graph in several formats, ontology and shapes, a sample, a description (void.ttl, with VoID and DCAT;
    index.json), checksums, and with --since what changed since an earlier release.

    The same graph gives the same files. A file that was in DIR under the same name is replaced, others are left alone.
    """
    from pyoxigraph import NamedNode

    from kg.export.reading import read_triples
    from kg.ontology import load_ontology
    from kg.release import make_release

    try:
        NamedNode(licence)
    except ValueError as error:
        raise click.UsageError(f"--licence {licence} is no IRI.") from error
    earlier = since / "graph.ttl.gz" if since and since.is_dir() else since
    names = make_release(
        read_triples(graph),
        folder,
        load_ontology(),
        licence=licence,
        since=read_triples(earlier) if earlier else None,
        quotes=not without_quotes,
    )
    click.echo("\n".join(names))
