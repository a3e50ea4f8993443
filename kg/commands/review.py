"""`kg review`: open questions about a graph, asked on a terminal or listed."""

from __future__ import annotations

import datetime
import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.curation.decisions import Decisions
    from kg.review import Answer, Question


@click.command(short_help="Answer open questions about a graph.")
@click.option(
    "--graph", type=click.Path(path_type=Path), default="build/graph.ttl", show_default=True, help="A file of RDF."
)
@click.option("--store", type=click.Path(path_type=Path), metavar="DIR", help="Ask about the corpus there instead.")
@click.option(
    "--curation", type=click.Path(path_type=Path), metavar="FILE", help="Where answers go; others' are heeded."
)
@click.option("--by", metavar="NAME", help="Who answers; the user of this computer without it.")
@click.option("--limit", type=click.IntRange(0), default=20, show_default=True, help="Questions to ask or list.")
@click.option("--list", "only_list", is_flag=True, help="List the questions, also on a terminal.")
def review(graph: Path, store: Path | None, curation: Path | None, by: str | None, limit: int, only_list: bool) -> None:
    """Ask what people could decide: names that may be one, facts that contradict each other, facts that are not sure.

    The question on which most facts hang comes first. Answers are added to the curation file, with name and day, and
    count from the next `kg build --curation FILE` on. Where standard output is no terminal, the questions are listed.
    """
    from kg.curation.decisions import NONE
    from kg.curation.read import read_decisions
    from kg.review import find_questions
    from kg.store import open_store

    decisions: Decisions = read_decisions(curation) if curation and curation.exists() else NONE
    found = find_questions(open_store(store or graph), decisions)
    terminal = sys.stdout.isatty() and sys.stdin.isatty() and not only_list
    if terminal and curation is None:
        raise click.UsageError("Name the file for the answers with --curation, or list the questions with --list.")
    for number, question in enumerate(found[:limit], 1):
        click.echo(_describe(question, number, len(found)))
        if terminal and curation and not _ask(question, curation, by or _find_user()):
            return
    if len(found) > limit and not terminal:
        click.echo(f"… and {len(found) - limit} more; --limit shows more")
    if not found:
        click.echo("nothing is open")


def _describe(question: Question, number: int, count: int) -> str:
    lines = [f"{number}/{count} {question.text}", *(f"    {line}" for line in question.details)]
    return "\n".join(_clean(line) for line in lines)


def _ask(question: Question, curation: Path, by: str) -> bool:
    """Whether to go on; the answer is written before the next question."""
    from kg.curation.write import add_decision

    choices = {answer.key: answer for answer in question.answers}
    hints = [f"{answer.key}: {answer.meaning}" for answer in question.answers]
    prompt = ", ".join((*hints, "s: skip", "q: quit"))
    key = click.prompt(f"    {prompt}", type=click.Choice([*choices, "s", "q"]), default="s", show_choices=False)
    answer: Answer | None = choices.get(key)
    if answer is not None and answer.kind and answer.values:
        signed = {**answer.values, "by": by, "on": datetime.date.today().isoformat()}
        add_decision(curation, answer.kind, signed)
    return key != "q"


def _find_user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def _clean(text: str) -> str:
    """Without what would move the cursor of a terminal or turn its text around."""
    return "".join(ch if ch.isprintable() else "�" for ch in text)
