"""`kg evaluate`: how much of what careful readers found is in the graph, and how much of the graph is right."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command(short_help="Compare what is read with annotated articles.")
@click.argument("golds", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="GOLD.yaml...")
@click.option("--graph", type=click.Path(path_type=Path), help="Judge this graph instead of one made of the texts now.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--errors", type=click.IntRange(0), default=5, show_default=True, help="Errors of each kind to show.")
@click.option("--kinds", metavar="KIND,…", help="Kinds of errors to show, as `wrong,missed`; all of them without it.")
def evaluate(golds: tuple[Path, ...], graph: Path | None, as_json: bool, errors: int, kinds: str | None) -> None:
    """Build a graph of annotated texts and say how good it is: precision, recall and F1, and the worst errors.

    GOLD.yaml names the text that it annotates; a folder stands for all such files in it. Counted are facts (in all and
    by relation), qualifiers, observations, entities with their class, entities torn apart or thrown together, quotes,
    and how often facts are right by their confidence.

    \b
    kg evaluate tests/gold --errors 10 --kinds wrong,missed
    kg evaluate my.yaml --graph build/graph.ttl --json
    """
    from kg.evaluate import evaluate as compare
    from kg.evaluate.counting import KINDS
    from kg.evaluate.report import format_figures, format_problems
    from kg.ontology import load_ontology

    chosen = tuple(kinds.replace(" ", "").split(",")) if kinds else KINDS
    if unknown := sorted(set(chosen) - set(KINDS)):
        raise click.UsageError(f"There is no kind of error {', '.join(unknown)}; there are {', '.join(KINDS)}.")
    found = compare(golds, load_ontology(), graph=graph)
    if as_json:
        click.echo(json.dumps(found.figures, ensure_ascii=False, indent=2))
        return
    click.echo(format_figures(found.figures), nl=False)
    problems = format_problems(found.problems, most=errors, kinds=chosen)
    click.echo(f"\n{problems}" if problems else "", nl=False)
