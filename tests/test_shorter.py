"""Shorter names within one article: what may stand for what, and which rivals keep them apart."""

from __future__ import annotations

import pytest

from kg.knowledge import load_knowledge
from kg.model import Article, Mention, Span
from kg.pipeline import read_stages
from kg.shorter import is_common, may_stand_for, stands_for_only

CASES = [
    ("Place", "良江镇", "来宾市良江镇", True, "the same town with its city in front"),
    ("Place", "良江镇", "大良江镇", False, "what stands in front is no district"),
    ("GovernmentBody", "自治区交通运输厅", "西藏自治区交通运输厅", True, "the level in place of the name"),
    ("GovernmentBody", "交通运输厅", "西藏自治区交通运输厅", False, "of which level it is stays open"),
    ("Company", "松洋啤酒", "松洋啤酒(中国)有限公司", True, "the whole company in the country"),
    # class, short name, longer name, whether it may stand for it, why
    ("Project", "松鹤湖项目", "云岭市松鹤湖生态治理PPP项目", True, "what tells it apart stands in the longer name"),
    ("Project", "综合项目", "云岭市松鹤湖综合治理工程", False, "a common word tells nothing"),
    ("Project", "白鹭啤酒揭阳项目", "白鹭啤酒年产60万千升生产基地项目", True, "whose it is, and where"),
    ("Project", "白鹭啤酒揭阳项目", "白鹭啤酒珠海年产60万千升生产基地项目", False, "two places"),
    ("Project", "松岭工程", "松岭工程一期河口至青山段", False, "a part of it"),
    ("Project", "松岭二期项目", "松岭一期显示项目", False, "another phase"),
    ("Project", "抚吉高速公路", "抚州至吉安高速公路项目", True, "a route written out"),
    ("Project", "抚州至吉安", "抚吉高速项目计划", True, "the ends of a route"),
    ("Project", "抚州至昌江", "抚吉高速项目计划", False, "the ends of another"),
    ("Event", "电子百强评选", "中国电子信息百强企业评选", True, "中国 in front does not count"),
    ("Company", "农发行", "省农业发展银行", True, "the bank of the province"),
    ("Company", "云岭股份", "云岭股份A", True, "as the exchange lists it"),
    ("Company", "江苏圣林", "江苏圣林化学科技有限公司", True, "trades of full names"),
    ("Project", "抚昌高速公路", "抚州至吉安高速公路项目", False, "another route"),
    ("Project", "大尺寸触摸屏", "大尺寸（10英寸）电容式触摸屏项目", True, "same beginning and end"),
    ("Project", "松岭募投项目", "松岭募集资金投资项目", True, "投 is 投资"),
    ("Event", "电子百强评选", "2011年中国电子百强企业评选", True, "the year and the country left out"),
    ("Agreement", "融资合作协议", "水利建设融资合作协议", True, "the end of the longer name"),
    ("Ranking", "中国电子百强企业", "2011年全国电子百强企业", True, "中国 and 全国 say the same"),
    ("Ranking", "全国电子百强企业", "2011年电子百强企业", True, "the year left out"),
    ("Ranking", "2010年电子百强", "2011年全国电子百强", False, "two years"),
    ("Industry", "柴油机产业", "珠海柴油机产业集群", True, "place and 集群 left out"),
    ("Industry", "汽车产业", "新能源汽车产业链", False, "another industry"),
    ("Company", "亚洲世界公司", "缅甸亚洲世界公司", True, "the country it is from"),
    ("Company", "中石油", "中国石油天然气集团公司", True, "the full name, but for 有限"),
    ("Company", "日产", "东风日产乘用车公司", False, "东风 is no district here, and the company is a joint one"),
    ("Project", "云岭水库工程", "云岭水库工程溢洪道隧道", False, "a work of its own within it"),
    ("Project", "云岭水库工程", "云岭水库工程建设项目", True, "nothing more than 项目 behind"),
    ("Project", "白鹭管业基地", "湖北白鹭管业生产基地", True, "the place in front and a word between left out"),
    ("Organisation", "蜜蜂交易所", "重庆蜜蜂交易所", True, "the one that the text names with its place"),
    ("Company", "铁岭公司", "松洋啤酒（铁岭）有限公司", True, "the company that is in the place"),
    ("Company", "铁岭公司", "松洋啤酒有限公司", False, "nothing says that it is there"),
    ("Company", "青河墨松啤酒公司", "北岭食品股份有限公司青河墨松啤酒分公司", True, "a branch without whose it is"),
    ("Company", "Harlin", "Harlin(HongKong)Limited", True, "Latin letters in front of a bracket"),
    ("Company", "青啤", "青岛啤酒厂有限公司", False, "not all of it is a trade"),
    ("Company", "长江松联", "武汉长江松联技术有限公司", True, "长江 is part of the name"),
]


