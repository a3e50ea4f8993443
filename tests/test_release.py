"""A release describes itself truly, is the same each time, and leads from the one before to itself."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner
from rdflib import DCAT, VOID, URIRef

from kg.cli import cli
from kg.diff import apply_patch
from kg.export.reading import read_triples
from kg.turtle import write_turtle

SMALL = Path(__file__).parent / "data" / "small.ttl"
DATASET = URIRef("https://example.org/kg/id/dataset")


def run_command(*args):
    done = CliRunner().invoke(cli, ["release", *map(str, args)])
    assert done.exit_code == 0, done.output
    return done


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("release")
    run_command(out, "--graph", SMALL)
    return out


def test_the_release_has_the_graph_the_vocabulary_and_a_sample(folder):
    names = {path.name for path in folder.iterdir()}
    assert {"graph.ttl.gz", "truthy.ttl.gz", "ontology-kg.ttl", "ontology-shapes.ttl", "sample.ttl"} < names
    assert read_triples(folder / "graph.ttl.gz") == read_triples(folder / "graph.trig.gz") == read_triples(SMALL)
    assert 0 < len(read_triples(folder / "sample.ttl")) < len(read_triples(SMALL))


def test_checksums_and_index_are_true(folder):
    sums = dict(reversed(line.split("  ")) for line in (folder / "SHA256SUMS").read_text().splitlines())
    assert sums.keys() == {path.name for path in folder.iterdir()} - {"SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    assert {one["name"]: one["sha256"] for one in index["files"]}.items() <= sums.items()
    assert index["counts"]["triples"] == len(read_triples(SMALL))


def test_the_description_counts_right(folder):
    graph = rdflib.Graph().parse(folder / "void.ttl")
    assert graph.value(DATASET, VOID.triples).value == len(read_triples(SMALL))
    parts = [graph.value(part, VOID.triples).value for part in graph.objects(DATASET, VOID.propertyPartition)]
    assert sum(parts) == len(read_triples(SMALL))
    assert len(list(graph.objects(DATASET, DCAT.distribution))) == len(list(folder.iterdir())) - 3
    for file in graph.objects(DATASET, DCAT.distribution):
        path = folder / str(file).rpartition("/")[2]
        assert graph.value(file, DCAT.byteSize).value == path.stat().st_size


def test_the_same_graph_gives_the_same_release(folder, tmp_path):
    run_command(tmp_path, "--graph", SMALL)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        path.name: path.read_bytes() for path in folder.iterdir()
    }


def test_the_changes_lead_from_the_earlier_release_to_this_one(folder, tmp_path):
    changed = tmp_path / "new.ttl"
    changed.write_bytes(write_turtle(read_triples(SMALL)[5:], {}))
    run_command(tmp_path / "r", "--graph", changed, "--since", folder)
    patch = (tmp_path / "r" / "changes.rdfpatch").read_text(encoding="utf-8")
    assert apply_patch(read_triples(SMALL), patch) == read_triples(changed)
    counts = json.loads((tmp_path / "r" / "changes.json").read_text(encoding="utf-8"))["counts"]
    assert counts["triples removed"] == 5


def test_a_release_without_quotes_says_so(tmp_path):
    run_command(tmp_path, "--graph", SMALL, "--without-quotes")
    assert "left out" in json.loads((tmp_path / "index.json").read_text(encoding="utf-8"))["rights"]
    assert not any(one.predicate.value.endswith("articleBody") for one in read_triples(tmp_path / "graph.ttl.gz"))


def test_a_licence_that_is_no_iri_is_wrong_usage(tmp_path):
    assert CliRunner().invoke(cli, ["release", str(tmp_path), "--licence", "a b"]).exit_code == 2
