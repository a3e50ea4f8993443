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
from kg.commands.export import export
from kg.commands.push import push
from kg.commands.query import query
from kg.commands.release import release
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
cli.add_command(push)
cli.add_command(release)


def main(args: Sequence[str] | None = None) -> None:
    """Runs `kg` with these arguments, or with those of the process."""
    cli(args=args, prog_name="kg")


@cli.command(short_help="Build a graph from newspaper pages.")
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@click.option(
    "--out", type=click.Path(path_type=Path), default="build", show_default=True, help="Folder for the graph."
)
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="Day of publication.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0, help="Leave out facts less sure than this.")
@click.option("--base-iri", help="Start of the IRIs of everything but the ontology.")
@click.option("--quiet", is_flag=True, help="Say nothing but errors.")
def build(
    inputs: tuple[str, ...],
    out: Path,
    date: datetime.datetime | None,
    min_confidence: float,
    base_iri: str | None,
    quiet: bool,
) -> None:
    """Build a graph from newspaper pages: files, folders, or - for standard input; the example pages without any."""
    from kg.build import build_files

    report = build_files(
        inputs,
        out=out,
        date=date.date() if date else None,
        min_confidence=min_confidence,
        base_iri=base_iri,
        progress=not quiet,
    )
    for problem in report.problems:
        click.echo(problem, err=True)
    if report.problems:
        raise click.exceptions.Exit(1)
