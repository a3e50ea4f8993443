"""Pages taken apart into articles: the example, pages set from drafts, single articles, and real ones where at hand."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pages.compose import compose_page, draw_drafts, draw_style
from pages.drafts import PATH, count_right, read_drafts

from kg.layout import find_articles
from kg.layout.bylines import find_names, parse_byline
from kg.layout.heads import parse_date, parse_date_line, parse_page_head
from kg.model import Article, Page
from kg.text import normalise

ROOT = Path(__file__).parent.parent
GOLD = ROOT.parent / "shared" / "gold"

EXAMPLE = [
    (
        "川渝23名专家组团到秀山把脉支招",
        ("19份合作帮扶协议当场签署", "技术送进车间和田头"),
        ("江一帆",),
        "23名川渝专家",
        "长期合作。",
    ),
    ("百件专利组团“入池”智造专利池选址璧山", (), ("秦若溪",), "一个装着上百件", "优先入池。"),
    (
        "重庆企业知识产权百强榜出炉长安汽车居首",
        ("77家上榜企业是高新技术企业",),
        ("何沐阳",),
        "重庆哪家企业",
        "占13家。",
    ),
    ("梁平城镇化示范项目获8.5亿元债券资金", (), ("罗子墨", "白露"), "梁平建新城", "流向县城。"),
    ("巴南一天签下25个项目揽资215亿元", ("惠科50亿元显示模组项目领衔",), (), "春季招商再传", "早见效。"),
]


def read_articles(text: str, **known: date | str) -> tuple[Article, ...]:
    return find_articles(Page("page.txt", text, **known))  # type: ignore[arg-type]


def test_the_example_page_comes_apart_as_it_was_written() -> None:
    articles = read_articles((ROOT / "examples" / "page-2021-04-29.txt").read_text("utf-8"))
    ends = [
        (a.headline, a.kickers, a.authors, a.body[: len(e[3])], a.body[-len(e[4]) :])
        for a, e in zip(articles, EXAMPLE, strict=True)
    ]
    assert ends == EXAMPLE
    assert {(a.date, a.paper, a.section) for a in articles} == {(date(2021, 4, 29), "渝州经济报", "A03版")}


def test_crossheads_stay_in_the_body_as_paragraphs() -> None:
    ranking = read_articles((ROOT / "examples" / "page-2021-04-29.txt").read_text("utf-8"))[2]
    assert "\n看区域\n两江新区独占27席\n上榜企业来自" in ranking.body


def test_several_articles_in_a_file_of_whole_paragraphs_part_at_their_dates() -> None:
    articles = read_articles(PATH.read_text("utf-8"))
    assert [article.headline for article in articles] == [
        "青禾县与三家药企签约总投资18亿元",
        "江湾港一季度吞吐量创新高",
        "松岭市发行15亿元水务债券",
        "白鹭湖湿地公园开园首月迎客22万",
        "星桥机床拿下海外最大订单",
        "两所高校联手治理盐碱地",
    ]
    assert [article.date.month for article in articles if article.date] == [3, 4, 5, 6, 7, 8]


ONE = "江湾港集团昨日公布，一季度全港完成货物吞吐量1260万吨。"
TWO = "松岭市水务投资公司5月19日在银行间市场发行15亿元债券。"
SHEETS = [
    (f"渝州经济报 2021年4月29日 A03版\n甲标题\n{ONE}\n\nA04版\n乙标题\n{TWO}\n", ["A03版", "A04版"]),
    (f"A03版\n甲标题\n{ONE}\nA03版\n{TWO}\n", ["A03版"]),
    (f"甲标题\n{ONE}\n\fA04版\n乙标题\n{TWO}\n", [None, "A04版"]),
]


@pytest.mark.parametrize(("text", "sections"), SHEETS)
def test_pages_in_one_file_part_at_their_heads(text: str, sections: list[str | None]) -> None:
    articles = read_articles(text)
    assert [article.section for article in articles] == sections
    assert len({article.page_id for article in articles}) == len(sections)
    for article in articles:
        assert all(text[place] == ch for place, ch in zip(article.origin, article.body, strict=True) if ch != "\n")


def test_the_date_of_the_first_page_of_a_file_holds_for_the_others() -> None:
    first, second = read_articles(SHEETS[0][0])
    assert (second.date, second.paper) == (first.date, first.paper) == (date(2021, 4, 29), "渝州经济报")


MARKED = f"""
\x1f医药产业再添动力

