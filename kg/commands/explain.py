"""`kg explain`: why a text gives the facts that it gives, or why a thing stands in a graph as it does."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.errors import QueryError

if TYPE_CHECKING:
    from rich.text import Text

    from kg.model import Article

_DEFAULT_GRAPH = Path("build/graph.ttl")
_LONGEST_NAME = 60
_SENTENCE_MARKS = "，。！？；\n"


@click.command(short_help="Show how a text is read, or why a thing is in a graph as it is.")
@click.argument("what", metavar="TEXT|FILE|ENTITY")
@click.option(
    "--graph", type=click.Path(path_type=Path), help=f"Graph to look an entity up in.  [default: {_DEFAULT_GRAPH}]"
)
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="Day of publication of a text.")
@click.option("--find", metavar="WORD", help="Show only sentences with this word.")
@click.option("--nearest", type=click.IntRange(0), default=3, show_default=True, help="Rules that almost fit to show.")
def explain(what: str, graph: Path | None, date: datetime.datetime | None, find: str | None, nearest: int) -> None:
    """Show sentence by sentence how a text or file is read; or an entity of a graph with its facts and sources.

    Of a sentence: its words with tags, the names with class, how each was found and what it stands for, figures, the
    sentence as rules see it, rules that fired and what became of their facts, rules that almost fitted and what was
    missing, facts and figures. Of an entity: what was merged into it and why, facts and figures with their words.
    What is neither a file nor the name of an entity in the graph is a text; - reads one from standard input.

    \b
    kg explain 4月28日，云岭股份有限公司与龙泉驿区签约。
    kg explain page.txt --find 签约
    kg explain 惠科 --graph build/graph.ttl
    """
    lines: Iterable[Text]
    if what == "-" or _is_file(what):
        lines = _explain_articles(_read_articles(what, date), find, nearest)
    elif (entity := _find_entity(what, graph)) is not None:
        lines = entity
    else:
        lines = _explain_articles([_make_article(what, date)], find, nearest)
    _show(lines)


def _is_file(what: str) -> bool:
    try:
        return bool(what) and Path(what).exists()
    except (OSError, ValueError):  # too long for the name of a file, or with a NUL in it
        return False


def _read_articles(what: str, date: datetime.datetime | None) -> Iterator[Article]:
    from kg.layout import find_articles
    from kg.sources import read_source

    for page in read_source("-" if what == "-" else Path(what)):
        yield from find_articles(page if page.date or date is None else replace(page, date=date.date()))


def _make_article(text: str, date: datetime.datetime | None) -> Article:
    from kg.model import Article
    from kg.text import normalise

    return Article(headline="", body=normalise(text)[0], date=date.date() if date else None)


def _find_entity(name: str, graph: Path | None) -> Iterable[Text] | None:
    """None where it is no name in the default graph; an error where it is none in a graph that was asked for."""
    from kg.explain.entity import entity_lines
    from kg.store import open_store

    if graph is None:
        named = len(name) <= _LONGEST_NAME and not any(mark in name for mark in _SENTENCE_MARKS)
        if not named or not _DEFAULT_GRAPH.exists():
            return None
    try:
        return list(entity_lines(name, open_store(graph or _DEFAULT_GRAPH)))
    except QueryError:
        if graph is not None:
            raise
        return None


def _explain_articles(articles: Iterable[Article], find: str | None, nearest: int) -> Iterator[Text]:
    from rich.text import Text

    from kg.explain.lines import make_lines
    from kg.explain.sentences import trace_article
    from kg.knowledge import load_knowledge
    from kg.table import escape_controls

    for article in articles:
        if article.headline:
            yield Text(escape_controls(f"《{article.headline}》 {article.date or ''}".rstrip()), "bold underline")
        for number, trace in enumerate(trace_article(article, load_knowledge(), nearest=nearest), 1):
            if find is None or find in trace.text:
                yield from (*make_lines(trace, number), Text())


def _show(lines: Iterable[Text]) -> None:
    """With colours on a terminal that has them, in plain words anywhere else."""
    from rich.console import Console

    console = Console(file=sys.stdout, highlight=False, soft_wrap=True)
    for line in lines:
        with console.capture() as capture:
            console.print(line)
        click.echo(capture.get(), nl=False)
