"""Exports are the same tomorrow, elsewhere and by another way, but for what changed."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pyoxigraph
import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat

from kg.build import build_files
from kg.cli import cli
from kg.diff import apply_patch
from kg.export.formats import EXPORTERS, make_export
from kg.export.graphs import split_by_article
from kg.export.rdf import stream_store
from kg.export.reading import pack, pack_parts, read_triples
from kg.iris import NAMESPACES
from kg.ontology import load_ontology
from kg.store import open_store
from kg.turtle import sort_triples, stream_turtle, write_turtle

ROOT = Path(__file__).parent.parent
SMALL = Path(__file__).parent / "data" / "small.ttl"
PAGES = sorted((Path(__file__).parent / "gold").glob("*.txt"))
ONTOLOGY = load_ontology()
RELEASE = """
import hashlib, sys
from pathlib import Path
from kg.cli import cli
from kg.export.formats import EXPORTERS, make_export
from kg.export.reading import read_triples
from kg.ontology import load_ontology
graph, folder = Path(sys.argv[1]), Path(sys.argv[2])
triples = read_triples(graph)
for name in sorted(EXPORTERS):
    made = make_export(triples, name, load_ontology())
    for content in [made] if isinstance(made, bytes) else made.values():
        print(name, hashlib.sha256(content).hexdigest())
cli(["release", str(folder), "--graph", str(graph)], standalone_mode=False)
for path in sorted(folder.iterdir()):
    print(path.name, hashlib.sha256(path.read_bytes()).hexdigest())
"""
PLACES = [
    {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "UTC", "PYTHONUTF8": "0"},
    {"PYTHONHASHSEED": "2", "LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Shanghai"},
    {"PYTHONHASHSEED": "77", "LC_ALL": "zh_CN.GB18030", "TZ": "America/St_Johns", "PYTHONUTF8": "0"},
]


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """The graph of the example page, as a file."""
    folder = tmp_path_factory.mktemp("stable")
    build_files([], out=folder, progress=False)
    return folder / "graph.ttl"


def test_exports_and_release_are_the_same_under_any_hash_seed_locale_and_time_zone(example, tmp_path):
    said = []
    for number, place in enumerate(PLACES):
        command = [sys.executable, "-c", RELEASE, str(example), str(tmp_path / str(number))]
        env = os.environ | {"PYTHONPATH": str(ROOT)} | place
        said.append(subprocess.run(command, env=env, capture_output=True, check=True).stdout)
    assert said[0].count(b"\n") > len(EXPORTERS) + 10
    assert said[0] == said[1] == said[2]


@pytest.mark.parametrize("format_", sorted(EXPORTERS))
def test_the_order_in_which_triples_come_makes_no_difference(format_):
    triples = read_triples(SMALL)
    mixed = random.Random(7).sample(triples, len(triples))
    assert make_export(sort_triples(mixed), format_, ONTOLOGY) == make_export(triples, format_, ONTOLOGY)


def test_turtle_through_a_store_and_back_is_the_same_file(example):
    assert b"".join(stream_store(open_store(example), ONTOLOGY)) == example.read_bytes()


@pytest.mark.parametrize("options", [(), ("--truthy",), ("--without-quotes",)], ids=" ".join)
def test_a_corpus_is_exported_as_its_file_is(options, tmp_path):
    """From the folder of a corpus piece by piece, from a file at once; plain, packed, and in another format."""
    runner = CliRunner()
    inputs = ["build", *map(str, PAGES[:2]), "--quiet", "--workers", "1", "--date", "2024-01-02"]
    for where in (["--store", str(tmp_path / "corpus")], ["--out", str(tmp_path / "out")]):
        done = runner.invoke(cli, [*inputs, *where])
        assert done.exit_code == 0, done.output
    sources = {"corpus": tmp_path / "corpus", "file": tmp_path / "out" / "graph.ttl"}
    for format_, ending in (("turtle", "ttl.gz"), ("turtle", "ttl"), ("jsonld", "jsonld")):
        if format_ == "jsonld" and "--truthy" in options:
            continue
        for name, source in sources.items():
            out = tmp_path / f"{name}.{ending}"
            done = runner.invoke(cli, ["export", str(source), "--to", format_, "--out", str(out), *options])
            assert done.exit_code == 0, done.output
        assert (tmp_path / f"corpus.{ending}").read_bytes() == (tmp_path / f"file.{ending}").read_bytes()


@pytest.mark.parametrize("name", ["x.ttl", "x.ttl.gz", "x.ttl.zst"])
def test_a_packed_file_is_the_same_in_however_many_pieces(name):
    content = SMALL.read_bytes()
    if name.endswith(".zst"):
        pytest.importorskip("zstandard")
    pieces = [content[start : start + 700] for start in range(0, len(content), 700)]
    assert b"".join(pack_parts(pieces, name)) == pack(content, name)


@pytest.mark.parametrize("size", [1, 3, 50, 10**6])
def test_turtle_is_the_same_in_however_many_pieces(size, monkeypatch):
    triples = read_triples(SMALL)
    whole = write_turtle(triples, NAMESPACES)
    monkeypatch.setattr("kg.turtle._AT_A_TIME", size)
    assert b"".join(stream_turtle(iter(triples), NAMESPACES)) == whole
    assert sort_triples(one.triple for one in pyoxigraph.parse(whole, format=RdfFormat.TURTLE)) == triples


def build_pages(pages, out):
    build_files(pages, out=out, progress=False)
    return out / "graph.ttl"


def test_one_more_article_changes_only_blocks_that_it_concerns(tmp_path):
    """Blocks that are new or changed: what is the article's own, and the entities and facts that it speaks of."""
    before, after = build_pages(PAGES[1:4], tmp_path / "before"), build_pages(PAGES[:4], tmp_path / "after")
    blocks, new_blocks = (path.read_bytes().split(b"\n\n") for path in (before, after))
    old_triples, new_triples = read_triples(before), read_triples(after)
    added = split_by_article(new_triples).keys() - split_by_article(old_triples).keys()
    assert added
    changed = set(new_blocks) - set(blocks)
    read = [list(pyoxigraph.parse(new_blocks[0] + b"\n" + block, format=RdfFormat.TURTLE)) for block in changed]
    subjects = {one.subject for block in read for one in block}
    assert added < subjects <= find_concerned(new_triples, added)
    gone = {block.partition(b" ")[0] for block in set(blocks) - set(new_blocks)}
    assert gone <= {block.partition(b" ")[0] for block in new_blocks}
    assert new_blocks[0] == blocks[0]


