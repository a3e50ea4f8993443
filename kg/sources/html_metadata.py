"""What a web page says of its article: headline, kickers, authors, date, paper.

Asked in this order: the comment that the digital editions of newspapers carry (`enpproperty`), JSON-LD, `<meta>`, what
a reader sees at the head of the article, and for the date at last the page's address.
"""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from selectolax.lexbor import LexborHTMLParser

from kg.dates import parse_date
from kg.layout.bylines import is_person
from kg.layout.heads import parse_page_head
from kg.sources.html_blocks import Block
from kg.text import normalise

_ENP = re.compile(r"<!--\s*enpproperty(.{0,20000}?)/?enpproperty\s*-->", re.DOTALL)
_ENP_FIELD = re.compile(r"<(date|author|title|subtitle|introtitle|nodename)>(.{0,600}?)</\1>", re.DOTALL)
_TAGS = re.compile(r"<[^<>]{0,300}>")
_DATES = """
article:published_time publishdate pubdate publish-date publish_time publishtime date og:pubdate og:release_date
datepublished article:create_at firstpublishtime apub:time weibo:article:create_at og:time dc.date
"""
_META_DATES = tuple(_DATES.split())
_META_TITLES = ("og:title", "articletitle", "twitter:title", "title", "headline")
_META_AUTHORS = ("author", "article:author", "og:article:author", "byl")
_META_SOURCES = ("contentsource", "source", "mediaid", "og:site_name", "publisher")
_URL_DAY = re.compile(r"/(?:t|content_|a/)?(20\d\d)[-/_]?(0\d|1[0-2])[-/_]?([0-2]\d|3[01])(?!\d)")
_TITLE_TAIL = re.compile(r"\s*(?:[_|｜]|\s[-–—]+\s|--|\s?-(?=[^-]{2,12}$))\s*[^_|｜]{1,40}$")
_SOURCE = re.compile(r"(?:来源|稿源|来源于|文章来源|信息来源)\s*[：:]\s*《?([^\s\d：:|｜》【】（）()<>]{2,20})")
_AUTHOR = re.compile(r"(?:作者|撰文|记者)\s*[：:]?\s*((?:[\u4e00-\u9fff]{2,4}[ 、，,/]{0,3}){1,4})(?![\u4e00-\u9fff])")
_SECTION = re.compile(r"第?[A-Z]?\d{1,3}版")
_NEAR = 15
_INFO_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Metadata:
    """`place` is the block that is the headline, -1 where no block is."""

    headline: str = ""
    kickers: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    date: date | None = None
    paper: str | None = None
    section: str | None = None
    place: int = -1


def read_metadata(tree: LexborHTMLParser, html: str, blocks: Sequence[Block], body: int) -> Metadata:
    """What the page says; `body` is the place of the first block of the article's body."""
    enp = _read_enp(html)
    linked = _read_json(tree)
    meta = _read_meta(tree)
    titles = [enp.get("title", ""), linked.get("headline", ""), *_pick(meta, _META_TITLES), _read_title(tree)]
    place = _find_headline(blocks[:body], [title for title in titles if title])
    if place >= 0:
        headline = blocks[place].text
    else:
        headline = _find_heading(blocks[max(body - 6, 0) : body]) or _cut_tail(next(filter(None, titles), ""))
    info = [block.text for block in blocks[max(place, 0) + 1 : max(place, 0) + _NEAR] if len(block.text) < _INFO_LENGTH]
    dates = [enp.get("date", ""), linked.get("date", ""), *_pick(meta, _META_DATES), *_read_times(tree), *info]
    return Metadata(
        headline=enp.get("title") or headline,
        kickers=tuple(enp[key] for key in ("introtitle", "subtitle") if enp.get(key)),
        authors=_find_authors([enp.get("author", ""), linked.get("author", ""), *_pick(meta, _META_AUTHORS)], info),
        date=next((day for text in dates if (day := parse_date(text))), None) or _find_url_day(tree, html),
        paper=_find_paper(info, [*_pick(meta, _META_SOURCES), linked.get("publisher", "")]),
        section=next(iter(_SECTION.findall(enp.get("nodename", ""))), None),
        place=place,
    )


def _read_enp(html: str) -> dict[str, str]:
    match = _ENP.search(html)
    fields = _ENP_FIELD.findall(match[1]) if match else []
    return {key: _clean(value) for key, value in fields if _clean(value) not in ("", "null")}


