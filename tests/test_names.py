"""Which names a sentence holds, with their borders and classes."""

from __future__ import annotations

import pytest

from kg.knowledge import load_knowledge
from kg.mentions.find import find_mentions, outermost
from kg.mentions.tagged import tag_text

FOUND = [
    ("a house that is quoted", "中联顾问研究员周明辉表示，价格还会上涨。", "中联顾问", "Company"),
    ("a house of plain words", "“需求不足。”水泥网分析师周明辉说。", "水泥网", "Organisation"),
    ("a house in Latin letters", "PanelSearch中国区经理周明辉表示，价格会下降。", "PanelSearch", "Company"),
    ("whose post it is", "江城茶业天地总经理周明辉介绍，市场已经开业。", "江城茶业天地", "Company"),
    ("a member of a list of companies", "华润啤酒、青岛啤酒、大连梅雪、燕京啤酒均已涨价。", "大连梅雪", "Company"),
    ("what belongs to the word behind", "青岛啤酒所占份额为6%。", "青岛啤酒", "Company"),
    ("our country is no part of a name", "这是我国白纸板生产基地。", "白纸板生产基地", "Project"),
    ("nor is our city", "该公司认购我市浙江贝林药业有限公司股份。", "浙江贝林药业有限公司", "Company"),
    ("what introduces a company", "拥有者无锡华林民生食品有限公司投资建厂。", "无锡华林民生食品有限公司", "Company"),
    ("an owner glued to its 全资子公司", "艾迪林全资子公司嘉兴艾迪林暖通科技有限公司拟建厂。", "艾迪林", "Company"),
    (
        "an owner glued to what is said of it",
        "新江联集团旗下子公司新江联不动产股份有限公司发布公告。",
        "新江联集团",
        "Company",
    ),
    ("a route has two ends", "今年将建设松岭至江城高速公路。", "松岭至江城高速公路", "Project"),
    ("a stretch of a road", "329国道松岭至江城段工程已经完成。", "329国道松岭至江城段工程", "Project"),
    ("a pipeline's name holds verbs", "公司投资建设汉中至宝鸡输气管道。", "汉中至宝鸡输气管道", "Project"),
    (
        "what is built is named by what it holds",
        "公司还将建设500万立方米成品油储备库。",
        "500万立方米成品油储备库",
        "Project",
    ),
    ("or by what it makes in a year", "建设日产5200吨水泥熟料生产线。", "日产5200吨水泥熟料生产线", "Project"),
    ("or by what it is", "当地打造了一个石斛产业园。", "石斛产业园", "Project"),
    ("a phase that stands alone", "一期项目已经投产，二期项目明年开工。", "二期项目", "Project"),
    ("a quoted programme", "云岭市继续开展“投资云岭”系列活动。", "投资云岭", "Event"),
    ("a title of a contract", "云岭集团与江城市签署《云岭面板项目投资合同》。", "云岭面板项目投资合同", "Agreement"),
    ("a title of a plan", "江城市印发《江城市工业发展规划》。", "江城市工业发展规划", "Document"),
    ("shares are issued", "云岭股份披露了非公开发行预案。", "非公开发行", "FinancialInstrument"),
    ("a subsidiary of plain words", "大股东及其子公司远景投资承诺认购。", "远景投资", "Company"),
    ("a foreign company that the tagger takes for a person", "电路厂商奥格斯在当地建厂。", "奥格斯", "Company"),
    ("a company in Latin letters", "据研究机构InfoWatch最新发布的数据。", "InfoWatch", "Company"),
    ("a foreign company's branch", "大众中国昨天发布消息称，工厂已经获批。", "大众中国", "Company"),
    ("a company that has no name yet", "双方将成立一家合资公司，生产钢材。", "合资公司", "Company"),
    ("a body in another place", "日本驻上海总领事馆举行招待会。", "日本驻上海总领事馆", "GovernmentBody"),
    ("a place abroad", "公司在加拿大安大略省投资建厂。", "安大略省", "Place"),
    (
        "what is ranked is a measure of something",
        "云岭重工集团有限公司面板出货量跃升为全球第三。",
        "面板出货量",
        "Ranking",
    ),
    ("a gathering by its projects", "余杭区38个重点项目集中签约。", "余杭区38个重点项目集中签约", "Event"),
    ("a congress by its number", "他出席了第八次全国代表大会。", "第八次全国代表大会", "Event"),
    ("a meeting whose name holds a verb", "江城市召开推动工业高质量发展大会。", "推动工业高质量发展大会", "Event"),
    ("a person whom nothing but the name tells", "这得到了周建国的认可。", "周建国", "Person"),
    ("a name that the tagger cuts in two", "县领导何运平、卢和庆、张明出席。", "卢和庆", "Person"),
    ("a controller", "实际控制人由郭立新变更为吴敏文。", "郭立新", "Person"),
    (
        "a body's calling is no part of its name",
        "采购代理机构松岭工程管理有限公司发来通知。",
        "松岭工程管理有限公司",
        "Company",
    ),
    (
        "a firm behind a place and a verb",
        "公司收到红河州建设工程招标有限公司的通知。",
        "红河州建设工程招标有限公司",
        "Company",
    ),
    ("a group of common nouns", "老牌企业的通用机械集团加快转型。", "通用机械集团", "Company"),
    ("a cluster is of its industry", "当地打造新型显示产业集群。", "新型显示产业", "Industry"),
    ("a meeting that a reporter comes from", "记者从江城市招商引资工作会议上获悉。", "江城市招商引资工作会议", "Event"),
    ("an industry is named without the place that it is in", "余杭区石墨烯产业增长很快。", "石墨烯产业", "Industry"),
    ("one noun of one character may name an industry", "余杭区藕产业走向转型。", "藕产业", "Industry"),
    ("和 between two bodies", "活动由秀山县委和县政府主办。", "县政府", "GovernmentBody"),
    ("a quoted programme that ends so", "当地开展“千企升级行动”。", "千企升级行动", "Project"),
    ("a centre that is built", "公司打造高端康养中心。", "高端康养中心", "Project"),
    ("parts of a project", "云岭科技项目包括西南总部、供应链中心和展示馆。", "供应链中心", "Project"),
    ("等 is no part of a place", "公司新进入了芜湖、晋中等城市。", "晋中", "District"),
    (
        "a bracket that the tagger leaves to the second half is between both",
        "供应商分别为爱立信(中国)通信有限公司、江城电子有限公司。",
        "爱立信(中国)通信有限公司",
        "Company",
    ),
    (
        "a company is named behind what says of which place it is",
        "松岭集团收购了澳大利亚上市公司阿奎拉15%股权。",
        "阿奎拉",
        "Company",
    ),
    ("a way that is in some state is no office", "目前江城高速公路处于施工阶段。", "江城高速公路", "Project"),
    ("a plan for five years", "已上报的工程机械“十四五”规划提出了目标。", "工程机械“十四五”规划", "Document"),
    (
        "such a plan with its years",
        "云岭市水利“十四五”（2021-2025年）规划显示。",
        "云岭市水利“十四五”（2021-2025年）规划",
        "Document",
    ),
    ("a bill", "会议审议了行政程序法修正案草案。", "行政程序法修正案草案", "Document"),
    ("a list of companies", "这家公司力争跻身世界500强。", "世界500强", "Ranking"),
    ("a prize behind what it is", "工程荣获全国建筑工程最高奖——云冈奖。", "云冈奖", "Ranking"),
    ("an analyst is no part of the house", "江城证券分析师周思立认为。", "江城证券", "Company"),
    ("nor is he a company", "江城证券分析师周思立认为。", "周思立", "Person"),
    ("a stretch that is named by a place", "江岭引水工程青河段建设提速。", "江岭引水工程青河段", "Project"),
    ("one of a line", "云江高速公路松岭段已经通车。", "云江高速公路松岭段", "Project"),
    ("a route between ends of single characters", "省道302线供加至班戈段已开工。", "省道302线供加至班戈段", "Project"),
    (
        "ends with brackets within",
        "昨日，江（城）云（岭）高速公路项目开工。",
        "江（城）云（岭）高速公路项目",
        "Project",
    ),
    (
        "a bridge's repair",
        "329国道江城隧道北口至松岭桥大修工程开工。",
        "329国道江城隧道北口至松岭桥大修工程",
        "Project",
    ),
    (
        "a list of routes",
        "今年要开工建设松岭至江城、云江至东阳以及云东扩建3个高速公路项目。",
        "松岭至江城",
        "Project",
    ),
    (
        "a member of it behind 以及",
        "今年要开工建设松岭至江城、云江至东阳以及云东扩建、江东扩建4个项目。",
        "云东扩建",
        "Project",
    ),
    (
        "members with verbs",
        "公司负责云岭市网上大厅升级改造、江城市智慧停车等多个项目建设。",
        "云岭市网上大厅升级改造",
        "Project",
    ),
    ("a rate in a name", "呼伦贝尔30万吨/年铅锌项目开始建设。", "呼伦贝尔30万吨/年铅锌项目", "Project"),
    ("a size in a name", "这是哈密千万千瓦级风电基地。", "哈密千万千瓦级风电基地", "Project"),
    ("a plant by its number", "公司在奠基云岭第二工厂后又有举措。", "云岭第二工厂", "Project"),
    ("a plant that is counted", "云岭重工在巴西建立了首个海外生产基地。", "海外生产基地", "Project"),
    ("a line of a company somewhere", "友光电子在江城市的7.5代线开始动工。", "7.5代线", "Project"),
    ("whose line it is, in front of its generation", "新建的项目有云辉7.5代线。", "云辉7.5代线", "Project"),
    ("two that are counted", "触摸屏厂商中，云辉和胜江两大巨头占据高端。", "云辉", "Company"),
    ("a county's common name behind its province", "工厂在新疆和静投产。", "和静", "District"),
    (
        "a group with a name that the tagger takes for a word",
        "昨日是太子奶集团重整的最后期限。",
        "太子奶集团",
        "Company",
    ),
    ("what is invested in somewhere", "他说，选择加拿大投资云岭风电项目是对的。", "云岭风电项目", "Project"),
    ("a foreign government", "公司与巴西当地政府签署了协议。", "巴西当地政府", "GovernmentBody"),
]


