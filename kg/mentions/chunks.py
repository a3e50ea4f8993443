"""Runs of words that may stand within one name: nouns and what binds to them, bracketed pieces (（集团）) too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.mentions.tagged import TaggedText
from kg.model import Word
from kg.words import any_of, word_list, word_set

NOMINAL = frozenset({"n", "nz", "nw", "LOC", "ORG", "PER", "vn", "an", "a", "s"})
NAME_TAGS = frozenset({"LOC", "ORG", "PER", "nz", "nw"})
CAPACITY = re.compile(
    "年产|日产|月产|(?:[吨升台辆瓦套片米亩]级?|/年|／年)$|^第[一二三四五六七八九十百\\d.]+[届期代]$|代线?$"
)
YEARLY = frozenset({"年产", "日产", "月产", "年处理", "日处理", "年加工", "年生产"})
_PHASE = re.compile("^[一二三四五六七八九十]+期$")
_OPEN, _CLOSE = "（(", "）)"
_GO_ON = ("分公司", "债券", "企业债", "公司债", "票据")
"""A name that goes on behind a legal form: of a branch, of what a company issues."""
_LEGAL = ("有限公司", "有限责任公司", "股份公司")
_INTRODUCES = word_list("introducing")
_TERMS, _FIGURES = frozenset({"协议", "合同"}), frozenset({"投资", "引资", "达产", "投资额", "总额", "金额", "总投资"})
"""协议投资50亿元 is a figure, not an agreement."""
_OF_POSTS = word_set("before posts")
"""世界银行高级能源专家: the bank's name ends before 高级."""
_NO_VERB_BEFORE = re.compile(any_of("no verb before"))
_PUBLISHED = ("会", "仪式", "活动", "平台", "中心", "大会")
"""What 发布 stands in the name of."""
_NUMBERED = ("工厂", "水厂", "污水", "热电", "发电", "机场", "大桥", "医院", "中学")
"""Of which a place has several: 花都第二工厂."""
_LEVELS, _OUR = frozenset("国省市县区州镇"), frozenset("我该本")
_JOINTS = "·—－-&＆"


def find_chunks(tagged: TaggedText, activities: frozenset[str], *, dated: bool = False) -> Iterator[tuple[Word, ...]]:
    """The longest runs, sentence by sentence; with `dated`, figures and dates may stand in them (2021年…签约活动)."""
    allowed = NOMINAL | {"TIME", "m"} if dated else NOMINAL
    for words in tagged.words:
        start = 0
        while start < len(words):
            start += _is_ours(words, start)
            end = _run_end(words, start, allowed, activities)
            if end > start:
                yield from _cut(words[start:end])
            start = max(end, start + 1)


def _is_ours(words: tuple[Word, ...], place: int) -> bool:
    """我/r 市/n 云岭药业/ORG: the city is no part of the name."""
    return 0 < place < len(words) - 1 and words[place].text in _LEVELS and words[place - 1].text in _OUR


def _cut(run: tuple[Word, ...]) -> Iterator[tuple[Word, ...]]:
    """A name ends at its legal form, and begins behind what introduces it (龙头企业, 全资子公司)."""
    start = 0
    for place in range(1, len(run)):
        if run[place - 1].text.endswith(_LEGAL) and any(one.text.endswith(_GO_ON) for one in run[place : place + 5]):
            continue
        introduced = run[place].tag == "ORG" and run[place - 1].text.endswith(_INTRODUCES)
        if introduced or run[place - 1].text.endswith(_LEGAL):
            yield run[start:place]
            start = place
    while start < len(run) and _leads(run, start):
        start += 1
    if start < len(run):
        yield run[start:]


def _leads(run: tuple[Word, ...], place: int) -> bool:
    """A verb in front of a name, though the tagger takes it for a noun: 投资云岭面板项目, not 建设工业集团."""
    word, following = run[place], run[place + 1].text if place + 1 < len(run) else ""
    if word.tag in {"v", "ad"}:
        return word.text not in YEARLY
    return word.tag == "vn" and word.text in word_set("building verbs") and not _NO_VERB_BEFORE.match(following)


