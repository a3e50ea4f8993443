"""Who issues shares and documents, where no verb of issuing stands between the two."""

from __future__ import annotations

from datetime import date

import pytest

from kg.model import Article
from kg.pipeline import read_article

_START = "松岭科技股份有限公司主营面板。"


def _issued(text: str) -> set[tuple[str, str, str]]:
    reading = read_article(Article(headline="", body=text, date=date(2021, 4, 29)))
    names = {entity.key: entity.name for entity in reading.entities}
    issued = [one for one in reading.statements if one.relation == "issuedBy"]
    return {
        (
            names[one.subject].split("（")[0],
            names[one.object],
            one.qualifiers.on_date.label if one.qualifiers.on_date else "",
        )
        for one in issued
    }


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("2009年9月，公司以12.5元/股增发9600万股。", ("增发", "松岭科技股份有限公司", "2009-09")),
        ("2009年9月的增发，帮助松岭科技股份有限公司开拓市场。", ("增发", "松岭科技股份有限公司", "2009-09")),
        ("江城控股集团认购松岭科技股份有限公司的定向增发。", ("定向增发", "松岭科技股份有限公司", "")),
        ("余杭区轻工业发展规划明年实施。", ("余杭区轻工业发展规划", "余杭区", "")),
        (
            "1月29日，《中共浙江省委浙江省人民政府关于加快水利发展的决定》发布。",
            ("中共浙江省委浙江省人民政府关于加快水利发展的决定", "浙江省人民政府", "2021-01-29"),
        ),
    ],
)
def test_issuer_without_a_verb(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in _issued(_START + text)


@pytest.mark.parametrize("text", ["江城控股集团将认购本次定向增发股份。", "江城控股集团参与了增发，价格不变。"])
def test_who_buys_does_not_issue(text: str) -> None:
    assert not {one for one in _issued(text) if one[1] == "江城控股集团"}
