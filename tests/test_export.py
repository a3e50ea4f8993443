"""Every format is opened by a reader of its own, and holds as much as the graph."""

from __future__ import annotations

import csv
import gzip
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from io import BytesIO
from pathlib import Path

import networkx as nx
import pyoxigraph
import pytest
import rdflib
from click.testing import CliRunner
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, RdfFormat, Triple

from kg import resources
from kg.build import build_files
from kg.cli import cli
from kg.commands import export as command
from kg.export.contents import drop_quotes, read_contents
from kg.export.formats import EXPORTERS, make_export
from kg.export.graphs import split_by_article
from kg.export.rdf import format_context
from kg.export.reading import read_triples
from kg.iris import KG
from kg.ontology import load_ontology
from kg.turtle import sort_triples
from kg.validate import validate

SMALL = Path(__file__).parent / "data" / "small.ttl"
ONTOLOGY = load_ontology()
ODD = [
    '<urn:x> <urn:p> "tab\\t quote\\" back\\\\ line\\n . \\r end" .',
    '<urn:x> <urn:p> "x"@en-GB, "01"^^<http://www.w3.org/2001/XMLSchema#integer>, "z"^^<urn:type> .',
    '<urn:x> a <urn:C>, "no class" ; <http://www.w3.org/2004/02/skos/core#prefLabel> "untagged", <urn:y> .',
    '<https://example.org/kg/id/Company/a%2Fb> <urn:p> "company:not a prefix . \\n" .',
]


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """The graph of the example page, as a file."""
    folder = tmp_path_factory.mktemp("export")
    build_files([], out=folder, progress=False)
    return folder / "graph.ttl"


@pytest.fixture(scope="module")
def triples(example):
    return read_triples(example)


@pytest.fixture(scope="module")
def contents(triples):
    return read_contents(triples, ONTOLOGY)


def parse(content, format_):
    found = pyoxigraph.parse(content, format=format_)
    return sort_triples(one.triple if isinstance(one, Quad) else one for one in found)


