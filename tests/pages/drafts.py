"""The articles that pages are set from, and how many of them come out again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from pages.compose import Draft

from kg.layout import find_articles
from kg.model import Article, Page

PATH = Path(__file__).parent / "drafts.txt"
_KICKERS = {
    "青禾县与三家药企签约总投资18亿元": ("医药产业园道路管网已经完工",),
    "江湾港一季度吞吐量创新高": ("铁水联运每吨省下12元", "船舶在港时间缩短10小时"),
    "白鹭湖湿地公园开园首月迎客22万": ("昔日采砂场如今看小天鹅",),
    "星桥机床拿下海外最大订单": ("首批40台设备11月前交付",),
}


def read_drafts() -> tuple[Draft, ...]:
    """Our own six articles."""
    articles = find_articles(Page("drafts.txt", PATH.read_text("utf-8")))
    return tuple(map(make_draft, articles))


def make_draft(article: Article) -> Draft:
    """An article as if it were still to be set."""
    return Draft(article.headline, tuple(article.body.split("\n")), _KICKERS.get(article.headline, ()))


def count_right(drafts: Iterable[Draft], articles: Sequence[Article], *, paragraphs: bool = True) -> int:
    """How many drafts come out with headline, body and authors exactly; without `paragraphs`, line breaks aside."""
    write = str if paragraphs else flatten
    found = {(article.headline, write(article.body), article.authors) for article in articles}
    return sum((draft.headline, write(draft.body), draft.authors) in found for draft in drafts)


def flatten(body: str) -> str:
    return body.replace("\n", "")
