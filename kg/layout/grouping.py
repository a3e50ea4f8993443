"""Which paragraphs of a page make one article: where to cut, and to which body each heading belongs.

All ways to cut are weighed against each other (dynamic programming over the page's parts, `_MAX_PARTS` at most to an
article). What speaks for a way is a table of weights below: headings share words with their own body, sections of an
article share words with each other, a byline opens a body, a headline is wider than a column, a page keeps its habit.
Words are pairs of neighbouring characters, the rarer on this page the heavier.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.layout.paragraphs import Paragraph
from kg.layout.words import Pairs, find_names, find_pairs, make_weights, weigh

_MAX_PARTS = 40

# Weights, in one currency: what a heading gets that has all its words in the body is 4.
_ARTICLE = -0.5
_HEADING_SHARES = 3.0
_LEAD_SHARES = 3.0
_CROSSHEAD_SHARES = 4.0
_NO_HEADING = -3.0
_HEADINGS_AT_BOTH_ENDS = -2.0
_TORN_GROUP = -1.5
_NEW_HABIT = -0.7
_BYLINE_INSIDE = -8.0
_OPENED_BY_BYLINE = 1.0
_OPENED_LIKE_NEWS = 0.6
_ENDS_IN_MID_SENTENCE = -6.0
_TINY_BODY = -1.5
_CROSSHEAD = -0.6
_WIDE_CROSSHEAD = -2.5
_LONG_CROSSHEAD = -1.0
_ALIKE_CROSSHEADS = 1.2
_SHORT_HEADLINE = -1.5
_SHARED_NAME = 0.6
_NO_SHARED_NAME = -0.8
_COHESION = 10.0
_USUAL_COHESION = 0.07

_LEAD = re.compile(
    r"(?:近日|日前|昨日|昨天|今日|今天|(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:至\d{1,2}日)?[，,]|记者.{0,12}(?:获悉|了解到)|.{2,20}(?:消息|获悉)[，,])"
)


@dataclass(frozen=True, slots=True)
class Part:
    """What is never cut: a run of prose, or one display line.

    `torn` says that it was one group with the part before; `group_weight` is the weight of all words of the prose, or
    of the display lines' group.
    """

    paragraphs: tuple[Paragraph, ...]
    display: bool
    torn: bool
    byline: bool
    pairs: Pairs
    names: Pairs
    group_weight: float


@dataclass(frozen=True, slots=True)
class Group:
    """One article's paragraphs: headings in front of and behind the body, crossheads within."""

    before: tuple[Paragraph, ...]
    body: tuple[Paragraph, ...]
    behind: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class _Choice:
    score: float
    start: int
    came_from: int


def group_paragraphs(paragraphs: Sequence[Paragraph]) -> tuple[Group, ...]:
    """The articles of a page, in its order."""
    weights = make_weights(paragraph.text for paragraph in paragraphs)
    parts = _make_parts(paragraphs, weights)
    if not any(not part.display for part in parts):
        return ()
    cuts = _find_best_cuts(parts, weights)
    return tuple(_make_group(parts[start:end]) for start, end in cuts)


def _make_parts(paragraphs: Sequence[Paragraph], weights: dict[str, float]) -> list[Part]:
    parts: list[Part] = []
    run: list[Paragraph] = []
    for paragraph in paragraphs:
        if run and (paragraph.display or (_opens_body(paragraph) and not (len(run) == 1 and _is_byline(run[0])))):
            parts.append(_make_prose(run, weights))
            run = []
        if paragraph.display:
            parts += _make_display(paragraph, weights)
        else:
            run.append(paragraph)
    return parts + ([_make_prose(run, weights)] if run else [])


def _make_display(group: Paragraph, weights: dict[str, float]) -> list[Part]:
    """A part for each line, so that a group may be torn between two articles."""
    pairs = [find_pairs(line.text) for line in group.lines]
    total = math.fsum(weigh(each, weights) for each in pairs)
    return [
        Part(
            (Paragraph((line,), True, group.wide),), True, index > 0, False, pairs[index], find_names(line.text), total
        )
        for index, line in enumerate(group.lines)
    ]


