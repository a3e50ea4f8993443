"""What follows from facts that an article tells: who pays for what he builds or founds, who builds what he pays for.

`甲建设某项目` and `项目总投资5亿元` make 甲 the one who pays; `甲与某银行签署贷款协议` the bank. Whoever won a tender
or builds by contract does not pay.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from kg.model import EntityKey, Evidence, Observation, Qualifiers, Statement
from kg.words import any_of

_INVESTED = re.compile(any_of("sums of investment"))
_PART_OF_IT = re.compile("完成|累计|年度|今年|本年|已|每|强度|增|一期|二期|三期|银行|中央|财政|需|待")
"""In front of a sum these say that it is not what the whole costs."""
_BY_CONTRACT = re.compile(any_of("builds by contract"))
_LENT = re.compile("贷款|融资|授信|借款|信贷|银团|保理")
_LENDER = re.compile("银行|信用社|信托|基金|金融|财务公司|租赁|保理|保险|农发行|国开行")
_NO_BUILDER = re.compile("持股|持有|购得|支付|入股|股东|股份|贷款|资金|安排|债券")
"""Rules about money that tell nothing of who builds."""
_BRANCHES = ("分公司", "分行", "支行", "分部", "办事处", "代表处")
_BUILT, _LOAN = "fundedBy/建设方承担总投资", "fundedBy/与某银行签署贷款协议"
_FOLLOWS = (
    # a fact of these, class of the subject, class of the object: what follows
    ("establishedBy", "Company", "Company", "fundedBy", "fundedBy/设立方出资"),
    ("establishedBy", "Project", None, "undertakenBy", "undertakenBy/设立方建设"),
    ("fundedBy", "Project", "Company", "undertakenBy", "undertakenBy/投资方建设"),
)


def read_consequences(statements: Sequence[Statement], observations: Sequence[Observation]) -> Iterator[Statement]:
    """Facts that follow from others of the same article; their evidence is the sum, or the signature."""
    statements = [one for one in statements if one.qualifiers.modality != "denied"]
    payers: dict[EntityKey, set[EntityKey]] = defaultdict(set)
    for one in statements:
        if one.relation == "fundedBy":
            payers[one.subject].add(one.object)
    costs = {one.of: one for one in reversed(observations) if _is_cost(one)}
    for one in statements:
        cost = costs.get(one.subject)
        if cost is not None and payers[one.subject] <= {one.object} and _builds_for_itself(one):
            yield _pays(one, cost)
        elif one.relation == "signedWith":
            yield from (*_lends(one), *_agree(one))
        elif one.relation == "partOf":
            yield from _buys(one)
        else:
            yield from _follow(one)
    yield from _found_together(statements)
    yield from _lie_within(statements)


def _is_cost(observation: Observation) -> bool:
    money = len(observation.unit) == 3 and observation.unit.isupper()
    told = _INVESTED.search(observation.measure) and not _PART_OF_IT.search(observation.measure)
    return observation.of[0] == "Project" and money and bool(told) and observation.dimension is None


def _builds_for_itself(statement: Statement) -> bool:
    if statement.relation != "undertakenBy" or statement.object[0] != "Company":
        return False
    return not any(_BY_CONTRACT.search(f"{one.rule}{one.quote}") for one in statement.evidence)


def _pays(builder: Statement, cost: Observation) -> Statement:
    qualifiers = Qualifiers(
        builder.qualifiers.modality,
        amount=cost.value,
        amount_to=cost.value_to,
        currency=cost.unit,
        amount_qualifier=cost.amount_qualifier,
    )
    return Statement(builder.subject, "fundedBy", builder.object, qualifiers, _as_evidence(cost.evidence, _BUILT))


def _lends(signed: Statement) -> Iterator[Statement]:
    """A loan that is signed for is still to be paid out."""
    about = signed.qualifiers.about
    banks = [end for end in (signed.subject, signed.object) if _LENDER.search(end[1])]
    if about is None or not _LENT.search(about[1]) or len(banks) != 1:
        return
    borrower = signed.object if banks[0] == signed.subject else signed.subject
    qualifiers = replace(signed.qualifiers, modality="planned", about=None)
    yield Statement(borrower, "fundedBy", banks[0], qualifiers, _as_evidence(signed.evidence, _LOAN))


def _follow(told: Statement) -> Iterator[Statement]:
    for relation, subject, object_, following, rule in _FOLLOWS:
        if told.relation != relation or told.subject[0] != subject or object_ not in {None, told.object[0]}:
            continue
        lent = _LENDER.search(told.object[1]) or any(_NO_BUILDER.search(one.rule) for one in told.evidence)
        if not (lent and following == "undertakenBy") and not told.subject[1].endswith(_BRANCHES):
            qualifiers = Qualifiers(told.qualifiers.modality)
            yield Statement(told.subject, following, told.object, qualifiers, _as_evidence(told.evidence, rule))


def _agree(signed: Statement) -> Iterator[Statement]:
    """Companies that sign cooperate; what they sign is built by the company, in the place that it signs with."""
    ends, about = (signed.subject, signed.object), signed.qualifiers.about
    if all(end[0] == "Company" for end in ends):
        evidence = _as_evidence(signed.evidence, "cooperatesWith/签约各方合作")
        yield Statement(*_between(*ends, "cooperatesWith"), Qualifiers(signed.qualifiers.modality), evidence)
    for end in ends if about is not None and about[0] == "Project" else ():
        relation = {"Company": "undertakenBy", "District": "locatedIn", "Zone": "locatedIn"}.get(end[0])
        if about is not None and relation is not None:
            evidence = _as_evidence(signed.evidence, "signedWith/签约的项目")
            yield Statement(about, relation, end, Qualifiers("planned"), evidence)


def _buys(owned: Statement) -> Iterator[Statement]:
    """A company that is to be bought, or is told to be held by how much, has its buyer's money."""
    told = owned.qualifiers
    bought = told.modality == "planned" or told.amount is not None or told.share is not None
    if bought and owned.subject[0] == owned.object[0] == "Company":
        evidence = _as_evidence(owned.evidence, "fundedBy/控股方出资")
        yield Statement(owned.subject, "fundedBy", owned.object, replace(told, role=None), evidence)


