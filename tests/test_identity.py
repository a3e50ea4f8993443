"""The table of Wikidata's items: only what the gazetteer has, each with its source, none for two things."""

from __future__ import annotations

import re

import pytest

from kg import resources
from kg.gazetteer_tables import read_table
from kg.identity import find_item
from kg.knowledge import load_knowledge
from kg.model import Entity

ROWS = list(read_table(resources.path("ontology/wikidata.tsv"), ("cls", "key", "item", "source")))


def test_every_row_is_a_thing_of_the_gazetteer():
    entries = load_knowledge().gazetteer.entries
    known = {(entry.cls, entry.code or entry.name) for entry in entries if not entry.former}
    assert {(row["cls"], row["key"]) for row in ROWS} <= known


def test_every_row_has_an_item_of_its_own_and_a_source_with_its_version():
    assert len({row["item"] for row in ROWS}) == len(ROWS) > 200
    assert all(re.fullmatch(r"Q\d+", row["item"]) for row in ROWS)
    assert all(
        re.fullmatch(r"(@rapideditor/country-coder|name-suggestion-index) \d\S+: \S+", row["source"]) for row in ROWS
    )


ITEMS = {
    "a country": (Entity("Place", "日本"), "Q17"),
    "a region by its code": (Entity("District", "香港特别行政区", ("香港",), "810000", "香港特别行政区"), "Q8646"),
    "a company under the gazetteer's name": (
        Entity("Company", "工商银行", (), None, "中国工商银行股份有限公司"),
        "Q26463",
    ),
    "a company under a short name alone": (Entity("Company", "工商银行"), None),
    "another class": (Entity("Company", "日本"), None),
    "a district without a sure item": (Entity("District", "巴南区", (), "500113", "重庆市/巴南区"), None),
}


@pytest.mark.parametrize(("entity", "item"), ITEMS.values(), ids=list(ITEMS))
def test_items_are_found_by_code_or_full_name(entity, item):
    assert find_item(entity) == (item and f"http://www.wikidata.org/entity/{item}")
