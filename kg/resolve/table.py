"""The points, limits and word lists of `ontology/resolution.yml`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from kg import resources


@dataclass(frozen=True, slots=True)
class Table:
    """`features`: name → points and what it means, in Chinese and English."""

    merge: float
    candidate: float
    margin: float
    features: Mapping[str, tuple[float, str, str]]
    authorities: Callable[[str], str]
    zones: Callable[[str], str]
    branches: re.Pattern[str]
    tails: Mapping[str, re.Pattern[str]]


@cache
def load_table() -> Table:
    content = yaml.safe_load(resources.path("ontology/resolution.yml").read_text(encoding="utf-8"))
    return Table(
        merge=content["merge"],
        candidate=content["candidate"],
        margin=content["margin"],
        features={name: (float(points), zh, en) for name, (points, zh, en) in content["features"].items()},
        authorities=_make_replacer(content["authorities"]),
        zones=_make_replacer(content["zones"]),
        branches=re.compile(f"(?:{_any_of(content['branches'])})$"),
        tails={cls: re.compile(f"(?:{_any_of(words)})$") for cls, words in content["tails"].items()},
    )


def _make_replacer(lines: list[str]) -> Callable[[str], str]:
    """What writes all words of a line as its first; the longest word that fits counts."""
    first = {word: line.split()[0] for line in lines for word in line.split()[1:]}
    pattern = re.compile(_any_of(" ".join(first)))
    return lambda text: pattern.sub(lambda found: first[found[0]], text)


def _any_of(words: str) -> str:
    return "|".join(re.escape(word) for word in sorted(words.split(), key=lambda word: (-len(word), word)))
