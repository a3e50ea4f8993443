"""From clauses and rules to statements with evidence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from kg.clauses import Clause, Unit
from kg.entities import Linking
from kg.mentions.names import KIND
from kg.mentions.superlatives import place_in
from kg.mentions.tagged import TaggedText
from kg.mentions.vague import OF_MANY
from kg.modality import read_modality
from kg.model import Article, EntityKey, Evidence, Mention, Qualifiers, Span, Statement, TimeSpan
from kg.ontology import Ontology
from kg.rules import TOPIC, Fact, Rule
from kg.signed import add_signed
from kg.subjects import carry_subjects
from kg.variants import name_counted, simplify
from kg.words import word_list

_SPLIT = "和", "、", "及", "与"
_WITH = ("与", "和", "同", "跟", "及")
_OVERTAKES = ("取代", "超过", "超越", "赶超", "替代")
_TOGETHER = 4
OF_PROJECTS = frozenset({"undertakenBy", "fundedBy", "locatedIn"})
_Key = tuple[EntityKey, str, EntityKey, Qualifiers]


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that fits a clause: the units in its slots, and the stretch of text that it read."""

    rule: Rule
    span: Span
    slots: Mapping[str, tuple[Unit, ...]]
    texts: Mapping[str, str]


def match_rules(clause: Clause, rules: Sequence[Rule]) -> Iterator[Match]:
    """Every match of every rule; where one rule matches from several places to the same end, the nearest counts."""
    there = frozenset(clause.text)
    for rule in rules:
        pattern = rule.pattern
        if any(map(there.isdisjoint, pattern.chars)):
            continue
        if pattern.words and not any(word in clause.text for word in pattern.words):
            continue
        nearest = {
            found.end(1): found for found in rule.pattern.regex.finditer(clause.text) if _may_start(found, rule, clause)
        }
        for found in nearest.values():
            slots: dict[str, tuple[Unit, ...]] = defaultdict(tuple)
            texts: dict[str, str] = {}
            for number, slot in enumerate(rule.pattern.slots, 2):
                units = clause.units[found.start(number) : found.end(number)]
                slots[slot.name] += units if slot.many != "*" else _all_before(clause, found.start(number), units)
                if slot.classes == ("text",):
                    texts[slot.name] = "".join(unit.char for unit in units)
            span = Span(clause.units[found.start(1)].span.start, clause.units[found.end(1) - 1].span.end)
            if not _share_fits(rule, slots):
                continue
            if all(slot.many != "+" or len(slots[slot.name][0].mentions) > 1 for slot in rule.pattern.slots):
                yield Match(rule, span, dict(slots), texts)


def _may_start(found: re.Match[str], rule: Rule, clause: Clause) -> bool:
    """A part with a carried subject adds what begins with it; a list behind 与 has its partner in front."""
    if clause.carried:
        return found.start() == 0
    if rule.facts[0].relation == "issuedBy" and clause.text[: found.start()].endswith("在"):
        return False  # 在港交所披露: where it is done, not who does it
    if rule.facts[0].relation == "ranked" and clause.text[: found.start()].endswith(_OVERTAKES):
        return False
    listed = rule.pattern.source.startswith("<") and rule.pattern.slots[0].many == "+"
    return not (listed and clause.text[: found.start()].endswith(_WITH))


def _share_fits(rule: Rule, slots: Mapping[str, tuple[Unit, ...]]) -> bool:
    low, high = rule.shares
    return all(low <= unit.value.number <= high for unit in slots.get("share", ()) if unit.value)


