"""Whether a shorter name of an article stands for a longer one there, by kind of thing; each answer has its reason.

What two names of organisations say is in `kg.compare`; here is what tables know of them, and how projects, events,
rankings and industries are named more shortly in the course of a text. Whether several longer names claim the short
one is decided in `kg.entities`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from kg.compare import REASONS, core_name, normalise_name, numbers_in, same_body, same_organisation, shortened
from kg.knowledge import Knowledge
from kg.mentions.shorts import place_of
from kg.model import Mention
from kg.words import any_of, word_list, word_set

SAME, STARTS, _, IN_ORDER = REASONS
_BRACKET = re.compile(r"[(（][^()（）]*[)）]")
_PROJECT_TAIL = re.compile(f"(?:{any_of('project tails')})+$")
_INDUSTRY_TAIL = re.compile(f"(?:{any_of('industry tails')})$")
_PHASE = re.compile("^[(（]?(?:第?[一二三四五六七八九十首\\d]+(?:期|标段|阶段)|[^项]{2,12}段)")
_ROUTE = re.compile(
    "(?P<start>[\u4e00-\u9fff]{2,3})[至—-](?P<end>[\u4e00-\u9fff]{2,4}?)(?P<way>(?:国家)?(?:高速|铁路|公路|高铁|城际|客专).*)$"
)
_FIRST_ISSUE = re.compile("首次|首发|ipo|上市")
_RAISED = re.compile("募集资金投[资向]|募投")
_ENDS = re.compile("(?P<start>[\u4e00-\u9fff]{2,3})至(?P<end>[\u4e00-\u9fff]{2,4})")
_YEAR = re.compile("^(?:(?:19|20)\\d\\d(?:年度?)?)?(?:全国|中国)?")
_OCCASIONS = frozenset({"Event", "Agreement", "Project", "FinancialInstrument", "Document"})
_LEVELS = ("自治区", "省", "市", "州", "县", "区")
_LEVEL = frozenset("省市县区州")
_BODIES = frozenset({"Organisation", "ResearchInstitution"})
_AND = re.compile("[和及与、暨]")
_SHORTENED = frozenset({"Project", "Event", "Agreement", "Ranking", "FinancialInstrument", "Document", "Zone"})


def may_stand_for(short: Mention, long: Mention, knowledge: Knowledge) -> str | None:
    """One of `kg.compare.REASONS`, or None. The classes are of one family, and the second name is the longer one."""
    if knowledge.ontology.is_a(short.cls, "Organisation"):
        return _same_organisation(short, long, knowledge)
    one, other = (_RAISED.sub("投资", normalise_name(name)) for name in (short.text, long.text))
    if short.cls == "Industry":
        return _same_industry(one, other, knowledge)
    if short.found_by == long.found_by == "share issue":
        return SAME if bool(_FIRST_ISSUE.search(one)) == bool(_FIRST_ISSUE.search(other)) else None
    if short.cls == "Ranking" and _same_ranking(one, other):
        return SAME
    if short.cls == "Place" and other.endswith(one) and knowledge.is_district(other.removesuffix(one)):
        return SAME
    if short.cls not in _SHORTENED or len(one) < 4:
        return None
    if short.cls == "Zone" and knowledge.ending_of(one) is not None and other.startswith(one):
        return None
    if other.endswith(one):
        return SAME if short.found_by != "plant" else None  # 甲公司在乙市的7.5代线 is not 丙公司7.5代线
    if other.startswith(one):
        return None if short.cls == "Project" and is_part(one, other[len(one) :], knowledge) else STARTS
    if short.cls == "Project":
        return shortened(one, other) or _same_project(one, other, knowledge)
    return shortened(_YEAR.sub("", one), _YEAR.sub("", other))


def is_phase(rest: str) -> bool:
    """What follows a project's name in that of its part: 二期, 第三标段, 一期河口至松岭段."""
    return _PHASE.match(rest) is not None


def is_part(whole: str, rest: str, knowledge: Knowledge) -> bool:
    """What follows a project's name in that of its part: a phase, or a work of its own (云岭水库工程溢洪道隧道)."""
    if is_phase(rest):
        return True
    ending, last = knowledge.ending_of(whole), knowledge.ending_of(rest)
    if ending is None or last is None or ending.weak or len(_PROJECT_TAIL.sub("", rest)) < 3:
        return False
    return ending.cls == last.cls == "Project"


