"""`kg serve` as clients meet it: a real server on loopback, asked by common libraries and by hand."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, parse
from rdflib import URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, SPARQLWrapper

from kg.cli import cli
from kg.serve.pool import Limits, Pool

ROOT = Path(__file__).parent.parent
SMALL = Path(__file__).parent / "data" / "small.ttl"
NAMED = """<a:s> <a:p> "default" .
<a:1> { <a:s> <a:p> "one" }
<a:2> { <a:s> <a:p> "two" }
"""
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"
NAMES = "SELECT ?name { ?x a kg:Company ; skos:prefLabel ?name } ORDER BY ?name"


def start(graph, *options):
    code = "import sys; from kg.cli import main; main(sys.argv[1:])"
    command = [sys.executable, "-c", code, "serve", "--graph", str(graph), "--port", "0", *options]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    server = subprocess.Popen(command, env=env, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    said = []
    for line in server.stderr:
        said.append(line)
        if found := re.search(r"running on (http://\S+)", line):
            # What else it says must not fill the pipe and stop it.
            threading.Thread(target=server.stderr.read, daemon=True).start()
            return server, found[1]
    raise AssertionError("".join(said))


def stop(server):
    server.send_signal(signal.SIGTERM)
    log = server.communicate(timeout=30)[0]
    return server.returncode, log


@pytest.fixture(scope="module")
def url():
    server, address = start(
        SMALL, "--time-limit", "2", "--max-rows", "200", "--workers", "2", "--cors", "https://friend.example",
        "--allow-host", "kg.example", "--max-request", "100000", "--memory", "300",
    )  # fmt: skip
    yield address
    stop(server)


@pytest.fixture(scope="module")
def named(tmp_path_factory):
    path = tmp_path_factory.mktemp("named") / "named.trig"
    path.write_text(NAMED, encoding="utf-8")
    server, address = start(path)
    yield address
    stop(server)


def ask(url, query, **headers):
    return httpx.get(f"{url}/sparql", params={"query": query}, headers=headers, timeout=120)


def test_all_three_ways_to_send_a_query_give_the_same_answer(url):
    answers = [
        ask(url, NAMES),
        httpx.post(f"{url}/sparql", data={"query": NAMES}),
        httpx.post(f"{url}/sparql", content=NAMES, headers={"Content-Type": "application/sparql-query"}),
    ]
    assert {answer.status_code for answer in answers} == {200}
    found = [[row["name"]["value"] for row in answer.json()["results"]["bindings"]] for answer in answers]
    assert found == [["云岭机电集团", "青禾新材料股份有限公司"]] * 3


FORMS = [
    (NAMES, "application/sparql-results+json", "application/sparql-results+json", "青禾"),
    (NAMES, "application/json", "application/json", "青禾"),
    (NAMES, "application/sparql-results+xml", "application/sparql-results+xml", "<literal"),
    (NAMES, "text/csv", "text/csv", "name\r\n云岭机电集团\r\n"),
    (NAMES, "text/tab-separated-values", "text/tab-separated-values", '?name\n"云岭机电集团"@zh'),
    (NAMES, "text/csv;q=0.2, application/sparql-results+xml;q=0.9", "application/sparql-results+xml", "<?xml"),
    (NAMES, "text/html,*/*;q=0.8", "application/sparql-results+json", "青禾"),
    ("ASK { ?a kg:signedWith ?b }", "application/sparql-results+xml", "application/sparql-results+xml", "true"),
    ("CONSTRUCT WHERE { ?a kg:signedWith ?b }", "*/*", "text/turtle", "kg:signedWith"),
    ("CONSTRUCT WHERE { ?a kg:signedWith ?b }", "application/rdf+xml", "application/rdf+xml", "<rdf:RDF"),
    ("CONSTRUCT WHERE { ?a kg:signedWith ?b }", "application/n-triples", "application/n-triples", "signedWith>"),
    ("CONSTRUCT WHERE { ?a kg:signedWith ?b }", "application/ld+json", "application/ld+json", "signedWith"),
    ("DESCRIBE <https://example.org/kg/id/District/云岭市>", "text/turtle", "text/turtle", "990100"),
]


@pytest.mark.parametrize(("query", "accept", "type_", "part"), FORMS)
def test_the_form_of_the_answer_is_negotiated(url, query, accept, type_, part):
    answer = ask(url, query, Accept=accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == type_
    assert part in answer.content.decode()
    assert answer.headers["vary"].lower().startswith("accept")


REFUSED = [
    ("GET", {"params": {"query": "SELEKT"}}, 400, "line 1, column 1"),
    ("GET", {"params": {"query": "SELECT * { SERVICE <http://127.0.0.1/> { ?a ?b ?c } }"}}, 400, "never reach"),
    ("GET", {"params": {"query": "LOAD <http://127.0.0.1/>"}}, 400, "not change anything"),
    ("GET", {"params": {"query": "INSERT DATA { <a:b> <a:b> <a:b> }"}}, 400, "not change anything"),
    ("GET", {"params": [("query", NAMES), ("query", NAMES)]}, 400, "twice"),
    ("GET", {"params": {"query": NAMES}, "headers": {"Accept": "image/png"}}, 406, "text/csv"),
    ("GET", {"params": {"query": "SELECT * { ?a ?b ?c }"}}, 422, "more than 200 rows"),
    ("GET", {"params": {"query": "ASK " + "{" * 500 + "}" * 500}}, 400, "nested"),
    ("PUT", {"params": {"query": NAMES}}, 405, "Method Not Allowed"),
    ("DELETE", {}, 405, "Method Not Allowed"),
    ("POST", {"content": NAMES, "headers": {"Content-Type": "text/plain"}}, 415, "text/plain"),
    ("POST", {"content": NAMES}, 415, "without a type"),
    ("POST", {"data": {"update": "CLEAR ALL"}}, 403, "read only"),
    ("POST", {"content": "x" * 10_000_000, "headers": {"Content-Type": "application/sparql-query"}}, 413, "100000"),
    ("POST", {"content": b"\xff", "headers": {"Content-Type": "application/sparql-query"}}, 400, "UTF-8"),
]


@pytest.mark.parametrize(("method", "request_", "status", "reason"), REFUSED)
def test_what_cannot_be_answered_gets_a_status_and_a_reason(url, method, request_, status, reason):
    answer = httpx.request(method, f"{url}/sparql", **request_)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert reason in answer.text


@pytest.mark.parametrize("path", ["/nothing", "/kg/id/Company/无", "/%FF", "/kg/id/<script>"])
def test_an_unknown_address_is_404(url, path):
    assert httpx.get(url + path).status_code == 404


DATASETS = [
    ("SELECT ?o { ?s ?p ?o }", {"default-graph-uri": "a:1"}, ["one"]),
    ("SELECT ?o { ?s ?p ?o }", {"default-graph-uri": ["a:1", "a:2"]}, ["one", "two"]),
    ("SELECT ?o { ?s ?p ?o }", {"named-graph-uri": "a:1"}, []),
    ("SELECT ?o { GRAPH ?g { ?s ?p ?o } }", {"named-graph-uri": ["a:1", "a:2"]}, ["one", "two"]),
    ("SELECT ?o { GRAPH ?g { ?s ?p ?o } }", {"default-graph-uri": "a:1", "named-graph-uri": "a:2"}, ["two"]),
    ("SELECT ?o FROM <a:1> { ?s ?p ?o }", {}, ["one"]),
    ("SELECT ?o FROM <a:1> { ?s ?p ?o }", {"default-graph-uri": "a:2"}, ["two"]),
    ("SELECT ?o { ?s ?p ?o }", {"default-graph-uri": "http://127.0.0.1:9/x"}, []),
    ("SELECT ?o { ?s ?p ?o }", {}, ["default", "one", "two"]),
]


@pytest.mark.parametrize(("query", "dataset", "values"), DATASETS)
@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_the_protocols_dataset_is_what_is_asked(named, query, dataset, values, way):
    if way == "get":
        answer = httpx.get(f"{named}/sparql", params={"query": query, **dataset})
    elif way == "form":
        answer = httpx.post(f"{named}/sparql", data={"query": query, **dataset})
    else:
        kind = {"Content-Type": "application/sparql-query"}
        answer = httpx.post(f"{named}/sparql", params=dataset, content=query, headers=kind)
    assert sorted(row["o"]["value"] for row in answer.json()["results"]["bindings"]) == values


def test_without_a_query_the_service_describes_itself(url):
    for accept, format_ in (("", RdfFormat.TURTLE), ("application/rdf+xml", RdfFormat.RDF_XML)):
        answer = httpx.get(f"{url}/sparql", headers={"Accept": accept} if accept else {})
        said = {triple.object.value for triple in parse(answer.content, format=format_)}
        assert {f"{url}/sparql", "http://www.w3.org/ns/sparql-service-description#SPARQL11Query"} <= said
    assert httpx.get(f"{url}/sparql", headers={"Accept": "image/png"}).status_code == 406


def test_head_has_the_headers_of_get_and_no_body(url):
    get, head = (httpx.request(method, f"{url}/sparql", params={"query": NAMES}) for method in ("GET", "HEAD"))
    assert head.status_code == 200
    assert head.content == b""
    names = ("content-type", "content-length", "etag")
    assert [head.headers[name] for name in names] == [get.headers[name] for name in names]


def test_a_known_answer_is_not_sent_again(url):
    etag = ask(url, NAMES).headers["etag"]
    known = ask(url, NAMES, **{"If-None-Match": etag})
    assert (known.status_code, known.content) == (304, b"")
    assert ask(url, NAMES, Accept="text/csv").headers["etag"] != etag
    assert "etag" not in ask(url, "SELECT (NOW() AS ?now) {}").headers


def test_long_answers_are_packed_for_those_who_can_unpack(url):
    query = "SELECT * { ?a kg:confidence ?c ; ?p ?o }"
    packed, plain = (ask(url, query, **{"Accept-Encoding": code}) for code in ("gzip", "identity"))
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "[::1", ""])
def test_another_host_gets_nothing(url, host):
    answer = ask(url, NAMES, Host=host)
    assert answer.status_code in {400, 421}
    assert "云岭" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "[::1]:8000", "kg.example"])
def test_its_own_names_are_answered(url, host):
    assert ask(url, NAMES, Host=host).status_code == 200


def test_only_the_named_origin_may_read(url, named):
    allowed = "access-control-allow-origin"
    assert ask(url, NAMES, Origin="https://friend.example").headers[allowed] == "https://friend.example"
    assert allowed not in ask(url, NAMES, Origin="https://evil.example").headers
    assert allowed not in ask(named, "ASK {}", Origin="https://friend.example").headers


def test_an_endless_query_is_stopped_and_others_are_answered_meanwhile(url):
    killed = httpx.get(f"{url}/health").json()["killed"]
    with ThreadPoolExecutor(1) as pool:
        endless = pool.submit(ask, url, ENDLESS)
        assert {ask(url, NAMES).status_code for _ in range(20)} == {200}
        answer = endless.result()
    assert answer.status_code == 503
    assert "longer than 2 seconds" in answer.text
    assert ask(url, NAMES).status_code == 200
    assert httpx.get(f"{url}/health").json()["killed"] == killed + 1


def make_task(query):
    return {"query": query, "accept": "text/csv", "rows": 9}


@pytest.mark.parametrize("kind", ["one query", "six queries"])
def test_endless_queries_do_not_starve_the_others(kind):
    """Three times as many as there are workers; the others are answered before any of them ends."""

    async def ask_beside() -> None:
        pool = Pool(SMALL, Limits(seconds=600, workers=2))
        try:
            await pool.start()
            texts = [f"{ENDLESS} LIMIT {1 if kind == 'one query' else n + 1}" for n in range(6)]
            endless = [asyncio.create_task(pool.ask(make_task(text))) for text in texts]
            for _ in range(10):
                await pool.ask(make_task(NAMES))
            assert not any(task.done() for task in endless)
            for task in endless:
                task.cancel()
            await asyncio.gather(*endless, return_exceptions=True)
            assert await asyncio.gather(*(pool.ask(make_task("ASK {}")) for _ in range(5)))
            await asyncio.gather(*pool._pending)
            assert len(children_of(pool._nursery.pid)) == 2
        finally:
            await pool.stop()

    asyncio.run(ask_beside())


def children_of(pid):
    out = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False).stdout
    return out.split()


def test_slow_queries_are_answered_in_the_end_and_leave_no_worker():
    """More than there are turns for them: they go on, or wait and are asked again."""
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g kg:confidence ?h }"

    async def ask_all() -> list[str]:
        pool = Pool(SMALL, Limits(seconds=100, workers=2, quick_seconds=0.01))
        try:
            await pool.start()
            tasks = [make_task(f"{slow} LIMIT {n + 1}") for n in range(4)]
            answers = [body.decode() for _, body in await asyncio.gather(*map(pool.ask, tasks + tasks))]
            assert [await pool.ask(make_task("ASK {}")) for _ in range(3)]
            assert pool.killed == 0
            return answers
        finally:
            await pool.stop()

    answers = asyncio.run(ask_all())
    assert len(answers) == 8
    assert len(set(answers)) == 1


DIRECT = b"Content-Type: application/sparql-query\r\n"


@pytest.mark.parametrize(
    "pieces",
    [
        [],
        [b"GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\n", b"Host: localhost\r\n", b"X: "],
        [b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n", b"GET /health HT"],
        [b"POST /sparql HTTP/1.1\r\nHost: localhost\r\n", DIRECT + b"Content-Length: 9\r\n\r\nASK"],
    ],
    ids=["nothing", "half a head", "half a second head", "half a body"],
)  # fmt: skip
def test_a_client_that_does_not_get_on_is_told_and_cut_off(pieces, impatient):
    host, port = impatient.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=60) as client:
        for piece in pieces:
            client.sendall(piece)
            if piece.endswith(b"localhost\r\n\r\n"):
                assert b"200 OK" in client.recv(4096)
        said = b"".join(iter(partial(client.recv, 4096), b""))  # until it hangs up
    assert b"HTTP/1.1 408" in said
    assert ask(impatient, NAMES).status_code == 200


@pytest.fixture(scope="module")
def impatient():
    server, address = start(SMALL, "--request-time", "0.5")
    yield address
    stop(server)


def test_a_query_that_eats_memory_is_stopped(url):
    text = "SELECT (COUNT(DISTINCT CONCAT(STR(?a), STR(?d), STR(?g), STR(?j))) AS ?n) "
    answer = ask(url, text + "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    assert answer.status_code == 503
    assert ask(url, NAMES).status_code == 200


def test_the_query_of_a_client_that_hangs_up_is_stopped(url):
    killed = httpx.get(f"{url}/health").json()["killed"]
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(f"{url}/sparql", params={"query": ENDLESS}, timeout=0.3)
    assert ask(url, NAMES).status_code == 200
    assert httpx.get(f"{url}/health").json()["killed"] == killed + 1


def test_no_query_makes_the_server_connect(url):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        trap = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        for query in (
            f"SELECT * {{ SERVICE SILENT <{trap}> {{ ?a ?b ?c }} }}",
            f"ASK {{ FILTER EXISTS {{ {{ SELECT * {{ SERVICE <{trap}> {{ ?a ?b ?c }} }} }} }} }}",
            f"LOAD <{trap}>",
            f"SELECT * FROM <{trap}> {{ ?a ?b ?c }}",
        ):
            assert ask(url, query).status_code < 500
        httpx.get(f"{url}/sparql", params={"query": NAMES, "default-graph-uri": trap})
        with pytest.raises(TimeoutError):
            listener.accept()


def test_sparqlwrapper_can_ask(url):
    wrapper = SPARQLWrapper(f"{url}/sparql")
    wrapper.setQuery(NAMES)
    wrapper.setReturnFormat(JSON)
    assert len(wrapper.queryAndConvert()["results"]["bindings"]) == 2
    wrapper.setMethod(POST)
    wrapper.setReturnFormat(CSV)
    assert "青禾新材料股份有限公司" in wrapper.queryAndConvert().decode()


def test_rdflibs_store_can_ask(url):
    rows = list(SPARQLStore(f"{url}/sparql").query(NAMES))
    assert [str(row[0]) for row in rows] == ["云岭机电集团", "青禾新材料股份有限公司"]
    store = SPARQLStore(f"{url}/sparql")
    place = URIRef("https://example.org/kg/id/District/云岭市")
    assert len(list(store.triples((place, None, None)))) == 6


ASKED = [
    ("signed-with", "--party", "东湖"),
    ("chain", "--from", "云岭机电集团", "--to", "青禾薄膜项目"),
    ("ranking-leaders", "--top", "1"),
    ("doubtful", "--below", "0.55"),
    ("signing-totals",),
]


@pytest.mark.parametrize("words", ASKED, ids=[words[0] for words in ASKED])
def test_a_question_has_the_same_answer_from_the_endpoint_as_from_the_file(url, words):
    answers = [
        CliRunner().invoke(cli, ["query", *words, "--format", "json", *source])
        for source in (("--graph", str(SMALL)), ("--endpoint", f"{url}/sparql"))
    ]
    assert answers[0].stdout == answers[1].stdout
    assert len(json.loads(answers[0].stdout)["results"]["bindings"]) > 0


def test_what_an_endpoint_refuses_is_told(url):
    answer = CliRunner().invoke(cli, ["query", "-", "--endpoint", f"{url}/sparql"], input="SELECT * { ?a ?b ?c }")
    assert answer.exit_code == 1
    assert "422" in answer.stderr
    assert "more than 200 rows" in answer.stderr


COMPANY = "/kg/id/Company/青禾新材料股份有限公司"


def test_a_thing_has_a_page_with_its_facts_and_quotes(url):
    answer = httpx.get(url + COMPANY, headers={"Accept": "text/html,*/*;q=0.8"})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "3月5日，东湖区与青禾签下投资30亿元的青禾薄膜项目" in answer.text
    links = re.findall('href="(/kg/[^"]+)"', answer.text)
    assert {httpx.get(url + link).status_code for link in set(links)} == {200}


def test_a_thing_comes_as_turtle_and_json_ld_with_its_evidence(url):
    turtle = httpx.get(url + COMPANY, headers={"Accept": "text/turtle"})
    triples = set(parse(turtle.content, format=RdfFormat.TURTLE))
    assert {"0", "26"} <= {triple.object.value for triple in triples}
    linked = httpx.get(url + COMPANY, headers={"Accept": "application/ld+json"})
    assert json.loads(linked.content)
    assert {quad.triple for quad in parse(linked.content, format=RdfFormat.JSON_LD)} == {t.triple for t in triples}
    assert httpx.get(url + COMPANY, headers={"Accept": "image/png"}).status_code == 406


def test_a_name_that_moved_leads_to_the_thing_and_hostile_text_stays_text(tmp_path):
    path = tmp_path / "hostile.ttl"
    path.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<http://x.example/id/a%20b> skos:prefLabel \"<script>alert('x')</script>\" ; <a:b> <javascript:alert(1)> .\n"
        "<http://x.example/id/old> <http://purl.org/dc/terms/isReplacedBy> <http://x.example/id/a%20b> .\n",
        encoding="utf-8",
    )
    server, address = start(path)
    try:
        page = httpx.get(f"{address}/id/a%20b", headers={"Accept": "text/html"}).text
        assert "<script" not in page
        assert "&lt;script&gt;" in page
        assert 'href="javascript' not in page
        moved = httpx.get(f"{address}/id/old")
        assert (moved.status_code, moved.headers["location"]) == (301, "/id/a%20b")
    finally:
        stop(server)


def find_drawing(page):
    found = re.search('<iframe[^>]* src="([^"]+)"', page)
    return found and found[1].replace("&amp;", "&")


def test_the_network_around_a_thing_is_drawn_and_leads_on(url):
    page = httpx.get(f"{url}/network", params={"from": "青禾薄膜项目"}, timeout=120)
    assert "frame-src 'self'" in page.headers["content-security-policy"]
    assert {"东湖区", "青禾新材料股份有限公司"} <= set(re.findall(">([^<>]+)</a>", page.text))
    drawing = httpx.get(url + find_drawing(page.text), timeout=120)
    assert drawing.status_code == 200
    assert "default-src 'none'" in drawing.text
    shown = {
        name for name in ("青禾薄膜项目", "东湖区", "青禾新材料股份有限公司", "东湖专项债券") if name in drawing.text
    }
    assert shown == {"青禾薄膜项目", "东湖区", "青禾新材料股份有限公司"}


def test_the_way_from_one_thing_to_another_is_drawn(url):
    page = httpx.get(f"{url}/network", params={"from": "云岭机电集团", "to": "青禾薄膜项目"}, timeout=120).text
    assert re.findall(">([^<>]+)</a>", page)[-1] == "东湖区"
    assert httpx.get(url + find_drawing(page), timeout=120).status_code == 200
    apart = httpx.get(f"{url}/network", params={"from": "云岭机电集团", "to": "东湖专项债券"}, timeout=120).text
    assert "no chain" in apart
    assert find_drawing(apart) is None


def test_a_name_that_several_things_have_is_a_choice(url):
    page = httpx.get(f"{url}/network", params={"from": "东湖", "to": "青禾薄膜项目"}, timeout=120).text
    links = dict(re.findall('<li><a href="([^"]+)">([^<]+)</a>', page))
    assert {"东湖区", "东湖专项债券"} <= set(links.values())
    chosen = next(link for link, name in links.items() if name == "东湖区").replace("&amp;", "&")
    assert find_drawing(httpx.get(url + chosen, timeout=120).text)
    nothing = httpx.get(f"{url}/network", params={"from": "<script>alert(1)</script>"}, timeout=120).text
    assert "<script" not in nothing
    assert "nothing is called" in nothing
    assert httpx.get(f"{url}/network/drawing", params={"thing": "javascript:x"}, timeout=120).status_code < 500
    assert httpx.get(f"{url}/network/drawing", timeout=120).status_code == 404


def test_the_front_page_offers_the_library(url):
    page = httpx.get(url, params={"q": "signed-with"}).text
    assert "谁与谁签约" in page
    assert "?statement ?mine ?party" in page


def processes_of(server):
    out = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in out.splitlines()[1:]]
    nursery = {pid for pid, parent, args in rows if parent == str(server.pid) and "kg.serve.nursery" in args}
    return nursery | {pid for pid, parent, _ in rows if parent in nursery}


def test_a_stopped_server_leaves_no_process_and_has_logged_what_was_asked():
    server, address = start(SMALL, "--workers", "3")
    assert ask(address, "ASK {}").status_code == 200
    left = processes_of(server)
    assert len(left) == 4
    status, log = stop(server)
    assert status in {0, -signal.SIGTERM}
    assert "GET /sparql" in log
    alive = subprocess.run(["ps", "-o", "pid=", "-p", ",".join(left)], capture_output=True, text=True, check=False)
    assert alive.stdout.split() == []


def test_too_many_waiting_queries_are_sent_away():
    server, address = start(SMALL, "--workers", "1", "--queue", "2", "--time-limit", "1")
    try:
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda _: ask(address, ENDLESS), range(8)))
        assert {answer.status_code for answer in answers} == {503}
        refused = [answer for answer in answers if "too many queries" in answer.text]
        assert refused
        assert all(answer.headers["retry-after"] for answer in refused)
        assert ask(address, NAMES).status_code == 200
    finally:
        stop(server)


def test_a_corpus_is_served_like_a_file(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text(
        "云岭重工落户余杭\n日期：2021-04-29\n\n云岭重工集团有限公司与余杭区签署合作协议。\n", encoding="utf-8"
    )
    built = CliRunner().invoke(
        cli, ["build", str(page), "--store", str(tmp_path / "corpus"), "--workers", "1", "--quiet"]
    )
    assert built.exit_code == 0, built.output
    server, address = start(tmp_path / "corpus", "--workers", "2")
    try:
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda _: ask(address, NAMES, Accept="text/csv"), range(8)))
        assert {answer.text for answer in answers} == {"name\r\n云岭重工集团有限公司\r\n"}
        assert (
            ask(address, NAMES, Accept="text/csv", **{"If-None-Match": answers[0].headers["etag"]}).status_code == 304
        )
        drawn = httpx.get(f"{address}/network", params={"from": "云岭重工集团有限公司"}, timeout=120).text
        assert "余杭" in drawn
    finally:
        stop(server)


def test_a_graph_that_cannot_be_read_is_status_1(tmp_path):
    code = "import sys; from kg.cli import main; main(sys.argv[1:])"
    command = [sys.executable, "-c", code, "serve", "--graph", str(tmp_path / "graph.ttl")]
    ran = subprocess.run(
        command, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert "kg build" in ran.stderr
    assert "Traceback" not in ran.stderr
