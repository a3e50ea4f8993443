"""Facts that names themselves tell: 梁平区城镇化示范项目 is in 梁平区, 惠科显示模组项目 is undertaken by 惠科."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from kg.compare import same_organisation
from kg.entities import Linking
from kg.knowledge import Knowledge
from kg.mentions.names import KIND
from kg.mentions.tagged import TaggedText
from kg.mentions.titled import is_official
from kg.modality import read_modality
from kg.model import Article, Entity, Evidence, Mention, Qualifiers, Statement
from kg.ontology import Ontology
from kg.shorter import is_part, is_phase
from kg.subordinates import TRUSTED, is_subordinate
from kg.words import word_list, word_set

_PLACES = frozenset({"District", "Zone", "Place"})
_HEADS = (
    # what is named, what its name starts with, what follows from it, how surely
    ("Project", "Company", "undertakenBy", "0.88"),
    ("Project", "ResearchInstitution", "undertakenBy", "0.85"),
    ("Project", "University", "undertakenBy", "0.85"),
    ("Zone", "Company", "undertakenBy", "0.85"),
    ("FinancialInstrument", "Company", "issuedBy", "0.92"),
    ("Document", "Organisation", "issuedBy", "0.92"),
    ("Document", "District", "issuedBy", "0.8"),
    ("Organisation", "Organisation", "partOf", "0.85"),
    ("Project", "Project", "partOf", "0.85"),
    ("Project", "Place", "locatedIn", "0.92"),
    ("Organisation", "Place", "locatedIn", "0.9"),
    ("Zone", "Place", "locatedIn", "0.9"),
    ("Event", "Place", "locatedIn", "0.85"),
    ("Event", "District", "organisedBy", "0.85"),
    ("Event", "Organisation", "organisedBy", "0.85"),
)
_OF_INDUSTRIES = ("Project", "ResearchInstitution")
_SAID = ("ending", "gazetteer", "list", "counted", "body", "label", "quoted")
_LEGAL, _FULL = ("公司", "银行", "分行", "支行"), ("省", "市", "区", "县", "州", "旗")
_WATERS = ("山", "经济圈", "都市圈", "湾大桥", "湾区", "湾新区", "湾跨海", "湾海", "海峡", "半岛")
"""Behind a place these make another place of it: 杭州湾大桥, 贺兰山防洪工程, 双城经济圈."""
_TRAVELS = ("推介会", "招商会", "恳谈会", "推介活动", "招商活动", "之旅")
"""Events that those who hold them hold elsewhere."""
_OFFICIAL = re.compile(
    "^[^委]*(?:会议|大会|工作会|推进会|动员会|座谈会|推介会|招商会|恳谈会|集中(?:签约|开工)|(?:签约|开工|招商|推介)活动)$"
)
"""Events that the government of the place holds whose name they begin with."""
_TWO_BODIES = re.compile("委.+政府$")
_ABOUT = "关于"
"""In the title of a document it parts who wrote it from what it is about."""
_ONWARD = ("至", "—", "－", "-", "到")
"""Behind a place these say that the name goes on to another one: 抚州至吉安高速公路项目动员大会."""
_SMALLER = re.compile("[镇乡村]|街道")
"""九江镇政府 is that of a town which is called as a city far away is."""
_SURE = ("公司", "集团", "（集团）", "大学", "研究院", "委员会", "银行", "证券", "期货", "股份", "药业", "重工", "电器")
_WHOLE = 5
"""Characters that the name of a project has at least of which another one is a part."""


def find_heads(outer: Sequence[Mention], candidates: Sequence[Mention]) -> tuple[tuple[Mention, Mention], ...]:
    """Pairs of a name and what it starts with: the longest name there, and behind a place the longest organisation."""
    by_start: dict[int, list[Mention]] = {}
    for mention in sorted(candidates, key=lambda one: one.span.end):
        by_start.setdefault(mention.span.start, []).append(mention)
    named = [one for one in outer if not one.found_by.startswith("ending")]
    counts = Counter(one.text for one in named)
    sure = {one.text for one in named if one.found_by not in {"tagger", "list"}}
    standing = {text for text, count in counts.items() if count > 1 or text in sure}
    pairs = list(_find_phases(outer, by_start))
    for mention in outer:
        inner = [one for one in by_start[mention.span.start] if _heads(one, mention, standing)]
        if not inner:
            continue
        head = next((one for one in inner if _writes(one, mention)), None) or max(
            inner, key=lambda one: (one.cls not in _PLACES, one.found_by in TRUSTED, one.span.end)
        )
        head = next((one for one in inner if one.text in {head.text + "公司", head.text + "集团"}), head)
        longest = by_start[mention.span.start]
        if head.cls in _PLACES and any(one.cls == "Company" and _between(head, one, mention) for one in longest):
            continue
        pairs.append((mention, head))
        behind = [one for one in by_start.get(head.span.end, ()) if _heads(one, mention, standing)]
        placed = [one for one in inner if one.cls in _PLACES]
        if behind and (head.cls in _PLACES) != (behind[-1].cls in _PLACES):
            pairs.append((mention, behind[-1]))
        elif placed and head.cls == "Company" and head.found_by != "gazetteer":
            pairs.append((mention, placed[-1]))
        for place in [one for named, one in pairs[-2:] if named is mention and one.cls == "District"]:
            pairs += [(mention, inside) for inside in _places_within(place, mention, by_start)]
    return tuple(pairs)


def _find_phases(
    outer: Sequence[Mention], by_start: Mapping[int, Sequence[Mention]]
) -> Iterator[tuple[Mention, Mention]]:
    """某项目二期工程 and the 某项目 that the article names as well; 某铁路松江段 and 某铁路 in any case, and 松江."""
    projects = {one.text: one for one in outer if one.cls == "Project"}
    for mention in outer:
        if mention.cls != "Project":
            continue
        whole = [
            one
            for one in by_start[mention.span.start]
            if one.cls == "Project" and is_phase(mention.text[len(one.text) :])
            if one.text in projects or mention.text.endswith("段")
        ]
        starts = (mention.text[:end] for end in range(len(mention.text) - 1, _WHOLE - 1, -1))
        known = next((projects[start] for start in starts if start in projects), None)
        if known is not None:  # 岭南至松江铁路 is not found within 岭南至松江铁路松江段
            yield mention, known
        yield from ((mention, one) for one in whole[-1:])
        yield from ((mention, place) for one in whole[-1:] for place in _places_within(one, mention, by_start))


def _writes(inner: Mention, title: Mention) -> bool:
    """Who stands before 关于; 省委省政府 are two, not one."""
    return title.text.startswith(_ABOUT, len(inner.text)) and not _TWO_BODIES.search(inner.text)


def _places_within(place: Mention, whole: Mention, by_start: Mapping[int, Sequence[Mention]]) -> Iterator[Mention]:
    """萧山区 behind 杭州市 in 杭州市萧山区城市更新项目, and so on inwards."""
    following = [place]
    while following:
        following = [
            one
            for one in by_start.get(following[-1].span.end, ())
            if one.cls == "District" and one.found_by == "gazetteer" and one.span.end < whole.span.end
        ]
        yield from following[-1:]


def _between(place: Mention, company: Mention, whole: Mention) -> bool:
    """上海 in 上海大众工厂 belongs to 上海大众, which is known."""
    return company.found_by == "gazetteer" and place.span.end < company.span.end < whole.span.end


def _heads(inner: Mention, outer: Mention, standing: set[str]) -> bool:
    """Whether to trust a name inside another one: it is known, says its class, or stands by itself elsewhere."""
    if inner.span.end >= outer.span.end or inner.found_by == "pointer":
        return False
    if inner.cls in _PLACES:
        return inner.found_by == "gazetteer" and not _SMALLER.match(outer.text, len(inner.text))
    short = len(inner.text) < 3 and inner.found_by not in TRUSTED
    if short or outer.text.startswith(("矿", "采购"), len(inner.text)):  # 云岭铜矿项目, 江城政府采购项目
        return False
    if outer.cls == "Company" and same_organisation(inner.text, outer.text, "", ""):
        return False
    rest = outer.text[len(inner.text) :]
    firm = is_phase(rest) or (inner.text.endswith(word_list("firm endings")) and not rest.startswith("一体化"))
    owns = firm and (inner.cls, outer.cls) == ("Company", "Project")  # 赛诺实业二期
    named = inner.text in standing or inner.text.endswith(_SURE) or inner.found_by in TRUSTED
    return owns or named or rest.startswith(_ABOUT)


def read_names(
    article: Article,
    tagged: TaggedText,
    heads: Sequence[tuple[Mention, Mention]],
    linking: Linking,
    knowledge: Knowledge,
) -> Iterator[Statement]:
    """The quote of such a fact is the name."""
    ontology = knowledge.ontology
    around: dict[Mention, str] = {}
    for mention, head in heads:
        subject, object_ = linking.of.get(mention), linking.of.get(head)
        if subject is None or object_ is None or subject.key == object_.key:
            continue
        if object_.cls == "District":
            path = object_.path or object_.name
            if not path.startswith(around.setdefault(mention, path)):
                continue  # 长兴 of 浙江省 does not lie in 大连: 大连长兴岛产业园
        for named, start, relation, confidence in _HEADS:
            if relation == "locatedIn" and _elsewhere(article, mention, object_, linking):
                continue
            if (
                _is(subject, named, ontology)
                and _is(object_, start, ontology)
                and _holds(mention, head, relation, subject, knowledge)
            ):
                span = mention.span
                modality = _modality(tagged, mention) if subject.cls == "Project" else "actual"
                quote = article.body[span.start : span.end]
                rule = f"{relation}/名称以{ontology.label(start)}开头"
                evidence = Evidence(article.id, span.start, span.end, quote, rule, Decimal(confidence))
                yield Statement(subject.key, relation, object_.key, Qualifiers(modality), (evidence,))


def read_industries(
    article: Article, mentions: Sequence[Mention], linking: Linking, knowledge: Knowledge
) -> Iterator[Statement]:
    """重庆理工大学生物医药创新中心 is in 生物医药: an industry that stands within a name."""
    for mention in mentions:
        subject = linking.of.get(mention)
        if (
            subject is None
            or mention.found_by.startswith(KIND)
            or not any(_is(subject, cls, knowledge.ontology) for cls in _OF_INDUSTRIES)
        ):
            continue
        for match in knowledge.gazetteer.find(mention.text):
            entry = match.entries[0]
            rest = mention.text[: match.span.start] + mention.text[match.span.end :]
            if entry.cls == "Industry" and len(match.name) > 3 and match.span.start and not knowledge.is_generic(rest):
                span = mention.span
                rule = "inIndustry/名称中有行业"
                quote = article.body[span.start : span.end]
                evidence = Evidence(article.id, span.start, span.end, quote, rule, Decimal("0.85"))
                yield Statement(
                    subject.key, "inIndustry", Entity("Industry", entry.name).key, Qualifiers(), (evidence,)
                )


def _modality(tagged: TaggedText, mention: Mention) -> str:
    """What is planned where it is named is not there yet."""
    return "actual" if read_modality(tagged, mention.span, (mention,)) in {"actual", "denied"} else "planned"


def _elsewhere(article: Article, mention: Mention, place: Entity, linking: Linking) -> bool:
    """青海西宁的南川工业园区 is not in 重庆市南川区: the place in front of the name says so."""
    near = article.body[max(0, mention.span.start - 12) : mention.span.start]
    inside = [
        one
        for one in linking.entities
        if one.cls == "District" and any(near.endswith((name, name + "的")) for name in (one.name, *one.names))
    ]
    province = (place.path or place.name).split("/")[0]
    return any((one.path or one.name).split("/")[0] != province for one in inside)


def _is(entity: Entity, cls: str, ontology: Ontology) -> bool:
    return entity.cls == cls or ontology.is_a(entity.cls, cls)


def _holds(mention: Mention, head: Mention, relation: str, subject: Entity, knowledge: Knowledge) -> bool:
    if relation == "partOf" and subject.cls == "Project":
        return is_part(head.text, mention.text[len(head.text) :], knowledge)
    if relation == "partOf":
        return is_subordinate(mention, head, subject.cls, knowledge)
    if relation == "organisedBy" and head.cls == "District":
        return _OFFICIAL.search(mention.text) is not None and not mention.text.startswith(_ONWARD, len(head.text))
    if subject.cls == "Document" and head.cls in {"District", "GovernmentBody"}:
        return head.cls != "District" or is_official(mention.text)
    if relation != "locatedIn":
        return head.found_by != "list" and (head.cls == "Company" or head.span.start == mention.span.start)
    rest = mention.text[len(head.text) :]
    if (
        head.text in {"中国", "全国", "亚洲", "亚太"}
        or rest.startswith(_WATERS)
        or (subject.cls == "Event" and mention.text.endswith(_TRAVELS))
        or (rest.startswith(_ONWARD) and subject.cls != "Project")
        or not mention.found_by.startswith(_SAID)
        or (subject.cls == "Company" and head.text in word_set("regions"))
        or (subject.cls == "Project" and head.cls == "Place" and "公司" in mention.text)  # the company's country
    ):
        return False
    named = subject.cls == "Company" or mention.found_by == "gazetteer"
    return not named or head.text.endswith(_FULL) or mention.text.endswith(_LEGAL)
