"""Units put together into groups, each group one thing. A union that a rule or a person forbids does not happen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.curation.decisions import Decisions
from kg.knowledge import Knowledge
from kg.model import EntityKey
from kg.resolve.forms import Form, family_of
from kg.resolve.units import Unit, UnitId


class Groups:
    """Disjoint sets of units; a set is named by its smallest unit."""

    def __init__(self, units: Sequence[Unit], knowledge: Knowledge, decisions: Decisions) -> None:
        self.units = {unit.id: unit for unit in units}
        self._root = {unit.id: unit.id for unit in units}
        self.members: dict[UnitId, list[Unit]] = {unit.id: [unit] for unit in units}
        self.knowledge = knowledge
        self._apart = [frozenset(one.names) for one in decisions.different]

    def root(self, unit: UnitId) -> UnitId:
        while self._root[unit] != unit:
            self._root[unit] = self._root[self._root[unit]]
            unit = self._root[unit]
        return unit

    def group(self, unit: UnitId) -> list[Unit]:
        return self.members[self.root(unit)]

    def roots(self) -> list[UnitId]:
        return sorted(self.members)

    def join(self, one: UnitId, other: UnitId, *, decided: bool = False) -> bool:
        """Whether the two are in one group now. `decided`: people said so, classes and names may differ."""
        kept, gone = sorted((self.root(one), self.root(other)))
        if kept == gone:
            return True
        if not decided and self.forbids(kept, gone):
            return False
        self._root[gone] = kept
        self.members[kept] += self.members.pop(gone)
        return True

    def forbids(self, one: UnitId, other: UnitId) -> str | None:
        """Why the groups of the two units may not be one."""
        first, second = self.group(one), self.group(other)
        if self._apart and (said := self._keep_apart(first, second)):
            return said
        return self._classes_clash(first, second) or _full_names_clash(first, second)

    def _keep_apart(self, first: Iterable[Unit], second: Iterable[Unit]) -> str | None:
        ones, others = ({key for unit in group for key in keys_of(unit)} for group in (first, second))
        for names in self._apart:
            mine, theirs = names & ones, names & others
            if mine and theirs and len(mine | theirs) > 1:
                return f"people decided that {min(mine)[1]} and {max(theirs)[1]} are two"
        return None

    def _classes_clash(self, first: Iterable[Unit], second: Iterable[Unit]) -> str | None:
        is_a = self.knowledge.ontology.is_a
        for one in sorted({unit.id[0] for unit in first}):
            for other in sorted({unit.id[0] for unit in second}):
                related = family_of(one, self.knowledge) == family_of(other, self.knowledge)
                if not related or not (is_a(one, other) or is_a(other, one)):
                    return f"one is a {one}, the other a {other}"
        return None


def keys_of(unit: Unit) -> set[EntityKey]:
    """What people may call the unit by in a decision."""
    return {(unit.id[0], name) for name in unit.names}


def _full_names_clash(first: Iterable[Unit], second: Iterable[Unit]) -> str | None:
    """Two registered names in one group need to be one name."""
    for one in (unit.form for unit in first if unit.form.full):
        for other in (unit.form for unit in second if unit.form.full):
            if not one.known & other.known and not _one_registered(one, other):
                return f"two full names, {one.plain} and {other.plain}"
    return None


def _one_registered(one: Form, other: Form) -> bool:
    """The place in front may fall away, not be another one."""
    same = (one.core, one.legal, one.site) == (other.core, other.legal, other.site)
    return same and (one.codes == other.codes or not one.codes or not other.codes)
