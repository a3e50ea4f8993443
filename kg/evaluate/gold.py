"""Annotations of articles, read from YAML: which entities, facts and figures careful readers found.

A file names its text (`source`) and lists its articles: headline and ends of the body to know them by, `entities` with
all names that count, `facts` between them with qualifiers, `observations`. What has `core: false` is right where it is
found and no loss where it is not.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kg.errors import SourceError
from kg.ontology import Ontology

QUALIFIERS = ("on_date", "amount", "position", "metric", "about")
"""Those that are compared, besides the modality, which every fact has."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C where PyYAML has it: ten times as fast."""
_SAME_MARKS = str.maketrans("【】〔〕「」『』“”‘’", '[][]""""""\'\'')
_NO_PART_OF_A_NAME = frozenset("《》<>\"'·—-")

FactKey = tuple[str, str, str]
"""Relation and the two ends; those of a symmetric relation in one order."""


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """`id` is unique over all files; `names` are folded (see `fold_name`); `classes` are those that count as right."""

    id: str
    name: str
    names: frozenset[str]
    cls: str
    classes: frozenset[str]
    core: bool


@dataclass(frozen=True, slots=True)
class GoldFact:
    key: FactKey
    core: bool
    modality: str
    qualifiers: Mapping[str, str]
    quote: str


@dataclass(frozen=True, slots=True)
class GoldObservation:
    of: str
    measure: str
    value: float
    unit: str
    core: bool
    quote: str


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """`headlines` and `ends` (first and last words of the body) are folded; an end that is not given is empty."""

    headlines: frozenset[str]
    ends: tuple[str, str]
    entities: Mapping[str, GoldEntity]
    facts: Mapping[FactKey, tuple[GoldFact, ...]]
    observations: tuple[GoldObservation, ...]

    @property
    def core_entities(self) -> frozenset[str]:
        return frozenset(one.id for one in self.entities.values() if one.core)

    @property
    def core_facts(self) -> frozenset[FactKey]:
        return frozenset(key for key, facts in self.facts.items() if any(fact.core for fact in facts))


@dataclass(frozen=True, slots=True)
class GoldFile:
    path: Path
    source: Path
    articles: tuple[GoldArticle, ...]


def fold_name(text: object) -> str:
    """What two ways to write a name have in common: width, case, kinds of brackets, spaces and dots do not count.

    >>> fold_name("重庆机电控股（集团）公司") == fold_name("重庆机电控股 (集团) 公司")
    True
    """
    plain = unicodedata.normalize("NFKC", str(text)).translate(_SAME_MARKS)
    return "".join(ch for ch in plain if not ch.isspace() and ch not in _NO_PART_OF_A_NAME).lower()


def fold_fact(relation: str, subject: str, object_: str, symmetric: Collection[str]) -> FactKey:
    if relation in symmetric:
        subject, object_ = sorted((subject, object_))
    return relation, subject, object_


def symmetric_relations(ontology: Ontology) -> frozenset[str]:
    return frozenset(name for name in ontology.relations() if ontology.relation(name).symmetric)


def load_gold(paths: Sequence[Path], ontology: Ontology) -> tuple[GoldFile, ...]:
    """The annotations in these files, and in all `*.yaml` of those that are folders. Raises SourceError."""
    files = [file for path in paths for file in (sorted(path.glob("*.yaml")) if path.is_dir() else [path])]
    if not files:
        raise SourceError("no annotations there: name .yaml files, or a folder that has some")
    return tuple(_read_file(path, f"{number}:", ontology) for number, path in enumerate(files))


def _read_file(path: Path, prefix: str, ontology: Ontology) -> GoldFile:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", path=path) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SourceError(f"is no YAML: {error}", path=path) from error
    if not isinstance(content, dict) or not content.get("source") or not content.get("articles"):
        raise SourceError("is no annotation: it needs `source:` and `articles:`", path=path)
    try:
        articles = tuple(_read_article(one, prefix, ontology) for one in content["articles"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SourceError(f"is no annotation as `tests/gold/README.md` describes it: {error!r}", path=path) from error
    except SourceError as error:
        raise SourceError(error.message, path=path) from error
    return GoldFile(path, path.parent / str(content["source"]), articles)


def _read_article(data: Mapping[str, Any], prefix: str, ontology: Ontology) -> GoldArticle:
    entities = {one.id: one for one in (_read_entity(e, prefix, ontology) for e in data.get("entities") or ())}
    symmetric = symmetric_relations(ontology)
    facts: dict[FactKey, tuple[GoldFact, ...]] = {}
    for entry in data.get("facts") or ():
        fact = _read_fact(entry, prefix, symmetric)
        _check(fact.key[0] in ontology.relations(), f"unknown relation {fact.key[0]}")
        _check_known(fact.key[1:], entities)
        facts[fact.key] = (*facts.get(fact.key, ()), fact)
    observations = tuple(_read_observation(entry, prefix) for entry in data.get("observations") or ())
    _check_known((one.of for one in observations), entities)
    headlines = frozenset(map(fold_name, (data["headline"], *(data.get("kicker") or ()))))
    ends = fold_name(data.get("first_words") or ""), fold_name(data.get("last_words") or "")
    return GoldArticle(headlines, ends, entities, facts, observations)


def _read_entity(entry: Mapping[str, Any], prefix: str, ontology: Ontology) -> GoldEntity:
    classes = frozenset((entry["type"], *(entry.get("also") or ())))
    for cls in sorted(classes):
        _check(cls in ontology.classes(), f"unknown class {cls}")
    names = frozenset(map(fold_name, (entry["name"], *(entry.get("aliases") or ()))))
    core = bool(entry.get("core", True))
    return GoldEntity(f"{prefix}{entry['id']}", str(entry["name"]), names, entry["type"], classes, core)


def _read_fact(entry: Mapping[str, Any], prefix: str, symmetric: Collection[str]) -> GoldFact:
    key = fold_fact(entry["p"], f"{prefix}{entry['s']}", f"{prefix}{entry['o']}", symmetric)
    said = {name: entry[name] for name in QUALIFIERS if entry.get(name) not in (None, "")}
    qualifiers = {name: f"{prefix}{value}" if name == "about" else str(value) for name, value in said.items()}
    modality = str(entry.get("modality") or "actual")
    return GoldFact(key, bool(entry.get("core", True)), modality, qualifiers, str(entry.get("quote") or ""))


def _read_observation(entry: Mapping[str, Any], prefix: str) -> GoldObservation:
    return GoldObservation(
        of=f"{prefix}{entry['of']}",
        measure=str(entry["measure"]),
        value=float(entry["value"]),
        unit=fold_name(entry.get("unit") or ""),
        core=bool(entry.get("core", True)),
        quote=str(entry.get("quote") or ""),
    )


def _check(holds: bool, why: str) -> None:
    if not holds:
        raise SourceError(why)


def _check_known(ids: Iterable[str], entities: Mapping[str, GoldEntity]) -> None:
    for one in ids:
        _check(one in entities, f"no entity has the id {one.partition(':')[2]}")
