"""The library of questions in `queries/`, and how their parameters become RDF terms.

A question is a SPARQL file whose first lines say it in plain words and declare its parameters:

    # 问：谁与谁签约？
    # Q: Who signed with whom?
    # param: party (entity) — 签约的一方 / one side of the signing
    # param: top (integer) = 10 — 前几名 / how many places

A parameter without a value stays a free variable, so the question is asked about everything; where that makes no sense
it is `required`, or has a value after `=`. Values never become part of the query's text.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Store

from kg import resources
from kg.errors import QueryError
from kg.iris import NAMESPACES
from kg.query import Result, Term, run_query

_QUESTION = re.compile(r"#\s*(?P<lang>问|Q)\s*[:：]\s*(?P<text>.+)")
_PARAMETER = re.compile(
    r"#\s*param:\s*(?P<name>\w+) \((?P<type>\w+)\)(?P<required> required)?(?: = (?P<default>\S+))?(?: — (?P<about>.+))?"
)
_TYPES = ("entity", "text", "date", "integer", "decimal")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|^`\\]+")
_NAMES = tuple(NamedNode(NAMESPACES["skos"] + local) for local in ("prefLabel", "altLabel"))


@dataclass(frozen=True, slots=True)
class Parameter:
    """`type` is entity (a name or an IRI), text, date, integer or decimal."""

    name: str
    type: str
    about: str = ""
    default: str | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A query with the question that it answers, in both languages; `group` is its folder."""

    name: str
    text: str
    group: str = ""
    zh: str = ""
    en: str = ""
    parameters: tuple[Parameter, ...] = ()


def list_queries(folder: Path | None = None) -> tuple[Question, ...]:
    """The library, by folder and name."""
    paths = sorted((folder or resources.path("queries")).glob("*/*.rq"))
    return tuple(
        read_question(path.read_text(encoding="utf-8"), name=path.stem, group=path.parent.name) for path in paths
    )


def find_query(name: str, folder: Path | None = None) -> Question:
    """The question of that name. Raises QueryError that offers similar names."""
    questions = {question.name: question for question in list_queries(folder)}
    if name not in questions:
        raise QueryError(f"there is no query {name}; `kg query` lists them all{_suggest(name, questions)}")
    return questions[name]


def read_question(text: str, *, name: str, group: str = "") -> Question:
    """A query with what the comments at its head say about it."""
    said = {"问": "", "Q": ""}
    parameters = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if question := _QUESTION.match(line):
            said[question["lang"]] = question["text"].strip()
        elif re.match(r"#\s*param\b", line):
            parameters.append(_read_parameter(line.rstrip(), name))
    return Question(name, text, group, said["问"], said["Q"], tuple(parameters))


def _read_parameter(line: str, query: str) -> Parameter:
    found = _PARAMETER.fullmatch(line)
    if found is None or found["type"] not in _TYPES:
        form = f"# param: NAME (TYPE) — what it is, TYPE being one of {', '.join(_TYPES)}"
        raise QueryError(f"“{line}” declares no parameter; write {form}", path=query)
    return Parameter(found["name"], found["type"], found["about"] or "", found["default"], bool(found["required"]))


def answer_question(store: Store, question: Question, values: Mapping[str, str]) -> Result:
    """Runs a question with the values that a user typed.

    Parameters have to stand in the SELECT to be bound, but are no part of the answer. A name that
    several entities have asks about each of them. Raises QueryError for a value that does not fit.
    """
    return answer_by(question, values, find=partial(find_entities, store), run=partial(run_query, store))


