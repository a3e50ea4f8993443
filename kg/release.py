"""A folder to publish: exports, the ontology with its shapes, a sample, a description, checksums, what changed."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from kg import resources
from kg.diff import compare_graphs, format_patch
from kg.export.contents import drop_quotes
from kg.export.formats import make_export
from kg.export.graphs import find_base, split_by_article
from kg.export.rdf import select_truthy
from kg.export.reading import pack
from kg.iris import KG, NAMESPACES
from kg.ontology import Ontology
from kg.outputs import write_files
from kg.turtle import sort_triples, write_turtle

_NAMES = {
    "graph.ttl.gz": ("turtle", "text/turtle"),
    "graph.trig.gz": ("trig", "application/trig"),
    "graph.jsonld.gz": ("jsonld", "application/ld+json"),
    "graph.graphml.gz": ("graphml", "application/graphml+xml"),
    "entities.ftm.json.gz": ("ftm", "application/x-ndjson"),
}
_OTHER_TYPES = {
    ".ttl": "text/turtle",
    ".csv": "text/csv",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
}
_VOID, _DCAT = "http://rdfs.org/ns/void#", "http://www.w3.org/ns/dcat#"
_SPDX = "http://spdx.org/rdf/terms#"
_PREFIXES = NAMESPACES | {"void": _VOID, "dcat": _DCAT, "spdx": _SPDX}

_RIGHTS = (
    "Quotes and the text of articles belong to their publishers; the licence covers the facts, not these texts.",
    "The texts of the articles were left out; offsets and hashes of the text remain.",
)


def make_release(
    triples: Sequence[Triple],
    folder: Path,
    ontology: Ontology,
    *,
    licence: str,
    since: Sequence[Triple] | None = None,
    quotes: bool = True,
) -> tuple[str, ...]:
    """Writes the whole folder or nothing; gives the names of its files. Both graphs must be sorted.

    `since` is the graph of an earlier release: what changed is then in `changes.rdfpatch` and `changes.json`.
    """
    kept = list(triples) if quotes else drop_quotes(triples)
    files = _make_exports(kept, ontology)
    for name in ("kg.ttl", "shapes.ttl", "context.jsonld"):
        files[f"ontology-{name}"] = resources.path(f"ontology/{name}").read_bytes()
    files["sample.ttl"] = make_export(make_sample(kept), "turtle", ontology)  # type: ignore[assignment]
    if since is not None:
        difference = compare_graphs(since, kept, ontology)
        files["changes.rdfpatch"] = format_patch(difference).encode()
        changes = [{"kind": change.kind, "text": change.text} for change in difference.changes]
        files["changes.json"] = _format_json({"counts": difference.counts(), "changes": changes})
    counts = _count(kept)
    rights = _RIGHTS[0 if quotes else 1]
    files["void.ttl"] = write_turtle(_describe(kept, files, counts, licence, rights), _PREFIXES, only_used=True)
    index = [{"name": name, "bytes": len(files[name]), "sha256": _hash(files[name])} for name in sorted(files)]
    about = {"generator": f"regional-kg {_version()}", "licence": licence, "rights": rights}
    files["index.json"] = _format_json({**about, "counts": counts, "files": index})
    sums = "".join(f"{_hash(files[name])}  {name}\n" for name in sorted(files))
    files["SHA256SUMS"] = sums.encode()
    write_files(folder, files)
    return tuple(sorted(files))


def _make_exports(triples: Sequence[Triple], ontology: Ontology) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for name, (format_, _) in _NAMES.items():
        made = make_export(triples, format_, ontology)
        assert isinstance(made, bytes)
        files[name] = pack(made, name)
    files["truthy.ttl.gz"] = pack(write_turtle(list(select_truthy(triples, ontology)), NAMESPACES), "truthy.ttl.gz")
    tables = make_export(triples, "csv", ontology)
    assert not isinstance(tables, bytes)
    return files | {f"{name}.gz": pack(content, f"{name}.gz") for name, content in tables.items()}


def make_sample(triples: Sequence[Triple]) -> list[Triple]:
    """The first article with all that rests on it alone, and the entities that it speaks of with their names."""
    articles = (inner for graph, inner in split_by_article(triples).items() if not graph.value.endswith("graph/shared"))
    chosen = next(articles, [])
    named = {triple.object for triple in chosen if isinstance(triple.object, NamedNode)}
    words = {KG + "adcode", *(NAMESPACES["skos"] + name for name in ("prefLabel", "altLabel"))}
    words |= {NAMESPACES["rdf"] + "type", NAMESPACES["rdfs"] + "label"}
    around = [one for one in triples if one.subject in named and (one.predicate.value in words or one.object in named)]
    return sort_triples([*chosen, *around])


def _count(triples: Sequence[Triple]) -> dict[str, int]:
    type_ = NAMESPACES["rdf"] + "type"
    classes = Counter(str(getattr(one.object, "value", "")) for one in triples if one.predicate.value == type_)
    return {
        "triples": len(triples),
        "articles": classes[NAMESPACES["schema"] + "NewsArticle"],
        "entities": len({one.subject for one in triples if one.predicate.value == NAMESPACES["skos"] + "prefLabel"}),
        "statements": classes[KG + "Statement"],
        "observations": classes[KG + "Observation"],
        "evidence": classes[NAMESPACES["oa"] + "SpecificResource"],
    }


def _describe(
    triples: Sequence[Triple], files: Mapping[str, bytes], counts: Mapping[str, int], licence: str, rights: str
) -> list[Triple]:
    """VoID and DCAT. There is no date in it: the same graph gives the same description."""
    dataset = NamedNode(find_base(triples) + "dataset")
    last = max((one.object.value for one in triples if one.predicate.value.endswith("/datePublished")), default="")  # type: ignore[union-attr]
    out = [
        _say(dataset, "rdf:type", _term("void:Dataset")),
        _say(dataset, "rdf:type", _term("dcat:Dataset")),
        _say(dataset, "dcterms:title", Literal("区域经济新闻知识图谱", language="zh")),
        _say(dataset, "dcterms:title", Literal("Knowledge graph of regional economic news", language="en")),
        _say(dataset, "dcterms:license", NamedNode(licence)),
        _say(dataset, "dcterms:rights", Literal(rights, language="en")),
        _say(dataset, "dcterms:conformsTo", NamedNode(KG.rstrip("#"))),
        _say(
            dataset,
            "dcterms:provenance",
            Literal(f"Read from newspaper pages by regional-kg {_version()}.", language="en"),
        ),
        _say(dataset, "dcat:version", Literal(_hash("\n".join(map(str, triples)).encode())[:16])),
        _say(dataset, "void:vocabulary", NamedNode(KG)),
        _say(dataset, "void:uriSpace", Literal(find_base(triples))),
        _say(dataset, "void:triples", Literal(counts["triples"])),
        _say(dataset, "void:entities", Literal(counts["entities"])),
    ]
    if last:
        out.append(_say(dataset, "dcterms:modified", Literal(last, datatype=_term("xsd:date"))))
    for name, content in files.items():
        out += _describe_file(dataset, name, content, licence)
    for predicate, number in Counter(one.predicate.value for one in triples).items():
        part = NamedNode(f"{dataset.value}/property/{hashlib.sha256(predicate.encode()).hexdigest()[:12]}")
        out.append(_say(dataset, "void:propertyPartition", part))
        out += [_say(part, "void:property", NamedNode(predicate)), _say(part, "void:triples", Literal(number))]
    return sort_triples(out)


def _describe_file(dataset: NamedNode, name: str, content: bytes, licence: str) -> list[Triple]:
    file, checksum = NamedNode(f"{dataset.value}/{name}"), NamedNode(f"{dataset.value}/{name}/sha256")
    ending = "".join(Path(name.removesuffix(".gz")).suffixes[-1:])
    media = _NAMES[name][1] if name in _NAMES else _OTHER_TYPES.get(ending, "text/plain")
    out = [
        _say(dataset, "dcat:distribution", file),
        _say(file, "rdf:type", _term("dcat:Distribution")),
        _say(file, "dcterms:title", Literal(name)),
        _say(file, "dcterms:license", NamedNode(licence)),
        _say(file, "dcat:mediaType", NamedNode(f"https://www.iana.org/assignments/media-types/{media}")),
        _say(file, "dcat:byteSize", Literal(str(len(content)), datatype=_term("xsd:nonNegativeInteger"))),
        _say(file, "spdx:checksum", checksum),
        _say(checksum, "rdf:type", _term("spdx:Checksum")),
        _say(checksum, "spdx:algorithm", _term("spdx:checksumAlgorithm_sha256")),
        _say(checksum, "spdx:checksumValue", Literal(_hash(content), datatype=_term("xsd:hexBinary"))),
    ]
    if name.endswith(".gz"):
        gzip = NamedNode("https://www.iana.org/assignments/media-types/application/gzip")
        out.append(_say(file, "dcat:compressFormat", gzip))
    return out


def _say(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Triple:
    return Triple(subject, _term(predicate), value)


def _term(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(_PREFIXES[prefix] + local)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _format_json(content: Mapping[str, object]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _version() -> str:
    try:
        return version("regional-kg")
    except PackageNotFoundError:
        return "(not installed)"