\x1e青禾县与三家药企签约

3月15日，青禾县在县会展中心举办招商大会，三家药企签约。
县长说，医药产业园的道路和管网已经完工。

\x1f手续专人代办

企业开工前的手续由专人代办，三家药企都说没有犹豫。

\x1e松岭市发行水务债券

{TWO}
募集资金用于松岭市北郊水厂二期，债券期限7年。
"""


def test_headings_that_a_reader_has_marked_are_believed() -> None:
    first, second = read_articles(MARKED)
    assert (first.headline, first.kickers) == ("青禾县与三家药企签约", ("医药产业再添动力",))
    assert "\n手续专人代办\n" in first.body
    assert second.headline == "松岭市发行水务债券"
    assert second.body.startswith(TWO)


SINGLES = [
    ("标题\n2021年6月9日 08:30\n正文第一段，说了一件事。\n", "标题", "正文第一段，说了一件事。", date(2021, 6, 9)),
    (
        "标题\n日期：2021-6-9\n\n正文第一段，说了一件事。\n正文第二段。",
        "标题",
        "正文第一段，说了一件事。\n正文第二段。",
        date(2021, 6, 9),
    ),
    (
        "标题\n\n　　本报讯（记者 江一帆）第一段说了一件事。\n　　第二段。\n",
        "标题",
        "第一段说了一件事。\n第二段。",
        None,
    ),
    (
        "标题 分两半\n第一段。\n小标题\n第二段。\n图注\n第三段。\n",
        "标题分两半",
        "第一段。\n小标题\n第二段。\n图注\n第三段。",
        None,
    ),
    ("只有一段话，没有标题，但它说完了一句。", "只有一段话，没有标题", "只有一段话，没有标题，但它说完了一句。", None),
]


@pytest.mark.parametrize(("text", "headline", "body", "day"), SINGLES)
def test_a_single_article_keeps_every_paragraph(text: str, headline: str, body: str, day: date | None) -> None:
    (article,) = read_articles(text)
    assert (article.headline, article.body, article.date) == (headline, body, day)


@pytest.mark.parametrize(
    "text", ["", " \n\n", "\u200b\ufeff", "12\n\n3\n", "渝州经济报\n2021年4月29日 星期四 A03版\n", "标题\n"]
)
def test_a_page_without_an_article_gives_none(text: str) -> None:
    assert read_articles(text) == ()


def test_the_date_given_by_the_caller_counts_where_the_page_has_none() -> None:
    given_day = date(2020, 1, 2)
    assert read_articles("标题\n正文说了一件事。\n", date=given_day)[0].date == given_day
    assert read_articles("标题\n日期：2021-06-09\n正文说了一件事。\n", date=given_day)[0].date == date(2021, 6, 9)


def draw_page(seed: int) -> str:
    rng = random.Random(seed)
    return compose_page(draw_drafts(read_drafts(), rng), rng, style=draw_style(rng))


def count_cut(seeds: range) -> tuple[int, int]:
    """How many articles of the pages drawn come out with headline, body and authors, line breaks aside; of how many."""
    pool = read_drafts()
    right = total = 0
    for seed in seeds:
        rng = random.Random(seed)
        drafts = draw_drafts(pool, rng)
        text = compose_page(drafts, rng, style=draw_style(rng))
        right += count_right(drafts, read_articles(text), paragraphs=False)
        total += len(drafts)
    return right, total


def test_pages_set_at_random_are_cut_where_they_should_be() -> None:
    right, total = count_cut(range(20))
    assert right >= 0.95 * total, f"{right} of {total}"


@pytest.mark.verify
def test_of_200_pages_set_at_random_95_per_cent_of_the_articles_are_cut_exactly() -> None:
    right, total = count_cut(range(1000, 1200))
    assert right >= 0.95 * total, f"{right} of {total}"


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_every_character_of_an_article_is_at_its_place_in_the_page(seed: int) -> None:
    text = draw_page(seed)
    for article in read_articles(text):
        assert len(article.origin) == len(article.body)
        assert all(
            text[place] == ch for ch, place in zip(article.body, article.origin, strict=True) if not ch.isspace()
        )


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("渝北区。，！：”“（）—1a \n\n\n\r\f\t　\x00\u200b\u202e\ue000本报讯记者年月日版")))
def test_no_text_whatever_makes_it_fail(text: str) -> None:
    for article in read_articles(text):
        assert len(article.origin) == len(article.body)
        assert normalise(article.body)[0] == article.body
        assert article.headline


WHOLE = "江湾港集团昨日公布，一季\n度全港完成货物吞吐量12\n60万吨，同比增长一成多，\n增长主要来自铁水联运。\n"
MORE = "去年10月，连接码头与货\n运北站的铁路通车，煤炭和\n矿石不再倒装卡车。\n"
EXTRAS = [
    "▲江湾港新添的岸桥。 本报\n记者 江一帆 摄\n",
    "图为江湾港的码头。\n",
    "装船作业正在进行。（资料图片）\n",
    "广告\n渝州大厦整层出租\n",
    "旺铺临街\n地址：渝州市中心路1号\n",
    "（下转A04版）\n",
    "上接A01版\n",
    "12\n",
]


@pytest.mark.parametrize("extra", EXTRAS)
@pytest.mark.parametrize("place", ["between paragraphs", "in mid-sentence", "behind"])
def test_what_is_no_article_of_a_page_is_left_out(extra: str, place: str) -> None:
    lines = WHOLE.split("\n", 2)
    body = {
        "between paragraphs": f"{WHOLE}\n{extra}\n{MORE}",
        "in mid-sentence": f"{lines[0]}\n{lines[1]}\n\n{extra}\n{lines[2]}\n{MORE}",
        "behind": f"{WHOLE}\n{MORE}\n{extra}",
    }[place]
    (article,) = read_articles(f"江湾港吞吐量创新高铁水联运见成效\n\n{body}")
    assert article.headline == "江湾港吞吐量创新高铁水联运见成效"
    assert article.body.replace("\n", "") == (WHOLE + MORE).replace("\n", "")


def test_a_wide_headline_amid_its_body_is_its_headline() -> None:
    (article,) = read_articles(f"{WHOLE}\n江湾港吞吐量创新高铁水联运见成效\n\n{MORE}")
    assert article.headline == "江湾港吞吐量创新高铁水联运见成效"
    assert article.body.replace("\n", "") == (WHOLE + MORE).replace("\n", "")


def test_in_a_file_of_one_article_every_line_counts() -> None:
    body = "江湾港集团昨日公布了一季度的吞吐量。\n▲新添的岸桥。\n电话：023-61234567"
    (article,) = read_articles(f"江湾港创新高\n{body}\n")
    assert article.body == body


HOSTILE = {
    "one endless line": "甲" * 200_000,
    "one endless line of sentences": "甲乙丙丁。" * 40_000,
    "nothing but short lines": "甲乙丙\n" * 5_000,
    "short lines, each alone": "甲乙丙\n\n" * 5_000,
    "nothing but full lines": "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳\n" * 10_000,
    "headings without end": "甲乙丙丁\n\n子丑寅卯辰巳午未申酉戌亥天地玄黄。\n\n" * 3_000,
    "nothing but bylines": "本报讯（记者 张三）\n" * 3_000,
    "open brackets": "（" * 100_000,
    "white space": " \u3000" * 100_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_pages_are_worked_through(text: str) -> None:
    for article in read_articles(text):
        assert len(article.origin) == len(article.body)


def test_the_same_page_gives_the_same_articles() -> None:
    text = draw_page(5)
    assert read_articles(text) == read_articles(text)


BYLINES = [
    ("本报讯 （首席记者 江一帆）4\n月28日", ("江一帆",), "4\n月28日"),
    ("本报讯 （记者 罗子墨 实习生\n白露）市政府", ("罗子墨", "白露"), "市政府"),
    ("本报讯 （记者 何沐阳 欧\n阳静）市政府", ("何沐阳", "欧阳静"), "市政府"),
    (" □本报记者 秦若溪\n正文", ("秦若溪",), "\n正文"),
    ("新华社青禾4月28日电（记者 江一帆、白露）今天", ("江一帆", "白露"), "今天"),
    ("（通讯员 白露 记者 江一帆）今天", ("白露", "江一帆"), "今天"),
    ("本报讯 4月28日，", (), "4月28日，"),
    ("新华社青禾4月28日电（记\n者 欧阳静）今天", ("欧阳静",), "今天"),
    ("新华社青禾4月28\n日电 今天", (), "今天"),
    ("（本报记\n者 江一帆）今天", ("江一帆",), "今天"),
]


@pytest.mark.parametrize(("raw", "authors", "rest"), BYLINES)
def test_a_byline_gives_names_and_is_no_part_of_the_body(raw: str, authors: tuple[str, ...], rest: str) -> None:
    byline = parse_byline(raw)
    assert byline is not None
    assert (byline.authors, raw[byline.length :]) == (authors, rest)


@pytest.mark.parametrize(
    "raw", ["记者了解到，中铝于\n2007年", "记者从市政府获悉，", "本报道由三家媒体共同完成。", "（见上图）今天", ""]
)
def test_prose_is_no_byline(raw: str) -> None:
    assert parse_byline(raw) is None


def test_names_are_told_from_posts() -> None:
    assert find_names("记者 申公 实习生 白露 通讯员：江一帆") == ("申公", "白露", "江一帆")


DATES = [
    ("2021-04-29", date(2021, 4, 29)),
    ("2021年4月9日", date(2021, 4, 9)),
    ("２０２１／４／９", None),
    ("２０２１.４.９", date(2021, 4, 9)),
    ("二〇二一年十二月二十九日", date(2021, 12, 29)),
    ("二○二一年十月十日", date(2021, 10, 10)),
    ("2021年13月9日", None),
    ("2021年2月30日", None),
    ("4月29日", None),
]


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_dates(text: str, expected: date | None) -> None:
    assert parse_date(text) == expected


HEADS = [
    ("渝州经济报 2021年4月29日 星期四 A03版 要闻", (date(2021, 4, 29), "渝州经济报", "A03版")),
    ("2021年4月29日 星期四", (date(2021, 4, 29), None, None)),
    ("A03版", (None, None, "A03版")),
    ("青禾日报", (None, "青禾日报", None)),
]


@pytest.mark.parametrize(("line", "expected"), HEADS)
def test_a_page_head_says_when_and_where(line: str, expected: tuple[date | None, str | None, str | None]) -> None:
    head = parse_page_head(line)
    assert head is not None
    assert (head.date, head.paper, head.section) == expected


@pytest.mark.parametrize(
    "line", ["2020年9月4日", "本报将推出专版", "4月29日，青禾日报社举行活动。", "企业入选27家", "G7高速"]
)
def test_other_lines_are_no_page_head(line: str) -> None:
    assert parse_page_head(line) is None


def test_a_line_with_a_date_and_more_is_no_date_line() -> None:
    assert parse_date_line("日期：2021-04-29 08:30") == date(2021, 4, 29)
    assert parse_date_line("日期：2021-04-29 在青禾县") is None


needs_gold = pytest.mark.skipif(not GOLD.is_dir(), reason="the real pages are not at hand")


@needs_gold
def test_a_real_page_is_cut_exactly() -> None:
    gold = yaml.safe_load((GOLD / "seed" / "page.yaml").read_text("utf-8"))["articles"]
    articles = read_articles((GOLD / "seed" / "page.txt").read_text("utf-8"))
    assert len(articles) == len(gold)
    for article, expected in zip(articles, gold, strict=True):
        assert article.headline == expected["headline"]
        assert list(article.kickers) == expected["kicker"]
        assert list(article.authors) == expected["authors"]
        assert article.body.startswith(expected["first_words"])
        assert article.body.endswith(expected["last_words"])


@needs_gold
@pytest.mark.parametrize("path", sorted(GOLD.glob("dev/*.txt")), ids=lambda path: path.stem)
def test_a_real_article_comes_out_as_one(path: Path) -> None:
    lines = [line for line in path.read_text("utf-8").split("\n") if line.strip(" \u3000|")]
    (article,) = read_articles(path.read_text("utf-8"))
    dated = lines[1].startswith("日期：")
    assert article.headline == normalise(lines[0])[0]
    assert (article.date is not None) == dated
    body = normalise("\n".join(lines[1 + dated :]))[0]
    assert body.endswith(article.body)
    assert len(body) - len(article.body) < 10
