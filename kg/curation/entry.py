"""One mapping of the curation file, with the lines of its keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from kg.curation.decisions import CurationError


@dataclass(frozen=True, slots=True)
class Entry:
    """`defaults` hold for keys that it does not have. CurationError names the line of the key, or of the entry."""

    path: Path
    line: int
    values: Mapping[str, yaml.Node]
    defaults: Mapping[str, str]

    def fail(self, message: str, key: str | None = None) -> CurationError:
        node = self.values.get(key or "")
        return CurationError(message, path=self.path, line=node.start_mark.line + 1 if node else self.line)

    def text(self, key: str) -> str | None:
        node = self.values.get(key)
        if node is None:
            return self.defaults.get(key)
        if not isinstance(node, yaml.ScalarNode):
            raise self.fail(f"{key} has to be one text", key)
        return str(node.value).strip() or None

    def need(self, key: str) -> str:
        value = self.text(key)
        if value is None:
            raise self.fail(f"{key} is missing")
        return value

    def texts(self, key: str) -> list[str]:
        node = self.values.get(key)
        if not isinstance(node, yaml.SequenceNode) or not all(isinstance(one, yaml.ScalarNode) for one in node.value):
            raise self.fail(f"{key} has to be a list: {key}: [A, B]", key)
        return [str(one.value).strip() for one in node.value]
