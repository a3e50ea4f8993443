"""Names that have swallowed what is measured: 云岭水泥总产能 ends in a capacity, 云岭规划投资 in what is planned."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.mentions.tagged import TaggedText
from kg.model import Mention
from kg.words import any_of

_OWNERS = frozenset({"District", "Zone", "Company"})
_UNSURE = ("ending ", "tagger", "list")
_PLANNED = re.compile("规划|计划")
_DOES = re.compile(f"(?:拟|将|再|共|总|届时|则|到|在)*(?:{any_of('planned doings')})")
_MEASURE = re.compile(f"(?:的|总|年|年均|年度|累计|实际|全年|自身)*(?:{any_of('measured of a trade')})")
_CAPITAL = re.compile("(?:国有|社会|民间|民营)(?:资本|企业|经济)")
_FIRM = re.compile(f"(?:{any_of('legal forms')}|{any_of('firm endings')}|电子|科技|集团|股份|控股|银行|证券|集团公司)$")


def is_measured(mention: Mention, others: Mapping[tuple[int, int], Mention], tagged: TaggedText) -> bool:
    """Whether the name is that of a shorter mention, with the trade or the plan that figures behind it are of."""
    if not mention.found_by.startswith(_UNSURE):
        return False
    behind = tagged.text[mention.span.end : mention.span.end + 14]
    for end in range(mention.span.end - 1, mention.span.start + 1, -1):
        owner = others.get((mention.span.start, end))
        if owner is None or owner.cls not in _OWNERS or owner.found_by.startswith("ending "):
            continue
        rest = tagged.text[end : mention.span.end]
        if mention.cls in {"Document", "Project"}:
            return _PLANNED.search(rest[-2:]) is not None and _DOES.match(behind) is not None
        if _CAPITAL.fullmatch(rest):
            return True
        guessed = mention.found_by == "tagger" and owner.cls != "Company"
        trade = mention.cls == "Company" and len(rest) <= 5 and not guessed and _FIRM.search(rest) is None
        return trade and _MEASURE.match(behind) is not None
    return False
