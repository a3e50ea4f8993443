"""Figures and text of an evaluation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from kg.evaluate.counting import KINDS, Problem, Tally
from kg.evaluate.said import Said
from kg.ontology import Ontology
from kg.table import escape_controls, format_table

_MEANING = {
    "wrong": "facts that are not annotated, surest first",
    "missed": "annotated facts that are not there",
    "qualifier": "right facts whose details differ",
    "obs_wrong": "figures that are not annotated, surest first",
    "obs_missed": "annotated figures that are not there",
    "entity_missed": "annotated entities that are not there",
    "class": "entities of another class",
    "split": "entities that stand in several nodes",
    "merged": "nodes in which several entities stand",
}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`figures` is what `--json` prints; `problems` are all errors, the worst of each kind first."""

    figures: Mapping[str, Any]
    problems: tuple[Problem, ...]


def make_evaluation(tally: Tally, said: Said, articles: int, ontology: Ontology) -> Evaluation:
    counts = tally.counts
    same = [one == other for nodes in tally.across.values() for one, other in combinations(nodes, 2)]
    figures: dict[str, Any] = {
        "facts": _rates(counts, "facts")
        | {"optional": counts["facts optional"], "optional_found": counts["facts optional found"]},
        "by_relation": {
            relation: _relation_rates(tally.relations[relation])
            for relation in ontology.relations()
            if relation in tally.relations
        },
        "entities": {
            "core": counts["entities core"],
            "found": counts["entities found"],
            "recall": _share(counts["entities found"], counts["entities core"]),
            "class": _share(counts["entities class"], counts["entities found"]),
        },
        "resolution": {
            "split": counts["split"],
            "merged": counts["merged"],
            "across_pairs": len(same),
            "across_same": sum(same),
        },
        "qualifiers": _rates(counts, "qualifiers", core="asked"),
        "observations": _rates(counts, "observations"),
        "evidence": _evidence(said),
        "direct": {"missing": said.direct[0], "unfounded": said.direct[1]},
        "articles": {
            "gold": articles,
            "found": counts["articles found"],
            "in_graph": sum(bool(one.body) for one in said.articles.values()),
        },
        "calibration": {
            name: {"n": tally.bins[name][0], "right": round(tally.bins[name][1] / tally.bins[name][0], 3)}
            for name in sorted(tally.bins)
        },
    }
    ranked = sorted(tally.problems, key=lambda one: (KINDS.index(one.kind), -one.sure))
    return Evaluation(figures, tuple(ranked))


def _share(part: int, whole: int) -> float:
    return round(part / max(1, whole), 4)


def _rates(counts: Counter[str], what: str, *, core: str = "core") -> dict[str, float]:
    right, wrong, found, asked = (counts[f"{what} {name}"] for name in ("right", "wrong", "found", core))
    return make_rates(right, wrong, found, asked)


def _relation_rates(counts: Counter[str]) -> dict[str, float]:
    return make_rates(counts["right"], counts["wrong"], counts["found"], counts["gold"])


def make_rates(right: int, wrong: int, found: int, asked: int) -> dict[str, float]:
    """Precision over all that is said, recall over what is asked for; who says nothing says nothing wrong."""
    precision = right / (right + wrong) if right + wrong else 1.0
    recall = found / asked if asked else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    counts = {"right": right, "wrong": wrong, "found": found, "gold": asked}
    return counts | {"p": round(precision, 4), "r": round(recall, 4), "f1": round(f1, 4)}


def _evidence(said: Said) -> dict[str, int]:
    quoted = [one.true for part in said.articles.values() for one in part.statements]
    quoted += [one.true for part in said.articles.values() for one in part.observations]
    return {"quotes": len(quoted), "slice_true": sum(quoted)}


def format_figures(figures: Mapping[str, Any]) -> str:
    """A table of what has precision and recall, then the rest in lines."""
    rows = [_row(name, figures[name]) for name in ("facts", "qualifiers", "observations")]
    rows[1:1] = [_row(f"  {relation}", rates) for relation, rates in figures["by_relation"].items()]
    columns = ("", "gold", "found", "right", "wrong", "precision", "recall", "F1")
    table = format_table(columns, rows, numeric=(False, *[True] * 7))
    return "\n".join([table, *_lines(figures)]) + "\n"


def _row(name: str, rates: Mapping[str, float]) -> list[str]:
    counts = [str(rates[key]) for key in ("gold", "found", "right", "wrong")]
    return [name, *counts, *(f"{rates[key]:.3f}" for key in ("p", "r", "f1"))]


def _lines(figures: Mapping[str, Any]) -> Iterator[str]:
    entities, resolution, evidence = figures["entities"], figures["resolution"], figures["evidence"]
    articles, direct = figures["articles"], figures["direct"]
    yield (
        f"entities      {entities['found']} of {entities['core']} found ({entities['recall']:.3f}), "
        f"class right {entities['class']:.3f}"
    )
    yield (
        f"resolution    split {resolution['split']}, merged {resolution['merged']}, "
        f"same across articles {resolution['across_same']} of {resolution['across_pairs']}"
    )
    yield f"evidence      {evidence['slice_true']} of {evidence['quotes']} quotes are what the article says there"
    yield f"direct        {direct['missing']} triples missing, {direct['unfounded']} unfounded"
    bins = figures["calibration"]
    shares = [f"{name} {bins[name]['right']:.3f} of {bins[name]['n']}" for name in reversed(sorted(bins))]
    yield f"calibration   right at confidence {', '.join(shares) or '–'}"
    yield f"articles      {articles['found']} of {articles['gold']} found, {articles['in_graph']} in the graph"


def format_problems(problems: tuple[Problem, ...], *, most: int, kinds: Collection[str] = KINDS) -> str:
    """At most `most` of each of these kinds, with the words of the article."""
    parts = []
    for kind in (one for one in KINDS if one in kinds):
        rows = [one for one in problems if one.kind == kind]
        if rows and most:
            shown = [line for one in rows[:most] for line in _problem_lines(one)]
            more = [f"  … and {len(rows) - most} more"] if len(rows) > most else []
            parts.append("\n".join([f"{kind} ({len(rows)}): {_MEANING[kind]}", *shown, *more]))
    return "\n\n".join(parts) + "\n" if parts else ""


def _problem_lines(one: Problem) -> Iterator[str]:
    how = f"  [{one.sure:g} {one.rule}]" if one.rule else ""
    yield f"  {escape_controls(one.text)}{escape_controls(how)}"
    if one.sentence:
        yield f"      {escape_controls(one.sentence)}"
