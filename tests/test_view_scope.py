"""Views of a part of a graph, the command that makes them, and the frame for notebooks."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, Store
from rdflib import Graph

import kg.view
from kg.cli import cli
from kg.errors import QueryError
from kg.ontology import load_ontology
from kg.view import make_view, show
from kg.view.contents import Contents, read_contents
from kg.view.scope import around, find_nodes, keep_nodes, most_linked

GRAPH = Path(__file__).parent / "browser/graph.ttl"
ID = "https://example.org/kg/id/"


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    store.load(path=GRAPH, format=RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def contents(store: Store) -> Contents:
    return read_contents(store, load_ontology())


def names_of(contents: Contents, numbers) -> set[str]:
    return {contents.nodes[number].name for number in numbers}


def contents_of(page: str):
    return json.loads(re.search(r'id="contents">(.*?)</script>', page, re.S)[1])


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("惠科", {"惠科股份有限公司"}),
        ("惠科股份有限公司", {"惠科股份有限公司"}),
        (f"{ID}Company/惠科股份有限公司", {"惠科股份有限公司"}),
        ("huike", {"惠科股份有限公司"}),
        ("显示模组", {"惠科显示模组项目"}),
        ("没有这个", set()),
        ("", set()),
    ],
)
def test_an_entity_is_found_by_name_iri_or_pinyin(contents, name, found):
    assert names_of(contents, find_nodes(contents, name)) == found


def test_depth_counts_facts(contents):
    start = find_nodes(contents, "渝州专利十强")
    assert around(contents, start, 0) == set(start)
    assert names_of(contents, around(contents, start, 1)) == {"渝州专利十强", "惠科股份有限公司"}
    assert around(contents, start, 1) < around(contents, start, 2)


def test_a_part_holds_its_facts_with_their_quotes_and_nothing_else(contents):
    kept = around(contents, find_nodes(contents, "渝州专利十强"), 1)
    part = keep_nodes(contents, kept)
    whole = {fact.iri: fact for fact in contents.facts}
    assert [part.nodes[fact.object].name for fact in part.facts] == ["渝州专利十强"]
    for fact in part.facts:
        before = whole[fact.iri]
        assert [quote.text for quote in fact.quotes] == [quote.text for quote in before.quotes]
        for now, then in zip(fact.quotes, before.quotes, strict=True):
            assert part.sources[now.article] == contents.sources[then.article]


def test_the_best_linked_come_first(contents):
    assert names_of(contents, most_linked(contents, 1)) == {"惠科股份有限公司"}
    assert most_linked(contents, 1000) == set(range(len(contents.nodes)))


def test_a_page_beyond_the_limit_shows_fewer_and_says_so(store, monkeypatch):
    full = len(make_view(store, ontology=load_ontology(), title="图").encode())
    monkeypatch.setattr(kg.view, "MOST_BYTES", full + 10)
    assert contents_of(make_view(store, ontology=load_ontology(), title="图"))["whole"] is None
    monkeypatch.setattr(kg.view, "_MOST_NODES", 3)
    monkeypatch.setattr(kg.view, "_TOP", 3)
    page = make_view(store, ontology=load_ontology(), title="图")
    assert contents_of(page)["whole"] == {"nodes": 7, "facts": 6}
    assert len(contents_of(page)["nodes"]) == 3


def test_the_command_says_what_it_left_out(monkeypatch, tmp_path):
    monkeypatch.setattr(kg.view, "_MOST_NODES", 3)
    monkeypatch.setattr(kg.view, "_TOP", 3)
    assert "the 3 best linked of 7 entities" in run(GRAPH, "--out", tmp_path / "x.html").output


def run(*args: object):
    return CliRunner().invoke(cli, ["view", *map(str, args)])


def test_the_command_writes_beside_the_graph_unless_told(tmp_path):
    graph = tmp_path / "graph.ttl"
    graph.write_bytes(GRAPH.read_bytes())
    assert run(graph).exit_code == 0
    assert run(graph, "--out", tmp_path / "other.html").exit_code == 0
    assert (tmp_path / "graph.html").read_bytes() == (tmp_path / "other.html").read_bytes()


def test_a_query_chooses_entities_and_the_ends_of_statements(tmp_path):
    query = tmp_path / "q.rq"
    query.write_text(f"SELECT ?s {{ VALUES ?s {{ <{ID}statement/s1> }} }}", encoding="utf-8")
    out = tmp_path / "out.html"
    assert run(GRAPH, "--query", query, "--out", out).exit_code == 0
    assert len(contents_of(out.read_text(encoding="utf-8"))["nodes"]) == 2


@pytest.mark.parametrize(
    ("args", "status", "words"),
    [
        (["nowhere.ttl"], 1, "nowhere.ttl"),
        ([GRAPH, "--focus", "没有这个"], 1, "no entity of the graph is called '没有这个'"),
        ([GRAPH, "--query", "nowhere.rq"], 2, "nowhere.rq cannot be read"),
        ([GRAPH, "--top", "0"], 2, "--top"),
    ],
)
def test_what_cannot_be_shown_is_said(args, status, words, tmp_path):
    result = run(*args, "--out", tmp_path / "x.html")
    assert result.exit_code == status
    assert words in result.output
    assert not (tmp_path / "x.html").exists()


def test_a_query_that_names_nothing_is_refused(store):
    with pytest.raises(QueryError, match="names no entity"):
        make_view(store, ontology=load_ontology(), title="", query="SELECT ?x { BIND(1 AS ?x) }")


def test_a_notebook_shows_the_same_page_whatever_holds_the_graph(store):
    graph = Graph().parse(GRAPH)
    frames = [show(store)._repr_html_(), show(graph)._repr_html_()]
    assert frames[0] == frames[1]
    assert show(str(GRAPH)).page.count("<title>graph.ttl</title>") == 1
    assert frames[0].count("<") == 2 and 'sandbox="allow-scripts ' in frames[0]


@pytest.mark.parametrize("turtle", ["<urn:a> <urn:b> .", "@prefix : <urn:x> . :a :b", "\x00", "{}"])
def test_broken_turtle_is_refused_with_its_name(turtle, tmp_path):
    graph = tmp_path / "broken.ttl"
    graph.write_text(turtle, encoding="utf-8")
    result = run(graph)
    assert result.exit_code == 1
    assert "broken.ttl" in result.output and "Traceback" not in result.output
    assert not (tmp_path / "broken.html").exists()
