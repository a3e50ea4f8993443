"""Figures: what each counts, whose it is, and which are none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from kg.model import Article, Observation
from kg.observations.measures import tables
from kg.observations.ways_table import Way, ways
from kg.pipeline import read_article

PUBLISHED = date(2021, 4, 29)


def _observe(body: str, headline: str = "") -> list[dict[str, Any]]:
    """What is observed, in the words of `ontology/observations/ways.yml`."""
    reading = read_article(Article(headline, body, date=PUBLISHED))
    names = {entity.key: entity.name for entity in reading.entities}
    return [_said(one, names) for one in reading.observations]


def _said(one: Observation, names: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    said = {"of": names[one.of], "measure": one.measure, "value": float(one.value), "unit": one.unit}
    return said | ({"dimension": one.dimension} if one.dimension else {})


@pytest.mark.parametrize("way", ways().values(), ids=lambda way: way.name)
def test_each_way_reads_its_example(way: Way) -> None:
    found = _observe(way.example, way.headline)
    assert found == [dict(one) for one in way.expect]
    reading = read_article(Article(way.headline, way.example, date=PUBLISHED))
    rules = {evidence.rule for one in reading.observations for evidence in one.evidence}
    assert f"observation/{way.name}" in rules


COMPANY, PROJECT = "云岭重工集团有限公司", "云岭显示面板项目"
MEASURES = [
    (f"{COMPANY}举办69场专题培训。", "专题培训", 69),
    (f"{COMPANY}开展技术指导39次。", "技术指导", 39),
    (f"{COMPANY}带动100多家配套企业落地。", "带动配套企业", 100),
    (f"{PROJECT}占地面积约152亩。", "占地面积", 152),
    (f"{PROJECT}建成后预计可实现年产值70亿元。", "年产值", 7_000_000_000),
    (f"{PROJECT}累计完成投资近3亿元。", "累计完成投资", 300_000_000),
    (f"{PROJECT}特许经营期30年。", "特许经营期", 30),
    (f"{COMPANY}拥有八大生产基地。", "生产基地", 8),
    (f"{PROJECT}设计行车速度100公里/小时。", "设计行车速度", 100),
    (f"{PROJECT}年产值有望达到1000亿。", "年产值", 100_000_000_000),
    (f"{PROJECT}总投资120亿，目前已动工。", "总投资", 12_000_000_000),
    ("余杭区开展规划编制，余杭区水利规划投资1311亿元。", "水利规划投资", 131_100_000_000),
]


@pytest.mark.parametrize(("body", "measure", "value"), MEASURES, ids=[row[0] for row in MEASURES])
def test_a_measure_is_the_noun_counted_without_the_words_around_it(body: str, measure: str, value: float) -> None:
    assert [(one["measure"], one["value"]) for one in _observe(body)] == [(measure, value)]


NO_FIGURES = [
    f"{COMPANY}改造投资5000万元以上项目。",
    f"{COMPANY}向持股5%以上股东借款。",
    f"{COMPANY}只用了3个月。",
    f"{COMPANY}存在三大问题。",
    f"{COMPANY}拜访数十家企业。",
    f"{COMPANY}生产2200mm×2500mm面板。",
    f"{COMPANY}股东以每股16元的价格购入。",
    "余杭区消费回暖，游客可以0元预订门票。",
    "在余杭区，这家企业占地300亩。",
    f"{COMPANY}生产的列车每列有1004个座位。",
    f"{COMPANY}打造50亿元企业。",
    f"{COMPANY}已连续4次增资。",
    f"{COMPANY}服务年营业额超10亿元的企业。",
    f"{COMPANY}希望今年实现产值70亿元。",
    f"{COMPANY}须在协议签订后20个工作日内付款。",
    f"{COMPANY}参与国家172项节水工程之一的建设。",
    "在余杭区，一个年产2万台机械臂的制造项目进入调试阶段。",
]


def test_the_size_in_the_name_of_a_project_is_no_figure_of_who_builds_it() -> None:
    found = _observe(f"{COMPANY}扩建30万吨级码头。")
    assert [(one["of"], one["measure"]) for one in found] == [("30万吨级码头", "规模")]


TWO_ENDS = [
    (f"{COMPANY}投资30亿元，建设{PROJECT}。", {COMPANY, PROJECT}),
    (f"{COMPANY}收购江城电子有限公司60%的股份。", {COMPANY, "江城电子有限公司"}),
    (f"{COMPANY}拟转让江城电子有限公司51%股权，转让价格为2亿元。", {COMPANY, "江城电子有限公司"}),
    (f"{COMPANY}斥资1740万元从江城电子有限公司收购9.9%的股份。", {COMPANY, "江城电子有限公司"}),
    (f"{COMPANY}持有江城电子有限公司21.5%的股份。", {COMPANY, "江城电子有限公司"}),
    (f"{COMPANY}出资3.8亿元成立江城电子有限公司。", {COMPANY, "江城电子有限公司"}),
    (f"{COMPANY}投资3亿元建立{PROJECT}。", {COMPANY, PROJECT}),
    (f"{COMPANY}建设{PROJECT}，占地152亩。", {PROJECT}),
    ("余杭区加快发展，光伏产业产值达到150亿元。", {"余杭区", "光伏产业"}),
    (f"{COMPANY}取得了江城电子有限公司合计85%的股权。", {COMPANY, "江城电子有限公司"}),
    (f"{COMPANY}募集资金7.2亿元，其中3亿元用于{PROJECT}。", {COMPANY, PROJECT}),
]


@pytest.mark.parametrize(("body", "ends"), TWO_ENDS, ids=[row[0] for row in TWO_ENDS])
def test_what_joins_two_is_told_of_both(body: str, ends: set[str]) -> None:
    assert {one["of"] for one in _observe(body)} == ends


PART_OF_A_WHOLE = [
    (f"{PROJECT}总投资50亿元、占地152亩，其中一期占地60亩。", {PROJECT}),
    ("总投资50亿元、占地152亩的云岭显示面板项目开工，年产面板300万片。", {PROJECT}),
    (f"{COMPANY}承接{PROJECT}，达产后预计年销售收入30亿元。", {PROJECT}),
]


@pytest.mark.parametrize(("body", "owners"), PART_OF_A_WHOLE, ids=[row[0] for row in PART_OF_A_WHOLE])
def test_a_project_keeps_the_figures_behind_it(body: str, owners: set[str]) -> None:
    assert {one["of"] for one in _observe(body)} == owners


@pytest.mark.parametrize("body", NO_FIGURES)
def test_bounds_times_manners_of_speaking_and_hopes_are_no_figures(body: str) -> None:
    assert _observe(body) == []


FOREIGN = [
    f"{COMPANY}落户余杭区。工人们每天生产7000件产品。",
    f"{COMPANY}落户余杭区。中央财政今年安排帮扶资金1770亿元。",
    f"{COMPANY}落户余杭区。我国铁路加快发展，电气化率达到75.2%。",
    f"{COMPANY}落户余杭区。专家认为，全球企业每年淘汰10亿只灯泡。",
]


@pytest.mark.parametrize("body", FOREIGN)
def test_a_sentence_about_something_without_a_name_goes_on_about_nothing(body: str) -> None:
    assert _observe(body) == []


def test_figures_in_brackets_are_of_what_stands_in_front() -> None:
    body = f"{PROJECT}（总投资50亿元）开工，{COMPANY}（证券代码：600000）负责建设，合作期12年（其中建设期2年）。"
    found = {(one["of"], one["measure"]) for one in _observe(body)}
    assert found == {(PROJECT, "总投资"), (PROJECT, "合作期"), (PROJECT, "建设期")}


def test_what_is_said_of_many_is_a_figure_of_none() -> None:
    assert _observe("杭州市、宁波市、温州市、嘉兴市、湖州市等14个城市成交面积增长78.3%。") == []


SUBJECTS = [
    ("连锁餐饮行业的重点企业松岭集团昨日举行年会，年营业收入突破43亿元。", "松岭集团"),
    (f"以{PROJECT}为例，总投资508万元。", PROJECT),
    ("今后5年，余杭区计划新建公共租赁住房35万套。", "余杭区"),
    (f"{COMPANY}加快发展。截至去年底，其总资产已达44.68亿元。", COMPANY),
    ("余杭区重点产业链规模稳步扩大，12条产业链企业增加值增长4%。", "余杭区"),
    ("云岭国际博览会闭幕。国内30家汽车厂商参加了云岭国际博览会。", "云岭国际博览会"),
    ("余杭区加快发展。先后引进企业50家，实施技改项目96个。", "余杭区"),
    (f"{COMPANY}在余杭区投资兴建了江城电子有限公司，当年就创造就业岗位3000个。", "江城电子有限公司"),
    ("余杭区交通运输局今年安排重点项目16项，需完成投资22亿元。余杭区加快发展。", "余杭区"),
]


@pytest.mark.parametrize(("body", "owner"), SUBJECTS, ids=[row[0] for row in SUBJECTS])
def test_what_a_sentence_is_about_has_its_figures(body: str, owner: str) -> None:
    assert {one["of"] for one in _observe(body)} == {owner}


def test_demand_for_what_the_headline_names_is_of_that_industry() -> None:
    found = _observe("业内人士分析，今年全球光伏需求增长将达三成。光伏产业回暖。", "光伏产业回暖")
    assert [one["of"] for one in found] == ["光伏产业"]


def test_who_only_forecasts_is_not_whose_figure_it_is() -> None:
    assert _observe("松岭证券预测，到2025年，市场规模达7500亿元。") == []


def test_what_a_region_signs_at_an_event_is_told_of_both() -> None:
    body = "云岭投资推介会昨天举行。余杭区签约33个项目，签约金额175亿元。"
    assert {(one["of"], one["value"]) for one in _observe(body, "云岭投资推介会举行")} >= {
        ("云岭投资推介会", 17_500_000_000),
        ("余杭区", 17_500_000_000),
    }


def test_a_region_known_from_a_zone_alone_is_an_entity_of_the_article() -> None:
    found = _observe("武汉光谷的激光产业去年产值达到500亿元。")
    assert {one["of"] for one in found} == {"武汉市", "激光产业"}


STAND_INS = [
    (f"{PROJECT}落户余杭区。本项目总投资50亿元。", PROJECT),
    ("云岭经济开发区加快建设。目前，园区基础设施完成投资9380万元。", "云岭经济开发区"),
    ("云岭经济开发区加快建设。该区新签合同项目17个。", "云岭经济开发区"),
    ("云岭国际博览会闭幕。本届博览会举办69场活动。", "云岭国际博览会"),
]


@pytest.mark.parametrize(("body", "owner"), STAND_INS, ids=[row[0] for row in STAND_INS])
def test_nouns_stand_for_what_was_named_before(body: str, owner: str) -> None:
    assert [one["of"] for one in _observe(body)] == [owner]


def test_figures_in_order_go_to_the_members_of_a_list() -> None:
    found = _observe(f"{COMPANY}和松岭集团分别持股51%和49%。")
    assert [(one["of"], one["value"]) for one in found] == [(COMPANY, 51), ("松岭集团", 49)]


def test_figures_in_order_go_to_measures_of_one_owner() -> None:
    found = _observe(f"{COMPANY}去年营业收入和净利润分别为43.1亿元和6亿元。")
    assert [(one["of"], one["measure"]) for one in found] == [(COMPANY, "营业收入"), (COMPANY, "净利润")]


def test_figures_in_a_row_share_the_words_of_the_first() -> None:
    found = _observe(f"{PROJECT}年设计生产能力为90万吨和120万吨。")
    assert [(one["measure"], one["value"]) for one in found] == [
        ("年设计生产能力", 900_000),
        ("年设计生产能力", 1_200_000),
    ]


def test_figures_in_order_go_to_groups_of_a_ranking() -> None:
    headline = "云岭创新百强企业榜单发布"
    found = _observe(f"{headline}。入选企业集中在余杭区、滨江区和萧山区，数量依次为19家、8家和7家。", headline)
    assert [(one["dimension"], one["value"]) for one in found] == [("余杭区", 19), ("滨江区", 8), ("萧山区", 7)]


def test_each_member_of_a_list_has_the_figure_that_holds_for_each() -> None:
    found = _observe(f"{COMPANY}、松岭集团均持股24.5%。")
    assert [one["of"] for one in found] == [COMPANY, "松岭集团"]


def test_a_figure_told_twice_is_one_observation_with_two_pieces_of_evidence() -> None:
    body = f"{PROJECT}总投资50亿元。{COMPANY}负责建设。{PROJECT}总投资50亿元，占地152亩。"
    reading = read_article(Article("", body, date=PUBLISHED))
    assert [(one.measure, len(one.evidence)) for one in reading.observations] == [("总投资", 2), ("占地", 1)]


PERIODS = [
    (f"截至3月31日，{COMPANY}员工3000人。", "截至3月31日"),
    (f"2020年，{COMPANY}营业收入43亿元。", "2020年"),
    (f"4月28日，{COMPANY}与余杭区签署设备采购合同，总金额2亿元。", None),
]


@pytest.mark.parametrize(("body", "period"), PERIODS, ids=[row[0] for row in PERIODS])
def test_a_figure_has_its_period_unless_it_is_of_a_kind_that_lasts(body: str, period: str | None) -> None:
    reading = read_article(Article("", body, date=PUBLISHED))
    assert [one.period for one in reading.observations] == [period]


def test_every_head_has_a_family_whose_units_are_known() -> None:
    known = {*tables().units, "things"}
    assert {unit for families in tables().heads.values() for family in families for unit in family.units} <= known


GOODS = [
    ("4月份铁矿石进口均价为160.45美元/吨，环比上涨3.9%。", {"铁矿石"}),
    ("国际原油价格飞速上涨，从90美元/桶涨到110美元/桶。", {"原油"}),
    ("全国铅蓄电池企业3000多家。", {"铅蓄电池"}),
    ("余杭区水泥产量达到520万吨。", {"余杭区", "水泥"}),
    (f"{COMPANY}水泥产量达到520万吨。", {COMPANY}),
    ("粮食产能提升重点县和83个典型黑土区动工。", set()),
]


@pytest.mark.parametrize(("body", "owners"), GOODS, ids=[row[0] for row in GOODS])
def test_prices_and_outputs_are_of_the_good_unless_a_maker_is_spoken_of(body: str, owners: set[str]) -> None:
    assert {one["of"] for one in _observe(body)} == owners


def test_the_contract_just_named_is_the_one_whose_sum_follows() -> None:
    body = f"{COMPANY}与余杭区签订了水泵采购合同，采购总金额为2亿元。"
    body += "江城电子有限公司签订了《电缆供应协议》，合同金额为3亿元。"
    assert [one["of"] for one in _observe(body)] == ["水泵采购合同", "电缆供应协议"]


def test_a_loss_is_below_nothing() -> None:
    assert [one["value"] for one in _observe(f"{COMPANY}去年净利润为-1,200万元。")] == [-12_000_000]
    assert [one["value"] for one in _observe(f"{COMPANY}去年净利润3-5亿元。")] == [300_000_000]


def test_what_is_so_in_the_whole_nation_is_no_figure_of_a_region() -> None:
    assert _observe("余杭区产业兴旺。而在全国，已有2000多个产业集群。", headline="余杭区产业兴旺") == []
