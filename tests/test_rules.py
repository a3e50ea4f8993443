"""Every rule of ontology/rules reads its own example, and nothing else into it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from kg.knowledge import load_knowledge
from kg.model import Article, EntityKey, Statement
from kg.ontology import load_ontology
from kg.pipeline import read_article
from kg.rules import Rule

RULES = load_knowledge().rules
PUBLISHED = date(2021, 4, 29)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_reads_its_example(rule: Rule) -> None:
    reading = read_article(Article(headline=rule.headline, body=rule.example, date=PUBLISHED))
    main = rule.facts[0].relation
    found = [one for one in reading.statements if one.relation == main and any(e.rule == rule.id for e in one.evidence)]
    expected = [_expected(fact, main) for fact in rule.expect]
    names = {entity.key: entity.name for entity in reading.entities}
    assert sorted((_said(one, names) for one in found), key=str) == sorted(expected, key=str)


def _expected(fact: Mapping[str, Any], relation: str) -> dict[str, Any]:
    return _ordered({key: str(value) for key, value in fact.items()}, relation)


def _said(statement: Statement, names: Mapping[EntityKey, str]) -> dict[str, Any]:
    """The statement in the words of a rule file: only what it says, modality where it is not `actual`."""
    one = statement.qualifiers
    said = {"s": names[statement.subject], "o": names[statement.object]}
    said |= {name: str(getattr(one, name)) for name in ("position", "metric", "role", "purpose") if getattr(one, name)}
    said |= {"amount": str(int(one.amount))} if one.amount is not None else {}
    said |= {"about": names[one.about]} if one.about else {}
    said |= {"on_date": one.on_date.label} if one.on_date else {}
    said |= {"modality": one.modality} if one.modality != "actual" else {}
    return _ordered(said, statement.relation)


def _ordered(said: dict[str, Any], relation: str) -> dict[str, Any]:
    """A symmetric relation has no direction."""
    if load_ontology().relation(relation).symmetric:
        said["s"], said["o"] = sorted((said["s"], said["o"]))
    return said
