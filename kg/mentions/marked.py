"""Names that their surroundings give away: a stock code behind, 收购 before a company."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.knowledge import Knowledge
from kg.mentions.chunks import NOMINAL
from kg.mentions.tagged import TaggedText
from kg.model import Mention, Span, Word
from kg.words import word_set

_CODE = re.compile("[（(](?:[^（）()]{0,16}[：: ])?[^（）()]{0,4}\\d{6}(?:\\.[A-Z]{2})?[^（）()]{0,30}[)）]")
_SESSION = re.compile(
    "(?:首届|第[一二三四五六七八九十百\\d]+届)(?:（[^（）]{1,12}）)?[\u4e00-\u9fffA-Za-z]{2,24}?(?:节|会|展|论坛|赛|周|大会|峰会|博览会)(?=[^\u4e00-\u9fff]|[在于将的上开闭举召由是今昨近])"
)
_CONGRESS = re.compile(
    "第[一二三四五六七八九十百\\d]+次(?:全国|全体|全省|全市)?[一-鿿]{0,12}?(?:大会|会议|全会|论坛|峰会|联席会)"
)
_MEETING = re.compile(
    "(?:召开|举行|举办|出席|参加|主持召开|承办|主办)[了过]?"
    "(?P<name>(?:[^，。；：、“”‘’《》（）\\s与和及的了在将并等由]|（[^（）]{1,6}）){6,26}?"
    "(?:大会|论坛|峰会|推进会|动员会|签约仪式|启动仪式|开工仪式|奠基仪式|揭牌仪式|发布会|对接会|推介会|座谈会|研讨会|博览会|工作会议|现场会))"
    "(?=[^一-鿿]|[上中的在并后时，])"
)
_CEREMONY = re.compile(
    "(?:项目|集中|战略合作|合作|框架协议){0,2}(?:签约|启动|开工|奠基|揭牌|颁奖|授牌|捐赠|开业|竣工|投产|通车|发布|开幕|闭幕|下线|交付)仪式(?=[上现前后结，])"
)
_GATHERING = re.compile("(?<!\\d)\\d{1,4}个[\u4e00-\u9fff]{0,8}?项目集中(?:签约|开工|开竣工|竣工|投产)(?:仪式|活动)?")
_LATIN = re.compile(
    "(?!Co\\b)[A-Z][A-Za-z&.]+(?:[ ·]?[A-Z][A-Za-z&.]+){0,3}(?:[（(][A-Za-z ]{2,20}[)）])?[ ,，]{0,2}"
    "(?:Limited|Ltd\\.?|Inc\\.?|Corp\\.?|Corporation|Resources|Holdings|LLC|PLC|AG|GmbH)(?![A-Za-z])"
)
_INVESTORS = re.compile("由(?P<names>[\u4e00-\u9fffA-Za-z、]{2,30}?)(?:联合|独家|共同)?(?:领投|跟投)")
_TARGET = frozenset({"n", "nz", "nw", "PER", "ORG", "LOC", "vn", "a", "an"})
_SHARES = frozenset({"股权", "股份", "全部股权", "所持", "持有", "控股权", "多数股权", "剩余股权", "股票"})
_THIS = re.compile(
    "(?:此次|本次|这次)(?P<name>[\u4e00-\u9fff]{2,12}?(?:活动|大会|论坛|仪式|博览会|推介会))(?=[^\u4e00-\u9fff]|[由将在以共是为的吸])"
)
_QUOTED = re.compile(
    "“(?P<name>[^“”\n，。；：]{3,40}(?:[，、][^“”\n，。；：]{3,12})?)”"
    "(?P<kind>的?(?:系列|主题|专项|招商|招商引资){0,2}(?:工程|项目|行动|计划|模式|任务|战略(?!目标|思维|地位|定位|意图|高度)|活动|专项|建设|之旅|之行|机制|品牌))?"
)
_HAPPENS = ("活动", "之旅", "之行")
_RUN = ("行动", "计划")
"""A name in quotation marks that ends so is that of a programme."""
_TITLED = frozenset({"Project", "Event", "Document", "Ranking", "Agreement", "Zone"})
_COMMITTEE = re.compile("(?:委|政府|人大常委会|人大|政协|纪委|党委|党工委|管委会|人民政府)(?![员会托派任])")
_FOREIGN_BODY = re.compile("(?:当地|联邦|中央|军)?政府(?![采部机投工间性债补资]|[^，。]{0,2}层面)")
_BARE_BODY = re.compile(
    "(?<![\u4e00-\u9fff])(?:中共)?[省市县区州](?:委|政府|人大常委会|政协|纪委)(?![员会托派任])|(?<=[、，。：；（和与及])[省市县区州](?:委|政府|人大常委会|政协)(?![员会托派任])"
)


def find_marked(tagged: TaggedText, knowledge: Knowledge) -> Iterator[Mention]:
    yield from _listed_companies(tagged, knowledge)
    yield from _committees(tagged)
    yield from _quoted(tagged, knowledge)
    for found in _THIS.finditer(tagged.text):
        if not knowledge.is_generic(found["name"]):
            yield Mention(Span(*found.span("name")), found["name"], "Event", "session")
    for found in _MEETING.finditer(tagged.text):
        yield Mention(Span(*found.span("name")), found["name"], "Event", "session")
    for pattern in (_SESSION, _CONGRESS, _CEREMONY):
        for found in pattern.finditer(tagged.text):
            yield Mention(Span(*found.span()), found[0], "Event", "session")
    yield from _gatherings(tagged)
    for words in tagged.words:
        yield from _bought(words, tagged.text, knowledge)
    for found in _INVESTORS.finditer(tagged.text):
        yield from _investors(found, knowledge)
    for found in _LATIN.finditer(tagged.text):
        yield Mention(Span(*found.span()), found[0], "Company", "legal form")


def _gatherings(tagged: TaggedText) -> Iterator[Mention]:
    """余杭区38个重点项目集中签约, with the district in front."""
    ends = {match.span.end: match.span.start for match in tagged.known if match.entries[0].cls == "District"}
    for found in _GATHERING.finditer(tagged.text):
        span = Span(ends.get(found.start(), found.start()), found.end())
        yield Mention(span, tagged.text[span.start : span.end], "Event", "counted projects")


def _investors(found: re.Match[str], knowledge: Knowledge) -> Iterator[Mention]:
    """由甲资本、乙创投领投: whatever their names are made of, they are companies."""
    for part in re.finditer("[^、和与及]{2,16}", found["names"]):
        if not knowledge.is_generic(part[0]):
            start = found.start("names") + part.start()
            yield Mention(Span(start, start + len(part[0])), part[0], "Company", "investor")


def _bought(words: Sequence[Word], text: str, knowledge: Knowledge) -> Iterator[Mention]:
    """收购徐福记60%股份: what shares are bought of is a company, though nothing in its name says so."""
    for place, word in enumerate(words):
        if word.text not in word_set("buying verbs"):
            continue
        start = place + 1
        while start < len(words) and (words[start].tag in {"u", "xc"} or words[start].text in knowledge.modifiers):
            start += 1
        end = start
        while end < len(words) and words[end].tag in _TARGET and words[end].text not in _SHARES:
            end += 1
            start = end if words[end - 1].text.endswith("上市公司") else start
        name = text[words[start].span.start : words[end - 1].span.end] if end > start else ""
        if end < len(words) and 2 <= len(name) <= 12 and _sells(words, end) and _is_name(name, knowledge):
            yield Mention(Span(words[start].span.start, words[end - 1].span.end), name, "Company", "bought")


def _is_name(name: str, knowledge: Knowledge) -> bool:
    return not knowledge.is_generic(name) and not knowledge.gazetteer.lookup(name)


def _sells(words: Sequence[Word], place: int) -> bool:
    """A share, 股权 or 股份 stands there, at once or behind 的 and the like."""
    near = words[place : place + 4]
    return (near[0].text.endswith("%") and near[0].tag == "m") or any(word.text in _SHARES for word in near[:3])


def _quoted(tagged: TaggedText, knowledge: Knowledge) -> Iterator[Mention]:
    """“…” is a name where its ending says of what, or the word behind it: “气化陕西”工程."""
    for found in _QUOTED.finditer(tagged.text):
        ending = knowledge.ending_of(found["name"])
        titled = ending is not None and ending.cls in _TITLED and (not ending.weak or ending.text in _RUN)
        if titled and ending and len(found["name"]) > len(ending.text) + 1 and "，" not in found["name"]:
            yield Mention(Span(*found.span("name")), found["name"], ending.cls, "quoted")
        elif found["kind"]:
            cls = "Event" if found["kind"].endswith(_HAPPENS) else "Project"
            yield Mention(Span(*found.span("name")), found["name"], cls, "quoted")


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


def _joins_bodies(text: str, name: Span) -> bool:
    """县委和县政府: no body of 和县."""
    return text[name.start] == "和" and text[: name.start].endswith(("委", "政府", "人大", "政协", "纪委"))


def _committees(tagged: TaggedText) -> Iterator[Mention]:
    """花都区委, 长沙县政府, 巴西当地政府, and bare 市委 which `kg.entities` completes."""
    for match in tagged.known:
        foreign = _FOREIGN_BODY.match(tagged.text, match.span.end) if match.entries[0].cls == "Place" else None
        if foreign is not None:
            span = Span(match.span.start, foreign.end())
            yield Mention(span, tagged.text[span.start : span.end], "GovernmentBody", "body of a district")
        if match.entries[0].cls != "District" or _joins_bodies(tagged.text, match.span):
            continue
        found = _COMMITTEE.match(tagged.text, match.span.end)
        if found is not None and (match.name[-1] in "省市县区州旗" or len(found[0]) > 2):
            start = match.span.start - 2 * tagged.text[: match.span.start].endswith("中共")
            yield Mention(
                Span(start, found.end()), tagged.text[start : found.end()], "GovernmentBody", "body of a district"
            )
    for found in _BARE_BODY.finditer(tagged.text):
        yield Mention(Span(*found.span()), found[0], "GovernmentBody", "body of a level")
