"""The ways of `ontology/observations/ways.yml`: words that show whose a figure is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

import yaml

from kg import resources


@dataclass(frozen=True, slots=True)
class Way:
    """`words` are lists by what they are for; the example is a test."""

    name: str
    confidence: Decimal
    words: Mapping[str, tuple[str, ...]]
    headline: str
    example: str
    expect: tuple[Mapping[str, Any], ...]

    def any_of(self, kind: str) -> str:
        return "|".join(re.escape(word) for word in self.words[kind])


@cache
def ways() -> Mapping[str, Way]:
    content = yaml.safe_load(resources.path("ontology/observations/ways.yml").read_text(encoding="utf-8"))
    return {name: _read_way(name, entry) for name, entry in content.items()}


def _read_way(name: str, entry: Mapping[str, Any]) -> Way:
    expect = entry["expect"]
    return Way(
        name=name,
        confidence=Decimal(str(entry["confidence"])),
        words={kind: tuple(words.split()) for kind, words in entry.get("words", {}).items()},
        headline=entry.get("headline", ""),
        example=entry["example"],
        expect=tuple(expect if isinstance(expect, list) else [expect]),
    )


@cache
def pattern(way: str, kind: str, before: str = "", behind: str = "") -> re.Pattern[str]:
    """One of the words of a way between two pieces of regular expression."""
    return re.compile(f"{before}(?:{ways()[way].any_of(kind)}){behind}")


def founding() -> re.Pattern[str]:
    """In front of a company that is founded there."""
    return pattern("新设公司的资本", "found", "", "[^，。；]{0,12}$")
