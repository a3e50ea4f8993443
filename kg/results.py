"""A query's answer in the formats that people and programs read. Takes a `Result`, gives text.

CSV is made for spreadsheets: it starts with a byte order mark, so that Excel shows Chinese, and a text that would run
there as a formula (`=`, `+`, `-`, `@` …) has an apostrophe before it. TSV, JSON and XML are exactly what W3C says.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from importlib import import_module
from types import MappingProxyType
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.errors import QueryError
from kg.iris import NAMESPACES
from kg.query import Result, Term
from kg.table import format_markdown, format_table
from kg.turtle import write_turtle

_XSD = NAMESPACES["xsd"]
_NUMBERS = frozenset(_XSD + name for name in ("integer", "decimal", "double", "float", "nonNegativeInteger"))
_RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BOM = "\ufeff"


def format_result(result: Result, format_: str, *, width: int | None = None) -> str:
    """`result` as table, csv, tsv, json, xml, md or ttl; a table is kept within `width` cells.

    Raises QueryError where the format is not for that kind of answer.
    """
    if result.triples is not None:
        if format_ not in {"ttl", "table"}:
            raise QueryError(f"this query makes triples, which {format_} cannot hold; use --format ttl")
        return write_turtle(result.triples, NAMESPACES, only_used=True).decode()
    if format_ == "ttl":
        raise QueryError("ttl is for queries that make triples (CONSTRUCT, DESCRIBE); use --format table or csv")
    if format_ == "table":
        return _format_table(result, width)
    return FORMATS[format_](result)


def make_frame(result: Result) -> Any:  # noqa: ANN401 -- pandas need not be there
    """The rows of a SELECT as a pandas DataFrame: numbers as numbers, days as dates, all else as text, unbound as None.

    >>> make_frame(run_query(open_store(Path("build/graph.ttl")), "SELECT …"))    # doctest: +SKIP
    """
    try:
        pandas = import_module("pandas")
    except ImportError as error:
        raise QueryError("a DataFrame needs pandas: pip install pandas") from error
    rows = [[_read_value(term) for term in row] for row in result.rows]
    return pandas.DataFrame(rows, columns=list(result.columns), dtype=None if rows else object)


def _read_value(term: Term | None) -> object:
    """As Python has it. An amount is exact, and too long for a float: a whole one becomes an int."""
    if not isinstance(term, Literal):
        return None if term is None else _plain(term)
    try:
        if term.datatype.value == f"{_XSD}date":
            return date.fromisoformat(term.value)
        if term.datatype.value == f"{_XSD}boolean":
            return term.value in {"true", "1"}
        if _is_number(term):
            return int(term.value) if re.fullmatch(r"[+-]?\d{1,18}", term.value) else float(term.value)
    except ValueError:
        pass
    return term.value


def _format_table(result: Result, width: int | None) -> str:
    if result.boolean is not None:
        return f"{_boolean(result)}\n"
    return format_table(result.columns, _shown_rows(result), numeric=_numeric_columns(result), width=width)


def _format_markdown(result: Result) -> str:
    if result.boolean is not None:
        return f"{_boolean(result)}\n"
    return format_markdown(result.columns, _shown_rows(result), numeric=_numeric_columns(result))


def _shown_rows(result: Result) -> Iterator[list[str]]:
    return ([show_term(term) for term in row] for row in result.rows)


def _numeric_columns(result: Result) -> list[bool]:
    columns = range(len(result.columns))
    return [all(row[i] is None or _is_number(row[i]) for row in result.rows) and bool(result.rows) for i in columns]


def show_term(term: Term | None) -> str:
    """For reading: IRIs shortened, figures of five digits and more in groups of three."""
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return _shorten(term.value)
    if isinstance(term, Literal):
        return _group_digits(term.value) if _is_number(term) else term.value
    return str(term)


def _shorten(iri: str) -> str:
    for prefix, namespace in NAMESPACES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"


def _is_number(term: Term | None) -> bool:
    return isinstance(term, Literal) and term.datatype.value in _NUMBERS


def _group_digits(number: str) -> str:
    whole, point, rest = number.partition(".")
    return f"{int(whole):,}{point}{rest}" if whole.isascii() and whole.isdigit() and len(whole) > 4 else number


def _boolean(result: Result) -> str:
    return "true" if result.boolean else "false"


def _plain(term: Term | None) -> str:
    return "" if term is None else term.value if isinstance(term, NamedNode | Literal) else str(term)


def _format_csv(result: Result) -> str:
    return _BOM + format_csv(result, guard=_guard)


def format_csv(result: Result, *, guard: Callable[[Term | None], str] = _plain) -> str:
    """CSV as W3C has it, for programs: no mark before it, no text changed, unless `guard` says otherwise."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    if result.boolean is not None:
        writer.writerow([_boolean(result)])
    else:
        writer.writerow(result.columns)
        writer.writerows([guard(term) for term in row] for row in result.rows)
    return lines.getvalue()


