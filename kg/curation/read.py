"""The curation file: YAML in, decisions out, each with its line. What is wrong with it is said before anything happens.

Every entry may have `by`, `on` and `why`; at the top of the file `by` and `on` stand for all that have none. All
values are taken as text, whatever YAML would make of them.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

from kg.curation.checks import check_decisions
from kg.curation.decisions import CurationError, Decisions
from kg.curation.entry import Entry
from kg.curation.make import MAKERS, QUALIFIERS
from kg.ontology import Ontology, load_ontology

_ORIGIN = frozenset({"by", "on", "why"})
_FACT = frozenset({"article", "article_id", "relation", "subject", "object", "quote"})
_KEYS = {
    "wrong": _FACT,
    "same": frozenset({"class", "names", "other_class"}),
    "different": frozenset({"class", "names", "other_class"}),
    "canonical": frozenset({"class", "name", "canonical"}),
    "missing": _FACT | {"subject_class", "object_class", "source", "modality", *QUALIFIERS},
    "suppress": frozenset({"person"}),
}


def read_decisions(path: Path, ontology: Ontology | None = None) -> Decisions:
    """All decisions of the file. CurationError with file, line and reason where it cannot be followed."""
    ontology = ontology or load_ontology()
    root = _parse(path)
    if root is None:
        return Decisions()
    top = _read_mapping(root, path, {})
    _check_keys(top, {*_KEYS, "by", "on"})
    defaults = {key: value for key in ("by", "on") if (value := top.text(key))}
    made = {kind: tuple(MAKERS[kind](one, ontology) for one in _read_entries(top, kind, defaults)) for kind in _KEYS}
    decisions = Decisions(**made)
    check_decisions(decisions, ontology)
    return decisions


def _parse(path: Path) -> yaml.Node | None:
    try:
        return yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise CurationError(f"is no valid YAML: {error.problem or error.context}", path=path, line=line) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise CurationError(f"is no valid YAML: {error}", path=path) from error
    except UnicodeDecodeError as error:
        raise CurationError("is not UTF-8 text; save it as UTF-8", path=path) from error
    except FileNotFoundError as error:
        raise CurationError("is not there; `kg review --curation FILE` makes it", path=path) from error
    except OSError as error:
        raise CurationError(f"cannot be read: {error.strerror or error}", path=path) from error


def _read_mapping(node: yaml.Node, path: Path, defaults: Mapping[str, str]) -> Entry:
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        raise CurationError("has to be keys and values, `relation: signedWith`", path=path, line=line)
    values: dict[str, yaml.Node] = {}
    for key, value in node.value:
        name = str(key.value)
        if name in values:
            raise CurationError(f"{name} stands twice", path=path, line=key.start_mark.line + 1)
        values[name] = value
    return Entry(path, line, values, defaults)


def _check_keys(entry: Entry, known: Iterable[str]) -> None:
    for key, node in entry.values.items():
        if key not in known:
            near = difflib.get_close_matches(key, sorted(known), 1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(sorted(known))}"
            raise CurationError(f"unknown key {key}; {hint}", path=entry.path, line=node.start_mark.line + 1)


def _read_entries(top: Entry, kind: str, defaults: Mapping[str, str]) -> list[Entry]:
    node = top.values.get(kind)
    if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
        return []
    if not isinstance(node, yaml.SequenceNode):
        raise top.fail(f"{kind} has to be a list, each entry with a dash in front", kind)
    entries = [_read_mapping(one, top.path, defaults) for one in node.value]
    for entry in entries:
        _check_keys(entry, _KEYS[kind] | _ORIGIN)
    return entries
