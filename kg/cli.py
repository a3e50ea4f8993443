"""The commands. What is slow to import is imported by the command that needs it, so that `kg --help` is quick.

Exit status: 0 done, 1 something could not be read, answered or written, 2 wrong usage.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from kg.commands.diff import diff
from kg.commands.evaluate import evaluate
from kg.commands.explain import explain
from kg.commands.export import export
from kg.commands.push import push
from kg.commands.query import query
from kg.commands.release import release
from kg.commands.review import review
from kg.commands.serve import serve
from kg.commands.validate import validate
from kg.commands.view import view
from kg.errors import KGError


class _Commands(click.Group):
    """What goes wrong ends a command with its explanation and status 1, never with a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except KGError as error:
            raise click.ClickException(str(error)) from error


def _version() -> str:
    try:
        return version("regional-kg")
    except PackageNotFoundError:
        return "(not installed)"


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(_version(), prog_name="kg")
def cli() -> None:
    """Chinese newspaper pages about a regional economy in, a knowledge graph out: every fact with its quote.

    报纸版面进，知识图谱出：每个事实都附原文。
    """


cli.add_command(query)
cli.add_command(serve)
cli.add_command(validate)
cli.add_command(view)
cli.add_command(export)
cli.add_command(diff)
cli.add_command(evaluate)
cli.add_command(explain)
cli.add_command(push)
cli.add_command(release)
cli.add_command(review)


def main(args: Sequence[str] | None = None) -> None:
    """Runs `kg` with these arguments, or with those of the process."""
    cli(args=args, prog_name="kg")


@cli.command(short_help="Build a graph from newspaper pages.")
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder for the graph.  [default: build; with --store only where it is named]",
)
@click.option("--store", type=click.Path(path_type=Path), metavar="DIR", help="Keep a corpus there that grows.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="Day of publication.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), help="Leave out facts less sure than this.")
@click.option("--base-iri", help="Start of the IRIs of everything but the ontology.")
@click.option("--curation", type=click.Path(path_type=Path), metavar="FILE", help="Decisions of people to obey.")
@click.option("--workers", type=click.IntRange(1), metavar="N", help="Processes that read.  [default: one a core]")
@click.option("--dask", metavar="ADDRESS", help="Let the workers of this Dask scheduler read.")
@click.option("--quiet", is_flag=True, help="Say nothing but errors.")
def build(
    inputs: tuple[str, ...],
    out: Path | None,
    store: Path | None,
    date: datetime.datetime | None,
    min_confidence: float | None,
    base_iri: str | None,
    curation: Path | None,
    workers: int | None,
    dask: str | None,
    quiet: bool,
) -> None:
    """Build a graph from newspaper pages: files, folders, or - for standard input; the example pages without any.

    With --store DIR the inputs join the corpus in DIR: files that it knows are not read again, changed ones are
    replaced, and files below a folder that is given again which are no longer there are taken out. --graph DIR asks,
    exports, pushes what is there as of the last finished build.
    """
    from kg.build import build_files

    report = build_files(
        inputs,
        out=out or (None if store else Path("build")),
        store=store,
        date=date.date() if date else None,
        min_confidence=min_confidence,
        base_iri=base_iri,
        curation=curation,
        workers=workers,
        dask=dask,
        progress=not quiet,
    )
    for line in (*report.problems, *report.notes, *report.idle):
        click.echo(line, err=True)
    if report.problems:
        raise click.exceptions.Exit(1)
