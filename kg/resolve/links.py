"""Short names to full ones, across articles: who might be meant, with how many points, and whether it is decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.knowledge import Knowledge
from kg.model import Entity
from kg.resolve.blocks import blocks
from kg.resolve.features import add_features, compare_names, compare_places, find_home, make_feature
from kg.resolve.forms import is_telling
from kg.resolve.groups import Groups
from kg.resolve.model import Comparison, Feature
from kg.resolve.table import load_table
from kg.resolve.units import Unit, UnitId

_UNLINKED = frozenset({"District", "Person", "Industry"})
_CROWDED = 40
"""A block that more groups share than this tells nothing."""


@dataclass(frozen=True, slots=True)
class Link:
    """A group that may be another one."""

    one: UnitId
    other: UnitId
    comparison: Comparison


def link_short_names(groups: Groups, knowledge: Knowledge) -> list[Link]:
    """Joins what is decided, longest names first; returns what stays open."""
    index = _Index(groups, knowledge)
    ranked = sorted((root for root in groups.roots() if _may_link(groups, root)), key=lambda root: _rank(groups, root))
    open_links: list[Link] = []
    longer: set[UnitId] = set()
    for root in ranked:
        near = sorted(index.find_near(root, longer))
        longer |= {unit.id for unit in groups.group(root)}
        links = [link for other in near if (link := _compare_groups(groups, root, other, knowledge))]
        chosen = choose(links)
        if chosen is not None and groups.join(chosen.one, chosen.other):
            links = [link for link in links if link is not chosen]
        open_links += links
    return open_links


class _Index:
    """Which units share a block."""

    def __init__(self, groups: Groups, knowledge: Knowledge) -> None:
        self._groups = groups
        self._blocks = {unit.id: _blocks_of(unit, knowledge) for unit in groups.units.values()}
        self._units: defaultdict[str, set[UnitId]] = defaultdict(set)
        for unit, found in self._blocks.items():
            for block in found:
                self._units[block].add(unit)

    def find_near(self, root: UnitId, among: set[UnitId]) -> set[UnitId]:
        """Groups other than this one that have units among these in a block of its own."""
        found = {block for unit in self._groups.group(root) for block in self._blocks[unit.id]}
        units = {one for block in found if len(self._units[block]) <= _CROWDED for one in self._units[block]}
        return {self._groups.root(one) for one in units & among} - {self._groups.root(root)}


def choose(links: Sequence[Link]) -> Link | None:
    """The one link that is sure: enough points, and enough more than the next best."""
    table = load_table()
    scored = sorted(((link.comparison.score, link) for link in links), key=lambda pair: -pair[0])
    if not scored or scored[0][0] < table.merge:
        return None
    rival = scored[1][0] if len(scored) > 1 else 0
    return scored[0][1] if scored[0][0] - rival >= table.margin else None


def _may_link(groups: Groups, root: UnitId) -> bool:
    """Nor is a trade short for another: 食品 and 食品加工 are two."""
    return not any(unit.apart or unit.id[0] in _UNLINKED for unit in groups.group(root))


def _rank(groups: Groups, root: UnitId) -> tuple[bool, int, UnitId]:
    """Full names first, then longer ones."""
    group = groups.group(root)
    return not any(unit.form.full for unit in group), -max(len(unit.form.plain) for unit in group), root


def _blocks_of(unit: Unit, knowledge: Knowledge) -> frozenset[str]:
    cls = unit.id[0]
    found = (blocks(Entity(cls, own, tuple(sorted(unit.aliases))), knowledge) for own in unit.names)
    return frozenset().union(*found) if not unit.apart and cls not in _UNLINKED else frozenset()


def _compare_groups(groups: Groups, one: UnitId, other: UnitId, knowledge: Knowledge) -> Link | None:
    found = compare_in_articles(groups.group(one), groups.group(other), knowledge)
    return Link(one, other, found) if found.features and not found.against else None


def compare_in_articles(mine: Sequence[Unit], theirs: Sequence[Unit], knowledge: Knowledge) -> Comparison:
    """The names of two groups, with what the article says that says most for them."""
    base = compare_groups(mine, theirs, knowledge)
    if base.against or not base.features:
        return base
    return max(_in_articles(base, mine, theirs), key=lambda found: found.score)


def compare_groups(mine: Sequence[Unit], theirs: Sequence[Unit], knowledge: Knowledge) -> Comparison:
    """The names of two groups: the best pair, unless some pair rules the two out."""
    pairs = [
        compare_names(one.id[0], name, other.id[0], longer, knowledge)
        for one in mine
        for other in theirs
        for name in one.names[:3]
        for longer in other.names[:3]
    ]
    out = next((pair for pair in pairs if pair.against), None) or max(pairs, key=lambda pair: pair.score)
    named = sorted(_named_so(mine, theirs, knowledge) | _named_so(theirs, mine, knowledge))
    return out if out.against or not named else add_features(out, [make_feature("named so", named[0])])


def _named_so(mine: Sequence[Unit], theirs: Sequence[Unit], knowledge: Knowledge) -> set[str]:
    """Names of the one that some article uses for the other besides a longer name."""
    aliases = {name for unit in theirs for name in unit.aliases}
    return {name for unit in mine for name in unit.names if name in aliases and is_telling(unit.id[0], name, knowledge)}


def _in_articles(base: Comparison, mine: Sequence[Unit], theirs: Sequence[Unit]) -> Iterator[Comparison]:
    """The comparison as each article that has the shorter name adds to it; one that has both only speaks against."""
    articles = {one.article_id for unit in theirs for one in unit.mentions}
    if any(one.article_id in articles for unit in mine for one in unit.mentions):
        base = add_features(base, [make_feature("side by side")])
    places = tuple(dict.fromkeys(code for unit in theirs for code in unit.places))
    pages = {one.page_id for unit in theirs for one in unit.mentions if one.page_id}
    placed = any(feature.name == "place alone" for feature in base.features)
    alone = {
        (one.places, one.page_id in pages) for unit in mine for one in unit.mentions if one.article_id not in articles
    }
    yield base
    for where, page in sorted(alone):
        yield add_features(base, _context(where, page, () if placed else theirs, places))


def _context(
    where: tuple[str, ...], same_page: bool, at_home: Sequence[Unit], places: tuple[str, ...]
) -> Iterator[Feature]:
    yield from compare_places(where, places)
    homes = [home for unit in at_home for home in find_home(unit.form, where)]
    yield from homes[:1]
    if same_page:
        yield make_feature("same page")
