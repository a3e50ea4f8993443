"""A patch makes the old graph into the new one; a new name is told apart from a new fact."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, parse

from kg.cli import cli
from kg.diff import apply_patch, compare_graphs, format_patch
from kg.errors import GraphError
from kg.export.reading import read_triples
from kg.ontology import load_ontology
from kg.turtle import sort_triples

SMALL = Path(__file__).parent / "data" / "small.ttl"
TEXT = SMALL.read_text(encoding="utf-8")
NAME = "云岭机电集团"
OTHER = """company:云岭重机 a kg:Company, kg:Organisation, kg:Party ;
    skos:prefLabel "云岭重机"@zh ; rdfs:label "云岭重机"@zh ."""
REPLACED = "<https://example.org/kg/id/Company/云岭重机> <http://purl.org/dc/terms/isReplacedBy> company:云岭机电集团 ."
CASES = [
    ("nothing", TEXT, TEXT, {}),
    ("a position", TEXT, TEXT.replace("kg:position 1 ", "kg:position 7 ", 1), {"changed": 1}),
    ("a new entity", TEXT, TEXT + OTHER, {"added entity": 1}),
    ("an entity gone", TEXT + OTHER, TEXT, {"removed entity": 1}),
    ("another IRI", TEXT, TEXT.replace(f"company:{NAME}", "company:云岭机电"), {"renamed": 1}),
    ("another label", TEXT, TEXT.replace(f'prefLabel "{NAME}"', 'prefLabel "云岭机电"'), {"renamed": 1}),
    ("two that are one", TEXT + OTHER, TEXT + REPLACED, {"merged": 1}),
]


def read(turtle):
    return sort_triples(one.triple for one in parse(turtle, format=RdfFormat.TURTLE))


@pytest.mark.parametrize(("old", "new", "kinds"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_changes_are_told_for_what_they_are(old, new, kinds):
    assert (old == new) == (not kinds)
    difference = compare_graphs(read(old), read(new), load_ontology())
    assert Counter(change.kind for change in difference.changes) == kinds


@pytest.mark.parametrize(("old", "new"), [case[1:3] for case in CASES], ids=[case[0] for case in CASES])
def test_a_patch_makes_the_old_graph_into_the_new_one(old, new):
    for one, other in ((old, new), (new, old)):
        difference = compare_graphs(read(one), read(other), load_ontology())
        assert apply_patch(read(one), format_patch(difference)) == read(other)


def test_a_patch_keeps_odd_literals():
    new = read('<urn:a> <urn:b> "line\\n\\r\\u0085\\u2028 \\"quoted\\" \\\\ ."@zh, "01"^^<urn:t> .')
    assert apply_patch([], format_patch(compare_graphs([], new, load_ontology()))) == new


@pytest.mark.parametrize(
    "patch", ["D <urn:a> <urn:b> <urn:c> .\n", "A <urn:a> <urn:b> .\n", "X <urn:a> <urn:b> <urn:c> .\n"]
)
def test_a_patch_that_does_not_fit_is_refused(patch):
    with pytest.raises(GraphError, match="the patch:2"):
        apply_patch([], "TX .\n" + patch)


def test_facts_added_and_removed_are_named():
    without = [one for one in read(TEXT) if "#Statement" not in str(one.object)]
    only = [one for one in without if one.predicate.value.rpartition("#")[2] not in ("subject", "predicate", "object")]
    kinds = Counter(change.kind for change in compare_graphs(only, read(TEXT), load_ontology()).changes)
    assert set(kinds) == {"added"}
    assert set(Counter(one.kind for one in compare_graphs(read(TEXT), only, load_ontology()).changes)) == {"removed"}


def test_the_command_has_three_forms(tmp_path):
    new = tmp_path / "new.ttl"
    new.write_text(TEXT + OTHER, encoding="utf-8")
    text, patch, counts = (
        CliRunner().invoke(cli, ["diff", str(SMALL), str(new), "--format", name])
        for name in ("text", "patch", "counts")
    )
    assert "added entity:\n  云岭重机 (Company)" in text.output
    assert apply_patch(read_triples(SMALL), patch.output) == read_triples(new)
    assert json.loads(counts.output)["added entity"] == 1
