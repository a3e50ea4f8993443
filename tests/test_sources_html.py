"""Web pages: encodings, what a page says of its article, what of it is the article, and pages that are no good."""

from __future__ import annotations

import random
import re
import socket
from datetime import date
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages.compose import REPORTERS, Draft, draw_drafts
from pages.drafts import count_right, read_drafts
from pages.printing import compose_newspaper, compose_site

from kg.errors import SourceError
from kg.layout import find_articles
from kg.model import Article
from kg.sources.html import MAX_PATHS, measure_depth, read_html
from kg.sources.limits import LIMITS

MAX_BYTES, MAX_DEPTH = LIMITS["KG_MAX_HTML_BYTES"], LIMITS["KG_MAX_HTML_DEPTH"]

TITLE = "青禾县与三家药企签约"
FIRST = "青禾县与三家药企签约，总投资18亿元，县长说这是今年的第一个大项目。"
SECOND = "企业开工前的手续由专人代办，医药产业园的道路和管网已经完工。"
BODY = f"<div><p>{FIRST}</p><p>{SECOND}</p></div>"


def read(html: str | bytes) -> tuple[Article, ...]:
    data = html.encode() if isinstance(html, str) else html
    return tuple(article for page in read_html(data, "page.html") for article in find_articles(page))


def wrap(head: str = "", body: str = BODY) -> str:
    return f"<html><head><title>{TITLE}_渝州网</title>{head}</head><body><h1>{TITLE}</h1>{body}</body></html>"


ENCODED = [
    ("utf-8", "utf-8"),
    ("utf-8", "utf-8-sig"),
    ("gb2312", "gb18030"),
    ("gbk", "gb18030"),
    ("big5", "big5"),
    # said wrongly
    ("utf-8", "gb18030"),
    ("gbk", "utf-8"),
    ("iso-8859-1", "gb18030"),
    ("no-such-encoding", "gb18030"),
    # said by a mark alone
    ("", "utf-16"),
    ("", "gb18030"),
]


@pytest.mark.parametrize(("declared", "encoding"), ENCODED)
@pytest.mark.parametrize(
    "meta", ['<meta charset="{}">', '<meta http-equiv="Content-Type" content="text/html; charset={}">']
)
def test_a_page_is_read_in_its_own_encoding_whatever_it_says(declared: str, encoding: str, meta: str) -> None:
    first = FIRST if encoding != "big5" else "青禾縣與三家藥廠簽約，總投資十八億元，縣長說這是今年的第一個大項目。"
    title = first[:9]
    head = f"{meta.format(declared)}<title>{title}</title>"
    (article,) = read(f"<html><head>{head}</head><body><h1>{title}</h1><p>{first}</p></body></html>".encode(encoding))
    assert (article.headline, article.body) == (title, first)


ENP = (
    "<!--enpproperty <articleid>1</articleid><date>2021-04-29 06:00:11.0</date><author>江一帆</author>"
    "<title>青禾县与三家药企签约</title><keyword></keyword><subtitle>总投资18亿元</subtitle><introtitle>医药产业再添动力</introtitle>"
    "<siteid>2</siteid><nodename>A03版：要闻</nodename>/enpproperty-->"
)
JSON = (
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"青禾县与三家药企签约",'
    '"datePublished":"2021-04-29T08:00:00+08:00","author":[{"name":"江一帆"}],"publisher":{"name":"渝州经济报"}}</script>'
)
LINE = "<p>2021年04月29日 08:15 来源：渝州经济报 作者：江一帆</p>"
SAID = [
    (wrap(JSON), "渝州经济报", ("江一帆",)),
    (wrap('<meta name="pubdate" content="2021-04-29 08:00"><meta name="author" content="江一帆">'), None, ("江一帆",)),
    (wrap('<meta property="article:published_time" content="2021-04-29T08:00:00+08:00">'), None, ()),
    (wrap(body=LINE + BODY), "渝州经济报", ("江一帆",)),
    (wrap('<link rel="canonical" href="http://a.cn/html/2021-04/29/content_1.htm">'), None, ()),
    (
        wrap('<link rel="canonical" href="http://a.cn/20210429/c1.html"><meta name="author" content="网络编辑">'),
        None,
        (),
    ),
]


