"""Repairs of what the tagger gets wrong in this kind of text: verbs swallowed by names or taken for nouns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg.model import Span, Word
from kg.words import any_of, word_set

_SWALLOWED = re.compile(f"^(?P<place>.{{2,12}}?)(?P<verb>{any_of('swallowed verbs')})(?P<rest>.*)$")
_OBJECT = re.compile("^(?P<verb>出席|参加|召开|举行|主持|签订|签署)(?P<noun>会议|仪式|大会|论坛|活动|协议|合同)$")
_LEGAL_PARTS = re.compile(
    "旗下|下属|所属|全资子公司|子公司|上市公司(?=.{3})|(?:控股|大)?股东(?=.{3})|母公司(?=.{3})|(?:联合|携手|联手)(?=.{3,}(?:公司|集团|大学|院)$)|.+?(?=上市公司.{3})"
    "|.+?(?:集团|公司)(?=(?:联合|携手|联手).{3,}(?:公司|集团|大学|院)$)|[和与及](?=[省市区县州]?(?:委|政府))|.+?有限公司|.+?(?=(?:主办|承办|协办)$)|.+?委(?=和|与|副?书记$|常委$)|.+?政府(?=和|与)|.+"
)
_TAG_BETWEEN = (
    dict.fromkeys(["旗下", "下属", "所属", "子公司", "全资子公司", "上市公司"], "f")
    | dict.fromkeys(["股东", "控股股东", "大股东", "母公司"], "f")
    | dict.fromkeys(["联合", "携手", "联手"], "v")
    | dict.fromkeys("和与及", "c")
    | dict.fromkeys(["主办", "承办", "协办"], "v")
    | dict.fromkeys(["书记", "副书记", "常委"], "n")
)
_NO_VERB_BEFORE = re.compile(f"(?:{any_of('no verb before')})")
_PLACE_END = re.compile("(?:[省市区县州镇]|新区|新城|科学城|科创城|生物城|园区|开发区|园)$")
_NAMED = frozenset({"ORG", "LOC", "PER"})


def mend_words(words: Sequence[Word], places: frozenset[str]) -> tuple[Word, ...]:
    """`places` are the short and full names of districts that occur in the text."""
    words = [piece for word in _part_suo(_join_foreign(words)) for piece in _split_object(word)]
    legal = [piece for word in words for piece in _split_at_legal_form(_named(word))]
    split = [piece for word in legal for piece in _split(word, places)]
    return tuple(_retag(split, number) for number in range(len(split)))


def _join_foreign(words: Sequence[Word]) -> Iterator[Word]:
    """`库热西/PER ·/w 买/v 合苏提/PER` is one name."""
    place = 0
    while place < len(words):
        end = place + 1
        if words[place].tag == "PER" and end < len(words) and words[end].text in "·•":
            end = next((n + 1 for n in (end + 1, end + 2) if n < len(words) and words[n].tag == "PER"), end)
        if end > place + 1:
            text = "".join(word.text for word in words[place:end])
            yield Word(Span(words[place].span.start, words[end - 1].span.end), text, "PER")
        else:
            yield words[place]
        place = end


def _part_suo(words: Iterable[Word]) -> Iterator[Word]:
    """`云岭铁路局所/ORG 辖/v` is an office and what it 所辖."""
    last: Word | None = None
    for word in words:
        if last is not None:
            if last.tag == "ORG" and last.text.endswith("所") and word.text[0] in "辖属":
                middle = last.span.end - 1
                yield Word(Span(last.span.start, middle), last.text[:-1], last.tag)
                last, word = None, Word(Span(middle, word.span.end), "所" + word.text, word.tag)
            else:
                yield last
        last = word
    if last is not None:
        yield last


def _named(word: Word) -> Word:
    """A legal form makes a name, whatever the tagger says."""
    legal = word.text.endswith("有限公司") and len(word.text) > 4
    return Word(word.span, word.text, "ORG") if legal else word


def _split_object(word: Word) -> Iterator[Word]:
    """`出席会议/v` is a verb and its object."""
    found = _OBJECT.match(word.text) if word.tag == "v" else None
    if found is None:
        yield word
        return
    middle = word.span.start + found.end("verb")
    yield Word(Span(word.span.start, middle), found["verb"], "v")
    yield Word(Span(middle, word.span.end), found["noun"], "n")


def _split_at_legal_form(word: Word) -> Iterator[Word]:
    """`甲有限公司旗下乙有限公司/ORG` is two names and what stands between them."""
    start = word.span.start
    parts = _LEGAL_PARTS.findall(word.text) if word.tag == "ORG" else [word.text]
    for text in parts:
        tag = _TAG_BETWEEN.get(text, word.tag) if len(parts) > 1 else word.tag
        yield Word(Span(start, start + len(text)), text, tag)
        start += len(text)


def _split(word: Word, places: frozenset[str]) -> Iterator[Word]:
    """`巴南投资惠科金渝光电/ORG` is a place, a verb and a name."""
    found = _SWALLOWED.match(word.text) if word.tag in _NAMED else None
    if (
        found is None
        or _NO_VERB_BEFORE.match(found["rest"])
        or not (found["place"] in places or _PLACE_END.search(found["place"]))
    ):
        yield word
        return
    start = word.span.start
    for text, tag in ((found["place"], "LOC"), (found["verb"], "v"), (found["rest"], word.tag)):
        if text:
            yield Word(Span(start, start + len(text)), text, tag)
            start += len(text)


def _retag(words: Sequence[Word], number: int) -> Word:
    """在巴南布局…: what follows a place behind 在 is a verb; some words nearly always are."""
    word = words[number]
    if word.tag not in {"n", "vn", "nz"}:
        return word
    following = words[number + 1].text if number + 1 < len(words) else ""
    behind_place = (
        not _NO_VERB_BEFORE.match(following)
        and number >= 2
        and words[number - 1].tag in {"LOC", "ORG"}
        and words[number - 2].text in {"在", "于"}
    )
    verb = behind_place and word.text in word_set("verbs behind a place")
    verb |= word.text in word_set("verbs before a name") and _starts_clause(words, number)
    return Word(word.span, word.text, "v") if verb else word


def _starts_clause(words: Sequence[Word], number: int) -> bool:
    following = words[number + 1] if number + 1 < len(words) else None
    return (
        following is not None
        and following.tag not in {"u", "w", "c"}
        and following.text not in {"活动", "仪式", "项目", "大会"}
    )
