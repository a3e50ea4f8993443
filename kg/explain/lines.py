"""What was traced, as lines for a terminal. Colours are kept apart from the words: `rich` shows them where it may."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from decimal import Decimal

from rich.cells import cell_len
from rich.text import Text

from kg.explain.sentences import Fired, Named, SentenceTrace
from kg.model import Observation, Qualifiers, Statement
from kg.table import escape_controls
from kg.values import Value

_LABEL = 10
_UNNAMED = frozenset({"P", "w", "u"})
"""Tags of words that need no tag to be understood: marks and particles."""


def make_lines(trace: SentenceTrace, number: int) -> Iterator[Text]:
    yield _text((f"{number}  ", "bold cyan"), (trace.text, "bold"))
    yield from _block("words", [_join_words(trace)])
    yield from _block("names", _align([_name_cells(one) for one in trace.named]))
    yield from _block("figures", _align([_value_cells(value, trace) for value in trace.values]))
    yield from _block("rules see", [_text((trace.seen, ""))])
    yield from _block("fired", [line for one in trace.fired for line in _fired_lines(one, trace)])
    yield from _block("nearest", _align([_miss_cells(*one) for one in _misses(trace)]))
    yield from _block("facts", [line for n, fact in enumerate(trace.facts, 1) for line in _fact_lines(n, fact, trace)])
    yield from _block("counts", [_observation_line(one) for one in trace.observations])
    if not trace.facts and not trace.observations:
        yield from _block("facts", [_text(("none", "dim"))])


def _text(*parts: tuple[str, str]) -> Text:
    return Text.assemble(*((escape_controls(words), style) for words, style in parts))


def _block(label: str, lines: Sequence[Text]) -> Iterator[Text]:
    for number, line in enumerate(lines):
        yield Text.assemble((f"   {label if number == 0 else '':{_LABEL}}", "green"), line)


def _align(rows: Sequence[Sequence[tuple[str, str]]]) -> list[Text]:
    """Cells under each other, by the width that a terminal gives them; the last is as long as it is."""
    widths = [
        max((cell_len(row[place][0]) for row in rows), default=0) for place in range(len(rows[0]) - 1 if rows else 0)
    ]
    out = []
    for row in rows:
        padded = [
            (f"{words}{' ' * (width - cell_len(words))}  ", style)
            for (words, style), width in zip(row, widths, strict=False)
        ]
        out.append(_text(*padded, row[-1]))
    return out


def _join_words(trace: SentenceTrace) -> Text:
    out = Text()
    for word in trace.words:
        out.append_text(_text((word.text, ""), ("" if word.tag in _UNNAMED else f"/{word.tag}", "dim"), (" ", "")))
    return out


def _name_cells(one: Named) -> list[tuple[str, str]]:
    entity = one.entity
    means = "→ nothing known" if entity is None else "" if entity.key[1] == one.mention.text else f"→ {entity.key[1]}"
    if entity is not None and entity.cls != one.mention.cls:
        means = f"→ {entity.cls} {entity.key[1]}"
    covered = ", ".join(f"{inner.text} {inner.cls}" for inner in one.covered)
    how = f"{one.mention.found_by}{f'  (covers {covered})' if covered else ''}"
    return [(one.mention.cls, "magenta"), (one.mention.text, ""), (means, "" if entity else "red"), (how, "dim")]


def _value_cells(value: Value, trace: SentenceTrace) -> list[tuple[str, str]]:
    start = trace.span.start
    words = trace.text[value.span.start - start : value.span.end - start]
    return [(value.kind, "magenta"), (words, ""), (_show_value(value), "dim")]


def _show_value(value: Value) -> str:
    if value.dates is not None:
        days = "" if value.dates.first == value.dates.last else f" ({value.dates.first} – {value.dates.last})"
        return f"{value.dates.label}{days}"
    number = _range(value.number, value.to)
    return " ".join(part for part in (number, value.unit, value.qualifier) if part and part != "exact")


def _range(number: Decimal, to: Decimal | None) -> str:
    return " – ".join(f"{one.normalize():f}" for one in (number, to) if one is not None)


def _fired_lines(one: Fired, trace: SentenceTrace) -> Iterator[Text]:
    slots = "  ".join(f"{name}={words}" for name, words in one.slots.items())
    yield _text((one.rule, "yellow"), (f"  {slots}" if slots else "", ""))
    if not one.facts:
        yield _text((f"  gives nothing: {one.why or 'taken out afterwards'}", "red"))
        return
    evidence = (each for number in one.facts for each in trace.facts[number - 1].evidence)
    others = sorted({each.rule for each in evidence} - {one.rule})
    also = f", as does {', '.join(others)}" if others else ""
    yield _text((f"  gives {_numbers(one.facts)}{also}", "dim"))


def _numbers(numbers: Sequence[int]) -> str:
    return f"fact {', '.join(map(str, numbers))}"


def _misses(trace: SentenceTrace) -> list[tuple[str, str, str]]:
    return [(miss.rule, _shorten(miss.wanted), miss.why) for miss in trace.nearest]


def _shorten(piece: str) -> str:
    """A choice with its first words only."""
    words = piece.split("|")
    return piece if piece.startswith("<") or len(words) < 4 else f"{'|'.join(words[:3])}|…]"


def _miss_cells(rule: str, wanted: str, why: str) -> list[tuple[str, str]]:
    return [(rule, "yellow"), (wanted, ""), (why, "dim")]


def _fact_lines(number: int, fact: Statement, trace: SentenceTrace) -> Iterator[Text]:
    yield _text(
        (f"{number} ", "dim"),
        (fact.subject[1], "bold"),
        (f"  {fact.relation}  ", "blue"),
        (fact.object[1], "bold"),
        (f"  {show_qualifiers(fact.qualifiers)}", ""),
    )
    here = [one for one in fact.evidence if trace.span.start <= one.start < trace.span.end]
    for one in here:
        yield _text((f"    {one.confidence} {one.rule}  “{one.quote}”", "dim"))
    if len(here) < len(fact.evidence):
        yield _text((f"    said {len(fact.evidence) - len(here)} more times elsewhere in the article", "dim"))


def show_qualifiers(qualifiers: Qualifiers) -> str:
    """All that is said, as `planned, on_date 2023-03-20, amount 500000000`."""
    parts = [qualifiers.modality]
    for one in fields(Qualifiers):
        value = getattr(qualifiers, one.name)
        if one.name == "modality" or value is None:
            continue
        words = getattr(value, "label", None) or (value[1] if isinstance(value, tuple) else value)
        parts.append(f"{one.name} {words}")
    return ", ".join(parts)


def _observation_line(one: Observation) -> Text:
    evidence = one.evidence[0]
    number = _range(one.value, one.value_to)
    more = [one.amount_qualifier, None if one.modality == "actual" else one.modality, one.period, one.dimension]
    return _text(
        (one.of[1], "bold"),
        (f"  {one.measure}  ", "blue"),
        (f"{number} {one.unit}", "bold"),
        ("".join(f", {part}" for part in more if part and part != "exact"), ""),
        (f"  {evidence.confidence} {evidence.rule}", "dim"),
    )
