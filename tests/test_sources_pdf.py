"""PDF pages: reading order, headings, and the ways in which a PDF cannot be read. Printing is left to `verify`."""

from __future__ import annotations

import random
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pages.compose import Draft, compose_page, draw_drafts, draw_style
from pages.drafts import count_right, flatten, read_drafts
from pages.pdf import Placed, compose_sheets, encrypt, join_objects, write_pdf, write_picture
from pages.printing import compose_newspaper, find_browser, print_pdfs

from kg.build import build_files
from kg.errors import SourceError
from kg.layout import find_articles
from kg.model import Article, Page
from kg.pipeline import read_article
from kg.sources.html import read_html
from kg.sources.limits import LIMITS
from kg.sources.pdf import read_pdf
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
SPECKS = [(i % 25 * 30, i // 25 * 2, 1, "字") for i in range(LIMITS["KG_MAX_PDF_LINES"] + 1)]
BROKEN = [
    (GOOD[: len(GOOD) // 3], "damaged"),
    (b"%PDF-1.7\n" + b"\x00" * 100, "damaged"),
    (encrypt(GOOD), "encrypted"),
    (write_picture(), "OCR"),
    (write_pdf([[(50, 700, 12, "没有对照表")]], unmapped=True), "OCR"),
    (
        write_pdf(
            [[(i % 25 * 30, i // 25 * 2, 1, "字") for i in range(LIMITS["KG_MAX_PDF_LINES"] + 1)]], size=(800, 900)
        ),
        "lines on a page",
    ),
    (join_objects([*MANY, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 10 10]>>"]), "more than 400 pages"),
]


@pytest.mark.parametrize(("data", "said"), BROKEN)
def test_a_pdf_that_cannot_be_read_is_named_with_a_way_out(data: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=rf"^bad\.pdf: is an? .*{said}") as caught:
        read_pdf(data, "bad.pdf")
    assert "; " in str(caught.value)


def test_pages_that_cannot_be_read_are_noted_and_the_others_read() -> None:
    (page,) = read_pdf(write_pdf([list(place(50, 700, FIRST)), [], []], pictures=(1, 2)), "a.pdf")
    assert FIRST[0] in page.text
    (note,) = page.notes
    assert note.startswith("pages 2, 3 are only pictures; run it through OCR first (ocrmypdf")


def test_the_report_of_a_build_names_pages_that_could_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(write_pdf([list(place(50, 700, FIRST)), []], pictures=(1,)))
    report = build_files([path], out=tmp_path / "out", progress=False)
    (one,) = report.inputs
    assert one.status == "ok"
    assert one.error is not None
    assert one.error.startswith("page 2 is only a picture; run it through OCR first")
    assert report.problems == ()
    assert report.notes == (f"{path}: {one.error}",)


@pytest.mark.parametrize("name", ["KG_MAX_PDF_PAGES", "KG_MAX_PDF_CHARACTERS", "KG_MAX_PDF_LINES"])
def test_limits_of_a_pdf_can_be_set(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    data = write_pdf([list(place(50, 700, FIRST)), list(place(50, 700, SECOND))])
    monkeypatch.setenv(name, "1")
    with pytest.raises(SourceError, match=rf"more than 1 .*set {name}"):
        read_pdf(data, "a.pdf")


@pytest.mark.verify
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux limits the memory of a process")
def test_a_pdf_that_unpacks_to_gigabytes_is_refused() -> None:
    """2 MB that are 2 GB: 20 MB of spaces, a hundred times, packed twice."""
    packer = zlib.compressobj(9)
    once = b"".join(packer.compress(b" " * 20_000_000) for _ in range(100)) + packer.flush()
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>"
    content = b"<</Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (len(once), once)
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    bomb = join_objects([b"<</Type/Catalog/Pages 2 0 R>>", pages, page, content])
    try:
        assert read_pdf(bomb, "bomb.pdf") == ()
    except SourceError as error:
        assert "bytes of memory" in str(error)


def test_a_pdf_without_anything_has_no_pages() -> None:
    assert read_pdf(write_pdf([[]]), "empty.pdf") == ()


def test_the_same_pdf_gives_the_same_pages() -> None:
    assert read_pdf(GOOD, "a.pdf") == read_pdf(GOOD, "a.pdf")


needs_browser = pytest.mark.skipif(find_browser() is None, reason="no Chromium here to print with")


def draw_newspapers(seeds: range) -> Iterator[tuple[str, list[Draft]]]:
    """Pages as HTML, with the articles on them."""
    pool = read_drafts()
    for seed in seeds:
        rng = random.Random(seed)
        drafts = draw_drafts(pool, rng)
        yield compose_newspaper(drafts, rng), drafts


def read_printed(data: bytes) -> list[Article]:
    return [article for page in read_pdf(data, "page.pdf") for article in find_articles(page)]


def test_pages_set_by_hand_are_cut_where_they_should_be() -> None:
    right = total = 0
    for seed in range(6):
        rng = random.Random(seed)
        drafts = [replace(draft, kickers=()) for draft in draw_drafts(read_drafts(), rng)]
        right += count_right(drafts, read_printed(write_pdf(compose_sheets(drafts, rng))))
        total += len(drafts)
    assert right >= 0.95 * total, f"{right} of {total}"


@needs_browser
@pytest.mark.parametrize("seeds", [range(2), pytest.param(range(1000, 1200), marks=pytest.mark.verify)])
def test_of_printed_pages_95_per_cent_of_the_articles_are_cut_exactly(seeds: range) -> None:
    drawn = list(draw_newspapers(seeds))
    right = total = 0
    for data, (_, drafts) in zip(print_pdfs(html for html, _ in drawn), drawn, strict=True):
        right += count_right(drafts, read_printed(data))
        total += len(drafts)
    assert right >= 0.95 * total, f"{right} of {total}"


@needs_browser
@pytest.mark.parametrize("seeds", [range(2, 3), pytest.param(range(300, 330), marks=pytest.mark.verify)])
def test_facts_of_a_page_are_the_same_from_text_html_and_pdf(seeds: range) -> None:
    """But for one article in forty, where text alone does not tell that a sentence goes on over a break."""
    drawn = list(draw_newspapers(seeds))
    compared = total = 0
    different: list[str] = []
    for data, (html, drafts), seed in zip(print_pdfs(html for html, _ in drawn), drawn, seeds, strict=True):
        rng = random.Random(seed)
        text = compose_page(drafts, rng, style=replace(draw_style(rng), middle=0.0))
        forms = [
            find_facts(find_articles(Page("a.txt", text, date=date(2021, 4, 29)))),
            find_facts([each for page in read_html(html.encode(), "a.html") for each in find_articles(page)]),
            find_facts(read_printed(data)),
        ]
        for draft in drafts:
            key = draft.headline, flatten(draft.body)
            found = [form[key] for form in forms if key in form]
            different += [draft.headline] if any(facts != found[0] for facts in found) else []
            compared += len(found) == len(forms)
            total += 1
    assert compared >= 0.9 * total, f"{compared} of {total} come out in all three forms"
    assert len(different) <= compared / 40, different


def find_facts(articles: Iterable[Article]) -> dict[tuple[str, str], set[tuple[object, ...]]]:
    """The facts of each article; and each quote is what stands at its place."""
    facts: dict[tuple[str, str], set[tuple[object, ...]]] = {}
    for article in articles:
        reading = read_article(article)
        for fact in (*reading.statements, *reading.observations):
            assert all(article.body[each.start : each.end] == each.quote for each in fact.evidence)
        facts[article.headline, flatten(article.body)] = {
            *((each.subject, each.relation, each.object, each.qualifiers) for each in reading.statements),
            *((each.of, each.measure, each.value, each.unit) for each in reading.observations),
        }
    return facts
