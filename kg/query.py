"""How SPARQL is run: the project's prefixes declared, parameters bound as terms, the network out of reach.

Takes a store and a query's text, gives a `Result`; `kg.questions` knows the library, `kg.results` the formats.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple, Variable
from rich.cells import cell_len

from kg.errors import QueryError
from kg.iris import NAMESPACES
from kg.store import has_named_graphs

Term = NamedNode | BlankNode | Literal | Triple
Row = tuple[Term | None, ...]

_SERVICE = re.compile("servi(?=ce)", re.IGNORECASE)
_BARE_SERVICE = re.compile(r"(?<![\w:?$@-])service(?![\w:-])", re.IGNORECASE)
_UPDATE = re.compile("(?:INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\\b", re.IGNORECASE)
_REASON = re.compile(r"(?s)error at (?P<line>\d+):(?P<column>\d+): expected (?:one of )?(?P<wanted>.*)")
_ITEM = re.compile(r"\[(?:'[^']*'|[^\]'])*\]|\"[^\"]*\"|[^\s,\[\"][^,\[\"]*")
_FROM = re.compile(r"(?<![\w:?$@-])from\s*(?:named\b|<|[\w-]*:)", re.IGNORECASE)
_QUOTED = re.compile(
    r"\"\"\".*?\"\"\"|'''.*?'''|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|<[^<>\s]*>|#[^\n]*", re.DOTALL
)
_LONGEST_WORD = len("ENCODE_FOR_URI")
_MAX_SIGNS = 6
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Result:
    """What a query answers: rows under columns (SELECT), true or false (ASK), or triples (CONSTRUCT, DESCRIBE)."""

    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    boolean: bool | None = None
    triples: tuple[Triple, ...] | None = None


@dataclass(frozen=True, slots=True)
class Dataset:
    """What a query is asked about where something outside its text says so: graphs of the store, by their IRIs."""

    default: Sequence[str]
    named: Sequence[str]


def run_query(
    store: Store,
    text: str,
    params: Mapping[str, Term] | None = None,
    *,
    dataset: Dataset | None = None,
    max_rows: int | None = None,
    allow_service: bool = False,
) -> Result:
    """The whole answer to a SPARQL query. Nothing is fetched: SERVICE is refused, unless `allow_service`; FROM names
    graphs of the store.

    A parameter has to be among the variables of the SELECT; in BIND, BOUND and MINUS it counts as unbound.
    Raises QueryError, for a syntax error with line, column and a caret below the place; and TooManyRowsError where the
    answer has more rows or triples than `max_rows`, since a part of it could be taken for the whole.
    """
    if not allow_service:
        _refuse_service(text)
    try:
        return _read_answer(_start(store, text, params or {}, dataset), max_rows)
    except SyntaxError as error:
        raise _syntax_error(text, str(error)) from error
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryError(f"the query cannot be answered: {error}") from error


class TooManyRowsError(QueryError):
    """The answer is longer than was allowed."""


def _start(
    store: Store, text: str, params: Mapping[str, Term], dataset: Dataset | None = None
) -> pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples:
    return store.query(
        text,
        prefixes=NAMESPACES,
        use_default_graph_as_union=dataset is None and has_named_graphs(store) and not _names_graphs(text),
        default_graph=None if dataset is None else [NamedNode(iri) for iri in dataset.default],
        named_graphs=None if dataset is None else [NamedNode(iri) for iri in dataset.named],
        substitutions={Variable(name): term for name, term in params.items()},
    )


def _names_graphs(text: str) -> bool:
    """Whether the query itself says by FROM what it is asked about."""
    return _FROM.search(strip_quoted(text)) is not None


def strip_quoted(text: str) -> str:
    """The query with blanks for its strings, comments and what stands in `<>`: grammar and names, at their places."""
    return _QUOTED.sub(_blank, text)


def _blank(found: re.Match[str]) -> str:
    length = len(found[0])
    return f"<{' ' * (length - 2)}>" if found[0].startswith("<") else " " * length


def _read_answer(
    answer: pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples, max_rows: int | None
) -> Result:
    if isinstance(answer, pyoxigraph.QueryBoolean):
        return Result(boolean=bool(answer))
    found = list(answer if max_rows is None else islice(answer, max_rows + 1))
    if max_rows is not None and len(found) > max_rows:
        raise TooManyRowsError(f"the answer has more than {max_rows} rows; ask for fewer with LIMIT and OFFSET")
    if isinstance(answer, pyoxigraph.QueryTriples):
        return Result(triples=tuple(sorted(set(found), key=str)))
    return Result(tuple(variable.value for variable in answer.variables), tuple(tuple(row) for row in found))


def _refuse_service(text: str) -> None:
    """The engine's own grammar decides: where the query still parses with the word spoilt, it was no keyword."""
    spoilt = _SERVICE.sub("xxxxx", text)
    if spoilt == text:
        return
    try:
        _start(Store(), spoilt, {})
    except SyntaxError as error:
        mistake = _find_mistake(spoilt, str(error))
        if _BARE_SERVICE.search(text, max(0, mistake.start - _LONGEST_WORD), mistake.end):
            raise QueryError(
                "SERVICE would ask another server, and queries here never reach the network "
                "(only those of `kg query --allow-service` do); "
                "load that server's data into the graph instead"
            ) from error
        raise _syntax_error(text, str(error)) from error


