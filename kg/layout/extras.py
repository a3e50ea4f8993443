"""What a page prints among its articles and belongs to none: captions of pictures, small adverts.

Both are told by how a whole block of lines, from one gap to the next, begins and ends. Only pages of several articles
are rid of them: in a file of one article every line counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.layout.lines import MARK, Line, find_blocks

_MAX_LENGTH = 120
_CAPTION = re.compile(
    r"(?:[▲△▼▽◀▶←→↑↓] ?)?(?:图为|[上下左右]图|图[①-⑩一二三四五六1-9][：:、]?).*|[▲△▼▽◀▶←→↑↓].*"
    r"|.{4,}(?:摄|摄影|摄影报道|供图|制图|[/／]图|图[/／].{2,12}|资料图片?|[（(]资料图片?[）)])"
)
_LABEL = re.compile(
    r"[·•【（(]?(?:广告|遗失声明|遗失启事|(?:旺铺|商铺|厂房|写字楼|门面)?(?:招租|转让|出租)|招聘启事|寻人启事|注销公告|减资公告|清算公告|拍卖公告)[·•】）)]?"
)
_CONTACT = re.compile(r"(?:电话|热线|手机|传真|联系人|联系方式|地址|邮箱|网址|微信|QQ)[：:].*")


def drop_extras(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines without captions and adverts; the gap where one was is that of a mark."""
    kept: list[Line] = []
    dropped: Sequence[Line] = ()
    for block in find_blocks(lines):
        if _is_caption(block) or _is_advert(block) or (_is_label(dropped) and _is_short(block)):
            dropped = block
            continue
        first = replace(block[0], gap=MARK) if dropped else block[0]
        kept += [first, *block[1:]]
        dropped = ()
    return tuple(kept)


def _is_caption(block: Sequence[Line]) -> bool:
    text = "".join(line.text for line in block)
    return not block[0].byline and len(text) <= _MAX_LENGTH and _CAPTION.fullmatch(text) is not None


def _is_advert(block: Sequence[Line]) -> bool:
    """Begins with a label, or says whom to ring and nothing in a sentence."""
    labelled = _LABEL.fullmatch(block[0].text) is not None
    contact = any(_CONTACT.fullmatch(line.text) for line in block) and _is_short(block)
    return contact or (labelled and sum(len(line.text) for line in block) <= _MAX_LENGTH)


def _is_label(block: Sequence[Line]) -> bool:
    """Nothing but the label: the advert itself comes below."""
    return len(block) == 1 and _LABEL.fullmatch(block[0].text) is not None


def _is_short(block: Sequence[Line]) -> bool:
    """No news, only words: not a sentence among them."""
    return sum(len(line.text) for line in block) <= _MAX_LENGTH and not any("。" in line.text for line in block)
