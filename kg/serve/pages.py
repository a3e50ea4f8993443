"""The page of one thing: its names, the facts about it with their quotes and sources, and what else the graph says.

Everything that comes from the graph is escaped; links lead to addresses of this server where the thing has one here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote, urlsplit

from markupsafe import Markup, escape
from pyoxigraph import Literal, NamedNode, Store, Triple

from kg.iris import NAMESPACES
from kg.query import Row, Term, run_query
from kg.results import show_term

_REPLACED = NamedNode(f"{NAMESPACES['dcterms']}isReplacedBy")
_NAMES = tuple(
    NamedNode(NAMESPACES[prefix] + local)
    for prefix, local in (("skos", "prefLabel"), ("schema", "headline"), ("rdfs", "label"), ("schema", "name"))
)
_MOST_FACTS = 500
_FACTS = f"""
SELECT DISTINCT ?subject ?predicate ?object ?modality ?date ?amount ?currency ?confidence ?quote ?article ?thing
WHERE {{
  VALUES ?role {{ rdf:subject rdf:object kg:about }}
  ?statement ?role ?thing ;
             rdf:subject ?subject ;
             rdf:predicate ?predicate ;
             rdf:object ?object .
  OPTIONAL {{ ?statement kg:modality ?modality }}
  OPTIONAL {{ ?statement kg:onDate ?date }}
  OPTIONAL {{ ?statement kg:amount ?amount ; kg:currency ?currency }}
  OPTIONAL {{ ?statement kg:confidence ?confidence }}
  OPTIONAL {{
    ?statement prov:wasDerivedFrom ?evidence .
    ?evidence oa:hasSource ?article ; oa:hasSelector/oa:exact ?quote .
  }}
}}
ORDER BY ?predicate ?subject ?object ?article ?quote
LIMIT {_MOST_FACTS + 1}
"""
_DESCRIPTION = """
SELECT DISTINCT ?thing ?p ?o ?statement ?sp ?so ?evidence ?ep ?eo ?selector ?lp ?lo
WHERE {
  { ?thing ?p ?o }
  UNION
  { VALUES ?role { rdf:subject rdf:object kg:about kg:of }
    ?statement ?role ?thing .
    { ?statement ?sp ?so }
    UNION
    { ?statement prov:wasDerivedFrom ?evidence .
      { ?evidence ?ep ?eo }
      UNION
      { ?evidence oa:hasSelector ?selector . ?selector ?lp ?lo } } }
}
"""
_STYLE = """body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#222}
h1{font-size:1.6rem;margin-bottom:0}table{border-collapse:collapse;width:100%;margin:1rem 0}
th,td{text-align:left;vertical-align:top;padding:.4rem .8rem;border-bottom:1px solid #ddd}
blockquote{margin:0;color:#555}code{color:#666;overflow-wrap:anywhere}"""


def find_replacement(store: Store, iri: NamedNode) -> NamedNode | None:
    """The IRI that stands for it now, where it was found to be another name of something."""
    quads = store.quads_for_pattern(iri, _REPLACED, None, None)
    return next((quad.object for quad in quads if isinstance(quad.object, NamedNode)), None)


def describe(store: Store, iri: NamedNode) -> tuple[Triple, ...]:
    """What is said of it, and the statements and observations about it with their evidence, in a fixed order."""
    rows = run_query(store, _DESCRIPTION, {"thing": iri})
    groups = (("thing", "p", "o"), ("statement", "sp", "so"), ("evidence", "ep", "eo"), ("selector", "lp", "lo"))
    places = [[rows.columns.index(name) for name in group] for group in groups]
    found = {tuple(row[place] for place in group) for row in rows.rows for group in places}
    triples = {Triple(*three) for three in found if None not in three}  # type: ignore[arg-type]
    return tuple(sorted(triples, key=str))


def render_page(store: Store, iri: NamedNode, origins: Sequence[str]) -> str:
    """The page as HTML."""
    facts = run_query(store, _FACTS, {"thing": iri}).rows
    body = [
        Markup("<h1>{}</h1><p><code>{}</code></p>").format(name_of(store, iri), iri.value),
        _render_properties(store, iri, origins),
        _render_facts(store, facts[:_MOST_FACTS], origins),
    ]
    if len(facts) > _MOST_FACTS:
        body.append(Markup("<p>只列出前 {0} 条 / only the first {0} facts are shown</p>").format(_MOST_FACTS))
    page = Markup(
        '<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{}</title><style>{}</style></head>'
        '<body><p><a href="/">SPARQL</a> · <a href="/network?from={}">网络 / network</a></p>{}</body></html>\n'
    )
    network = quote(iri.value, safe="")
    return str(page.format(name_of(store, iri), Markup(_STYLE), network, Markup("").join(body)))


def name_of(store: Store, iri: NamedNode) -> str:
    """Its name for a reader; without one, the last part of its IRI."""
    for predicate in _NAMES:
        for quad in store.quads_for_pattern(iri, predicate, None, None):
            if isinstance(quad.object, Literal):
                return quad.object.value
    return iri.value.rpartition("/")[2].rpartition("#")[2]


def local_path(iri: str) -> str:
    """The address on this server that leads to a thing."""
    return quote(urlsplit(iri).path, safe="/%:@!$&'()*+,;=~")


def _render_term(store: Store, term: Term | None, origins: Sequence[str]) -> Markup:
    if not isinstance(term, NamedNode):
        return escape(show_term(term))
    parts = urlsplit(term.value)
    if f"{parts.scheme}://{parts.netloc}" not in origins or parts.fragment:
        return escape(show_term(term))
    return Markup('<a href="{}">{}</a>').format(local_path(term.value), name_of(store, term))


def _render_properties(store: Store, iri: NamedNode, origins: Sequence[str]) -> Markup:
    quads = list(store.quads_for_pattern(iri, None, None, None))
    rows = sorted((show_term(quad.predicate), show_term(quad.object), quad.object) for quad in quads)
    lines = (Markup("<tr><th>{}</th><td>{}</td></tr>").format(p, _render_term(store, o, origins)) for p, _, o in rows)
    return Markup("<table>{}</table>").format(Markup("").join(lines))


def _render_facts(store: Store, facts: Sequence[Row], origins: Sequence[str]) -> Markup:
    if not facts:
        return Markup("")
    lines = Markup("").join(_render_fact(store, fact, origins) for fact in facts)
    head = Markup("").join(
        Markup("<th>{}</th>").format(name) for name in ("事实 / fact", "详情 / details", "原文 / quote")
    )
    return Markup("<table><tr>{}</tr>{}</table>").format(head, lines)


def _render_fact(store: Store, fact: Row, origins: Sequence[str]) -> Markup:
    subject, predicate, object_, modality, date, amount, currency, confidence, quoted, article, *_ = fact
    link = (_render_term(store, term, origins) for term in (subject, object_))
    details = " ".join(_details(modality, date, amount, currency, confidence))
    source = _render_term(store, article, origins) if article else Markup("")
    words = Markup("<blockquote>{}</blockquote>{}").format(show_term(quoted), source)
    return Markup("<tr><td>{} {} {}</td><td>{}</td><td>{}</td></tr>").format(
        next(link), show_term(predicate).removeprefix("kg:"), next(link), details, words
    )


def _details(*terms: Term | None) -> Iterator[str]:
    return (show_term(term) for term in terms if term is not None)
