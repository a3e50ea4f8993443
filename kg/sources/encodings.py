"""Bytes to text in the encodings that Chinese newspapers use: UTF-8, UTF-16 and UTF-32 with a mark, GB18030, Big5.

What a file says of itself is a hint and no more: it counts only where it makes Chinese text of the bytes. No character
is ever guessed or replaced.
"""

from __future__ import annotations

import codecs

from kg.errors import SourceError

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Without a mark: UTF-8 is strict enough to be sure of. The others accept nearly anything, so the text decides.
_LEGACY = ("gb18030", "big5hkscs")
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
}
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各"
    "這個國時來們對發會經動產種後學過說進著電裡現實點體業應開還關間樣與長問當兩無題區東車華萬億員資項務報記"
    "市区县省企投资项目亿元签约公司新建城科技重庆月，。、“”：；（）《》！？"
)
_SAMPLE = 200_000
_MIN_COMMON = 0.08
_STRETCH = 200


def decode(data: bytes, name: str, *, declared: str = "") -> str:
    """`data` as text, without a byte order mark; `declared` is the encoding that the file names itself."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _decode_marked(data, encoding, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = error.start
    candidates = [text for encoding in _order(declared) if (text := _try(data, encoding)) is not None]
    best = max(candidates, key=measure_common, default="")
    if measure_common(best) < _MIN_COMMON:
        message = f"is in no known encoding (byte {place:,} is not UTF-8; GB18030 and Big5 make no Chinese text of it)"
        raise SourceError(f"{message}; save it as UTF-8", path=name)
    line = _find_garbled(best)
    if line:
        raise SourceError(f"is in more than one encoding (line {line:,} is in another); save it as UTF-8", path=name)
    return best


def _find_garbled(text: str) -> int:
    """The line, from 1, of a stretch that is no Chinese text, though the whole is; 0 where there is none."""
    start = 0
    while start < len(text):
        # Whole lines, since a wrong one may be short.
        end = text.find("\n", start + _STRETCH)
        end = len(text) if end < 0 else end
        stretch = text[start:end]
        if sum(ch > "\x7f" for ch in stretch) >= _STRETCH // 4 and measure_common(stretch) < _MIN_COMMON / 2:
            return text.count("\n", 0, start) + 1
        start = end
    return 0


def measure_common(text: str) -> float:
    """The share of the most common Chinese characters and marks among all that is not ASCII, in a sample."""
    sample = [ch for ch in text[:_SAMPLE] if ch > "\x7f"]
    return sum(ch in _COMMON for ch in sample) / len(sample) if sample else 0.0


def _order(declared: str) -> tuple[str, ...]:
    """The encodings to try; the declared one first, since the first of equals is taken."""
    own = _SUPERSETS.get(declared.lower().replace("-", "").replace("_", ""))
    return _LEGACY if own is None else (own, *(each for each in _LEGACY if each != own))


def _decode_marked(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"begins like {encoding[:6].rstrip('-').upper()}, but byte {error.start:,} is not; save it as UTF-8"
        raise SourceError(message, path=name) from error


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