def _run_end(words: tuple[Word, ...], start: int, allowed: frozenset[str], activities: frozenset[str]) -> int:
    place = start
    while place < len(words):
        step = _step(words, place, allowed, activities, first=place == start)
        if not step:
            break
        place += step
    return place


def _step(
    words: tuple[Word, ...], place: int, allowed: frozenset[str], activities: frozenset[str], *, first: bool
) -> int:
    """How many words from `place` on belong to the run: one, or a whole bracket and what follows it."""
    word = words[place]
    if not first and word.tag == "a" and word.text in _OF_POSTS:
        return 0
    if word.text in _TERMS and place + 1 < len(words) and words[place + 1].text in _FIGURES:
        return 0
    if (
        word.tag in NOMINAL
        or word.text.endswith(("百强", "十强"))
        or (word.tag == "f" and (word.text[-1] in "部南北" if first else len(word.text) == 1))
    ):
        return 1
    if not first and _is_activity(words, place, activities):
        return 1
    if word.tag in allowed and (first or places_figure(words, place)):
        return 1
    if ("m" in allowed and word.text in YEARLY and place + 1 < len(words) and words[place + 1].tag == "m") or (
        not first and _PHASE.match(word.text)
    ):
        return 1
    if first:
        return 0
    if word.text == "及" and "m" in allowed and place + 1 < len(words):
        return 2 if {words[place - 1].tag, words[place + 1].tag} <= {"n", "vn"} else 0
    if word.text == "至" and place + 1 < len(words) and {words[place - 1].tag, words[place + 1].tag} <= {"LOC", "ORG"}:
        return 2
    if word.text in _JOINTS and place + 1 < len(words) and words[place + 1].tag in allowed:
        return 2
    if word.text[0] in _OPEN:
        return _bracket(words, place)
    return 0


def _is_activity(words: tuple[Word, ...], place: int, activities: frozenset[str]) -> bool:
    """A verb within a name; 在某地投资某项目 has none."""
    done_there = place > 1 and words[place - 1].tag == "LOC" and words[place - 2].text in {"在", "于", "赴", "到"}
    word = words[place]
    following = words[place + 1].text if place + 1 < len(words) else ""
    # 江城投资风电项目, not 江城投资促进会
    done_there |= word.text == "投资" and words[place - 1].tag == "LOC" and not _NO_VERB_BEFORE.match(following)
    return not done_there and word.tag in {"v", "ad"} and word.text in activities and _goes_on(words, place, activities)


def _goes_on(words: tuple[Word, ...], place: int, activities: frozenset[str]) -> bool:
    """A verb is part of a name only where a noun follows, at once or behind another such verb."""
    verb, following = words[place], words[place + 1] if place + 1 < len(words) else None
    if following is None or (verb.text == "发布" and not following.text.startswith(_PUBLISHED)):
        return False
    if verb.text in {"投资", "签约"} and following.tag == "nz":
        return False
    for word in words[place + 1 : place + 3]:
        if word.tag in {"n", "vn", "nz", "a"} and not word.text.endswith(_LEGAL):
            return True
        if word.text not in activities or word.tag in {"ORG", "LOC"}:
            return False
    return False


def places_figure(words: tuple[Word, ...], place: int) -> bool:
    """Figures may follow other leading figures (2021年二季度) or be part of a name (年产60万千升, 第8.5代, 500万台)."""
    word = words[place]
    following = words[place + 1].text if place + 1 < len(words) else ""
    return (
        words[place - 1].tag in {"TIME", "m"}
        or following.startswith(("强", "代"))
        or (word.text[0] == "第" and following.startswith(_NUMBERED))
        or bool(CAPACITY.search(word.text))
        or words[place - 1].text in YEARLY
    )


def _bracket(words: tuple[Word, ...], place: int) -> int:
    for end in range(place, min(place + 5, len(words))):
        if words[end].text[-1] in _CLOSE:
            inside = sum(len(word.text) for word in words[place : end + 1]) - 2
            follows = end + 1 < len(words) and words[end + 1].tag in NOMINAL
            return end + 1 - place if 0 < inside <= 6 and follows else 0
    return 0
