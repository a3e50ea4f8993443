"""Entities and statements as two tables: CSV with the headers of Neo4j's bulk import, and Parquet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from importlib import import_module
from io import BytesIO, StringIO

from kg.errors import OutputError
from kg.export.contents import Contents

_NODE = ("iri", "name", "names", "adcode", "classes")
_TYPES = {"confidence": "double", "position": "long", "amount": "double", "amountTo": "double", "share": "double"}


def make_csv(contents: Contents) -> dict[str, bytes]:
    """`nodes.csv` and `edges.csv`; lists are parted by `;`, as Neo4j expects it.

    The values stand as they are in the graph, so a spreadsheet would run a name that looks like a formula.
    """
    nodes = ("iri:ID", "name", "names:string[]", "adcode", ":LABEL")
    edges = (":START_ID", ":END_ID", ":TYPE", "statement", *map(_type_name, contents.qualifiers), "quotes:string[]")
    return {
        "nodes.csv": _write_csv((nodes, *(_join(row) for row in _node_rows(contents)))),
        "edges.csv": _write_csv(((*edges, "articles:string[]"), *(_join(row) for row in _edge_rows(contents)))),
    }


def _type_name(name: str) -> str:
    return f"{name}:{_TYPES[name]}" if name in _TYPES else name


def _node_rows(contents: Contents) -> list[tuple[object, ...]]:
    return [(node.iri, node.name, node.names, node.adcode, node.classes) for node in contents.nodes]


def _edge_rows(contents: Contents) -> list[tuple[object, ...]]:
    return [
        (
            *(edge.subject, edge.object, edge.relation, edge.iri),
            *(edge.values.get(name) for name in contents.qualifiers),
            *(edge.quotes, edge.articles),
        )
        for edge in contents.edges
    ]


def _join(row: Iterable[object]) -> tuple[object, ...]:
    return tuple(
        ";".join(cell_.replace(";", "；") for cell_ in cell) if isinstance(cell, tuple) else cell for cell in row
    )


def _write_csv(rows: Iterable[Sequence[object]]) -> bytes:
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def make_parquet(contents: Contents) -> dict[str, bytes]:
    """`nodes.parquet` and `edges.parquet`; values are texts as in the graph, names, quotes and articles are lists."""
    try:
        arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError as error:
        raise OutputError("Parquet needs a library: pip install pyarrow; or export to csv") from error
    edges = ("subject", "object", "relation", "statement", *contents.qualifiers, "quotes", "articles")
    tables = {"nodes": (_NODE, _node_rows(contents)), "edges": (edges, _edge_rows(contents))}
    files = {}
    for name, (columns, rows) in tables.items():
        lists = {"names", "classes", "quotes", "articles"}
        schema = arrow.schema(
            [(one, arrow.list_(arrow.string()) if one in lists else arrow.string()) for one in columns]
        )
        out = BytesIO()
        parquet.write_table(
            arrow.Table.from_pylist([dict(zip(columns, row, strict=True)) for row in rows], schema=schema), out
        )
        files[f"{name}.parquet"] = out.getvalue()
    return files
