"""Whether decisions agree with each other and with the vocabulary; the first that does not is an error."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.curation.decisions import Canonical, CurationError, Decisions, Different, Origin, Same, group_names
from kg.model import EntityKey
from kg.ontology import Ontology


def check_decisions(decisions: Decisions, ontology: Ontology) -> None:
    """CurationError where a merge joins what cannot be one, runs in a circle, or contradicts another decision."""
    for same in decisions.same:
        _check_classes(same, ontology)
    _check_circles(decisions.same)
    groups = group_names(decisions)
    for one in decisions.different:
        _check_apart(one, groups)
    _check_names(decisions.canonical, groups)


def _fail(origin: Origin, message: str) -> CurationError:
    return CurationError(message, path=origin.path, line=origin.line)


def _check_classes(same: Same, ontology: Ontology) -> None:
    first = same.names[0][0]
    for cls, name in same.names[1:]:
        if not set(_tops(first, ontology)) & set(_tops(cls, ontology)):
            raise _fail(same.origin, f"a {first} ({same.names[0][1]}) cannot be one with a {cls} ({name})")


def _tops(cls: str, ontology: Ontology) -> Iterator[str]:
    """The class and those above it that can be merged; that both are parties says nothing."""
    yield from (one for one in (cls, *ontology.ancestors(cls)) if not ontology.is_abstract(one))


def _check_circles(decisions: Sequence[Same]) -> None:
    """The first name is kept: nothing may in the end be kept in the place of itself."""
    kept: dict[EntityKey, tuple[EntityKey, Origin]] = {}
    for same in decisions:
        for name in same.names[1:]:
            kept.setdefault(name, (same.names[0], same.origin))
            chain = [name]
            while chain[-1] in kept:
                following, origin = kept[chain[-1]]
                if following in chain:
                    circle = " → ".join(one[1] for one in (*chain, following))
                    raise _fail(origin, f"merges in a circle: {circle}; say which name is kept")
                chain.append(following)


def _check_apart(different: Different, groups: Mapping[EntityKey, frozenset[EntityKey]]) -> None:
    for place, one in enumerate(different.names):
        for other in different.names[place + 1 :]:
            if other in groups.get(one, ()):
                raise _fail(different.origin, f"{one[1]} and {other[1]} are the same elsewhere in the file")


def _check_names(decisions: Sequence[Canonical], groups: Mapping[EntityKey, frozenset[EntityKey]]) -> None:
    chosen: dict[EntityKey, set[str]] = defaultdict(set)
    for one in decisions:
        for name in groups.get(one.name, frozenset({one.name})):
            chosen[name].add(one.canonical)
        if len(chosen[one.name]) > 1:
            names = ", ".join(sorted(chosen[one.name]))
            raise _fail(one.origin, f"{one.name[1]} cannot have several canonical names: {names}")
