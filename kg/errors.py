"""What can go wrong, as one tree.

KGError
├── SourceError      an input cannot be read, or holds nothing to read
├── OntologyError    ontology/kg.ttl or shapes.ttl does not say what the code relies on
├── RuleError        a rule file is wrong: unknown relation or class, bad pattern, bad example
├── GazetteerError   a gazetteer table is wrong
├── QueryError       a query cannot be found, parsed or run
├── GraphError       a Turtle file cannot be read as a graph
└── OutputError      a result cannot be written

Every error says in its text which file is meant and what can be done about it; `path` and `line` carry the place.
"""

from __future__ import annotations

from pathlib import Path


class KGError(Exception):
    """Base of all errors that are meant for the user's eyes."""

    def __init__(self, message: str, *, path: Path | str | None = None, line: int | None = None) -> None:
        place = "" if path is None else f"{path}: " if line is None else f"{path}:{line}: "
        super().__init__(f"{place}{message}")
        self.message = message
        self.path = path
        self.line = line


class SourceError(KGError):
    """An input cannot be read."""


class OntologyError(KGError):
    """The ontology or its shapes are not usable."""


class RuleError(KGError):
    """A rule file is wrong."""


class GazetteerError(KGError):
    """A gazetteer table is wrong."""


class QueryError(KGError):
    """A query cannot be found, parsed or run."""


class GraphError(KGError):
    """A file cannot be read as a graph."""


class OutputError(KGError):
    """A result cannot be written."""