def _make_prose(paragraphs: Sequence[Paragraph], weights: dict[str, float]) -> Part:
    pairs = frozenset[str]().union(*(find_pairs(paragraph.text) for paragraph in paragraphs))
    byline = paragraphs[0].lines[0].byline
    names = frozenset[str]().union(*(find_names(paragraph.text) for paragraph in paragraphs))
    return Part(tuple(paragraphs), False, False, byline, pairs, names, weigh(pairs, weights))


def _is_byline(paragraph: Paragraph) -> bool:
    """Nothing but who wrote it."""
    return len(paragraph.lines) == 1 and paragraph.lines[0].alone


def _opens_body(paragraph: Paragraph) -> bool:
    return paragraph.lines[0].byline or _LEAD.match(paragraph.text) is not None


def _find_best_cuts(parts: Sequence[Part], weights: dict[str, float]) -> list[tuple[int, int]]:
    """Bounds of the articles. `best[end][habit]`: habit 0 is headings in front, 1 behind."""
    worst = _Choice(-math.inf, 0, 0)
    best = [[_Choice(0.0, 0, 0)] * 2] + [[worst, worst] for _ in parts]
    for start in range(len(parts)):
        if best[start][0].score == best[start][1].score == -math.inf:
            continue
        for end in range(start + 1, min(start + _MAX_PARTS, len(parts)) + 1):
            scored = _score_article(parts, start, end, weights)
            if scored is None:
                continue
            score, habit = scored
            for old in (0, 1):
                total = best[start][old].score + score + (_NEW_HABIT if start and old != habit else 0.0)
                if total > best[end][habit].score:
                    best[end][habit] = _Choice(total, start, old)
    return _trace_back(best)


def _trace_back(best: Sequence[Sequence[_Choice]]) -> list[tuple[int, int]]:
    end = len(best) - 1
    habit = max((0, 1), key=lambda habit: best[end][habit].score)
    cuts: list[tuple[int, int]] = []
    while end > 0:
        choice = best[end][habit]
        cuts.append((choice.start, end))
        end, habit = choice.start, choice.came_from
    return cuts[::-1]


def _score_article(parts: Sequence[Part], start: int, end: int, weights: dict[str, float]) -> tuple[float, int] | None:
    """How well the parts make one article, and whether its headings stand behind it. None where there is no body."""
    prose = [index for index in range(start, end) if not parts[index].display]
    if not prose:
        return None
    first, last = prose[0], prose[-1]
    pairs = frozenset[str]().union(*(parts[index].pairs for index in prose))
    lead = _find_lead(parts[first:end])
    before = _share(parts[start:first], pairs, weights)
    behind = _share(parts[last + 1 : end], pairs, weights)
    score = _ARTICLE + _HEADING_SHARES * (before + behind)
    score += _LEAD_SHARES * (_share(parts[start:first], lead, weights) + _share(parts[last + 1 : end], lead, weights))
    score += _CROSSHEAD_SHARES * _share(parts[first:last], pairs, weights)
    score += _NO_HEADING if start == first and last + 1 == end else 0.0
    score += _HEADINGS_AT_BOTH_ENDS if start < first and last + 1 < end else 0.0
    score += _TORN_GROUP if parts[start].torn else 0.0
    score += _SHORT_HEADLINE if _is_short(parts[start:first]) or _is_short(parts[last + 1 : end]) else 0.0
    score += _score_body([parts[index] for index in prose])
    score += _score_inside(parts[first : last + 1], weights)
    return score, int(behind > before)


def _is_short(headings: Sequence[Part]) -> bool:
    """Too short for a headline, as crossheads often are."""
    return 0 < sum(part.paragraphs[0].lines[0].width for part in headings) < 8.5


def _find_lead(parts: Sequence[Part]) -> Pairs:
    """The words of a body's first paragraph, which says what the headline says."""
    paragraphs = [paragraph for part in parts[:2] for paragraph in part.paragraphs if not _is_byline(paragraph)]
    return find_pairs(paragraphs[0].text) if paragraphs else frozenset()


