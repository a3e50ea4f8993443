"""What a graph says of one thing: why it is one thing, its facts and figures, each with its words and their place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyoxigraph import Literal, NamedNode, Store
from rich.text import Text

from kg.iris import KG
from kg.query import Row, Term, run_query
from kg.questions import find_entities
from kg.resolve import explain_entity
from kg.results import show_term
from kg.serve.pages import name_of
from kg.table import escape_controls

_FACTS = """
SELECT DISTINCT ?statement ?subject ?relation ?object ?confidence ?thing WHERE {
  VALUES ?role { rdf:subject rdf:object kg:about }
  ?statement a kg:Statement ; ?role ?thing ; rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object .
  OPTIONAL { ?statement kg:confidence ?confidence }
}
ORDER BY ?relation ?subject ?object ?statement
"""
_FIGURES = """
SELECT DISTINCT ?observation ?measure ?value ?unit ?confidence ?thing WHERE {
  ?observation kg:of ?thing ; kg:measure ?measure ; kg:value ?value ; kg:unit ?unit .
  OPTIONAL { ?observation kg:confidence ?confidence }
}
ORDER BY ?measure ?value ?observation
"""
_EVIDENCE = """
SELECT DISTINCT ?quote ?rule ?date ?headline ?node WHERE {
  ?node prov:wasDerivedFrom ?evidence .
  ?evidence oa:hasSource ?article ; oa:hasSelector/oa:exact ?quote .
  OPTIONAL { ?evidence kg:extractedBy ?rule }
  OPTIONAL { ?article schema:headline ?headline }
  OPTIONAL { ?article schema:datePublished ?date }
}
ORDER BY ?date ?headline ?quote ?rule
"""
_BESIDE = ("confidence", "dateFrom", "dateTo", "of", "measure", "value", "unit")
"""What a node says that stands elsewhere in the lines."""


def entity_lines(name: str, store: Store) -> Iterator[Text]:
    """About every entity of that name or IRI. Raises QueryError where there is none, with similar names."""
    for number, node in enumerate(find_entities(store, name)):
        if number:
            yield Text()
        head, *rest = explain_entity(node.value, store) or [f"{name_of(store, node)}  <{node.value}>"]
        yield Text(escape_controls(head), "bold")
        yield from (Text(escape_controls(line)) for line in rest)
        yield from _facts(store, node)
        yield from _figures(store, node)


def _facts(store: Store, node: NamedNode) -> Iterator[Text]:
    rows = run_query(store, _FACTS, {"thing": node}).rows
    yield Text(f"  {len(rows)} facts", "green")
    for statement, subject, relation, object_, confidence, _ in rows:
        yield Text.assemble(
            "    ",
            (_name(store, subject), "bold"),
            (f"  {show_term(relation).removeprefix('kg:')}  ", "blue"),
            (_name(store, object_), "bold"),
            f"  {_details(store, statement)}",
            (f"  {show_term(confidence)}", "dim"),
        )
        yield from _words(store, statement)


def _figures(store: Store, node: NamedNode) -> Iterator[Text]:
    rows = run_query(store, _FIGURES, {"thing": node}).rows
    if rows:
        yield Text(f"  {len(rows)} figures", "green")
    for observation, measure, value, unit, confidence, _ in rows:
        figure = f"  {show_term(value)} {show_term(unit)}"
        yield Text.assemble(
            "    ",
            (escape_controls(show_term(measure)), "blue"),
            (escape_controls(figure), "bold"),
            f"  {_details(store, observation)}",
            (f"  {show_term(confidence)}", "dim"),
        )
        yield from _words(store, observation)


def _name(store: Store, term: Term | None) -> str:
    return escape_controls(name_of(store, term) if isinstance(term, NamedNode) else show_term(term))


def _details(store: Store, node: Term | None) -> str:
    """Modality and qualifiers."""
    assert isinstance(node, NamedNode)  # statements and observations have IRIs
    said = []
    for quad in store.quads_for_pattern(node, None, None, None):
        local = quad.predicate.value.removeprefix(KG)
        if quad.predicate.value.startswith(KG) and local not in _BESIDE:
            value = show_term(quad.object) if isinstance(quad.object, Literal) else _name(store, quad.object)
            said.append((local != "modality", local, value))
    return escape_controls(
        ", ".join(value if local == "modality" else f"{local} {value}" for _, local, value in sorted(said))
    )


def _words(store: Store, node: Term | None) -> Iterator[Text]:
    rows: Sequence[Row] = run_query(store, _EVIDENCE, {"node": node}).rows if node else ()
    for quote, rule, date, headline, _ in rows:
        place = " ".join(show_term(term) for term in (date, headline) if term is not None)
        rule_name = f"  [{show_term(rule)}]" if rule is not None else ""
        yield Text(escape_controls(f"      “{show_term(quote)}”  {place}{rule_name}"), "dim")