def find_concerned(triples, articles):
    """The articles, their evidence, the facts from it, all that these name, and what the tables say of places."""
    values = defaultdict(lambda: defaultdict(set))
    for one in triples:
        values[one.predicate.value.rpartition("#")[2]][one.subject].add(one.object)
    evidence = {one for one, sources in values["hasSource"].items() if sources & articles}
    own = articles | evidence | {one for one, pieces in values["wasDerivedFrom"].items() if pieces & evidence}
    found = own | {one.object for one in triples if one.subject in own}
    from_tables = {one: values["subject"][one] | values["object"][one] for one in values["wasAttributedTo"]}
    while more := {part for one, ends in from_tables.items() if ends & found for part in (one, *ends)} - found:
        found |= more
    return found


def test_the_changes_of_a_release_are_a_patch_between_corpora(tmp_path):
    """Release, add an article, release with --since: the patch makes the first into the second."""
    runner = CliRunner()
    for name, pages in (("one", PAGES[:2]), ("two", PAGES[:3])):
        graph = build_pages(pages, tmp_path / f"{name}-graph")
        since = ["--since", str(tmp_path / "one")] if name == "two" else []
        done = runner.invoke(cli, ["release", str(tmp_path / name), "--graph", str(graph), *since])
        assert done.exit_code == 0, done.output
    patch = (tmp_path / "two" / "changes.rdfpatch").read_text(encoding="utf-8")
    first, second = (read_triples(tmp_path / name / "graph.ttl.gz") for name in ("one", "two"))
    assert first != second
    assert apply_patch(first, patch) == second


def test_the_head_of_turtle_does_not_depend_on_what_is_in_it(example):
    heads = {make_export(triples, "turtle", ONTOLOGY).partition(b"\n\n")[0] for triples in ([], read_triples(example))}
    assert len(heads) == 1
