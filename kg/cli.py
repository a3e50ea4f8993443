"""The commands. What is slow to import is imported by the command that needs it, so that `kg --help` is quick.

Exit status: 0 done, 1 something could not be read, answered or written, 2 wrong usage.
"""

from __future__ import annotations

import datetime
import difflib
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.errors import KGError, QueryError

if TYPE_CHECKING:
    from kg.questions import Parameter, Question

_FORMATS = ("table", "csv", "tsv", "json", "xml", "md", "ttl")


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


@cli.command(short_help="Ask a graph a question.", context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="[NAME|FILE.rq|-] [--PARAM VALUE]...")
@click.option(
    "--graph",
    type=click.Path(path_type=Path),
    default="build/graph.ttl",
    show_default=True,
    help="A .ttl, .nt, .nq or .trig file, also with .gz.",
)
@click.option(
    "--format", "format_", type=click.Choice(_FORMATS), default="table", help="Form of the answer.", show_default=True
)
@click.option("--show", is_flag=True, help="Print the query itself instead of its answer.")
def query(words: tuple[str, ...], graph: Path, format_: str, show: bool) -> None:
    """Ask a graph: a question of the library by its NAME, a SPARQL file, or - for SPARQL on standard input.

    Without a NAME, list the library with the parameters (--PARAM VALUE) of each question. CSV is made for spreadsheets:
    it starts with a byte order mark, and text that would run as a formula is disarmed. Triples (CONSTRUCT, DESCRIBE)
    come as Turtle.
    """
    names, values = _split_words(words)
    if len(names) > 1 or (values and not names):
        raise click.UsageError("Name one question; its parameters stand behind it as --PARAM VALUE.")
    if not names:
        click.echo("\n".join(_describe_library()))
        return
    question = _find_question(names[0], values)
    if show:
        click.echo(question.text, nl=False)
    else:
        _print_answer(question, values, graph, format_)


def _split_words(words: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """`signed-with --party 惠科` → what is named, and the values by parameter."""
    names: list[str] = []
    values: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        if not word.startswith("--"):
            names.append(word)
            continue
        name, given, value = word[2:].partition("=")
        value = value if given else next(rest, "")
        if name in values or not (given or value):
            raise click.UsageError(f"--{name} is given twice." if name in values else f"--{name} needs a value.")
        values[name] = value
    return names, values


def _find_question(name: str, values: Mapping[str, str]) -> Question:
    """The question that is meant; what does not exist, or has no such parameter, is wrong usage."""
    from kg.questions import check_parameters, find_query, read_question

    try:
        if name == "-":
            question = read_question(_decode(sys.stdin.buffer.read(), "standard input"), name="standard input")
        elif name.endswith(".rq") or "/" in name:
            question = read_question(_decode(Path(name).read_bytes(), name), name=name)
        else:
            question = find_query(name)
        check_parameters(question, values)
    except OSError as error:
        raise click.UsageError(f"{name} cannot be read: {error.strerror}") from error
    except QueryError as error:
        near = difflib.get_close_matches("--" + "".join(list(values)[:1]), ("--graph", "--format", "--show"))
        raise click.UsageError(f"{error}{f'; did you mean {near[0]}?' if near else ''}") from error
    return question


def _decode(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryError("is not UTF-8 text; a query is", path=name) from error


def _describe_library() -> Iterator[str]:
    from kg.questions import list_queries

    for group, questions in groupby(list_queries(), key=lambda question: question.group):
        yield click.style(group, bold=True)
        for question in questions:
            yield f"  {click.style(question.name, fg='cyan')}"
            yield from (f"      {line}" for line in (question.zh, question.en) if line)
            yield from (f"      {_describe_parameter(parameter)}" for parameter in question.parameters)
        yield ""
    yield "kg query NAME asks one of them; kg query NAME --show prints its SPARQL."


def _describe_parameter(parameter: Parameter) -> str:
    note = " (required)" if parameter.required else f" (default {parameter.default})" if parameter.default else ""
    return f"--{parameter.name} {parameter.type.upper()}  {parameter.about}{note}"


def _print_answer(question: Question, values: Mapping[str, str], graph: Path, format_: str) -> None:
    from kg.questions import answer_question
    from kg.results import format_result
    from kg.store import open_store

    terminal = sys.stdout.isatty()
    result = answer_question(open_store(graph), question, values)
    width = shutil.get_terminal_size().columns if terminal else None
    text = format_result(result, format_, width=width)
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.flush()
    if terminal and result.columns:
        click.echo(f"({len(result.rows)} rows)", err=True)
