"""中国第三大钢铁制造商 is a ranking without a list, and says the place in it."""

from __future__ import annotations

from datetime import date

import pytest

from kg.model import Article
from kg.pipeline import read_article


def _ranked(text: str) -> set[tuple[str, str, int | None]]:
    reading = read_article(Article(headline="", body=text, date=date(2021, 4, 29)))
    names = {entity.key: entity.name for entity in reading.entities}
    return {
        (names[one.subject], names[one.object], one.qualifiers.position)
        for one in reading.statements
        if one.relation == "ranked"
    }


@pytest.mark.parametrize(
    ("text", "ranking", "position"),
    [
        ("松岭集团是中国第三大钢铁制造商。", "中国第三大钢铁制造商", 3),
        ("松岭集团是目前全球最大的玻璃生产商之一。", "全球最大的玻璃生产商", 1),
        ("松岭集团已成为浙江产量最大的水泥企业，产品畅销。", "浙江产量最大的水泥企业", 1),
    ],
)
def test_a_place_is_read_from_the_words_of_the_order(text: str, ranking: str, position: int) -> None:
    assert _ranked(text) == {("松岭集团", ranking, position)}


@pytest.mark.parametrize(
    "text",
    ["松岭集团在余杭区建设亚洲最大的云岭显示面板项目。", "松岭集团最大的工厂在余杭区。", "松岭集团是最大的企业。"],
)
def test_there_is_no_order_without_a_predicate_and_a_scope(text: str) -> None:
    assert _ranked(text) == set()
