"""Which districts an article names, and which one it is about. Homonyms go by the other districts that it names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.gazetteer import Entry
from kg.knowledge import Knowledge
from kg.model import Article, Entity, Mention

_LEVELS = {"省": ("省", "自治区"), "市": ("市",), "区": ("区",), "县": ("县", "旗"), "州": ("州",)}


def find_context(article: Article, mentions: Sequence[Mention], knowledge: Knowledge) -> tuple[str, ...]:
    """Codes of districts that the article names without doubt, the paper's own among them; most named first."""
    texts = [mention.text for mention in mentions if mention.cls == "District"] + [article.headline, *article.kickers]
    codes = Counter(
        match.entries[0].code
        for text in [*texts, article.paper or ""]
        for match in knowledge.gazetteer.find(text)
        if len(match.entries) == 1 and match.entries[0].code
    )
    return tuple(code for code, _ in sorted(codes.items(), key=lambda item: (-item[1], item[0])))


def link_districts(mentions: Sequence[Mention], context: Sequence[str], knowledge: Knowledge) -> dict[Mention, Entity]:
    written: dict[str, set[str]] = defaultdict(set)
    entries: dict[Mention, Entry] = {}
    before: tuple[int, Entry] | None = None
    for mention in mentions:
        if mention.cls == "District" and mention.found_by != "pointer":
            entry = _district_of(mention.text, context, knowledge)
            if entry is None or entry.path is None:
                continue
            if before is None or before[0] != mention.span.start or not _is_above(entry, before[1]):
                entries[mention] = entry
                written[entry.path].add(mention.text)
            before = mention.span.end, entry
    for mention, entry in _stand_for_former(entries).items():
        entries[mention] = entry
        written[entry.path or ""].add(mention.text)
    made = {entry.path: _district_entity(entry, written[entry.path or ""]) for entry in entries.values()}
    return {mention: made[entry.path] for mention, entry in entries.items()}


def _stand_for_former(entries: Mapping[Mention, Entry]) -> dict[Mention, Entry]:
    """静海 is the 静海县 that an old article names in full, and not what it has become."""
    full = {entry.name[:-1]: entry for mention, entry in entries.items() if entry.former and entry.name in mention.text}
    return {
        mention: full[mention.text]
        for mention, entry in entries.items()
        if mention.text in full and full[mention.text].parent == entry.parent
    }


def _is_above(entry: Entry, other: Entry) -> bool:
    """九江 right behind 南海区 is a town there and not the city: a larger district does not lie in a smaller one."""
    return entry.code is not None and other.code is not None and _level(entry.code) > _level(other.code)


def _level(code: str) -> int:
    """2 for a province, 1 for a prefecture, 0 for a county."""
    return 2 if code.endswith("0000") else int(code.endswith("00"))


def _district_of(text: str, context: Sequence[str], knowledge: Knowledge) -> Entry | None:
    """`重庆市巴南区` says itself which 巴南区; a bare name is decided by the context."""
    nearer = list(context)
    entry = None
    for match in knowledge.gazetteer.find(text):
        candidates = tuple(one for one in match.entries if one.cls == "District")
        entry = knowledge.gazetteer.choose_district(candidates, tuple(nearer)) if candidates else None
        if entry is not None and entry.code:
            nearer.insert(0, entry.code)
    return entry


def _district_entity(entry: Entry, written: Iterable[str]) -> Entity:
    names = {*entry.names, *written} - {entry.name}
    return Entity("District", entry.name, tuple(sorted(names)), entry.code, entry.path)


def find_topic(article: Article, districts: Mapping[Mention, Entity]) -> Entity | None:
    """The district that the headline names, else the one named most often; of equals the one named first."""
    counts = Counter(entity.key for entity in districts.values())
    entities = {entity.key: entity for entity in districts.values()}
    head = "".join((article.headline, *article.kickers))
    ranked = sorted(
        counts,
        key=lambda key: (-any(name in head for name in (entities[key].name, *entities[key].names)), -counts[key]),
    )
    return entities[ranked[0]] if ranked else None


def is_local(article: Article, topic: Entity, districts: Mapping[Mention, Entity]) -> bool:
    """Whether the article is about this district: by its headline, or by half of what it names."""
    head = "".join((article.headline, *article.kickers))
    same = sum(entity.key == topic.key for entity in districts.values())
    return any(name in head for name in (topic.name, *topic.names)) or 2 * same >= len(districts)


def commonest_at_level(named: Iterable[Entity], level: str, knowledge: Knowledge) -> Entity | None:
    """The 市, 区 … that most of these districts are or lie in; None where two are named as often."""
    found = [one for entity in named if (one := entity_at_level(entity, level, knowledge)) is not None]
    ranked = Counter(one.key for one in found).most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return next(one for one in found if one.key == ranked[0][0])


def entity_at_level(entity: Entity | None, level: str, knowledge: Knowledge) -> Entity | None:
    """The district itself or the one above it that is a 省, 市, 区, 县 or 州."""
    if entity is None or entity.adcode is None:
        return None
    entry = knowledge.gazetteer.district(entity.adcode)
    for one in (entry, *knowledge.gazetteer.ancestors(entry)):
        if one.name.endswith(_LEVELS[level]):
            return entity if one.path == entity.path else _district_entity(one, ())
    return None