@pytest.mark.parametrize(("html", "paper", "authors"), SAID)
def test_a_page_says_when_where_and_by_whom(html: str, paper: str | None, authors: tuple[str, ...]) -> None:
    (article,) = read(html)
    assert (article.headline, article.date) == (TITLE, date(2021, 4, 29))
    assert (article.paper, article.authors) == (paper, authors)
    assert article.body == f"{FIRST}\n{SECOND}"


def test_a_digital_edition_gives_kickers_and_the_page_of_the_paper() -> None:
    (article,) = read(f"<html><body>{ENP}<!--enpcontent-->{BODY}<!--/enpcontent--></body></html>")
    assert (article.headline, article.kickers) == (TITLE, ("医药产业再添动力", "总投资18亿元"))
    assert (article.authors, article.date, article.section) == (("江一帆",), date(2021, 4, 29), "A03版")


LEFT_OUT = [
    "<script>document.write('<p>不是正文，是一段脚本。</p>')</script>",
    "<p style='display: none'>看不见的一段，谁也读不到它。</p>",
    "<p hidden>看不见的一段，谁也读不到它。</p>",
    "<p><a href='/1'>又一条新闻，讲的是另一件事。</a></p>",
    "<!-- <p>注释里的一段，也不是正文。</p> -->",
    "<p>责任编辑：江一帆</p>",
    "<p>（原标题：青禾签下三家药企）</p>",
    "<p>相关新闻</p><p>三所学校迁入新址，家长说，路近了不少。</p>",
    "<p>免责声明：本文不代表本网观点，请读者自行核实。</p>",
    "<form><p>登录后发表评论，请先注册。</p></form>",
]


@pytest.mark.parametrize("extra", LEFT_OUT)
def test_what_is_no_article_is_left_out(extra: str) -> None:
    (article,) = read(wrap(body=f"<div><p>{FIRST}</p><p>{SECOND}</p>{extra}</div>"))
    assert article.body == f"{FIRST}\n{SECOND}"


def test_crossheads_stay_in_the_body() -> None:
    (article,) = read(wrap(body=f"<div><p>{FIRST}</p><h3>开工前手续专人代办</h3><p>{SECOND}</p></div>"))
    assert article.body == f"{FIRST}\n开工前手续专人代办\n{SECOND}"


@pytest.mark.parametrize("html", ["<html></html>", "<html><body><p>首页</p></body></html>", "<!doctype html>\n"])
def test_a_page_without_prose_is_empty(html: str) -> None:
    assert read(html) == ()


def test_every_character_of_an_article_is_at_its_place_in_the_text_of_its_page() -> None:
    (page,) = read_html(wrap(body=LINE + BODY).encode(), "page.html")
    (article,) = find_articles(page)
    pairs = zip(article.origin, article.body, strict=True)
    assert all(page.text[place] == ch for place, ch in pairs if ch != "\n")


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_every_paragraph_is_found_again_in_the_file_that_it_is_from(seed: int) -> None:
    rng = random.Random(seed)
    html = compose_newspaper(draw_drafts(read_drafts(), rng), rng)
    seen = "".join(unescape(re.sub("<style>.*?</style>|<[^>]*>", "", html)).split())
    for article in read(html):
        for paragraph in article.body.split("\n"):
            assert "".join(paragraph.split()) in seen


DEEP = {
    "divisions": "<div>" * 100_000 + FIRST,
    "list items": "<ul><li>" * 50_000 + FIRST,
    "open tags": "<b " * 100_000 + FIRST,
}


@pytest.mark.parametrize("body", DEEP.values(), ids=DEEP.keys())
def test_a_page_nested_too_deep_is_refused(body: str) -> None:
    with pytest.raises(SourceError, match=rf"^page\.html: .*more than {MAX_DEPTH:,}; save its text"):
        read(f"<html><body>{body}")


