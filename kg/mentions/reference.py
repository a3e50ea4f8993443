"""Words that point back: 该公司, 该区, 该项目, 全市, 我市; and 市发展改革委 in a paper of that city."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.knowledge import Knowledge
from kg.mentions.tagged import TaggedText
from kg.model import Mention, Span

_POINTING = {
    "Company": "公司 集团 企业 银行",
    "Organisation": "机构 协会 单位 团队 组织",
    "GovernmentBody": "局 厅 委 部门 委员会",
    "District": "区 县 市 省 州 镇",
    "Zone": "园区 开发区 新区 科学城 景区 园",
    "Project": "项目 工程 专利池 平台 基地",
    "FinancialInstrument": "债券 基金 贷款 笔债券 只基金",
    "Document": "报告 方案 规划 通知 办法 意见",
    "University": "校 大学 高校",
    "ResearchInstitution": "院 所 研究院 研究所 实验室",
    "Event": "活动 会议 大会 论坛",
}
_WORD_CLASS = {word: cls for cls, words in _POINTING.items() for word in words.split()}
_POINTER = re.compile(
    "(?:该|此次|本次|这一|这家|这个|上述)(?P<noun>"
    + "|".join(sorted(_WORD_CLASS, key=lambda word: (-len(word), word)))
    + ")"
    "(?![\u4e00-\u9fff]?(?:长|委|级|内))"
)
_COMPANY = re.compile(
    "(?:(?<![\u4e00-\u9fffA-Za-z）)])|(?<=由)|(?<=向)|(?<=对)|(?<=与)|(?<=和)|(?<=为)|(?<=使)|(?<=经)|(?<=被)|(?<=确认)|(?<=表示)|(?<=目前)|(?<=[今去明近]年)|(?<=[0-9０-９]年)|(?<=\\d[月日])|(?<=年度)|(?<=随后)"
    "|(?<=同意)|(?<=满足)|(?<=确定)|(?<=授予)|(?<=要求)|(?<=[，。]据)|(?<=[声宣据]称)"
    ")(?:本|我)?公司(?![名法章治化内债层制的司])"
)
_PROJECT = re.compile("(?<=[，。；：“”\n])(?:整个|一期)?项目(?=[开建总投占位计预由将已达涵包规全分于建]|[，、：])")
_EVENT = re.compile(
    "(?:(?<=[，。；：“”\n])|(?<=在))(?:活动|大会|论坛|峰会|会议|仪式|年会|推介会|博览会|展会|洽谈会|发布会|签约会)(?=[由将在以共当现期主上议吸])"
)
_REPORT = re.compile("(?<=[，。；”\n])(?:这份|该)?(?:报告|榜单|白皮书|名单)(?=由)")
_BOND = re.compile(
    "(?<=[，。；”\n])(?:本期|本次|上述)?(?:债券资金|募集资金|债券募集资金|募资|债券)(?=[中，将拟全用主均])"
)
_IT = re.compile("(?<=由)它(?=[在投建])")
_WHOLE = re.compile("(?:全|我|本|该)(?P<level>省|市|区|县|州)(?![长委级内]|场|面|民)")


def find_pointers(tagged: TaggedText, _: Knowledge) -> Iterator[Mention]:
    """Mentions whose `found_by` is `pointer`; what they point to is for `kg.entities` to say."""
    taken: set[int] = set()
    for found in _WHOLE.finditer(tagged.text):
        taken.add(found.start())
        yield Mention(Span(*found.span()), found[0], "District", "pointer")
    for pattern, cls in (
        (_COMPANY, "Company"),
        (_PROJECT, "Project"),
        (_EVENT, "Event"),
        (_IT, "Company"),
        (_REPORT, "Document"),
        (_BOND, "FinancialInstrument"),
    ):
        for found in pattern.finditer(tagged.text):
            yield Mention(Span(*found.span()), found[0], cls, "pointer")
    for found in _POINTER.finditer(tagged.text):
        if found.start() not in taken:
            yield Mention(Span(*found.span()), found[0], _WORD_CLASS[found["noun"]], "pointer")


def level_of(pointer: str) -> str | None:
    """省, 市, 区, 县 or 州 where the pointer names a level of government."""
    return pointer[-1] if pointer[-1] in "省市区县州" else None
