"""Where the data files are that the program reads: the ontology, rules, gazetteer, queries, examples, templates.

In a checkout they lie beside the package, where editors find them; a wheel carries the same folders in `kg/data/`.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_ROOT = _PACKAGE / "data" if (_PACKAGE / "data").is_dir() else _PACKAGE.parent


def path(name: str) -> Path:
    """The file or folder `name`, given as in the checkout (`ontology/kg.ttl`, `queries`)."""
    return _ROOT / name


def code() -> Path:
    """The folder of the program itself."""
    return _PACKAGE