def hash_canonical(triples):
    dataset = Dataset(Quad(one.subject, one.predicate, one.object) for one in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return hashlib.sha256("\n".join(sorted(map(str, dataset))).encode()).hexdigest()


def from_rdflib(graph):
    return parse(graph.serialize(format="nt", encoding="utf-8"), RdfFormat.N_TRIPLES)


def from_rapper(content):
    run = ["rapper", "-q", "-i", "turtle", "-o", "ntriples", "-", "http://a.example/"]
    return parse(subprocess.run(run, input=content, capture_output=True, check=True).stdout, RdfFormat.N_TRIPLES)


def run_command(*args):
    return CliRunner().invoke(cli, ["export", *map(str, args)])


def test_the_command_offers_every_format():
    assert set(command.export.params[1].type.choices) == set(EXPORTERS)


def test_turtle_from_a_file_is_the_file(example, triples):
    assert make_export(triples, "turtle", ONTOLOGY) == example.read_bytes()


@pytest.mark.parametrize("source", ["example", "small", "odd"])
def test_turtle_reads_alike_everywhere(source, triples):
    odd = parse("\n".join(ODD), RdfFormat.TURTLE)
    wanted = {"example": triples, "small": read_triples(SMALL), "odd": odd}[source]
    content = make_export(wanted, "turtle", ONTOLOGY)
    assert hash_canonical(parse(content, RdfFormat.TURTLE)) == hash_canonical(wanted)
    with_rdflib = from_rdflib(rdflib.Graph().parse(data=content, format="turtle"))
    if source != "odd":  # rdflib writes numbers anew
        assert hash_canonical(with_rdflib) == hash_canonical(wanted)
    assert len(with_rdflib) == len(wanted)
    if shutil.which("rapper") or os.environ.get("KG_REQUIRE_STORES"):
        assert hash_canonical(from_rapper(content)) == hash_canonical(wanted)


def test_a_new_fact_changes_its_own_block_alone(triples):
    subject = triples[len(triples) // 2].subject
    more = sort_triples([*triples, Triple(subject, NamedNode(KG + "signedWith"), NamedNode("urn:new"))])
    before, after = (make_export(one, "turtle", ONTOLOGY).split(b"\n\n") for one in (triples, more))
    assert len([block for block in after if block not in before]) == 1


def test_truthy_is_what_is_so(triples):
    found = parse(make_export(triples, "turtle", ONTOLOGY, truthy=True), RdfFormat.TURTLE)
    assert set(found) < set(triples)
    names = Counter(one.predicate.value.rpartition("#")[2] for one in found)
    assert names["prefLabel"] == len(read_contents(triples, ONTOLOGY).nodes)
    assert names.keys() <= {*ONTOLOGY.relations(), "type", "prefLabel", "altLabel", "adcode"}
    relations = {KG + name for name in ONTOLOGY.relations()}
    assert sum(names[name] for name in ONTOLOGY.relations()) == sum(one.predicate.value in relations for one in triples)


@pytest.mark.parametrize(("name", "format_"), [("nquads", RdfFormat.N_QUADS), ("trig", RdfFormat.TRIG)])
def test_named_graphs_say_the_same_article_by_article(name, format_, triples):
    content = make_export(triples, name, ONTOLOGY)
    assert parse(content, format_) == triples
    data = rdflib.Dataset()
    data.parse(data=content, format=name)
    assert sum(len(graph) for graph in data.graphs()) == len(triples)
    graphs = {one.graph_name.value for one in pyoxigraph.parse(content, format=format_)}
    articles = {one.subject.value for one in triples if one.object == NamedNode("https://schema.org/NewsArticle")}
    assert graphs == articles | {"https://example.org/kg/id/graph/shared"}


def test_evidence_stands_with_its_article(triples):
    for graph, inner in split_by_article(triples).items():
        sources = {one.object for one in inner if one.predicate.value.endswith("#hasSource")}
        assert sources <= {graph}


@pytest.mark.parametrize("source", ["example", "odd"])
def test_jsonld_says_the_same_and_fetches_nothing(source, triples, monkeypatch):
    monkeypatch.setattr("urllib.request.urlopen", None)
    wanted = triples if source == "example" else parse("\n".join(ODD), RdfFormat.TURTLE)
    content = make_export(wanted, "jsonld", ONTOLOGY)
    assert parse(content, RdfFormat.JSON_LD) == wanted
    assert len(rdflib.Graph().parse(data=content, format="json-ld")) == len(wanted)


def test_the_context_file_is_current():
    assert resources.path("ontology/context.jsonld").read_bytes() == format_context(ONTOLOGY)


def test_rdf12_has_a_triple_term_for_each_statement(triples, contents):
    found = list(pyoxigraph.parse(make_export(triples, "rdf12", ONTOLOGY), format=RdfFormat.TURTLE))
    terms = [one.object for one in found if isinstance(one.object, Triple)]
    assert len(terms) == len(contents.edges)
    assert len(found) == len(triples) - 2 * len(terms)


@pytest.mark.parametrize(("name", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_networks_open_with_all_nodes_and_edges(name, read, triples, contents):
    content = make_export(triples, name, ONTOLOGY)
    network = read(BytesIO(content))
    assert (len(network), network.number_of_edges()) == (len(contents.nodes), len(contents.edges))
    assert content == make_export(triples, name, ONTOLOGY)
    assert b"lastmodified" not in content
    assert all(data["relation"] in ONTOLOGY.relations() for _, _, data in network.edges(data=True))


def test_networks_take_characters_that_xml_has_not():
    turtle = f'<urn:x> a <{KG}Person> ; <http://www.w3.org/2004/02/skos/core#prefLabel> "a\\u0001\\uFFFF<b>"@zh .'
    network = nx.read_graphml(BytesIO(make_export(parse(turtle, RdfFormat.TURTLE), "graphml", ONTOLOGY)))
    assert network.nodes["urn:x"]["label"] == "a<b>"


def test_csv_has_the_headers_of_neo4j(triples, contents):
    files = make_export(triples, "csv", ONTOLOGY)
    nodes, edges = (list(csv.DictReader(files[f"{one}.csv"].decode().splitlines())) for one in ("nodes", "edges"))
    assert (len(nodes), len(edges)) == (len(contents.nodes), len(contents.edges))
    assert {":START_ID", ":END_ID", ":TYPE"} < edges[0].keys()
    ids = {row["iri:ID"] for row in nodes}
    assert all({row[":START_ID"], row[":END_ID"]} <= ids for row in edges)
    assert all(float(row["confidence:double"]) <= 1 for row in edges)


def test_parquet_opens(triples, contents):
    parquet = pytest.importorskip("pyarrow.parquet")
    files = make_export(triples, "parquet", ONTOLOGY)
    tables = [parquet.read_table(BytesIO(files[f"{one}.parquet"])) for one in ("nodes", "edges")]
    assert [len(table) for table in tables] == [len(contents.nodes), len(contents.edges)]


# Reads entities as lines of JSON; prints, for each, whether it is a link. Fails where the library would drop a value.
READ_FTM = """
import json, sys
from followthemoney import model
for line in sys.stdin:
    data = json.loads(line)
    proxy = model.get_proxy(data, cleaned=False)
    proxy.schema.validate(data)
    for name, values in data["properties"].items():
        assert set(proxy.get(name)) == set(values), (data, name)
    print(json.dumps(proxy.schema.edge))
"""


def find_ftm() -> str:
    """The Python that has the library: that of an environment of its own, or this one."""
    if python := os.environ.get("KG_FTM_PYTHON"):
        return python
    if importlib.util.find_spec("followthemoney") is None:
        pytest.skip("pip install -r tests/followthemoney.lock elsewhere, and set KG_FTM_PYTHON to its Python")
    return sys.executable


def test_follow_the_money_takes_every_entity_and_link(triples, contents):
    content = make_export(triples, "ftm", ONTOLOGY)
    read = subprocess.run([find_ftm(), "-c", READ_FTM], input=content, capture_output=True, check=False)
    assert read.returncode == 0, read.stderr.decode()
    are_links = [json.loads(line) for line in read.stdout.splitlines()]
    left_out = {node.iri for node in contents.nodes if node.cls in ("Document", "Ranking", "Industry")}
    assert are_links.count(False) == len(contents.nodes) - len(left_out)
    assert are_links.count(True) == sum(not {edge.subject, edge.object} & left_out for edge in contents.edges)


def test_every_class_of_the_mapping_to_follow_the_money_is_ours():
    import yaml

    mapping = yaml.safe_load(resources.path("ontology/ftm.yml").read_text(encoding="utf-8"))
    assert set(mapping["classes"]) <= set(ONTOLOGY.leaf_classes()) | {"Organisation", "Place"}
    assert set(mapping["relations"]) <= set(ONTOLOGY.relations())


@pytest.mark.parametrize("name", sorted(set(EXPORTERS) - {"parquet"}))
def test_without_quotes_no_sentence_is_left(name, triples):
    bodies = {one.object.value for one in triples if one.predicate.value.endswith("articleBody")}
    quotes = {one.object.value for one in triples if one.predicate.value.endswith("#exact")}
    made = make_export(triples, name, ONTOLOGY, quotes=False)
    text = (made if isinstance(made, bytes) else b"".join(made.values())).decode()
    assert not any(body[:60] in text for body in bodies)
    kept = {one.object.value for one in drop_quotes(triples) if isinstance(one.object, Literal)}  # names, headlines
    assert not any(quote in text for quote in quotes if not any(quote in one for one in kept))
    assert not any(len(one) > 60 and set("。；") & set(one) for one in kept)


def test_a_graph_without_quotes_is_valid(triples):
    kept = drop_quotes(triples)
    assert validate(kept) == ()
    assert any(one.predicate.value.endswith("textSha256") for one in kept)
    assert any(one.predicate.value.endswith("#start") for one in kept)


@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
def test_files_are_packed_by_their_ending(ending, example, triples, tmp_path):
    if ending == ".zst":
        pytest.importorskip("zstandard")
    out = tmp_path / f"x.nq{ending}"
    done = run_command(example, "--to", "nquads", "--out", out)
    assert done.exit_code == 0, done.output
    first = out.read_bytes()
    assert read_triples(out) == triples
    run_command(example, "--to", "nquads", "--out", out)
    assert out.read_bytes() == first


def test_the_command_prints_and_writes_folders(example, tmp_path):
    assert run_command(example, "--to", "turtle").stdout_bytes == example.read_bytes()
    assert run_command(example, "--to", "csv", "--out", tmp_path / "c").exit_code == 0
    assert sorted(path.name for path in (tmp_path / "c").iterdir()) == ["edges.csv", "nodes.csv"]
    assert run_command(example, "--to", "csv").exit_code == 2
    assert run_command(example, "--to", "ftm", "--truthy").exit_code == 2


def test_foreign_vocabulary_is_kept():
    wanted = parse("\n".join(ODD), RdfFormat.TURTLE)
    assert parse(make_export(wanted, "turtle", ONTOLOGY), RdfFormat.TURTLE) == wanted


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("bad.ttl", b"<urn:a> <urn:b>\n  \xe6\x83\xa0 .", "bad.ttl:2: "),
        ("bad.ttl.gz", gzip.compress(b"<urn:a> <urn:b> 1 .")[:20], "damaged"),
        ("bad.doc", b"", "known are"),
    ],
)
def test_a_bad_file_is_named(name, content, message, tmp_path):
    (tmp_path / name).write_bytes(content)
    done = run_command(tmp_path / name, "--to", "turtle")
    assert (done.exit_code, message in done.output) == (1, True)


def test_a_missing_file_is_named(tmp_path):
    assert "is not there" in run_command(tmp_path / "none.ttl", "--to", "turtle").output
