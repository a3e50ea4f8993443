"""What was signed, told behind the rule's words: 甲与乙签署了关于某事的100亿元贷款协议.

A rule reads who signs with whom; what stands between the verb and the name of the agreement is free. Of a ceremony
it is the name that says so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from kg.clauses import Clause
from kg.entities import Linking
from kg.model import EntityKey, Evidence, Qualifiers, Span, Statement
from kg.values import Value

_REACH = 60
_CEREMONY = re.compile("签约|签字|签署")
_HELD_BY_BOTH = "organisedBy/双方举行某活动"
_ENDS = frozenset("。；！？\n")


def add_signed(qualifiers: Qualifiers, match: Span, party: Span, clause: Clause, linking: Linking) -> Qualifiers:
    """With the next agreement of the sentence, and the sum of money in front of its name, where none is told yet.

    `party` is the first that is said to sign; another signature behind the match is not theirs.
    """
    amount = None
    behind = (unit for unit in clause.units if unit.span.start >= party.end)
    for unit in islice(behind, _REACH):
        if unit.char in _ENDS or (unit.char == "签" and unit.span.start >= match.end):
            return qualifiers
        if unit.char == "，":
            amount = None
        if unit.value is not None and unit.value.kind == "Money":
            amount = unit.value
        if unit.mentions and unit.mentions[0].cls == "Agreement" and unit.mentions[0] in linking.of:
            signed = replace(qualifiers, about=linking.of[unit.mentions[0]].key)
            return signed if amount is None or qualifiers.amount is not None else with_sum(signed, amount)
    return qualifiers


def with_sum(qualifiers: Qualifiers, value: Value) -> Qualifiers:
    return replace(
        qualifiers, amount=value.number, amount_to=value.to, currency=value.unit[:3], amount_qualifier=value.qualifier
    )


def read_ceremonies(statements: Iterable[Statement]) -> Iterator[Statement]:
    """Two that hold a signing ceremony together sign with each other."""
    held: dict[tuple[EntityKey, Evidence], list[Statement]] = defaultdict(list)
    for one in statements:
        if one.relation == "organisedBy" and _CEREMONY.search(one.subject[1]):
            for evidence in one.evidence:
                if evidence.rule == _HELD_BY_BOTH:
                    held[one.subject, evidence].append(one)
    for (_, evidence), both in held.items():
        if len(both) == 2:
            first, second = sorted(one.object for one in both)
            told = replace(evidence, rule="signedWith/双方的签约仪式", confidence=Decimal("0.85"))
            yield Statement(first, "signedWith", second, both[0].qualifiers, (told,))
