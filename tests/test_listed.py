"""Lists of companies whose trade was said before them."""

from __future__ import annotations

import pytest

from kg.model import Article
from kg.pipeline import read_article

FIRMS = "云岭光学股份有限公司、江海科技股份有限公司"
RULE = "inIndustry/前文所说行业的若干企业"


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        (f"面板厂商今年分化。{FIRMS}增产。", "面板"),
        (f"面板厂商今年分化，{FIRMS}两家企业增产。", "面板"),
        (f"松岭股份有限公司是一家面板厂商。{FIRMS}增产。", None),
        (f"面板厂商今年分化。\n{FIRMS}增产。", None),
        (f"今年各地情况不同。{FIRMS}增产。", None),
    ],
)
def test_trade_of_a_list(text: str, trade: str | None) -> None:
    found = [
        one.object[1]
        for one in read_article(Article(headline="", body=text)).statements
        if any(evidence.rule == RULE for evidence in one.evidence)
    ]
    assert found == ([trade] * 2 if trade else [])