def _share(headings: Sequence[Part], pairs: Pairs, weights: dict[str, float]) -> float:
    """How much of what each group of headings says is said by the body, 0 to 1, summed up."""
    total = 0.0
    for part in headings:
        if part.display:
            total += weigh(part.pairs & pairs, weights) / (part.group_weight + 1e-9)
    return total


def _score_body(prose: Sequence[Part]) -> float:
    first, last = prose[0].paragraphs[0], prose[-1].paragraphs[-1]
    score = _OPENED_BY_BYLINE if prose[0].byline else _OPENED_LIKE_NEWS if _LEAD.match(first.text) else 0.0
    score += _ENDS_IN_MID_SENTENCE if last.broken else 0.0
    score += _TINY_BODY if sum(len(paragraph.text) for part in prose for paragraph in part.paragraphs) < 60 else 0.0
    return score


def _score_inside(parts: Sequence[Part], weights: dict[str, float]) -> float:
    """What speaks for keeping a body together over its crossheads, and over places that look like a new lead."""
    score = 0.0
    for index in range(1, len(parts)):
        if parts[index].display or parts[index - 1].paragraphs[-1].broken:
            continue
        score += _BYLINE_INSIDE if parts[index].byline and not _is_byline_alone(parts, index) else 0.0
        score += _COHESION * (_cohere(parts[:index], parts[index], weights) - _USUAL_COHESION)
        score += _SHARED_NAME * min(_count_names(parts[:index], parts[index]), 4) + _NO_SHARED_NAME
    return score + _score_crossheads([part for part in parts if part.display])


def _is_byline_alone(parts: Sequence[Part], index: int) -> bool:
    """The article's last words are who wrote it."""
    paragraphs = parts[index].paragraphs
    return index == len(parts) - 1 and len(paragraphs) == 1 and _is_byline(paragraphs[0])


def _cohere(before: Sequence[Part], after: Part, weights: dict[str, float]) -> float:
    """The share of words that a section has in common with the first one or the one before it, of the shorter one's."""
    prose = [part for part in before if not part.display]
    return max(_overlap(part, after, weights) for part in (prose[0], prose[-1]))


def _count_names(before: Sequence[Part], after: Part) -> int:
    known = frozenset[str]().union(*(part.names for part in before if not part.display))
    return len(known & after.names)


def _overlap(left: Part, right: Part, weights: dict[str, float]) -> float:
    return weigh(left.pairs & right.pairs, weights) / (min(left.group_weight, right.group_weight) + 1e-9)


def _score_crossheads(crossheads: Sequence[Part]) -> float:
    score = 0.0
    for index, part in enumerate(crossheads):
        paragraph = part.paragraphs[0]
        if part.torn and index:
            continue
        score += _CROSSHEAD + (_WIDE_CROSSHEAD if paragraph.wide else 0.0)
        score += _LONG_CROSSHEAD if len(paragraph.text) > 18 else 0.0
        score += _ALIKE_CROSSHEADS if any(_is_alike(part, other) for other in crossheads if other is not part) else 0.0
    return score


def _is_alike(part: Part, other: Part) -> bool:
    """Crossheads of one article are built alike: 领域宽——…, 质量高——…; 区域分布, 行业分布; 一、…, 二、…"""
    left, right = part.paragraphs[0].text, other.paragraphs[0].text
    if part.torn or other.torn:
        return False
    dashes = left.find("——") == right.find("——") >= 0
    return dashes or (left[-2:] == right[-2:] and len(left) == len(right)) or (left[1:2] == right[1:2] == "、")


def _make_group(parts: Sequence[Part]) -> Group:
    prose = [index for index, part in enumerate(parts) if not part.display]
    first, last = prose[0], prose[-1]
    return Group(_join(parts[:first]), _join(parts[first : last + 1]), _join(parts[last + 1 :]))


def _join(parts: Sequence[Part]) -> tuple[Paragraph, ...]:
    """The paragraphs of parts; display lines that were one group are one again."""
    joined: list[Paragraph] = []
    for part in parts:
        if part.display and part.torn and joined and joined[-1].display:
            lines = joined[-1].lines + part.paragraphs[0].lines
            joined[-1] = Paragraph(lines, True, joined[-1].wide)
        else:
            joined.extend(part.paragraphs)
    return tuple(joined)
