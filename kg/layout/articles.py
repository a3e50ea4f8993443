"""From the groups of a page to articles: headline, kickers, authors, normalised body and its map to the page."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kg.layout.bylines import parse_byline
from kg.layout.extras import drop_extras
from kg.layout.grouping import Group, group_paragraphs
from kg.layout.lines import Heading, Line, is_wrapped, read_lines
from kg.layout.paragraphs import Paragraph, make_marked, make_paragraphs
from kg.layout.plain import find_sections
from kg.layout.sheets import find_sheets
from kg.model import Article, Page, Span
from kg.places import place_body
from kg.text import HEADLINE_MARK, Text, join_paragraphs, normalise_lines

# A display line shorter than this share of its group's widest is a line by itself, not the first half of one.
_RUNS_ON = 0.6
# No headline is longer than this; lines that would make a longer one are titles by themselves.
_MAX_TITLE = 27.0


@dataclass(frozen=True, slots=True)
class _Body:
    text: str
    origin: tuple[int, ...]
    authors: tuple[str, ...]


def find_articles(page: Page) -> tuple[Article, ...]:
    """The articles of a page, or of the several that a file holds, in order; none where nothing reads like one.

    The page's own date, paper and section count where its head does not say them; date and paper hold until another
    head says otherwise.
    """
    articles: list[Article] = []
    known = replace(page, placed=())
    for span in find_sheets(page.text):
        sheet = replace(known, text=page.text[span.start : span.end])
        lines, headings = read_lines(sheet.text)
        found = (_make_article(sheet, group, headings) for group in _find_groups(lines, headings))
        articles += [_shift(article, span.start) for article in found if article.body]
        day, paper, _ = _read_head(known, [each for each in headings if not each.of_article], len(sheet.text))
        known = replace(known, date=day, paper=paper)
    return tuple(replace(each, placed=place_body(each.origin, page.placed)) for each in articles)


def _shift(article: Article, start: int) -> Article:
    return replace(article, origin=tuple(place + start for place in article.origin)) if start else article


def _find_groups(lines: Sequence[Line], headings: Sequence[Heading]) -> tuple[Group, ...]:
    if is_wrapped(lines):
        return group_paragraphs(make_paragraphs(drop_extras(lines)))
    if any(line.mark for line in lines[1:]) and sum(line.mark == HEADLINE_MARK for line in lines) > 1:
        return group_paragraphs(make_marked(drop_extras(lines)))
    return find_sections(lines, headings)


def make_page_id(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def _make_article(page: Page, group: Group, headings: Sequence[Heading]) -> Article:
    body = _make_body(page.text, group.body)
    headline, *kickers = _make_titles(page.text, group) or [_make_title(body.text)]
    place = min(body.origin, default=0)
    day, paper, section = _read_head(page, headings, place)
    return Article(
        headline=headline,
        body=body.text,
        kickers=tuple(kickers),
        authors=body.authors,
        date=day,
        paper=paper,
        section=section,
        origin=body.origin,
        page_id=make_page_id(page.text),
    )


def _read_head(page: Page, headings: Sequence[Heading], place: int) -> tuple[date | None, str | None, str | None]:
    """What the heads above the body say, the nearest first; else those below; else what the page itself knows."""
    above = [heading for heading in headings if heading.place <= place][::-1]
    ranked = above + [heading for heading in headings if heading.place > place and not heading.of_article]
    day = next((heading.date for heading in ranked if heading.date), page.date)
    paper = next((heading.paper for heading in ranked if heading.paper), page.paper)
    section = next((heading.section for heading in ranked if heading.section), page.section)
    return day, paper, section


def _make_body(text: str, paragraphs: Sequence[Paragraph]) -> _Body:
    """The paragraphs' text without bylines; crossheads are paragraphs of their own."""
    texts: list[Text] = []
    authors: list[str] = []
    for lines in _join_broken(paragraphs):
        spans, names = _cut_byline(text, lines)
        authors += names
        texts.append(normalise_lines(text, spans))
    body, origin = join_paragraphs(texts)
    return _Body(body, origin, tuple(dict.fromkeys(authors)))


def _join_broken(paragraphs: Sequence[Paragraph]) -> list[list[Line]]:
    """Lines of each paragraph; one that a heading breaks in mid-sentence is whole again, the heading behind it."""
    whole: list[list[Line]] = []
    held: list[list[Line]] = []
    broken = False
    for paragraph in paragraphs:
        if paragraph.display:
            (held if broken else whole).extend(join_display(paragraph))
        elif broken:
            whole[-1] += paragraph.lines
            broken = paragraph.broken
        else:
            whole.append(list(paragraph.lines))
            broken = paragraph.broken
        if not broken:
            whole += held
            held = []
    return whole + held


def _cut_byline(text: str, lines: Sequence[Line]) -> tuple[list[Span], tuple[str, ...]]:
    """The spans of a paragraph's lines without the byline in front, and the people it names."""
    spans = [line.span for line in lines]
    byline = parse_byline("\n".join(text[span.start : span.end] for span in spans))
    if byline is None:
        return spans, ()
    left = byline.length
    kept: list[Span] = []
    for span in spans:
        length = span.end - span.start
        if left < length:
            kept.append(Span(span.start + max(left, 0), span.end))
        left -= length + 1
    return kept, byline.authors


def _make_titles(text: str, group: Group) -> list[str]:
    """The headline, then the kickers. The first group of the headings is the headline's; a wide line in it is a title
    by itself, narrow ones run on over the lines. Other groups are kickers, one to a line."""
    headings = _put_headline_first(group.before or group.behind)
    rest = group.behind if group.before else ()
    titles: list[list[Line]] = []
    for index, paragraph in enumerate((*headings, *rest)):
        titles += join_display(paragraph) if index == 0 and _runs_on(paragraph) else [[x] for x in paragraph.lines]
    return [normalise_lines(text, [line.span for line in lines])[0] for lines in titles]


def _put_headline_first(headings: Sequence[Paragraph]) -> list[Paragraph]:
    """A marked headline before the lesser headings above it."""
    first = next((place for place, each in enumerate(headings) if each.lines[0].mark == HEADLINE_MARK), 0)
    return [*headings[first : first + 1], *headings[:first], *headings[first + 1 :]]


def _runs_on(paragraph: Paragraph) -> bool:
    """The headline goes over several lines: they are narrow, or the first leaves a bracket open."""
    first = paragraph.lines[0].text
    if paragraph.lines[0].mark:
        return False
    if any(first.count(left) > first.count(right) for left, right in ("（）", "《》", "“”")):
        return True
    return not paragraph.wide and sum(line.width for line in paragraph.lines) <= _MAX_TITLE


def join_display(paragraph: Paragraph) -> list[list[Line]]:
    """The lines of a heading, put together where one runs on in the next."""
    widest = max(line.width for line in paragraph.lines)
    titles: list[list[Line]] = [[]]
    for line in paragraph.lines:
        if titles[-1] and titles[-1][-1].width < widest * _RUNS_ON:
            titles.append([])
        titles[-1].append(line)
    return titles


def _make_title(body: str) -> str:
    """A headline for an article that has none: its first words."""
    first = body.split("\n", 1)[0]
    for index, ch in enumerate(first[:40]):
        if ch in "，。！？；：" and index > 5:
            return first[:index]
    return first[:30]
