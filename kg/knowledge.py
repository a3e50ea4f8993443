"""Everything the program knows before it reads: ontology, gazetteer, name endings, rules. Loaded once a process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg import resources
from kg.gazetteer import Ending, Gazetteer, load_endings, load_gazetteer
from kg.ontology import Ontology, load_ontology
from kg.rules import Rule, load_rules

_LONGEST_ENDING = 16


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    ontology: Ontology
    gazetteer: Gazetteer
    endings: dict[str, Ending]
    generic: frozenset[str]
    modifiers: frozenset[str]
    activities: frozenset[str]
    roles: tuple[str, ...]
    heads: dict[str, str]
    rules: tuple[Rule, ...]

    def is_district(self, name: str) -> bool:
        """Whether a district is called so, whatever else is."""
        return any(entry.cls == "District" for entry in self.gazetteer.lookup(name))

    def is_generic(self, text: str) -> bool:
        """Whether the text is nothing but words that tell no thing from another; the empty text is."""
        reached = {0}
        for end in range(1, len(text) + 1):
            if any(start in reached and text[start:end] in self.generic for start in range(max(0, end - 6), end)):
                reached.add(end)
        return len(text) in reached

    def ending_of(self, name: str) -> Ending | None:
        """The longest ending that the name has."""
        found = (self.endings.get(name[start:]) for start in range(max(0, len(name) - _LONGEST_ENDING), len(name)))
        return next((ending for ending in found if ending is not None), None)


@cache
def load_knowledge() -> Knowledge:
    folder = resources.path("ontology/gazetteer")
    ontology = load_ontology()
    return Knowledge(
        ontology=ontology,
        gazetteer=load_gazetteer(folder),
        endings={ending.text: ending for ending in load_endings(folder)},
        generic=frozenset(_read_words("generic.txt")),
        activities=frozenset(_read_words("activities.txt")),
        modifiers=frozenset(_read_words("modifiers.txt")),
        roles=tuple(sorted(_read_words("roles.txt"), key=lambda word: (-len(word), word))),
        heads=dict(pair for pair in _read_pairs("heads.txt")),
        rules=load_rules(resources.path("ontology/rules"), ontology),
    )


def _read_words(name: str) -> list[str]:
    lines = resources.path(f"ontology/gazetteer/{name}").read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


def _read_pairs(name: str) -> list[tuple[str, str]]:
    lines = resources.path(f"ontology/gazetteer/{name}").read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return [(word, row[0]) for row in rows for word in row[1:]]
