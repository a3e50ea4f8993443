"""A corpus goes into a real store, the second time only what changed; what the store refuses is told plainly."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner
from pyoxigraph import Quad, RdfFormat, Store, parse

from kg.cli import cli
from kg.errors import OutputError
from kg.export.graphs import split_by_article
from kg.export.reading import read_triples
from kg.push import Pushed, push_graph
from kg.questions import answer_by, answer_question, list_queries
from kg.remote import ask_endpoint
from kg.store import open_store
from kg.turtle import sort_triples

SMALL = Path(__file__).parent / "data" / "small.ttl"
BASE = "https://example.org/kg/id/"


def find_server() -> str | None:
    """The oxigraph program of this environment, where there is one; a development environment has it."""
    beside = Path(sys.executable).parent / "oxigraph"
    return str(beside) if beside.exists() else shutil.which("oxigraph")


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[str]:
    """The address of an oxigraph server of our own."""
    if not (program := find_server()):
        assert not os.environ.get("KG_REQUIRE_STORES"), "the oxigraph server is missing"
        pytest.skip("there is no oxigraph server: pip install oxigraph")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    folder = tmp_path_factory.mktemp("oxigraph")
    running = subprocess.Popen(
        [program, "serve", "--location", str(folder), "--bind", address],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(address)
        yield f"http://{address}"
    finally:
        running.terminate()
        running.wait()


def wait_for(address: str) -> None:
    host, port = address.split(":")
    for _ in range(200):
        try:
            socket.create_connection((host, int(port)), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("the oxigraph server did not start")


@pytest.fixture
def store(server):
    """The server with nothing in it."""
    update(server, "DROP ALL")
    return server


def update(server, text):
    request = Request(f"{server}/update", text.encode(), {"Content-Type": "application/sparql-update"})
    urlopen(request).close()


def ask(server, query):
    with urlopen(Request(f"{server}/query?query={quote(query)}", headers={"Accept": "text/csv"})) as answer:
        return answer.read().decode().split("\r\n")[1:-1]


def read_remote(server):
    """All triples of the store but its index."""
    query = f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != <{BASE}graph/index>) }}"
    request = Request(f"{server}/query?query={quote(query)}", headers={"Accept": "application/n-triples"})
    with urlopen(request) as answer:
        return sort_triples(one.triple for one in parse(answer.read(), format=RdfFormat.N_TRIPLES))


def as_stored(triples):
    """As an Oxigraph store keeps them: it makes one integer of all its kinds."""
    store = Store()
    store.extend(Quad(one.subject, one.predicate, one.object) for one in triples)
    return sort_triples(one.triple for one in store)


def push(server, triples):
    return push_graph(triples, f"{server}/store", environment={})


def without_article(triples):
    """The graph without what rests on its last article alone."""
    graphs = split_by_article(triples)
    last = [graph for graph in graphs if "/article/" in graph.value][-1]
    return sort_triples(one for graph, inner in graphs.items() if graph != last for one in inner)


def test_the_store_says_what_the_graph_says(store):
    triples = read_triples(SMALL)
    graphs = len(split_by_article(triples))
    assert push(store, triples) == Pushed(graphs, 0, 0)
    assert read_remote(store) == as_stored(triples)
    assert len(ask(store, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")) == graphs + 1


def test_the_second_push_sends_the_difference(store):
    triples = read_triples(SMALL)
    push(store, triples)
    all_ = len(split_by_article(triples))
    assert push(store, triples) == Pushed(0, 0, all_)
    assert push(store, without_article(triples)) == Pushed(0, 1, all_ - 1)
    assert read_remote(store) == as_stored(without_article(triples))
    assert push(store, triples) == Pushed(1, 0, all_ - 1)
    assert read_remote(store) == as_stored(triples)


def test_a_push_that_breaks_is_finished_by_the_next(store):
    triples = read_triples(SMALL)

    def break_off(*_):
        raise KeyboardInterrupt

    more = sort_triples([*triples, *(one.triple for one in parse("<urn:a> <urn:b> 1 .", format=RdfFormat.TURTLE))])
    with pytest.raises(KeyboardInterrupt):
        push_graph(more, f"{store}/store", environment={}, tell=break_off)
    assert read_remote(store) != as_stored(triples)
    push(store, triples)
    assert read_remote(store) == as_stored(triples)


def test_a_pushed_release_answers_as_the_graph_does(store, tmp_path):
    """Release, push, query: all questions of the library, over HTTP from a store of another make."""
    assert CliRunner().invoke(cli, ["release", str(tmp_path), "--graph", str(SMALL)]).exit_code == 0
    released = tmp_path / "graph.ttl.gz"
    assert CliRunner().invoke(cli, ["push", f"{store}/store", "--graph", str(released)]).exit_code == 0
    local, filled = open_store(SMALL), 0
    remote = f"{store}/query?union-default-graph"
    for question in list_queries():
        if not any(parameter.required for parameter in question.parameters):
            wanted = answer_question(local, question, {})
            found = answer_by(question, {}, find=lambda _: (), run=partial(ask_endpoint, remote))
            assert (found.columns, sorted(map(str, found.rows))) == (wanted.columns, sorted(map(str, wanted.rows)))
            filled += bool(found.rows)
    assert filled > 20


class _Breaking(BaseHTTPRequestHandler):
    """A store that keeps graphs, and after `left` writes fails as `way` says: with 500, or by hanging up."""

    graphs: dict[str, bytes] = {}  # noqa: RUF012
    left, way = 0, ""

    def do_PUT(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        type(self).left -= 1
        if type(self).left < 0 and self.way == "hang up":
            self.close_connection = True
            return
        if type(self).left < 0:
            self.send_error(500)
            return
        if self.command == "PUT":
            self.graphs[self.path] = body
        else:
            self.graphs.pop(self.path, None)
        self.send_response(204)
        self.end_headers()

    do_DELETE = do_PUT  # noqa: N815

    def do_GET(self):
        self.send_response(200 if self.path in self.graphs else 404)
        self.end_headers()
        self.wfile.write(self.graphs.get(self.path, b""))

    def log_message(self, *_):
        pass


@pytest.mark.parametrize("way", ["500", "hang up"])
def test_wherever_a_push_breaks_the_next_one_finishes_it(way):
    """Old graphs are there first; then the store fails at every write of the new push in turn."""
    old, new = read_triples(SMALL), read_triples(SMALL.with_name("wider.ttl"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Breaking)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}/store"
    _Breaking.way = way
    try:
        for writes in range(len(split_by_article(old)) + len(split_by_article(new)) + 1):
            _Breaking.left = 1000
            push_graph(old, url, environment={})
            _Breaking.left = writes
            with pytest.raises(OutputError, match="push again" if way == "hang up" else "answered 500"):
                push_graph(new, url, environment={}, timeout=5)
            _Breaking.left = 1000
            push_graph(new, url, environment={})
            bodies = [body for path, body in _Breaking.graphs.items() if "graph%2Findex" not in path]
            held = sort_triples(one.triple for body in bodies for one in parse(body, format=RdfFormat.N_TRIPLES))
            assert held == new
    finally:
        _Breaking.left = 1000
        server.shutdown()


def test_the_command_says_what_it_did(store):
    done = CliRunner().invoke(cli, ["push", f"{store}/store", "--graph", str(SMALL)])
    assert done.exit_code == 0, done.output
    assert done.output.endswith("graphs sent, 0 deleted, 0 already there\n")


class _Answering(BaseHTTPRequestHandler):
    """Answers as its path says: /401/… with 401; /none/… not at all; remembers who asked."""

    asked: list[str | None] = []  # noqa: RUF012

    def do_GET(self):
        self.asked.append(self.headers.get("Authorization"))
        kind = self.path.split("/")[1]
        if kind == "none":
            self.close_connection = True
            return
        if kind == "moved":
            self.send_response(302)
            self.send_header("Location", "/elsewhere")
        else:
            self.send_response(int(kind))
        self.end_headers()
        self.wfile.write("磁盘满了\x1b[31m".encode())

    do_PUT = do_DELETE = do_GET  # noqa: N815

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def wall():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("401", "KG_PUSH_USER"),
        ("403", "KG_PUSH_TOKEN"),
        ("413", "this size"),
        ("500", "answered 500 to GET .*磁盘满了 "),
        ("200", "no RDF"),
        ("none", "gave no answer"),
        ("moved", "answered 302"),
    ],
)
def test_what_a_store_refuses_is_told(kind, message, wall):
    with pytest.raises(OutputError, match=message) as error:
        push_graph(read_triples(SMALL), f"{wall}/{kind}/store", environment={}, timeout=5)
    assert "\x1b" not in str(error.value)


def test_a_store_that_is_not_there_is_told():
    with pytest.raises(OutputError, match="gave no answer"):
        push_graph(read_triples(SMALL), "http://127.0.0.1:1/store", environment={})


@pytest.mark.parametrize("url", ["file:///etc/passwd", "store", "ftp://a.example/x"])
def test_an_address_that_is_none_is_refused(url):
    with pytest.raises(OutputError, match="no address"):
        push_graph([], url, environment={})


@pytest.mark.parametrize(
    ("environment", "headers"),
    [
        ({"KG_PUSH_USER": "a", "KG_PUSH_PASSWORD": "密"}, [None, "Basic YTrlr4Y="]),  # first: which way is wanted?
        ({"KG_PUSH_TOKEN": "t"}, ["Bearer t"]),
        ({}, [None]),
    ],
)
def test_the_environment_says_who_pushes(environment, headers, wall):
    _Answering.asked.clear()
    with pytest.raises(OutputError):
        push_graph([], f"{wall}/500/store", environment=environment)
    assert _Answering.asked == headers