def _all_before(clause: Clause, place: int, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    return tuple(unit for unit in clause.units[:place] if unit.char == units[0].char) + units


def extract_statements(
    article: Article,
    tagged: TaggedText,
    clauses: Sequence[Clause],
    linking: Linking,
    rules: Sequence[Rule],
    ontology: Ontology,
) -> tuple[Statement, ...]:
    found: dict[_Key, set[Evidence]] = defaultdict(set)
    simple = carry_subjects(name_counted([simplify(clause, ontology) for clause in clauses]), ontology)
    changed = ((one, parts) for clause, (one, parts) in zip(clauses, simple, strict=True) if one is not clause)
    for clause, parts in (*carry_subjects(clauses, ontology), *changed):
        for part in (clause, *parts):
            for match in match_rules(part, rules):
                for key, evidence in _read_match(match, article, tagged, part, linking, ontology):
                    found[key].add(evidence)
    return tuple(_merge_vaguer(_settle_modality(found)))


def _settle_modality(found: Mapping[_Key, set[Evidence]]) -> Mapping[_Key, set[Evidence]]:
    """Told as planned here and as done there: a signature is given, a project or joint venture not there yet."""
    told: dict[tuple[EntityKey, str, EntityKey], set[str]] = defaultdict(set)
    for subject, relation, object_, qualifiers in found:
        told[subject, relation, object_].add(qualifiers.modality)
    out: dict[_Key, set[Evidence]] = defaultdict(set)
    for (subject, relation, object_, qualifiers), evidence in found.items():
        mixed = {"actual", "planned"} <= told[subject, relation, object_]
        modality = qualifiers.modality
        if mixed and modality in {"actual", "planned"}:
            to_come = relation == "establishedBy" or (subject[0] == "Project" and relation in OF_PROJECTS)
            modality = "planned" if to_come else "actual"
        out[subject, relation, object_, replace(qualifiers, modality=modality)] |= evidence
    return out


def _merge_vaguer(found: Mapping[_Key, set[Evidence]]) -> Iterator[Statement]:
    """A fact said with less detail (no date, no amount) is the same as one with more: its evidence goes there."""
    by_ends: dict[tuple[EntityKey, str, EntityKey], list[Qualifiers]] = defaultdict(list)
    for subject, relation, object_, qualifiers in found:
        by_ends[subject, relation, object_].append(qualifiers)
    for (subject, relation, object_), versions in by_ends.items():
        fullest = [one for one in versions if not any(_says_less(one, other) for other in versions)]
        for version in fullest:
            vaguer = [one for one in versions if one == version or _says_less(one, version)]
            evidence = {one for qualifiers in vaguer for one in found[subject, relation, object_, qualifiers]}
            yield Statement(subject, relation, object_, version, tuple(sorted(evidence)))


def _says_less(one: Qualifiers, other: Qualifiers) -> bool:
    """Whether all that `one` says `other` says as well, and more.

    A place in a ranking by one metric is not one by another or by none.
    """
    if one.metric != other.metric:
        return False
    pairs = [(getattr(one, name), getattr(other, name)) for name in Qualifiers.__slots__]
    return one != other and all(mine is None or mine == theirs for mine, theirs in pairs)


def _read_match(
    match: Match, article: Article, tagged: TaggedText, clause: Clause, linking: Linking, ontology: Ontology
) -> Iterator[tuple[_Key, Evidence]]:
    mentions = [mention for unit in clause.units for mention in unit.mentions]
    modality = match.rule.modality or _modality_of(match, clause, tagged, mentions)
    if modality == "hoped":
        return
    quote = article.body[match.span.start : match.span.end]
    evidence = Evidence(article.id, match.span.start, match.span.end, quote, match.rule.id, match.rule.confidence)
    shared = _shared_qualifiers(match, tagged, clause, linking, modality, ontology)
    if match.rule.facts[0].relation == "signedWith" and shared.about is None:
        first = min((unit.span for slot in ("s", "o") for unit in match.slots.get(slot, ())), default=match.span)
        shared = add_signed(shared, match.span, first, clause, linking)
    for fact in match.rule.facts:
        main = fact.relation == match.rule.facts[0].relation
        for number, (subject, object_) in enumerate(_pairs(fact, match, linking, ontology, article.body)):
            if subject == object_ or not ontology.allows(fact.relation, subject[0], object_[0]):
                continue
            for qualifiers in _own_qualifiers(match, shared, number) if main else (_plain(shared, match.rule),):
                if fact.relation == "ranked" and qualifiers.position is None:
                    qualifiers = replace(qualifiers, position=place_in(object_[1]))
                ends = sorted((subject, object_)) if ontology.relation(fact.relation).symmetric else (subject, object_)
                yield (ends[0], fact.relation, ends[1], qualifiers), evidence


def _mutual(ends: list[EntityKey], listed: Unit, text: str) -> Iterator[tuple[EntityKey, EntityKey]]:
    """甲、乙和丙 each with each; in 甲和乙、丙、丁 the first with each. A long list does alike, not together."""
    first, second = listed.mentions[:2]
    if len(ends) > 2 and text[first.span.end : second.span.start] in _WITH:
        yield from ((ends[0], other) for other in ends[1:])
    elif len(ends) <= _TOGETHER:
        yield from combinations(ends, 2)


def _modality_of(match: Match, clause: Clause, tagged: TaggedText, mentions: Sequence[Mention]) -> str:
    """A part with a carried subject says for itself that it is done; else 将 in front of it holds for it as well."""
    if not clause.carried:
        return read_modality(tagged, match.span, mentions)
    start = clause.units[1].span.start
    own = read_modality(tagged, Span(start, match.span.end), mentions)
    done = any(word in tagged.text[start : match.span.end] for word in word_list("done"))
    return own if own != "actual" or done else read_modality(tagged, match.span, mentions)


def _pairs(
    fact: Fact, match: Match, linking: Linking, ontology: Ontology, text: str
) -> Iterator[tuple[EntityKey, EntityKey]]:
    subjects = _entities(fact.subject, match, linking, ontology, named=fact.object.startswith(TOPIC))
    if fact.subject == fact.object:
        yield from _mutual(subjects, match.slots[fact.subject][0], text)
        return
    objects = _entities(fact.object, match, linking, ontology)
    if fact.relation == "partOf":
        objects = objects[-1:]  # 甲公司和乙集团旗下丙公司: of the two only the nearer one owns it
    yield from ((subject, object_) for subject in subjects for object_ in objects)


def _entities(slot: str, match: Match, linking: Linking, ontology: Ontology, *, named: bool = False) -> list[EntityKey]:
    """What stands in a slot and fits it; with `named`, only what is surely one thing (see `kg.mentions.names.KIND`)."""
    if slot.startswith(TOPIC):
        topic = linking.topics.get(slot[1:])
        return [topic.key] if topic else []
    classes = {cls for one in match.rule.pattern.slots if one.name == slot for cls in one.classes}
    placed = "Place" in classes
    mentions: list[Mention] = [
        mention
        for unit in match.slots.get(slot, ())
        for mention in (unit.mentions[-1:] if unit.chain and not placed else unit.mentions)
        if not (named and mention.found_by.startswith(KIND)) and not mention.found_by.endswith(OF_MANY)
    ]
    entities = [linking.of[mention] for mention in mentions if mention in linking.of]
    fitting = [one.key for one in entities if any(one.cls == cls or ontology.is_a(one.cls, cls) for cls in classes)]
    return list(dict.fromkeys(fitting))


def _shared_qualifiers(
    match: Match, tagged: TaggedText, clause: Clause, linking: Linking, modality: str, ontology: Ontology
) -> Qualifiers:
    amount = next((unit.value for unit in match.slots.get("amount", ()) if unit.value), None)
    share = next((unit.value for unit in match.slots.get("share", ()) if unit.value), None)
    about = _entities("about", match, linking, ontology)
    role = "".join(match.texts.get("role", "")) or None
    return Qualifiers(
        modality=modality,
        on_date=_date_of(match, tagged, clause) if match.rule.dated else None,
        amount=amount.number if amount else None,
        amount_to=amount.to if amount else None,
        currency=amount.unit[:3] if amount else None,
        amount_qualifier=amount.qualifier if amount else None,
        about=about[0] if about else None,
        role=role,
        purpose=match.texts.get("purpose"),
        share=share.number if share else None,
    )


def _plain(shared: Qualifiers, rule: Rule) -> Qualifiers:
    """What holds for the side facts of a rule as well: when, and how surely."""
    modality = rule.side_modality if rule.side_modality and shared.modality == "actual" else shared.modality
    return Qualifiers(modality=modality, on_date=shared.on_date)


def _own_qualifiers(match: Match, shared: Qualifiers, number: int) -> Iterator[Qualifiers]:
    """One for each metric; positions come from the text or, in `前三名` with three names, from their order."""
    ranks = [unit.value for unit in match.slots.get("position", ()) if unit.value]
    tops = [unit.value for unit in match.slots.get("top", ()) if unit.value]
    members = sum(len(unit.mentions) for unit in match.slots.get("s", ()))
    position = None
    if tops and tops[0].number == members:
        position = number + 1
    elif ranks:
        position = int(ranks[number if len(ranks) == members else 0].number)
    for metric in _metrics(match.texts.get("metric")):
        yield _with(shared, position, metric)


def _with(shared: Qualifiers, position: int | None, metric: str | None) -> Qualifiers:
    fields = {name: getattr(shared, name) for name in Qualifiers.__slots__} | {"position": position, "metric": metric}
    return Qualifiers(**fields)


def _metrics(text: str | None) -> list[str | None]:
    if not text:
        return [None]
    parts = [text]
    for mark in _SPLIT:
        parts = [piece for part in parts for piece in part.split(mark)]
    return [part for part in parts if len(part) > 1] if all(len(part) > 2 for part in parts) else [text]


def _date_of(match: Match, tagged: TaggedText, clause: Clause) -> TimeSpan | None:
    """The date that stands last before the end of the match in the same sentence."""
    named = [mention.span for unit in clause.units for mention in unit.mentions]
    dates = [
        value.dates
        for value in tagged.dates(Span(clause.span.start, match.span.end))
        if not any(value.span.within(span) for span in named)
    ]
    return dates[-1] if dates else None
