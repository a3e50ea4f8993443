"""Who deals with somebody is a party, though nothing in his name says so."""

from __future__ import annotations

import pytest

from kg.model import Article, Statement
from kg.pipeline import read_article, read_stages

PARTNERS = [
    ("松岭集团与支付宝合作，推出购票服务。", ["支付宝"]),
    ("松岭集团联姻伊莱巴克斯。", ["伊莱巴克斯"]),
    ("江城医药牵手松岭集团。", ["江城医药"]),
    ("松岭集团与群众合作。", []),
    ("松岭集团与王建国签约。", []),
    ("支付宝今天很忙。", []),
]


@pytest.mark.parametrize(("text", "names"), PARTNERS)
def test_partners_are_found(text: str, names: list[str]) -> None:
    stages = read_stages(Article("", text))
    assert [one.text for one in stages.mentions if one.found_by == "partner"] == names


@pytest.mark.parametrize(
    ("text", "signed"),
    [
        ("江城银行向松岭集团提供100亿元贷款，双方签署了合作协议。", True),
        ("松岭集团向江城市法院起诉，双方签署了和解协议。", False),
    ],
)
def test_both_are_the_two_that_deal_with_each_other(text: str, signed: bool) -> None:
    assert bool(signatures(text)) == signed


def test_a_long_list_does_alike_and_not_together() -> None:
    names = [f"{word}集团" for word in ("松岭", "江城", "云岭", "海州", "南川")]
    few, many = "、".join(names[:3]), "、".join(names)
    assert [len(signatures(f"{which}共同签署合作协议。")) for which in (few, many)] == [3, 0]


def test_who_holds_a_signing_ceremony_with_somebody_signs_with_him() -> None:
    found = signatures("松岭集团与江城银行在余杭区举行战略合作签约仪式。")
    assert [(one.subject[1], one.object[1]) for one in found] == [("松岭集团", "江城银行")]
    assert not signatures("松岭集团与江城银行在余杭区举行产品推介会。")


def signatures(text: str) -> list[Statement]:
    return [one for one in read_article(Article("", text)).statements if one.relation == "signedWith"]