@pytest.mark.parametrize(("text", "name", "cls"), [row[1:] for row in FOUND], ids=[row[0] for row in FOUND])
def test_name_is_found_whole(text, name, cls):
    assert (name, cls) in {(one.text, one.cls) for one in names_in(text)}


REFUSED = [
    ("a new industry may be any", "余杭区新产业增长很快。", "新产业", "Industry"),
    ("a net of ways", "它是江城高速公路网的一部分。", "江城高速公路", "Project"),
    ("a number of companies is none", "松岭集团为江城电子有限公司2家控股子公司担保。", "2家控股", "Company"),
    ("nor are those of a company", "此次神州控股旗下公司中标了云岭显示面板项目。", "神州控股旗下公司", "Company"),
    ("nor one of a country that is listed", "松岭集团收购了澳大利亚上市公司15%股权。", "澳大利亚上市公司", "Company"),
    (
        "和 is no part of a name behind 大股东",
        "甲是松岭股份的第二大股东和江河股份的实际控制人。",
        "和江河股份",
        "Company",
    ),
    ("what is measured is no thing", "公司安装33台单机容量为1500千瓦的风机。", "33台单机容量", "Project"),
    ("华 is the country", "公司在华投资建设两家工厂。", "华投资", "Company"),
    ("a verb before a name is none of its words", "公司增资1亿元建设云岭面板项目。", "建设云岭面板项目", "Project"),
    (
        "nor is one behind a place where something is done",
        "公司在加拿大投资风电项目。",
        "加拿大投资风电项目",
        "Project",
    ),
    ("what a place makes and is measured is no company", "目前，新疆水泥总产能约为2600万吨。", "新疆水泥", "Company"),
    ("a plan to invest is no plan with a name", "未来5年新疆规划投资1311亿元发展水利。", "新疆规划", "Document"),
    ("a kind of cars is no company", "当地将发展插电式混合动力汽车。", "混合动力汽车", "Company"),
    ("nor is a technique", "公司的OLED技术储备不足。", "OLED技术", "Company"),
    ("the west of a place is no company", "项目主要分布在云南西部。", "云南西部", "Company"),
    ("growth is no issue of shares", "销量保持稳定增长。", "定增", "FinancialInstrument"),
    ("an abbreviation is no company", "这家企业LED业务增长。", "LED", "Company"),
    ("a county is none that the tagger takes for a company", "光明收购了一家糖企。", "光明", "District"),
    ("a kind of groups is no group", "这是一家大型能源企业集团。", "能源企业集团", "Company"),
    ("plants of a kind are none", "国家将在全国建设智能变电站。", "智能变电站", "Project"),
    ("nor a district in front of what it gave its name to", "七台河市桃山湖治理项目开工。", "桃山", "District"),
    ("a stage is no stretch of a way", "高速铁路正处在建设阶段。", "高速铁路正处在建设阶段", "Project"),
    ("a figure is no member of a list", "项目包括炼油2000万吨、年产乙烯120万吨等工程。", "2000万吨", "Project"),
]


@pytest.mark.parametrize(("text", "name", "cls"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_no_name_is_made_of(text, name, cls):
    assert (name, cls) not in {(one.text, one.cls) for one in names_in(text)}


def names_in(text):
    knowledge = load_knowledge()
    return outermost(find_mentions(tag_text(text, None, knowledge), knowledge))
