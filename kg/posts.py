"""People and their posts: 惠州市委书记、市人大常委会主任黄业斌 holds two, 县领导李洪波、常利民 one each.

Posts stand in front of a name, several in a row, or behind it (李某现任…董事长). One without a body of its own belongs
to the body before it (董事长兼总裁), where it is a mayor's to the district that the level names, and where only
companies have it to the company of the headline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kg.clauses import Clause
from kg.districts import commonest_at_level, entity_at_level
from kg.entities import Linking
from kg.knowledge import Knowledge
from kg.model import Article, Entity, Evidence, Qualifiers, Span, Statement
from kg.patterns import MIXED, PRIVATE, class_char, value_char
from kg.words import any_of, word_list, word_set

_RULE = "affiliatedWith/职务与姓名"
_CONFIDENCE = Decimal("0.92")
_LEVEL_POSTS = re.compile(
    "^(?:常务|常务副|第一副|代)?副?([省市县区州])长$|^([省市县区州])领导$|^(自治区)(?:常务副|副)?主席$"
)
_NEXT = "、，和及"
_ALONE = "，；：据在由"
"""A post without a body begins behind one of these."""
_BEFORE = any_of("before posts")
_NEWSROOM = "(?:讯[（(])?(?:全媒体?|融媒体?|见习|特派|特约)?"
"""Between a paper and its reporters: 江城日报讯（记者王某）, 江城日报全媒记者王某."""


@dataclass(frozen=True, slots=True)
class _Patterns:
    front: re.Pattern[str]
    """Posts and the person behind them."""
    behind: re.Pattern[str]
    """A person, and posts that a verb gives."""
    one: re.Pattern[str]
    """One post of a row."""


@lru_cache(maxsize=4)
def _patterns(knowledge: Knowledge) -> _Patterns:
    ontology = knowledge.ontology
    bodies = "".join(
        class_char(cls, ontology)
        for cls in ontology.classes()
        if cls == "Organisation" or ontology.is_a(cls, "Organisation") or ontology.is_a(cls, "Place") or cls == "Place"
    )
    roles = "|".join(map(re.escape, knowledge.roles))
    industry = class_char("Industry", ontology)
    expert = (
        "(?:高级|首席|资深)[\u4e00-\u9fff]{0,4}(?:专家|经济学家|分析师|顾问)"
        f"|(?:(?!网|顾问)[\u4e00-\u9fff{industry}]){{1,6}}(?:分析师|研究员)"
    )
    role = f"(?:(?:{_BEFORE})*(?:{roles}|[省市县区州]领导|自治区(?:常务)?副?主席)|{expert})"
    # No department without a body; what it deals in may be a mention itself.
    inside = f"(?:[\u4e00-\u9fff{industry}]{{1,8}}?(?:{any_of('departments')})(?<!公司))?"
    body = f"[{bodies}{MIXED}]"
    places = "".join(class_char(cls, ontology) for cls in ("Place", "District"))
    region = f"(?:[{places}](?:大?区域?|地区|分?公司|市场|业务)?)?(?:另?(?:一[位名]|{value_char('Count')}))?"
    posts = f"(?P<posts>(?:(?:{body}的?{region}{_NEWSROOM}{inside})?{role}(?:[、，兼和及]|兼任)?)+)"
    person = class_char("Person", ontology)
    verbs = any_of("holds a post")
    becomes = f"(?:(?:由{person})?(?:变更为|变为)|[是为系：])?"
    return _Patterns(
        re.compile(f"{posts}{becomes}(?P<person>{person})"),
        re.compile(f"(?P<person>{person})(?:先生|女士)?，?(?:{verbs}){posts}"),
        re.compile(f"(?:(?P<body>{body})的?{region}{_NEWSROOM}{inside})?(?P<role>{role})"),
    )


def read_posts(
    article: Article, clauses: Sequence[Clause], linking: Linking, knowledge: Knowledge
) -> Iterator[Statement]:
    patterns = _patterns(knowledge)
    for clause in clauses:
        last: tuple[int, Entity | None] = -1, None
        for found in patterns.front.finditer(clause.text):
            follows = found.start() - last[0] == 1 and clause.text[last[0]] in _NEXT
            row = tuple(_read_row(clause, found, linking, knowledge, last[1] if follows else None))
            alone = found.start() == 0 or clause.text[found.start() - 1] in _ALONE
            row = row or (tuple(_read_bare(article, found, linking)) if alone else ())
            last = found.end(), row[-1][0] if row else None
            yield from _state(article, clause, found, row, linking, knowledge)
        for found in patterns.behind.finditer(clause.text):
            row = tuple(_read_row(clause, found, linking, knowledge, None))
            yield from _state(article, clause, found, row, linking, knowledge)


def _state(
    article: Article,
    clause: Clause,
    found: re.Match[str],
    row: Sequence[tuple[Entity, str]],
    linking: Linking,
    knowledge: Knowledge,
) -> Iterator[Statement]:
    people = [linking.of[mention] for mention in clause.units[found.start("person")].mentions]
    span = Span(clause.units[found.start()].span.start, clause.units[found.end() - 1].span.end)
    evidence = Evidence(article.id, span.start, span.end, article.body[span.start : span.end], _RULE, _CONFIDENCE)
    for body, role in row:
        if knowledge.ontology.allows("affiliatedWith", "Person", body.cls):
            for person in people:
                yield Statement(person.key, "affiliatedWith", body.key, Qualifiers(role=role), (evidence,))


def _read_row(
    clause: Clause, found: re.Match[str], linking: Linking, knowledge: Knowledge, body: Entity | None
) -> Iterator[tuple[Entity, str]]:
    """`body` is that of the person right before: 甲集团董事长王某、总裁李某."""
    for post in _patterns(knowledge).one.finditer(clause.text, found.start("posts"), found.end("posts")):
        level = _LEVEL_POSTS.match(post["role"])
        if post["body"]:
            mentions = clause.units[post.start("body")].mentions
            body = linking.of[mentions[-1]]
        elif level:
            body = _district_of(body, _level(level), linking, knowledge) or body
        calling = post["role"] in word_set("callings") and not _is_calling_of(post, body)
        if body is not None and not calling:
            role = PRIVATE.sub("", post["role"])  # the industry that an analyst follows
            yield (_owner(body, role, linking, knowledge), role)


def _is_calling_of(post: re.Match[str], body: Entity | None) -> bool:
    """Experts and deputies of the body in front of them; reporters and editors of a paper."""
    of_any = post["role"] in word_set("callings of any body")
    return post["body"] is not None and body is not None and (of_any or body.cls == "MediaOutlet")


def _read_bare(article: Article, found: re.Match[str], linking: Linking) -> Iterator[tuple[Entity, str]]:
    """据董秘谭某介绍: the post alone, in an article whose headline names the company."""
    company = linking.topics.get("Company")
    head = "".join((article.headline, *article.kickers))
    role = found["posts"]
    first = re.split("兼任?|[、，和及]", role)[0]
    if company and first in word_set("company posts") and any(one in head for one in (company.name, *company.names)):
        yield company, role


def _level(found: re.Match[str]) -> str:
    return "省" if found[3] else found[1] or found[2]


def _owner(body: Entity, role: str, linking: Linking, knowledge: Knowledge) -> Entity:
    """Mayors are the district's, though 市政府 stand there; who is in 云岭科技市场部 is in 云岭科技."""
    if (
        body.cls == "Company"
        and body.name.endswith(word_list("departments"))
        and not body.name.endswith(("公司", "分社"))
    ):
        body = max((one for one in linking.entities if _has(one, body)), key=lambda one: len(one.name), default=body)
    level = _LEVEL_POSTS.match(role)
    if level and body.cls not in {"District", "Zone"}:
        return _district_of(body, _level(level), linking, knowledge) or body
    return body


def _district_of(body: Entity | None, level: str, linking: Linking, knowledge: Knowledge) -> Entity | None:
    """The district of that level that the body is, that its name starts with, or that the article is about."""
    starts = [one for one in linking.entities if one.cls == "District" and body and _starts(body, one)]
    choices = [one for one in (body, *starts, linking.topic) if one is not None]
    found = next((found for one in choices if (found := entity_at_level(one, level, knowledge))), None)
    return found or commonest_at_level((one for one in linking.of.values() if one.cls == "District"), level, knowledge)


def _has(company: Entity, department: Entity) -> bool:
    names = (company.name, *company.names) if company.cls == "Company" and company != department else ()
    return any(len(name) > 2 and department.name.startswith(name) for name in names)


def _starts(body: Entity, district: Entity) -> bool:
    name = body.name.removeprefix("中共")
    return any(name.startswith(one) for one in (district.name, *district.names))
