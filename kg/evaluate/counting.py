"""Counts what is right, wrong and missed in each pair of an annotated article and what a graph says of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from kg.evaluate.gold import QUALIFIERS, FactKey, GoldArticle, GoldFact, GoldObservation, fold_fact, fold_name
from kg.evaluate.pairing import Pair
from kg.evaluate.said import Quote, Said, SaidEntity, SaidObservation, SaidStatement

KINDS = ("wrong", "missed", "qualifier", "obs_wrong", "obs_missed", "entity_missed", "class", "split", "merged")
_MONEY = frozenset({"cny", "元", "人民币", "人民币元", "rmb"})
_TOLERANCE = 0.0005
_NUMBERS = frozenset({"amount", "position"})


@dataclass(frozen=True, slots=True)
class Problem:
    """One error: `text` says what, `words` are those of the article, `sure` is how sure the graph was."""

    kind: str
    text: str
    sentence: str = ""
    rule: str = ""
    sure: float = 0.0


@dataclass(slots=True)
class Tally:
    """All counts so far. `relations` counts by relation, `bins` statements by confidence: all, and right ones."""

    counts: Counter[str] = field(default_factory=Counter)
    relations: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    bins: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    across: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    problems: list[Problem] = field(default_factory=list)


def count_articles(pairs: Sequence[Pair], said: Said, symmetric: frozenset[str]) -> Tally:
    tally = Tally()
    for pair in pairs:
        tally.counts["articles found"] += pair.found
        _count_entities(pair, said, tally)
        right = _count_facts(pair, said, symmetric, tally)
        for key in right:
            _count_qualifiers(key, right[key], pair, tally)
        _count_observations(pair, said, tally)
    return tally


def _count_entities(pair: Pair, said: Said, tally: Tally) -> None:
    """An entity is found when a node stands for it; its class is right when that of one such node is."""
    gold, counts = pair.gold, tally.counts
    nodes: dict[str, list[SaidEntity]] = defaultdict(list)
    for iri, one in pair.stands_for.items():
        nodes[one].append(said.entities[iri])
    counts["entities core"] += len(gold.core_entities)
    for one in sorted(gold.core_entities):
        entity = gold.entities[one]
        if one not in nodes:
            tally.problems.append(Problem("entity_missed", f"{entity.cls} {entity.name}"))
            continue
        counts["entities found"] += 1
        if any(len(node.classes) == 1 and node.classes <= entity.classes for node in nodes[one]):
            counts["entities class"] += 1
        else:
            classes = sorted({cls for node in nodes[one] for cls in node.classes})
            tally.problems.append(Problem("class", f"{entity.name} is {entity.cls}, not {', '.join(classes)}"))
        alike = [node.name for node in nodes[one] if node.classes & entity.classes]
        if len(alike) > 1:
            counts["split"] += 1
            tally.problems.append(Problem("split", f"{entity.name}: {', '.join(sorted(alike))}"))
        if len(nodes[one]) == 1:
            tally.across[fold_name(entity.name), entity.cls].append(nodes[one][0].iri)
    _count_merged(pair, said, tally)


def _count_merged(pair: Pair, said: Said, tally: Tally) -> None:
    """Pairs of entities that share no name, but share a node."""
    core = [pair.gold.entities[one] for one in sorted(pair.gold.core_entities)]
    for iri in sorted(pair.said.nodes & said.entities.keys()):
        node = said.entities[iri]
        hit = [one for one in core if one.names & node.names]
        apart = sum(not one.names & other.names for one, other in combinations(hit, 2))
        if apart:
            tally.counts["merged"] += apart
            tally.problems.append(Problem("merged", f"{node.name}: {', '.join(sorted(one.name for one in hit))}"))


def _count_facts(pair: Pair, said: Said, symmetric: frozenset[str], tally: Tally) -> dict[FactKey, list[SaidStatement]]:
    """Statements of the same ends count once. Returns those of the right ones, by annotated fact."""
    groups: dict[FactKey, list[SaidStatement]] = defaultdict(list)
    for statement in pair.said.statements:
        groups[fold_fact(statement.relation, statement.subject, statement.object, symmetric)].append(statement)
    right: dict[FactKey, list[SaidStatement]] = defaultdict(list)
    for statements in groups.values():
        key = _gold_key(statements[0], pair, symmetric)
        holds = key in pair.gold.facts and any(one.true for one in statements)
        _count_group(statements, holds, pair, said, tally)
        if holds:
            right[key] += statements
    _count_missed(pair, right, tally)
    return right


def _gold_key(one: SaidStatement, pair: Pair, symmetric: frozenset[str]) -> FactKey:
    if one.subject == one.object:
        return one.relation, "", ""
    ends = pair.stands_for.get(one.subject, "no entity"), pair.stands_for.get(one.object, "nor this")
    return fold_fact(one.relation, *ends, symmetric)


def _count_group(statements: Sequence[SaidStatement], holds: bool, pair: Pair, said: Said, tally: Tally) -> None:
    verdict = "right" if holds else "wrong"
    first = statements[0]
    tally.counts[f"facts {verdict}"] += 1
    tally.relations[first.relation][verdict] += 1
    for one in statements:
        if one.confidence is not None:
            counted = tally.bins[_bin_of(one.confidence)]
            counted[0] += 1
            counted[1] += holds
    if not holds:
        surest = max(statements, key=lambda one: one.confidence or 0)
        text = f"{first.relation}  {_name(first.subject, said)} → {_name(first.object, said)}"
        tally.problems.append(_with_words("wrong", text, surest, pair))


def _bin_of(confidence: float) -> str:
    return ">=0.9" if confidence >= 0.9 else "0.7-0.9" if confidence >= 0.7 else "<0.7"


def _count_missed(pair: Pair, right: Mapping[FactKey, object], tally: Tally) -> None:
    gold, counts = pair.gold, tally.counts
    counts["facts core"] += len(gold.core_facts)
    counts["facts found"] += len(gold.core_facts & right.keys())
    counts["facts optional"] += len(gold.facts.keys() - gold.core_facts)
    counts["facts optional found"] += len(right.keys() - gold.core_facts)
    for key in sorted(gold.core_facts):
        tally.relations[key[0]]["gold"] += 1
        tally.relations[key[0]]["found"] += key in right
        if key not in right:
            quote = next((fact.quote for fact in gold.facts[key] if fact.quote), "")
            tally.problems.append(Problem("missed", _describe(key, gold), quote))


def _count_qualifiers(key: FactKey, statements: Sequence[SaidStatement], pair: Pair, tally: Tally) -> None:
    """What is annotated beside the ends of a right core fact, against all that the statements of it say there."""
    facts = pair.gold.facts[key]
    if key not in pair.gold.core_facts:
        return
    for name in (*QUALIFIERS, "modality"):
        want = _wanted(name, facts)
        have = _had(name, statements, pair)
        met = {one for one in want if any(_same(name, other, one) for other in have)}
        extra = {other for other in have if not any(_same(name, other, one) for one in want)}
        if not want or (name == "modality" and want == {"actual"} and not extra):
            continue
        tally.counts["qualifiers asked"] += 1 if name == "modality" else len(want)
        tally.counts["qualifiers found"] += bool(met) if name == "modality" else len(met)
        tally.counts["qualifiers right"] += len(met)
        tally.counts["qualifiers wrong"] += len(extra)
        if extra or met != want:
            shown = _show(name, have, pair), _show(name, want, pair)
            text = f"{_describe(key, pair.gold)}  {name} is {shown[1]}, not {shown[0]}"
            surest = max(statements, key=lambda one: one.confidence or 0)
            tally.problems.append(_with_words("qualifier", text, surest, pair))


def _wanted(name: str, facts: Sequence[GoldFact]) -> set[str]:
    if name == "modality":
        return {fact.modality for fact in facts if fact.core}
    return {fact.qualifiers[name] for fact in facts if name in fact.qualifiers}


def _had(name: str, statements: Iterable[SaidStatement], pair: Pair) -> set[str]:
    if name == "about":
        return {pair.stands_for[iri] for one in statements for iri in one.about if iri in pair.stands_for}
    return {value for one in statements for value in one.qualifiers[name]}


def _same(name: str, have: str, want: str) -> bool:
    """Numbers may differ by half a thousandth, a metric may be said in more or fewer words."""
    if name in _NUMBERS:
        return _close(have, want)
    if name == "metric":
        one, other = fold_name(have), fold_name(want)
        return one in other or other in one
    return have == want


def _close(have: object, want: object) -> bool:
    try:
        one, other = float(str(have)), float(str(want))
    except ValueError:
        return False
    return abs(one - other) <= abs(other) * _TOLERANCE


def _count_observations(pair: Pair, said: Said, tally: Tally) -> None:
    """One to one by entity, value and unit, in the order of the graph; a core one is taken first."""
    left = list(pair.gold.observations)
    for one in pair.said.observations:
        fits = [gold for gold in left if one.true and _fits(one, gold, pair)]
        if fits:
            best = max(fits, key=lambda gold: gold.core)
            left.remove(best)
            tally.counts["observations right"] += 1
            tally.counts["observations found"] += best.core
        else:
            tally.counts["observations wrong"] += 1
            of = ", ".join(_name(iri, said) for iri in one.of)
            text = f"{of}  {one.measure} {_shortly(one.value)} {one.unit}"
            tally.problems.append(_with_words("obs_wrong", text, one, pair))
    tally.counts["observations core"] += sum(gold.core for gold in pair.gold.observations)
    for gold in left:
        if gold.core:
            text = f"{pair.gold.entities[gold.of].name}  {gold.measure} {_shortly(gold.value)} {gold.unit}"
            tally.problems.append(Problem("obs_missed", text, gold.quote))


def _fits(one: SaidObservation, gold: GoldObservation, pair: Pair) -> bool:
    same_unit = not gold.unit or one.unit == gold.unit or {one.unit, gold.unit} <= _MONEY
    return same_unit and _close(one.value, gold.value) and any(pair.stands_for.get(iri) == gold.of for iri in one.of)


def _with_words(kind: str, text: str, said: SaidStatement | SaidObservation, pair: Pair) -> Problem:
    quote = next((one for one in said.quotes if one.article == pair.said.iri), None)
    words = _sentence(quote, pair) if quote else ""
    return Problem(kind, text, words, quote.rule if quote else "", said.confidence or 0)


def _sentence(quote: Quote, pair: Pair) -> str:
    """The quote and what stands around it, from full stop to full stop."""
    body, ends = pair.said.body, "。！？\n"
    start = max(body.rfind(mark, 0, max(0, quote.start)) for mark in ends) + 1
    stops = [place for mark in ends if (place := body.find(mark, max(0, quote.end - 1))) >= 0]
    return body[start : min(stops, default=len(body) - 1) + 1].strip() if quote.true else quote.text


def _describe(key: FactKey, gold: GoldArticle) -> str:
    relation, subject, object_ = key
    return f"{relation}  {gold.entities[subject].name} → {gold.entities[object_].name}"


def _show(name: str, values: Iterable[str], pair: Pair) -> str:
    shown = [pair.gold.entities[one].name if name == "about" else one for one in values]
    return ", ".join(sorted(shown)) or "not said"


def _name(iri: str, said: Said) -> str:
    return said.entities[iri].name if iri in said.entities else iri


def _shortly(number: float | None) -> str:
    return "?" if number is None else f"{number:.10g}"
