"""People: what the lexer takes for a person and either the name or the words around it confirm (a post, 表示)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.knowledge import Knowledge
from kg.layout.bylines import is_person
from kg.mentions.tagged import TaggedText
from kg.model import Mention, Span, Word
from kg.words import word_set

_BEHIND = frozenset("，。、和及在将就向对与等也还则")
_PASSED_OVER = frozenset({"d", "c", "TIME", "ad"})
"""Between a person and what he does: 周岚昨日还表示."""
_LONGEST_POST, _FURTHEST_POST = 3, 8
"""A post may be of several words: 实际 控制 人."""
_IS = frozenset({"是", "为", "由", "系", "变为", "变更为", "：", ":"})


def find_people(tagged: TaggedText, knowledge: Knowledge) -> Iterator[Mention]:
    """Once sure, a name is one wherever it stands."""
    people = [one for words in tagged.words for one in _find_sure(words, knowledge)]
    yield from people
    names = {one.text for one in people}
    for words in tagged.words:
        for word in words:
            if word.text in names and word.tag != "LOC":
                yield Mention(word.span, word.text, "Person", "person")


def _find_sure(words: Sequence[Word], knowledge: Knowledge) -> Iterator[Mention]:
    for place, word in enumerate(words):
        if (word.tag == "PER" or _listed(words, place) or _takes_post(words, place)) and _is_name(word.text):
            if (len(word.text) == 3 and is_person(word.text)) or _confirmed(words, place, knowledge):
                yield Mention(word.span, word.text, "Person", "person")
        elif word.text.endswith(knowledge.roles) and word.tag != "PER":
            yield from _behind_post(words, place + 1)


def _behind_post(words: Sequence[Word], start: int) -> Iterator[Mention]:
    """省水利厅副厅长廉世界出席: a name of ordinary words, between a post and what people do."""
    for end in range(start + 1, min(start + 3, len(words))):
        name = "".join(word.text for word in words[start:end])
        named = 2 <= len(name) <= 3 and is_person(name) and name not in word_set("no subject before")
        if named and all(word.tag != "PER" for word in words[start:end]):
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


def _takes_post(words: Sequence[Word], place: int) -> bool:
    """A name of three characters that the tagger took for something else, and that takes a post: 王建国出任董事长."""
    word = words[place]
    following = words[place + 1].text if place + 1 < len(words) else ""
    takes = len(following) > 1 and following in word_set("holds a post")
    return takes and len(word.text) == 3 and word.tag in {"LOC", "ORG", "nz"} and is_person(word.text)


def _is_name(text: str) -> bool:
    han = all("\u4e00" <= ch <= "\u9fff" or ch in "·•" for ch in text)
    return han and (2 <= len(text) <= 4 or (3 <= len(text) <= 15 and ("·" in text or "•" in text)))


def _confirmed(words: Sequence[Word], place: int, knowledge: Knowledge) -> bool:
    before = words[place - 1] if place else None
    if before is not None and before.text in {"、", "及", "和"} and place > 1 and words[place - 2].tag == "PER":
        return True
    if before is not None and (before.tag == "PER" or _follows_post(words, place, knowledge)):
        return True
    after = next((n for n in range(place + 1, len(words)) if words[n].tag not in _PASSED_OVER), len(words))
    if after == len(words):
        return False
    behind = words[after + 1].tag if after + 1 < len(words) else ""
    text = words[after].text
    if text.startswith(knowledge.roles) and (is_person(words[place].text) or behind != "PER"):
        return True  # but not in 奥尔森总裁葛文, where it is a company
    if text in word_set("saying verbs") or text in word_set("titles behind"):
        return True
    if text in word_set("holds a post") and len(text) > 1:
        return True
    return text == "、" and after + 1 < len(words) and words[after + 1].tag == "PER"


def _follows_post(words: Sequence[Word], place: int, knowledge: Knowledge) -> bool:
    """董事长甲, 法定代表人：甲; behind 是, 为 and the like the post may stand further off (控制人由…变更为甲)."""
    told = words[place - 1].text in _IS
    end = place - (told or words[place - 1].text == "“")
    if "".join(word.text for word in words[max(0, end - _LONGEST_POST) : end]).endswith(knowledge.roles):
        return True
    before = words[max(0, place - _FURTHEST_POST) : place] if told else ()
    return any(word.text.endswith(knowledge.roles) for word in before) or "控制人" in "".join(w.text for w in before)
