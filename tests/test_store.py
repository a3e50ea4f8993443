"""The door to the engine: which files open, and what is said about those that do not."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from rdflib import Dataset, URIRef

from kg.errors import GraphError
from kg.iris import NAMESPACES
from kg.store import open_graph, open_store

SMALL = Path(__file__).parent / "data" / "small.ttl"
TRIPLE = "<https://example.org/a> <https://example.org/p> <https://example.org/b> "
FILES = {
    "graph.ttl": f"@prefix kg: <{NAMESPACES['kg']}> .\n<https://example.org/a> kg:p <https://example.org/b> .",
    "graph.nt": f"{TRIPLE}.\n",
    "graph.nq": f"{TRIPLE}<https://example.org/g> .\n",
    "graph.trig": f"<https://example.org/g> {{ {TRIPLE}. }}\n",
    "GRAPH.TTL": f"{TRIPLE}.\n",
}


@pytest.mark.parametrize("name", FILES)
def test_every_format_opens_plain_and_gzipped(name, tmp_path):
    plain, packed = tmp_path / name, tmp_path / f"{name}.gz"
    plain.write_text(FILES[name], encoding="utf-8")
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert len(open_store(plain)) == len(open_store(packed)) == 1


BAD = [
    (
        "broken.ttl",
        b"<https://example.org/a> <https://example.org/p>\n  \xe6\x83\xa0 .",
        r"broken\.ttl:2: .*Turtle: column 3",
    ),
    ("binary.ttl", b"\x00\x01\x02", r"binary\.ttl:1: .*column 1"),
    ("latin.ttl", b"<https://example.org/a> <https://example.org/p> '\xff' .", r"latin\.ttl:1: .*UTF-8"),
    ("cut.ttl.gz", gzip.compress(b"<https://example.org/a> " * 99)[:30], "cut off or damaged"),
    ("plain.ttl.gz", b"no gzip at all", "cannot be read"),
    ("graph.doc", b"", r"known are \.ttl, \.nt, \.nq, \.trig"),
]


@pytest.mark.parametrize(("name", "content", "message"), BAD, ids=[name for name, _, _ in BAD])
def test_a_bad_file_is_named_with_the_place_of_the_fault(name, content, message, tmp_path):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(GraphError, match=message):
        open_store(tmp_path / name)


def test_a_missing_file_says_how_to_get_one(tmp_path):
    with pytest.raises(GraphError, match="kg build"):
        open_store(tmp_path / "graph.ttl")


def test_a_folder_is_told_apart_from_a_file(tmp_path):
    (tmp_path / "graph.ttl").mkdir()
    with pytest.raises(GraphError, match="is a folder"):
        open_store(tmp_path / "graph.ttl")


def test_the_rdflib_graph_knows_our_prefixes_and_answers_by_the_engine():
    graph = open_graph(SMALL)
    rows = graph.query('SELECT ?who { ?who kg:signedWith/skos:prefLabel "东湖区"@zh }')
    assert [row.who for row in rows] == [URIRef("https://example.org/kg/id/Company/青禾新材料股份有限公司")]
    assert len(graph) == len(open_store(SMALL))


def test_named_graphs_open_as_one_dataset(tmp_path):
    (tmp_path / "two.trig").write_text(
        FILES["graph.trig"] + FILES["graph.trig"].replace("/g>", "/h>"), encoding="utf-8"
    )
    graph = open_graph(tmp_path / "two.trig")
    assert isinstance(graph, Dataset)
    assert len(graph.query("SELECT DISTINCT ?s { ?s ?p ?o }")) == 1
