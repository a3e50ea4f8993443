"""Figures about entities: 合同投资金额215亿元, 解决就业1000人, 入选企业27家.

Each figure of a sentence becomes one observation, of what its clause speaks of: what is named in front of it in the same
clause, else the subject of the sentence, else that of the sentence before, else the article's topic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.clauses import Clause, Unit
from kg.entities import Linking
from kg.mentions.tagged import TaggedText
from kg.modality import read_modality
from kg.model import Article, Entity, Evidence, Observation, Span
from kg.values import Value

_KINDS = frozenset({"Money", "Percent", "Count"})
_SKIPPED_UNITS = frozenset(
    "年 月 日 天 期 届 岁 小时 分钟 周 本 部 首 篇 门 双 队 组 对 口 层 度 成 国 市 省 县 区 镇 村 位 次 批 款 章 号".split()
)
_OWNERS = (
    "Project",
    "Company",
    "Event",
    "Zone",
    "FinancialInstrument",
    "Ranking",
    "District",
    "Organisation",
    "Agreement",
)
_RULE = "observation/数值"
_CONFIDENCE = Decimal("0.75")
_STOP = "，。；：！？、\n（）()“”"
_LEADS = re.compile(
    "^(?:其中|目前|截至目前|预计|累计|共|共有|已|约|将|达|达到|为|是|有|超|的|和|与|及|全年|了|也|并|还)+"
)
_TAILS = re.compile("(?:达到|达|为|是|有|约|超过|超|共|共计|合计|累计|将|已|等|近|突破|至|到|仅|仅为|高达|了|的)+$")


def extract_observations(
    article: Article, tagged: TaggedText, clauses: Sequence[Clause], linking: Linking
) -> Iterator[Observation]:
    subject: Entity | None = None
    for clause in clauses:
        first = _first_owner(clause.units, linking)
        for place, unit in enumerate(clause.units):
            if unit.value is not None and _counts(unit.value):
                owner = _owner(clause.units[:place], linking) or first or subject or _topic(linking)
                if owner is not None:
                    yield _observe(article, tagged, clause, place, unit.value, owner)
        subject = first or subject


def _counts(value: Value) -> bool:
    return value.kind in _KINDS and bool(value.unit) and value.unit not in _SKIPPED_UNITS


def _first_owner(units: Sequence[Unit], linking: Linking) -> Entity | None:
    for unit in units:
        for mention in unit.mentions:
            if mention in linking.of and linking.of[mention].cls in _OWNERS:
                return linking.of[mention]
    return None


def _owner(before: Sequence[Unit], linking: Linking) -> Entity | None:
    """What is named last in the same clause."""
    for unit in reversed(before):
        if unit.char in "，。；：":
            return None
        for mention in unit.mentions:
            if mention in linking.of and linking.of[mention].cls in _OWNERS:
                return linking.of[mention]
    return None


def _topic(linking: Linking) -> Entity | None:
    return next((linking.topics[cls] for cls in _OWNERS if cls in linking.topics), None)


def _observe(
    article: Article, tagged: TaggedText, clause: Clause, place: int, value: Value, owner: Entity
) -> Observation:
    measure, start, end = _measure(clause.units, place)
    quote = article.body[start:end]
    modality = read_modality(tagged, Span(start, end), [one for unit in clause.units for one in unit.mentions])
    dates = tagged.dates(Span(clause.span.start, value.span.start))
    return Observation(
        of=owner.key,
        measure=measure,
        value=value.number,
        unit=value.unit,
        evidence=(Evidence(article.id, start, end, quote, _RULE, _CONFIDENCE),),
        value_to=value.to,
        amount_qualifier=value.qualifier,
        modality=modality if modality != "hoped" else "planned",
        period=article.body[dates[-1].span.start : dates[-1].span.end] if dates else None,
        dates=dates[-1].dates if dates else None,
    )


def _measure(units: Sequence[Unit], place: int) -> tuple[str, int, int]:
    """What is counted: the noun behind the figure (25个项目), else the words in front of it (投资额50亿元); and the quote's ends."""
    behind = _run(units, range(place + 1, min(place + 12, len(units))))
    before = list(reversed(_run(units, range(place - 1, max(-1, place - 14), -1))))
    words = _LEADS.sub("", _TAILS.sub("", "".join(unit.char for unit in before)))
    tail = "".join(unit.char for unit in behind)
    start, end = (before or [units[place]])[0].span.start, units[place].span.end
    value = units[place].value
    if value is not None and value.kind == "Count" and tail and not tail.startswith(("的", "以上", "左右")):
        return tail, start, behind[-1].span.end
    return words or tail or "数量", start, end


def _run(units: Sequence[Unit], places: range) -> list[Unit]:
    out: list[Unit] = []
    for place in places:
        unit = units[place]
        if unit.mentions or unit.value is not None or unit.char in _STOP:
            break
        out.append(unit)
    return out
