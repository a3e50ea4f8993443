"""Sets articles as a newspaper page and hands them back as its PDF's text would: for tests of `kg.layout`.

Columns of 12 to 20 characters, headings in front of, behind or amid the bodies, bylines, captions, adverts, page marks,
marks of articles that go on elsewhere, column breaks in mid-sentence. The same seed gives the same page.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

REPORTERS = ("江一帆", "秦若溪", "何沐阳", "罗子墨", "白露", "欧阳静")
CAPTIONS = (
    "▲青禾县医药产业园里，工人正在检修设备。 本报记者 江一帆 摄",
    "图为江湾港新添的岸桥。（资料图片）",
    "白鹭湖边的民宿迎来假期的第一批客人。本报记者 白露 摄影报道",
    "试验田里，科研人员查看水稻长势。沙州农业大学供图",
)
ADVERTS = (
    ("广告", "渝州大厦整层出租", "临街，交通便利", "电话：023-61234567"),
    ("遗失声明", "渝州远航商贸遗失公章一枚", "声明作废"),
    ("旺铺招租", "热线：61237654", "地址：渝州市中心路1号"),
)
_NO_LINE_START = "，。、；：！？”’）》」』…—%"
_NO_LINE_END = "“‘（《「『"


@dataclass(frozen=True)
class Draft:
    """An article before it is set. A paragraph that begins with `#` is a crosshead."""

    headline: str
    paragraphs: tuple[str, ...]
    kickers: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()

    @property
    def body(self) -> str:
        return "\n".join(paragraph.removeprefix("#") for paragraph in self.paragraphs)


@dataclass(frozen=True)
class Style:
    """How a page is set. All but the first and the flags are shares.

    Of articles: those whose heading follows the body (`behind`) or stands amid it, if it is wider than a column; those
    with a caption, an advert below, a mark that they go on elsewhere. Of places between lines: those with a mere break
    or a page mark.
    """

    width: int
    behind: float
    blank_lines: bool
    indented: bool
    middle: float = 0.0
    marks: float = 0.02
    breaks: float = 0.05
    captions: float = 0.15
    adverts: float = 0.1
    continued: float = 0.1


def draw_style(rng: random.Random) -> Style:
    blank = rng.random() < 0.7
    return Style(
        width=rng.randint(12, 20),
        behind=rng.choice([0.0, 0.0, 0.5, 1.0, 1.0]),
        blank_lines=blank,
        indented=not blank or rng.random() < 0.3,
        middle=rng.choice([0.0, 0.0, 0.0, 0.0, 0.3]),
    )


def draw_drafts(pool: Sequence[Draft], rng: random.Random) -> list[Draft]:
    """Two to six articles for a page, some without reporters or kickers."""
    drafts = []
    for draft in rng.sample(pool, rng.randint(2, min(6, len(pool)))):
        authors = tuple(rng.sample(REPORTERS, rng.choice([0, 1, 1, 2])))
        drafts.append(replace(draft, authors=authors, kickers=draft.kickers if rng.random() < 0.67 else ()))
    return drafts


def compose_page(drafts: Sequence[Draft], rng: random.Random, *, style: Style | None = None) -> str:
    """The page's text, its articles in the order given."""
    style = style or draw_style(rng)
    blocks: list[str] = []
    for draft in drafts:
        own = replace(style, width=max(12, min(20, style.width + rng.choice([0, 0, -1, 2]))))
        blocks += _set_article(draft, own, rng)
        if rng.random() < 0.3:
            blocks.append("\n".join(str(rng.randint(1, 16)) for _ in range(rng.randint(1, 3))))
        if rng.random() < style.adverts:
            blocks.append("\n".join(rng.choice(ADVERTS)))
    return "\n\n".join(blocks) + "\n"