def is_common(cls: str, name: str, knowledge: Knowledge) -> bool:
    """签约仪式, 签约和奠基仪式, 科学城: words that say what kind of thing it is, and not which."""
    ending = knowledge.ending_of(name)
    stem = name.removesuffix(ending.text) if ending else name
    if cls == "Zone":
        return not stem
    if name in word_set("new companies"):
        return True
    plain = knowledge.is_generic(_AND.sub("", stem)) or name.startswith(word_list("share issues"))
    return cls in _OCCASIONS and plain


def stands_for_only(short: str, longs: Collection[str], knowledge: Knowledge) -> str | None:
    """Which thing a common name means: the only one that the article names and that ends as it does."""
    ending = knowledge.ending_of(short)
    found = [one for one in longs if ending and one.endswith(ending.text)]
    return found[0] if len(found) == 1 else None


def nearest(names: Sequence[str], knowledge: Knowledge) -> Sequence[str]:
    """Of 云岭电机株式会社 and 云岭电机国际贸易有限公司 the first is called 云岭; the other one is its company.

    Of 云岭啤酒（中国）有限公司 and 云岭啤酒（余杭）有限公司 it is the first again.
    """
    cores = {name: core_name(name, place_in_front(name, knowledge)) for name in names}
    shortest = min(cores.values(), key=len)
    if not all(core.startswith(shortest) for core in cores.values()):
        return names
    national = [name for name in names if normalise_name(name).startswith(f"{shortest}(中国)")]
    if len(national) == 1:
        return national
    return [name for name in names if cores[name] == shortest]


def _same_organisation(short: Mention, long: Mention, knowledge: Knowledge) -> str | None:
    mine, theirs = _known(short.text, knowledge), _known(long.text, knowledge)
    if mine and theirs:
        return SAME if mine & theirs or _is_fuller(short.text, long.text, knowledge) else None
    if any(_is_otherwise(full, long.text, knowledge) for full in mine):
        return SAME
    if "GovernmentBody" in {short.cls, long.cls}:
        one, other = normalise_name(short.text), normalise_name(long.text)
        local = (
            short.text.startswith(_LEVELS) and other.endswith(one) and knowledge.is_district(other.removesuffix(one))
        )
        return SAME if local or same_body(short.text, long.text) else None
    if long.cls != "Company" and short.cls != long.cls:
        return None
    if long.cls in _BODIES and len(short.text) > 4 and knowledge.is_district(long.text.removesuffix(short.text)):
        return SAME  # 药品交易所, where the text names but that of 重庆
    if _is_foreign(long.text, short.text, knowledge) or _is_latin(short.text, long.text):
        return SAME
    if not mine and any(_is_fuller(short.text, full, knowledge) for full in theirs):
        return STARTS
    place, home = place_in_front(short.text, knowledge), place_in_front(long.text, knowledge)
    if core_name(long.text, home).startswith(core_name(short.text)):
        place = ""  # 长江通信 is no company of 长江
    return same_organisation(short.text, long.text, place, home, coined=not mine)


def _is_fuller(short: str, long: str, knowledge: Knowledge) -> bool:
    """深圳市云岭光电技术有限公司 where the text says 云岭光电, though the table has another company that is called so;
    云岭太阳能科技股份有限公司, which the text calls 云岭 as well as 云岭太阳."""
    one, other = _core(short, knowledge), _core(long, knowledge)
    place = next((long[:end] for end in range(6, 1, -1) if knowledge.is_district(long[:end])), "")
    other = other.removeprefix(place)
    rest = other.removeprefix(one)
    if rest == other or not long.endswith("公司") or short.endswith(("公司", "集团")):
        return False
    return rest in {"技术", "科技"} if len(one) > 3 else rest in word_set("trades in full names")


def _known(name: str, knowledge: Knowledge) -> set[str]:
    """Full names of what the table calls so; 公司 behind does not count (云岭汽车公司)."""
    for written in (name, name.removesuffix("公司")):
        found = {entry.name for entry in knowledge.gazetteer.lookup(written) if entry.cls != "District"}
        if found:
            return found
    return set()


def _is_otherwise(full: str, name: str, knowledge: Knowledge) -> bool:
    """A full name written a little otherwise than in the table: without its form, with its parent or 省 in front."""
    core, other = _core(full, knowledge), _core(name, knowledge)
    whole = core_name(name)
    within = len(core) > 3 and name.endswith("集团") and whole.endswith(core) and whole != core
    parent = knowledge.gazetteer.lookup(whole.removesuffix(core)) if within else ()
    branch = name.endswith("银行") and full.removeprefix("中国") == (name[1:] if name[0] in _LEVEL else other)
    return core == other or core_name(full) == whole or bool(parent) or branch


def _core(name: str, knowledge: Knowledge) -> str:
    return core_name(name, place_in_front(name, knowledge))


