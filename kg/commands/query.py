"""`kg query`: a question to a graph, or to an endpoint."""

from __future__ import annotations

import contextlib
import difflib
import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.errors import QueryError

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from kg.query import Result, Term
    from kg.questions import Parameter, Question

_FORMATS = ("table", "csv", "tsv", "json", "xml", "md", "ttl")
_OPTIONS = ("--graph", "--store", "--format", "--endpoint", "--time-limit", "--explain", "--show", "--allow-service")


@dataclass(frozen=True, slots=True)
class _Source:
    """What is asked, for how long at most, whether to tell how, and whether the query may ask other servers."""

    graph: Path
    endpoint: str | None
    seconds: float | None
    explain: bool
    allow_service: bool

    def say(self, line: str) -> None:
        if self.explain:
            click.echo(line, err=True)


@click.command(short_help="Ask a graph a question.", context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="[NAME|FILE.rq|-] [--PARAM VALUE]...")
@click.option(
    "--graph",
    "--store",
    "graph",
    type=click.Path(path_type=Path),
    default="build/graph.ttl",
    show_default=True,
    help="A .ttl, .nt, .nq or .trig file, also with .gz, or the folder of a corpus.",
)
@click.option(
    "--format", "format_", type=click.Choice(_FORMATS), default="table", help="Form of the answer.", show_default=True
)
@click.option("--endpoint", metavar="URL", help="Ask a SPARQL endpoint instead of a file.")
@click.option("--time-limit", type=click.FloatRange(0.01), metavar="SECONDS", help="Stop a query that takes longer.")
@click.option("--explain", is_flag=True, help="Say which terms the values stand for, and how long each step took.")
@click.option("--allow-service", is_flag=True, help="Let SERVICE in the query ask other servers.")
@click.option("--show", is_flag=True, help="Print the query itself instead of its answer.")
def query(
    words: tuple[str, ...],
    graph: Path,
    format_: str,
    endpoint: str | None,
    time_limit: float | None,
    explain: bool,
    allow_service: bool,
    show: bool,
) -> None:
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
        _print_answer(question, values, _Source(graph, endpoint, time_limit, explain, allow_service), format_)


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
        near = difflib.get_close_matches("--" + "".join(list(values)[:1]), _OPTIONS)
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


def _print_answer(question: Question, values: Mapping[str, str], source: _Source, format_: str) -> None:
    from kg.results import format_result

    terminal = sys.stdout.isatty()
    result = _answer(question, values, source)
    width = shutil.get_terminal_size().columns if terminal else None
    text = format_result(result, format_, width=width)
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.flush()
    if terminal and result.columns:
        click.echo(f"({len(result.rows)} rows)", err=True)


def _answer(question: Question, values: Mapping[str, str], source: _Source) -> Result:
    from kg.query import run_query
    from kg.questions import answer_by, find_entities
    from kg.remote import ask_endpoint, find_remote_entities
    from kg.store import open_store

    find: Callable[[str], Sequence[NamedNode]]
    run: Callable[[str, Mapping[str, Term]], Result]
    if source.endpoint:
        find = partial(find_remote_entities, source.endpoint, seconds=source.seconds)
        run = partial(ask_endpoint, source.endpoint, seconds=source.seconds)
    else:
        start = time.perf_counter()
        store = open_store(source.graph)
        source.say(f"{source.graph}: {len(store)} triples read in {time.perf_counter() - start:.3f} s")
        find, run = partial(find_entities, store), partial(run_query, store, allow_service=source.allow_service)
    with _time_limit(source.seconds):
        return answer_by(question, values, find=find, run=partial(_run_explained, run, source))


def _run_explained(
    run: Callable[[str, Mapping[str, Term]], Result], source: _Source, text: str, params: Mapping[str, Term]
) -> Result:
    for name, term in params.items():
        source.say(f"?{name} = {term}")
    start = time.perf_counter()
    result = run(text, params)
    found = result.rows if result.triples is None else result.triples
    source.say(f"{len(found)} rows or triples in {time.perf_counter() - start:.3f} s")
    return result


@contextlib.contextmanager
def _time_limit(seconds: float | None) -> Iterator[None]:
    """The engine cannot be interrupted, so the whole process ends."""
    timer = threading.Timer(seconds or 0, _give_up, [seconds])
    timer.daemon = True
    if seconds is not None:
        timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _give_up(seconds: float) -> None:
    click.echo(f"Error: the query was stopped: it took longer than {seconds:g} seconds (--time-limit)", err=True)
    sys.stderr.flush()
    os._exit(1)