def _read_json(tree: LexborHTMLParser) -> dict[str, str]:
    """Headline, date, author and publisher as JSON-LD names them."""
    for node in tree.css('script[type="application/ld+json"]'):
        try:
            found = json.loads(node.text() or "")
        except (ValueError, RecursionError):
            continue
        for part in _find_parts(found):
            if isinstance(part.get("headline"), str):
                named = {key: _name(part.get(key)) for key in ("headline", "author", "publisher")}
                return named | {"date": _name(part.get("datePublished"))}
    return {}


def _find_parts(found: object) -> Iterator[Mapping[str, object]]:
    candidates = found if isinstance(found, list) else [found]
    for each in candidates:
        if isinstance(each, dict):
            yield each
            graph = each.get("@graph")
            yield from (part for part in (graph if isinstance(graph, list) else []) if isinstance(part, dict))


def _name(value: object) -> str:
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, dict):
        return _clean(str(value.get("name") or ""))
    if isinstance(value, list):
        return "、".join(_name(each) for each in value[:10] if not isinstance(each, list))
    return ""


def _read_meta(tree: LexborHTMLParser) -> dict[str, str]:
    meta: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        key = attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
        meta.setdefault(key.lower(), _clean(attributes.get("content") or ""))
    return meta


def _read_times(tree: LexborHTMLParser) -> list[str]:
    return [node.attributes.get("datetime") or "" for node in tree.css("time[datetime]")[:1]]


def _read_title(tree: LexborHTMLParser) -> str:
    node = tree.css_first("title")
    return _clean(node.text()) if node is not None else ""


def _pick(meta: Mapping[str, str], keys: Iterable[str]) -> list[str]:
    return [meta[key] for key in keys if meta.get(key)]


def _clean(text: str) -> str:
    return normalise(entities.unescape(_TAGS.sub("", text)), wrapped=True)[0]


def _cut_tail(title: str) -> str:
    """`签约_要闻_渝州网` without what the site adds."""
    previous = ""
    while title != previous:
        previous, title = title, _TITLE_TAIL.sub("", title)
    return title


def _find_headline(blocks: Sequence[Block], titles: Sequence[str]) -> int:
    """The place of the block that says what the page's title says: a heading before others, then the longest."""
    keys = [_key(title) for title in titles]
    best, place = (False, 0), -1
    for index, block in enumerate(blocks):
        key = _key(block.text)
        if len(key) < 5 or len(block.text) > 100 or block.linked or parse_page_head(block.text):
            continue
        if any(key in title or (len(title) > 8 and title in key) for title in keys):
            rank = (block.level > 0, len(key))
            best, place = (rank, index) if rank > best else (best, place)
    return place


def _find_heading(blocks: Sequence[Block]) -> str:
    """The heading nearest above the body, for pages whose title is the site's."""
    found = (block.text for block in reversed(blocks) if block.level and not block.linked and len(block.text) >= 8)
    return next(found, "")


def _key(text: str) -> str:
    return "".join(ch for ch in text if ch.isalnum())


def _find_authors(named: Iterable[str], info: Iterable[str]) -> tuple[str, ...]:
    """Names of people: what is named as author, if it is names and nothing else; else what a line says behind 作者."""
    for text in named:
        words = [
            word for word in re.split(r"[\s、，,;；/|]+|(?:见习|首席|实习|特约)?(?:记者|通讯员)[：:]?", text) if word
        ]
        if words and all(map(is_person, words)) and len(words) < 8:
            return tuple(dict.fromkeys(words))
    found = (match[1] for text in info if (match := _AUTHOR.search(text)))
    return tuple(dict.fromkeys(word for word in re.split(r"[ 、，,/]+", next(found, "")) if is_person(word)))


def _find_paper(info: Iterable[str], named: Iterable[str]) -> str | None:
    said = (match[1].strip("，。、") for text in info if (match := _SOURCE.search(text)))
    return next(said, None) or next((text for text in named if 2 <= len(text) <= 20), None)


def _find_url_day(tree: LexborHTMLParser, html: str) -> date | None:
    """The day in the page's own address: `/2021-04/29/`, `/20210429/`, `t20210429_`."""
    nodes = tree.css('link[rel="canonical"], meta[property="og:url"]')
    urls = [node.attributes.get("href") or node.attributes.get("content") or "" for node in nodes]
    saved = re.search(r"<!-- saved from url=\(\d+\)(\S{1,500}) -->", html[:5000])
    for url in [*urls, saved[1] if saved else ""]:
        if match := _URL_DAY.search(url):
            return parse_date("-".join(match.groups()))
    return None