def _is_latin(short: str, long: str) -> bool:
    """Harlin for Harlin(HongKong)Limited."""
    one, other = normalise_name(short), normalise_name(long)
    return one.isascii() and len(one) > 2 and other.startswith(f"{one}(")


def _is_foreign(long: str, short: str, knowledge: Knowledge) -> bool:
    """缅甸亚洲世界公司 is 亚洲世界公司 with the country that it is from; 北京现代 is not 现代."""
    origin = normalise_name(long).removesuffix(normalise_name(short))
    return origin not in {"", "中国"} and any(one.cls == "Place" for one in knowledge.gazetteer.lookup(origin))


@lru_cache(maxsize=65536)
def place_in_front(name: str, knowledge: Knowledge) -> str:
    """The place that a name starts with, as it is compared; none in 东风日产, where a place's name is another word.

    Remembered, as every name is compared with all longer ones of its article.
    """
    place = place_of(name, knowledge)
    word = any(place in entry.common for entry in knowledge.gazetteer.lookup(place))
    return "" if word else place


def _same_ranking(one: str, other: str) -> bool:
    """2011年电子信息百强企业 is 中国电子信息百强企业: one list, but for years that differ."""
    years = {found[0] for name in (one, other) if (found := re.match("(?:19|20)\\d\\d", name))}
    return len(years) < 2 and _YEAR.sub("", one) == _YEAR.sub("", other)


def _same_industry(one: str, other: str, knowledge: Knowledge) -> str | None:
    """船用柴油机产业链 and 珠海船用柴油机产业 are 船用柴油机产业."""
    mine, theirs = ({entry.name for entry in knowledge.gazetteer.lookup(name)} for name in (one, other))
    if mine and theirs and not mine & theirs:
        return None
    return SAME if _trade(one, knowledge) == _trade(other, knowledge) else None


@lru_cache(maxsize=65536)
def _trade(name: str, knowledge: Knowledge) -> str:
    """What is made or done, without the place and 产业, 产业链, 行业."""
    rest = name.removeprefix(place_in_front(name, knowledge)) or name
    for _round in range(2):
        bare = _INDUSTRY_TAIL.sub("", rest)
        rest = bare if len(bare) > 1 else rest
    return rest


def _same_project(one: str, other: str, knowledge: Knowledge) -> str | None:
    """By what tells the project from others, without 项目 and the like: it stands in the longer name as a whole, or
    its characters in order between the same beginning and end. A place that only the short name says does not count
    (青岛啤酒揭阳项目), nor do ends of a route written out (抚州至吉安)."""
    mine, theirs = _stem(one), _stem(other)
    ends = _ENDS.fullmatch(mine)
    if ends and re.match(f"{ends['start'][0]}{ends['end'][0]}(?:高速|铁路|公路|高铁|城际)", theirs):
        return IN_ORDER
    if len(mine) < 2 or knowledge.is_generic(mine) or numbers_in(mine) - numbers_in(theirs):
        return None
    whole = mine != one and ((len(mine) > 2 and mine in theirs) or _without_place(mine, theirs, knowledge))
    return IN_ORDER if whole or mine in _routes(other) or _is_shortened(mine, theirs, knowledge) else None


def _is_shortened(mine: str, theirs: str, knowledge: Knowledge) -> bool:
    """With words left out between, and the place in front: 白鹭管业基地 for 湖北白鹭管业生产基地."""
    placeless = theirs.removeprefix(place_in_front(theirs, knowledge))
    return shortened(mine, theirs) is not None or shortened(mine, placeless) is not None


def _stem(name: str) -> str:
    plain = _BRACKET.sub("", name).replace("高速公路", "高速")
    return _PROJECT_TAIL.sub("", plain) or plain


def _routes(name: str) -> frozenset[str]:
    """抚州至吉安高速公路 is called 抚吉高速公路 and 抚吉高速."""
    found = _ROUTE.search(name)
    if found is None:
        return frozenset()
    way = _stem(found["way"]).removeprefix("国家")
    return frozenset(start + found["end"][0] + way for start in {found["start"][0], found["start"][-2:][0]})


def _without_place(mine: str, theirs: str, knowledge: Knowledge) -> bool:
    """The company in front and a place are all that the short name says, and the longer one names no other place."""
    found = [match for match in knowledge.gazetteer.find(mine) if match.entries[0].cls == "District"]
    others = {one.name for one in knowledge.gazetteer.find(theirs) if one.entries[0].cls == "District"}
    if len(found) != 1 or others - {found[0].name}:
        return False
    rest = mine[: found[0].span.start] + mine[found[0].span.end :]
    return len(rest) > 1 and not knowledge.is_generic(rest) and theirs.startswith(rest)