def _found_together(statements: Sequence[Statement]) -> Iterator[Statement]:
    """Companies that found one together cooperate."""
    founders: dict[EntityKey, list[Statement]] = defaultdict(list)
    for one in statements:
        if one.relation == "establishedBy" and one.subject[0] == one.object[0] == "Company":
            founders[one.subject].append(one)
    for both in founders.values():
        for first, second in combinations(both, 2):
            quote = first.evidence[0].quote
            if quote == second.evidence[0].quote and "分别" not in quote:
                ends = _between(first.object, second.object, "cooperatesWith")
                evidence = _as_evidence(first.evidence, "cooperatesWith/共同设立")
                yield Statement(*ends, Qualifiers(first.qualifiers.modality), evidence)


def _lie_within(statements: Sequence[Statement]) -> Iterator[Statement]:
    """What lies in a zone lies in the district that the article says the zone to lie in."""
    around: dict[EntityKey, list[EntityKey]] = defaultdict(list)
    for one in statements:
        if one.relation == "locatedIn" and one.subject[0] == "Zone" and _is_county(one.object):
            around[one.subject].append(one.object)
    for one in statements:
        if one.relation == "locatedIn" and one.subject[0] not in {"Zone", "Event"}:
            for district in around.get(one.object, ()):
                evidence = _as_evidence(one.evidence, "locatedIn/园区所在的区县")
                yield Statement(one.subject, "locatedIn", district, Qualifiers(one.qualifiers.modality), evidence)


def _is_county(place: EntityKey) -> bool:
    """Or a city: not a province, which has nothing around it in the path that is its key."""
    return place[0] == "District" and "/" in place[1]


def _between(one: EntityKey, other: EntityKey, relation: str) -> tuple[EntityKey, str, EntityKey]:
    first, second = sorted((one, other))
    return first, relation, second


def _as_evidence(evidence: Sequence[Evidence], rule: str) -> tuple[Evidence, ...]:
    return tuple(replace(one, rule=rule, confidence=Decimal("0.8")) for one in evidence[:1])
