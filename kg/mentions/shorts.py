"""Short names of what is named in full elsewhere: 惠科 for 惠科股份有限公司, and what （以下简称“…”） declares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from kg.compare import normalise_name, short_forms
from kg.knowledge import Knowledge
from kg.mentions.tagged import TaggedText
from kg.model import Mention, Span, Word
from kg.words import word_set

DECLARED = re.compile(
    '[（(](?:以下|下文|下)?(?:统一|均|统|合)?(?:简称|称)(?:为)?[：:]?[“"《‘]?(?P<short>[^”"》’）)、，]{2,20})[”"》’]?'
    "|(?:股票|证券)简称[：:][ “]?(?P<listed>[^”，；（()） 、]{2,8})"
)


_SAYS_NAME = frozenset({"tagger", "stock code behind", "investor"})
_NAME_TAGS = frozenset({"nz", "nw", "PER", "j", "m"})
"""What the tagger may take the short name of a company for, where it is no plain word."""


def find_declared(tagged: TaggedText, mentions: Iterable[Mention]) -> dict[str, Mention]:
    """Short name → the mention of the full name that it is declared for."""
    ends = {mention.span.end: mention for mention in sorted(mentions, key=lambda one: -one.span.start)}
    out: dict[str, Mention] = {}
    for found in DECLARED.finditer(tagged.text):
        place = found.start()
        if found["listed"]:
            place = max(tagged.text.rfind(mark, 0, place) for mark in "（(")
        place -= place > 0 and tagged.text[place - 1] in "》”"
        if place in ends:
            out.setdefault((found["short"] or found["listed"]).strip(), ends[place])
    return out


def find_shorts(
    tagged: TaggedText, mentions: tuple[Mention, ...], declared: Mapping[str, Mention], knowledge: Knowledge
) -> Iterator[Mention]:
    """Places where a short name stands; the class is that of the full name. `declared` is of `find_declared`."""
    names = {short: full.cls for short, full in declared.items()}
    again: dict[str, str] = {}
    listed = {mention.text for mention in mentions if mention.found_by == "stock code behind"}
    for mention in mentions:
        if (
            mention.found_by != "new company"
            and knowledge.ontology.is_a(mention.cls, "Organisation")
            and (len(mention.text) >= 4 or (mention.found_by == "bought" and len(mention.text) > 2))
        ):
            again.setdefault(mention.text, mention.cls)
            for short in short_forms(mention.text, place_of(mention.text, knowledge)):
                names.setdefault(short, mention.cls)
    brief = {one.text: one.cls for one in mentions if one.cls == "Company" and one.found_by in _SAYS_NAME}
    starts = {word.span.start: word for words in tagged.words for word in words}
    ends = {word.span.end for words in tagged.words for word in words}
    for words in tagged.words:
        for word in words:
            plain = word.tag not in _NAME_TAGS or word.text in word_set("abbreviations")
            if word.text in brief and len(word.text) in {2, 3} and not plain:
                yield Mention(word.span, word.text, brief[word.text], "named elsewhere")
    for name in sorted(names | again):
        if name in word_set("pointless names") or knowledge.gazetteer.lookup(name):
            continue
        for found in re.finditer(re.escape(name), tagged.text):
            if (
                found.start() in starts
                and (name in listed or _may_begin(starts[found.start()], name))
                and (found.end() in ends or len(name) > 3)
            ):
                cls, found_by = (names[name], "short name") if name in names else (again[name], "named elsewhere")
                yield Mention(Span(*found.span()), name, cls, found_by)


def _may_begin(word: Word, name: str) -> bool:
    """日照钢铁 begins with a place, and so does 新疆投资, which is mostly no name."""
    return word.tag != "LOC" or (len(word.text) < len(name) and name[len(word.text) :] not in word_set("plain trades"))


def place_of(name: str, knowledge: Knowledge) -> str:
    """The place that a name starts with, as written; empty where it starts with none.

    Districts follow one another; 长江 in 武汉长江通信 is part of the name.
    """
    place = ""
    for match in knowledge.gazetteer.find(normalise_name(name)):
        cls = match.entries[0].cls
        if match.span.start != len(place) or not (cls == "District" or (cls == "Place" and not place)):
            break
        place = name[: match.span.end]
    return normalise_name(place)
