"""What the project surely knows to be an item of Wikidata (`ontology/wikidata.tsv`, which says from where it knows)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kg import resources
from kg.errors import GazetteerError
from kg.gazetteer_tables import read_table
from kg.model import Entity

_ITEM = "http://www.wikidata.org/entity/"


def find_item(entity: Entity) -> str | None:
    """The IRI of the same thing in Wikidata, for owl:sameAs: districts by code, all else by the gazetteer's name."""
    return _items().get((entity.cls, entity.adcode or entity.key[1]))


@cache
def _items() -> Mapping[tuple[str, str], str]:
    out: dict[tuple[str, str], str] = {}
    for row in read_table(resources.path("ontology/wikidata.tsv"), ("cls", "key", "item", "source")):
        key, item = (row["cls"], row["key"]), row["item"]
        if key in out or not (item[:1] == "Q" and item[1:].isdecimal()) or not row["source"]:
            raise GazetteerError(f"{row['key']} stands twice, or has no item or source", path=row.path, line=row.line)
        out[key] = _ITEM + item
    return out
