"""Writes docs/ontology.md and docs/ontology.html out of ontology/kg.ttl and its shapes.

Run it after a change of the ontology: `.venv/bin/python docs/make_ontology.py`. A test fails where it was forgotten.
"""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from rdflib import RDFS, SH, SKOS, Graph, URIRef

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kg.iris import KG  # noqa: E402
from kg.ontology import Ontology, Relation, load_ontology  # noqa: E402

INTRODUCTION = """# The ontology

Made from `ontology/kg.ttl` and `ontology/shapes.ttl` by `docs/make_ontology.py`; change those files, not this one.
Namespace: `https://example.org/kg/ontology#`, prefix `kg:`. How facts, evidence and articles hang together is in the
README.
"""
STABILITY = """## What may change, and with which version

- **Patch** (0.1.0 → 0.1.1): labels, comments, examples, alignments. A query that ran still runs and means the same.
- **Minor** (0.1 → 0.2): new classes, relations and qualifiers; a relation may take more classes at its ends. What was
  valid stays valid, what was asked gives at least what it gave.
- **Major** (0 → 1): everything else: a term goes or means something else, a class moves, a shape grows stricter. A
  term that goes is `owl:deprecated` for at least one minor version, with `dcterms:isReplacedBy` what takes its place.

IRIs of entities are made of class and name and stay while these do; `kg diff` says which were renamed or merged.
IRIs of statements are hashes of what they say: they change with the fact.
Prefixes, the order of blocks and of what stands in them are part of the format: a change of them is a minor version.
"""
PAGE = """<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Ontology of regional economic news</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #222 }}
table {{ border-collapse: collapse; width: 100% }} td, th {{ border-bottom: 1px solid #ddd; padding: .4rem .6rem;
text-align: left; vertical-align: top }} code, pre {{ background: #f4f4f2 }} pre {{ padding: 1rem; overflow: auto }}
</style></head><body>
{body}
</body></html>
"""


def read_graphs() -> tuple[Graph, Graph]:
    return (Graph().parse(ROOT / "ontology" / "kg.ttl"), Graph().parse(ROOT / "ontology" / "shapes.ttl"))


def make_markdown() -> str:
    ontology, (graph, shapes) = load_ontology(), read_graphs()
    parts = [INTRODUCTION, *make_diagram(ontology), *make_classes(ontology, graph), *make_relations(ontology, graph)]
    parts += [*make_qualifiers(ontology, graph), *make_rules(shapes), STABILITY]
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def make_diagram(ontology: Ontology) -> Iterator[str]:
    yield "## Classes at a glance\n"
    yield "```text\n" + "\n".join(draw_tree(ontology)) + "\n```\n"


def draw_tree(ontology: Ontology, parent: str | None = None, depth: int = 0) -> Iterator[str]:
    for cls in ontology.classes():
        above = ontology.parents[cls]
        if (parent in above) if parent else not above:
            yield f"{'  ' * depth}{cls}  {ontology.label(cls)}"
            yield from draw_tree(ontology, cls, depth + 1)


def make_classes(ontology: Ontology, graph: Graph) -> Iterator[str]:
    rows = [
        (f"`kg:{cls}`", term_text(ontology, cls), say_examples(graph, cls), say_alignments(graph, cls))
        for cls in (*ontology.classes(), "Statement", "Observation")
    ]
    yield "## Classes\n\n" + make_table(("class", "what belongs to it", "example", "elsewhere"), rows)


def make_relations(ontology: Ontology, graph: Graph) -> Iterator[str]:
    rows = [
        (f"`kg:{name}`", say_ends(ontology.relation(name)), term_text(ontology, name), *say_both(graph, name))
        for name in ontology.relations()
    ]
    yield "## Relations\n\n" + make_table(("relation", "from → to", "says", "example", "elsewhere"), rows)