@pytest.mark.parametrize(("cls", "short", "long", "same", "why"), CASES, ids=[c[1] + "/" + c[2] for c in CASES])
def test_shorter_names(cls: str, short: str, long: str, same: bool, why: str) -> None:
    one, other = (Mention(Span(0, len(name)), name, cls, "ending") for name in (short, long))
    assert (may_stand_for(one, other, load_knowledge()) is not None) is same, why


def test_a_first_issue_of_shares_is_no_later_one() -> None:
    ones = [
        Mention(Span(0, len(name)), name, "FinancialInstrument", "share issue") for name in ("首发", "首次公开发行")
    ]
    later = Mention(Span(0, 4), "定向增发", "FinancialInstrument", "share issue")
    assert may_stand_for(*ones, load_knowledge()) is not None
    assert may_stand_for(later, ones[1], load_knowledge()) is None


def names_of(text: str, cls: str) -> list[set[str]]:
    """The names that each entity of the class has."""
    entities = read_stages(Article(headline="", body=text)).linking.entities
    return [{entity.name, *entity.names} for entity in entities if entity.cls == cls]


def test_a_common_name_means_the_only_event_of_its_kind() -> None:
    text = "云岭昆仑燃气综合利用项目奠基仪式在江城举行。市长出席了签约和奠基仪式。"
    assert len(names_of(text, "Event")) == 1


def test_two_events_of_a_kind_stay_apart_from_their_common_name() -> None:
    text = "云岭燃气项目奠基仪式在江城举行。松岭水泥项目奠基仪式也在江城举行。市长出席了签约和奠基仪式。"
    assert len(names_of(text, "Event")) > 1


def test_a_short_name_is_not_that_of_a_local_company_where_a_national_one_is() -> None:
    text = "松洋啤酒(中国)有限公司签约。松洋啤酒(余杭)有限公司投产。松洋啤酒表示满意。"
    (group,) = [names for names in names_of(text, "Company") if "松洋啤酒" in names]
    assert "松洋啤酒(中国)有限公司" in group


def test_a_short_name_goes_to_the_company_that_has_least_besides() -> None:
    text = "海尔收购日本松洋电机株式会社的资产。松洋电机国际贸易有限公司没有参加。松洋表示满意。"
    (group,) = [names for names in names_of(text, "Company") if "松洋" in names]
    assert "日本松洋电机株式会社" in group
    assert "松洋电机国际贸易有限公司" not in group


@pytest.mark.parametrize(
    ("cls", "common", "named", "found"),
    [
        ("Zone", "高新区", ["江城高新区", "江城科学城"], "江城高新区"),
        ("Zone", "高新区", ["江城高新区", "云岭高新区"], None),
        ("Agreement", "销售协议", ["乳品专销协议"], "乳品专销协议"),
    ],
)
def test_a_name_of_a_kind_means_the_only_one(cls: str, common: str, named: list[str], found: str | None) -> None:
    knowledge = load_knowledge()
    assert is_common(cls, common, knowledge)
    assert not any(is_common(cls, name, knowledge) for name in named)
    assert stands_for_only(common, named, knowledge) == found