def _guard(term: Term | None) -> str:
    text = _plain(term)
    return f"'{text}" if text.startswith(_RUNS_AS_FORMULA) and not _is_number(term) else text


def _format_tsv(result: Result) -> str:
    if result.boolean is not None:
        return f"{_boolean(result)}\n"
    rows = (["" if term is None else _turtle_term(term) for term in row] for row in result.rows)
    lines = ([f"?{column}" for column in result.columns], *rows)
    return "".join("\t".join(line) + "\n" for line in lines)


def _turtle_term(term: Term) -> str:
    return str(term).replace("\t", "\\t")


def _format_json(result: Result) -> str:
    if result.boolean is not None:
        return json.dumps({"head": {}, "boolean": result.boolean}) + "\n"
    head = json.dumps({"vars": result.columns}, ensure_ascii=False)
    bindings = ({name: _json_term(term) for name, term in _bound(result, row)} for row in result.rows)
    lines = ",\n".join(json.dumps(binding, ensure_ascii=False) for binding in bindings)
    return f'{{"head": {head},\n"results": {{"bindings": [\n{lines}\n]}}}}\n'


def _bound(result: Result, row: tuple[Term | None, ...]) -> Iterator[tuple[str, Term]]:
    return ((name, term) for name, term in zip(result.columns, row, strict=True) if term is not None)


def _json_term(term: Term) -> dict[str, object]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Literal):
        return {"type": "literal", "value": term.value} | _literal_kind(term, "xml:lang")
    parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
    return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}


def _literal_kind(term: Literal, language: str) -> dict[str, object]:
    if term.language:
        return {language: term.language}
    return {} if term.datatype.value == f"{_XSD}string" else {"datatype": term.datatype.value}


def _format_xml(result: Result) -> str:
    variables = "".join(f"<variable name={quoteattr(name)}/>" for name in result.columns)
    lines = [
        '<?xml version="1.0"?>',
        '<sparql xmlns="http://www.w3.org/2005/sparql-results#">',
        f"<head>{variables}</head>",
    ]
    if result.boolean is not None:
        lines.append(f"<boolean>{_boolean(result)}</boolean>")
    else:
        rows = (
            "".join(
                f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>" for name, term in _bound(result, row)
            )
            for row in result.rows
        )
        lines += ["<results>", *(f"<result>{row}</result>" for row in rows), "</results>"]
    return "\n".join([*lines, "</sparql>"]) + "\n"


def _xml_term(term: Term) -> str:
    if isinstance(term, NamedNode):
        return f"<uri>{_xml_text(term.value)}</uri>"
    if isinstance(term, BlankNode):
        return f"<bnode>{_xml_text(term.value)}</bnode>"
    if isinstance(term, Literal):
        kind = "".join(f" {name}={quoteattr(str(value))}" for name, value in _literal_kind(term, "xml:lang").items())
        return f"<literal{kind}>{_xml_text(term.value)}</literal>"
    parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
    return f"<triple>{''.join(f'<{name}>{_xml_term(part)}</{name}>' for name, part in parts.items())}</triple>"


def _xml_text(text: str) -> str:
    """Characters that XML cannot hold at all become U+FFFD."""
    fit = (
        ch if ch in "\t\n\r" or "\x20" <= ch <= "\ud7ff" or "\ue000" <= ch <= "\ufffd" or ch > "\uffff" else "\ufffd"
        for ch in text
    )
    return escape("".join(fit), {"\r": "&#13;"})


FORMATS: Mapping[str, Callable[[Result], str]] = MappingProxyType(
    {"csv": _format_csv, "tsv": _format_tsv, "json": _format_json, "xml": _format_xml, "md": _format_markdown}
)
