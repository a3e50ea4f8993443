"""PDF pages: reading order, headings, and the ways in which a PDF cannot be read. Printing is left to `verify`."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice

import pytest
from pages.compose import Draft
from pages.pdf import Placed, encrypt, join_objects, write_pdf, write_picture
from pages.printing import compose_newspaper, find_browser, print_pdfs
from test_layout import REPORTERS, read_drafts

from kg.errors import SourceError
from kg.layout import find_articles
from kg.model import Article, Page
from kg.pipeline import read_article
from kg.sources.pdf import MAX_LINES, MAX_PAGES, read_pdf
from kg.text import HEADING_MARK, HEADLINE_MARK

FIRST = ["江湾港集团昨日公布，一季", "度全港完成货物吞吐量一千", "二百六十万吨，增长较快。"]
SECOND = ["增长主要来自铁水联运，连", "接码头的铁路通车，煤炭不", "再倒装卡车，省下不少钱。"]


def place(left: float, top: float, lines: list[str], size: float = 10) -> Iterator[Placed]:
    """Lines one below the other."""
    for index, line in enumerate(lines):
        yield left, top - index * 1.5 * size, size, line


def read_lines(*placed: Iterator[Placed]) -> list[str]:
    pages = read_pdf(write_pdf([[line for lines in placed for line in lines]]), "page.pdf")
    return [line for page in pages for line in page.text.split("\n") if line]


def test_columns_are_read_one_after_the_other() -> None:
    assert read_lines(place(200, 700, SECOND), place(50, 700, FIRST)) == FIRST + SECOND


def test_a_headline_over_two_columns_comes_before_both() -> None:
    headline = HEADLINE_MARK + "江湾港一季度吞吐量创新高"
    found = read_lines(place(50, 740, [headline[1:]], 22), place(50, 700, FIRST), place(200, 700, SECOND))
    assert found == [headline, *FIRST, *SECOND]


def test_a_headline_below_its_columns_comes_after_both() -> None:
    headline = HEADLINE_MARK + "江湾港一季度吞吐量创新高"
    found = read_lines(place(50, 700, FIRST), place(200, 700, SECOND), place(50, 630, [headline[1:]], 22))
    assert found == [*FIRST, *SECOND, headline]


def test_headlines_side_by_side_stay_with_their_own_columns() -> None:
    heads = place(50, 740, ["江湾港"], 22), place(200, 740, ["货运站"], 22)
    found = read_lines(*heads, place(50, 700, FIRST), place(200, 700, SECOND))
    assert found == [HEADLINE_MARK + "江湾港", *FIRST, HEADLINE_MARK + "货运站", *SECOND]


def test_a_headline_of_two_lines_is_one_and_a_smaller_one_is_a_lesser_heading() -> None:
    heads = place(50, 750, ["江湾港一季度", "吞吐量创新高"], 20), place(50, 690, ["同比增长一成"], 12)
    found = read_lines(*heads, place(50, 660, FIRST * 2))
    assert found[:2] == [HEADLINE_MARK + "江湾港一季度吞吐量创新高", HEADING_MARK + "同比增长一成"]


def test_a_paragraph_that_is_set_in_says_so() -> None:
    found = read_lines(place(70, 700, [FIRST[0]]), place(50, 685, [*FIRST[1:], *SECOND]))
    assert found[0] == "　　" + FIRST[0]
    assert found[1] == FIRST[1]


def test_type_printed_twice_for_weight_is_read_once() -> None:
    assert read_lines(place(50, 700, FIRST), place(50.4, 700, FIRST)) == FIRST


def test_page_numbers_go_and_page_heads_stay() -> None:
    (page,) = read_pdf(
        write_pdf([[(50, 780, 9, "渝州经济报 2021年4月29日 A03版"), *place(50, 700, FIRST), (290, 20, 9, "— 3 —")]]),
        "a.pdf",
    )
    assert page.text.startswith("渝州经济报 2021年4月29日 A03版\n")
    assert "3 —" not in page.text


def test_a_sheet_without_a_heading_goes_on_with_the_one_before() -> None:
    headline = [(50.0, 740.0, 22.0, "江湾港一季度吞吐量创新高")]
    sheets = [[*headline, *place(50, 700, FIRST)], list(place(50, 700, SECOND)), [*headline, *place(50, 700, FIRST)]]
    pages = read_pdf(write_pdf(sheets), "a.pdf")
    assert len(pages) == 2
    assert SECOND[-1] in pages[0].text


GOOD = write_pdf([list(place(50, 700, FIRST))])
MANY = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%b]/Count 2000>>" % (b"3 0 R " * 2000)]
BROKEN = [
    (GOOD[: len(GOOD) // 3], "damaged"),
    (b"%PDF-1.7\n" + b"\x00" * 100, "damaged"),
    (encrypt(GOOD), "encrypted"),
    (write_picture(), "OCR"),
    (write_pdf([[(50, 700, 12, "没有对照表")]], unmapped=True), "OCR"),
    (write_pdf([[(i % 25 * 30, i // 25 * 2, 1, "字") for i in range(MAX_LINES + 1)]]), "lines on a page"),
    (join_objects([*MANY, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 10 10]>>"]), f"2,000 pages, more than {MAX_PAGES}"),
]


@pytest.mark.parametrize(("data", "said"), BROKEN)
def test_a_pdf_that_cannot_be_read_is_named_with_a_way_out(data: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=rf"^bad\.pdf: is an? .*{said}") as caught:
        read_pdf(data, "bad.pdf")
    assert "; " in str(caught.value)


def test_a_pdf_without_anything_has_no_pages() -> None:
    assert read_pdf(write_pdf([[]]), "empty.pdf") == ()


def test_the_same_pdf_gives_the_same_pages() -> None:
    assert read_pdf(GOOD, "a.pdf") == read_pdf(GOOD, "a.pdf")


needs_browser = pytest.mark.skipif(find_browser() is None, reason="no Chromium here to print with")


def draw_newspapers(seeds: range) -> Iterator[tuple[str, list[Draft]]]:
    pool = read_drafts()
    for seed in seeds:
        rng = random.Random(seed)
        drawn = rng.sample(pool, rng.randint(2, min(6, len(pool))))
        drafts = [
            Draft(d.headline, d.paragraphs, (), tuple(rng.sample(REPORTERS, rng.choice([0, 1, 1, 2])))) for d in drawn
        ]
        yield compose_newspaper(drafts, rng), drafts


def read_printed(data: bytes) -> list[Article]:
    return [article for page in read_pdf(data, "page.pdf") for article in find_articles(page)]


@needs_browser
@pytest.mark.verify
def test_of_200_printed_pages_95_per_cent_of_the_articles_are_cut_exactly() -> None:
    drawn = list(draw_newspapers(range(200)))
    right = total = 0
    for data, (_, drafts) in zip(print_pdfs(html for html, _ in drawn), drawn, strict=True):
        found = {(article.headline, article.body, article.authors) for article in read_printed(data)}
        right += sum((draft.headline, draft.body, draft.authors) in found for draft in drafts)
        total += len(drafts)
    assert right >= 0.95 * total, f"{right} of {total}"


@needs_browser
@pytest.mark.verify
def test_facts_from_a_printed_page_are_those_from_its_text() -> None:
    drawn = list(islice(draw_newspapers(range(300, 310)), 10))
    wrong = []
    for data, (_, drafts) in zip(print_pdfs(html for html, _ in drawn), drawn, strict=True):
        printed = {article.headline: article for article in read_printed(data)}
        for draft in drafts:
            text = f"{draft.headline}\n日期：2021-04-29\n{draft.body}\n"
            (plain,) = find_articles(Page("a.txt", text))
            if draft.headline not in printed or find_facts(plain) != find_facts(printed[draft.headline]):
                wrong.append(draft.headline)
    assert len(wrong) <= 1, wrong


def find_facts(article: Article) -> set[tuple[object, ...]]:
    reading = read_article(article)
    facts = {(each.subject, each.relation, each.object, each.qualifiers) for each in reading.statements}
    return facts | {(each.of, each.measure, each.value, each.unit) for each in reading.observations}
