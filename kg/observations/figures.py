"""The figures of an article that somebody might chart, each with what it counts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.clauses import Clause
from kg.mentions.tagged import TaggedText
from kg.observations.measures import Measure, read_measure, tables, unit_family
from kg.values import Value
from kg.words import word_set

KINDS = frozenset({"Money", "Percent", "Count"})
_VAGUE = ("数", "几")
_EACH = re.compile("每(?![年天日月周股])")
_SCALES = ("亿", "万")
_OF_MONEY = re.compile(
    "(?:投资|投入|资金|支出|成本|产值|收入|营收|利润|利税|税收|资产|金额|总额|总价|预算|市值|估值|斥资|融资|贷款|债务|豪掷|耗资"
    "|[出增注募]资|[销营成交售业]额)[^，。；]{0,6}$"
)
"""Words in front of a sum that is written without its 元."""
_EQUALS = ("相当于", "折合", "约合")
_SUCH = re.compile("的(?:[就已共]{0,2}有|企业|公司|大?户|农户)")
_ENDS = frozenset("，。；、）)的") | {""}
_ONE_OF = re.compile("[^，。；：、]{0,20}之一")
_LEVELS = frozenset({"区", "县", "市", "省", "区县", "城市"})
_MARKS = tuple("，。；、）)")


@dataclass(frozen=True, slots=True)
class Figure:
    """`clause` is a number, `place` the figure's in the clause's units."""

    clause: int
    place: int
    value: Value
    measure: Measure


def find_figures(tagged: TaggedText, clauses: Sequence[Clause]) -> Iterator[Figure]:
    """In order of place; those that sum up a list (甲、乙等5家企业) have the place of the list."""
    for number, clause in enumerate(clauses):
        for place, unit in enumerate(clause.units):
            value = unit.value if unit.value is not None else _sum_behind(tagged, clause, place)
            if value is not None and value.kind in KINDS:
                figure = _read(tagged, clause, number, place, value)
                if figure is not None:
                    yield figure


def _sum_behind(tagged: TaggedText, clause: Clause, place: int) -> Value | None:
    """The figure that a list's unit has swallowed."""
    unit = clause.units[place]
    if len(unit.mentions) < 2 or unit.chain:
        return None
    following = clause.units[place + 1].span.start if place + 1 < len(clause.units) else clause.span.end
    at = bisect_left(tagged.values, unit.span.end, key=lambda value: value.span.start)
    value = tagged.values[at] if at < len(tagged.values) else None
    return value if value is not None and value.span.end <= following and value.kind == "Count" else None


def _read(tagged: TaggedText, clause: Clause, number: int, place: int, value: Value) -> Figure | None:
    written = tagged.text[value.span.start : value.span.end]
    around = (
        tagged.text[max(0, value.span.start - 1) : value.span.start],
        tagged.text[value.span.end : value.span.end + 1],
    )
    if "×" in around or written.startswith(_VAGUE) or not value.number or (value.kind == "Count" and value.number <= 1):
        return None
    if _is_criterion(tagged.text, value, written) or clause.text[:place].endswith(_EQUALS):
        return None
    if not value.unit:
        if not _is_bare_money(tagged.text, value, written):
            return None
        value = replace(value, kind="Money", unit="CNY")
    measure = read_measure(tagged, clause, place, value)
    if (
        ((_EACH.search(measure.front) or measure.front.endswith(("连续", "每股"))) and "价" not in measure.front)
        or (written.endswith("大") and not _ends_in(measure.behind, tables().great))
        or _refers(measure)
    ):
        return None
    if (unit_family(value) == "time" or value.unit in word_set("uncharted units")) and not _lasts(value, measure):
        return None
    return Figure(number, place, value, measure)


def _is_bare_money(text: str, value: Value, written: str) -> bool:
    """总投资120亿，: a sum without its unit, behind words that only sums follow."""
    ends = written.endswith("亿") or (written.endswith(_SCALES) and text[value.span.end : value.span.end + 1] in _ENDS)
    return ends and _OF_MONEY.search(text, max(0, value.span.start - 12), value.span.start) is not None


def _ends_in(words: str, nouns: frozenset[str]) -> bool:
    return any(words.endswith(noun) for noun in nouns)


def _is_criterion(text: str, value: Value, written: str) -> bool:
    """5000万元以上项目, 30万吨级码头, 5%以上股东, 172项工程之一: which ones are meant, not how much there is."""
    behind = text[value.span.end : value.span.end + 24]
    if value.kind == "Count" and _ONE_OF.match(behind):
        return True
    if behind.startswith(("级", "工作日")) or (value.kind == "Money" and behind.startswith("企业")):
        return True
    if value.kind == "Money" and value.qualifier == "over" and _SUCH.match(text, value.span.end):
        return True
    bound = written.endswith(("以上", "以下", "以内"))
    return bound and (value.kind == "Money" or behind.startswith("股东")) and behind[:1] not in _MARKS


def _refers(measure: Measure) -> bool:
    """这3个行业的企业数量: some that were named, whose figures follow."""
    noun, of, rest = measure.behind.partition("的")
    return bool(of and rest) and (noun in tables().plain or noun in _LEVELS)


def _lasts(value: Value, measure: Measure) -> bool:
    """30年 is charted as a term (特许经营期), not as a time; 39次 where it says of what (技术指导39次)."""
    if value.unit == "次":
        return len(measure.front) >= 3
    return unit_family(value) == "time" and measure.family is not None and measure.family.name == "期限"
