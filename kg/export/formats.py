"""The table of formats: a name → what makes the files. To add a format, write one function and one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pyoxigraph import Triple

from kg.export.contents import Contents, drop_quotes, read_contents
from kg.export.ftm import make_ftm
from kg.export.network import make_gexf, make_graphml
from kg.export.rdf import make_jsonld, make_nquads, make_rdf12, make_trig, make_turtle, select_truthy
from kg.export.tables import make_csv, make_parquet
from kg.ontology import Ontology

# Sorted triples → the one file of a format, or the files of its folder by name.
Exporter = Callable[[Sequence[Triple], Ontology], bytes | Mapping[str, bytes]]


def _from_contents(make: Callable[[Contents], bytes | Mapping[str, bytes]]) -> Exporter:
    return lambda triples, ontology: make(read_contents(triples, ontology))


EXPORTERS: Mapping[str, Exporter] = {
    "turtle": make_turtle,
    "nquads": make_nquads,
    "trig": make_trig,
    "jsonld": make_jsonld,
    "rdf12": make_rdf12,
    "graphml": _from_contents(make_graphml),
    "gexf": _from_contents(make_gexf),
    "csv": _from_contents(make_csv),
    "parquet": _from_contents(make_parquet),
    "ftm": lambda triples, ontology: make_ftm(read_contents(triples, ontology), ontology),
}
FOLDERS = frozenset({"csv", "parquet"})
"""Formats of more than one file."""


def make_export(
    triples: Sequence[Triple], format_: str, ontology: Ontology, *, truthy: bool = False, quotes: bool = True
) -> bytes | Mapping[str, bytes]:
    """`triples` must be sorted. `truthy`: direct triples and labels only; without `quotes`, no article's text."""
    chosen = list(triples) if quotes else drop_quotes(triples)
    return EXPORTERS[format_](list(select_truthy(chosen, ontology)) if truthy else chosen, ontology)
