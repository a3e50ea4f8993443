"""How far a project has come: what has been begun is no plan any more, what is still to begin is no fact yet.

A project is named in many sentences and its state is said in one: `该项目预计明年开工` holds for who builds it and
where it will be, `项目昨日奠基` for what an earlier sentence still called planned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from kg.entities import Linking
from kg.extract import OF_PROJECTS
from kg.mentions.names import KIND
from kg.mentions.tagged import TaggedText
from kg.modality import read_modality
from kg.model import EntityKey, Mention, Span, Statement
from kg.words import any_of

_REACH = 60
_STEP = re.compile(f"(?P<first>{any_of('beginnings')})|{any_of('later steps')}")
_SUPPOSED = re.compile(f"[\u4e00-\u9fff]{{0,4}}?(?:后|前|之际|时|的)|(?:{any_of('supposed steps')})")
"""建成后, 开工之前, 开工建设对全市…: no word of whether it has been done."""
_URGED = re.compile(any_of("urging"))
_OF_OTHERS = "的新拟待"
"""Before a step: 今年新开工项目中的龙头, 它的开工建设."""
_LIST_MARKS = frozenset({"、", "和", "及", "以及", "与"})
_PHASE = re.compile("(?:的)?(?:[一二三四首]期|第[一二三四]期|工程)")


def settle_standing(
    statements: Sequence[Statement], published: date | None, tagged: TaggedText, linking: Linking
) -> tuple[Statement, ...]:
    """The same facts; money that is promised stays a promise though work has begun."""
    begun, ahead = _find_standing(published, tagged, linking)
    return tuple(_settle(one, begun, ahead) for one in statements)


def _settle(statement: Statement, begun: frozenset[EntityKey], ahead: frozenset[EntityKey]) -> Statement:
    modality = statement.qualifiers.modality
    by_name = all("/名称" in one.rule for one in statement.evidence)
    if statement.relation not in OF_PROJECTS:
        return statement
    if modality == "planned" and statement.subject in begun and statement.relation != "fundedBy":
        modality = "actual"
    elif modality == "actual" and statement.subject in ahead and not (by_name and statement.relation == "locatedIn"):
        modality = "planned"
    return replace(statement, qualifiers=replace(statement.qualifiers, modality=modality))


def _find_standing(
    published: date | None, tagged: TaggedText, linking: Linking
) -> tuple[frozenset[EntityKey], frozenset[EntityKey]]:
    named = sorted((one for one in linking.of if linking.of[one].cls == "Project"), key=lambda one: one.span)
    told = [
        (linking.of[mention].key, begun) for mention, begun in _read_all(named, published, tagged) if begun is not None
    ]
    begun = frozenset(key for key, done in told if done)
    return begun, frozenset(key for key, done in told if not done) - begun


def _read_all(
    named: Sequence[Mention], published: date | None, tagged: TaggedText
) -> Iterator[tuple[Mention, bool | None]]:
    """Backwards, since what is said behind the last of a list holds for all of it."""
    following, told = len(tagged.text), None
    for mention in reversed(named):
        sentence = tagged.sentences[tagged.sentence_at(mention.span.start)]
        end = min(sentence.end, mention.span.end + _REACH, following)
        if tagged.text[mention.span.end : following] not in _LIST_MARKS:
            told = _read(mention, end, published, tagged)
        yield mention, told
        following = mention.span.start


def _read(mention: Mention, end: int, published: date | None, tagged: TaggedText) -> bool | None:
    """Whether it has begun, by the first step that is told of it; None where none is."""
    if _PHASE.match(tagged.text, mention.span.end) or mention.found_by.startswith(KIND):
        return None
    supposed = 0
    for step in _STEP.finditer(tagged.text, mention.span.end, end):
        if _SUPPOSED.match(tagged.text, step.end()) or tagged.text[step.start() - 1] in _OF_OTHERS:
            supposed = step.end()
        if supposed and "，" not in tagged.text[supposed : step.start()]:
            continue  # 开工后1年内投产: what follows from a supposition is supposed too
        told = read_modality(tagged, Span(*step.span()), (mention,))
        if told == "actual" and not _is_ahead(mention, step, published, tagged):
            return True
        return False if step["first"] else None
    return None


def _is_ahead(mention: Mention, step: re.Match[str], published: date | None, tagged: TaggedText) -> bool:
    """Its day has not come, or somebody is urged to begin: 推进某项目开工."""
    days = [one.dates for one in tagged.dates(Span(mention.span.end, step.end())) if one.dates]
    if published is not None and days and days[-1].first > published:
        return True
    clause = max(tagged.text.rfind(mark, 0, mention.span.start) for mark in "，。；\n")
    return step["first"] is not None and _URGED.search(tagged.text, clause + 1, step.start()) is not None
