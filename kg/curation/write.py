"""Adds a decision to the curation file. What stands there already stays as people wrote it, comments and all."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from kg.curation.decisions import CurationError
from kg.errors import OutputError
from kg.outputs import write_files

Value = str | Sequence[str]
_HEAD = "# Decisions of people on what was read; docs/curation.md says what can stand here.\n"


def add_decision(path: Path, kind: str, values: Mapping[str, Value]) -> None:
    """Appends an entry to the list `kind` of the file, which is made where it is not there; all or nothing."""
    try:
        text = path.read_text(encoding="utf-8-sig") if path.exists() else _HEAD
    except (OSError, UnicodeDecodeError) as error:
        raise OutputError(f"cannot be read, so nothing was added: {error}", path=path) from error
    write_files(path.parent, {path.name: _insert(text, path, kind, values).encode()})


def _insert(text: str, path: Path, kind: str, values: Mapping[str, Value]) -> str:
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    place, indent, head = _find_place(text, path, kind, len(lines))
    entry = [
        f"{indent}{'  ' if number else '- '}{key}: {_quote(value)}\n"
        for number, (key, value) in enumerate(values.items())
    ]
    lines[place:place] = [*head, *entry]
    return "".join(lines)


def _find_place(text: str, path: Path, kind: str, end: int) -> tuple[int, str, list[str]]:
    """The line behind the list, its indentation, and its heading where there is none yet."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if root is None:
        return end, "  ", [f"{kind}:\n"]
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        raise CurationError("is written in one line; write it as a block, one entry a line, to add to it", path=path)
    for key, value in root.value:
        if key.value == kind:
            if isinstance(value, yaml.SequenceNode) and value.value and not value.flow_style:
                return value.value[-1].end_mark.line, " " * value.start_mark.column, []
            if isinstance(value, yaml.ScalarNode) and not value.value:
                return key.end_mark.line + 1, "  ", []
            line = key.start_mark.line + 1
            raise CurationError(f"{kind} is written in one line; write it as a list with dashes", path=path, line=line)
    return end, "  ", [f"{kind}:\n"]


def _quote(value: Value) -> str:
    """JSON's strings are YAML's, but for some characters that YAML would take for ends of lines."""
    if not isinstance(value, str):
        return f"[{', '.join(map(_quote, value))}]"
    return "".join(ch if _is_plain(ch) else f"\\u{ord(ch):04x}" for ch in json.dumps(value, ensure_ascii=False))


def _is_plain(ch: str) -> bool:
    return ch.isprintable() or ord(ch) > 0xFFFF
