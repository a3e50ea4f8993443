"""Companies summed up as firms whose trade was said before: 触摸屏厂商分化。甲、乙两大巨头领先.

Rules read one sentence. What kind of firms a list is of may have been said in the one before, or earlier in the
paragraph where the list is summed up (甲、乙等企业).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.clauses import Clause, Unit
from kg.entities import Linking
from kg.model import Article, Evidence, Mention, Qualifiers, Span, Statement
from kg.words import any_of

_RULE = "inIndustry/前文所说行业的若干企业"
_CONFIDENCE = Decimal("0.78")
_REACH = 160
"""How far in front of a list its trade may stand."""
_FIRMS = f"(?:{any_of('firms')})"
_OF_FIRMS = re.compile(f"(?:{any_of('makes or sells')}|主要|重点|大型|知名|骨干|整机)*{_FIRMS}")
_SUMMED_UP = re.compile(f"(?:等|[两二三四五六七八九十几数\\d]+(?:大|家))[^，。！？；、\n]{{0,10}}?(?:公司|{_FIRMS})")
_NAMED = frozenset({"Company", "Organisation"})
_FIRST = 4
"""Of how many characters what opens a sentence in front of such a list may be."""


def read_listed(
    article: Article, clauses: Sequence[Clause], industries: Sequence[Mention], linking: Linking
) -> Iterator[Statement]:
    """`industries` are all that the article names, plain nouns among them, in order of place."""
    told = [one for one in industries if one in linking.of and _OF_FIRMS.match(article.body, one.span.end)]
    named = 0
    before: Clause | None = None
    for clause in clauses:
        general = before is not None and named <= before.span.start
        for place, unit in enumerate(clause.units):
            if not unit.mentions or unit.mentions[0].cls not in _NAMED:
                continue
            since, named = named, unit.mentions[-1].span.end
            trade = _trade_of(article.body, unit, told, since)
            opens = general and place < _FIRST and len(unit.mentions) > 1
            listed = all(one.cls == "Company" for one in unit.mentions)
            if trade is None or not listed or not (opens or _summed_up(article.body, unit, industries)):
                continue
            span = Span(trade.span.start, unit.mentions[-1].span.end)
            quote = article.body[span.start : span.end]
            evidence = Evidence(article.id, span.start, span.end, quote, _RULE, _CONFIDENCE)
            industry = linking.of[trade].key
            for company in (linking.of[one].key for one in unit.mentions if one in linking.of):
                yield Statement(company, "inIndustry", industry, Qualifiers(), (evidence,))
        before = clause


def _trade_of(text: str, unit: Unit, told: Sequence[Mention], since: int) -> Mention | None:
    """The last trade of firms in the paragraph in front of the list, if its sentence tells that of no company."""
    start = unit.mentions[0].span.start
    near = [one for one in told if since <= one.span.start and one.span.end <= start <= one.span.end + _REACH]
    if not near or "\n" in text[near[-1].span.end : start]:
        return None
    opens = max(text.rfind(mark, 0, near[-1].span.start) for mark in "。！？\n")
    return near[-1] if since <= opens + 1 else None


def _summed_up(text: str, unit: Unit, industries: Sequence[Mention]) -> bool:
    """甲、乙等企业, where no other trade stands between."""
    found = _SUMMED_UP.match(text, unit.mentions[-1].span.end)
    return found is not None and not any(one.span.overlaps(Span(*found.span())) for one in industries)
