"""The word lists of `ontology/words.yml`, each by its name there."""

from __future__ import annotations

import re
from functools import cache

import yaml

from kg import resources


@cache
def word_list(name: str) -> tuple[str, ...]:
    """The words of a list in the order written; KeyError for a list that is not there."""
    return _lists()[name]


@cache
def word_set(name: str) -> frozenset[str]:
    return frozenset(word_list(name))


def any_of(name: str) -> str:
    """A regular expression for one of the words, the longest that fits."""
    return "|".join(re.escape(word) for word in sorted(word_list(name), key=lambda word: (-len(word), word)))


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    content = yaml.safe_load(resources.path("ontology/words.yml").read_text(encoding="utf-8"))
    return {name: tuple(str(line).split()) for name, line in content.items()}
