"""Branches that only their place names: whose they are, the sentence tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.entities import Linking
from kg.knowledge import Knowledge
from kg.model import Article, Evidence, Mention, Qualifiers, Span, Statement

_BARE_BRANCH = re.compile("^(?P<place>[\u4e00-\u9fff]{2,6}?)(?:分公司|分行|支行|分部|办事处|代表处|分院)$")


def read_branches(
    article: Article, mentions: Sequence[Mention], linking: Linking, knowledge: Knowledge
) -> Iterator[Statement]:
    """国药控股设立山东分公司: a branch that only its place names is of the company named before it in the sentence."""
    for place, mention in enumerate(mentions):
        found = _BARE_BRANCH.match(mention.text)
        if found is None or not knowledge.is_district(found["place"]):
            continue
        start = max(article.body.rfind(mark, 0, mention.span.start) for mark in "。；\n")
        owners = [one for one in mentions[:place] if one.cls == "Company" and one.span.start > start]
        branch = linking.of.get(mention)
        owner = linking.of.get(owners[-1]) if owners else None
        if branch is not None and owner is not None and branch.key != owner.key:
            span = Span(owners[-1].span.start, mention.span.end)
            quote = article.body[span.start : span.end]
            evidence = Evidence(article.id, span.start, span.end, quote, "partOf/某方的某地分公司", Decimal("0.85"))
            yield Statement(branch.key, "partOf", owner.key, Qualifiers(), (evidence,))
