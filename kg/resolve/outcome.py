"""Groups become entities of the corpus: which name, class and key each has, and what leads to it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.curation.decisions import Decisions, find_kept
from kg.knowledge import Knowledge
from kg.model import Entity, EntityKey
from kg.resolve.units import Unit


def make_entities(
    groups: Iterable[Sequence[Unit]], knowledge: Knowledge, decisions: Decisions
) -> list[tuple[Entity, Sequence[Unit]]]:
    """One entity a group. Of groups under one key the one with the earliest article keeps it."""
    by_key: dict[EntityKey, list[Sequence[Unit]]] = defaultdict(list)
    for group in groups:
        by_key[_choose_key(group, knowledge, decisions)].append(group)
    out: list[tuple[Entity, Sequence[Unit]]] = []
    for key in sorted(by_key):
        same = sorted(by_key[key], key=lambda group: min(unit.first for unit in group))
        taken: set[str] = set()
        for group in same:
            path = _tell_apart(key[1], group, taken) if taken else key[1]
            taken.add(path)
            out.append((_make_entity(key, path, group, decisions), group))
    return out


def find_replaced(entities: Iterable[tuple[Entity, Sequence[Unit]]]) -> dict[EntityKey, EntityKey]:
    """Keys that the units had, for those that no entity has any more; the earliest unit of a key decides."""
    pairs = [(entity, unit) for entity, group in entities for unit in group]
    alive = {entity.key for entity, _ in pairs}
    out: dict[EntityKey, EntityKey] = {}
    for entity, unit in sorted(pairs, key=lambda pair: (pair[1].first, pair[1].id)):
        if unit.key not in alive:
            out.setdefault(unit.key, entity.key)
    return dict(sorted(out.items()))


def _choose_key(group: Sequence[Unit], knowledge: Knowledge, decisions: Decisions) -> EntityKey:
    """What people decided; else a name that the gazetteer has; else a registered name; else the longest."""
    decided = _find_decided(group, decisions)
    if decided:
        return decided
    cls = _choose_class(group, knowledge)
    best = min(group, key=lambda unit: (not _is_known(unit), not unit.form.full, -len(unit.id[1]), unit.id))
    return cls, best.id[1]


def _find_decided(group: Sequence[Unit], decisions: Decisions) -> EntityKey | None:
    return find_kept(decisions, {(unit.id[0], name) for unit in group for name in (*unit.names, *unit.aliases)})


def _choose_class(group: Sequence[Unit], knowledge: Knowledge) -> str:
    """The most special one; of several the one in most articles, then the first of the ontology."""
    counts: Counter[str] = Counter()
    for unit in group:
        counts[unit.id[0]] += len(unit.mentions)
    order = knowledge.ontology.classes()
    wide = {above for cls in counts for above in knowledge.ontology.ancestors(cls)}
    return min(counts, key=lambda cls: (cls in wide, -counts[cls], order.index(cls)))


def _is_known(unit: Unit) -> bool:
    return unit.id[1] in unit.form.known


def _tell_apart(name: str, group: Sequence[Unit], taken: set[str]) -> str:
    """The headline of the earliest article, as for common names within an article; its id where that is taken too."""
    earliest = min((one for unit in group for one in unit.mentions), key=lambda one: (str(one.date), one.article_id))
    path = f"{name}（{earliest.headline}）"
    return path if path not in taken else f"{name}（{earliest.article_id}）"


def _make_entity(key: EntityKey, path: str, group: Sequence[Unit], decisions: Decisions) -> Entity:
    """The name is the longest that any article uses; `path` is where the entity is known under another."""
    found = [one.entity for unit in group for one in unit.mentions]
    written = {entity.name for entity in found}
    decided = _find_decided(group, decisions)
    name = decided[1] if decided else min(written, key=lambda name: (-len(name), name))
    others = {each for entity in found for each in (entity.name, *entity.names)} - {name}
    code: Mapping[str, None] = dict.fromkeys(entity.adcode for entity in found if entity.adcode)
    return Entity(key[0], name, tuple(sorted(others)), next(iter(code), None), path if path != name else None)
