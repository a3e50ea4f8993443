"""Who decided what: decisions of people as they stand in the graph, and the facts that they know from elsewhere.

A decision is a prov:Activity with its author and day; entities that it made one, kept apart or named point to it. A
fact with a source outside the corpus is attributed to its author. Of a person who is suppressed nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from kg.curation.decisions import Canonical, Decision, Decisions, Different, Missing, Same, Wrong
from kg.graph import statement_node, statement_triples
from kg.iris import NAMESPACES, Names, escape_name
from kg.model import EntityKey, Statement
from kg.ontology import Ontology

Find = Callable[[EntityKey], EntityKey | None]


def decision_triples(
    decisions: Decisions, used: Iterable[Decision], find: Find, names: Names, ontology: Ontology
) -> Iterator[Triple]:
    """`used` are the decisions on facts that applied; `find` leads from class and any name to the corpus's entity.

    A fact from elsewhere is the same node as that of an article which says the same; whoever puts both into one graph
    (`kg.corpus.decided`) gives it one confidence.
    """
    named: tuple[Same | Different | Canonical, ...] = (*decisions.same, *decisions.different, *decisions.canonical)
    for one in named:
        yield from _name_triples(one, find, names)
    done = set(used)
    for wrong in decisions.wrong:
        if wrong in done:
            yield from _wrong_triples(wrong, names)
    for missing in decisions.missing:
        if missing.source:
            yield from _fact_triples(missing, find, names, ontology)


def _name_triples(one: Same | Different | Canonical, find: Find, names: Names) -> Iterator[Triple]:
    keys = (one.name,) if isinstance(one, Canonical) else one.names
    found = [entity for key in keys if (entity := find(key))]
    if len(found) < len(keys):
        return
    written = [name for _, name in keys]
    if isinstance(one, Canonical):
        label = f"{one.name[1]} 称作 {one.canonical}"
    else:
        label = (" = " if isinstance(one, Same) else " ≠ ").join(written)
    node = names.node("decision", type(one).__name__, *keys, label)
    yield from _decision(node, one, label, names)
    yield from (Triple(names.entity(entity), _term("prov:wasInfluencedBy"), node) for entity in sorted(set(found)))


def _wrong_triples(wrong: Wrong, names: Names) -> Iterator[Triple]:
    parts = (wrong.article_id, wrong.article, wrong.relation, wrong.subject, wrong.object, wrong.quote)
    node = names.node("decision", "Wrong", *parts)
    ends = " → ".join(filter(None, (wrong.subject, wrong.object)))
    yield from _decision(node, wrong, f"不成立：{wrong.relation} {ends}".strip(), names)
    if wrong.article_id:
        yield Triple(node, _term("prov:used"), names.article(wrong.article_id.rpartition("/")[2]))


def _fact_triples(missing: Missing, find: Find, names: Names, ontology: Ontology) -> Iterator[Triple]:
    ends = find(missing.subject), find(missing.object)
    if ends[0] is None or ends[1] is None:
        return
    fact = Statement(ends[0], missing.relation, ends[1], missing.qualifiers, ())
    node = statement_node(fact, names, ontology)
    yield from statement_triples(fact, Decimal(1), names, ontology)
    label = f"补充：{missing.relation} {missing.subject[1]} → {missing.object[1]}"
    decision = names.node("decision", "Missing", missing.subject, missing.relation, missing.object, missing.source)
    yield from _decision(decision, missing, label, names)
    yield Triple(node, _term("prov:wasInfluencedBy"), decision)
    yield Triple(node, _term("prov:wasAttributedTo"), _curator(missing, names))
    yield Triple(node, _term("dcterms:source"), _source(missing.source or ""))


def _decision(node: NamedNode, one: Decision, label: str, names: Names) -> Iterator[Triple]:
    origin, curator = one.origin, _curator(one, names)
    yield Triple(node, _term("rdf:type"), _term("prov:Activity"))
    yield Triple(node, _term("rdfs:label"), Literal(label, language="zh"))
    yield Triple(node, _term("prov:wasAssociatedWith"), curator)
    yield Triple(curator, _term("rdf:type"), _term("prov:Agent"))
    yield Triple(curator, _term("rdfs:label"), Literal(origin.by or "人工", language="zh"))
    if origin.on:
        yield Triple(node, _term("dcterms:date"), Literal(origin.on.isoformat(), datatype=_term("xsd:date")))
    if origin.why:
        yield Triple(node, _term("rdfs:comment"), Literal(origin.why))


def _curator(one: Decision, names: Names) -> NamedNode:
    """Whoever signs, or people as such where nobody did."""
    return NamedNode(f"{names.base}source/{escape_name(one.origin.by or 'people')}")


def _source(text: str) -> NamedNode | Literal:
    """An address as a link, anything else as the text it is."""
    if text.startswith(("https://", "http://")):
        return NamedNode(quote(text, safe="/:?&=#%~+,;@!$'()*-._"))
    return Literal(text)


def _term(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(NAMESPACES[prefix] + local)
