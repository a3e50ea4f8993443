"""How well parts of a page make one article: a sum of weights, the higher the better.

Headings share words with their own body, above all with its first paragraph; sections of an article share words and
names with each other; a byline opens a body; a headline is wider than a column, a crosshead short and like the others.
The weights are in one currency, set by hand on pages drawn from drafts and from real articles.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.layout.parts import Part, is_byline
from kg.layout.words import Pairs, find_pairs, weigh
from kg.text import HEADLINE_MARK

MAX_PARTS = 40

_ARTICLE = -0.5
_HEADING_SHARES = 3.0
_LEAD_SHARES = 3.0
_CROSSHEAD_SHARES = 4.0
_NO_HEADING = -3.0
_AMID = -1.0
_HEADINGS_AT_BOTH_ENDS = -2.0
_SHORT_HEADLINE = -1.5
_TORN_GROUP = -1.5
# Only where the headings are marked.
_NO_HEADLINE = -9.0
_NO_HEADING_THOUGH_MARKED = -9.0
_TWO_HEADLINES = -4.0
_HEADLINE_INSIDE = -6.0
_BYLINE_INSIDE = -8.0
_OPENED_BY_BYLINE = 1.0
_OPENED_LIKE_NEWS = 0.6
_ENDS_IN_MID_SENTENCE = -6.0
_TINY_BODY = -1.5
_CROSSHEAD = -0.6
_WIDE_CROSSHEAD = -2.5
_LONG_CROSSHEAD = -1.0
_ALIKE_CROSSHEADS = 1.2
_SHARED_NAME = 0.6
_MAX_SHARED_NAMES = 4
_NO_SHARED_NAME = -0.8
_COHESION = 10.0
_USUAL_COHESION = 0.07
# Whatever follows, no article gets better again by as much.
_HOPELESS = -9.0


def score_articles(parts: Sequence[Part], start: int, weights: dict[str, float]) -> Iterator[tuple[int, float, int]]:
    """For each article that may begin at `start`: its end, its score, and its habit (1 where headings stand behind)."""
    first = last = -1
    said: set[str] = set()
    names: set[str] = set()
    lead: Pairs = frozenset()
    joints = crossheads = 0.0
    marked = any(part.mark for part in parts)
    for index in range(start, min(start + MAX_PARTS, len(parts))):
        part = parts[index]
        if not part.display:
            if last >= 0:
                joints += _score_joint(parts[first], parts[last], part, names, weights)
                crossheads = _score_crossheads([each for each in parts[first:index] if each.display])
            first, last = (index if first < 0 else first), index
            lead = lead or _find_lead(part)
            said |= part.pairs
            names |= part.names
        if joints < _HOPELESS:
            return
        if last >= 0:
            heads = (parts[start:first], parts[last + 1 : index + 1])
            score, habit = _score_headings(*heads, said, lead, weights)
            if not any(heads):
                amid = find_amid(parts[first : last + 1])
                score += _NO_HEADING_THOUGH_MARKED if marked and not amid else 0.0
                score += _score_amid(amid, said, lead, weights) if amid else 0.0
            inner = _CROSSHEAD_SHARES * _share(parts[first:last], said, weights)
            signed = -_BYLINE_INSIDE if first < last and parts[last].byline_alone else 0.0
            yield index + 1, score + inner + joints + signed + crossheads + _score_body(parts[first : last + 1]), habit


def _score_headings(
    before: Sequence[Part], behind: Sequence[Part], said: set[str], lead: Pairs, weights: dict[str, float]
) -> tuple[float, int]:
    shares = _share(before, said, weights), _share(behind, said, weights)
    score = _ARTICLE + _HEADING_SHARES * sum(shares)
    score += _LEAD_SHARES * (_share(before, lead, weights) + _share(behind, lead, weights))
    score += _NO_HEADING if not before and not behind else 0.0
    score += _HEADINGS_AT_BOTH_ENDS if before and behind else 0.0
    score += _TORN_GROUP if before and before[0].torn else 0.0
    score += _SHORT_HEADLINE if _is_short(before) or _is_short(behind) else 0.0
    return score + _score_marks((*before, *behind)), int(shares[1] > shares[0])


def find_amid(parts: Sequence[Part]) -> Sequence[Part]:
    """A headline set in the midst of its body, with its kickers: the one heading there that is wider than a column."""
    wide = [index for index, part in enumerate(parts) if part.display and part.wide and not part.torn]
    if len(wide) != 1:
        return ()
    start = wide[0]
    while parts[start].mark and parts[start - 1].display:
        start -= 1
    end = next(index for index in range(start, len(parts)) if not parts[index].display)
    return parts[start:end]


def _score_amid(amid: Sequence[Part], said: set[str], lead: Pairs, weights: dict[str, float]) -> float:
    """What a heading would score that stands in front, instead of as a crosshead, and a little less."""
    shares = _HEADING_SHARES * _share(amid, said, weights) + _LEAD_SHARES * _share(amid, lead, weights)
    as_crosshead = _score_crossheads(amid) + _CROSSHEAD_SHARES * _share(amid, said, weights)
    return _AMID - _NO_HEADING - as_crosshead + shares


def _score_marks(headings: Sequence[Part]) -> float:
    marks = [part.mark for part in headings if part.mark]
    count = marks.count(HEADLINE_MARK)
    return 0.0 if not marks or count == 1 else _NO_HEADLINE if count == 0 else _TWO_HEADLINES * (count - 1)


def _is_short(headings: Sequence[Part]) -> bool:
    """Too short for a headline, as crossheads often are."""
    return 0 < sum(part.paragraphs[0].lines[0].width for part in headings) < 8.5


def _find_lead(part: Part) -> Pairs:
    """The words of a body's first paragraph, which says what the headline says."""
    return next((find_pairs(paragraph.text) for paragraph in part.paragraphs if not is_byline(paragraph)), frozenset())


