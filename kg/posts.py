"""People and their posts: 惠州市委书记、市人大常委会主任黄业斌 holds two, 县领导李洪波、常利民 one each.

Posts stand in front of a name, several in a row; one without a body of its own belongs to the body before it
(董事长兼总裁) or, where it is a mayor's, to the district that the level names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from kg.clauses import Clause
from kg.districts import entity_at_level
from kg.entities import Linking
from kg.knowledge import Knowledge
from kg.model import Article, Entity, Evidence, Qualifiers, Span, Statement
from kg.patterns import MIXED, class_char
from kg.words import any_of, word_set

_RULE = "affiliatedWith/职务与姓名"
_CONFIDENCE = Decimal("0.92")
_LEVEL_POSTS = re.compile("^(?:常务|常务副|第一副|代)?副?([省市县区州])长$|^([省市县区州])领导$")
_NEXT = "、，和及"
_BEFORE = any_of("before posts")


@lru_cache(maxsize=4)
def _patterns(knowledge: Knowledge) -> tuple[re.Pattern[str], re.Pattern[str]]:
    ontology = knowledge.ontology
    bodies = "".join(
        class_char(cls, ontology)
        for cls in ontology.classes()
        if cls == "Organisation" or ontology.is_a(cls, "Organisation") or ontology.is_a(cls, "Place") or cls == "Place"
    )
    roles = "|".join(map(re.escape, knowledge.roles))
    post = f"[{bodies}{MIXED}]?的?(?:{_BEFORE})*(?:{roles}|[省市县区州]领导)"
    person = class_char("Person", ontology)
    whole = re.compile(f"(?P<posts>(?:{post}(?:[、，兼和及]|兼任)?)+)(?P<person>{person})")
    one = re.compile(f"(?P<body>[{bodies}{MIXED}])?的?(?P<role>(?:{_BEFORE})*(?:{roles}|[省市县区州]领导))")
    return whole, one


def read_posts(
    article: Article, clauses: Sequence[Clause], linking: Linking, knowledge: Knowledge
) -> Iterator[Statement]:
    whole, one = _patterns(knowledge)
    for clause in clauses:
        last: tuple[int, Entity | None] = -1, None
        for found in whole.finditer(clause.text):
            people = [linking.of[mention] for mention in clause.units[found.start("person")].mentions]
            span = Span(clause.units[found.start()].span.start, clause.units[found.end() - 1].span.end)
            evidence = Evidence(
                article.id, span.start, span.end, article.body[span.start : span.end], _RULE, _CONFIDENCE
            )
            follows = found.start() - last[0] == 1 and clause.text[last[0]] in _NEXT
            row = tuple(_read_row(clause, found, one, linking, knowledge, last[1] if follows else None))
            last = found.end(), row[-1][0] if row else None
            for body, role in row:
                if not knowledge.ontology.allows("affiliatedWith", "Person", body.cls):
                    continue
                for person in people:
                    yield Statement(person.key, "affiliatedWith", body.key, Qualifiers(role=role), (evidence,))


def _read_row(
    clause: Clause,
    found: re.Match[str],
    one: re.Pattern[str],
    linking: Linking,
    knowledge: Knowledge,
    body: Entity | None,
) -> Iterator[tuple[Entity, str]]:
    """`body` is that of the person right before: 甲集团董事长王某、总裁李某."""
    for post in one.finditer(clause.text, found.start("posts"), found.end("posts")):
        level = _LEVEL_POSTS.match(post["role"])
        if post["body"]:
            mentions = clause.units[post.start("body")].mentions
            body = linking.of[mentions[-1]]
        elif level:
            body = _district_of(body, level[1] or level[2], linking, knowledge) or body
        if body is not None and post["role"] not in word_set("callings"):
            yield (_owner(body, post["role"], linking, knowledge), post["role"])


def _owner(body: Entity, role: str, linking: Linking, knowledge: Knowledge) -> Entity:
    """Mayors are the district's, though 市政府 stand there; all others the body's."""
    level = _LEVEL_POSTS.match(role)
    if level and body.cls not in {"District", "Zone"}:
        return _district_of(body, level[1] or level[2], linking, knowledge) or body
    return body


def _district_of(body: Entity | None, level: str, linking: Linking, knowledge: Knowledge) -> Entity | None:
    """The district of that level that the body is, that its name starts with, or that the article is about."""
    starts = [one for one in linking.entities if one.cls == "District" and body and _starts(body, one)]
    choices = [one for one in (body, *starts, linking.topic) if one is not None]
    return next((found for one in choices if (found := entity_at_level(one, level, knowledge))), None)


def _starts(body: Entity, district: Entity) -> bool:
    name = body.name.removeprefix("中共")
    return any(name.startswith(one) for one in (district.name, *district.names))
