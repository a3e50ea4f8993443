"""Pushing into Virtuoso, as Debian packages it: it wants Digest authentication, and has a taste in numbers."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
from pyoxigraph import RdfFormat, parse

from kg.errors import OutputError
from kg.export.graphs import split_by_article
from kg.export.reading import read_triples
from kg.push import Pushed, push_graph
from kg.turtle import sort_triples

DATA = Path(__file__).parent / "data"
WHO = {"KG_PUSH_USER": "dba", "KG_PUSH_PASSWORD": "dba"}  # as a new database has it
SETTINGS = """[Database]
DatabaseFile = v.db
ErrorLogFile = v.log
LockFile = v.lck
TransactionFile = v.trx
xa_persistent_file = v.pxa
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
ServerThreads = 8
NumberOfBuffers = 4000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4
"""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory) -> Iterator[str]:
    """The address of a server with an empty database of its own."""
    if not (program := shutil.which("virtuoso-t")):
        pytest.skip("there is no Virtuoso: apt-get install virtuoso-opensource-7-bin")
    folder, http = tmp_path_factory.mktemp("virtuoso"), free_port()
    (folder / "v.ini").write_text(SETTINGS.format(sql=free_port(), http=http), encoding="ascii")
    command = [program, "+foreground", "+configfile", "v.ini"]
    running = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(http, running)
        yield f"http://127.0.0.1:{http}"
    finally:
        running.kill()
        running.wait()


def wait_for(port: int, running: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert running.poll() is None, "Virtuoso did not start"
            time.sleep(0.1)
        else:
            return
    pytest.fail("Virtuoso did not start")


def read_graph(server, graph):
    address = f"{server}/sparql-graph-crud?graph={quote(graph.value, safe='')}"
    with urlopen(Request(address, headers={"Accept": "application/n-triples"})) as answer:
        return sort_triples(one.triple for one in parse(answer.read(), format=RdfFormat.N_TRIPLES))


def as_stored(triples):
    """Virtuoso makes an integer of a decimal without a fraction."""
    return sorted(str(one).replace("XMLSchema#decimal>", "XMLSchema#integer>") for one in triples)


def test_virtuoso_gets_every_graph_and_the_second_time_only_what_changed(virtuoso):
    store = f"{virtuoso}/sparql-graph-crud-auth"
    first, second = (read_triples(DATA / name) for name in ("wider.ttl", "small.ttl"))
    graphs = split_by_article(second)
    push_graph(first, store, environment=WHO)
    done = push_graph(second, store, environment=WHO)
    assert (done.sent, done.deleted > 0) == (len(graphs), True)
    assert {graph: as_stored(read_graph(virtuoso, graph)) for graph in graphs} == {
        graph: as_stored(inner) for graph, inner in graphs.items()
    }
    assert push_graph(second, store, environment=WHO) == Pushed(0, 0, len(graphs))


@pytest.mark.parametrize("environment", [{}, WHO | {"KG_PUSH_PASSWORD": "wrong"}])
def test_virtuoso_refuses_strangers_and_that_is_told(virtuoso, environment):
    with pytest.raises(OutputError, match=r"answered 401 .*KG_PUSH_USER"):
        push_graph([], f"{virtuoso}/sparql-graph-crud-auth", environment=environment)
