"""Sentences told once more with less in them, so that rules need not allow for what stands between.

`甲集团全资子公司乙公司` speaks of 乙公司; `与拥有多项专利的丙公司签约` of 丙公司, however it is described.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.clauses import Clause, Unit, join_lists
from kg.ontology import Ontology
from kg.patterns import value_char
from kg.words import any_of

OWNED = re.compile(
    "[\ue000-\ue0ff](?:旗下的|下属的|(?:的|旗下|下属|所属)?(?:全资|控股|合资|重要)?(?:子公司|孙公司|附属公司))(?=[\ue000-\ue0ff])"
)
_DESCRIPTION = re.compile(
    f"(?:^|(?<=[，；：、是为与和同及]))(?:{any_of('openings of descriptions')}|{any_of('openings of sums')})"
    "[^，。；：、的]{0,24}的(?=[\ue000-\ue0ff])"
)

_COUNTED = re.compile(
    f"{value_char('Count')}[\u4e00-\u9fff]{{0,10}}?(?:{any_of('list tails')}|{any_of('callings of companies')})"
)
_NAMES_THEM = re.compile("(?:为|是|包括|有|即)(?=[\ue000-\ue0ff])")
_LATER, _NEAR = 4, 40
"""So many sentences on, those who were only counted may still be named."""


def simplify(clause: Clause, ontology: Ontology) -> Clause:
    """The clause itself where there is nothing to leave out."""
    units = _drop_descriptions(_drop_owners(clause.units), ontology)
    return clause if len(units) == len(clause.units) else Clause(_text(units), tuple(units), clause.span)


def _drop_owners(units: Sequence[Unit]) -> Sequence[Unit]:
    """甲集团全资子公司乙公司 as 乙公司 alone, so that rules read what 乙公司 does; whose it is another rule says."""
    owned = [found.span() for found in OWNED.finditer(_text(units))]
    return _without(units, [(start, end) for start, end in owned if units[start].mentions and units[end].mentions])


def _drop_descriptions(units: Sequence[Unit], ontology: Ontology) -> Sequence[Unit]:
    """What is said of a thing in front of its name goes; members of a list that it parted stand together again."""
    described = [found.span() for found in _DESCRIPTION.finditer(_text(units))]
    return join_lists(_without(units, described), ontology) if described else units


def _without(units: Sequence[Unit], stretches: Sequence[tuple[int, int]]) -> list[Unit]:
    left_out = {place for start, end in stretches for place in range(start, end)}
    return [unit for place, unit in enumerate(units) if place not in left_out]


def _text(units: Sequence[Unit]) -> str:
    return "".join(unit.char for unit in units)


def name_counted(clauses: Sequence[Clause]) -> list[Clause]:
    """与4家供应商签约 with their names, which a later sentence tells: 4家公司分别为甲、乙、丙和丁."""
    return [_name_counted(clause, clauses[number + 1 : number + _LATER]) for number, clause in enumerate(clauses)]


def _name_counted(clause: Clause, later: Sequence[Clause]) -> Clause:
    for found in _COUNTED.finditer(clause.text):
        named = _find_named(clause.units[found.start()], later)
        if named is not None:
            units = (*clause.units[: found.start()], named, *clause.units[found.end() :])
            return Clause(_text(units), units, clause.span)
    return clause


def _find_named(count: Unit, later: Sequence[Clause]) -> Unit | None:
    for clause in later:
        for again in _COUNTED.finditer(clause.text):
            value, number = clause.units[again.start()].value, count.value
            if value is None or number is None or value.number != number.number:
                continue
            for told in _NAMES_THEM.finditer(clause.text, again.end(), again.end() + _NEAR):
                names = clause.units[told.end()]
                if 1 < len(names.mentions) <= number.number:
                    return Unit(names.char, count.span, names.mentions)
    return None
