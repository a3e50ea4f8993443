"""What names themselves tell: places one in another, the place of a company, its builder; and what they do not tell."""

from __future__ import annotations

from datetime import date

import pytest

from kg.model import Article
from kg.pipeline import read_article


def _facts(text: str) -> set[tuple[str, str, str]]:
    reading = read_article(Article(headline="", body=text, date=date(2021, 4, 29)))
    names = {entity.key: entity.name for entity in reading.entities}
    return {(names[one.subject], one.relation, names[one.object]) for one in reading.statements}


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("浙江杭州市萧山区城市更新项目开工。", ("浙江杭州市萧山区城市更新项目", "locatedIn", "萧山区")),
        ("浙江杭州市萧山区城市更新项目开工。", ("浙江杭州市萧山区城市更新项目", "locatedIn", "浙江省")),
        ("杭州云岭科技有限公司参展。", ("杭州云岭科技有限公司", "locatedIn", "杭州市")),
        ("云岭光电（昆山）有限公司获批。", ("云岭光电（昆山）有限公司", "locatedIn", "昆山市")),
        ("云岭光电（新丰）有限公司获批。", ("云岭光电（新丰）有限公司", "locatedIn", "新丰县")),
        ("云岭啤酒新疆公司扩产。", ("云岭啤酒新疆公司", "locatedIn", "新疆维吾尔自治区")),
        ("中国工商银行西安分行放贷。", ("中国工商银行西安分行", "locatedIn", "西安市")),
        ("中国工商银行西安分行放贷。", ("中国工商银行西安分行", "partOf", "中国工商银行")),
        ("首钢伊犁钢铁公司投产。", ("首钢伊犁钢铁公司", "locatedIn", "伊犁哈萨克自治州")),
        (
            "松岭集团余杭区云岭显示面板项目进展顺利。",
            ("松岭集团余杭区云岭显示面板项目", "undertakenBy", "松岭集团"),
        ),
        (
            "江城大学余杭区科创园项目进展顺利。江城大学与余杭区签约。",
            ("江城大学余杭区科创园项目", "undertakenBy", "江城大学"),
        ),
        ("云岭证券研究报告称，需求会上升。", ("云岭证券研究报告", "issuedBy", "云岭证券")),
        ("余杭区水利工作会议日前召开。", ("余杭区水利工作会议", "organisedBy", "余杭区")),
        ("松岭集团签约。松岭集团供应商大会日前召开。", ("松岭集团供应商大会", "organisedBy", "松岭集团")),
        (
            "云岭水利枢纽工程开工。云岭水利枢纽工程大坝及厂房土建工程项目由松岭集团建设。",
            ("云岭水利枢纽工程大坝及厂房土建工程项目", "partOf", "云岭水利枢纽工程"),
        ),
        (
            "岭口至杭州铁路获批。岭口至杭州铁路浙江段开工。",
            ("岭口至杭州铁路浙江段", "partOf", "岭口至杭州铁路"),
        ),
        ("水利部信息中心与松岭集团签约。", ("水利部信息中心", "partOf", "水利部")),
    ],
)
def test_a_name_tells_place_and_builder(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in _facts(text)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("杭州湾大桥通车。", ("杭州湾大桥", "locatedIn", "杭州市")),
        ("杭州招商推介会在北京市举行。", ("杭州招商推介会", "locatedIn", "杭州市")),
        ("大连长兴岛产业园投用。", ("大连长兴岛产业园", "locatedIn", "长兴县")),
        ("杭州市余杭区委全体会议召开。", ("杭州市余杭区委全体会议", "organisedBy", "杭州市")),
        ("杭州至江山高速公路动员大会召开。", ("杭州至江山高速公路动员大会", "organisedBy", "杭州市")),
    ],
)
def test_a_name_does_not_tell_what_only_looks_like_its_place(text: str, fact: tuple[str, str, str]) -> None:
    assert fact not in _facts(text)
