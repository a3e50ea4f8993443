"""Whose a share issue is: 定向增发 names no company, the sentence around it does, or the one before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.entities import Linking
from kg.mentions.introduced import SHARE_ISSUE
from kg.mentions.tagged import TaggedText
from kg.modality import read_modality
from kg.model import Article, Evidence, Mention, Qualifiers, Span, Statement

ISSUED = "issuedBy/某方的增发"
_TO = ("向", "对", "给", "由", "经", "继", "除")
"""In front of a company these say that it is another one that issues."""
_ENDS = "。；\n"
_BUYS = re.compile("[两三四五六七八九十等名位\\d]股东|认购|参与|包销|承销|保荐|购买|受让")
_MEANT = ("预案", "方案", "计划", "草案", "申请", "事项")


def read_issues(
    article: Article, tagged: TaggedText, mentions: Sequence[Mention], linking: Linking
) -> Iterator[Statement]:
    """The quote goes from the company to the issue; one that is named counts more than a mere 公司."""
    found = list(_find_owners(article.body, mentions, linking))
    named = {linking.of[issue].key for issue, owner in found if owner.found_by != "pointer"}
    for issue, owner in found:
        subject, company = linking.of[issue], linking.of[owner]
        if owner.found_by == "pointer" and subject.key in named:
            continue
        span = Span(min(owner.span.start, issue.span.start), max(owner.span.end, issue.span.end))
        told = read_modality(tagged, span, mentions)
        hoped = told in {"planned", "hoped"} or article.body.startswith(_MEANT, issue.span.end)
        quote = article.body[span.start : span.end]
        evidence = Evidence(article.id, span.start, span.end, quote, ISSUED, Decimal("0.84"))
        modality = "planned" if hoped else told
        yield Statement(subject.key, "issuedBy", company.key, Qualifiers(modality), (evidence,))


def _find_owners(text: str, mentions: Sequence[Mention], linking: Linking) -> Iterator[tuple[Mention, Mention]]:
    """The nearest company in front of the issue within the sentence, else the first one behind it; no buyer."""
    companies = [one for one in mentions if one.cls == "Company" and one in linking.of]
    starts = [one.span.start for one in companies]
    for issue in (one for one in mentions if one.found_by == SHARE_ISSUE and one in linking.of):
        start = max(text.rfind(mark, 0, issue.span.start) for mark in _ENDS) + 1
        end = min((place for mark in _ENDS if (place := text.find(mark, issue.span.end)) >= 0), default=len(text))
        near = companies[bisect_left(starts, start) : bisect_left(starts, end)]
        before = [one for one in near if one.span.end <= issue.span.start]
        behind = [one for one in near if issue.span.end <= one.span.start]
        fits = [one for one in before if _issues(text, one, issue, start)]
        plain = [] if before else [one for one in behind[:1] if not _BUYS.search(text, issue.span.end, end)]
        yield from ((issue, owner) for owner in (fits[-1:] or plain))


def _issues(text: str, company: Mention, issue: Mention, start: int) -> bool:
    receives = text.endswith(_TO, start, company.span.start)
    return not receives and not _BUYS.search(text, company.span.end, issue.span.start)
