"""Tab-separated tables of the gazetteer: rows with file and line, and the form in which names are compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import GazetteerError

# One character for one character, so that offsets stay. Full-width forms U+FF01 to U+FF5E are U+0021 to U+007E.
_FOLDED = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_FOLDED |= {ord(dot): "·" for dot in "•‧・∙⋅"}
_FOLDED |= {ord(mark): "(" for mark in "〔【["} | {ord(mark): ")" for mark in "〕】]"}
# Not text: the automaton takes valid Unicode only.
_FOLDED |= {code: " " for code in range(0xD800, 0xE000)}
_FOLDABLE = re.compile("[" + "".join(map(re.escape, map(chr, sorted(_FOLDED)))) + "]")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, by column."""

    path: Path
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


def fold(text: str) -> str:
    """The text with full-width letters, digits and brackets made half-width; as long as before."""
    return text.translate(_FOLDED) if _FOLDABLE.search(text) else text


def read_table(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """Rows of a table. Its first line without `#` names the columns; there may be more than those asked for."""
    header: list[str] | None = None
    for number, line in enumerate(_read_lines(path), start=1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
            missing = [name for name in columns if name not in header]
            if missing:
                raise GazetteerError(f"the heading lacks {', '.join(missing)}", path=path, line=number)
            continue
        if len(cells) != len(header):
            message = f"{len(cells)} columns instead of {len(header)} ({', '.join(header)}); tabs part them"
            raise GazetteerError(message, path=path, line=number)
        if not cells[0]:
            raise GazetteerError(f"the {header[0]} is missing", path=path, line=number)
        yield Row(path, number, dict(zip(header, cells, strict=True)))


def split_names(row: Row) -> tuple[tuple[str, ...], frozenset[str]]:
    """All names of the row, the full one first, and those that `note` marks as ordinary words.

    The note is `common` (all short names are), `common=东方|长安` (these are), or empty.
    """
    short = [name for name in row["short"].split("|") if name]
    names = (row["name"], *short)
    if any(name != name.strip() or not name for name in names) or len(set(names)) < len(names):
        raise GazetteerError(f"odd or repeated names {names}; | parts them", path=row.path, line=row.line)
    mark, _, listed = row["note"].partition("=")
    if mark not in {"", "common"}:
        raise GazetteerError(f"unknown note {row['note']!r}: only common is known", path=row.path, line=row.line)
    common = frozenset(listed.split("|") if listed else short) if mark else frozenset()
    if not common <= set(names):
        unknown = "|".join(sorted(common - set(names)))
        message = f"the note marks {unknown}, which is no name of {row['name']}"
        raise GazetteerError(message, path=row.path, line=row.line)
    return names, common


def _read_lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise GazetteerError(f"cannot be read ({error}); it has to be a table in UTF-8", path=path) from error
