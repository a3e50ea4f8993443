"""`kg export`: a graph in the formats of other programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

_FORMATS = ("turtle", "nquads", "trig", "jsonld", "rdf12", "graphml", "gexf", "csv", "parquet", "ftm")
_OF_TRUTHY = ("turtle", "nquads", "trig", "jsonld")


@click.command(short_help="Write a graph in another format.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", "format_", type=click.Choice(_FORMATS), required=True, help="The format.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="File, packed if it ends in .gz or .zst; - or none: print."
)
@click.option("--truthy", is_flag=True, help="Only classes, names and direct triples: what is so, without sources.")
@click.option("--without-quotes", is_flag=True, help="Leave out the articles' text and quotes; offsets stay.")
def export(file: Path, format_: str, out: Path | None, truthy: bool, without_quotes: bool) -> None:
    """Write the graph in FILE (.ttl, .nt, .nq, .trig or .jsonld, also with .gz or .zst), or the corpus in the folder
    FILE, in another format. Turtle of a corpus is written piece by piece, however large it is.

    \b
    turtle nquads trig jsonld   RDF; nquads and trig have a named graph for each article
    rdf12                       Turtle of RDF 1.2: statements as triple terms; few programs read it
    graphml gexf                a network for Gephi, yEd and others
    csv parquet                 two tables, into the folder --out; the CSV has the headers of Neo4j's import
    ftm                         FollowTheMoney entities, for Aleph and OpenSanctions
    """
    from kg.export.formats import FOLDERS, make_export
    from kg.export.rdf import stream_store
    from kg.export.reading import pack_parts, read_triples
    from kg.ontology import load_ontology
    from kg.outputs import write_files
    from kg.store import open_store

    if truthy and format_ not in _OF_TRUTHY:
        raise click.UsageError(f"--truthy leaves nothing for {format_}; it goes with {', '.join(_OF_TRUTHY)}.")
    if format_ in FOLDERS and (out is None or str(out) == "-"):
        raise click.UsageError(f"{format_} is more than one file: name a folder with --out.")
    ontology, quotes = load_ontology(), not without_quotes
    made: Iterable[bytes | memoryview] | bytes | Mapping[str, bytes]
    if format_ == "turtle" and file.is_dir():
        made = stream_store(open_store(file), ontology, truthy=truthy, quotes=quotes)
    else:
        made = make_export(read_triples(file), format_, ontology, truthy=truthy, quotes=quotes)
    if isinstance(made, Mapping):
        assert out is not None
        write_files(out, made)
        return
    parts = [made] if isinstance(made, bytes) else made
    if out is None or str(out) == "-":
        for part in parts:
            sys.stdout.buffer.write(part)
        sys.stdout.flush()
    else:
        write_files(out.parent, {out.name: pack_parts(parts, out.name)})