@dataclass(frozen=True, slots=True)
class _Mistake:
    """Where the parser gave up, between two places in the text, and what it looked for there."""

    start: int
    end: int
    wanted: tuple[str, ...]


def _syntax_error(text: str, reason: str) -> QueryError:
    mistake = _find_mistake(text, reason)
    number = text.count("\n", 0, mistake.start) + 1
    column = mistake.start - text.rfind("\n", 0, mistake.start)
    left = text[max(mistake.start - min(column - 1, _SHOWN), 0) : mistake.start]
    right = text[mistake.start : mistake.start + _SHOWN].partition("\n")[0].rstrip("\r")
    blanks = "".join(ch if ch == "\t" else " " * cell_len(ch) for ch in left)
    marks = "^" * max(1, cell_len(right[: mistake.end - mistake.start]))
    what = _explain(text, mistake)
    return QueryError(f"line {number}, column {column}: {what}\n  {left}{right}\n  {blanks}{marks}", line=number)


def _find_mistake(text: str, reason: str) -> _Mistake:
    """The parser compares as many characters with a keyword as that has, and reports the end of those.

    Blanks behind the text give it room to, so that the length of the keyword leads back to the place.
    """
    try:
        _start(Store(), text + " " * _LONGEST_WORD, {})
    except SyntaxError as error:
        reason = str(error)
    found = _REASON.match(reason)
    if found is None:
        return _Mistake(0, 0, (reason,))
    lines = text.split("\n")
    end = sum(len(line) + 1 for line in lines[: int(found["line"]) - 1]) + int(found["column"]) - 1
    wanted = tuple(item for item in _ITEM.findall(found["wanted"]) if item != "[_]")
    overshoot = max(map(len, wanted), default=0) if all(item.isupper() for item in wanted) else 0
    return _Mistake(min(max(0, end - overshoot), len(text.rstrip())), end, wanted)


def _explain(text: str, mistake: _Mistake) -> str:
    if sentences := [item for item in mistake.wanted if " " in item and "Prefix" not in item and item[0] != "["]:
        return "; ".join(sentences)
    prefix = re.search(r"([\w-]*):\S*$", text[: mistake.end].rstrip()) or re.match(r"([\w-]*):", text[mistake.start :])
    if prefix and prefix[1] not in {*NAMESPACES, *re.findall(r"(?i)\bprefix\s+([\w-]*):", text)}:
        return f"the prefix {prefix[1]}: is not declared; known without declaration are {', '.join(NAMESPACES)}"
    if _UPDATE.match(text, mistake.start):
        return "a query can ask (SELECT, ASK, CONSTRUCT, DESCRIBE), not change anything"
    signs = [item.strip('"') for item in mistake.wanted if item.startswith('"')]
    hint = f"; {' or '.join(signs[:_MAX_SIGNS])} could stand here" if signs else ""
    return f"the query cannot be understood from here on{hint}"
