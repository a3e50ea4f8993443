"""Sets articles as HTML: whole newspaper pages to be read or printed, and single articles as news sites serve them.

Headlines stand in front of, behind or amid the bodies, kickers above or below them; there are captions and adverts.
The same seed gives the same page.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from pages.compose import ADVERTS, CAPTIONS, Draft, draw_byline

HEAD = "渝州经济报 2021年4月29日 星期四 A03版 要闻"


def compose_newspaper(drafts: Sequence[Draft], rng: random.Random, *, height: str = "540mm") -> str:
    """A page of several articles in columns: some span the page, some stand side by side.

    `height` is that of the sheet when printed; long articles need a high one, since no paper prints over two sheets.
    """
    behind = rng.choice([0.0, 0.0, 0.5, 1.0])
    columns = rng.choice([3, 4, 5])
    rest = list(drafts)
    rows: list[str] = []
    while rest:
        beside = 2 if len(rest) > 1 and rng.random() < 0.5 else 1
        row, rest = rest[:beside], rest[beside:]
        shares = _share_columns(columns, len(row), rng)
        cells = (_set_article(each, share, columns, behind, rng) for each, share in zip(row, shares, strict=True))
        rows.append(f'<div class="row">{"".join(cells)}</div>')
        rows += [_set_advert(rng)] if rng.random() < 0.15 else []
    style = _style(rng.choice(["9pt", "9.5pt", "10.5pt"]), height, rng)
    head = f'<head><meta charset="utf-8"><title>{HEAD}</title><style>{style}</style></head>'
    number = rng.randint(1, 16)
    body = f"<header>{HEAD}</header>{''.join(rows)}<footer>{number}</footer>"
    return f'<!DOCTYPE html><html lang="zh">{head}<body>{body}</body></html>'


def _style(size: str, height: str, rng: random.Random) -> str:
    rule = rng.choice(["none", "0.5pt solid #888"])
    family = rng.choice(["Noto Serif CJK SC", "Noto Sans CJK SC"])
    return (
        f"@page {{ size: {rng.choice(['297mm', '380mm'])} {height}; margin: 12mm }}"
        f" body {{ font: {size}/1.5 '{family}'; text-align: justify; overflow-wrap: anywhere }}"
        " header, footer { font-size: 9pt }"
        f" .row {{ display: flex; gap: 8mm; margin-bottom: {rng.choice([5, 8])}mm }}"
        f" .body {{ column-gap: {rng.choice([4, 5, 7])}mm; column-rule: {rule} }} p {{ margin: 0; text-indent: 2em }}"
        f" h2 {{ font-size: {rng.choice([18, 22, 26])}pt; line-height: 1.25; margin: 2mm 0 }}"
        " h3 { font-size: 13pt; margin: 1mm 0 } h4 { font-size: 1em; margin: 1.5mm 0; text-align: center }"
        " .byline { text-indent: 0 } .amid { column-span: all }"
        " figure { margin: 2mm 0; break-inside: avoid } .picture { height: 20mm; background: #999 }"
        " figcaption { font-size: 0.85em } .advert { border: 1pt solid; padding: 3mm; margin-bottom: 8mm }"
        " .advert b { font-size: 16pt; display: block } .advert p { text-indent: 0 }"
    )


def _share_columns(columns: int, count: int, rng: random.Random) -> list[int]:
    if count == 1:
        return [columns]
    left = rng.randint(1, columns - 1)
    return [left, columns - left]


def _set_article(draft: Draft, share: int, columns: int, behind: float, rng: random.Random) -> str:
    width = f"flex: 0 0 calc({100 * share / columns:.2f}% - {8 * (columns - share) / columns:.2f}mm)"
    heading = _set_heading(draft, rng)
    paragraphs = list(_set_paragraphs(draft, rng))
    if rng.random() < 0.15:
        caption = f'<figure><div class="picture"></div><figcaption>{rng.choice(CAPTIONS)}</figcaption></figure>'
        paragraphs.insert(rng.randint(1, len(paragraphs)), caption)
    if rng.random() < 0.1:
        paragraphs.append('<p class="byline">（下转A04版）</p>')
    inner = [place for place in range(2, len(paragraphs)) if "<h4>" not in "".join(paragraphs[place - 1 : place + 1])]
    if share > 1 and inner and rng.random() < 0.1:
        paragraphs.insert(rng.choice(inner), f'<div class="amid">{heading}</div>')
        heading = ""
    body = f'<div class="body" style="column-count: {share}">{"".join(paragraphs)}</div>'
    parts = [body, heading] if rng.random() < behind else [heading, body]
    return f'<section style="{width}">{"".join(parts)}</section>'


def _set_heading(draft: Draft, rng: random.Random) -> str:
    """The headline with its kickers below it, or the first of them above."""
    kickers = [f"<h3>{escape(each)}</h3>" for each in draft.kickers]
    above = rng.choice([0, 1])
    return "".join((*kickers[:above], f"<h2>{escape(draft.headline)}</h2>", *kickers[above:]))


def _set_paragraphs(draft: Draft, rng: random.Random) -> Iterator[str]:
    byline, alone = draw_byline(draft.authors, rng)
    if byline and alone:
        yield f'<p class="byline">{byline}</p>'
        byline = ""
    for paragraph in draft.paragraphs:
        if paragraph.startswith("#"):
            yield f"<h4>{escape(paragraph[1:])}</h4>"
            continue
        yield f"<p>{escape(byline + paragraph)}</p>"
        byline = ""


def _set_advert(rng: random.Random) -> str:
    first, *rest = rng.choice(ADVERTS)
    return f'<div class="advert"><b>{first}</b>{"".join(f"<p>{each}</p>" for each in rest)}</div>'


_LINKS = ("县里又有三条公路通车", "今年的油菜花比往年早开十天", "老城区改造听取居民意见", "三所学校迁入新址")
_MENU = " | ".join(f'<a href="/{index}/">{name}</a>' for index, name in enumerate(("首页", "要闻", "经济", "社会")))
_LIST = "".join(f'<li><a href="/{index}.html">{text}</a></li>' for index, text in enumerate(_LINKS))


def compose_site(draft: Draft, rng: random.Random, *, charset: str = "utf-8") -> str:
    """One article as a news site serves it, among menus, links and notices, in one of three ways of building it."""
    paragraphs = [escape(each.removeprefix("#")) for each in draft.paragraphs]
    title = escape(draft.headline)
    names = "、".join(draft.authors)
    info = "2021年04月29日 08:15　来源：渝州经济报" + (f"　作者：{names}" if names else "")
    build = rng.choice([_build_plain, _build_old, _build_modern])
    head = f"<title>{title}{rng.choice(['_渝州网', ' - 渝州网', '|要闻|渝州网'])}</title>"
    return build(head, charset, title, info, paragraphs)


def _build_plain(head: str, charset: str, title: str, info: str, body: list[str]) -> str:
    text = "".join(f"<p>　　{each}</p>\n" for each in body)
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}">{head}</head><body><div class="menu">{_MENU}</div>'
        f'<h1>{title}</h1><div class="info">{info}</div><div class="content">{text}<p>（责任编辑：江一帆）</p></div>'
        f"<div><h3>相关新闻</h3><ul>{_LIST}</ul></div><div>版权所有 渝州网，未经许可不得转载。</div></body></html>"
    )


def _build_old(head: str, charset: str, title: str, info: str, body: list[str]) -> str:
    text = "<br><br>\n".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{each}" for each in body)
    return (
        f'<HTML><HEAD><META http-equiv="Content-Type" content="text/html; charset={charset}">{head}</HEAD><BODY>{_MENU}'
        f"<TABLE><TR><TD width=200><ul>{_LIST}</ul></TD><TD><TABLE><TR><TD><B>{title}</B></TD></TR>"
        f"<TR><TD>{info}</TD></TR><TR><TD><FONT size=3>{text}</FONT></TD></TR></TABLE></TD></TR></TABLE>"
        "<CENTER>地址：渝州市中心路1号</CENTER></BODY></HTML>"
    )


def _build_modern(head: str, charset: str, title: str, info: str, body: list[str]) -> str:
    text = "".join(f"<div><span>{each}</span></div>" for each in body)
    return (
        f'<!doctype html><html><head><meta charset="{charset}">{head}<meta property="og:title" content="{title}">'
        f'<script>var a = "<p>不是正文，是脚本。</p>";</script></head><body><nav>{_MENU}</nav><main><article>'
        f"<header><h1>{title}</h1><p>{info}</p></header><div>{text}</div></article></main>"
        f"<aside><ul>{_LIST}</ul></aside><footer>联系我们，电话12345。</footer></body></html>"
    )


def find_browser() -> str | None:
    """A Chromium on this machine."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def print_pdfs(pages: Iterable[str]) -> Iterator[bytes]:
    """HTML pages as headless Chromium prints them."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser())
        sheet = browser.new_page()
        for page in pages:
            sheet.set_content(page)
            yield sheet.pdf(prefer_css_page_size=True)
        browser.close()
