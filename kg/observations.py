"""Figures about entities: 合同投资金额215亿元, 解决就业1000人, 入选企业27家.

Each figure of a sentence becomes one observation, of what is named in front of it in the same part of the sentence,
else in the part before. Figures of a signing or a ranking are the signing's or the ranking's, and what stands in
front is the group that they are for. Where nothing is named there is no observation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.clauses import Clause, Unit
from kg.entities import Linking
from kg.mentions.names import KIND
from kg.mentions.tagged import TaggedText
from kg.modality import read_modality
from kg.model import Article, Entity, Evidence, Observation, Span
from kg.values import Value
from kg.words import word_set

_KINDS = frozenset({"Money", "Percent", "Count"})
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
_INVESTED = ("投资", "斥资", "投入", "出资", "总投资")
_CONFIDENCE = {"投资": Decimal("0.7"), "同句": Decimal("0.5"), "主题": Decimal("0.6"), "前句": Decimal("0.5")}
_GROUPS = ("District", "Zone", "Industry")
_TOPIC_WORDS = {"Ranking": re.compile("百强|榜单|入选|上榜"), "Event": re.compile("签约|合同投资|协议引资")}
_STOP = "，。；：！？、\n（）()“”"
_LEADS = re.compile(
    "^(?:其中|目前|截至目前|预计|累计|共|共有|已|约|将|达|达到|为|是|有|超|的|和|与|及|全年|了|也|并|还)+"
)
_TAILS = re.compile("(?:达到|达|为|是|有|约|超过|超|共|共计|合计|累计|将|已|等|近|突破|至|到|仅|仅为|高达|了|的)+$")


def extract_observations(
    article: Article, tagged: TaggedText, clauses: Sequence[Clause], linking: Linking
) -> Iterator[Observation]:
    for clause in clauses:
        for place, unit in enumerate(clause.units):
            if unit.value is not None and _counts(unit.value):
                found = _owner(clause, place, linking)
                if found is not None:
                    yield _observe(article, tagged, clause, place, unit.value, found)


def _counts(value: Value) -> bool:
    if value.number == 1 and value.kind == "Count":
        return False  # 一条, 一家: an article, not a figure
    return value.kind in _KINDS and bool(value.unit) and value.unit not in word_set("uncharted units")


@dataclass(frozen=True, slots=True)
class _Owner:
    """What a figure is about, the group within it that the figure is for, and how that was found."""

    entity: Entity
    dimension: Entity | None
    how: str


def _owner(clause: Clause, place: int, linking: Linking) -> _Owner | None:
    segments = _segments(clause.units[:place])
    here = _subject(segments[-1], linking)
    whole = _topic_of("".join(unit.char for unit in clause.units), linking)
    if whole is not None and (here is None or here.cls in _GROUPS):
        return _Owner(whole, here, "主题")
    built = _built(clause.units[place + 1 :], linking) if clause.text[:place].endswith(_INVESTED) else None
    if built is not None:
        return _Owner(built, None, "投资")
    if here is not None and here.cls in _OWNERS:
        return _Owner(here, None, "同句")
    for segment in reversed(segments[:-1]):
        found = _subject(segment, linking)
        if found is not None and found.cls in _OWNERS:
            return _Owner(found, None, "前句")
    return None


def _built(behind: Sequence[Unit], linking: Linking) -> Entity | None:
    """投资16亿元，建设某项目: the money is the project's."""
    for unit in behind[:40]:
        if unit.char in "。；":
            return None
        for mention in unit.mentions:
            if mention in linking.of and linking.of[mention].cls == "Project":
                return linking.of[mention]
    return None


def _segments(units: Sequence[Unit]) -> list[list[Unit]]:
    out: list[list[Unit]] = [[]]
    for unit in units:
        if unit.char in "，。；：":
            out.append([])
        else:
            out[-1].append(unit)
    return out


def _subject(units: Sequence[Unit], linking: Linking) -> Entity | None:
    """What a part of a sentence speaks of: what it names first, but where it ends in `…的某项目` that.

    Places behind 在 and names of a kind (光伏项目) are no subjects.
    """
    named = [(unit, entity) for unit in units if (entity := _entity(unit, linking)) is not None]
    if not named:
        return None
    last, entity = named[-1]
    if last is units[-1] and len(units) > 1 and units[-2].char == "的":
        return entity
    return named[0][1]


def _entity(unit: Unit, linking: Linking) -> Entity | None:
    mentions = [one for one in unit.mentions if one in linking.of and not one.found_by.startswith(KIND)]
    entity = linking.of[mentions[-1]] if mentions else None
    if entity is None or entity.cls not in (*_OWNERS, *_GROUPS) or (unit.locative and entity.cls in _GROUPS):
        return None
    return entity


def _topic_of(text: str, linking: Linking) -> Entity | None:
    """Figures of a signing belong to the signing, those of a ranking to the ranking."""
    for cls, words in _TOPIC_WORDS.items():
        if cls in linking.topics and words.search(text):
            return linking.topics[cls]
    return None


def _observe(
    article: Article, tagged: TaggedText, clause: Clause, place: int, value: Value, owner: _Owner
) -> Observation:
    measure, start, end = _measure(clause.units, place)
    quote = article.body[start:end]
    modality = read_modality(tagged, Span(start, end), [one for unit in clause.units for one in unit.mentions])
    dates = tagged.dates(Span(clause.span.start, value.span.start))
    return Observation(
        of=owner.entity.key,
        measure=measure,
        value=value.number,
        unit=value.unit,
        evidence=(Evidence(article.id, start, end, quote, f"observation/{owner.how}", _CONFIDENCE[owner.how]),),
        value_to=value.to,
        amount_qualifier=value.qualifier,
        modality=modality if modality != "hoped" else "planned",
        period=article.body[dates[-1].span.start : dates[-1].span.end] if dates else None,
        dates=dates[-1].dates if dates else None,
        dimension=owner.dimension.name if owner.dimension else None,
        dimension_entity=owner.dimension.key if owner.dimension else None,
    )


def _measure(units: Sequence[Unit], place: int) -> tuple[str, int, int]:
    """What is counted: the noun behind the figure (25个项目), else what stands before it (投资额); the quote's ends."""
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
