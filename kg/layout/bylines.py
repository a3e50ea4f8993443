"""Who wrote an article: bylines and datelines before, or alone on a line behind, its body.

`本报讯 （首席记者 黄乔）`, `□本报记者 张亦筑`, `新华社北京4月28日电（记者 张三、李四）`, `（记者 王五）`.
They are no part of the body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_HAN = "\u4e00-\u9fff"
_SPACE = "[ \t\u3000\xa0]"
_GAP = r"[ \t\u3000\xa0\r\n]*"


def _cut(words: str) -> str:
    """A pattern for `words`, parted by `|`, which a line break may cut anywhere."""
    return "(?:" + "|".join("[\r\n]*".join(word) for word in words.split("|")) + ")"


_POST = _cut("记者|通讯员|实习生|评论员|特约撰稿人|撰稿人|作者")
_ROLE = rf"{_cut('本报|本刊|本网')}?(?:{_cut('首席|见习|特约|特派|全媒体|融媒体|实习')}|驻[{_HAN}]{{1,6}}?)*{_POST}"
_NAME = rf"[{_HAN}]{{2,4}}(?:·[{_HAN}]{{1,8}})?"
_DAY = r"\d{1,2}[\r\n]*月[\r\n]*\d{1,2}[\r\n]*日[\r\n]*"
_TAIL = r"(?:文[/／]?图|图[/／]?文|文|摄影报道|报道)?"
_ORNAMENT = r"[ \t\u3000\xa0\r\n□■◎●○▲△◆◇★☆※]*"
_PEOPLE = rf"(?P<people>{_ROLE}[：:]?{_GAP}[{_HAN}·、，,/／ \t\u3000\xa0\r\n]{{2,80}}?)"
_IN_BRACKETS = rf"[（(]{_GAP}{_PEOPLE}{_TAIL}{_GAP}[）)]"
_NAMES = rf"{_NAME}(?:[ \t\u3000\xa0、/／]+(?!{_ROLE}){_NAME})*"
_DATELINE = (
    rf"(?:【?{_cut('本报讯|本刊讯|本网讯|本社讯')}】?|【[{_HAN}]{{2,8}}讯】"
    rf"|{_cut('本报')}[{_HAN}\r\n]{{0,8}}{_DAY}[电讯]"
    rf"|{_cut('新华社|中新社|新华网|中新网|人民网')}[{_HAN}\r\n]{{0,10}}?(?:{_DAY})?[电讯])"
)
_OPENING = re.compile(rf"{_ORNAMENT}{_DATELINE}{_GAP}(?:{_IN_BRACKETS})?{_GAP}[：:]?{_GAP}")
_BRACKETED = re.compile(rf"{_ORNAMENT}{_IN_BRACKETS}{_GAP}")
_ALONE = re.compile(rf"{_ORNAMENT}(?P<people>(?:{_ROLE}[：:]?{_SPACE}*{_NAMES}{_SPACE}*)+){_TAIL}{_SPACE}*(?=[\r\n]|$)")
_UNFINISHED = re.compile(rf"{_ORNAMENT}{_DATELINE}{_GAP}[（(]{_GAP}{_ROLE}")
_SPLIT = re.compile(rf"{_ROLE}|[ \t\u3000\xa0、，,/／：:]+")
_WRAP = re.compile(rf"(?:(?<![{_HAN}])([{_HAN}]))?[\r\n]+(?:([{_HAN}])(?![{_HAN}]))?")
# Words that begin with a surname and are none.
_NO_NAMES = frozenset({"管理员", "通讯员", "时报", "金融界", "商报", "全媒体", "温馨提示", "文汇报", "党委", "包装"})
# The surnames of nearly all Chinese, by which a name alone on a line is told from other words.
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付傅方邹熊"
    "白孟秦邱侯江尹薛闫阎段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单"
    "裴霍涂成苗谷曲盛冉翁蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司古吉缪简车项连芦麦褚娄窦戚岑党宫费卜冷晏席卫米柏宗桂全佟应臧闵苟邬边卞姬师和仇栾隋商"
    "刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝谌揭匡鞠冼植晋但楼官封燕谯鲜况牛向代瞿皮帅阚位郁湛尧漆晁幸廉蔺冀卓昝芮储宣戎嵇尉綦闻敬邸郜訾"
)


@dataclass(frozen=True, slots=True)
class Byline:
    """The first `length` characters of a paragraph, and the people named there."""

    length: int
    authors: tuple[str, ...]


def starts_with_byline(line: str) -> bool:
    """The line, alone or as the first of a paragraph, opens an article's body. It may stop within the byline."""
    return parse_byline(line[:200]) is not None or _UNFINISHED.match(line[:60]) is not None


def parse_byline(raw: str) -> Byline | None:
    """The byline that a paragraph's raw text (line breaks and spaces kept) begins with."""
    head = raw[:300]
    match = _OPENING.match(head) or _BRACKETED.match(head)
    if match is not None:
        return Byline(match.end(), find_names(match["people"] or ""))
    match = _ALONE.match(head)
    names = find_names(match["people"]) if match else ()
    if match is None or not names or not all(map(is_person, names)):
        return None
    return Byline(match.end(), names)


def find_names(people: str) -> tuple[str, ...]:
    """The names in `记者 申晓佳 实习生 谢轲`, without posts. A wrap within a name leaves one character alone."""
    words = _SPLIT.split(_WRAP.sub(_mend, people))
    return tuple(dict.fromkeys(word for word in words if 2 <= len(word) <= 12))


def is_person(name: str) -> bool:
    """Looks like a Chinese name: a surname, and no more characters than a name has."""
    return re.fullmatch(_NAME, name) is not None and name[0] in _SURNAMES and name not in _NO_NAMES


def _mend(wrap: re.Match[str]) -> str:
    before, after = wrap.group(1) or "", wrap.group(2) or ""
    return f"{before}{after}" if before or after else " "
