"""Members of lists that a noun sums up: in `A、B、C和D 4个重点项目` each is a project, whatever the tagger says.

The count (5个) decides between two ways to split the last member; where it fits neither, the list is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.knowledge import Knowledge
from kg.mentions.chunks import YEARLY
from kg.mentions.tagged import TaggedText
from kg.model import Mention, Span, Word
from kg.values import parse_number
from kg.words import word_set

_MARK = "、"
_STOPS = frozenset("，。；：！？\n")
_JOINTS_OF_ROUTES = frozenset({"至", "—"})
_ITEM_TAGS = frozenset({"n", "nz", "nw", "LOC", "ORG", "PER", "vn", "an", "a", "s", "f", "m", "TIME", "xc"})
_TAIL_TAGS = frozenset({"n", "nz", "vn", "an", "a", "ad", "v", "ORG", "LOC", "f"})
_NAMED = frozenset({"ORG", "LOC", "PER", "nz"})
_WHERE = frozenset({"s", "LOC"})
"""What may stand between 等 and a count or a noun: 等国内30家厂商, 等南京企业."""
_LAST = ("以及", "和", "及", "与")
_LONGEST = 30


@dataclass(frozen=True, slots=True)
class _Tail:
    """What stands behind a list: `等5个重点医药项目` — where it starts, its count, and the class of its noun."""

    start: int
    cls: str
    count: int | None
    open: bool


def find_members(tagged: TaggedText, knowledge: Knowledge) -> Iterator[Mention]:
    for words in tagged.words:
        marks = [n for n, word in enumerate(words) if word.text == _MARK]
        for group in _group_marks(words, marks):
            yield from _read_list(words, group, knowledge, tagged.text)
        for place, word in enumerate(words):
            if word.text in _LAST and 0 < place < len(words) - 2:
                yield from _read_two(words, place, knowledge)
            if word.text == "等" and place and words[place - 1].tag in _ITEM_TAGS:
                yield from _read_single(words, place, knowledge, tagged.text)


def _group_marks(words: Sequence[Word], marks: Sequence[int]) -> Iterator[list[int]]:
    """Marks with nothing but one member between them."""
    group: list[int] = []
    for mark in marks:
        if group and not _one_member(words[group[-1] + 1 : mark]):
            yield group
            group = []
        group.append(mark)
    if group:
        yield group


def _one_member(between: Sequence[Word]) -> bool:
    text = "".join(word.text for word in between)
    return 0 < len(text) <= _LONGEST and not _STOPS & set(text)


def _read_list(words: Sequence[Word], marks: Sequence[int], knowledge: Knowledge, text: str) -> Iterator[Mention]:
    tail = _find_tail(words, marks[-1] + 1, knowledge)
    if tail is None:
        yield from _read_companies(words, marks, text)
        return
    edges = [_left_edge(words, marks[0], knowledge), *(mark + 1 for mark in marks)]
    items = [part for n in range(len(marks)) for part in _part_item(words, edges[n], marks[n])]
    items += _split_last(words, edges[-1], tail, len(items))
    if tail.count is not None and not (len(items) == tail.count or (tail.open and len(items) < tail.count)):
        return
    if tail.count is None and not _names_things(words, items, tail.cls):
        return
    for start, end in items:
        start = _behind_deed(words, start, end)
        if start < end and not any(word.text == "等" for word in words[start:end]) and not _is_figure(words[start:end]):
            while words[end - 1].text.isspace():
                end -= 1
            span = _within_quotes(Span(words[start].span.start, words[end - 1].span.end), text)
            found_by = "list" if tail.count is None else "counted list"
            if tail.cls != "Project" or not knowledge.is_generic(text[span.start : span.end]):
                yield Mention(span, text[span.start : span.end], tail.cls, found_by)


def _within_quotes(span: Span, text: str) -> Span:
    """“云岭”、“松江”等企业: the marks are no part of a name that stands alone between them."""
    start = span.start - text.startswith("“", span.start - 1)
    name = text[start : span.end]
    quoted = len(name) > 2 and name[0] == "“" and name.find("”") == len(name) - 1
    return Span(start + 1, span.end - 1) if quoted else span


def _part_item(words: Sequence[Word], start: int, end: int) -> Iterator[tuple[int, int]]:
    """甲以及乙 between two marks are two members."""
    joint = next((n for n in range(start + 1, end - 1) if words[n].text == "以及"), None)
    yield start, end if joint is None else joint
    if joint is not None:
        yield joint + 1, end


def _behind_deed(words: Sequence[Word], start: int, end: int) -> int:
    """承建了甲水库、参建了乙机场: a member begins behind the verb."""
    done = next((n for n in range(start + 1, min(start + 3, end)) if words[n].text == "了"), None)
    return start if done is None or words[done - 1].tag not in {"v", "vn"} else done + 1


def _is_figure(words: Sequence[Word]) -> bool:
    """每年炼油2000万吨 is an amount, not a thing: what is counted has to stand behind the figure."""
    return words[-1].tag == "m" and all(word.tag not in _NAMED for word in words)


def _names_things(words: Sequence[Word], items: Sequence[tuple[int, int]], cls: str) -> bool:
    """电源控制器、电池托盘等配件企业 names no company: of members that are something one has a name, or a figure.

    扩大投资、营造环境等领域 are no industries.
    """
    if cls == "Industry":
        return not any(words[start].tag == "v" for start, end in items if end - start > 1)
    if cls not in {"Company", "Organisation", "ResearchInstitution", "Project"}:
        return True
    named = [any(word.tag in _NAMED or word.tag == "m" for word in words[start:end]) for start, end in items]
    return any(named)


def _read_single(words: Sequence[Word], place: int, knowledge: Knowledge, text: str) -> Iterator[Mention]:
    """`某某200兆瓦太阳能电池等一批在建项目`: a list that names but one."""
    tail = _close_tail(words, place, knowledge)
    start = _left_edge(words, place, knowledge)
    while start > 2 and words[start - 1].text == "及" and words[start - 2].tag in {"n", "vn"}:
        start = _left_edge(words, start - 1, knowledge)
    if tail is None or tail.cls != "Project" or start == 0 or words[start - 1].text in {_MARK, *_LAST}:
        return
    if any(word.tag in _NAMED for word in words[start:place]) or words[start - 1].tag == "v":
        span = Span(words[start].span.start, words[place - 1].span.end)
        yield Mention(span, text[span.start : span.end], tail.cls, "list")


def _read_two(words: Sequence[Word], joint: int, knowledge: Knowledge) -> Iterator[Mention]:
    """`甲和乙两大巨头`, `甲与乙两家公司`: each of one word."""
    tail = _close_tail(words, joint + 2, knowledge)
    if tail is None or tail.cls != "Company" or not words[joint + 2].text.startswith("两"):
        return
    for word in (words[joint - 1], words[joint + 1]):
        if word.tag in _NAMED | {"n"} and not knowledge.is_generic(word.text) and word.text not in knowledge.modifiers:
            yield Mention(word.span, word.text, "Company", "list")


def _read_companies(words: Sequence[Word], marks: Sequence[int], text: str) -> Iterator[Mention]:
    """A long list of what the tagger mostly calls organisations: each member is one name, though it be of two words."""
    first = marks[0]
    while first > 0 and words[first - 1].tag in _NAMED | {"n"}:
        first -= 1
    items = [words[first : marks[0]], *(words[start + 1 : end] for start, end in pairwise(marks))]
    named = [item for item in items if len(item) == 1 and item[0].tag == "ORG"]
    placed = [item for item in items if len(item) == 2 and item[0].tag == "LOC" and item[1].tag in _NAMED | {"n"}]
    if len(items) < 2 or len(named) < 2 or 3 * (len(named) + len(placed)) < 2 * len(items):
        return
    for item in items:
        if item and all(word.tag in {"ORG", "LOC", "PER", "nz", "n"} for word in item):
            span = Span(item[0].span.start, item[-1].span.end)
            yield Mention(span, text[span.start : span.end], "Company", "list")


def _split_last(words: Sequence[Word], start: int, tail: _Tail, before: int) -> list[tuple[int, int]]:
    whole = [(start, tail.start)]
    joint = next((n for n in range(start + 1, tail.start - 1) if words[n].text in _LAST), None)
    if joint is None or (tail.count == before + 1 and not tail.open):
        return whole
    sure = words[joint].text == "以及" or any(word.tag in _NAMED for word in words[joint + 1 : tail.start])
    if tail.open and not sure:
        return whole  # 美利信5G通信基站和车载结构件等6个项目: one project of two parts
    return [(start, joint), (joint + 1, tail.start)]


def _left_edge(words: Sequence[Word], mark: int, knowledge: Knowledge) -> int:
    start = mark
    if start and words[start - 1].text == "”":
        return next((n for n in range(start - 2, max(start - 6, -1), -1) if words[n].text == "“"), mark)
    while (
        start > 0
        and words[start - 1].text not in knowledge.modifiers
        and (
            words[start - 1].tag in _ITEM_TAGS or words[start - 1].text in YEARLY or _joins(words, start - 1, knowledge)
        )
        and words[mark - 1].span.end - words[start - 1].span.start <= _LONGEST
    ):
        start -= 1
    return start


def _joins(words: Sequence[Word], place: int, knowledge: Knowledge) -> bool:
    """What stands within a member: 松岭至江城, 网上大厅升级改造."""
    if place == 0 or words[place - 1].tag not in _ITEM_TAGS:
        return False
    text = words[place].text
    deed = text in word_set("building verbs") or text in word_set("swallowed verbs")
    return text in _JOINTS_OF_ROUTES or (text in knowledge.activities and not deed)


def _find_tail(words: Sequence[Word], start: int, knowledge: Knowledge) -> _Tail | None:
    """Looks behind the last mark for 等, a count, and a noun that sums up."""
    for place in range(start + 1, len(words)):
        word = words[place]
        if word.text[0] in _STOPS:
            return None
        counted = word.tag == "m" and _count(word.text) is not None and words[place - 1].text != "“"
        if word.text in {"等", "等等"} or counted:
            return _close_tail(words, place, knowledge)
    return None


def _close_tail(words: Sequence[Word], start: int, knowledge: Knowledge) -> _Tail | None:
    place = start
    opened = words[place].text in {"等", "等等"}
    place += opened
    while opened and place < len(words) and words[place].tag in _WHERE:
        place += 1
    count = _count(words[place].text) if place < len(words) and words[place].tag == "m" else None
    place += count is not None
    while place < len(words) and (words[place].tag in {"m", "q"} or words[place].text == "多") and count is None:
        place += 1
    cls = None
    while place < len(words) and words[place].tag in _TAIL_TAGS:
        cls = knowledge.heads.get(words[place].text, cls)
        place += 1
    return None if cls is None else _Tail(start, cls, count, opened)


def _count(written: str) -> int | None:
    digits = written.rstrip("家个项所座条款只支大类位名种")
    if not digits or (digits == written and not digits.isdigit()):
        return None
    number = parse_number(digits) if all(ch.isdigit() or ch in "一二三四五六七八九十两" for ch in digits) else None
    return None if number is None else int(number)
