"""What the sentences around a fact add to it: the day of an event, the sum of a tender or a contract.

Rules read one sentence. The day of a ceremony is often said once, where it is first named, and the price of a tender in
a line of its own; both hold for all facts of that ceremony or tender in the article.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.entities import Linking
from kg.extract import OF_PROJECTS
from kg.issues import ISSUED
from kg.mentions.tagged import TaggedText
from kg.model import EntityKey, Mention, Qualifiers, Statement, TimeSpan
from kg.signed import with_sum
from kg.values import Value
from kg.words import any_of

_EVENT_AT = {"participatedIn": "object", "organisedBy": "subject"}
_AFTER = 12
_SENTENCES = 3
_LEAST = 10_000
_SUM = re.compile(f"(?:{any_of('tender sums')})[^，。；\n]{{0,8}}$")
_SIZE = re.compile("(?:规模|发行总额|发行金额|发行额|募集资金|募资|募集)[^，。；\n]{0,6}$")
"""Behind these stands how much a bond or an issue of shares brings."""
_BUYS = re.compile("(?:的(?:总价|价格|对价))?(?:收购|受让|购买|购入|入股|认购|并购)")
_RELEASED = re.compile("揭晓|发布|公布|出炉|揭榜")
_PUBLISHED = re.compile("(?:发布|印发|出台|公布|颁布|下发|公告)[了的]?《?$")
_IS_PUBLISHED = re.compile("》?(?:正式|对外|全文)?(?:发布|印发|出台|公布|颁布|下发)")
_SIGNING = re.compile("签约|签字|签署")
_SUMMED = re.compile("中标|签署|签订|签约|签下|合同")


def complete_statements(statements: Sequence[Statement], tagged: TaggedText, linking: Linking) -> tuple[Statement, ...]:
    """The same facts; dates and sums are added only where a fact has none."""
    days = dict(_find_days(tagged, linking))
    planned = frozenset(_find_planned(statements))
    signed = _signing_day(days, linking)
    dated = (_add_issue(_add_release(_add_day(one, days, signed), tagged), tagged) for one in statements)
    return tuple(_add_sum(_plan(one, planned), tagged, linking) for one in dated)


def _find_planned(statements: Iterable[Statement]) -> Iterator[EntityKey]:
    """Projects that the text says are still to come; a name, a signature or a bond does not say so."""
    for one in statements:
        told = any("/名称" not in each.rule and not each.rule.startswith("signedWith/") for each in one.evidence)
        if one.relation in {"undertakenBy", "locatedIn"} and one.qualifiers.modality == "planned" and told:
            yield one.subject


def _plan(statement: Statement, planned: frozenset[EntityKey]) -> Statement:
    """Who builds a planned project, who pays and where it will be is planned as well; the place in its name is not."""
    named = statement.relation == "locatedIn" and all("/名称" in one.rule for one in statement.evidence)
    of_plan = statement.subject[0] == "Project" and statement.subject in planned and not named
    if not of_plan or statement.relation not in OF_PROJECTS or statement.qualifiers.modality != "actual":
        return statement
    return replace(statement, qualifiers=replace(statement.qualifiers, modality="planned"))


def _add_release(statement: Statement, tagged: TaggedText) -> Statement:
    """A place in a ranking is of the day on which the same sentence says that the ranking came out."""
    if statement.relation != "ranked" or statement.qualifiers.on_date is not None:
        return statement
    for evidence in statement.evidence:
        sentence = tagged.sentences[tagged.sentence_at(evidence.start)]
        days = [one.dates for one in tagged.dates(sentence) if one.dates and len(one.dates.label) == 10]
        if days and _RELEASED.search(tagged.text, sentence.start, sentence.end):
            return replace(statement, qualifiers=replace(statement.qualifiers, on_date=days[0]))
    return statement


def _add_issue(statement: Statement, tagged: TaggedText) -> Statement:
    """Who issues is told by a title, or by the company before 增发; when, by the date before it in the sentence."""
    if statement.relation != "issuedBy" or statement.qualifiers.on_date is not None:
        return statement
    for evidence in statement.evidence:
        sentence = tagged.sentences[tagged.sentence_at(evidence.start)]
        before = tagged.text[sentence.start : evidence.start]
        titled = _PUBLISHED.search(before) or _IS_PUBLISHED.match(tagged.text, evidence.end)
        if titled if "/名称" in evidence.rule else evidence.rule == ISSUED:
            days = [one.dates for one in tagged.dates(sentence) if one.dates and one.span.end <= evidence.start]
            full = [one for one in days if len(one.label) == 10]
            if len(full or days) == 1:
                return replace(statement, qualifiers=replace(statement.qualifiers, on_date=(full or days)[0]))
    return statement


def merge_statements(stated: Iterable[Statement], named: Iterable[Statement]) -> tuple[Statement, ...]:
    """Facts that names tell join what the text says of the same: it knows when, how much and whether it is so yet."""
    facts = list(stated)
    places: dict[tuple[EntityKey, str, EntityKey], int] = {}
    for place, one in enumerate(facts):
        places.setdefault((one.subject, one.relation, one.object), place)
    for one in named:
        known = places.get((one.subject, one.relation, one.object))
        if known is None:
            places[one.subject, one.relation, one.object] = len(facts)
            facts.append(one)
        else:
            evidence = tuple(sorted({*facts[known].evidence, *one.evidence}))
            facts[known] = replace(_with_amount(facts[known], one.qualifiers), evidence=evidence)
    return tuple(facts)


def _with_amount(statement: Statement, other: Qualifiers) -> Statement:
    if statement.qualifiers.amount is not None or other.amount is None:
        return statement
    told = {name: getattr(other, name) for name in ("amount", "amount_to", "currency", "amount_qualifier")}
    return replace(statement, qualifiers=replace(statement.qualifiers, **told))


def _signing_day(days: Mapping[EntityKey, TimeSpan], linking: Linking) -> TimeSpan | None:
    """That of the signing ceremony which the article is about."""
    topic = linking.topics.get("Event")
    return days.get(topic.key) if topic is not None and _SIGNING.search(topic.name) else None


def _add_day(statement: Statement, days: Mapping[EntityKey, TimeSpan], signed: TimeSpan | None) -> Statement:
    end = _EVENT_AT.get(statement.relation)
    day = days.get(getattr(statement, end)) if end else None
    if statement.relation == "signedWith" and statement.qualifiers.modality == "actual":
        day = signed
    if day is None or statement.qualifiers.on_date is not None:
        return statement
    return replace(statement, qualifiers=replace(statement.qualifiers, on_date=day))


def _find_days(tagged: TaggedText, linking: Linking) -> Iterator[tuple[EntityKey, TimeSpan]]:
    """For each event the first day that stands in front of its name in a sentence, or right behind it."""
    found: dict[EntityKey, TimeSpan] = {}
    days = [one for one in tagged.values if one.kind == "Date" and one.dates and len(one.dates.label) == 10]
    named = list(linking.of)
    for mention in sorted((one for one in named if linking.of[one].cls == "Event"), key=lambda one: one.span):
        key = linking.of[mention].key
        day = None if key in found else _day_of(mention, days, named, tagged)
        if day is not None:
            found[key] = day
    topic = linking.topics.get("Event")
    if topic is not None and topic.key not in found:
        early = [one.dates for one in days if tagged.sentence_at(one.span.start) < 2 and one.dates]
        found |= {topic.key: early[0]} if early else {}
    yield from found.items()


def _day_of(mention: Mention, days: Sequence[Value], named: Sequence[Mention], tagged: TaggedText) -> TimeSpan | None:
    sentence = tagged.sentence_at(mention.span.start)
    near = [
        one
        for one in days
        if tagged.sentence_at(one.span.start) == sentence
        and one.span.start <= mention.span.end + _AFTER
        and not any(one.span.within(other.span) for other in named)
    ]
    before = [one for one in near if one.span.end <= mention.span.start]
    chosen = before[-1:] or near[:1]
    return chosen[0].dates if chosen else None


def _add_sum(statement: Statement, tagged: TaggedText, linking: Linking) -> Statement:
    if statement.qualifiers.amount is not None:
        return statement
    issue = statement.subject[0] == "FinancialInstrument" and statement.relation in {"issuedBy", "approvedBy"}
    about = statement.qualifiers.about if statement.relation == "signedWith" else statement.subject
    told = [one.start for one in statement.evidence if issue or _SUMMED.search(one.rule)]
    if not told or not (issue or statement.relation in {"undertakenBy", "signedWith"}):
        return statement
    told += sorted(mention.span.end for mention, entity in linking.of.items() if entity.key == about)
    fits = _is_size if issue else _is_price
    value = next((found for start in told if (found := _find_sum(start, tagged, fits)) is not None), None)
    return statement if value is None else replace(statement, qualifiers=with_sum(statement.qualifiers, value))


def _find_sum(start: int, tagged: TaggedText, fits: Callable[[Value, str], bool]) -> Value | None:
    """The first sum of money from there on, within three sentences, that is said to be the price or the size."""
    last = tagged.sentence_at(start) + _SENTENCES
    sums = (one for one in tagged.values if one.kind == "Money" and one.span.start >= start)
    near = (one for one in sums if tagged.sentence_at(one.span.start) < last)
    return next((one for one in near if fits(one, tagged.text)), None)


def _is_size(value: Value, text: str) -> bool:
    start = value.span.start
    return value.number >= _LEAST and _SIZE.search(text, max(0, start - 20), start) is not None


def _is_price(value: Value, text: str) -> bool:
    """Of the whole: 每股15元 is none."""
    start, end = value.span.start, value.span.end
    said = _SUM.search(text, max(0, start - 20), start) is not None
    return value.number >= _LEAST and (said or (text[start - 1 : start] == "以" and _BUYS.match(text, end) is not None))
