"""Resolution over articles: the entities of many readings become those of one corpus.

The answer is a function of the set of articles and the decisions; no order matters. Units that are surely one thing
are joined first, then what people decided, then short names with full ones. What stays in doubt is a candidate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kg.curation.decisions import NONE, Decisions, group_names
from kg.knowledge import Knowledge
from kg.model import Entity, EntityKey
from kg.resolve.common import compare_common
from kg.resolve.features import make_feature
from kg.resolve.groups import Groups, keys_of
from kg.resolve.links import Link, compare_groups, link_short_names
from kg.resolve.model import Candidate, Comparison, Mentioned, Merge, Resolution
from kg.resolve.outcome import find_replaced, make_entities
from kg.resolve.table import load_table
from kg.resolve.units import Unit, UnitId, find_identities, make_units


def resolve(
    mentioned: Iterable[Mentioned], knowledge: Knowledge, decisions: Decisions = NONE, *, reasons: bool = True
) -> Resolution:
    """Which entity of the corpus each entity of each article is; what stays in doubt is a candidate.

    Without `reasons`, which cost as much again, it has neither merges nor candidates.
    """
    units = make_units(mentioned, knowledge)
    groups = Groups(units, knowledge, decisions)
    _join_decided(groups, decisions)
    _join_identical(groups, knowledge)
    links = link_short_names(groups, knowledge)
    made = make_entities([groups.group(root) for root in groups.roots()], knowledge, decisions)
    entity_of = {unit.id: entity for entity, group in made for unit in group}
    return Resolution(
        of={(one.article_id, one.entity.key): entity_of[unit.id] for unit in units for one in unit.mentions},
        replaced=find_replaced(made),
        merges=tuple(one for each in made for one in _explain(*each, knowledge, decisions)) if reasons else (),
        candidates=tuple(_find_candidates(groups, links, entity_of)) if reasons else (),
    )


def _join_decided(groups: Groups, decisions: Decisions) -> None:
    named = group_names(decisions)
    first: dict[frozenset[EntityKey], UnitId] = {}
    for unit in groups.units.values() if named else ():
        for names in sorted({named[key] for key in keys_of(unit) if key in named}, key=min):
            groups.join(first.setdefault(names, unit.id), unit.id, decided=True)


def _join_identical(groups: Groups, knowledge: Knowledge) -> None:
    first: dict[tuple[str, ...], list[UnitId]] = defaultdict(list)
    for unit in groups.units.values():
        for identity in find_identities(unit, knowledge):
            # A union may be forbidden (University and Company of one name), so the unit tries each group there is.
            if not any(groups.join(other, unit.id) for other in first[identity]):
                first[identity].append(unit.id)


def _explain(entity: Entity, group: Sequence[Unit], knowledge: Knowledge, decisions: Decisions) -> Iterator[Merge]:
    """For every unit but the main one, why it is here."""
    main = min(group, key=lambda unit: (unit.key != entity.key, not unit.form.full, unit.first, unit.id))
    for unit in sorted(group, key=lambda unit: unit.id):
        if unit is not main:
            articles = tuple(one.article_id for one in unit.mentions)
            yield Merge(entity.key, unit.key, _reasons(unit, main, group, knowledge, decisions), articles)


def _reasons(unit: Unit, main: Unit, group: Sequence[Unit], knowledge: Knowledge, decisions: Decisions) -> Comparison:
    named = group_names(decisions)
    if named and any(named.get(key, frozenset()) & keys_of(main) - {key} for key in keys_of(unit)):
        return Comparison((make_feature("decided"),))
    if unit.apart:
        return max(
            (compare_common(unit, one, knowledge) for one in group if one is not unit), key=lambda found: found.score
        )
    found = [compare_groups([unit], [one], knowledge) for one in group if one is not unit]
    return max(found, key=lambda one: (not one.against, one.score))


def _find_candidates(groups: Groups, links: Iterable[Link], entity_of: dict[UnitId, Entity]) -> Iterator[Candidate]:
    best: dict[tuple[EntityKey, EntityKey], Candidate] = {}
    table = load_table()
    for link in links:
        one, other = entity_of[link.one].key, entity_of[link.other].key
        if one != other and link.comparison.score >= table.candidate:
            why = groups.forbids(link.one, link.other) or (
                f"{link.comparison.score:g} points of {table.merge:g}"
                if link.comparison.score < table.merge
                else "another one is as likely"
            )
            best.setdefault((one, other), Candidate(one, other, link.comparison, why))
    for candidate in _find_namesakes(groups, entity_of):
        best.setdefault((candidate.one, candidate.other), candidate)
    yield from (best[key] for key in sorted(best, key=lambda key: (-best[key].comparison.score, key)))


def _find_namesakes(groups: Groups, entity_of: dict[UnitId, Entity]) -> Iterator[Candidate]:
    """Things of one common name, each with the first of them."""
    by_key: dict[EntityKey, list[Unit]] = defaultdict(list)
    for unit in groups.units.values():
        if unit.apart:
            by_key[unit.key].append(unit)
    table = load_table()
    for same in by_key.values():
        first = min(same, key=lambda unit: unit.first)
        for unit in same:
            one, other = entity_of[first.id].key, entity_of[unit.id].key
            comparison = compare_common(first, unit, groups.knowledge)
            if one != other and comparison.score >= table.candidate:
                yield Candidate(one, other, comparison, f"{comparison.score:g} points of {table.merge:g}")
