"""Subjects carried along: in `甲公司成立于1998年，在乙区投资建设丙项目` the second part speaks of 甲公司 as well.

Chinese names a subject once and goes on after the comma. Each part of a sentence that names none of its own is offered
to the rules once more with the subject in front, so that no rule has to allow for what stands between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.clauses import Clause, Unit
from kg.model import Span
from kg.ontology import Ontology
from kg.patterns import class_char
from kg.variants import OWNED
from kg.words import any_of

_PARTS = "，；"
_SUBJECTS = ("Party", "Project", "Zone", "FinancialInstrument", "Event", "Document", "Agreement")
_LEAD = re.compile(f"(?:{any_of('leading words')})*")
_NO_SUBJECT = re.compile("[的、之]|" + any_of("no subject before"))
_BOTH = re.compile(any_of("both of them"))
_TOWARDS = re.compile(
    "(?:(?P<asks>向)|[与和同跟]|携手|联手|牵手|联合)(?:其|[^，；\ue000-\ue0ff]{0,14}的)?[^，；的\ue000-\ue0ff]{0,6}$"
)
"""Between two that act these say that they have to do with each other: 向其持股30%的参股公司乙采购."""
_FURTHER = re.compile(f"、(?=(?:{any_of('further deeds')})了?[\ue000-\ue0ff])")
_DEED = re.compile(f"(?:{any_of('further deeds')})了?[\ue000-\ue0ff](?!的)")
"""What a sentence without a subject of its own says of that of the one before."""
_CALLED = re.compile(f"[\u4e00-\u9fff\ue000-\ue0ff]{{0,10}}?(?:{any_of('callings of companies')})(?=[\ue000-\ue0ff])")
"""国际啤酒巨头云岭集团: what a company is called in front of its name."""
_DESCRIBED = re.compile(f"(?:{any_of('openings of descriptions')})[^，；的]{{0,24}}的(?=[\ue000-\ue0ff])")
"""落户某地的甲公司投资…: what is said of a subject in front of its name."""
_POST = re.compile("[\u4e00-\u9fff]{2,10}$")
_SPEECH = re.compile(any_of("speech openings"))
_SPEAKS = re.compile(f"(?:{any_of('announcing')})(?:称|说|道)?$")
"""甲公司董事长某某表示，将建设…: whoever speaks for a body speaks of it."""

_LETS = re.compile(
    "(?:支持|鼓励|引导|帮助|推动|带动|促使|号召|要求|组织)[^，]{0,14}(?:企业|高校|院所|院校|机构|单位|商家|农户)$"
)
"""某地支持龙头企业联合上下游企业，共同组建…: what follows these do, not the place."""


def carry_subjects(clauses: Sequence[Clause], ontology: Ontology) -> Iterator[tuple[Clause, tuple[Clause, ...]]]:
    """Each sentence with its parts that have no subject of their own, the rest of the sentence behind them.

    A subject holds to the end of its sentence, and into the next one for what is clearly done there. 双方 stands for
    the two that were named together last.
    """
    pair: Unit | None = None
    subject: Unit | None = None
    last = -1
    bodies: dict[str, Unit] = {}
    for clause in clauses:
        before = subject if clause.span.start == last else None
        last = clause.span.end
        subject = None
        bodies |= _find_bodies(clause)
        parts: list[Clause] = []
        start = 0
        for stop in _ends(clause.text):
            lead = _LEAD.match(clause.text, start, stop)
            first = lead.end() if lead else start
            first = _pass_owner(clause, _pass_description(clause.text, first, stop), stop)
            unit = clause.units[first] if first < stop else None
            both = _BOTH.match(clause.text, first, stop)
            if unit is None or _SPEECH.match(clause.text, first, stop):
                pass
            elif both and pair:
                parts.append(_with_subject(pair, clause, both.end()))
                subject = pair
            elif unit.mentions and not unit.locative:
                fits = _is_subject(unit, clause.text, first, ontology) or _is_announced(unit, clause.text, first, stop)
                subject = unit if fits else _speaks_for(unit, clause.text, first, stop, bodies)
            elif subject is not None and start:
                parts.append(_with_subject(subject, clause, first))
            elif before is not None and _DEED.match(clause.text, first, stop):
                parts.append(_with_subject(before, clause, first))
            if _LETS.search(clause.text, start, stop):
                subject = None
            pair = _find_pair(clause, start, stop, ontology) or pair
            start = stop + 1
        yield clause, tuple(parts)


def _pass_description(text: str, first: int, stop: int) -> int:
    found = _DESCRIBED.match(text, first, stop)
    return found.end() if found else first


def _find_bodies(clause: Clause) -> dict[str, Unit]:
    """Persons with the company that a post ties them to: 甲公司董事长某某."""
    out: dict[str, Unit] = {}
    body, end = None, 0
    for place, unit in enumerate(clause.units):
        if not unit.mentions:
            continue
        if unit.mentions[0].cls == "Person" and body is not None and _POST.fullmatch(clause.text, end, place):
            out[unit.mentions[0].text] = body
        company = len(unit.mentions) == 1 and unit.mentions[0].cls == "Company"
        body, end = (unit if company else None), place + 1
    return out


def _speaks_for(unit: Unit, text: str, place: int, stop: int, bodies: Mapping[str, Unit]) -> Unit | None:
    """某某表示，公司将…: whoever was said to lead a company speaks of it."""
    body = bodies.get(unit.mentions[0].text) if unit.mentions[0].cls == "Person" else None
    return body if _SPEAKS.search(text, place + 1, stop) else None


def _pass_owner(clause: Clause, first: int, stop: int) -> int:
    """甲集团子公司乙公司: the part speaks of 乙公司."""
    owned = OWNED.match(clause.text, first, stop) or _called(clause, first, stop)
    return owned.end() if owned and owned.end() < stop and clause.units[owned.end()].mentions else first


def _called(clause: Clause, first: int, stop: int) -> re.Match[str] | None:
    found = _CALLED.match(clause.text, first, stop)
    named = found is not None and found.end() < stop and clause.units[found.end()]
    return found if named and any(one.cls == "Company" for one in named.mentions) else None


def _with_subject(subject: Unit, clause: Clause, start: int) -> Clause:
    units = (subject, *clause.units[start:])
    return Clause(subject.char + clause.text[start:], units, clause.span, carried=True)


def _find_pair(clause: Clause, start: int, stop: int, ontology: Ontology) -> Unit | None:
    """甲与乙, 甲将向乙提供贷款, or the list 甲和乙: two that act."""
    found: Unit | None = None
    last: Unit | None = None
    for place in range(start, stop):
        unit = clause.units[place]
        if not _acts(unit, ontology):
            continue
        if len(unit.mentions) == 2 and not unit.chain:
            found = unit
        elif last is not None and _deal(clause.text[start:place], unit):
            mentions = (last.mentions[-1], *unit.mentions)
            found = Unit(class_char("Party", ontology), Span(last.span.start, unit.span.end), mentions)
        last = unit
    return found


def _deal(before: str, other: Unit) -> bool:
    """向法院起诉 makes no two of them."""
    found = _TOWARDS.search(before)
    return found is not None and not (found["asks"] and other.mentions[0].cls == "GovernmentBody")


def _acts(unit: Unit, ontology: Ontology) -> bool:
    return (
        bool(unit.mentions)
        and not unit.locative
        and all(one.cls == "District" or ontology.is_a(one.cls, "Organisation") for one in unit.mentions)
    )


def _ends(text: str) -> list[int]:
    ends = {place for place, char in enumerate(text) if char in _PARTS}
    return [*sorted(ends | {found.start() for found in _FURTHER.finditer(text)}), len(text)]


def _is_subject(unit: Unit, text: str, place: int, ontology: Ontology) -> bool:
    """Somebody or something that acts, and not its 董事长, its 产品 or its 的; a paper reports what others do."""
    cls = unit.mentions[-1].cls
    fits = cls not in {"Person", "MediaOutlet"} and any(cls == one or ontology.is_a(cls, one) for one in _SUBJECTS)
    return fits and not _NO_SUBJECT.match(text, place + 1)


def _is_announced(unit: Unit, text: str, place: int, stop: int) -> bool:
    speaker = unit.mentions[-1].cls in {"Company", "District"} and not unit.locative
    return speaker and _SPEAKS.search(text, place + 1, stop) is not None
