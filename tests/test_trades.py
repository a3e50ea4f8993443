"""Plain nouns that say what a company does, and those that do not."""

from __future__ import annotations

import pytest

from kg.model import Article
from kg.pipeline import read_article, read_stages


@pytest.mark.parametrize(
    ("sentence", "trades"),
    [
        ("这是国内最大的水泥生产企业。", ["水泥"]),
        ("多家面板厂商减产。", ["面板"]),
        ("通信设备供应商在兰州签了协议。", ["通信设备"]),
        ("中国风电企业走出去。", ["风电"]),
        ("与甲醇生产相关的上市公司有三家。", ["甲醇"]),
        ("多家水泥主要企业减产。", ["水泥"]),
        ("全球绿化企业走出去。", ["绿化"]),
        ("重点企业、民营企业、中小企业和高新技术企业参加了会议。", []),
        ("在投资领域和重点领域合作。", []),
        ("云岭公司的主营业务为绿化工程、苗木租摆和客栈经营。", ["绿化工程", "苗木租摆", "客栈经营"]),
        ("云岭公司主营业务收入增长。", []),
        ("云岭公司从事晶圆的生产。", ["晶圆"]),
    ],
)
def test_trades(sentence: str, trades: list[str]) -> None:
    assert [one.text for one in read_stages(Article(headline="", body=sentence)).trades] == trades


def test_a_trade_is_one_with_the_industry_that_the_article_names() -> None:
    text = "触摸屏产业增长很快。云岭光学股份有限公司、江海科技股份有限公司等触摸屏企业扩产。"
    found = {one.object for one in read_article(Article(headline="", body=text)).statements}
    assert found == {("Industry", "触摸屏产业")}


def test_a_place_has_no_industry_by_a_plain_noun() -> None:
    text = "淮北市一位从事小麦加工的业内人士说，当地企业很多。"
    assert not read_article(Article(headline="", body=text)).statements