def _set_article(draft: Draft, style: Style, rng: random.Random) -> list[str]:
    """The article in blocks that blank lines part."""
    heading = _set_heading(draft, style, rng)
    lines = "\n".join(_set_body(draft, style, rng)).split("\n")
    if rng.random() < style.captions:
        place = rng.randint(2, len(lines) - 1)
        lines[place:place] = ["", *wrap(rng.choice(CAPTIONS), replace(style, indented=False)), ""]
    if rng.random() < style.continued:
        lines = [*lines, "", "（下转A04版）"] if rng.random() < 0.5 else ["（上接A01版）", "", *lines]
    if rng.random() < style.middle and len(heading.split("\n", 1)[0]) > style.width + 2:
        place = rng.randint(len(lines) // 3, len(lines) * 2 // 3)
        return ["\n".join(lines[:place]), heading, "\n".join(lines[place:])]
    body = "\n".join(lines)
    return [body, heading] if rng.random() < style.behind else [heading, body]


def _set_heading(draft: Draft, style: Style, rng: random.Random) -> str:
    """Headline and kickers. Kickers stand apart unless the headline is wider than a column: without the size of the
    type nobody could tell a kicker right below from a second line of the headline."""
    title = _set_title(draft.headline, style, rng)
    wide = len(title) == 1 and len(title[0]) > style.width + 2
    return (rng.choice(["\n", "\n\n"]) if wide else "\n\n").join(["\n".join(title), *draft.kickers])


def _set_title(title: str, style: Style, rng: random.Random) -> list[str]:
    """A headline on one line across columns, or on two about equal ones where it is too long for its column."""
    if len(title) <= style.width or len(title) > 2 * style.width - 2 or rng.random() < 0.5:
        return [title]
    cut = (len(title) + 1) // 2 + rng.choice([0, 1])
    return [title[:cut], title[cut:]]


def _set_body(draft: Draft, style: Style, rng: random.Random) -> Iterator[str]:
    byline, alone = draw_byline(draft.authors, rng)
    if byline and alone:
        yield byline + ("\n" if style.blank_lines else "")
    for index, paragraph in enumerate(draft.paragraphs):
        if paragraph.startswith("#"):
            yield ("" if style.blank_lines else "\n") + paragraph[1:] + "\n"
            continue
        text = byline + paragraph if byline and not alone and index == 0 else paragraph
        yield from _break_columns(list(wrap(text, style)), style, rng)
        if style.blank_lines and index + 1 < len(draft.paragraphs):
            yield ""


def draw_byline(authors: Sequence[str], rng: random.Random) -> tuple[str, bool]:
    """Who wrote it, or where the report comes from; and whether that stands on a line of its own."""
    if not authors:
        return rng.choice(["", "", "新华社渝州4月28日电 ", "本报讯 "]), False
    names = " ".join(authors)
    return rng.choice(
        [
            (f"本报讯 （记者 {names}）", False),
            (f"（记者 {names}）", False),
            (f"新华社渝州4月28日电（记者 {'、'.join(authors)}）", False),
            (f"□本报记者 {names}", True),
            (f"本报记者 {names}", True),
        ]
    )


def _break_columns(lines: Sequence[str], style: Style, rng: random.Random) -> Iterator[str]:
    """The lines, with a blank one or a page mark between some that belong together."""
    for index, line in enumerate(lines):
        yield line
        if index + 1 < len(lines) and rng.random() < style.breaks:
            yield ""
            if rng.random() < style.marks / style.breaks:
                yield f"{rng.randint(1, 16)}\n"


def wrap(text: str, style: Style) -> Iterator[str]:
    """Lines that fill the column; punctuation never begins one, words and numbers stay whole."""
    line = "　　" if style.indented else ""
    room = style.width - 2
    for word in _find_words(text):
        size = sum(1 if ord(ch) > 0x2000 else 0.5 for ch in word)
        if size > room and word not in _NO_LINE_START and line.strip():
            held = line[-1] if line[-1] in _NO_LINE_END else ""
            yield line.removesuffix(held)
            line, room = held, style.width - len(held)
        line += word
        room -= size
    if line.strip():
        yield line


def _find_words(text: str) -> Iterator[str]:
    """Single characters; runs of Western letters and digits whole."""
    word = ""
    for ch in text:
        if ch.isascii() and (ch.isalnum() or ch in ".%,-"):
            word += ch
            continue
        if word:
            yield word
        word = ""
        yield ch
    if word:
        yield word
