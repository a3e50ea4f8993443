"""Which paragraphs of a page make one article: where to cut, and to which body each heading belongs.

All ways to cut are weighed against each other, by dynamic programming over the page's parts; what speaks for a way
says `kg.layout.scoring`. Besides, a page keeps its habit: headings in front of bodies, or behind them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from kg.layout.paragraphs import Paragraph
from kg.layout.parts import Part, make_parts
from kg.layout.scoring import find_amid, score_articles
from kg.layout.words import make_weights
from kg.text import HEADLINE_MARK

_NEW_HABIT = -0.7
# A display line that belongs to no article: only where nothing else is possible.
_LEFT_OUT = -4.0
_HEADLINE_LEFT_OUT = -9.0


@dataclass(frozen=True, slots=True)
class Group:
    """One article's paragraphs: headings in front of and behind the body, crossheads within."""

    before: tuple[Paragraph, ...]
    body: tuple[Paragraph, ...]
    behind: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class _Choice:
    """The best way found to cut all up to a place: where its last article starts, and the habit before that."""

    score: float
    start: int
    habit: int


def group_paragraphs(paragraphs: Sequence[Paragraph]) -> tuple[Group, ...]:
    """The articles of a page, in its order."""
    weights = make_weights(paragraph.text for paragraph in paragraphs)
    parts = make_parts(paragraphs, weights)
    articles = (parts[start:end] for start, end in _find_best_cuts(parts, weights))
    return tuple(_make_group(article) for article in articles if any(not part.display for part in article))


def _find_best_cuts(parts: Sequence[Part], weights: dict[str, float]) -> list[tuple[int, int]]:
    """Bounds of the articles. `best[end][habit]`: habit 0 is headings in front, 1 behind."""
    worst = _Choice(-math.inf, 0, 0)
    best = [[_Choice(0.0, 0, 0)] * 2] + [[worst, worst] for _ in parts]
    for start in range(len(parts)):
        for end, score, habit in score_articles(parts, start, weights):
            for old in (0, 1):
                changed = _NEW_HABIT if start and old != habit else 0.0
                _add_choice(best[end], habit, _Choice(best[start][old].score + score + changed, start, old))
        if parts[start].display:
            lost = _HEADLINE_LEFT_OUT if parts[start].mark == HEADLINE_MARK else _LEFT_OUT
            for habit in (0, 1):
                _add_choice(best[start + 1], habit, _Choice(best[start][habit].score + lost, start, habit))
    return _trace_back(best)


def _add_choice(choices: list[_Choice], habit: int, choice: _Choice) -> None:
    if choice.score > choices[habit].score:
        choices[habit] = choice


def _trace_back(best: Sequence[Sequence[_Choice]]) -> list[tuple[int, int]]:
    end = len(best) - 1
    habit = max((0, 1), key=lambda habit: best[end][habit].score)
    cuts: list[tuple[int, int]] = []
    while end > 0:
        choice = best[end][habit]
        cuts.append((choice.start, end))
        end, habit = choice.start, choice.habit
    return cuts[::-1]


def _make_group(parts: Sequence[Part]) -> Group:
    prose = [index for index, part in enumerate(parts) if not part.display]
    first, last = prose[0], prose[-1]
    amid = find_amid(parts) if last - first == len(parts) - 1 else ()
    if amid:
        return Group(_join(amid), _join([part for part in parts if part not in amid]), ())
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
