"""`kg validate`: is a graph what the ontology and its shapes say?"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.validate import Violation


@click.command(short_help="Check a graph against the ontology and its shapes.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.option("--limit", type=click.IntRange(0), default=100, show_default=True, help="Violations that text shows.")
@click.option("--batch", type=click.IntRange(1), default=5000, show_default=True, help="Nodes looked at together.")
def validate(file: Path, format_: str, limit: int, batch: int) -> None:
    """Check FILE (.ttl, .nt, .nq or .trig, also with .gz), from this program or another.

    Looks at classes, relations and qualifiers by SHACL, and besides at what SHACL does not say: every quote is what its
    article says at the offsets, direct triples and statements agree, symmetric pairs are complete, no place lies in
    itself, no evidence is left over. Terms of other vocabularies are let be. The exit status is 0 where nothing is
    wrong, otherwise 1.
    """
    from kg.store import open_store
    from kg.validate import validate as find_violations

    store = open_store(file)
    found = find_violations(store, batch=batch)
    click.echo(_make_json(file, len(store), found) if format_ == "json" else _make_text(len(store), found, limit))
    if found:
        raise click.exceptions.Exit(1)


def _make_json(file: Path, triples: int, found: tuple[Violation, ...]) -> str:
    report = {"file": str(file), "triples": triples, "valid": not found, "violations": [asdict(one) for one in found]}
    return json.dumps(report, ensure_ascii=False, indent=2)


def _make_text(triples: int, found: tuple[Violation, ...], limit: int) -> str:
    lines = [_clean(str(one)) for one in found[:limit]]
    if len(found) > limit:
        lines.append(f"… and {len(found) - limit} more; --limit shows more, --format json all")
    return "\n".join([*lines, f"{triples} triples, {len(found)} violations"])


def _clean(text: str) -> str:
    """Without what would move the cursor of a terminal or turn its text around."""
    return "".join(ch if ch.isprintable() or ch == "\n" else "�" for ch in text)
