"""Names that are known before any text is read: districts, zones, places, organisations, industries, name endings.

The tables are `ontology/gazetteer/*.tsv` (where they come from is said in the README there); what is found in a text
goes to `kg.mentions`, and `kg.entities` tells districts of one name apart. Names are found by Aho-Corasick, in time
linear in the text. Full-width and half-width brackets, letters and digits count as the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.errors import GazetteerError
from kg.gazetteer_tables import Row, fold, read_table, split_names
from kg.model import Span
from kg.ontology import load_ontology

__all__ = ["Ending", "Entry", "Gazetteer", "Match", "load_endings", "load_gazetteer"]

_NAMED = ("zones.tsv", "places.tsv", "organisations.tsv", "industries.tsv")
_DISTRICT = "District"
# 重庆市场 is the market of 重庆, 巴南区域 the region, 财政部门 no ministry: such a character ends the name earlier.
_OTHER_WORD = {
    "市": tuple("场民值面价容郊"),
    "区": tuple("域间块位"),
    "县": tuple("域城"),
    "省": ("会",),
    "部": ("门",),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One known thing. `names` holds all its names, the full one first; `common` those that are ordinary words too.

    `code` is a district's GB/T 2260 code, `parent` the code of the district that the entry lies in. `former` districts
    are no more; they keep the code they had.
    """

    cls: str
    name: str
    names: tuple[str, ...]
    code: str | None = None
    parent: str | None = None
    path: str | None = None
    common: frozenset[str] = frozenset()
    former: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A known name in a text, as the table writes it; several entries, sorted by code, where they share it."""

    span: Span
    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """What names of a class end in. `weak`: does not make a name without a place or a proper name beside it."""

    text: str
    cls: str
    weak: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """All entries, with the ways to get at them. Built by `load_gazetteer`."""

    entries: tuple[Entry, ...]
    _by_code: Mapping[str, Entry] = field(repr=False)
    _by_name: Mapping[str, tuple[Entry, ...]] = field(repr=False)
    _patterns: tuple[tuple[str, tuple[Entry, ...]], ...] = field(repr=False)
    _finder: AhoCorasick = field(repr=False)

    def find(self, text: str) -> tuple[Match, ...]:
        """Known names, leftmost and longest first; none overlaps another."""
        folded = fold(text)
        found = self._finder.find_matches_as_indexes(folded)
        matches = (self._make_match(*self._patterns[place], start, end, folded) for place, start, end in found)
        return tuple(match for match in matches if match is not None)

    def lookup(self, name: str) -> tuple[Entry, ...]:
        """All entries that bear the name, sorted as in a `Match`."""
        return self._by_name.get(fold(name), ())

    def district(self, code: str) -> Entry:
        """The district of that code; a former one only where no other has taken its code over."""
        try:
            return self._by_code[code]
        except KeyError:
            raise GazetteerError(f"no district has the code {code!r}; districts.tsv lists them all") from None

    def ancestors(self, entry: Entry) -> tuple[Entry, ...]:
        """The districts that the entry lies in, nearest first, up to the province."""
        out: list[Entry] = []
        while entry.parent is not None:
            entry = self._by_code[entry.parent]
            out.append(entry)
        return tuple(out)

    def within(self, code: str, outer: str) -> bool:
        """Whether the district `code` is `outer` or lies in it."""
        return outer in self._line(self.district(code))

    def choose_district(
        self, entries: Iterable[Entry], context_codes: Sequence[str], *, name: str | None = None
    ) -> Entry | None:
        """Which of several districts of one name is meant; None where nothing says so.

        `context_codes` are districts that the text speaks of, the weightiest first. The candidate that is one of them
        or lies in one wins; if none does, the one that lies in the same prefecture, then province, as one of them.
        Failing that a province or prefecture wins whose full name is `name` (as it stands in the text; by default any
        name that all candidates share), then the only candidate that is not a former district.
        """
        candidates = [entry for entry in entries if entry.cls == _DISTRICT]
        if len(candidates) < 2:
            return candidates[0] if candidates else None
        contexts = [self._line(self._by_code[code]) for code in context_codes if code in self._by_code]
        for lift in range(3):
            chosen = self._narrow(candidates, [line[lift] for line in contexts if len(line) > lift])
            if chosen is not None:
                return chosen
        return _only(_full_names(candidates, name)) or _only([one for one in candidates if not one.former])

    def _narrow(self, candidates: Sequence[Entry], context: Sequence[str]) -> Entry | None:
        """Leaves out, code by code, the candidates that lie elsewhere, until one is left."""
        for code in context:
            same = [one for one in candidates if one.code == code and not one.former]
            inside = [one for one in candidates if code in self._line(one)]
            if len(same) == 1 or len(inside) == 1:
                return same[0] if same else inside[0]
            candidates = inside or candidates
        return None

    def _line(self, entry: Entry) -> tuple[str, ...]:
        return tuple(one.code for one in (entry, *self.ancestors(entry)) if one.code)

    def _make_match(self, name: str, entries: tuple[Entry, ...], start: int, end: int, text: str) -> Match | None:
        if text[end : end + 1] in _OTHER_WORD.get(name[-1], ()):
            shorter = tuple(entry for entry in self.lookup(name[:-1]) if entry.cls == _DISTRICT)
            if shorter:
                return Match(Span(start, end - 1), name[:-1], shorter)
            if entries[0].cls != _DISTRICT:
                return None
        return Match(Span(start, end), name, entries)


def load_gazetteer(folder: Path) -> Gazetteer:
    """Reads all tables of the folder. A wrong line raises `GazetteerError` with file and line."""
    classes = frozenset(load_ontology().classes())
    districts = _read_districts(folder / "districts.tsv")
    former = _read_former(folder / "former.tsv", districts)
    named = [entry for name in _NAMED for entry in _read_named(folder / name, districts, classes)]
    by_code = {entry.code: entry for entry in (*former, *districts.values()) if entry.code}
    return _make_gazetteer((*districts.values(), *former, *named), by_code)


def load_endings(folder: Path) -> tuple[Ending, ...]:
    """The table endings.tsv, longest endings first."""
    classes = frozenset(load_ontology().classes())
    seen: set[str] = set()
    endings = []
    for row in read_table(folder / "endings.tsv", ("ending", "cls", "note")):
        _check(row["cls"] in classes, f"unknown class {row['cls']!r}", row)
        _check(row["ending"] not in seen, f"{row['ending']} stands twice", row)
        _check(row["note"] in {"", "weak"}, f"unknown note {row['note']!r}: only weak is known", row)
        seen.add(row["ending"])
        endings.append(Ending(row["ending"], row["cls"], row["note"] == "weak"))
    return tuple(sorted(endings, key=lambda one: (-len(one.text), one.text)))


def _make_gazetteer(entries: tuple[Entry, ...], by_code: Mapping[str, Entry]) -> Gazetteer:
    bearers: dict[str, list[Entry]] = defaultdict(list)
    written: dict[str, str] = {}
    for entry in entries:
        for name in entry.names:
            key = fold(name)
            bearers[key].append(entry)
            written.setdefault(key, name)
    by_name = {key: tuple(sorted(bearers[key], key=_order)) for key in sorted(bearers)}
    return Gazetteer(
        entries=entries,
        _by_code=by_code,
        _by_name=by_name,
        _patterns=tuple((written[key], found) for key, found in by_name.items()),
        _finder=AhoCorasick(by_name, matchkind=MatchKind.LeftmostLongest, store_patterns=False),
    )


def _order(entry: Entry) -> tuple[bool, bool, str, str, str]:
    return entry.code is None, entry.former, entry.code or "", entry.cls, entry.name


def _read_districts(path: Path) -> dict[str, Entry]:
    rows: dict[str, Row] = {}
    for row in read_table(path, ("code", "name", "short", "parent", "note")):
        code = row["code"]
        _check(len(code) == 6 and code.isascii() and code.isdigit(), f"{code!r} is no code of six digits", row)
        _check(code not in rows, f"code {code} stands twice", row)
        rows[code] = row
    entries: dict[str, Entry] = {}
    for code, row in sorted(rows.items()):
        parent = row["parent"] or None
        # Codes of parents are smaller, so they have been made before; this also keeps circles out.
        _check(parent is None or parent in entries, f"unknown parent {parent!r}", row)
        entries[code] = _make_entry(row, _DISTRICT, code, entries.get(parent or ""))
    return entries


def _read_former(path: Path, districts: Mapping[str, Entry]) -> list[Entry]:
    entries = []
    for row in read_table(path, ("code", "name", "short", "successor", "until", "note")):
        successor = districts.get(row["successor"])
        if successor is None:
            raise GazetteerError(f"unknown successor {row['successor']!r}", path=row.path, line=row.line)
        joined = successor.code is not None and successor.code[4:] == "00" and row["code"][4:] != "00"
        home = successor if joined else districts.get(successor.parent or "")
        entries.append(_make_entry(row, _DISTRICT, row["code"], home, former=True))
    return entries


def _read_named(path: Path, districts: Mapping[str, Entry], classes: frozenset[str]) -> Iterator[Entry]:
    seen: set[tuple[str, str]] = set()
    for row in read_table(path, ("name", "short", "cls", "parent", "note")):
        _check(row["cls"] in classes, f"unknown class {row['cls']!r}", row)
        _check(not row["parent"] or row["parent"] in districts, f"unknown parent {row['parent']!r}", row)
        _check((row["name"], row["cls"]) not in seen, f"{row['name']} stands twice", row)
        seen.add((row["name"], row["cls"]))
        yield _make_entry(row, row["cls"], None, districts.get(row["parent"]))


def _make_entry(row: Row, cls: str, code: str | None, parent: Entry | None, *, former: bool = False) -> Entry:
    names, common = split_names(row)
    path = f"{parent.path}/{row['name']}" if parent else row["name"]
    return Entry(
        cls=cls,
        name=row["name"],
        names=names,
        code=code,
        parent=parent.code if parent else None,
        path=path if cls == _DISTRICT else None,
        common=common,
        former=former,
    )


def _full_names(candidates: Sequence[Entry], name: str | None) -> list[Entry]:
    shared = {name} if name else set.intersection(*(set(one.names) for one in candidates))
    return [one for one in candidates if one.code and one.code.endswith("00") and one.name in shared]


def _only(entries: Sequence[Entry]) -> Entry | None:
    return entries[0] if len(entries) == 1 else None


def _check(holds: bool, message: str, row: Row) -> None:
    if not holds:
        raise GazetteerError(message, path=row.path, line=row.line)
