"""Sets articles as a newspaper page and hands them back as its PDF's text would: for tests of `kg.layout`.

Columns of 12 to 20 characters, headings in front of or behind the bodies, bylines, page marks, column breaks in
mid-sentence. The same seed gives the same page.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

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
    """How a page is set. `behind` is the share of articles whose heading follows the body."""

    width: int
    behind: float
    blank_lines: bool
    indented: bool
    marks: float = 0.02
    breaks: float = 0.05


def draw_style(rng: random.Random) -> Style:
    blank = rng.random() < 0.7
    return Style(
        width=rng.randint(12, 20),
        behind=rng.choice([0.0, 0.0, 0.5, 1.0, 1.0]),
        blank_lines=blank,
        indented=not blank or rng.random() < 0.3,
    )


def compose_page(drafts: Sequence[Draft], rng: random.Random, *, style: Style | None = None) -> str:
    """The page's text, its articles in the order given."""
    style = style or draw_style(rng)
    blocks: list[str] = []
    for draft in drafts:
        own = replace(style, width=max(12, min(20, style.width + rng.choice([0, 0, -1, 2]))))
        heading = _set_heading(draft, own, rng)
        body = "\n".join(_set_body(draft, own, rng))
        blocks += [body, heading] if rng.random() < style.behind else [heading, body]
        if rng.random() < 0.3:
            blocks.append("\n".join(str(rng.randint(1, 16)) for _ in range(rng.randint(1, 3))))
    return "\n\n".join(blocks) + "\n"


def _set_heading(draft: Draft, style: Style, rng: random.Random) -> str:
    groups = ["\n".join(_set_title(draft.headline, style, rng)), *draft.kickers]
    return rng.choice(["\n", "\n\n"]).join(groups) if len(groups[0].split("\n")) == 1 else "\n\n".join(groups)


def _set_title(title: str, style: Style, rng: random.Random) -> list[str]:
    """A headline on one line across columns, or on two about equal ones where it is too long for its column."""
    if len(title) <= style.width or len(title) > 2 * style.width - 2 or rng.random() < 0.5:
        return [title]
    cut = (len(title) + 1) // 2 + rng.choice([0, 1])
    return [title[:cut], title[cut:]]


def _set_body(draft: Draft, style: Style, rng: random.Random) -> Iterator[str]:
    byline, alone = _draw_byline(draft.authors, rng)
    if byline and alone:
        yield byline + ("\n" if style.blank_lines else "")
    for index, paragraph in enumerate(draft.paragraphs):
        if paragraph.startswith("#"):
            yield ("" if style.blank_lines else "\n") + paragraph[1:] + "\n"
            continue
        text = byline + paragraph if byline and not alone and index == 0 else paragraph
        yield from _break_columns(list(_wrap(text, style)), style, rng)
        if style.blank_lines and index + 1 < len(draft.paragraphs):
            yield ""


def _draw_byline(authors: Sequence[str], rng: random.Random) -> tuple[str, bool]:
    if not authors:
        return "", False
    names = " ".join(authors)
    return rng.choice([(f"本报讯 （记者 {names}）", False), (f"□本报记者 {names}", True), (f"本报记者 {names}", True)])


def _break_columns(lines: Sequence[str], style: Style, rng: random.Random) -> Iterator[str]:
    """The lines, with a blank one or a page mark between some that belong together."""
    for index, line in enumerate(lines):
        yield line
        if index + 1 < len(lines) and rng.random() < style.breaks:
            yield ""
            if rng.random() < style.marks / style.breaks:
                yield f"{rng.randint(1, 16)}\n"


def _wrap(text: str, style: Style) -> Iterator[str]:
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
