"""Names that their surroundings give away: a stock code behind, 签署 before an agreement, 出席 before an event."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.knowledge import Knowledge
from kg.mentions.chunks import NOMINAL
from kg.mentions.tagged import TaggedText
from kg.model import Mention, Span, Word
from kg.words import word_set

_CODE = re.compile("[（(](?:[^（）()]{0,16}[：: ])?[^（）()]{0,4}\\d{6}(?:\\.[A-Z]{2})?[^（）()]{0,30}[)）]")
_COMMITTEE = re.compile("(?:委|政府|人大常委会|人大|政协|纪委|党委|党工委|管委会|人民政府)(?![员会托派任])")
_BARE_BODY = re.compile(
    "(?<![\u4e00-\u9fff])(?:中共)?[省市县区州](?:委|政府|人大常委会|政协|纪委)(?![员会托派任])|(?<=[、，。：；（和与及])[省市县区州](?:委|政府|人大常委会|政协)(?![员会托派任])"
)


def find_marked(tagged: TaggedText, knowledge: Knowledge) -> Iterator[Mention]:
    yield from _listed_companies(tagged, knowledge)
    yield from _committees(tagged)
    for words in tagged.words:
        yield from _objects(words, word_set("signing verbs"), "Agreement", tagged.text, knowledge)
        yield from _objects(words, word_set("holding verbs"), "Event", tagged.text, knowledge)


def _listed_companies(tagged: TaggedText, knowledge: Knowledge) -> Iterator[Mention]:
    for found in _CODE.finditer(tagged.text):
        words = tagged.words[tagged.sentence_at(found.start())]
        end = next((n for n, word in enumerate(words) if word.span.start >= found.start()), len(words))
        start = end
        while start > 0 and words[start - 1].tag in NOMINAL and words[start - 1].text not in knowledge.modifiers:
            start -= 1
        if start < end and 2 <= words[end - 1].span.end - words[start].span.start <= 20:
            span = Span(words[start].span.start, words[end - 1].span.end)
            if span.end == found.start():
                yield Mention(span, tagged.text[span.start : span.end], "Company", "stock code behind")


def _committees(tagged: TaggedText) -> Iterator[Mention]:
    """花都区委, 长沙县政府, and bare 市委 which `kg.entities` completes."""
    for match in tagged.known:
        if match.entries[0].cls != "District":
            continue
        found = _COMMITTEE.match(tagged.text, match.span.end)
        if found is not None and (match.name[-1] in "省市县区州旗" or len(found[0]) > 2):
            start = match.span.start - 2 * tagged.text[: match.span.start].endswith("中共")
            yield Mention(
                Span(start, found.end()), tagged.text[start : found.end()], "GovernmentBody", "body of a district"
            )
    for found in _BARE_BODY.finditer(tagged.text):
        yield Mention(Span(*found.span()), found[0], "GovernmentBody", "body of a level")


def _objects(
    words: Sequence[Word], verbs: frozenset[str], cls: str, text: str, knowledge: Knowledge
) -> Iterator[Mention]:
    """What is signed or held, though its name be a common noun: 签署战略合作协议, 出席签约仪式."""
    for place, word in enumerate(words):
        if word.text not in verbs:
            continue
        start = place + 1
        while start < len(words) and (words[start].tag in {"m", "q", "u"} or words[start].text in knowledge.modifiers):
            start += 1
        end = start
        while end < len(words) and (words[end].tag in NOMINAL or words[end].text in {"及", "和"}):
            end += 1
        while end > start:
            span = Span(words[start].span.start, words[end - 1].span.end)
            ending = knowledge.ending_of(text[span.start : span.end])
            if text[span.start : span.end] in word_set("pointing objects"):
                yield Mention(span, text[span.start : span.end], cls, "pointer")
                break
            if ending is not None and ending.cls == cls and len(ending.text) > 1:
                yield Mention(span, text[span.start : span.end], cls, f"object of {word.text}")
                break
            end -= 1