def answer_by(
    question: Question,
    values: Mapping[str, str],
    *,
    find: Callable[[str], Sequence[NamedNode]],
    run: Callable[[str, Mapping[str, Term]], Result],
) -> Result:
    """The same by other means than a store: `find` gives the entities of a name, `run` the answer of a query."""
    check_parameters(question, values)
    choices: list[dict[str, Term]] = [{}]
    for parameter in question.parameters:
        value = values.get(parameter.name, parameter.default)
        if value is not None:
            terms = find(value) if parameter.type == "entity" else (make_literal(parameter, value),)
            choices = [{**chosen, parameter.name: term} for chosen in choices for term in terms]
    results = [run(question.text, chosen) for chosen in choices]
    return _join_results(results, without=frozenset(parameter.name for parameter in question.parameters))


def check_parameters(question: Question, values: Mapping[str, str]) -> None:
    """Raises QueryError for a parameter that is unknown or missing, and for a value of the wrong form."""
    known = {parameter.name: parameter for parameter in question.parameters}
    for name, value in values.items():
        if name not in known:
            listed = ", ".join(f"--{one}" for one in known) or "none"
            raise QueryError(f"{question.name} has no parameter --{name}; it has {listed}")
        if known[name].type != "entity":
            make_literal(known[name], value)
    for parameter in question.parameters:
        if parameter.required and parameter.name not in values:
            raise QueryError(f"{question.name} needs --{parameter.name}: {parameter.about}")


def make_literal(parameter: Parameter, value: str) -> Literal:
    """The term that a value stands for which is no entity."""
    try:
        match parameter.type:
            case "date":
                return Literal(date.fromisoformat(value).isoformat(), datatype=_xsd("date"))
            case "integer":
                return Literal(str(int(value)), datatype=_xsd("integer"))
            case "decimal":
                return Literal(f"{_read_decimal(value):f}", datatype=_xsd("decimal"))
            case _:
                return Literal(value)
    except (ValueError, ArithmeticError):
        wanted = {"date": "a date like 2021-04-28", "integer": "a whole number", "decimal": "a number"}
        raise QueryError(f"--{parameter.name} wants {wanted[parameter.type]}, not “{value}”") from None


def _xsd(local: str) -> NamedNode:
    return NamedNode(NAMESPACES["xsd"] + local)


def _read_decimal(value: str) -> Decimal:
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(value)
    return number


def find_entities(store: Store, name: str) -> tuple[NamedNode, ...]:
    """The entities with this name, canonical or other, or this IRI. Raises QueryError that offers similar names."""
    if _IRI.fullmatch(name):
        return (NamedNode(name),)
    for label in (Literal(name, language="zh"), Literal(name, language="en"), Literal(name)):
        quads = (quad for predicate in _NAMES for quad in store.quads_for_pattern(None, predicate, label, None))
        found = {quad.subject for quad in quads if isinstance(quad.subject, NamedNode)}
        if found:
            return tuple(sorted(found, key=lambda node: node.value))
    raise QueryError(f"nothing in the graph is called {name}{_suggest(name, _list_names(store))}")


def _list_names(store: Store) -> list[str]:
    quads = (quad for predicate in _NAMES for quad in store.quads_for_pattern(None, predicate, None, None))
    return sorted({quad.object.value for quad in quads if isinstance(quad.object, Literal)})


def _suggest(name: str, known: Iterable[str]) -> str:
    names = list(known)
    near = [one for one in names if name and (name in one or one in name)][:3] or difflib.get_close_matches(name, names)
    return f"; did you mean {' or '.join(near)}?" if near else ""


def _join_results(results: list[Result], *, without: frozenset[str]) -> Result:
    """All answers as one, each row once, in the order in which they came."""
    first = results[0]
    if first.boolean is not None:
        return Result(boolean=any(result.boolean for result in results))
    if first.triples is not None:
        return Result(triples=tuple(dict.fromkeys(triple for one in results for triple in one.triples or ())))
    kept = [place for place, column in enumerate(first.columns) if column not in without]
    rows = (tuple(row[place] for place in kept) for result in results for row in result.rows)
    return Result(tuple(first.columns[place] for place in kept), tuple(dict.fromkeys(rows) if without else rows))
