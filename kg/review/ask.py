"""Questions about a graph: entities that may be one, facts that contradict each other, facts that are not sure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Store

from kg.curation.decisions import NONE, Decisions
from kg.curation.write import Value
from kg.knowledge import Knowledge, load_knowledge
from kg.model import EntityKey
from kg.resolve.candidates import find_candidates
from kg.resolve.explain import describe
from kg.resolve.model import Candidate
from kg.resolve.stored import key_of
from kg.review.facts import Fact, Quote, name_of, read_facts, read_quotes

SURE = 0.85
"""Facts with less confidence are asked about."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person can say: the key to press, what it means, and what it adds to the file (nothing: None)."""

    key: str
    meaning: str
    kind: str | None = None
    values: Mapping[str, Value] | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """`value` is how many facts hang on the answer; the more, the earlier it is asked."""

    text: str
    details: tuple[str, ...]
    value: float
    answers: tuple[Answer, ...]


def find_questions(store: Store, decisions: Decisions = NONE) -> list[Question]:
    """All open questions, the most valuable first; none that `decisions` already answer."""
    knowledge = load_knowledge()
    facts = list(read_facts(store))
    weight = Counter(key_of(NamedNode(end)) for fact in facts for end in (fact.subject, fact.object))
    found = [
        *_ask_candidates(store, knowledge, decisions, weight),
        *_ask_contradictions(store, facts, decisions, weight),
        *_ask_unsure(store, facts, decisions),
    ]
    return sorted(found, key=lambda question: (-question.value, question.text, question.details))


def _ask_candidates(
    store: Store, knowledge: Knowledge, decisions: Decisions, weight: Mapping[EntityKey, int]
) -> Iterator[Question]:
    for found in find_candidates(store, knowledge, decisions):
        facts = weight[found.one] + weight[found.other]
        yield Question(
            f"Are {found.one[1]} and {found.other[1]} one {found.one[0]}?",
            (describe(found.comparison), f"{facts} facts hang on it"),
            facts + found.comparison.score / 100,
            tuple(_answers_to(found)),
        )


def _answers_to(found: Candidate) -> Iterator[Answer]:
    (first, one), (second, other) = sorted((found.one, found.other), key=lambda key: (-len(key[1]), key))
    values: dict[str, Value] = {"class": first, "names": [one, other]}
    if first != second:
        values["other_class"] = second
    yield Answer("y", "yes, one", "same", values)
    yield Answer("n", "no, two", "different", values)


def _ask_contradictions(
    store: Store, facts: Sequence[Fact], decisions: Decisions, weight: Mapping[EntityKey, int]
) -> Iterator[Question]:
    """One fact with several amounts, positions or days, or said to be so and not to be so."""
    groups: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[fact.ends].append(fact)
    for ends in sorted(groups):
        for what, versions in _find_contradictions(groups[ends]):
            subject, relation, object_ = (name_of(store, ends[0]), ends[1], name_of(store, ends[2]))
            details, answers = [], []
            for number, fact in enumerate(versions, 1):
                quotes = _open_quotes(store, fact, decisions)
                details.append(f"{number}: {_describe(fact, what)} {_cite(quotes)}")
                answers += [
                    Answer(str(number), "is wrong", "wrong", _wrong(store, fact, quote)) for quote in quotes[:1]
                ]
            if len(answers) > 1:
                yield Question(
                    f"{subject} {relation} {object_}: which {what} is wrong?",
                    tuple(details),
                    sum(weight[key_of(NamedNode(end))] for end in (ends[0], ends[2])) + 0.5,
                    tuple(answers),
                )


def _find_contradictions(facts: Sequence[Fact]) -> Iterator[tuple[str, list[Fact]]]:
    by_modality = {fact.modality: fact for fact in facts}
    if {"actual", "denied"} <= by_modality.keys():
        yield "modality", [by_modality["actual"], by_modality["denied"]]
    for what, beside in (("position", ("metric", "onDate")), ("amount", ("onDate", "metric", "role"))):
        same: dict[tuple[str, ...], dict[str, Fact]] = defaultdict(dict)
        for fact in facts:
            if what in fact.qualifiers:
                where = (fact.modality, *(fact.qualifiers.get(name, "") for name in beside))
                same[where].setdefault(fact.qualifiers[what], fact)
        yield from ((what, list(versions.values())) for versions in same.values() if len(versions) > 1)


def _ask_unsure(store: Store, facts: Sequence[Fact], decisions: Decisions) -> Iterator[Question]:
    for fact in facts:
        quotes = _open_quotes(store, fact, decisions) if fact.confidence < SURE else []
        if not quotes:
            continue
        subject, object_ = name_of(store, fact.subject), name_of(store, fact.object)
        right = _wrong(store, fact, quotes[0]) | {
            "subject_class": _class(fact.subject),
            "object_class": _class(fact.object),
            "modality": fact.modality,
        }
        yield Question(
            f"Does the text say: {subject} {fact.relation} {object_} ({fact.modality})?",
            (_cite(quotes), f"read by {quotes[0].rule}, confidence {fact.confidence:g}"),
            1 - fact.confidence,
            (
                Answer("y", "yes", "missing", right),
                Answer("n", "no", "wrong", _wrong(store, fact, quotes[0])),
            ),
        )


def _open_quotes(store: Store, fact: Fact, decisions: Decisions) -> list[Quote]:
    """Quotes that nobody has judged yet; none where a person has vouched for the fact."""
    quotes = read_quotes(store, fact)
    if any(quote.rule.startswith("curation") for quote in quotes):
        return []
    judged = {(one.relation, one.quote) for one in decisions.wrong}
    judged |= {(one.relation, one.quote) for one in decisions.missing}
    return [quote for quote in quotes if (fact.relation, quote.text) not in judged]


def _wrong(store: Store, fact: Fact, quote: Quote) -> dict[str, Value]:
    return {
        "article": quote.headline,
        "article_id": quote.article,
        "relation": fact.relation,
        "subject": name_of(store, fact.subject),
        "object": name_of(store, fact.object),
        "quote": quote.text,
    }


def _class(iri: str) -> str:
    return key_of(NamedNode(iri))[0]


def _describe(fact: Fact, what: str) -> str:
    return fact.modality if what == "modality" else fact.qualifiers[what]


def _cite(quotes: Sequence[Quote]) -> str:
    return "; ".join(f"“{quote.text}” 《{quote.headline}》" for quote in quotes)
