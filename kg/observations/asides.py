"""Figures in brackets, which the sentences that rules see lack: 合作期12年（其中建设期2年）, 某项目（投资5亿元）."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from kg.clauses import ASIDE, Clause
from kg.entities import Linking
from kg.mentions.tagged import TaggedText
from kg.observations.figures import KINDS, Figure
from kg.observations.measures import read_aside
from kg.observations.thread import Owner, Thread

_OWNERS = frozenset({"Project", "Company", "Zone", "FinancialInstrument", "Agreement"})


def find_asides(tagged: TaggedText, clause: Clause, number: int) -> Iterator[Figure]:
    """Each with the place of the unit right in front of its brackets."""
    words = tagged.words[tagged.sentence_at(clause.span.start)]
    ends = [unit.span.end for unit in clause.units]
    starts = [unit.span.start for unit in clause.units]
    for found in ASIDE.finditer(tagged.text, clause.span.start, clause.span.end):
        place = bisect_left(ends, found.start())
        inside = bisect_left(starts, found.start()) < bisect_left(starts, found.end())
        if place == len(ends) or ends[place] != found.start() or inside:
            continue
        first = bisect_left(tagged.values, found.start(), key=lambda value: value.span.start)
        last = bisect_left(tagged.values, found.end(), key=lambda value: value.span.start)
        for value in tagged.values[first:last]:
            measure = read_aside(tagged, words, found.start(), value) if value.kind in KINDS and value.unit else None
            if measure is not None:
                yield Figure(number, place, value, measure)


def own_aside(figure: Figure, clause: Clause, linking: Linking, thread: Thread) -> Owner | None:
    """What stands right in front of the brackets, or what the figure there is of."""
    unit = clause.units[figure.place]
    if unit.value is not None:
        here = thread.last_clause == figure.clause and thread.last_place == figure.place
        return Owner(thread.last.entities, "括号中的数", thread.last.group) if here and thread.last else None
    owners = [linking.of[one] for one in unit.mentions if one in linking.of]
    fits = len(owners) == 1 and owners[0].cls in _OWNERS
    family = figure.measure.family
    named = fits and family is not None and (not family.of or owners[0].cls in family.of[:3])
    return Owner((owners[0],), "括号中的数") if named else None
