"""Which blocks of a web page are the article's body, or that the page holds several articles.

Prose is told from the rest by its marks (，。；) and by having few links; the body is the smallest element that holds
most of the prose. Around it stand the headline above and what sites add below (editors, related news, disclaimers).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.sources.html_blocks import Block
from kg.sources.html_metadata import Metadata

_PROSE_MARKS = re.compile("[，。；]")
_MIN_PROSE = 15
_MIN_HEADLINE = 7
_MIN_BODY = 40
_MAIN_SHARE = 0.6
# What a site prints below an article: here the article is over.
_AFTER = re.compile(
    r"[\s【\[（(]*(?:相关(?:阅读|新闻|报道|链接|推荐|文章|稿件|专题)|延伸阅读|推荐阅读|热门(?:推荐|新闻|文章|评论)|猜你喜欢|为您推荐|更多精彩|精彩推荐"
    r"|免责声明|版权声明|版权所有|特别声明|声明[：:]|本文(?:来自|来源|系)|(?:我有话说|网友|最新|全部|热门)评论|上一篇|下一篇|返回(?:首页|搜狐)|举报/?反馈|扫码|扫描二维码"
    r"|©|Copyright)"
)
# Lines that are no words of the article, wherever they stand.
_DROPPED = re.compile(
    r"[\s【\[（(]*(?:责任?编辑|编辑|责编|编审|审核|校对|原标题|标签|关键词|分享(?:到|至)?|微信|微博|收藏|点赞|打印|字号|字体|字体大小|大中小|评论|阅读量?|浏览"
    r"|点击(?:进入|查看|量)|责任校对|初审|复审|终审|监制|来源|文章来源|稿源|作者|发布时间|时间|日期|浏览次数)\s*[：:】\]）)]?.{0,60}"
    r"|.{0,40}(?:20\d\d[-年/.]\d{1,2}[-月/.]\d{1,2}日?).{0,60}(?:来源|字号|分享|打印|阅读|浏览|评论|\d\d:\d\d).{0,40}"
    r"|(?:责任编辑|责编|编辑)[：:].{0,20}|[\d\s:/.\-年月日]{6,30}|.{0,30}(?:供图|摄影|/?摄|资料图片?)|[（(]?原标题[：:].{1,100}"
)


@dataclass(frozen=True, slots=True)
class Content:
    """The blocks to keep. Where they are several articles, `level` is that of their headlines, else 0."""

    blocks: tuple[Block, ...]
    level: int = 0


def find_body(blocks: Sequence[Block]) -> tuple[int, ...]:
    """The places of the blocks in the smallest element with most of the prose, from the first prose on."""
    path = _find_main(blocks)
    inside = [index for index, block in enumerate(blocks) if block.path[: len(path)] == path]
    first = next((index for index in inside if measure_prose(blocks[index]) or _is_sentence(blocks[index])), None)
    return tuple(index for index in inside if first is not None and index >= first)


def find_content(blocks: Sequence[Block], body: Sequence[int], metadata: Metadata) -> Content:
    level = find_article_level(blocks) if metadata.place < 0 else 0
    if level:
        return Content(tuple(block for block in blocks if not block.linked), level)
    kept = [blocks[index] for index in _cut_behind(blocks, body) if _is_kept(blocks[index], metadata)]
    prose = [index for index, block in enumerate(kept) if measure_prose(block) or _is_sentence(block)]
    return Content(tuple(kept[prose[0] : prose[-1] + 1])) if prose else Content(())


def measure_prose(block: Block) -> int:
    """How many characters of prose a block has."""
    prose = not block.level and not block.linked and len(block.text) >= _MIN_PROSE
    return len(block.text) if prose and _PROSE_MARKS.search(block.text) else 0


def _is_sentence(block: Block) -> bool:
    return not block.level and not block.linked and block.text.endswith(("。", "！", "？", "”"))


def find_article_level(blocks: Sequence[Block]) -> int:
    """The level of two or more headings that have articles of their own; 0 if there is none."""
    levels = [block.level if len(block.text) >= _MIN_HEADLINE and not block.linked else 0 for block in blocks]
    for level in sorted(set(levels) - {0}):
        places = [index for index, each in enumerate(levels) if each == level]
        if len(places) > 1 and (_have_own_elements(blocks, places) or _part_prose(blocks, places)):
            return level
    return 0


def _have_own_elements(blocks: Sequence[Block], places: Sequence[int]) -> bool:
    """Most of the headings stand in elements of their own, each with prose beside it."""
    prose: Counter[int] = Counter()
    for block in blocks:
        if size := measure_prose(block):
            prose.update(dict.fromkeys(block.path, size))
    # The number of an element is its own, so that it stands for the path to it.
    around = Counter(element for place in places for element in blocks[place].path)
    filled = 0
    for place in places:
        own = next((element for element in reversed(blocks[place].path[:-1]) if prose[element] >= _MIN_BODY), None)
        filled += own is not None and around[own] == 1
    return filled > 1 and filled * 2 > len(places)


def _part_prose(blocks: Sequence[Block], places: Sequence[int]) -> bool:
    """The headings stand in one element, with prose between them."""
    runs = (blocks[start:end] for start, end in pairwise([*places, len(blocks)]))
    filled = sum(sum(map(measure_prose, run)) >= _MIN_BODY for run in runs)
    return filled > 1 and filled >= len(places) - 1 and len({blocks[place].path[:-1] for place in places}) == 1


def _find_main(blocks: Sequence[Block]) -> tuple[int, ...]:
    """The path of the smallest element with most of the prose."""
    path: tuple[int, ...] = ()
    inside = [block for block in blocks if measure_prose(block)]
    while True:
        weights: Counter[int] = Counter()
        members: Counter[int] = Counter()
        for block in inside:
            if len(block.path) > len(path):
                weights[block.path[len(path)]] += measure_prose(block)
                members[block.path[len(path)]] += 1
        if not weights:
            return path
        child, weight = max(weights.items(), key=lambda item: (item[1], -item[0]))
        total = sum(map(measure_prose, inside))
        if weight < _MAIN_SHARE * total or (members[child] < 2 and len(inside) > 1):
            return path
        path = (*path, child)
        inside = [block for block in inside if block.path[: len(path)] == path]


def _cut_behind(blocks: Sequence[Block], inside: Sequence[int]) -> list[int]:
    """Without all that follows the first line which says that the article is over."""
    seen = 0
    for count, index in enumerate(inside):
        if seen and _AFTER.match(blocks[index].text) and len(blocks[index].text) < 200:
            return list(inside[:count])
        seen += measure_prose(blocks[index])
    return list(inside)


def _is_kept(block: Block, metadata: Metadata) -> bool:
    if block.linked or block.text == metadata.headline or block.text in metadata.kickers:
        return False
    return len(block.text) > 120 or _DROPPED.fullmatch(block.text) is None
