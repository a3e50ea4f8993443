"""Repairs of what the tagger gets wrong in this kind of text: verbs swallowed by names or taken for nouns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg.layout.bylines import is_person
from kg.mentions.loose import shift_loose
from kg.model import Span, Word
from kg.words import any_of, word_set

_SWALLOWED = re.compile(f"^(?P<place>.{{2,12}}?)(?P<verb>{any_of('swallowed verbs')})(?P<rest>.*)$")
_OBJECT = re.compile("^(?P<verb>出席|参加|召开|举行|主持|签订|签署)(?P<noun>会议|仪式|大会|论坛|活动|协议|合同)$")
_COUNTRIES = "美国|法国|德国|英国|日本|韩国|瑞士|瑞典|荷兰|意大利|丹麦|加拿大|澳大利亚|新加坡|以色列"
_LEGAL_PARTS = re.compile(
    "(?:(?<=汽车)|(?<=股份)|(?<=集团)|(?<=公司)|(?<=银行)|(?<=科技)|(?<=重工)|(?<=会社))[与和同](?=.{2,}|$)"
    "|.{2,}?(?:证券|期货|银行|咨询)(?=(?:首席|高级)?(?:分析师|研究员|经济学家)|行业|研报|研究$|研究人员)"
    f"|.{{2,}}?证券(?=(?:{any_of('watched trades')})(?:行业)?$)"
    "|(?:(?<=证券)|(?<=期货)|(?<=银行)|(?<=咨询))(?:首席|高级)?(?:分析师|研究员|经济学家)"
    "|.{2,}?(?:汽车|股份|集团|公司|银行|科技|重工|株式会社)(?=[与和同](?:.{3,}|$))|旗下|下属|所属|全资子公司|子公司"
    f"|(?:{any_of('trades')})(?:公司|企业|巨头)(?=(?:{_COUNTRIES}).{{3}})"
    "|上市公司(?=.{3})|(?:控股|大)?股东(?=.{3})|(?:母|参股|联营|合营|关联)公司(?=.{3})|(?:联合|携手|联手)(?=.{3,}(?:公司|集团|大学|院)$)|.+?(?=上市公司.{3})"
    "|.{2,}?(?<![一二三四五])(?=(?:母公司|控股股东|大股东)(?:$|.{3}))|.{2,}?(?:集团|公司|股份|控股)(?=(?:旗下|下属|所属)(?:全资|控股)?子公司)|.{2,}?(?=(?:全资|控股)子公司$|(?:合资|独资|合营|合建)$)"
    "|.+?(?:集团|公司)(?=(?:联合|携手|联手).{3,}(?:公司|集团|大学|院)$)|[和与及](?=[省市区县州]?(?:委|政府))|.+?有限公司|.+?(?=(?:主办|承办|协办)$)|.+?委(?=和|与|副?书记$|常委$)|.+?政府(?=和|与)|.+"
)
_ANALYSTS = ("分析师", "研究员", "经济学家")
_TAG_BETWEEN = (
    dict.fromkeys(["旗下", "下属", "所属", "子公司", "全资子公司", "控股子公司", "上市公司"], "f")
    | dict.fromkeys(["股东", "控股股东", "大股东", "母公司", "参股公司", "联营公司", "合营公司", "关联公司"], "f")
    | dict.fromkeys(["联合", "携手", "联手", "合资", "独资", "合营", "合建"], "v")
    | dict.fromkeys("和与及同", "c")
    | dict.fromkeys(["主办", "承办", "协办"], "v")
    | dict.fromkeys(["书记", "副书记", "常委"], "n")
)
_NO_VERB_BEFORE = re.compile(f"(?:{any_of('no verb before')})")
_PLACE_END = re.compile("(?:[省市区县州镇]|新区|新城|科学城|科创城|生物城|园区|开发区|园)$")
_COUNTED = re.compile("^(?P<name>.*?)(?P<count>[\\d两二三四五六七八九十]+家)(?P<kind>控股|全资|参股|下属|上市)$")
_NAMED = frozenset({"ORG", "LOC", "PER"})
_IN_CHINA = re.compile(
    f"华(?:(?:{any_of('swallowed verbs')})$|(?:合资|独资|投资|工厂|业务|子公司|企业|市场|销量|总部|分公司).)"
)
_BUILDER = re.compile(
    "(?:建设|投资|开发|城市建设|发展|经营)(?:工程|投资|开发|发展|经营|实业|集团|控股|项目|房地产|建设|管理|监理|咨询|有限).*公司$"
)
_FRONT = re.compile(
    "(?:招标|采购|招标采购)?代理机构(?=..)|(?:招标|采购|中标|发包|承包|投标)(?:单位|人|方)(?=.{3})|(?:建设|施工|监理|设计)单位(?=.{3})"
    "|(?:拥有者|生产者|所有者|生产商|运营商|开发商|供应商)(?=.{4})|[)）](?=.)|[\\d一二两三四五六七八九十]+[家个](?=(?:全资|控股|参股|下属|所属|子公司))"
)
_BACK = re.compile("(?<=..)(?:旗下|下属|所属|附属|成员)(?:公司|企业|单位|机构)$|(?<=.)等$")
_FRONT_TAGS = {")": "w", "）": "w", "家": "m", "个": "m"}
_MEASURE = re.compile("[万亿]*(?:立方米|平方米|千瓦时?|兆瓦时?|吨|台|辆|套|米|亩)级?$")
_CUT_OFF = frozenset({"n", "a", "f", "s", "v", "nz", "LOC", "ORG"})


def mend_words(words: Sequence[Word], places: frozenset[str]) -> tuple[Word, ...]:
    """`places` are the short and full names of districts that occur in the text."""
    words = [piece for word in _part_suo(_join_cut_names(_join_foreign(words))) for piece in _split_object(word)]
    words = [piece for word in words for piece in _split_counted(word)]
    words = list(shift_loose(list(_join_figures(words))))
    words = [piece for number in range(len(words)) for piece in _split_hua(words, number)]
    legal = [piece for word in _join_builders(words) for piece in _split_at_legal_form(_named(word))]
    split = [part for word in legal for piece in _split_glued(word) for part in _split(piece, places)]
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


def _join_cut_names(words: Iterable[Word]) -> Iterator[Word]:
    """`松川/PER 史明/PER`, `卢和/PER 庆/n` in a list of people or before 说: names that the tagger cut in two."""
    words = list(words)
    place = 0
    while place < len(words):
        word, rest = words[place], words[place + 1 : place + 3]
        if word.tag == "PER" and rest and _is_cut(words, place):
            yield Word(Span(word.span.start, rest[0].span.end), word.text + rest[0].text, "PER")
            place += 2
        else:
            yield word
            place += 1


def _is_cut(words: Sequence[Word], place: int) -> bool:
    first, second = words[place : place + 2]
    if second.tag == "PER":
        return len(first.text) == len(second.text) == 2 and not (is_person(second.text) and is_person(first.text))
    if len(first.text) != 2 or len(second.text) != 1 or second.tag not in _CUT_OFF or place + 2 >= len(words):
        return False
    following = words[place + 2].text
    listed = place > 0 and words[place - 1].text == "、"
    return (listed and following in {"、", "等"}) or following in word_set("saying verbs") - {"作", "做", "讲", "参加"}


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


def _split_counted(word: Word) -> Iterator[Word]:
    """`云岭酒业2家控股/ORG` 子公司: how many, and what kind of, are no part of the last name."""
    found = _COUNTED.match(word.text) if word.tag == "ORG" else None
    if found is None:
        yield word
        return
    for group, tag in (("name", "ORG"), ("count", "m"), ("kind", "vn")):
        if found[group]:
            start, end = (word.span.start + place for place in found.span(group))
            yield Word(Span(start, end), found[group], tag)


def _join_builders(words: Sequence[Word]) -> Iterator[Word]:
    """`云岭州/LOC 建设/v 工程招标有限公司/ORG` is one name: what is said of all is none."""
    place = 0
    while place < len(words):
        three = words[place : place + 3]
        if [word.tag for word in three] == ["LOC", "v", "ORG"] and _BUILDER.match(
            "".join(one.text for one in three[1:])
        ):
            yield Word(Span(three[0].span.start, three[2].span.end), "".join(word.text for word in three), "ORG")
            place += 3
        else:
            yield words[place]
            place += 1


def _split_glued(word: Word) -> Iterator[Word]:
    """`晋中等/LOC` is a place and 等, `招标代理机构红河州/LOC` a body without a name and a place."""
    start, end = word.span.start, word.span.end
    if word.tag in _NAMED:
        front = _FRONT.match(word.text)
        if front is not None:
            middle = start + front.end()
            yield Word(Span(start, middle), front[0], _FRONT_TAGS.get(front[0][-1], "n"))
            start = middle
        back = _BACK.search(word.text, start - word.span.start)
        end -= len(back[0]) if back and end - start > 2 else 0
    yield Word(Span(start, end), word.text[start - word.span.start : end - word.span.start], word.tag)
    if end < word.span.end:
        rest = word.text[end - word.span.end :]
        yield Word(Span(end, word.span.end), rest, "u" if rest == "等" else "n")


def _join_figures(words: Sequence[Word]) -> Iterator[Word]:
    """`500/m 万立方米/ORG` is one figure, and so is `20万吨/m /年/w`."""
    place = 0
    while place < len(words):
        word = words[place]
        end = place + 1 + _goes_with_figure(words, place)
        yield (
            word
            if end == place + 1
            else Word(
                Span(word.span.start, words[end - 1].span.end), "".join(one.text for one in words[place:end]), "m"
            )
        )
        place = end


def _goes_with_figure(words: Sequence[Word], place: int) -> int:
    """How many words behind this one belong to it as a figure."""
    word, rest = words[place], words[place + 1 : place + 3]
    if rest and word.text[-1].isdigit() and _MEASURE.match(rest[0].text):
        return 1
    if word.tag != "m" or not rest or rest[0].text[0] not in "/／":
        return 0
    return next((n for n in (1, 2) if "".join(one.text for one in rest[:n])[1:] == "年"), 0)


def _split_hua(words: Sequence[Word], number: int) -> Iterator[Word]:
    """`在/p 华投资/LOC`: 华 is the country."""
    word = words[number]
    abroad = number > 0 and words[number - 1].text in {"在", "来", "对", "赴"} and word.tag in _NAMED
    if not abroad or word.text[0] != "华" or not _IN_CHINA.match(word.text):
        yield word
        return
    middle = word.span.start + 1
    yield Word(Span(word.span.start, middle), "华", "j")
    yield Word(Span(middle, word.span.end), word.text[1:], "v")


def _split_at_legal_form(word: Word) -> Iterator[Word]:
    """`甲有限公司旗下乙有限公司/ORG` is two names and what stands between them."""
    start = word.span.start
    parts = _LEGAL_PARTS.findall(word.text) if word.tag == "ORG" else [word.text]
    for number, text in enumerate(parts):
        tag = _TAG_BETWEEN.get(text, word.tag) if len(parts) > 1 else word.tag
        watched = number and parts[number - 1].endswith(("证券", "期货")) and text in word_set("watched trades")
        if text.endswith((*_ANALYSTS, "研究", "研报", "行业", "研究人员")) or watched:
            tag = "n"
        elif number and parts[number - 1].endswith(_ANALYSTS) and len(text) <= len("欧阳文华"):
            tag = "PER"
        yield Word(Span(start, start + len(text)), text, tag)
        start += len(text)


def _split(word: Word, places: frozenset[str]) -> Iterator[Word]:
    """`巴南投资惠科金渝光电/ORG` is a place, a verb and a name."""
    found = _SWALLOWED.match(word.text) if word.tag in _NAMED else None
    if (
        found is None
        or _NO_VERB_BEFORE.match(found["rest"])
        or not (found["place"] in places or _PLACE_END.search(found["place"]))
        or found["place"].endswith("城市")
        or _BUILDER.match(found["verb"] + found["rest"])
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
    verb |= word.text == "计划" and _means_to(words, number)
    return Word(word.span, word.text, "v") if verb else word


def _means_to(words: Sequence[Word], number: int) -> bool:
    """甲公司计划与乙公司…, 甲公司计划投入…: 计划 is what the company does."""
    before, behind = words[number - 1 : number], words[number + 1 : number + 2]
    if not (before and behind) or before[0].text == "的":
        return False
    does = behind[0].tag == "v" and behind[0].text in word_set("planned deeds")
    return behind[0].tag == "p" or (does and before[0].text not in word_set("kinds of plans"))


def _starts_clause(words: Sequence[Word], number: int) -> bool:
    following = words[number + 1] if number + 1 < len(words) else None
    return (
        following is not None
        and following.tag not in {"u", "w", "c"}
        and following.text not in {"活动", "仪式", "项目", "大会"}
    )
