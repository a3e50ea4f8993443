"""Rules as data: `ontology/rules/*.yml`, one file a relation, each rule with an example that a test runs.

Loading refuses what the ontology does not know and says which file and rule it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from kg.errors import RuleError
from kg.ontology import Ontology
from kg.patterns import Pattern, compile_pattern

TOPIC = "@"
"""`@District`, `@Ranking`, `@Event` … in place of a slot: what the article is about, of that class."""

_KEYS = {
    "name",
    "pattern",
    "also",
    "confidence",
    "modality",
    "also_modality",
    "example",
    "expect",
    "headline",
    "date",
    "dated",
    "ends",
    "share",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """Which slots of a match make a fact of which relation; an end may be a topic (`@District`)."""

    relation: str
    subject: str
    object: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to say a fact. `name` is unique in its file; `id` is `relation/name`."""

    id: str
    pattern: Pattern
    facts: tuple[Fact, ...]
    confidence: Decimal
    modality: str | None
    side_modality: str | None
    """That of the facts under `also`: what is agreed by a signature is only planned."""
    dated: bool
    example: str
    expect: tuple[Mapping[str, Any], ...]
    headline: str = ""
    shares: tuple[Decimal, Decimal] = (Decimal(0), Decimal(100))
    """Where the pattern has a slot `share`: between which percentages the rule holds."""


def load_rules(folder: Path, ontology: Ontology) -> tuple[Rule, ...]:
    """All rules of the folder, in the order of file names and then as written. Raises RuleError."""
    files = sorted(folder.glob("*.yml"))
    if not files:
        raise RuleError("no rule files there", path=folder)
    rules = tuple(rule for file in files for rule in _read_file(file, ontology))
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise RuleError(f"two rules are called {rule.id}", path=folder)
        seen.add(rule.id)
    return rules


def _read_file(path: Path, ontology: Ontology) -> Iterator[Rule]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise RuleError(f"is not YAML: {error}", path=path, line=mark.line + 1 if mark else None) from error
    if not isinstance(content, dict) or "relation" not in content or "rules" not in content:
        raise RuleError("needs `relation:` and `rules:`", path=path)
    relation = content["relation"]
    if relation not in ontology.relations():
        raise RuleError(f"unknown relation {relation!r}; the ontology has {', '.join(ontology.relations())}", path=path)
    for number, entry in enumerate(content["rules"], 1):
        try:
            yield _read_rule(entry, relation, content.get("dated", True), ontology)
        except RuleError as error:
            name = entry.get("name", f"number {number}") if isinstance(entry, dict) else f"number {number}"
            raise RuleError(f"rule {name}: {error}", path=path) from error


def _read_rule(entry: object, relation: str, dated: bool, ontology: Ontology) -> Rule:
    if not isinstance(entry, dict):
        raise RuleError("is not a mapping")
    unknown, missing = sorted(set(entry) - _KEYS), sorted({"name", "pattern", "example", "expect"} - set(entry))
    if unknown or missing:
        raise RuleError(f"unknown keys {unknown}" if unknown else f"lacks {', '.join(missing)}")
    pattern = compile_pattern(entry["pattern"], ontology)
    return Rule(
        id=f"{relation}/{entry['name']}",
        pattern=pattern,
        facts=tuple(_read_facts(entry, relation, pattern, ontology)),
        confidence=Decimal(str(entry.get("confidence", "0.9"))),
        modality=entry.get("modality"),
        side_modality=entry.get("also_modality"),
        dated=entry.get("dated", dated),
        example=entry["example"],
        expect=tuple(_as_list(entry["expect"])),
        headline=entry.get("headline", ""),
        shares=_read_shares(entry.get("share", "0..100")),
    )


def _read_shares(text: str) -> tuple[Decimal, Decimal]:
    try:
        low, high = (Decimal(part) for part in str(text).split(".."))
    except (ValueError, ArithmeticError) as error:
        raise RuleError(f"share {text!r} is no range such as 50..100") from error
    return low, high


def _as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _read_facts(entry: Mapping[str, Any], relation: str, pattern: Pattern, ontology: Ontology) -> Iterator[Fact]:
    names = {slot.name for slot in pattern.slots}
    alone = ontology.relation(relation).symmetric and "o" not in names
    yield _read_fact(relation, entry.get("ends") or ["s", "s" if alone else "o"], names, ontology)
    for also, ends in (entry.get("also") or {}).items():
        for pair in ends if isinstance(ends[0], list) else [ends]:
            yield _read_fact(also, pair, names, ontology)


def _read_fact(relation: str, ends: object, names: set[str], ontology: Ontology) -> Fact:
    if relation not in ontology.relations():
        raise RuleError(f"names the unknown relation {relation!r}")
    if not isinstance(ends, list) or len(ends) != 2:
        raise RuleError(f"{relation} needs two ends, [subject, object]")
    for end in ends:
        if end.startswith(TOPIC) and end[1:] not in ontology.classes():
            raise RuleError(f"{relation}: unknown class {end[1:]!r}")
        if not end.startswith(TOPIC) and end not in names:
            raise RuleError(f"{relation} needs the slot {end}, which the pattern does not have")
    return Fact(relation, ends[0], ends[1])
