"""People: what the lexer takes for a person and the words around it confirm (a post in front, 表示 behind)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.knowledge import Knowledge
from kg.layout.bylines import is_person
from kg.mentions.tagged import TaggedText
from kg.model import Mention, Span, Word
from kg.words import word_set

_IS = frozenset({"是", "为", "由", "系", "变为", "变更为", "：", ":"})
_BEHIND = frozenset("，。、和及在将就")


def find_people(tagged: TaggedText, knowledge: Knowledge) -> Iterator[Mention]:
    for words in tagged.words:
        for place, word in enumerate(words):
            if (
                (word.tag == "PER" or _listed(words, place))
                and _is_name(word.text)
                and _confirmed(words, place, knowledge)
            ):
                yield Mention(word.span, word.text, "Person", "person")
            elif word.text.endswith(knowledge.roles) and word.tag != "PER":
                yield from _behind_post(words, place + 1)


def _behind_post(words: Sequence[Word], start: int) -> Iterator[Mention]:
    """省水利厅副厅长廉世界出席: a name of ordinary words, between a post and what people do."""
    for end in range(start + 1, min(start + 3, len(words))):
        name = "".join(word.text for word in words[start:end])
        if 2 <= len(name) <= 3 and is_person(name) and all(word.tag != "PER" for word in words[start:end]):
            following = words[end].text
            if following in _BEHIND or following in word_set("saying verbs"):
                yield Mention(Span(words[start].span.start, words[end - 1].span.end), name, "Person", "person")
                return


def _listed(words: Sequence[Word], place: int) -> bool:
    """A name of three characters that the tagger took for an organisation, beside a person in a list."""
    word = words[place]
    near = [
        words[n].tag for n in (place - 2, place + 2) if 0 <= n < len(words) and words[(n + place) // 2].text == "、"
    ]
    return word.tag == "ORG" and len(word.text) == 3 and "PER" in near


def _is_name(text: str) -> bool:
    han = all("\u4e00" <= ch <= "\u9fff" or ch in "·•" for ch in text)
    return han and (2 <= len(text) <= 4 or (3 <= len(text) <= 15 and ("·" in text or "•" in text)))


def _confirmed(words: Sequence[Word], place: int, knowledge: Knowledge) -> bool:
    before = words[place - 1] if place else None
    after = words[place + 1] if place + 1 < len(words) else None
    if before is not None and before.text in {"、", "及", "和"} and place > 1 and words[place - 2].tag == "PER":
        return True
    if before is not None and (before.text.endswith(knowledge.roles) or before.tag == "PER"):
        return True
    if before is not None and before.text in _IS and _tells_post(words[max(0, place - 8) : place], knowledge):
        return True
    if after is None:
        return False
    return (
        after.text in word_set("titles behind")
        or (after.text in word_set("holds a post") and len(after.text) > 1)
        or after.text in word_set("saying verbs")
        or after.text.startswith(knowledge.roles)
        or (after.text == "、" and place + 2 < len(words) and words[place + 2].tag == "PER")
    )


def _tells_post(words: Sequence[Word], knowledge: Knowledge) -> bool:
    """总经理是, 控制人由…变更为: a post stands in the words before."""
    return any(word.text.endswith(knowledge.roles) for word in words) or "控制人" in "".join(
        word.text for word in words
    )
