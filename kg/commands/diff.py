"""`kg diff`: what changed from one graph to another."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.diff import Difference


@click.command(short_help="Say what changed between two graphs.")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--format", "format_", type=click.Choice(("text", "patch", "counts")), default="text", show_default=True)
def diff(old: Path, new: Path, format_: str) -> None:
    """Say what changed from the graph in OLD to that in NEW.

    Entities that were renamed or merged are told apart from facts that are new, gone or told otherwise. --format patch
    is an RDF Patch that makes OLD into NEW, counts is JSON. The exit status is 0 whether anything changed or not.
    """
    from kg.diff import compare_graphs, format_patch
    from kg.export.reading import read_triples
    from kg.ontology import load_ontology

    difference = compare_graphs(read_triples(old), read_triples(new), load_ontology())
    if format_ == "patch":
        click.echo(format_patch(difference), nl=False)
    elif format_ == "counts":
        click.echo(json.dumps(difference.counts(), indent=2))
    else:
        click.echo(_make_text(difference))


def _make_text(difference: Difference) -> str:
    lines = []
    for kind, changes in groupby(sorted(difference.changes, key=lambda one: one.kind), key=lambda one: one.kind):
        lines.append(f"{kind}:")
        lines += [f"  {_clean(change.text)}" for change in changes]
    lines.append(", ".join(f"{number} {kind}" for kind, number in difference.counts().items()))
    return "\n".join(lines)


def _clean(text: str) -> str:
    return "".join(ch if ch.isprintable() else "�" for ch in text)
