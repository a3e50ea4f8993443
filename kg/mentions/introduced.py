"""Names of plain or foreign words that the words around them introduce: 子公司远景投资, 电路厂商奥特斯."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.knowledge import Knowledge
from kg.layout.bylines import is_person
from kg.mentions.tagged import TaggedText
from kg.model import Mention, Span, Word
from kg.words import any_of, word_list, word_set

_OWNED = re.compile(
    f"(?:子公司|孙公司|旗下(?:的)?|母公司|大股东|控股股东|第[一二三]大股东|关联公司|关联方|参股公司|一致行动人)"
    f"(?P<name>(?![和与及为是])[\u4e00-\u9fff]{{2,4}}?(?:{any_of('trades')}))"
    f"(?=[^\u4e00-\u9fff]|{any_of('verbs of companies')})"
)
_LATIN = re.compile(
    f"(?:{any_of('callings of companies')})(?P<name>[A-Z][A-Za-z&]{{2,}}(?: [A-Z][A-Za-z&]+){{0,2}})(?![A-Za-z\\d])"
)
_STATIONED = re.compile(
    "驻[\u4e00-\u9fff]{1,8}?(?:总领事馆|领事馆|大使馆|办事处|代表处|联络处|招商局|商务处|办(?![公事理法]))"
)
SHARE_ISSUE = "share issue"
_ISSUE = re.compile(
    f"(?:{any_of('share issues')}"
    "|增发(?=新?A?股|[不约共]?(?:超过)?\\d[\\d.,]*[亿万]*股|[，。]|预案|方案|计划|募资|募集))"
    "(?:A股|H股|B股)?(?:股票|股份|新股)?"
    "(?!长|加|速|幅|对象|价格?|数量|底价|完成|的?(?:公司)?债|[^，。；]{0,8}?(?:债券|票据|优先股))"
)
_PHASE = re.compile(
    "(?<=[，。；：、“\n（(包括及和与])(?P<name>(?:第?[一二三四五六])期(?:项目|工程|工厂))(?![一二三四五六之中的公])"
)
_VENTURE = re.compile(
    f"(?:(?<![一-鿿])|(?<=[家个的立建了由对向与和为该]))(?:{any_of('new companies')})"
    f"(?=[^一-鿿（(“]|{any_of('verbs of companies')})(?!的[形方模])"
)
_NAMED_VENTURE = re.compile(
    f"(?:成立|设立|组建|创立)[^，。；]{{0,30}}有限公司|(?:{any_of('new companies')})(?:名称|命名|名为|[\\[（(“])"
)
"""Where a text names the company that it calls so, the words are no name of another."""


def find_introduced(tagged: TaggedText, knowledge: Knowledge) -> Iterator[Mention]:
    for found in _OWNED.finditer(tagged.text):
        if _is_name(found["name"], knowledge):
            yield Mention(Span(*found.span("name")), found["name"], "Company", "introduced")
    for found in _VENTURE.finditer("" if _NAMED_VENTURE.search(tagged.text) else tagged.text):
        yield Mention(Span(*found.span()), found[0], "Company", "new company")
    yield from _stationed(tagged)
    for found in _ISSUE.finditer(tagged.text):
        yield Mention(Span(*found.span()), found[0], "FinancialInstrument", SHARE_ISSUE)
    for found in _PHASE.finditer(tagged.text):
        yield Mention(Span(*found.span("name")), found["name"], "Project", "phase")
    for found in _LATIN.finditer(tagged.text):
        if found["name"] in word_set("abbreviations"):
            continue
        yield Mention(Span(*found.span("name")), found["name"], "Company", "introduced")
    for words in tagged.words:
        yield from _foreign(words, knowledge)


def _is_name(name: str, knowledge: Knowledge) -> bool:
    stem = next(name.removesuffix(trade) for trade in word_list("trades") if name.endswith(trade))
    return bool(stem) and not knowledge.is_generic(stem) and not knowledge.is_generic(name)


def _stationed(tagged: TaggedText) -> Iterator[Mention]:
    """Of whom it is stands in front: a country, a province or a city."""
    for match in tagged.known:
        if match.entries[0].cls in {"District", "Place"}:
            found = _STATIONED.match(tagged.text, match.span.end)
            if found is not None:
                span = Span(match.span.start, found.end())
                yield Mention(span, tagged.text[span.start : span.end], "GovernmentBody", "stationed")


def _foreign(words: Sequence[Word], knowledge: Knowledge) -> Iterator[Mention]:
    """A name that the tagger takes for a person or a place, behind what only companies are called."""
    for place in range(1, len(words)):
        word = words[place]
        before = words[place - 1]
        called = before.tag != "ORG" and before.text.endswith(word_list("callings of companies"))
        named = word.tag in {"PER", "LOC", "nz"} and len(word.text) > 1 and word.text[0].isalpha()
        known = knowledge.is_generic(word.text) or knowledge.gazetteer.find(word.text)
        if called and named and not known and not is_person(word.text):
            yield Mention(word.span, word.text, "Company", "introduced")
