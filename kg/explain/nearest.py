"""Rules that almost fit a sentence: all their words stand in it, and the pattern breaks off at one piece."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.clauses import Clause
from kg.ontology import Ontology
from kg.patterns import MIXED, VALUE_KINDS, Pattern, class_char, compile_pattern, value_char
from kg.rules import Rule

_PIECES = re.compile(r"!?<[^>]+>|\[[^\]]+\]\??|\.\.|[…~]|[^\s<>\[\]….?~!]+")
_GAPS = {"..": (12, "，。！？；：、和及\n"), "…": (40, "。！？；\n"), "~": (40, "。！？；\n")}
"""How much a gap may leap, and over what it may not: what `kg.patterns` says of them."""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """`fits` is the part of the pattern that fits, `wanted` the piece that does not, `why` the reason."""

    rule: str
    fits: str
    wanted: str
    why: str
    share: float


def find_nearest(
    clause: Clause, rules: Sequence[Rule], fired: Collection[str], ontology: Ontology
) -> tuple[NearMiss, ...]:
    """The nearest first: those of which the largest share fits."""
    found = [
        miss
        for rule in rules
        if rule.id not in fired and _has_words(rule, clause) and (miss := _find_break(rule, clause, ontology))
    ]
    return tuple(sorted(found, key=lambda miss: -miss.share))


def split_pattern(source: str) -> tuple[str, ...]:
    """The pieces of a pattern: slots, choices, gaps, words."""
    return tuple(_PIECES.findall(source))


def _words_of(piece: str) -> tuple[str, ...]:
    """The words of a choice, or the word itself; none for slots, gaps and what may be missing."""
    if piece.startswith(("<", "!")) or piece in _GAPS or piece.endswith("]?"):
        return ()
    return tuple(piece.strip("[]").split("|"))


def _has_words(rule: Rule, clause: Clause) -> bool:
    choices = (_words_of(piece) for piece in split_pattern(rule.pattern.source))
    return all(any(word in clause.text for word in words) for words in choices if words)


def _find_break(rule: Rule, clause: Clause, ontology: Ontology) -> NearMiss | None:
    pieces = split_pattern(rule.pattern.source)
    for count in range(len(pieces), 0, -1):
        ends = _ends_of(pieces[:count], clause, ontology)
        if ends and count == len(pieces):
            return NearMiss(rule.id, rule.pattern.source, "", "a slot wants a list of at least two", 1.0)
        if ends:
            return _make_miss(rule, pieces, count, ends, clause, ontology)
    if not pieces[0].startswith("<") or _chars_of(pieces[0], ontology) is None:
        return None
    return NearMiss(rule.id, "", pieces[0], "no such name or figure in the sentence", 0.0)


def _ends_of(pieces: Sequence[str], clause: Clause, ontology: Ontology) -> list[int]:
    """Where stretches end that fit these pieces."""
    if not any(piece.startswith("<") for piece in pieces):
        return []
    pattern = _compile(" ".join(pieces), ontology)
    return sorted({found.end(1) for found in pattern.regex.finditer(clause.text)})


@lru_cache(maxsize=4096)
def _compile(source: str, ontology: Ontology) -> Pattern:
    return compile_pattern(source, ontology)


def _make_miss(
    rule: Rule, pieces: Sequence[str], count: int, ends: Sequence[int], clause: Clause, ontology: Ontology
) -> NearMiss:
    gap = pieces[count] if pieces[count] in _GAPS else pieces[count - 1] if pieces[count - 1] in _GAPS else ""
    wanted = next(piece for piece in pieces[count:] if piece not in _GAPS)
    slots = [piece for piece in pieces[:count] if piece.startswith("<")]
    why = _explain(clause, ends, gap, wanted, slots[-1], ontology)
    return NearMiss(rule.id, " ".join(pieces[:count]), wanted, why, count / len(pieces))


def _explain(clause: Clause, ends: Sequence[int], gap: str, wanted: str, slot: str, ontology: Ontology) -> str:
    if wanted.startswith("!"):
        return "such a figure stands there"
    choices = [(end, place) for end in ends if (place := _find_piece(clause, end, wanted, ontology)) is not None]
    if not choices:
        return "it does not stand behind that"
    end, place = min(choices, key=lambda pair: pair[1] - pair[0])
    units = clause.units[end:place]
    between = "".join("‹…›" if unit.mentions or unit.value else unit.char for unit in units)
    if not gap:
        return f"between them stands {between}" if between else "it does not fit there"
    longest, stops = _GAPS[gap]
    stop = next((unit.char for unit in units if unit.char in stops), None)
    if stop:
        return f"between them stands {stop!r}, which the gap does not leap"
    taken = "" if gap == "~" else _chars_of(slot, ontology) or ""
    other = next((unit for unit in units if unit.mentions and unit.char in taken), None)
    if other:
        return f"between them stands {other.mentions[0].text}, which {slot} could be as well"
    if len(units) > longest:
        return f"{len(units)} characters stand between them, the gap leaps {longest}"
    return "it does not fit there"


def _find_piece(clause: Clause, start: int, piece: str, ontology: Ontology) -> int | None:
    chars = _chars_of(piece, ontology)
    if chars is not None:
        return next((place for place in range(start, len(clause.text)) if clause.text[place] in chars), None)
    places = [clause.text.find(word, start) for word in piece.rstrip("?").strip("[]").split("|")]
    return min((place for place in places if place >= 0), default=None)


def _chars_of(piece: str, ontology: Ontology) -> str | None:
    """The characters that a slot takes; None for what is no slot, or one of free text."""
    if not piece.startswith("<") or piece.endswith(":text>"):
        return None
    classes = piece.strip("<>").rstrip("+*").partition(":")[2].split("|")
    figures = [value_char(cls) for cls in classes if cls in VALUE_KINDS]
    kinds = [one for one in ontology.classes() for cls in classes if cls not in VALUE_KINDS and ontology.is_a(one, cls)]
    return "".join([*figures, *(class_char(one, ontology) for one in kinds), *([] if figures else [MIXED])])
