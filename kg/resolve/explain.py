"""Why an entity of a graph is what it is: its names, sources, what was merged and why, what it might be as well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Store

from kg.knowledge import Knowledge, load_knowledge
from kg.model import Entity
from kg.resolve.blocks import blocks
from kg.resolve.common import compare_common
from kg.resolve.features import compare_names
from kg.resolve.forms import family_of, has_headline, is_telling, read_form
from kg.resolve.links import compare_in_articles
from kg.resolve.model import Comparison, Mentioned
from kg.resolve.stored import find_nodes, key_of, read_entities, read_entity, read_mentioned, subjects, values
from kg.resolve.table import load_table
from kg.resolve.units import Unit

_MOST = 8
_FEW = 5


def explain_entity(name: str, store: Store) -> list[str]:
    """Lines about every entity that bears the name or the IRI; none where there is none."""
    knowledge = load_knowledge()
    out: list[str] = []
    for node in find_nodes(store, name):
        entity = read_entity(store, node)
        if entity is not None:
            out += [*([""] if out else []), *_explain(store, node, entity, knowledge)]
    return out


def _explain(store: Store, node: NamedNode, entity: Entity, knowledge: Knowledge) -> Iterator[str]:
    mentioned = sorted(read_mentioned(store, node, entity), key=lambda one: (str(one.date), one.article_id))
    yield f"{entity.name}  ({entity.cls})  <{node.value}>"
    yield from _explain_names(entity, knowledge)
    if entity.adcode:
        yield f"  GB/T 2260 code {entity.adcode}"
    if known := read_form(entity.cls, entity.path or entity.name, knowledge).known:
        yield f"  in the gazetteer as {'、'.join(sorted(known))}"
    yield from _explain_articles(mentioned)
    yield from _explain_namesakes(entity, mentioned, knowledge)
    yield from _explain_merges(store, node, entity, knowledge)
    for decision in values(store, node, "prov:wasInfluencedBy"):
        yield f"  decided by people: {_describe_decision(store, NamedNode(decision))}"
    yield from _explain_others(store, node, entity, mentioned, knowledge)


def _explain_names(entity: Entity, knowledge: Knowledge) -> Iterator[str]:
    """Why each other name is one of this entity's, as far as the names themselves say it."""
    own = entity.path or entity.name
    for name in entity.names:
        found = compare_names(entity.cls, name, entity.cls, own, knowledge)
        why = describe(found) if found.features and not found.against else "so an article, the gazetteer or people say"
        yield f"  also called {name}: {why}"


def _explain_articles(mentioned: list[Mentioned]) -> Iterator[str]:
    yield f"  named in {len(mentioned)} article{'' if len(mentioned) == 1 else 's'}"
    for one in mentioned[:_MOST]:
        ties = [tie.partition(" ")[2].partition("/")[2] for tie in one.ties if tie.startswith("with ")][:3]
        posts = [tie.removeprefix("post ") for tie in one.ties if tie.startswith("post ")][:3]
        said = "、".join((*ties, *posts))
        yield f"    {one.date or 'no date'} 《{one.headline}》{f' with {said}' if said else ''}"
    if len(mentioned) > _MOST:
        yield f"    and {len(mentioned) - _MOST} more"


def _explain_namesakes(entity: Entity, mentioned: list[Mentioned], knowledge: Knowledge) -> Iterator[str]:
    """Of what its name does not tell from others, why it is one over several articles: each with the nearest before."""
    units = [make_unit(entity, [one], knowledge) for one in mentioned[:_MOST]]
    for place, unit in enumerate(units):
        if place and unit.apart:
            nearest = max(units[:place], key=lambda one: compare_common(one, unit, knowledge).score)
            why = describe(compare_common(nearest, unit, knowledge))
            yield f"  one in 《{nearest.mentions[0].headline}》 and 《{unit.mentions[0].headline}》: {why}"


def _explain_merges(store: Store, node: NamedNode, entity: Entity, knowledge: Knowledge) -> Iterator[str]:
    names = tuple(dict.fromkeys((entity.path or entity.name, entity.name)))
    for gone in subjects(store, "dcterms:isReplacedBy", node):
        cls, name = key_of(gone)
        found = [compare_names(cls, name, entity.cls, each, knowledge) for each in names]
        best = max(found, key=lambda one: (not one.against, one.score))
        decided = not best.features and values(store, node, "prov:wasInfluencedBy")
        why = "people decided so" if decided else describe(best)
        yield f"  took in {name}{'' if cls == entity.cls else f' ({cls})'}: {why}"


def _explain_others(
    store: Store, node: NamedNode, entity: Entity, mentioned: list[Mentioned], knowledge: Knowledge
) -> Iterator[str]:
    """Entities that share a block with this one, and what keeps them apart."""
    mine = blocks(entity, knowledge)
    found: list[tuple[float, str, str]] = []
    family = family_of(entity.cls, knowledge)
    classes = [cls for cls in knowledge.ontology.classes() if family_of(cls, knowledge) == family]
    for other, near in read_entities(store, classes if mine else ()):
        if other != node and mine & blocks(near, knowledge):
            theirs = make_unit(near, read_mentioned(store, other, near), knowledge)
            comparison = compare_units(make_unit(entity, mentioned, knowledge), theirs, knowledge)
            found.append((comparison.score, near.path or near.name, _describe_apart(comparison)))
    for _, name, why in sorted(found, key=lambda one: (-one[0], one[1]))[:_FEW]:
        yield f"  not {name}: {why}"


def make_unit(entity: Entity, mentioned: Iterable[Mentioned], knowledge: Knowledge) -> Unit:
    """An entity of a graph as resolution took it up."""
    cls, name = entity.key
    apart = has_headline(entity) or not is_telling(cls, entity.name, knowledge)
    return Unit((cls, name, ""), tuple(mentioned), apart, read_form(cls, name, knowledge))


def compare_units(one: Unit, other: Unit, knowledge: Knowledge) -> Comparison:
    if one.apart or other.apart:
        alike = {each.entity.name for each in one.mentions} & {each.entity.name for each in other.mentions}
        return compare_common(one, other, knowledge) if alike else Comparison(())
    return compare_in_articles([one], [other], knowledge)


def _describe_apart(comparison: Comparison) -> str:
    table = load_table()
    if comparison.against:
        return comparison.against
    verdict = "open, asked by `kg review`" if comparison.score >= table.candidate else "too little"
    return f"{describe(comparison)} ({verdict}; {table.merge:g} needed)"


def describe(comparison: Comparison) -> str:
    """`the same without place and legal form +3, … = 3.5`"""
    if comparison.against:
        return comparison.against
    table = load_table()
    parts = [
        f"{table.features[one.name][2]}{f' ({one.detail})' if one.detail else ''} {one.weight:+g}"
        for one in comparison.features
    ]
    return f"{', '.join(parts)} = {comparison.score:g}" if parts else "nothing alike in the names"


def _describe_decision(store: Store, node: NamedNode) -> str:
    agents = values(store, node, "prov:wasAssociatedWith")
    who = [name for agent in agents for name in values(store, NamedNode(agent), "rdfs:label")]
    return ", ".join((*values(store, node, "rdfs:label"), *who, *values(store, node, "dcterms:date")))
