"""The way from the words of a sentence to its facts, with every stage between."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.clauses import Clause
from kg.explain.nearest import NearMiss, find_nearest
from kg.extract import Match, match_rules
from kg.knowledge import Knowledge
from kg.mentions.tagged import TaggedText
from kg.modality import read_modality
from kg.model import Article, Entity, Mention, Observation, Span, Statement, Word
from kg.pipeline import Stages, read_stages
from kg.rules import TOPIC, Fact
from kg.values import Value


@dataclass(frozen=True, slots=True)
class Named:
    """A mention, what it speaks of, and shorter candidates that it covers."""

    mention: Mention
    entity: Entity | None
    covered: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that fits and what stands in its slots; `facts` numbers those of the sentence that rest on it.

    `why` says why there is none. Of what reads without a pattern (names, posts) there are no slots.
    """

    rule: str
    slots: Mapping[str, str]
    facts: tuple[int, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class SentenceTrace:
    """One sentence. `seen` is what rules see of it; facts and observations are those with evidence in it."""

    span: Span
    text: str
    words: tuple[Word, ...]
    named: tuple[Named, ...]
    values: tuple[Value, ...]
    seen: str
    fired: tuple[Fired, ...]
    nearest: tuple[NearMiss, ...]
    facts: tuple[Statement, ...]
    observations: tuple[Observation, ...]


def trace_article(article: Article, knowledge: Knowledge, *, nearest: int = 3) -> Iterator[SentenceTrace]:
    """Sentence by sentence; at most `nearest` rules that almost fitted."""
    stages = read_stages(article, knowledge)
    by_sentence: dict[int, list[Mention]] = defaultdict(list)
    for mention in sorted((*stages.mentions, *stages.trades), key=lambda one: one.span):
        by_sentence[stages.tagged.sentence_at(mention.span.start)].append(mention)
    for number, clause in enumerate(stages.clauses):
        yield _trace(stages, number, clause, by_sentence[number], knowledge, nearest)


def _trace(
    stages: Stages,
    number: int,
    clause: Clause,
    mentions: Sequence[Mention],
    knowledge: Knowledge,
    most: int,
) -> SentenceTrace:
    span, tagged = stages.tagged.sentences[number], stages.tagged
    facts = tuple(fact for fact in stages.reading.statements if _stands_in(fact, span))
    matches = tuple(match_rules(clause, knowledge.rules))
    fired = [_trace_match(match, stages, clause, facts, knowledge) for match in matches]
    known = {match.rule.id for match in matches}
    fired += _find_others(facts, span, known)
    return SentenceTrace(
        span=span,
        text=tagged.text[span.start : span.end],
        words=tagged.words[number],
        named=tuple(_name(mention, stages) for mention in mentions),
        values=tuple(value for value in tagged.values if value.span.within(span)),
        seen=show_clause(clause, tagged),
        fired=tuple(fired),
        nearest=find_nearest(clause, knowledge.rules, known, knowledge.ontology)[:most] if most else (),
        facts=facts,
        observations=tuple(one for one in stages.reading.observations if _stands_in(one, span)),
    )


def _stands_in(one: Statement | Observation, span: Span) -> bool:
    return any(span.start <= evidence.start < span.end for evidence in one.evidence)


def _name(mention: Mention, stages: Stages) -> Named:
    covered = tuple(one for one in stages.candidates if one != mention and one.span.within(mention.span))
    return Named(mention, stages.linking.of.get(mention), covered)


def show_clause(clause: Clause, tagged: TaggedText) -> str:
    """The sentence as rules see it: ‹Company 甲+乙› is a list, what has no brackets stands as it is."""
    return "".join(_show_unit(clause, place, tagged) for place in range(len(clause.units)))


def _show_unit(clause: Clause, place: int, tagged: TaggedText) -> str:
    unit = clause.units[place]
    if unit.mentions:
        classes = "|".join(dict.fromkeys(mention.cls for mention in unit.mentions))
        joint = " › " if unit.chain else "+"
        return f"‹{classes} {joint.join(mention.text for mention in unit.mentions)}›"
    if unit.value is not None:
        return f"‹{unit.value.kind} {tagged.text[unit.span.start : unit.span.end]}›"
    return unit.char


def _trace_match(
    match: Match, stages: Stages, clause: Clause, facts: Sequence[Statement], knowledge: Knowledge
) -> Fired:
    found = [
        number
        for number, fact in enumerate(facts, 1)
        if any(one.rule == match.rule.id and Span(one.start, one.end) == match.span for one in fact.evidence)
    ]
    slots = {name: _show_slot(match, name) for name in match.slots}
    return Fired(match.rule.id, slots, tuple(found), "" if found else _why_nothing(match, stages, clause, knowledge))


def _find_others(facts: Sequence[Statement], span: Span, known: Collection[str]) -> Iterator[Fired]:
    """What read facts of the sentence but does not fit it as a whole: parts of a sentence, names, posts."""
    rules: dict[str, list[int]] = defaultdict(list)
    for number, fact in enumerate(facts, 1):
        for one in fact.evidence:
            if one.rule not in known and span.start <= one.start < span.end and number not in rules[one.rule]:
                rules[one.rule].append(number)
    yield from (Fired(rule, {}, tuple(rules[rule])) for rule in sorted(rules))


def _show_slot(match: Match, name: str) -> str:
    if name in match.texts:
        return match.texts[name]
    return "、".join(
        mention
        for unit in match.slots[name]
        for mention in ([one.text for one in unit.mentions] or [_figure(unit.value)])
    )


def _figure(value: Value | None) -> str:
    return "" if value is None else f"{value.number:f}{value.unit}"


def _why_nothing(match: Match, stages: Stages, clause: Clause, knowledge: Knowledge) -> str:
    mentions = [mention for unit in clause.units for mention in unit.mentions]
    if not match.rule.modality and read_modality(stages.tagged, match.span, mentions) == "hoped":
        return "it is merely hoped for"
    reasons = [_why_no_fact(fact, match, stages, knowledge) for fact in match.rule.facts]
    return "; ".join(dict.fromkeys(filter(None, reasons)))


def _why_no_fact(fact: Fact, match: Match, stages: Stages, knowledge: Knowledge) -> str:
    ends = []
    for slot in (fact.subject, fact.object):
        if slot.startswith(TOPIC):
            topic = stages.linking.topics.get(slot[1:])
            if topic is None:
                return f"the article is about no {slot[1:]}"
            ends.append({topic.key})
            continue
        mentions = [mention for unit in match.slots.get(slot, ()) for mention in unit.mentions]
        found = {stages.linking.of[mention].key for mention in mentions if mention in stages.linking.of}
        if not found:
            return f"it is not known what {'、'.join(one.text for one in mentions) or slot} stands for"
        ends.append(found)
    if ends[0] == ends[1] and len(ends[0]) == 1:
        return "both ends are one thing"
    pairs = sorted({(one[0], other[0]) for one in ends[0] for other in ends[1]})
    if not any(knowledge.ontology.allows(fact.relation, *pair) for pair in pairs):
        return f"{fact.relation} does not go from {pairs[0][0]} to {pairs[0][1]}"
    return "what stands there does not fit the slot"
