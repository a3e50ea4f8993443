"""Running SPARQL: answers, parameters, syntax errors, and that nothing reaches the network."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.query import run_query
from kg.store import open_store

SMALL = open_store(Path(__file__).parent / "data" / "small.ttl")
NAME = "https://example.org/kg/id/District/云岭市东湖区"


def test_the_projects_prefixes_need_no_declaration():
    result = run_query(SMALL, "SELECT ?name { ?ranking a kg:Ranking ; skos:prefLabel ?name }")
    assert result.columns == ("name",)
    assert result.rows == ((Literal("云岭百强企业榜单", language="zh"),),)


def test_ask_gives_a_boolean_and_construct_gives_sorted_triples():
    assert run_query(SMALL, "ASK { ?a kg:signedWith ?b }").boolean is True
    assert run_query(SMALL, "ASK { ?a kg:partOf ?b }").boolean is False
    triples = run_query(SMALL, "CONSTRUCT { ?a kg:signedWith ?b } WHERE { ?a kg:signedWith ?b }").triples
    assert triples is not None
    assert [triple.subject.value.rpartition("/")[2] for triple in triples] == ["青禾新材料股份有限公司", "云岭市东湖区"]


def test_parameters_are_bound_as_terms():
    result = run_query(SMALL, "SELECT ?place ?thing { ?thing kg:locatedIn ?place }", {"place": NamedNode(NAME)})
    assert {row[0] for row in result.rows} == {NamedNode(NAME)}
    assert len(result.rows) == 2


def test_a_hostile_value_stays_a_value():
    hostile = Literal('" } ; DROP ALL # SERVICE <http://127.0.0.1/>')
    assert run_query(SMALL, "SELECT ?n ?s { ?s skos:prefLabel ?n }", {"n": hostile}).rows == ()


def test_a_parameter_that_is_not_selected_is_an_error_and_not_ignored():
    with pytest.raises(QueryError, match="projection"):
        run_query(SMALL, "SELECT ?s { ?s skos:prefLabel ?n }", {"n": Literal("x")})


# The query, and where the fault is: line, column, what stands above the caret.
MISTAKES = [
    ("SELEKT ?s { ?s ?p ?o }", 1, 1, "SELEKT"),
    ("SELECT ?s {\n  ?s ?p ?o\n  OPTIONAL ?s kg:x ?o }", 3, 12, "?s kg:x"),
    ("SELECT ?s { ?s ?p '惠科' FILTER(?s = ) }", 1, 36, ") }"),
    ('SELECT ?s {\n\t?s ?p "惠科"@zh, ; kg:x ?o }', 2, 15, ", ; kg:x"),
    ("SELECT ?s { ?s ?p ?o } LIMIT x", 1, 30, "x"),
    ("SELECT ?s {\r\n ?s ?p )\r\n}", 2, 2, "?s ?p )"),
]


@pytest.mark.parametrize(("text", "line", "column", "place"), MISTAKES)
def test_a_caret_stands_below_the_mistake(text, line, column, place):
    with pytest.raises(QueryError, match=f"^line {line}, column {column}: ") as caught:
        run_query(SMALL, text)
    _, shown, carets = str(caught.value).split("\n")
    below = shown.index(place)
    width = sum(1 if ch.isascii() else 2 for ch in shown[:below])
    assert carets.index("^") == width
    assert caught.value.line == line


EXPLAINED = [
    ("SELECT ?s { ?s foo:x ?o }", "the prefix foo: is not declared; known without declaration are kg, "),
    ("SELECT ?x { ?s ?p ?o } GROUP BY ?s", "unbound"),
    ("SELECT ?s { ?s ?p ?o", "} could stand here"),
    ("INSERT DATA { <a:b> <a:b> <a:b> }", "not change anything"),
    ("", "line 1, column 1"),
    ("SELECT ?s { ?s a schema:Service ", "} could stand here"),
]


@pytest.mark.parametrize(("text", "message"), EXPLAINED)
def test_a_mistake_is_explained(text, message):
    with pytest.raises(QueryError) as caught:
        run_query(SMALL, text)
    assert message in str(caught.value)


def test_an_error_in_a_huge_line_shows_only_its_surroundings():
    with pytest.raises(QueryError) as caught:
        run_query(SMALL, f"SELECT ?s {{ {'?s ?p ?o . ' * 50_000} ! }}")
    assert len(str(caught.value)) < 1000


ATTACKS = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o . sErViCe SILENT <URL> { ?s ?p ?x } }",
    "ASK { FILTER EXISTS { SERVICE\n<URL> { ?s ?p ?o } } }",
    "SELECT * { { SELECT ?s { SERVICE ?x { ?s ?p ?o } } } VALUES ?x { <URL> } }",
    "SELECT ?a { ?a ?b ?c FILTER(1<?b)SERVICE#>\n<URL> { ?s ?p ?o } }",
    "SELECT ?a { ?a ?b '#' } # SERVICE\n VALUES ?a { UNDEF } SERVICE <URL> { ?s ?p ?o }",
    "SELECT * { ?s kg:a/kg:b ?o OPTIONAL { SERVICE <URL> { ?s ?p ?o } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
    "PREFIX service: <URL> SELECT * { SERVICE service:x { ?s ?p ?o } }",
    "LOAD <URL>",
]


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        yield server


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_query_opens_a_connection(attack, listener):
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    with pytest.raises(QueryError):
        run_query(SMALL, attack.replace("URL", url))
    with pytest.raises(TimeoutError):
        listener.accept()


def test_from_names_a_graph_of_the_store_and_fetches_nothing(listener):
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    assert run_query(SMALL, f"SELECT * FROM <{url}> {{ ?s ?p ?o }}").rows == ()
    with pytest.raises(TimeoutError):
        listener.accept()


HARMLESS = [
    "SELECT ?service { ?service ?p ?o } LIMIT 1",
    "SELECT ?s { ?s ?p ?o FILTER(?o != 'SERVICE <http://x/> {') } LIMIT 1",
    "SELECT ?s { ?s ?p ?o FILTER(?o != <http://x/service>) } # SERVICE <x> {\n LIMIT 1",
    "PREFIX service: <http://x/service#> SELECT ?s { ?s ?p ?o FILTER(?o != service:service) } LIMIT 1",
    "SELECT ?s { ?s ?p ?o FILTER(?o != schema:Service && ?o != '''\nSERVICE\n''') } LIMIT 1",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_the_word_service_is_allowed_where_it_is_no_keyword(text):
    assert len(run_query(SMALL, text).rows) == 1
