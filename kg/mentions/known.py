"""Titles in 《》, and what the gazetteer knows: districts, zones, organisations, industries."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.gazetteer import Match
from kg.knowledge import Knowledge
from kg.mentions.tagged import TaggedText
from kg.model import Mention, Span, Word

_TITLE = re.compile("《([^《》\n]{2,60}(?:《[^《》\n]{1,60}》)?[^《》\n]{0,40})》")
_GOES_ON = tuple("湖山江河岛海路街港湾桥镇乡村")
"""Behind a district's name these make another place of it: 桃山湖."""
_NO_WORD = Word(Span(0, 0), "", "")
_PROPER = frozenset({"LOC", "ORG", "PER", "nz"})


def find_titles(tagged: TaggedText, knowledge: Knowledge) -> Iterator[Mention]:
    """《…》 is a document, or what its ending says where that is a medium or an agreement (《重庆日报》, 《…合同》)."""
    for found in _TITLE.finditer(tagged.text):
        ending = knowledge.ending_of(found[1])
        cls = ending.cls if ending is not None and ending.cls in {"MediaOutlet", "Agreement"} else "Document"
        yield Mention(Span(*found.span(1)), found[1], cls, "title")


def find_known(tagged: TaggedText, knowledge: Knowledge) -> Iterator[Mention]:
    """Names of the gazetteer. One that is an ordinary word too counts only where the lexer sees a name there."""
    words = _words_by_place(tagged)
    surely = {match.entries[0].name for match in tagged.known if _is_place(match, words)}
    firms = {match.name for match in tagged.known if _is_firm(match, words)}
    for before, match in zip((None, *tagged.known), tagged.known, strict=False):
        inside = (
            before is not None
            and before.span.end == match.span.start
            and _lies_in(match, before, tagged.text, knowledge)
        )
        entries = [entry for entry in match.entries if inside or _stands(match.span, match.name, entry.common, words)]
        if not entries and match.name in firms and words.get(match.span.start, _NO_WORD).span == match.span:
            entries = [entry for entry in match.entries if entry.cls == "Company"]
        if entries and (entries[0].name in surely or not _is_company(match, words)):
            cls = entries[0].cls
            yield Mention(match.span, tagged.text[match.span.start : match.span.end], cls, "gazetteer")


def _lies_in(match: Match, before: Match, text: str, knowledge: Knowledge) -> bool:
    """和静 in 新疆和静 is the county, though 和静 be no name elsewhere."""
    codes = [(one.code, whole.code) for one in match.entries for whole in before.entries]
    return not text.startswith(_GOES_ON, match.span.end) and any(
        code and whole and code != whole and knowledge.gazetteer.within(code, whole) for code, whole in codes
    )


def _is_place(match: Match, words: dict[int, Word]) -> bool:
    """A district in full, or its short name where the tagger sees a place: it is meant elsewhere in the text too."""
    word, entry = words.get(match.span.start), match.entries[0]
    return entry.cls == "District" and (match.name == entry.name or (word is not None and word.tag == "LOC"))


def _is_company(match: Match, words: dict[int, Word]) -> bool:
    """A county's short name that the tagger takes for an organisation: 东风, 紫金."""
    word, entry = words[match.span.start], match.entries[0]
    short = entry.cls == "District" and match.name != entry.name and match.name[-1] not in "省市区县州旗"
    county = entry.code is not None and not entry.code.endswith("00")
    return short and county and word.tag == "ORG" and word.span == match.span


def _is_firm(match: Match, words: dict[int, Word]) -> bool:
    """三元, where the tagger sees an organisation: it is meant elsewhere in the text too, though it be a plain word."""
    word = words.get(match.span.start)
    sees = word is not None and word.tag == "ORG" and word.span == match.span
    return sees and match.entries[0].cls == "Company"


def _words_by_place(tagged: TaggedText) -> dict[int, Word]:
    return {place: word for words in tagged.words for word in words for place in range(word.span.start, word.span.end)}


def _stands(span: Span, name: str, common: frozenset[str], words: dict[int, Word]) -> bool:
    first, last = words.get(span.start), words.get(span.end - 1)
    if first is None or last is None:
        return False
    named = first.tag in _PROPER or last.tag in _PROPER
    if name in common:
        return named and first.span == span
    if len(name) > 3:
        return True
    starts, ends = first.span.start == span.start, last.span.end == span.end
    return (starts and ends) or (named and (starts or ends))
