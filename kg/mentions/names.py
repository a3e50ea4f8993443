"""Names by what they end in: 巴南区招商投资局, 年产60万千升生产基地项目, 2021年二季度集中签约活动."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.gazetteer import Ending
from kg.knowledge import Knowledge
from kg.mentions.chunks import CAPACITY, NAME_TAGS, find_chunks
from kg.mentions.tagged import TaggedText
from kg.model import Mention, Span, Word
from kg.words import word_list, word_set

_DATED = frozenset({"Event", "Document", "Ranking", "FinancialInstrument", "Project"})
KIND = "kind"
"""How names are found that may be of a kind (光伏发电项目) as well as of one thing: less is concluded from these."""
_LONGEST, _LONGEST_MODIFIER = 45, 3
_INVESTS = re.compile("建设|兴建|新建|的|了|于|约|近|超|[\\d.]+")
_SHORTEST = {"Industry": 1}
"""How long at least what stands in front of the ending is: 茶产业."""
_SAYS = ("，", ",", "称", "：", "说", "显示")
_KINDS_OF_GROUPS = ("企业", "产业", "行业", "公司")
_IN_FRONT = ("股东", "省", "市", "区", "县", "州")
"""With these the tagger may have glued another word to the name: 股东北车, 市太极."""
_DATE_OF_NAME = re.compile("^(?:19|20)\\d\\d|季度|届")


def find_names(tagged: TaggedText, knowledge: Knowledge) -> Iterator[Mention]:
    """The longest name that each run of nouns holds, then the next behind it; shorter ones inside it too."""
    for chunk in find_chunks(tagged, knowledge.activities):
        yield from _names_in(chunk, knowledge, None, tagged.text)
    for chunk in find_chunks(tagged, knowledge.activities, dated=True):
        yield from _names_in(chunk, knowledge, _DATED, tagged.text)


def _names_in(chunk: Sequence[Word], knowledge: Knowledge, only: frozenset[str] | None, text: str) -> Iterator[Mention]:
    start = 0
    while start < len(chunk):
        start = _skip(chunk, start, knowledge)
        ends = range(_reach(chunk, start), start, -1)
        names = [(end, found) for end in ends if (found := _name(chunk[start:end], knowledge, only, text)) is not None]
        yield from (mention for _, mention in names)
        start = names[0][0] if names else start + 1


def _reach(chunk: Sequence[Word], start: int) -> int:
    """How far a name that begins here may go."""
    end = start + 1
    while end < len(chunk) and chunk[end].span.end - chunk[start].span.start <= _LONGEST:
        end += 1
    return end


def _skip(chunk: Sequence[Word], start: int, knowledge: Knowledge) -> int:
    """Past modifiers, though of several words (采购 代理 机构), past figures and verbs that are no part of a name."""
    while start < len(chunk) - 1:
        word = chunk[start]
        figure = word.tag == "m" and not CAPACITY.search(word.text)
        figure |= word.tag == "TIME" and not _DATE_OF_NAME.search(word.text)
        figure |= word.tag == "v" and word.text in word_set("building verbs")
        step = 1 if figure else _modifier(chunk, start, knowledge)
        if not step:
            break
        start += step
    return start


def _modifier(chunk: Sequence[Word], start: int, knowledge: Knowledge) -> int:
    """Of how many words the modifier is that begins here; something has to be left behind it."""
    for end in range(min(start + _LONGEST_MODIFIER, len(chunk) - 1), start, -1):
        if "".join(word.text for word in chunk[start:end]) in knowledge.modifiers:
            return end - start
    return 0


def _name(words: Sequence[Word], knowledge: Knowledge, only: frozenset[str] | None, text: str) -> Mention | None:
    span = Span(words[0].span.start, words[-1].span.end)
    name = text[span.start : span.end]
    if name.endswith(("（集团）", "(集团)", "（集团）公司", "(集团)公司")) and only is None and len(name) > 6:
        return Mention(span, name, "Company", "ending （集团）")
    ending = None if name in knowledge.generic else knowledge.ending_of(name)
    if ending is None or (only is not None and ending.cls not in only):
        return None
    if ending.cls == "Industry" and (name.startswith("国家") or _placed(name, knowledge)):
        return None
    if ending.weak and len(words) > 1 and _announces(words, text):
        return None
    if ending.cls == "Project" and name.endswith(word_list("parts in works")):
        return None
    if ending.weak and ending.cls == "Company" and text.startswith(("行业", "产业", "板块"), span.end):
        return None
    if ending.text == "新闻" and text.startswith("发言人", span.end):
        return None
    if ending.cls == "Document" and name.removesuffix(ending.text) in word_set("share issues"):
        return None
    if ending.text == "投资" and _INVESTS.match(text, span.end):
        return None
    if len(name) - len(ending.text) < _SHORTEST.get(ending.cls, 2) or not _tells(words, ending, span, knowledge):
        return None
    proper = ending.cls != "Project" or any(word.tag in NAME_TAGS or word.tag in {"m", "TIME"} for word in words)
    return Mention(span, name, ending.cls, f"{'ending' if proper else KIND} {ending.text}")


def _placed(name: str, knowledge: Knowledge) -> bool:
    """江城风电产业 is 风电产业, wherever it is told of."""
    return any(one.span.start == 0 and one.entries[0].cls == "District" for one in knowledge.gazetteer.find(name))


def _announces(words: Sequence[Word], text: str) -> bool:
    """甲公司发布公告, 甲公司公告称: the company does something there."""
    said = words[-1].text == "公告" and text.startswith(_SAYS, words[-1].span.end)
    return words[-2].text in {"发布", "公布", "披露", "刊登"} or (said and words[-2].tag == "ORG")


def _tells(words: Sequence[Word], ending: Ending, span: Span, knowledge: Knowledge) -> bool:
    """Whether something besides the ending tells this from others of its kind."""
    stem = [word for word in words if word.span.start < span.end - len(ending.text)]
    if ending.cls not in {"Industry", "Company"} and all(_is_plain(word, knowledge) for word in words):
        return False
    if ending.cls == "Industry":
        said = [word for word in stem if word.text not in knowledge.modifiers | word_set("no trades")]
        short = len("".join(word.text for word in stem)) < 2
        return not ending.weak and any(word.tag == "n" if short else word.tag != "LOC" for word in said)
    proper = any(word.tag in NAME_TAGS for word in stem)
    telling = [
        word
        for word in stem
        if word.text not in knowledge.generic and (word.tag != "LOC" or not knowledge.gazetteer.lookup(word.text))
    ]
    if ending.text == "集团" and _is_plain_group(stem, knowledge):
        return True
    if ending.cls == "Company" and not _tells_company(stem, ending, knowledge):
        return False
    if ending.weak and ending.cls == "Company":
        if all(word.tag == "LOC" and knowledge.gazetteer.lookup(word.text) for word in stem):
            return False
        named = {"ORG", "PER", "nz"} if ending.text in word_set("plain trades") else {"ORG", "PER", "nz", "LOC"}
        return 0 < len(stem) <= 2 and len(ending.text) > 1 and stem[0].tag in named
    if ending.weak:
        return (
            len(ending.text) > 1
            and proper
            and (bool(telling) or any(word.tag in {"ORG", "PER", "nz"} for word in stem))
        )
    if ending.cls in {"Project", "Event", "Agreement"}:
        return bool(telling) or (ending.cls == "Event" and proper and not ending.weak)
    if ending.text in {"分公司", "总公司"}:
        return any(word.tag in {"ORG", "nz"} for word in stem)
    if ending.cls in {"FinancialInstrument", "Document", "Ranking"} and proper:
        return True
    if ending.cls in {"GovernmentBody", "University", "Zone", "MediaOutlet"}:
        return proper or bool(telling)
    if ending.text in word_set("firm endings"):
        return 0 < len(stem) <= 3 and stem[0].tag in NAME_TAGS and stem[0].text not in word_set("regions")
    if ending.cls == "Company":
        return bool(telling)
    return bool(telling) or (proper and (len(stem) > 1 or len(ending.text) > 2))


def _tells_company(stem: Sequence[Word], ending: Ending, knowledge: Knowledge) -> bool:
    """Not 某集团成员公司, 某集团全资子公司, 超募资金投资, 某公司总投资: what belongs to a company is not called so."""
    text = "".join(word.text for word in stem).removesuffix(ending.text)
    known = any(entry.cls == "Company" for entry in knowledge.gazetteer.lookup(text))
    if ending.text in {"子公司", "母公司", "孙公司"} or (knowledge.is_generic(text) and not known):
        return False
    if ending.weak and ("公司" in text or text.endswith(("证券", "期货"))):
        return False
    if text.endswith(("旗下", "下属", "所属", "上市")):
        return False
    return not (len(stem) > 1 and stem[-2].text.endswith(("集团", "公司")) and stem[-1].text in knowledge.generic)


def _is_plain_group(stem: Sequence[Word], knowledge: Knowledge) -> bool:
    """建设工业集团, not 大型企业集团: a group whose name is of common nouns only, none of which says of what kind."""
    if not stem or stem[-1].text.endswith(_KINDS_OF_GROUPS):
        return False
    if len(stem) == 1:  # 太子奶集团: no word, though the tagger takes it for one
        text = stem[0].text
        known = knowledge.is_generic(text) or knowledge.gazetteer.find(text) or text in knowledge.modifiers
        return stem[0].tag in {"n", "nw"} and len(text) > 2 and not known and not text.startswith(_IN_FRONT)
    nouns = all(word.tag in {"n", "vn"} and word.text not in knowledge.modifiers for word in stem)
    return nouns and sum(len(word.text) for word in stem) >= len("建设工业")


def _is_plain(word: Word, knowledge: Knowledge) -> bool:
    return word.text in knowledge.modifiers or word.text in knowledge.generic
