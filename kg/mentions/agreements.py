"""What is signed, though its name be a common noun: 签署全球性合作协议, 签订了价值2亿元的设备采购合同, 达成合作意向."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.knowledge import Knowledge
from kg.mentions.chunks import NOMINAL
from kg.mentions.tagged import TaggedText
from kg.model import Mention, Span, Word
from kg.words import word_set

_REACH = 24
_STOPS = frozenset("，。；：！？、《》\n,;")
_BOUND = (NOMINAL | {"v", "b", "j"}) - {"ORG", "PER"}
"""What may stand within such a name (收购/v 协议, 入盟/v 意向书); in 获得甲公司采购合同 the company does not."""
_ONWARD = frozenset({"n", "vn"})
_VAGUE = frozenset({"意向", "大单", "订单", "声明", "倡议"})
_NO_PART = frozenset({"关于", "作为", "成为", "附", "为"})


def find_agreements(tagged: TaggedText, knowledge: Knowledge) -> Iterator[Mention]:
    for words in tagged.words:
        for place, word in enumerate(words):
            if word.text in word_set("signing verbs") or word.text == "的":
                yield from _signed(words, place, tagged.text, knowledge)


def _signed(words: Sequence[Word], place: int, text: str, knowledge: Knowledge) -> Iterator[Mention]:
    """The first agreement behind the verb within its clause, as far back as nouns and verbs bind to it.

    Behind 的 (甲与乙的采购协议) it follows at once.
    """
    for end in range(place + 1, min(place + _REACH, len(words))):
        word = words[end]
        if word.text in _STOPS or word.text in word_set("signing verbs"):
            return
        if not _is_agreement(words, end, knowledge) or _goes_on(words, end):
            continue
        start = end
        while start > place + 1 and (_binds(words[start - 1], knowledge) or _joins(words, start - 1)):
            start -= 1
        span = Span(words[start].span.start, word.span.end)
        name = text[span.start : span.end]
        if name in _VAGUE:
            return
        points_back = name in word_set("pointing objects") and name in text[: words[place].span.start]
        if words[place].text != "的" or (start == place + 1 and len(name) > 3):
            yield Mention(span, name, "Agreement", "pointer" if points_back else f"object of {words[place].text}")
        return


def _goes_on(words: Sequence[Word], end: int) -> bool:
    """协议金额, 意向签约项目: the word is no agreement there."""
    following = words[end + 1] if end + 1 < len(words) else None
    if following is None or following.text == "框架":
        return False
    return following.tag in _ONWARD or following.text.startswith("签")


def _joins(words: Sequence[Word], place: int) -> bool:
    """合作和帮扶协议: one agreement about two matters."""
    return words[place].text in {"和", "及"} and {words[place - 1].tag, words[place + 1].tag} <= _ONWARD


def _is_agreement(words: Sequence[Word], place: int, knowledge: Knowledge) -> bool:
    word = words[place]
    split = len(word.text) == 1 and place > 0  # 意向/n 书/n
    ending = knowledge.ending_of(words[place - 1].text + word.text if split else word.text)
    return ending is not None and ending.cls == "Agreement" and word.tag in NOMINAL


def _binds(word: Word, knowledge: Knowledge) -> bool:
    return word.tag in _BOUND and word.text not in knowledge.modifiers and word.text not in _NO_PART
