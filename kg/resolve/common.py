"""Two units of one name that does not tell its thing from others: what their articles say in common."""

from __future__ import annotations

from collections.abc import Iterator

from kg.knowledge import Knowledge
from kg.resolve.features import compare_places, make_feature
from kg.resolve.model import Comparison, Feature
from kg.resolve.units import Unit, find_bodies


def compare_common(one: Unit, other: Unit, knowledge: Knowledge) -> Comparison:
    """People, 签约仪式, 污水处理项目: by organisations, posts, parties, days, districts and pages."""
    return Comparison((make_feature("same name"), make_feature("common name"), *_compare(one, other, knowledge)))


def _compare(one: Unit, other: Unit, knowledge: Knowledge) -> Iterator[Feature]:
    if one.id[0] == other.id[0]:
        yield make_feature("same class")
    shared = sorted(_ties(one) & _ties(other))
    if one.id[0] == "Person":
        mine, theirs = (set(find_bodies(_ties(unit), knowledge)) for unit in (one, other))
        if mine & theirs:
            yield make_feature("shared organisation", min(mine & theirs).rpartition("/")[2])
        elif mine and theirs:
            yield make_feature("other organisation")
    else:
        parties = [tie.partition("/")[2] for tie in shared if tie.startswith("with ") and " District/" not in tie]
        yield from (make_feature("shared party", party) for party in parties[:1])
    for start, feature in (("post ", "shared post"), ("on ", "same day")):
        found = [tie.removeprefix(start) for tie in shared if tie.startswith(start)]
        if found:
            yield make_feature(feature, found[0])
    if {each.article_id for each in one.mentions} & {each.article_id for each in other.mentions}:
        yield make_feature("side by side")
        return
    yield from compare_places(one.places, other.places)
    pages = sorted({m.page_id for m in one.mentions if m.page_id} & {m.page_id for m in other.mentions})
    if pages:
        yield make_feature("same page")


def _ties(unit: Unit) -> set[str]:
    return {tie for one in unit.mentions for tie in one.ties}
