"""`kg query` as it is typed."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli

SMALL = str(Path(__file__).parent / "data" / "small.ttl")


def run(*args, stdin=None):
    return CliRunner().invoke(cli, ["query", *args], input=stdin)


def test_without_a_name_the_library_is_listed():
    result = run()
    assert result.exit_code == 0
    assert "signings\n  signed-with\n" in result.output
    assert "谁与谁签约" in result.output
    assert "--party ENTITY" in result.output


@pytest.mark.parametrize("args", [("signed-with", "--party", "东湖"), ("--party=东湖", "signed-with")])
def test_a_parameter_is_an_option(args):
    result = run(*args, "--graph", SMALL)
    assert result.exit_code == 0
    assert "3,000,000,000" in result.output


def test_a_file_has_parameters_like_a_question_of_the_library(tmp_path):
    file = tmp_path / "own.rq"
    file.write_text("# param: who (entity)\nSELECT ?who ?place { ?who kg:locatedIn ?place }", encoding="utf-8-sig")
    result = run(str(file), "--who", "云岭机电集团", "--graph", SMALL, "--format", "json")
    assert len(json.loads(result.stdout)["results"]["bindings"]) == 1


def test_standard_input_holds_a_query():
    assert run("-", "--graph", SMALL, stdin="ASK { ?a kg:fundedBy ?b }").stdout == "true\n"


def test_show_prints_the_query_itself():
    assert run("signed-with", "--show").stdout.startswith("# 问：")


USAGE = [
    (("nosuch",), "there is no query nosuch"),
    (("signed-wth",), "did you mean signed-with?"),
    (("signed-with", "planned"), "Name one question"),
    (("--party", "x"), "Name one question"),
    (("signed-with", "--party"), "--party needs a value"),
    (("signed-with", "--party", "a", "--party", "b"), "given twice"),
    (("signed-with", "--partner", "a"), "it has --party"),
    (("signed-with", "--fromat", "csv"), "did you mean --format?"),
    (("chain", "--from", "a"), "needs --to"),
    (("doubtful", "--below", "little"), "wants a number"),
    (("missing.rq",), "missing.rq cannot be read"),
    (("signed-with", "--format", "xls"), "xls"),
]


@pytest.mark.parametrize(("args", "message"), USAGE)
def test_wrong_usage_is_status_2(args, message):
    result = run(*args, "--graph", SMALL)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


FAILURES = [
    (("signed-with", "--party", "青禾公司"), None, "did you mean 青禾"),
    (("planned", "--format", "ttl"), None, "CONSTRUCT"),
    (("-",), "SELECT ?a {", "line 1, column 12"),
    (("-",), "SELECT * { SERVICE <http://127.0.0.1/> { ?a ?b ?c } }", "never reach the network"),
]


@pytest.mark.parametrize(("args", "stdin", "message"), FAILURES)
def test_what_cannot_be_answered_is_status_1(args, stdin, message):
    result = run(*args, "--graph", SMALL, stdin=stdin)
    assert result.exit_code == 1
    assert message in result.stderr
    assert "Traceback" not in result.output


class _Elsewhere(BaseHTTPRequestHandler):
    """An endpoint that knows one thing."""

    def do_POST(self):
        found = {"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "literal", "value": "from afar"}}]}}
        body = json.dumps(found).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST  # noqa: N815

    def log_message(self, *_):
        pass


def test_only_who_says_so_asks_another_server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    text = f"SELECT ?x {{ SERVICE <http://127.0.0.1:{server.server_address[1]}/> {{ ?a ?b ?x }} }}"
    try:
        assert "never reach" in run("-", "--graph", SMALL, stdin=text).stderr
        allowed = run("-", "--graph", SMALL, "--allow-service", "--format", "tsv", stdin=text)
        assert allowed.stdout == '?x\n"from afar"\n'
    finally:
        server.shutdown()


def test_a_missing_graph_is_status_1_and_says_what_to_do(tmp_path):
    result = run("planned", "--graph", str(tmp_path / "graph.ttl"))
    assert result.exit_code == 1
    assert "kg build" in result.stderr


def test_bytes_that_are_no_text_are_refused():
    result = CliRunner().invoke(cli, ["query", "-"], input=b"\xff\xfe\x00")
    assert result.exit_code == 2
    assert "UTF-8" in result.stderr


def test_csv_starts_with_a_byte_order_mark():
    assert run("planned", "--graph", SMALL, "--format", "csv").stdout_bytes.startswith(b"\xef\xbb\xbf")


def test_help_is_quick_since_nothing_slow_is_imported():
    code = "import sys, kg.cli; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"rdflib", "pyoxigraph", "networkx", "numpy", "onnxruntime"}.isdisjoint(ran.stdout.split())


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
def test_answers_are_utf_8_whatever_the_terminal_speaks(encoding):
    code = "import sys; from kg.cli import main; main(sys.argv[1:])"
    ran = subprocess.run(
        [sys.executable, "-c", code, "query", "planned", "--graph", SMALL],
        capture_output=True,
        env={"PYTHONIOENCODING": encoding, "PYTHONPATH": str(Path(__file__).parent.parent)},
        check=True,
    )
    assert "东湖专项债券" in ran.stdout.decode("utf-8")


def test_explain_says_what_a_name_was_taken_for_and_leaves_the_answer_alone():
    plain, explained = (
        run("signed-with", "--party", "青禾", "--graph", SMALL, "--explain"),
        run("signed-with", "--party", "青禾", "--graph", SMALL),
    )
    assert plain.stdout == explained.stdout
    assert "?party = <https://example.org/kg/id/Company/青禾新材料股份有限公司>" in plain.stderr
    assert explained.stderr == ""


def test_a_query_without_end_is_stopped_at_its_limit(tmp_path):
    file = tmp_path / "endless.rq"
    file.write_text(
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?q }", encoding="utf-8"
    )
    command = [sys.executable, "-m", "kg", "query", str(file), "--graph", SMALL, "--time-limit", "0.3"]
    ran = subprocess.run(command, cwd=Path(__file__).parent.parent, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "longer than 0.3 seconds" in ran.stderr


@pytest.mark.parametrize("endpoint", ["ftp://127.0.0.1/x", "file:///etc/passwd", "http://127.0.0.1:1/sparql"])
def test_an_endpoint_that_cannot_be_asked_is_status_1(endpoint):
    result = run("planned", "--endpoint", endpoint)
    assert result.exit_code == 1
    assert endpoint in result.stderr
