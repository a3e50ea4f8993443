"""Quotes on the pages of a PDF: what stands within a region is the quote, asked of PDFium without any code of ours."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages.compose import Draft, draw_drafts
from pages.drafts import read_drafts
from pages.pdf import Placed as Words
from pages.pdf import compose_sheets, write_pdf

from kg.layout import find_articles
from kg.model import Article, Page, Placed, Span
from kg.pipeline import read_article
from kg.places import find_regions, place_body
from kg.sources.pdf import read_pdf

_REGION = re.compile(r"page=(\d+)&viewrect=(-?\d+),(-?\d+),(\d+),(\d+)")


def read_centres(data: bytes) -> list[list[tuple[str, float, float]]]:
    """For each page its characters as PDFium has them, with the middle of each, from the upper left corner."""
    return [list(find_centres(page)) for page in pypdfium2.PdfDocument(data)]


def find_centres(page: pypdfium2.PdfPage) -> Iterator[tuple[str, float, float]]:
    low, _, _, high = page.get_bbox()
    text = page.get_textpage()
    for index in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(index, loose=True)
        if left < right:
            yield text.get_text_range(index, 1).strip(), (left + right) / 2 - low, high - (bottom + top) / 2


def read_within(pages: list[list[tuple[str, float, float]]], region: str) -> str:
    """What stands with its middle within a rectangle, white space aside."""
    match = _REGION.fullmatch(region)
    assert match is not None
    number, left, top, width, height = map(int, match.groups())
    inside = (ch for ch, x, y in pages[number - 1] if left <= x <= left + width and top <= y <= top + height)
    return "".join(inside)


def read_articles(data: bytes) -> list[Article]:
    return [article for page in read_pdf(data, "page.pdf") for article in find_articles(page)]


def draw_pdf(seed: int) -> tuple[bytes, list[Draft]]:
    rng = random.Random(seed)
    drafts = draw_drafts(read_drafts(), rng)
    return write_pdf(compose_sheets(drafts, rng)), drafts


def assert_shown(pages: list[list[tuple[str, float, float]]], quote: str, regions: list[str]) -> None:
    """The quote stands there in one piece; beside it no more than what fills up the lines of its rectangles."""
    words = "".join(quote.split())
    found = "".join(read_within(pages, region) for region in regions)
    assert words in found


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10_000))
def test_every_stretch_of_an_article_stands_within_its_regions(seed: int) -> None:
    data, _ = draw_pdf(seed)
    pages = read_centres(data)
    rng = random.Random(seed)
    for article in read_articles(data):
        for _ in range(4):
            start = rng.randrange(len(article.body) - 1)
            end = rng.randint(start + 1, min(start + 80, len(article.body)))
            regions = [str(region) for region in find_regions(article.placed, Span(start, end))]
            assert_shown(pages, article.body[start:end], regions)


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10_000))
def test_a_stretch_of_one_line_is_all_that_stands_within_its_region(seed: int) -> None:
    data, _ = draw_pdf(seed)
    pages = read_centres(data)
    rng = random.Random(seed)
    for article in read_articles(data):
        line = rng.choice(article.placed)
        start = rng.randrange(line.span.start, line.span.end)
        span = Span(start, rng.randint(start + 1, line.span.end))
        (region,) = find_regions(article.placed, span)
        assert read_within(pages, str(region)) == "".join(article.body[span.start : span.end].split())


def test_all_evidence_of_an_article_from_a_pdf_is_shown_on_its_page() -> None:
    count = 0
    for seed in range(3):
        data, _ = draw_pdf(seed)
        pages = read_centres(data)
        for article in read_articles(data):
            reading = read_article(article)
            for fact in (*reading.statements, *reading.observations):
                for evidence in fact.evidence:
                    assert evidence.regions
                    assert article.body[evidence.start : evidence.end] == evidence.quote
                    assert_shown(pages, evidence.quote, list(evidence.regions))
                    count += 1
    assert count > 20


LINES = [(50.0, 700.0, 10.0, "江湾港集团昨日公布，一季度"), (50.0, 685.0, 10.0, "全港完成货物吞吐量一千万吨。")]


@pytest.mark.parametrize("turns", range(4))
def test_a_page_that_lies_on_its_side_is_read_as_it_is_turned_to_read(turns: int) -> None:
    """The content is turned one way and the page the other, as landscape pages are made."""
    matrix = {0: "1 0 0 1 0 0", 1: "0 1 -1 0 800 0", 2: "-1 0 0 -1 600 800", 3: "0 -1 1 0 0 600"}[turns]
    size = (600, 800) if turns % 2 == 0 else (800, 600)
    data = write_pdf([LINES], size=size, matrix=matrix)
    data = data.replace(b"/MediaBox", b"/Rotate %d/MediaBox" % (90 * turns))
    (article,) = read_articles(data)
    (upright,) = read_articles(write_pdf([LINES]))
    assert (article.body, article.placed) == (upright.body, upright.placed)


def test_places_count_from_the_corner_of_what_is_seen_of_the_page() -> None:
    data = write_pdf([LINES]).replace(b"/MediaBox", b"/CropBox[30 40 500 760]/MediaBox")
    (article,) = read_articles(data)
    (whole,) = read_articles(write_pdf([LINES]))
    assert [line.edges[0] for line in article.placed] == [line.edges[0] - 30 for line in whole.placed]
    assert [line.top for line in article.placed] == [line.top - 40 for line in whole.placed]


def test_what_printers_note_outside_of_the_page_is_not_read() -> None:
    notes: list[Words] = [(50, 780, 10, "印张一号，青色版，请勿裁切。")]
    data = write_pdf([[*LINES, *notes]]).replace(b"/MediaBox", b"/CropBox[30 40 500 760]/MediaBox")
    (article,) = read_articles(data)
    assert "印张" not in article.headline + article.body


def make_line(start: int, end: int, *, page: int = 1, left: int = 0, top: int = 0) -> Placed:
    return Placed(Span(start, end), page, top, 10, tuple(range(left, left + 10 * (end - start) + 1, 10)))


COLUMN = (make_line(0, 4), make_line(4, 8, top=15), make_line(8, 12, left=100), make_line(12, 16, page=2))
SPANS = [
    (Span(1, 3), ["page=1&viewrect=10,0,20,10"]),
    (Span(2, 6), ["page=1&viewrect=0,0,40,25"]),
    (Span(3, 5), ["page=1&viewrect=0,0,40,25"]),
    (Span(7, 9), ["page=1&viewrect=30,15,10,10", "page=1&viewrect=100,0,10,10"]),
    (Span(11, 13), ["page=1&viewrect=130,0,10,10", "page=2&viewrect=0,0,10,10"]),
    (Span(20, 30), []),
]


@pytest.mark.parametrize(("span", "regions"), SPANS)
def test_a_region_for_each_column_that_a_quote_runs_through(span: Span, regions: list[str]) -> None:
    assert [str(region) for region in find_regions(COLUMN, span)] == regions


def test_a_body_knows_the_places_of_its_own_characters_only() -> None:
    """The map leaves out a byline, and what stands between lines."""
    placed = place_body((2, 3, 100, 4, 5, 12), COLUMN)
    assert [(line.span, line.edges) for line in placed] == [
        (Span(0, 2), (20, 30, 40)),
        (Span(3, 5), (0, 10, 20)),
        (Span(5, 6), (0, 10)),
    ]
    assert place_body((1, 2), ()) == ()


def test_an_article_from_a_text_file_has_no_places_on_a_page() -> None:
    (article,) = find_articles(Page("a.txt", "标题\n正文说了一件事。\n"))
    assert article.placed == ()
