"""The forms of an answer, each read back by somebody else's reader."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, QuerySolutions, Triple, parse_query_results
from rich.cells import cell_len

from kg.errors import QueryError
from kg.iris import NAMESPACES
from kg.query import Result
from kg.results import format_result, make_frame, show_term
from kg.table import escape_controls, format_markdown, format_table

XSD = NAMESPACES["xsd"]
NUMBER = Literal("3000000000", datatype=NamedNode(f"{XSD}decimal"))
COMPANY = NamedNode("https://example.org/kg/id/Company/惠科")
ODD = Literal("\"<a>&'\t\n\\ \u202e\x1b[31m|", language="zh")
RESULT = Result(("who", "amount"), ((COMPANY, NUMBER), (ODD, None), (BlankNode("b"), Literal("=1+1"))))
READERS = {"json": QueryResultsFormat.JSON, "tsv": QueryResultsFormat.TSV}


@pytest.mark.parametrize("format_", READERS)
def test_what_the_engine_reads_back_is_the_answer(format_):
    solutions = parse_query_results(format_result(RESULT, format_), format=READERS[format_])
    assert isinstance(solutions, QuerySolutions)
    assert [variable.value for variable in solutions.variables] == list(RESULT.columns)
    assert [tuple(row) for row in solutions] == list(RESULT.rows)


def test_xml_holds_everything_but_what_xml_cannot_hold():
    solutions = parse_query_results(format_result(RESULT, "xml"), format=QueryResultsFormat.XML)
    assert isinstance(solutions, QuerySolutions)
    first, second, third = (tuple(row) for row in solutions)
    assert (first, third) == (RESULT.rows[0], RESULT.rows[2])
    assert second[0] == Literal(ODD.value.replace("\x1b", "\ufffd"), language="zh")


@pytest.mark.parametrize(("format_", "expected"), [("json", '"boolean": true'), ("xml", "<boolean>true</boolean>")])
def test_a_boolean_is_written(format_, expected):
    assert expected in format_result(Result(boolean=True), format_)


@pytest.mark.parametrize("format_", ["table", "csv", "tsv", "md"])
def test_a_boolean_is_a_word_in_formats_for_rows(format_):
    assert format_result(Result(boolean=False), format_).strip("\ufeff\r\n") == "false"


def test_a_frame_has_numbers_days_and_texts_as_python_has_them():
    pandas = pytest.importorskip("pandas")
    day = Literal("2024-03-05", datatype=NamedNode(f"{XSD}date"))
    half, odd = (Literal(text, datatype=NamedNode(f"{XSD}decimal")) for text in ("0.5", "x"))
    frame = make_frame(Result(("who", "amount", "day"), ((COMPANY, NUMBER, day), (ODD, half, None))))
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame.columns) == ["who", "amount", "day"]
    assert list(frame["who"]) == [COMPANY.value, ODD.value]
    assert frame["amount"].sum() == 3000000000.5
    assert frame["day"][0] == date(2024, 3, 5)
    assert pandas.isna(frame["day"][1])
    assert make_frame(Result(("n",), ((odd,),)))["n"][0] == "x"
    assert list(make_frame(Result(("a", "b"))).columns) == ["a", "b"]


FORMULAS = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("formula", FORMULAS)
def test_csv_runs_no_formula_in_a_spreadsheet(formula):
    text = format_result(Result(("x",), ((Literal(formula),),)), "csv")
    assert list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))[1] == [f"'{formula}"]


def test_csv_opens_with_chinese_intact_and_leaves_numbers_alone():
    text = format_result(Result(("名",), ((Literal("惠科"),), (Literal(-5),))), "csv")
    assert text.encode() == b"\xef\xbb\xbf" + "名\r\n惠科\r\n-5\r\n".encode()


def test_triples_come_as_turtle_and_rows_do_not():
    triples = Result(triples=(Triple(COMPANY, NamedNode(NAMESPACES["kg"] + "signedWith"), COMPANY),))
    assert "kg:signedWith <https://example.org/kg/id/Company/惠科>" in format_result(triples, "ttl")
    with pytest.raises(QueryError, match="--format ttl"):
        format_result(triples, "csv")
    with pytest.raises(QueryError, match="CONSTRUCT"):
        format_result(RESULT, "ttl")


SHOWN = [
    (NUMBER, "3,000,000,000"),
    (Literal(2021), "2021"),
    (Literal("12345"), "12345"),
    (Literal("12345.50", datatype=NamedNode(f"{XSD}decimal")), "12,345.50"),
    (NamedNode(NAMESPACES["kg"] + "Company"), "kg:Company"),
    (COMPANY, "<https://example.org/kg/id/Company/惠科>"),
    (None, ""),
]


@pytest.mark.parametrize(("term", "text"), SHOWN)
def test_a_term_is_shown_for_reading(term, text):
    assert show_term(term) == text


def test_a_table_is_aligned_by_the_cells_of_a_terminal():
    table = format_table(["a", "n"], [["惠科", "1"], ["OPPO（重庆）", "12"]], numeric=[False, True])
    assert table == "a              n\n────────────  ──\n惠科           1\nOPPO（重庆）  12\n"


@pytest.mark.parametrize("width", [30, 50, 80])
def test_a_table_keeps_within_the_terminal_and_loses_nothing(width):
    cells = ["惠科股份有限公司" * 4, "signedWith", "巴南区" * 9]
    table = format_table(["one", "two", "three"], [cells], numeric=[False] * 3, width=width)
    assert max(map(cell_len, table.splitlines())) <= width
    assert sum(table.count(ch) for ch in "巴南区") == 27
    assert table.count("惠科") + table.count("惠\n") >= 1


def test_names_cannot_steer_the_terminal():
    table = format_result(RESULT, "table")
    assert not set("\x1b\u202e\t") & set(table)
    assert "\\x1b[31m" in table
    assert escape_controls("惠科\n\u200b") == "惠科\\n\\u200b"


def test_names_cannot_become_markup_in_markdown():
    text = format_markdown(["x"], [["<b>|`[a](javascript:1)"]], numeric=[False])
    assert text.splitlines()[2] == "| \\<b\\>\\|\\`\\[a\\](javascript:1) |"


def test_an_empty_answer_still_shows_its_columns():
    assert format_result(Result(("who",), ()), "table") == "who\n───\n"
