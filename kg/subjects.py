"""Subjects carried along: in `甲公司成立于1998年，在乙区投资建设丙项目` the second part speaks of 甲公司 as well.

Chinese names a subject once and goes on after the comma. Each part of a sentence that names none of its own is offered
to the rules once more with the subject in front, so that no rule has to allow for what stands between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.clauses import Clause, Unit
from kg.ontology import Ontology
from kg.words import any_of

_PARTS = "，；"
_SUBJECTS = ("Party", "Project", "Zone", "FinancialInstrument", "Event", "Document", "Agreement")
_LEAD = re.compile(f"(?:{any_of('leading words')})*")
_NO_SUBJECT = re.compile("[的、之]|" + any_of("no subject before"))
_SPEECH = re.compile(any_of("speech openings"))


def carry_subjects(clause: Clause, ontology: Ontology) -> Iterator[Clause]:
    """The parts of a sentence that have no subject of their own, each with the rest of the sentence behind it."""
    subject: Unit | None = None
    start = 0
    for end in _ends(clause.text):
        lead = _LEAD.match(clause.text, start, end)
        first = lead.end() if lead else start
        unit = clause.units[first] if first < end else None
        if unit is None or _SPEECH.match(clause.text, first, end):
            pass
        elif unit.mentions and not unit.locative:
            subject = unit if _is_subject(unit, clause.text, first, ontology) else None
        elif subject is not None and start:
            units = (subject, *clause.units[first:])
            yield Clause(subject.char + clause.text[first:], units, clause.span, carried=True)
        start = end + 1


def _ends(text: str) -> list[int]:
    return [place for place, char in enumerate(text) if char in _PARTS] + [len(text)]


def _is_subject(unit: Unit, text: str, place: int, ontology: Ontology) -> bool:
    """Somebody or something that acts, and not its 董事长, its 产品 or its 的."""
    cls = unit.mentions[-1].cls
    fits = cls != "Person" and any(cls == one or ontology.is_a(cls, one) for one in _SUBJECTS)
    return fits and not _NO_SUBJECT.match(text, place + 1)
