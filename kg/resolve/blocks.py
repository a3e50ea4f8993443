"""Which entities can influence each other: those that share a block, or are joined by a chain of such."""

from __future__ import annotations

from functools import lru_cache

from kg.compare import normalise_name
from kg.curation.decisions import NONE, Decisions, group_names
from kg.knowledge import Knowledge, load_knowledge
from kg.model import Entity
from kg.resolve.forms import Form, abbreviations, family_of, has_headline, read_form


def blocks(entity: Entity, knowledge: Knowledge | None = None, decisions: Decisions = NONE) -> frozenset[str]:
    """The keys under which an entity meets those that it might be; districts have none: they have their code."""
    if entity.cls == "District":
        return frozenset()
    knowledge = knowledge or load_knowledge()
    family = family_of(entity.cls, knowledge)
    if has_headline(entity):
        # 签约仪式 would bring half the corpus together; what has one headline too is one.
        return frozenset({f"{family}|{entity.path}"} | _decided(entity, decisions))
    names = (entity.name, *entity.names, *((entity.path,) if entity.path else ()))
    out = {f"{family}|{normalise_name(name)}" for name in names}
    for name in dict.fromkeys((entity.name, entity.path or entity.name)):
        out |= _name_blocks(entity.cls, name, knowledge)
    return frozenset(out | _decided(entity, decisions))


@lru_cache(maxsize=131072)
def _name_blocks(cls: str, name: str, knowledge: Knowledge) -> frozenset[str]:
    form = read_form(cls, name, knowledge)
    return frozenset(f"{form.family}|{part}" for part in _parts(form, knowledge))


def _parts(form: Form, knowledge: Knowledge) -> set[str]:
    """The name and what it may be cut to. Authorities meet by district: 发改委 alone brings nobody together."""
    out = {*form.known, form.plain}
    if form.body or form.family == "Place":
        out |= {f"{code}/{form.core}" for code in form.codes}
    elif form.legal or not form.place or not knowledge.ending_of(form.core):
        # 软件行业协会 would bring those of all provinces together.
        out |= {form.core, form.bare}
    if form.family == "Organisation" and not form.body:
        out |= abbreviations(form)
    return {part for part in out if len(part) >= 2 and not knowledge.is_generic(part)}


def _decided(entity: Entity, decisions: Decisions) -> set[str]:
    """Decisions on names bring together what they name."""
    groups = group_names(decisions)
    names = (entity.name, *entity.names, entity.path or entity.name) if groups else ()
    found = (groups[entity.cls, name] for name in names if (entity.cls, name) in groups)
    return {f"decided|{min(group)}" for group in found}
