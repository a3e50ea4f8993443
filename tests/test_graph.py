"""The graph of a PDF: each quote is shown on its page, and the graph keeps its own rules."""

from __future__ import annotations

import random
import re

import pytest
from pages.drafts import read_drafts
from pages.pdf import compose_sheets, write_pdf
from pyoxigraph import RdfFormat, Store

from kg.build import BuildReport, build_files
from kg.validate import validate

PLACES = """
PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?evidence ?region ?standard {
  ?evidence a oa:SpecificResource
  OPTIONAL {
    ?evidence oa:hasSelector ?box .
    ?box a oa:FragmentSelector ; rdf:value ?region ; dcterms:conformsTo ?standard
  }
}
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, BuildReport]:
    folder = tmp_path_factory.mktemp("pdf")
    (folder / "page.pdf").write_bytes(write_pdf(compose_sheets(read_drafts()[1:], random.Random(1))))
    report = build_files([folder / "page.pdf"], out=folder / "build", progress=False)
    store = Store()
    store.load((folder / "build" / "graph.ttl").read_bytes(), RdfFormat.TURTLE)
    return store, report


def test_each_quote_from_a_pdf_is_shown_on_its_page(built: tuple[Store, BuildReport]) -> None:
    found = [tuple(term and term.value for term in row) for row in built[0].query(PLACES)]
    assert len(found) > 10
    assert {standard for _, _, standard in found} == {"http://tools.ietf.org/rfc/rfc3778"}
    assert all(re.fullmatch(r"page=[12]&viewrect=\d+,\d+,\d+,\d+", str(region)) for _, region, _ in found)


def test_a_graph_with_places_on_pages_keeps_its_rules(built: tuple[Store, BuildReport]) -> None:
    assert built[1].violations == ()


WRONG = [
    ("page=0&viewrect=1,2,3,4", "rdf:value"),
    ("page=1&viewrect=1,2,-3,4", "rdf:value"),
    ("page=1", "rdf:value"),
]


@pytest.mark.parametrize(("region", "path"), WRONG)
def test_a_place_that_is_written_wrongly_is_found(region: str, path: str) -> None:
    store = Store()
    text = (
        "@prefix oa: <http://www.w3.org/ns/oa#> . @prefix dcterms: <http://purl.org/dc/terms/> ."
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> ."
        f'<urn:x> a oa:FragmentSelector ; rdf:value "{region}" ;'
        "dcterms:conformsTo <http://tools.ietf.org/rfc/rfc3778> ."
    )
    store.load(text.encode(), RdfFormat.TURTLE)
    assert path in {violation.path for violation in validate(store)}