def make_qualifiers(ontology: Ontology, graph: Graph) -> Iterator[str]:
    rows = [(f"`kg:{name}`", term_text(ontology, name), *say_both(graph, name)) for name in ontology.qualifiers()]
    yield "## Qualifiers of statements and observations\n\n" + make_table(
        ("qualifier", "says", "example", "elsewhere"), rows
    )


def make_rules(shapes: Graph) -> Iterator[str]:
    texts = {str(text) for text in shapes.objects(None, SH.message) if getattr(text, "language", "") == "en"}
    yield "## What a valid graph fulfils\n\n" + "\n".join(f"- {clean(text)}" for text in sorted(texts)) + "\n"


def say_both(graph: Graph, name: str) -> tuple[str, str]:
    return say_examples(graph, name), say_alignments(graph, name)


def term_text(ontology: Ontology, name: str) -> str:
    term = ontology.term(name)
    return f"**{clean(term.label_zh)}** {clean(term.comment_zh)} **{clean(term.label_en)}** {clean(term.comment_en)}"


def say_ends(relation: Relation) -> str:
    arrow = "↔" if relation.symmetric else "→"
    pairs = (f"{say_all(subjects)} {arrow} {say_all(objects)}" for subjects, objects in relation.pairs)
    return "; ".join(pairs)


def say_all(classes: tuple[str, ...]) -> str:
    return ", ".join(classes) if len(classes) < 9 else "anything"


def say_examples(graph: Graph, name: str) -> str:
    return " ".join(sorted(clean(str(text)) for text in graph.objects(URIRef(KG + name), SKOS.example)))


def say_alignments(graph: Graph, name: str) -> str:
    kinds = {RDFS.subClassOf: "⊂", RDFS.subPropertyOf: "⊂", SKOS.closeMatch: "≈", RDFS.seeAlso: "cf."}
    found = [
        f"{sign} `{other.n3(graph.namespace_manager)}`"
        for kind, sign in kinds.items()
        for other in sorted(graph.objects(URIRef(KG + name), kind))
        if isinstance(other, URIRef) and not str(other).startswith(KG)
    ]
    return " ".join(found)


def clean(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def make_table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def make_page(markdown: str) -> str:
    """The few forms that the text above uses, as HTML."""
    return PAGE.format(body="\n".join(turn_block(block) for block in markdown.strip().split("\n\n")))


def turn_block(block: str) -> str:
    if block.startswith("```"):
        return f"<pre>{html.escape(block.removeprefix('```text').removesuffix('```').strip(chr(10)))}</pre>"
    if block.startswith("#"):
        level = len(block) - len(block.lstrip("#"))
        return f"<h{level}>{turn_words(block.lstrip('# '))}</h{level}>"
    if block.startswith("|"):
        return turn_table(block.splitlines())
    if block.startswith("- "):
        items = re.split(r"\n(?=- )", block)
        return "<ul>" + "".join(f"<li>{turn_words(item[2:])}</li>" for item in items) + "</ul>"
    return f"<p>{turn_words(block)}</p>"


def turn_table(lines: list[str]) -> str:
    rows = [re.split(r"(?<!\\) \| ", line.removeprefix("| ").removesuffix(" |")) for line in (lines[0], *lines[2:])]
    cells = [[turn_words(cell.replace("\\|", "|")) for cell in row] for row in rows]
    head, *rest = cells
    yield_rows = "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rest)
    return "<table><tr>" + "".join(f"<th>{cell}</th>" for cell in head) + f"</tr>\n{yield_rows}</table>"


def turn_words(text: str) -> str:
    safe = html.escape(text)
    safe = re.sub(r"`([^`]+)`", r"<code>\1</code>", safe)
    return re.sub(r"\*\*([^*]+)\*\*", r"<b>\1</b>", safe)


def make_files() -> dict[str, str]:
    markdown = make_markdown()
    return {"ontology.md": markdown, "ontology.html": make_page(markdown)}


if __name__ == "__main__":
    for name, text in make_files().items():
        (ROOT / "docs" / name).write_text(text, encoding="utf-8")
