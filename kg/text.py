"""Normalised text with a map back to where it came from, and its sentences.

Every quote and offset of the graph counts code points of the text made here. From the page's text as read:

- characters that nobody sees are dropped: control characters (NUL and all others that XML and Turtle cannot carry),
  format characters (zero width, byte order mark, right-to-left marks, soft hyphen), lone surrogates, noncharacters;
  private-use characters stay, since a newspaper's font may well draw them;
- what is left is put into Unicode NFC;
- white space that touches a Chinese character goes, between other words one space stays;
- a line break parts paragraphs, except for `wrapped` text, where it is a mere wrap and joined.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from kg.model import Span

LINE_BREAKS = "\n\r\v\f\x85\u2028\u2029"
LINE_BREAK = re.compile("\r\n|[" + LINE_BREAKS + "]")
HEADLINE_MARK, HEADING_MARK = "\x1e", "\x1f"
"""The first character of a line that a reader knows to be a whole headline, or a lesser heading: HTML and PDF say so.
It is no part of any text, since normalising drops it. Where a page has such marks, its other lines are no headings."""
CLOSERS = "”’」』）)】〕》〉\"'"

_SPACES = re.compile(r"\s+")
# Marks that Chinese and Western text share: a space beside them stays only where the other side is Western.
_SHARED_MARKS = frozenset("“”‘’…—–·")
# A heap of marks on one letter is not text, and would take CPython's NFC quadratic time.
_MAX_MARKS = 1000
_ENDS = re.compile(rf"(?:[。！？；]|…+|[!?;](?![0-9A-Za-z&=/%_.-]))(?:[。！？!?…]|[{re.escape(CLOSERS)}])*")
_BRACKETED = re.compile(r"（[^（）\n]{0,80}）|《[^《》\n]{0,80}》|\([^()\n]{0,80}\)")
_LONGEST = 1000
_LESSER_MARKS = "，,：:、）) "
_SENTENCE_END = re.compile(rf"[。！？!?；;…][{re.escape(CLOSERS)}]*$")

Text = tuple[str, tuple[int, ...]]


@lru_cache(maxsize=65536)
def is_han(ch: str) -> bool:
    """A Chinese character proper, of any block; no punctuation."""
    return "\u4e00" <= ch <= "\u9fff" or ch == "〇" or unicodedata.name(ch, "").startswith("CJK ")


@lru_cache(maxsize=65536)
def is_wide(ch: str) -> bool:
    """Set in a full square: Chinese characters, their punctuation, full-width digits and letters."""
    return unicodedata.east_asian_width(ch) in "WF"


@lru_cache(maxsize=65536)
def is_invisible(ch: str) -> bool:
    """Never seen by a reader: dropped from normalised text (see the head of this module)."""
    if ch in LINE_BREAKS or ch == "\t":
        return False
    return unicodedata.category(ch) in ("Cc", "Cf", "Cs") or ord(ch) & 0xFFFE == 0xFFFE or "\ufdd0" <= ch <= "\ufdef"


@lru_cache(maxsize=65536)
def _extends(ch: str) -> bool:
    """May join with what stands before it under NFC: marks, and the later parts of a Hangul syllable or alike."""
    return (
        unicodedata.category(ch)[0] == "M"
        or unicodedata.combining(ch) > 0
        or "\u1160" <= ch <= "\u11ff"
        or "\U00016d63" <= ch <= "\U00016d6a"
    )


@lru_cache(maxsize=65536)
def _is_plain(ch: str) -> bool:
    """Neither dropped nor touched by NFC, whatever its neighbours are."""
    return not (is_invisible(ch) or _extends(ch)) and unicodedata.normalize("NFC", ch) == ch


def normalise(raw: str, start: int = 0, *, wrapped: bool = False) -> Text:
    """The normalised text of `raw`, and for each of its characters the place it has in the page.

    `start` is the place of `raw` in the page. Where several characters became one, the first one's place stands.
    """
    return _normalise(raw, range(start, start + len(raw)), wrapped=wrapped)


def normalise_lines(text: str, lines: Iterable[Span]) -> Text:
    """One paragraph made of `lines`, stretches of `text`: wraps joined, places counted in `text`."""
    spans = tuple(lines)
    raw = "\n".join(text[span.start : span.end] for span in spans)
    places = [place for span in spans for place in range(span.start, span.end + 1)][: len(raw)]
    return _normalise(raw, places, wrapped=True)


def join_paragraphs(paragraphs: Iterable[Text]) -> Text:
    """Paragraphs put together, parted by one line break that has the place of what follows it."""
    words: list[str] = []
    origin: list[int] = []
    for text, places in paragraphs:
        if not text:
            continue
        if words:
            words.append("\n")
            origin.append(places[0])
        words.append(text)
        origin.extend(places)
    return "".join(words), tuple(origin)


def _normalise(raw: str, places: Sequence[int], *, wrapped: bool) -> Text:
    text, places = _compose(raw, places)
    pieces: list[str] = []
    origin: list[int] = []
    done = 0
    for run in _SPACES.finditer(text):
        pieces.append(text[done : run.start()])
        origin.extend(places[done : run.start()])
        done = run.end()
        if run.start() > 0 and run.end() < len(text):
            gap = _gap(run.group(), text[run.start() - 1], text[run.end()], wrapped=wrapped)
            pieces.append(gap)
            origin.extend([places[run.start()]] * len(gap))
    pieces.append(text[done:])
    origin.extend(places[done:])
    return "".join(pieces), tuple(origin)


def _gap(space: str, before: str, after: str, *, wrapped: bool) -> str:
    """What stands for a run of white space between two visible characters."""
    breaks = LINE_BREAK.search(space) is not None
    if breaks and not wrapped:
        return "\n"
    if _extends(after):
        return " "
    if is_wide(before) or is_wide(after) or (before in _SHARED_MARKS and after in _SHARED_MARKS):
        return ""
    if breaks and space.strip(" \t") in ("\n", "\r\n", "\r"):
        return _gap_of_wrap(before, after)
    return " "


def _gap_of_wrap(before: str, after: str) -> str:
    """A line is wrapped between Western words, or anywhere in a long number: `2,300.` + `5` is one."""
    if before.isalpha():
        return " " if after.isalnum() or after in "(&" else ""
    return " " if before in ",.;:!?" and after.isalpha() else ""


def _compose(raw: str, places: Sequence[int]) -> tuple[str, Sequence[int]]:
    """`raw` without invisible characters, in NFC, with the place of each character left."""
    odd = sorted(ch for ch in set(raw) if not _is_plain(ch))
    if not odd:
        return raw, places
    pieces: list[str] = []
    origin: list[int] = []
    done = 0
    for run in re.finditer(f"(?s:.?[{re.escape(''.join(odd))}]+)", raw):
        pieces.append(raw[done : run.start()])
        origin.extend(places[done : run.start()])
        done = run.end()
        for cluster in _find_clusters(raw, range(run.start(), run.end())):
            _add_composed(pieces, origin, cluster, raw, places)
    pieces.append(raw[done:])
    origin.extend(places[done : len(raw)])
    return "".join(pieces), origin


def _add_composed(pieces: list[str], origin: list[int], cluster: list[int], raw: str, places: Sequence[int]) -> None:
    old = "".join(raw[index] for index in cluster)
    new = unicodedata.normalize("NFC", old) if len(cluster) <= _MAX_MARKS else old
    pieces.append(new)
    if new == old:
        origin.extend(places[index] for index in cluster)
    else:
        origin.extend([places[cluster[0]]] * len(new))


def _find_clusters(raw: str, places: Iterable[int]) -> Iterator[list[int]]:
    """Places in `raw` of a visible character and the marks on it: what NFC looks at together."""
    cluster: list[int] = []
    for index in places:
        if is_invisible(raw[index]):
            continue
        if cluster and not _extends(raw[index]):
            yield cluster
            cluster = []
        cluster.append(index)
    if cluster:
        yield cluster


def ends_sentence(text: str) -> bool:
    """`text` stops where a sentence does: at 。！？；… and the quotes or brackets that close behind it."""
    return _SENTENCE_END.search(text[-8:]) is not None


def split_sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a normalised text, in order; together they cover all of it but line breaks and outer spaces.

    >>> [text[s.start : s.end] for text in ["“好。”他说。"] for s in split_sentences(text)]
    ['“好。”', '他说。']

    A full stop within brackets （…） or a title 《…》 ends nothing. What goes on without one for more than 1,000
    characters is cut behind a lesser mark, so that the time that reading takes stays linear in the length of a text.
    """
    shielded = _BRACKETED.sub(lambda match: "x" * len(match.group()), text)
    cuts = sorted({match.end() for match in _ENDS.finditer(shielded)} | {m.end() for m in re.finditer("\n", text)})
    bounds = [0, *cuts, len(text)]
    pieces = (piece for start, end in pairwise(bounds) for piece in _cut(text, start, end))
    spans = (_trim(text, start, end) for start, end in pieces)
    return tuple(span for span in spans if span.start < span.end)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST:
        mark = max(text.rfind(mark, start + _LONGEST // 2, start + _LONGEST) for mark in _LESSER_MARKS)
        middle = mark + 1 if mark >= 0 else start + _LONGEST
        yield start, middle
        start = middle
    yield start, end


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
