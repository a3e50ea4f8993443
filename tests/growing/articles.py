"""Generated articles for tests and benchmarks of a corpus that grows: our own templates, districts of the gazetteer.

Article N is the same however many are made. Companies come back, under their full and their short names; every 40th
article is a reprint of an earlier one, shortened and under another headline, and every 60th a copy on another page.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from kg.knowledge import load_knowledge

_FIRST = "云江青华鼎瑞天海中东嘉宏泰远恒博金凯新德安润凌卓启晟铭景科联"
_SECOND = "岭城禾腾源康达盛信晖宇翔峰泽川林森润辰捷创拓鸿骏朗澜诺祥丰越"
_TRADES = ("新材料", "电子", "医药", "汽车零部件", "农业科技", "物流", "光电", "装备制造", "食品", "环保")
_FORMS = ("有限公司", "股份有限公司", "集团有限公司")
_THINGS = (
    "显示面板",
    "锂电池",
    "中药材加工",
    "智能家电",
    "精密铸件",
    "冷链物流园",
    "光伏组件",
    "数据中心",
    "精细化工",
    "榨菜加工",
)
_SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗高"
_GIVEN = ("建国", "晓明", "志远", "思涵", "一鸣", "文博", "子墨", "若溪", "一帆", "亦辰")
_GIVEN += ("国强", "海燕", "立新", "雪梅", "永康", "佳宁", "振华", "秋实", "明哲", "春晖")
_POSTS = ("董事长", "总经理", "副总经理", "总裁")
_OPENINGS = (
    "{day}，{full}与{place}签署合作协议，{short}{thing}项目落户当地，总投资{amount}亿元。",
    "{day}，{place}与{full}签约，{short}{thing}项目协议投资{amount}亿元，占地{area}亩。",
    "{full}{day}宣布，将在{place}建设{short}{thing}项目，计划投资{amount}亿元。",
    "由{full}投资建设的{short}{thing}项目{day}在{place}开工，总投资{amount}亿元。",
)
_MIDDLES = (
    "{short}{post}{person}说，项目建成后年产值可达{output}亿元，带动就业{jobs}人。",
    "据介绍，该公司去年实现营业收入{output}亿元，同比增长{rate}%，研发人员有{jobs}人。",
    "项目分两期建设，一期用地{area}亩，预计{months}个月后投产；二期将新增生产线{lines}条。",
    "{place}有关负责人表示，当地已有{lines}家同类企业落户，全部投产后年产值将超过{output}亿元。",
    "{other}为项目提供配套，双方已就{thing}的供货达成一致，首批订单约{rate}万件。",
    "记者在现场看到，{jobs}名工人正在安装设备，第{lines}座厂房已经封顶，工期比计划提前了{months}天。",
)
_CLOSINGS = (
    "下一步，{place}将优化营商环境，在用地、用工、融资等方面为企业做好服务。",
    "{other}与{full}还签订了战略合作协议，将共同开拓{market}市场。",
    "截至目前，{place}今年新签约项目{lines}个，协议引资{output}亿元。",
    "{full}成立于{year}年，总部位于{home}，是当地{thing}领域的骨干企业。",
)


@dataclass(frozen=True)
class _Company:
    full: str
    short: str
    home: str


def make_file(number: int) -> str:
    """The text of file N: one article, its headline and date in front."""
    if number % 60 == 59:
        return _lay_out(*_make_parts(number - 17)) + "\n"
    if number % 40 == 39:
        headline, day, paragraphs = _make_parts(number - 11)
        return _lay_out("转载 " + headline, day + timedelta(days=1), paragraphs[:-1])
    return _lay_out(*_make_parts(number))


def _lay_out(headline: str, day: date, paragraphs: list[str]) -> str:
    return "\n\n".join((f"{headline}\n日期：{day}", *paragraphs)) + "\n"


def _make_parts(number: int) -> tuple[str, date, list[str]]:
    chance = random.Random(f"article {number}")
    districts = _districts()
    day = date(2021, 1, 1) + timedelta(days=chance.randrange(700))
    company, other = (_make_company(chance.randrange(6000)) for _ in range(2))
    values = {
        "full": company.full,
        "short": company.short,
        "home": company.home,
        "other": other.full,
        "place": chance.choice(districts),
        "market": chance.choice(districts),
        "day": f"{day.month}月{day.day}日",
        "thing": chance.choice(_THINGS),
        "person": chance.choice(_SURNAMES) + chance.choice(_GIVEN),
        "post": chance.choice(_POSTS),
        "year": chance.randrange(1985, 2019),
        "amount": chance.randrange(2, 90),
        "area": chance.randrange(30, 900),
        "output": chance.randrange(3, 400),
        "jobs": chance.randrange(50, 4000),
        "rate": round(chance.uniform(1, 60), 1),
        "months": chance.randrange(4, 30),
        "lines": chance.randrange(2, 60),
    }
    templates = [chance.choice(_OPENINGS), *chance.sample(_MIDDLES, 3), chance.choice(_CLOSINGS)]
    headline = f"{company.short}{values['thing']}项目落户{values['place']}"
    return headline, day, [template.format(**values) for template in templates]


def _make_company(number: int) -> _Company:
    chance = random.Random(f"company {number}")
    core = chance.choice(_FIRST) + chance.choice(_SECOND)
    home = chance.choice(_districts())
    trade = chance.choice(_TRADES)
    full = f"{home.removesuffix('区').removesuffix('县').removesuffix('市')}{core}{trade}{chance.choice(_FORMS)}"
    return _Company(full, f"{core}{trade}", home)


def _districts() -> list[str]:
    entries = load_knowledge().gazetteer.entries
    return [
        entry.name for entry in entries if entry.cls == "District" and not entry.former and entry.name[-1] in "区县市"
    ]