def _share(headings: Sequence[Part], said: set[str] | Pairs, weights: dict[str, float]) -> float:
    """How much of what each group of headings says is said by the body too, 0 to 1, summed up."""
    return sum(weigh(part.pairs & said, weights) / (part.group_weight + 1e-9) for part in headings if part.display)


def _score_body(parts: Sequence[Part]) -> float:
    first = parts[0]
    score = _OPENED_BY_BYLINE if first.byline else _OPENED_LIKE_NEWS if first.lead else 0.0
    score += _ENDS_IN_MID_SENTENCE if parts[-1].broken else 0.0
    score += _TINY_BODY if sum(len(part.text) for part in parts if not part.display) < 60 else 0.0
    return score


def _score_joint(first: Part, last: Part, part: Part, names: set[str], weights: dict[str, float]) -> float:
    """What speaks for `part` going on with a body from `first` to `last`, which has `names`."""
    if last.broken:
        return 0.0
    if part.byline_alone:
        return _BYLINE_INSIDE
    cohesion = max(_overlap(first, part, weights), _overlap(last, part, weights))
    shared = min(len(names & part.names), _MAX_SHARED_NAMES)
    score = _COHESION * (cohesion - _USUAL_COHESION) + _SHARED_NAME * shared + _NO_SHARED_NAME
    return score + (_BYLINE_INSIDE if part.byline else 0.0)


def _overlap(left: Part, right: Part, weights: dict[str, float]) -> float:
    """The share of words that two sections have in common, of the one that has fewer."""
    return weigh(left.pairs & right.pairs, weights) / (min(left.group_weight, right.group_weight) + 1e-9)


def _score_crossheads(crossheads: Sequence[Part]) -> float:
    heads = [part for index, part in enumerate(crossheads) if not (part.torn and index)]
    return sum(_score_crosshead(part, heads) for part in heads)


def _score_crosshead(part: Part, others: Sequence[Part]) -> float:
    score = _CROSSHEAD + (_WIDE_CROSSHEAD if part.paragraphs[0].wide else 0.0)
    score += _HEADLINE_INSIDE if part.mark == HEADLINE_MARK else 0.0
    score += _LONG_CROSSHEAD if len(part.text) > 18 else 0.0
    return score + (_ALIKE_CROSSHEADS if any(_is_alike(part, other) for other in others) else 0.0)


def _is_alike(part: Part, other: Part) -> bool:
    """Crossheads of one article are built alike: 领域宽——…, 质量高——…; 区域分布, 行业分布; 一、…, 二、…"""
    if part is other or part.torn or other.torn:
        return False
    left, right = part.text, other.text
    dashes = left.find("——") == right.find("——") >= 0
    return dashes or (left[-2:] == right[-2:] and len(left) == len(right)) or (left[1:2] == right[1:2] == "、")
