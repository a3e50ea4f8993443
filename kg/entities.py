"""From the mentions of an article to its entities: which mentions speak of one thing, under which name.

Districts come from the gazetteer, homonyms are told apart by the districts that the article names besides.
Organisations and the like are grouped by name; shorter names join the longest one that they can stand for
(`kg.compare`). Pointing words (该公司, 全市) go to what was named last. What stays undecided gets no entity:
nothing is guessed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.compare import REASONS, normalise_name
from kg.districts import commonest_at_level, entity_at_level, find_context, find_topic, is_local, link_districts
from kg.knowledge import Knowledge
from kg.mentions.reference import level_of
from kg.model import Article, Entity, Mention
from kg.shorter import is_common, may_stand_for, nearest, stands_for_only

_AFTER, _NEAR = re.compile("继[^，。；]*$"), 20
_BODY_OF_LEVEL = re.compile("^(?P<level>[省市区县州])(?=[^级域内外场政民]|政府|政协)")
_ORGANISATIONS = "Organisation"
_OPENING = 8
"""Characters that may stand in front of what a sentence begins with: 昨日, 其中, 据悉."""
_Name = tuple[str, str]
"""A family of classes, and a name as it is compared."""


@dataclass(frozen=True, slots=True)
class Linking:
    """Which entity each mention speaks of, and the district that the article is about."""

    entities: tuple[Entity, ...]
    of: Mapping[Mention, Entity]
    topic: Entity | None
    topics: Mapping[str, Entity]
    """Class → what the article is about: what the headline names, else what is named most often."""


def link_mentions(
    article: Article, mentions: Sequence[Mention], declared: Mapping[str, Mention], knowledge: Knowledge
) -> Linking:
    """`mentions` stand in order of place, pointing ones among them; `declared` are short names with their full ones."""
    context = find_context(article, mentions, knowledge)
    districts = link_districts(mentions, context, knowledge)
    topic = find_topic(article, districts)
    named = [one for one in mentions if one.found_by != "pointer" and one.cls != "District"]
    names = _canonical_names(named, topic, districts, knowledge)
    grouped = {mention: entity for mention, entity in _group(article, named, names, declared, knowledge)}
    links = districts | grouped
    links |= dict(_link_pointers(article, mentions, links, topic, knowledge))
    entities = {entity.key: entity for entity in links.values()}
    topics = _topics(article, mentions, links)
    if topic is not None and is_local(article, topic, districts):
        topics["District"] = topic
    else:
        topics.pop("District", None)
    return Linking(tuple(entities[key] for key in sorted(entities)), links, topic, topics)


def _topics(article: Article, mentions: Sequence[Mention], links: Mapping[Mention, Entity]) -> dict[str, Entity]:
    """Of each class what the headline names, or else the most mentions do; what came before the news is none."""
    there = [links[mention] for mention in mentions if mention in links and not _is_past(article.body, mention)]
    counts = Counter(entity.key for entity in there)
    first = {entity.key: entity for entity in there}
    head = "".join((article.headline, *article.kickers))
    out: dict[str, Entity] = {}
    for key in sorted(counts, key=lambda key: (_place_in(head, first[key]), -counts[key])):
        out.setdefault(first[key].cls, first[key])
    return out


def _is_past(text: str, mention: Mention) -> bool:
    """继1月18日某项目集中签约后."""
    return (
        text.startswith(("后", "之后"), mention.span.end)
        and _AFTER.search(text[max(0, mention.span.start - _NEAR) : mention.span.start]) is not None
    )


def _place_in(head: str, entity: Entity) -> int:
    """Where the headline names it; behind everything else where it does not."""
    return min((head.index(name) for name in (entity.name, *entity.names) if name in head), default=len(head))


def _canonical_names(
    mentions: Iterable[Mention],
    topic: Entity | None,
    districts: Mapping[Mention, Entity],
    knowledge: Knowledge,
) -> dict[Mention, str]:
    """Names as written, but for bodies of a level of government: 市发展改革委 is the 发展改革委 of the topic's city."""
    out: dict[Mention, str] = {}
    places = sorted(districts, key=lambda mention: mention.span)
    for mention in mentions:
        level = _BODY_OF_LEVEL.match(mention.text) if mention.cls == "GovernmentBody" else None
        if level is None:
            out[mention] = mention.text
            continue
        near = [districts[place] for place in places if place.span.start < mention.span.start][-1:]
        owner = next(
            (found for one in (*near, topic) if (found := entity_at_level(one, level["level"], knowledge))),
            commonest_at_level(districts.values(), level["level"], knowledge),
        )
        out[mention] = mention.text if owner is None else owner.name + mention.text[1:]
    return out