def test_a_page_both_long_and_deep_is_refused_before_it_fills_the_memory() -> None:
    depth = MAX_DEPTH - 2
    with pytest.raises(SourceError, match=r"too many elements nested too deep; save its text"):
        read("<html><body>" + "<div>" * depth + "<p>字" * (MAX_PATHS // depth + 1))


@pytest.mark.parametrize(("name", "said"), [("KG_MAX_HTML_BYTES", "bytes, more than 3"), ("KG_MAX_HTML_DEPTH", "deep")])
def test_limits_of_a_web_page_can_be_set(monkeypatch: pytest.MonkeyPatch, name: str, said: str) -> None:
    html = wrap(body="<div><div><div><div>" + BODY)
    assert read(html)
    monkeypatch.setenv(name, "3")
    with pytest.raises(SourceError, match=said):
        read(html)


def test_nothing_that_a_page_refers_to_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """No socket is opened, whatever the page asks for."""

    def refuse(*args: object, **options: object) -> None:
        raise AssertionError(f"a socket is opened: {args} {options}")

    monkeypatch.setattr(socket, "socket", refuse)
    head = (
        '<base href="http://a.cn/"><link rel="stylesheet" href="b.css"><meta http-equiv="refresh" content="0;url=/c">'
    )
    (article,) = read(wrap(f'{head}<script src="d.js"></script>', '<iframe src="/e"></iframe><img src="f.png">' + BODY))
    assert article.body == f"{FIRST}\n{SECOND}"


def test_a_page_nested_as_deep_as_allowed_is_read() -> None:
    (article,) = read("<html><body>" + "<div>" * (MAX_DEPTH - 2) + f"<p>{FIRST}</p>")
    assert article.body == FIRST


def test_a_page_too_large_is_refused() -> None:
    with pytest.raises(SourceError, match="save the article alone"):
        read(b"<html>" + b" " * MAX_BYTES)


@pytest.mark.parametrize(
    ("html", "depth"),
    [("<p>a<p>b<br><img>", 0), ("<div><div></div></div><div></div>", 2), ("</b></b><b>", 1), ("<svg/><b/>", 0)],
)
def test_depth_counts_elements_that_hold_others(html: str, depth: int) -> None:
    assert measure_depth(html) == depth


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*"<>/=\"' 正文，。\x00&", "<h1>", "<h2>", "<p>", "</p>", "<a>", "<br>", FIRST, "<!--", "<div "]
        )
    )
)
def test_no_page_whatever_makes_it_fail(pieces: list[str]) -> None:
    for article in read("<html>" + "".join(pieces)):
        assert article.headline


def count_newspapers(seeds: range) -> tuple[int, int]:
    pool = read_drafts()
    right = total = 0
    for seed in seeds:
        rng = random.Random(seed)
        drafts = draw_drafts(pool, rng)
        right += count_right(drafts, read(compose_newspaper(drafts, rng)))
        total += len(drafts)
    return right, total


def test_web_pages_of_whole_newspaper_pages_are_cut_where_they_should_be() -> None:
    right, total = count_newspapers(range(20))
    assert right >= 0.95 * total, f"{right} of {total}"


@pytest.mark.verify
def test_of_200_web_pages_95_per_cent_of_the_articles_are_cut_exactly() -> None:
    right, total = count_newspapers(range(1000, 1200))
    assert right >= 0.95 * total, f"{right} of {total}"


@pytest.mark.parametrize("seed", range(30))
def test_an_article_among_all_that_a_site_puts_around_it_comes_out_whole(seed: int) -> None:
    rng = random.Random(seed)
    draft = rng.choice(read_drafts())
    draft = Draft(draft.headline, draft.paragraphs, (), tuple(rng.sample(REPORTERS, 1)))
    charset = rng.choice(["utf-8", "gbk"])
    (article,) = read(compose_site(draft, rng, charset=charset).encode(charset))
    assert (article.headline, article.body, article.authors) == (draft.headline, draft.body, draft.authors)
    assert (article.date, article.paper) == (date(2021, 4, 29), "渝州经济报")
