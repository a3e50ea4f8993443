"""The front page with the library's questions, and the service's description as triples."""

from __future__ import annotations

from functools import cache
from itertools import groupby

from markupsafe import Markup
from pyoxigraph import NamedNode, Triple

from kg.iris import NAMESPACES
from kg.ontology import load_ontology
from kg.questions import list_queries

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "RDF_XML", "JSON-LD"),
)
_OTHER_WORDS = {
    "kg:Statement": "陈述",
    "kg:modality": "actual planned denied",
    "rdf:subject": "主语",
    "rdf:predicate": "谓语",
    "rdf:object": "宾语",
    "skos:prefLabel": "名称 name",
    "skos:altLabel": "别名 other name",
    "prov:wasDerivedFrom": "证据 evidence",
    "oa:hasSource": "文章 article",
    "oa:hasSelector": "位置 place",
    "oa:exact": "原文 quote",
    "schema:headline": "标题 headline",
    "schema:mentions": "提及 mentions",
}
_EXAMPLE = (
    "SELECT ?who ?whom WHERE {\n  ?a kg:signedWith ?b .\n  ?a skos:prefLabel ?who .\n  ?b skos:prefLabel ?whom .\n}"
)
_PAGE = Markup("""<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><title>SPARQL</title><style>
body{{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#222}}
textarea{{width:100%;height:20rem;font:14px/1.4 ui-monospace,monospace;box-sizing:border-box}}
li span{{color:#666}}
</style><link rel="stylesheet" href="/static/yasgui.min.css">
<script src="/static/yasgui.min.js"></script><script src="/static/editor.js"></script></head><body>
<h1>SPARQL</h1>
<p>{triples} 条三元组 / triples · <a href="/sparql">服务说明 / service description</a> ·
<a href="/network">网络 / network</a></p>
<form action="/sparql" method="get"><textarea name="query" aria-label="SPARQL">{query}</textarea>
<p><button>查询 / Ask</button></p></form>
<h2>问题库 / Library</h2>
{library}
</body></html>
""")


def render_front(name: str, triples: int) -> str:
    """A form for queries, filled with the question `name` of the library where there is one."""
    questions = list_queries()
    query = next((question.text for question in questions if question.name == name), _EXAMPLE)
    item = Markup('<li><a href="/?q={0}">{0}</a> {1} <span>{2}</span></li>')
    groups = (
        Markup("<h3>{}</h3><ul>{}</ul>").format(
            group, Markup("").join(item.format(one.name, one.zh, one.en) for one in members)
        )
        for group, members in groupby(questions, key=lambda question: question.group)
    )
    return str(_PAGE.format(triples=triples, query=query, library=Markup("").join(groups)))


@cache
def list_words() -> tuple[dict[str, str], ...]:
    """What the editor offers while one types: terms of the ontology with their labels, and a few others."""
    ontology = load_ontology()
    names = (*ontology.classes(), *ontology.relations(), *ontology.qualifiers())
    ours = ({"name": f"kg:{name}", "label": f"{ontology.label(name)} {name}"} for name in names)
    return (*ours, *({"name": name, "label": label} for name, label in _OTHER_WORDS.items()))


def describe_service(url: str) -> tuple[Triple, ...]:
    """What the endpoint at `url` can do, in W3C's vocabulary for that."""
    service = NamedNode(url)
    said = [
        (f"{NAMESPACES['rdf']}type", f"{_SD}Service"),
        (f"{_SD}endpoint", url),
        (f"{_SD}supportedLanguage", f"{_SD}SPARQL11Query"),
        *((f"{_SD}resultFormat", _FORMATS + name) for name in _RESULTS),
    ]
    return tuple(Triple(service, NamedNode(predicate), NamedNode(value)) for predicate, value in said)