def _group(
    article: Article,
    mentions: Sequence[Mention],
    names: Mapping[Mention, str],
    declared: Mapping[str, Mention],
    knowledge: Knowledge,
) -> Iterator[tuple[Mention, Entity]]:
    """Union of mentions by name, longest names first; each group becomes one entity of its most trusted class."""
    by_name: dict[_Name, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_name[_family(mention.cls, knowledge), normalise_name(names[mention])].append(mention)
    full_names = {
        normalise_name(short): normalise_name(names[full]) for short, full in declared.items() if full in names
    }
    heads: dict[_Name, _Name] = {}
    keys = sorted(by_name, key=lambda key: (-len(key[1]), key))
    for key in keys:
        heads[key] = _find_head(key, heads, by_name, full_names, knowledge)
    _join_common(heads, knowledge)
    groups: dict[_Name, list[Mention]] = defaultdict(list)
    for key in keys:
        groups[heads[key]] += by_name[key]
    for root in sorted(groups):
        entity = _make_entity(groups[root], names, article, knowledge)
        yield from ((mention, entity) for mention in groups[root])


def _family(cls: str, knowledge: Knowledge) -> str:
    """Organisations of all kinds may share a name; other classes only with themselves."""
    return _ORGANISATIONS if knowledge.ontology.is_a(cls, _ORGANISATIONS) else cls


def _find_head(
    key: _Name,
    heads: Mapping[_Name, _Name],
    by_name: Mapping[_Name, Sequence[Mention]],
    declared: Mapping[str, str],
    knowledge: Knowledge,
) -> _Name:
    """The longest name that this one stands for: the declared one, else the only one with the best reason.

    `heads` has all longer names with the longest that each of them stands for. One may be as long: 甲股份公司 and
    甲有限公司, 甲募投项目 and 甲投资项目.
    """
    family, name = key
    if name in declared:
        full = [head for longer, head in heads.items() if longer[1] == declared[name]]
        if full:
            return full[0]
    reasons: dict[_Name, int] = {}
    for longer, head in heads.items():
        alike = longer[0] == family and longer != key and (len(longer[1]) > len(name) or _as_long(key, longer))
        reason = may_stand_for(by_name[key][0], by_name[longer][0], knowledge) if alike else None
        if reason:
            reasons[head] = min(REASONS.index(reason), reasons.get(head, len(REASONS)))
    choices = [head for head, rank in reasons.items() if rank == min(reasons.values())]
    if len(choices) > 1 and family == _ORGANISATIONS:
        choices = [(family, one) for one in nearest([choice for _, choice in choices], knowledge)]
    return choices[0] if len(choices) == 1 else key


def _as_long(one: _Name, other: _Name) -> bool:
    return one[0] == "Project" or (one[1].endswith("公司") and other[1].endswith("公司"))


def _join_common(heads: dict[_Name, _Name], knowledge: Knowledge) -> None:
    """签约和奠基仪式 is the one 奠基仪式 that the article names with more than that."""
    for cls in ("Event", "Agreement", "Zone"):
        roots = [key for key, head in heads.items() if key == head and key[0] == cls]
        common = {key for key in roots if is_common(cls, key[1], knowledge)}
        named = [name for family, name in roots if (family, name) not in common]
        for key in common:
            found = stands_for_only(key[1], named, knowledge)
            if found is not None:
                heads.update({one: (cls, found) for one, head in heads.items() if head == key})


def _make_entity(
    group: Sequence[Mention], names: Mapping[Mention, str], article: Article, knowledge: Knowledge
) -> Entity:
    written = sorted({names[mention] for mention in group}, key=lambda name: (-len(name), name))
    known = {
        entry.name: entry for name in written for entry in knowledge.gazetteer.lookup(name) if entry.cls != "District"
    }
    entry = next(iter(known.values())) if len(known) == 1 else None
    best = max(group, key=lambda mention: (len(names[mention]), -mention.span.start))
    written += [name for mention in group for name in _other_bodies(mention, names[mention], knowledge)]
    others = {*written, *(entry.names if entry else ()), *((entry.name,) if entry else ())} - {written[0]}
    path = entry.name if entry else _apart(article, best.cls, written[0], knowledge)
    return Entity(
        cls=entry.cls if entry else best.cls,
        name=written[0],
        names=tuple(sorted(others)),
        path=path if path != written[0] else None,
    )


def _other_bodies(mention: Mention, name: str, knowledge: Knowledge) -> Iterator[str]:
    """县政府, completed to 秀山土家族苗族自治县政府, is called 秀山县政府 as well."""
    if mention.cls != "GovernmentBody" or name == mention.text:
        return
    for match in knowledge.gazetteer.find(name)[:1]:
        tail = name[match.span.end :]
        shorts = {one for one in match.entries[0].names if one[-1] in "省市区县州旗" and one != match.name}
        yield from sorted(one + tail for one in shorts if match.span.start == 0)


def _apart(article: Article, cls: str, name: str, knowledge: Knowledge) -> str:
    """A common noun (签约仪式, 合作协议) is another thing in another article: the headline tells them apart."""
    return f"{name}（{article.headline or article.body[:12]}）" if is_common(cls, name, knowledge) else name


def _salient(mentions: Sequence[Mention], text: str) -> list[Mention]:
    """Nearest sentence first; within a sentence what it names first, its subject as a rule."""
    return sorted(mentions, key=lambda one: (text.count("。", one.span.start), one.span.start))


def _only_company(
    article: Article, before: Sequence[Mention], pointer: Mention, links: Mapping[Mention, Entity]
) -> Entity | None:
    """甲公司表示，公司已与乙签约: the one company that the sentence has named so far, and begins with."""
    start = 1 + max(article.body.rfind(mark, 0, pointer.span.start) for mark in "。！？\n")
    here = [one for one in before if one.cls == "Company" and one.span.start >= start and one in links]
    opens = bool(here) and here[0].span.start <= start + _OPENING
    return links[here[0]] if opens and len({links[one] for one in here}) == 1 else None


def _link_pointers(
    article: Article,
    mentions: Sequence[Mention],
    links: Mapping[Mention, Entity],
    topic: Entity | None,
    knowledge: Knowledge,
) -> Iterator[tuple[Mention, Entity]]:
    for place, mention in enumerate(mentions):
        if mention.found_by != "pointer":
            continue
        level = level_of(mention.text) if mention.cls == "District" else None
        reach = mentions[:place]
        if mention.text == "它":
            end = article.body.rfind("。", 0, mention.span.start)
            reach = [one for one in reach if one.span.end <= end]
        before = [links[one] for one in _salient(reach, article.body) if one in links]
        if level is not None:
            found = entity_at_level(topic, level, knowledge) if mention.text[0] in "全我本" else None
            found = found or next((hit for one in before if (hit := entity_at_level(one, level, knowledge))), None)
        elif mention.text.endswith("公司") and mention.text[0] in "公本我":
            found = _only_company(article, mentions[:place], mention, links) if mention.text == "公司" else None
            found = found or _topics(article, mentions[:place] or mentions, links).get("Company")
        else:
            found = next(
                (one for one in before if knowledge.ontology.is_a(one.cls, mention.cls) or one.cls == mention.cls), None
            )
            found = found or _topics(article, mentions, links).get(mention.cls)
        if found is not None:
            yield mention, found
