"""The notation of rules, compiled to regular expressions over encoded sentences (see `kg.clauses`).

    <s:Company>          a mention of that class or of a class below it; `<s:Company|Project>` of one of these
    <s:Party+>           a list of at least two such (A、B和C); without `+` a list is welcome too, each member counts
    <s:Person*>          that and all others of the class that stand before it in the sentence
    <amount:Money>       a figure: Money, Percent, Count, Rank (第三) or Top (前十)
    <metric:text>        two to twenty characters of text without punctuation
    [签署|签订|签下]       one of these words; `[与|同]?` may be missing
    ..                   up to twelve characters within the clause, not across 和, 及 or 、
    …                    up to forty characters within the sentence
    ~                    the same, whatever mentions stand there
    !<share:Percent>     no such figure within the next twelve characters (and no slot)
    ![平台|产品]           none of these words next
    anything else        itself; white space parts the pieces and means nothing

A gap does not jump over another mention that the slot in front of it could have taken, so the nearest one is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.errors import RuleError
from kg.ontology import Ontology

VALUE_KINDS = ("Money", "Percent", "Count", "Rank", "Top")
_CLASS_BASE, _VALUE_BASE = 0xE000, 0xE100
MIXED = chr(0xE0FF)
"""A list whose members have no class in common; a slot takes those that fit."""
PRIVATE = re.compile("[\ue000-\uf8ff]")
"""Characters that stand for mentions and figures; such a character in a text stands for nothing there."""

_PIECE = re.compile(
    r"\s+|!<[a-z_]+:(?P<never>[A-Za-z|]+)>|!\[(?P<unless>[^\[\]<>]+)\]|<(?P<slot>[a-z_]+):(?P<classes>[A-Za-z|]+)(?P<list>[+*])?>|\[(?P<choice>[^\[\]<>]+)\](?P<maybe>\?)?|(?P<far>…)|(?P<any>~)|(?P<near>\.\.)|(?P<word>[^\s<>\[\]….?~!]+)"
)
_NEAR, _FAR = "，。！？；：、和及\n", "。！？；\n"
_EDGE = "(?:^|(?<=[，。！？；：、\n\ue000-\uf8ff]))"
"""Free text at the start of a pattern begins where a clause or a name does."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A named place of a pattern. `classes` are names of classes, of kinds of figures, or `text`."""

    name: str
    classes: tuple[str, ...]
    many: str = ""
    """`+`: at least two in a list; `*`: all such of the sentence up to there."""


@dataclass(frozen=True, slots=True)
class Pattern:
    source: str
    regex: re.Pattern[str]
    slots: tuple[Slot, ...]
    """In the order of the groups of `regex`."""
    words: tuple[str, ...]
    """Literal text that every match has at least one of: a quick test before the regular expression runs."""
    chars: tuple[frozenset[str], ...]
    """Of each of these every match has a character: a test that is quicker yet."""


def class_char(cls: str, ontology: Ontology) -> str:
    return chr(_CLASS_BASE + ontology.classes().index(cls))


def value_char(kind: str) -> str:
    return chr(_VALUE_BASE + VALUE_KINDS.index(kind))


def split_pattern(source: str) -> tuple[str, ...]:
    """The pieces of a pattern as they are written: slots, choices, gaps, words."""
    return tuple(piece for found in _PIECE.finditer(source) if (piece := found[0].strip()))


def compile_pattern(source: str, ontology: Ontology) -> Pattern:
    """Raises RuleError for an unknown class or a character that the notation does not have."""
    place = 0
    out: list[str] = []
    slots: list[Slot] = []
    choices: list[tuple[str, ...]] = []
    needed: list[frozenset[str]] = []
    blocked = ""
    while place < len(source):
        piece = _PIECE.match(source, place)
        if piece is None:
            raise RuleError(f"pattern {source!r}: not understood from {source[place : place + 10]!r} on")
        place = piece.end()
        if piece["slot"]:
            slot = Slot(piece["slot"], tuple(piece["classes"].split("|")), piece["list"] or "")
            chars = _slot_chars(slot, ontology, source)
            out.append(f"{_EDGE if not out and slot.classes == ('text',) else ''}({chars})")
            slots.append(slot)
            blocked = "" if slot.classes == ("text",) else chars.strip("[]")
            needed += [frozenset(blocked)] if blocked else []
        elif piece["never"]:
            chars = _slot_chars(Slot("", tuple(piece["never"].split("|"))), ontology, source)
            out.append(f"(?![^{_NEAR}{chars.strip('[]')}]{{0,12}}{chars})")
        elif piece["unless"]:
            out.append(f"(?!{'|'.join(map(re.escape, piece['unless'].split('|')))})")
        elif piece["choice"]:
            words = [re.escape(word) for word in piece["choice"].split("|")]
            out.append(f"(?:{'|'.join(words)}){piece['maybe'] or ''}")
            choices += [] if piece["maybe"] else [tuple(piece["choice"].split("|"))]
        elif piece["any"]:
            out.append(f"[^{_FAR}]{{0,40}}?")
        elif piece["far"] or piece["near"]:
            out.append(f"[^{_FAR}{blocked}]{{0,40}}?" if piece["far"] else f"[^{_NEAR}{blocked}]{{0,12}}?")
        elif piece["word"]:
            out.append(re.escape(piece["word"]))
            choices.append((piece["word"],))
    if not slots:
        raise RuleError(f"pattern {source!r} has no slot")
    quick = max(choices, key=lambda words: min(map(len, words)), default=())
    needed += [frozenset(word[0] for word in words) for words in choices]
    return Pattern(source, re.compile(f"(?=({''.join(out)}))"), tuple(slots), quick, tuple(needed))


def _slot_chars(slot: Slot, ontology: Ontology, source: str) -> str:
    if slot.classes == ("text",):
        return f"[^{_FAR}，：、“”《》]{{2,20}}?"
    chars = []
    for cls in slot.classes:
        if cls in VALUE_KINDS:
            chars.append(value_char(cls))
        elif cls in ontology.classes():
            chars += [class_char(one, ontology) for one in ontology.classes() if one == cls or ontology.is_a(one, cls)]
        else:
            raise RuleError(f"pattern {source!r}: unknown class {cls!r}")
    mixed = "" if set(slot.classes) & set(VALUE_KINDS) else MIXED
    return f"[{''.join(sorted(set(chars)))}{mixed}]"
