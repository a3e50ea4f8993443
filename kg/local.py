"""Projects of an article whose headline names one district: they are there, where no sentence says otherwise."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.entities import Linking
from kg.knowledge import Knowledge
from kg.mentions.names import KIND
from kg.mentions.tagged import TaggedText
from kg.modality import read_modality
from kg.model import Article, Entity, EntityKey, Evidence, Mention, Observation, Qualifiers, Span, Statement

_RULE = "locatedIn/标题所述之地的项目"
_CONFIDENCE = Decimal("0.75")
_TOLD = frozenset({"undertakenBy", "fundedBy", "participatedIn", "partOf", "approvedBy", "establishedBy"})
"""What makes a project one that the article speaks of, and not a kind of projects, if its name does not."""
_NAMED = ("ending", "route")
"""Names that say of themselves which work they mean: 云岭水厂, 329国道岭口至云山段."""
_STANDS = {"denied": "actual", "hoped": "planned"}
"""What is said of a work in the sentence, and whether it stands."""
_NEAR = 200
"""Characters of the quote at most, where place and work stand in two paragraphs."""
_LIKENED = re.compile("(?:相当于|类似于?|堪比|媲美|好比|个半)[^，。；\n]{0,6}$")
"""In front of a work that is somewhere else: 相当于四个云岭水电站."""
_AWAY = re.compile("(?:某|一家)?(?:企业|公司|上市公司|籍|人|商人|考察团|代表团|赴)")
"""Behind a district of the headline these are not there, but from there."""


def read_local(
    article: Article,
    tagged: TaggedText,
    mentions: Sequence[Mention],
    told: Sequence[Statement | Observation],
    linking: Linking,
    knowledge: Knowledge,
) -> Iterator[Statement]:
    """The quote has the project where it is named first, and the place where it is named nearest to that."""
    place = _headline_district(article, linking, knowledge)
    if place is None or _is_of_company(article, linking):
        return
    places = [mention for mention in mentions if linking.of.get(mention) == place and mention.found_by != "pointer"]
    facts = [one for one in told if isinstance(one, Statement)]
    placed = {one.subject for one in facts if one.relation == "locatedIn"}
    modality = {one.of: one.modality for one in told if isinstance(one, Observation)}
    modality |= {one.subject: one.qualifiers.modality for one in facts if one.relation in _TOLD}
    for key, mention in _first_named(mentions, linking).items():
        likened = _LIKENED.search(article.body, max(0, mention.span.start - 12), mention.span.start)
        named = likened is None and mention.found_by.startswith(_NAMED)
        if key in placed or mention.found_by.startswith(KIND) or not (key in modality or named):
            continue
        span = None if _names_another(mention, place, knowledge) else _with_place(article, mention, places, named)
        if span is not None:
            quote = article.body[span.start : span.end]
            evidence = Evidence(article.id, span.start, span.end, quote, _RULE, _CONFIDENCE)
            stated = modality.get(key) or read_modality(tagged, mention.span, mentions)
            yield Statement(key, "locatedIn", place.key, Qualifiers(_STANDS.get(stated, stated)), (evidence,))


def _with_place(article: Article, project: Mention, places: Sequence[Mention], far: bool) -> Span | None:
    """From the place to the project or the other way round, within a paragraph or, if `far`, not far from it."""
    after = bisect_left(places, project.span.start, key=lambda one: one.span.start)
    near = min(
        places[max(0, after - 1) : after + 1], key=lambda one: abs(one.span.start - project.span.start), default=None
    )
    if near is None:
        return None
    span = Span(min(near.span.start, project.span.start), max(near.span.end, project.span.end))
    quote = article.body[span.start : span.end]
    return None if "\n" in quote and not (far and len(quote) <= _NEAR) else span


def _headline_district(article: Article, linking: Linking, knowledge: Knowledge) -> Entity | None:
    """The topic, where the headline names it and no other district."""
    topic = linking.topics.get("District")
    head = "".join((article.headline, *article.kickers))
    found = [one for one in knowledge.gazetteer.find(head) if one.entries[0].cls in {"District", "Place"}]
    if topic is None or not found or any(_AWAY.match(head, one.span.end) for one in found):
        return None
    lines = [{entry.path or entry.name for entry in one.entries} for one in found]
    around = topic.path or topic.name
    return topic if all(any(around.startswith(path) for path in paths) for paths in lines) else None


def _is_of_company(article: Article, linking: Linking) -> bool:
    """A company of the headline builds in other places as well."""
    company = linking.topics.get("Company")
    head = "".join((article.headline, *article.kickers))
    return company is not None and any(name in head for name in (company.name, *company.names))


def _first_named(mentions: Sequence[Mention], linking: Linking) -> dict[EntityKey, Mention]:
    first: dict[EntityKey, Mention] = {}
    for mention in mentions:
        entity = linking.of.get(mention)
        if entity is not None and entity.cls == "Project" and mention.found_by != "pointer":
            first.setdefault(entity.key, mention)
    return first


def _names_another(mention: Mention, place: Entity, knowledge: Knowledge) -> bool:
    """云岭引水工程（浙江段） in an article about 深圳市."""
    path = place.path or place.name
    for match in knowledge.gazetteer.find(mention.text):
        paths = [entry.path or entry.name for entry in match.entries if entry.cls == "District"]
        if paths and not any(one.startswith(path) or path.startswith(one) for one in paths):
            return True
    return False
