"""FollowTheMoney entities, one JSON object a line, for Aleph and the tools of OpenSanctions.

`ontology/ftm.yml` says which schema a class or relation becomes. What is planned or denied is a link too, and says so
in its `status`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import yaml

from kg import resources
from kg.export.contents import Contents, Edge, Node
from kg.ontology import Ontology

# Link property → qualifiers, in the order in which they are asked for.
_VALUES = {
    "date": ("onDate",),
    "startDate": ("dateFrom",),
    "endDate": ("dateTo",),
    "status": ("modality",),
}


@cache
def _load_mapping() -> Mapping[str, Any]:
    mapping: Mapping[str, Any] = yaml.safe_load(resources.path("ontology/ftm.yml").read_text(encoding="utf-8"))
    return mapping


def make_ftm(contents: Contents, ontology: Ontology) -> bytes:
    schemata = _load_mapping()["classes"]
    nodes = {node.iri: node for node in contents.nodes if node.cls in schemata}
    lines = [json.dumps(_make_entity(node), ensure_ascii=False) for node in nodes.values()]
    for edge in contents.edges:
        if edge.subject in nodes and edge.object in nodes:
            lines.append(json.dumps(_make_link(edge, nodes[edge.subject].cls, ontology), ensure_ascii=False))
    return "".join(line + "\n" for line in lines).encode()


def _make_entity(node: Node) -> dict[str, object]:
    schema = _load_mapping()["classes"][node.cls]
    title = [node.name] if schema in _load_mapping()["titled"] else []
    properties = {"name": [node.name], "title": title, "alias": list(node.names), "sourceUrl": [node.iri]}
    return _make_proxy(node.iri, schema, properties)


def _make_link(edge: Edge, cls: str, ontology: Ontology) -> dict[str, object]:
    usual = {"schema": "UnknownLink", "from": "subject", "to": "object"}
    special = _load_mapping()["relations"].get(edge.relation, usual)
    rule = special if cls in special.get("subjects", [cls]) else usual
    role = edge.values.get("role") or ontology.label(edge.relation)
    properties = {rule["from"]: [_identify(edge.subject)], rule["to"]: [_identify(edge.object)], "role": [role]}
    for name, qualifiers in _VALUES.items():
        properties[name] = [edge.values[one] for one in qualifiers if one in edge.values]
    properties |= {"summary": list(edge.quotes), "description": ["；".join(_describe(edge, ontology))]}
    properties |= {"sourceUrl": list(edge.articles), "recordId": [edge.iri.rpartition("/")[2]]}
    return _make_proxy(edge.iri, rule["schema"], properties)


def _describe(edge: Edge, ontology: Ontology) -> Iterator[str]:
    shown = {name for names in _VALUES.values() for name in names} | {"role"}
    yield ontology.label(edge.relation)
    for name, value in edge.values.items():
        if name not in shown:
            yield f"{ontology.label(name)} {value}"


def _make_proxy(iri: str, schema: str, properties: Mapping[str, list[str]]) -> dict[str, object]:
    kept = {name: values for name, values in properties.items() if values}
    return {"id": _identify(iri), "schema": schema, "properties": kept}


def _identify(iri: str) -> str:
    return "kg-" + hashlib.sha256(iri.encode()).hexdigest()[:32]
