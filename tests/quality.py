"""What is measured on our own annotated articles, for the test of the floors and for the script that raises them."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from pathlib import Path

from kg.build import build_files
from kg.evaluate import evaluate
from kg.ontology import load_ontology

ROOT = Path(__file__).parent.parent
FLOORS = ROOT / "tests" / "quality.json"
GOLD = ROOT / "tests" / "gold"
PAGES = [GOLD / "example.yaml"]
ARTICLES = sorted(set(GOLD.glob("*.yaml")) - set(PAGES))
PARTS = {"example page": PAGES, "articles": ARTICLES}


def digest() -> str:
    """Of texts and annotations, so that floors are never compared with figures of something else."""
    files = sorted([*GOLD.glob("*.yaml"), *GOLD.glob("*.txt"), *(ROOT / "examples").glob("*.txt")])
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:16]


def build_gold(folder: Path) -> Path:
    """The graph of all annotated texts."""
    texts = [*sorted(GOLD.glob("*.txt")), *sorted((ROOT / "examples").glob("*.txt"))]
    build_files(texts, out=folder, progress=False)
    return folder / "graph.ttl"


def measure(graph: Path) -> dict[str, dict[str, float]]:
    """The figures that have floors, by part; all of them are the better the higher."""
    return {name: choose(evaluate(golds, load_ontology(), graph=graph).figures) for name, golds in PARTS.items()}


def choose(figures: Mapping) -> dict[str, float]:
    quoted, direct = figures["evidence"], figures["direct"]
    return {
        "facts precision": figures["facts"]["p"],
        "facts recall": figures["facts"]["r"],
        "entities recall": figures["entities"]["recall"],
        "entities class": figures["entities"]["class"],
        "qualifiers f1": figures["qualifiers"]["f1"],
        "observations f1": figures["observations"]["f1"],
        "true quotes": quoted["slice_true"] / quoted["quotes"],
        "not split or merged": -(figures["resolution"]["split"] + figures["resolution"]["merged"]),
        "direct triples that agree": -(direct["missing"] + direct["unfounded"]),
    }


def read_floors() -> dict:
    return json.loads(FLOORS.read_text(encoding="utf-8"))


def round_down(figure: float) -> float:
    """To whole per cent, so that not every change of a table changes a floor."""
    return math.floor(figure * 100 + 1e-9) / 100
