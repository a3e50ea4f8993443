"""Makes `ontology/wikidata.tsv` out of two npm packages; nothing in it is typed from memory.

Unpack both (`npm pack NAME`, `tar xzf`) and run

    python ontology/make_wikidata.py COUNTRY_CODER/package NAME_SUGGESTION_INDEX/package > ontology/wikidata.tsv

Countries go by their ISO 3166-1 code (`ontology/gazetteer/places.tsv`), Hong Kong and Macau by theirs. Of companies
only banks and operators of power stations and lines are taken, and only those that are nothing else there: their item
is the company itself, not a brand. The name has to be one of the gazetteer's, with one item in the package.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from kg.gazetteer_tables import read_table
from kg.knowledge import load_knowledge

_REGIONS = {"HK": "810000", "MO": "820000"}
_KINDS = ("brands/amenity/bank", "brands/amenity/atm", "operators/power/")
_NAMES = ("", ":zh", ":zh-Hans", ":zh-CN")


def read_countries(package: Path) -> tuple[str, dict[str, str]]:
    """The version, and ISO 3166-1 code → item."""
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    features = json.loads((package / "src/data/borders.json").read_text(encoding="utf-8"))["features"]
    found = (feature["properties"] for feature in features)
    return version, {one["iso1A2"]: one["wikidata"] for one in found if "iso1A2" in one and "wikidata" in one}


def read_companies(package: Path) -> tuple[str, dict[str, set[tuple[str, str]]]]:
    """The version, and name → items with the kind of place that they stand for."""
    content = json.loads((package / "dist/json/nsi.json").read_text(encoding="utf-8"))
    out: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for kind, category in content["nsi"].items():
        for item in category["items"]:
            for role in ("brand", "operator"):
                code = item["tags"].get(f"{role}:wikidata")
                names = (item["tags"].get(f"{key}{tail}", "") for key in (role, "name") for tail in _NAMES)
                for name in filter(None, names if code else ()):
                    out[name].add((code, kind))
    return content["_meta"]["version"], out


def make_rows(countries: Path, companies: Path) -> Iterator[tuple[str, str, str, str]]:
    version, codes = read_countries(countries)
    for code, region in sorted(_REGIONS.items()):
        yield "District", region, codes[code], f"@rapideditor/country-coder {version}: {code}"
    for row in read_table(Path(__file__).parent / "gazetteer/places.tsv", ("name", "iso")):
        if row["iso"] in codes and row["iso"] not in {*_REGIONS, "TW"}:
            yield "Place", row["name"], codes[row["iso"]], f"@rapideditor/country-coder {version}: {row['iso']}"
    version, items = read_companies(companies)
    for entry in load_knowledge().gazetteer.entries:
        if entry.cls != "Company" or "（" in entry.name:
            continue
        found = {pair for name in entry.names for pair in items.get(name, ())}
        kinds = {kind for _, kind in found}
        if kinds and all(kind.startswith(_KINDS) for kind in kinds) and len({code for code, _ in found}) == 1:
            yield "Company", entry.name, min(found)[0], f"name-suggestion-index {version}: {max(kinds)}"


def main() -> None:
    print("# Items of Wikidata (CC0) for what the gazetteer knows. Made by make_wikidata.py, which says from what.")
    print(
        "# Not to be edited. Divisions of China are left out but for two: no table of their codes with items was found."
    )
    print("cls\tkey\titem\tsource")
    for row in make_rows(*map(Path, sys.argv[1:3])):
        print("\t".join(row))


if __name__ == "__main__":
    main()
