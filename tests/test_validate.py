# ruff: noqa: E501 -- tables are read by the row
"""A good graph is found good, and every kind of wrong one is found wrong, with the statement and its quote."""

from __future__ import annotations

import hashlib
import json
import random

import pyoxigraph
import pyshacl
import pytest
from click.testing import CliRunner
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple
from rdflib import SH, Graph

from kg import checks, resources
from kg.cli import cli
from kg.iris import KG
from kg.ontology import load_ontology
from kg.validate import validate

BODY = "青禾新材料与云岭市签约，拟建电池隔膜二期项目，投资五亿元。公司位列纳税五十强第六。"
QUOTE = "青禾新材料与云岭市签约"
FIGURE = "投资五亿元"
ID = "https://example.org/kg/id/"

PREFIXES = f"""
@prefix kg: <{KG}> .
@prefix id: <{ID}> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

GOOD = f"""{PREFIXES}
id:qinghe a kg:Company, kg:Organisation, kg:Party ;
    skos:prefLabel "青禾新材料"@zh ; skos:altLabel "青禾"@zh ; rdfs:label "青禾新材料"@zh ;
    kg:signedWith id:yunling ; kg:ranked id:fifty .
id:yunling a kg:District, kg:Place, kg:Party ;
    skos:prefLabel "云岭市"@zh ; rdfs:label "云岭市"@zh ; kg:adcode "530999" ; kg:signedWith id:qinghe .
id:phase2 a kg:Project ; skos:prefLabel "电池隔膜二期项目"@zh ; rdfs:label "电池隔膜二期项目"@zh .
id:fifty a kg:Ranking ; skos:prefLabel "纳税五十强"@zh ; rdfs:label "纳税五十强"@zh .

id:signed a kg:Statement, rdf:Statement ;
    rdf:subject id:qinghe ; rdf:predicate kg:signedWith ; rdf:object id:yunling ; kg:modality "actual" ;
    kg:onDate "2021-04"^^xsd:gYearMonth ; kg:dateFrom "2021-04-01"^^xsd:date ; kg:dateTo "2021-04-30"^^xsd:date ;
    kg:amount 500000000.0 ; kg:currency "CNY" ; kg:amountQualifier "exact" ; kg:about id:phase2 ;
    kg:confidence 0.95 ; prov:wasDerivedFrom id:evidence1 .
id:planned a kg:Statement, rdf:Statement ;
    rdf:subject id:phase2 ; rdf:predicate kg:locatedIn ; rdf:object id:yunling ; kg:modality "planned" ;
    kg:confidence 0.8 ; prov:wasDerivedFrom id:evidence1 .
id:sixth a kg:Statement, rdf:Statement ;
    rdf:subject id:qinghe ; rdf:predicate kg:ranked ; rdf:object id:fifty ; kg:modality "actual" ;
    kg:position 6 ; kg:metric "纳税额" ; kg:confidence 0.9 ; prov:wasAttributedTo id:curator .
id:figure a kg:Observation ;
    kg:of id:phase2 ; kg:measure "投资" ; kg:value 500000000.0 ; kg:valueTo 600000000.0 ; kg:unit "CNY" ;
    kg:modality "planned" ; kg:period "今年" ; kg:dateFrom "2021-01-01"^^xsd:date ; kg:dateTo "2021-12-31"^^xsd:date ;
    kg:dimension "云岭" ; kg:dimensionEntity id:yunling ; kg:confidence 0.9 ; prov:wasDerivedFrom id:evidence2 .

id:evidence1 a oa:SpecificResource ; oa:hasSource id:article ; oa:hasSelector id:place1, id:words1 ;
    kg:confidence 0.95 ; kg:extractedBy "signedWith/甲与乙签约" .
id:place1 a oa:TextPositionSelector ; oa:start 0 ; oa:end {len(QUOTE)} .
id:words1 a oa:TextQuoteSelector ; oa:exact "{QUOTE}" .
id:evidence2 a oa:SpecificResource ; oa:hasSource id:article ; oa:hasSelector id:place2, id:words2 ;
    kg:confidence 0.9 ; kg:extractedBy "observation/投资" .
id:place2 a oa:TextPositionSelector ; oa:start {BODY.index(FIGURE)} ; oa:end {BODY.index(FIGURE) + len(FIGURE)} .
id:words2 a oa:TextQuoteSelector ; oa:exact "{FIGURE}" .

id:article a schema:NewsArticle ; schema:headline "青禾落户云岭"@zh ; schema:alternativeHeadline "开门红"@zh ;
    schema:datePublished "2021-04-29"^^xsd:date ; schema:author "林一舟" ; schema:isPartOf id:page ;
    schema:mentions id:qinghe, id:yunling, id:phase2, id:fifty ; schema:articleBody "{BODY}"@zh ;
    kg:textSha256 "{hashlib.sha256(BODY.encode()).hexdigest()}" .
id:page a schema:PublicationIssue ; schema:name "云岭晚报" .
"""

# name, text to replace, replacement, and of the violation expected: focus, path, a part of the message
SIGNED, PLANNED, SIXTH, FIGURE_NODE = "signed", "planned", "sixth", "figure"
OF_STATEMENTS = [
    ("unknown modality", 'kg:modality "actual" ;\n    kg:on', 'kg:modality "maybe" ;\n    kg:on', SIGNED, "kg:modality", "planned"),
    ("no modality", 'kg:modality "actual" ;\n    kg:on', "kg:on", SIGNED, "kg:modality", "exactly one kg:modality"),
    ("two objects", "rdf:object id:fifty", "rdf:object id:fifty, id:phase2", SIXTH, "rdf:object", "exactly one rdf:object"),
    ("no subject", "rdf:subject id:phase2 ;", "", PLANNED, "rdf:subject", "exactly one rdf:subject"),
    ("literal object", "rdf:object id:fifty", 'rdf:object "五十强"', SIXTH, "rdf:object", "IRI"),
    ("unknown relation", "rdf:predicate kg:ranked", "rdf:predicate kg:soldTo", SIXTH, "rdf:predicate", "relation of the ontology"),
    ("object of a wrong class", "rdf:object id:fifty", "rdf:object id:yunling", SIXTH, "rdf:object", "object of kg:ranked is a ranking"),
    ("subject of a wrong class", "rdf:subject id:qinghe ; rdf:predicate kg:signedWith", "rdf:subject id:phase2 ; rdf:predicate kg:signedWith", SIGNED, "rdf:subject", "subject of kg:signedWith is a party"),
    ("object without a class", "rdf:object id:fifty", "rdf:object id:nothing", SIXTH, "rdf:object", "object of kg:ranked"),
    ("pair that does not go together", "rdf:subject id:phase2 ; rdf:predicate kg:locatedIn", "rdf:subject id:phase2 ; rdf:predicate kg:partOf", PLANNED, "rdf:predicate", "kg:partOf leads from"),
    ("subject that is not the smaller IRI", "rdf:subject id:qinghe ; rdf:predicate kg:signedWith ; rdf:object id:yunling", "rdf:subject id:yunling ; rdf:predicate kg:signedWith ; rdf:object id:qinghe", SIGNED, "rdf:subject", "smaller IRI"),
    ("date without its days", 'kg:dateFrom "2021-04-01"^^xsd:date ; kg:dateTo "2021-04-30"^^xsd:date ;', "", SIGNED, "kg:dateFrom", "Beside kg:onDate"),
    ("first day without last", 'kg:dateTo "2021-04-30"^^xsd:date ;', "", SIGNED, "kg:dateTo", "Beside kg:dateFrom there is a kg:dateTo"),
    ("days without date", 'kg:onDate "2021-04"^^xsd:gYearMonth ;', "", SIGNED, "kg:onDate|kg:period", "Beside kg:dateFrom"),
    ("days the wrong way round", '"2021-04-30"', '"2021-03-30"', SIGNED, "kg:dateFrom", "not after kg:dateTo"),
    ("no such day", '"2021-04-30"', '"2021-04-31"', SIGNED, "kg:dateTo", "one xsd:date"),
    ("no such month", '"2021-04"^^xsd:gYearMonth', '"2021/4"^^xsd:gYearMonth', SIGNED, "kg:onDate", "xsd:gYearMonth"),
    ("date as a string", '"2021-04"^^xsd:gYearMonth', '"2021-04"', SIGNED, "kg:onDate", "xsd:gYearMonth"),
    ("amount without currency", 'kg:currency "CNY" ;', "", SIGNED, "kg:currency", "Beside kg:amount"),
    ("currency without amount", "kg:amount 500000000.0 ;", "", SIGNED, "kg:amount", "Beside kg:currency"),
    ("currency in words", '"CNY" ; kg:amountQ', '"元" ; kg:amountQ', SIGNED, "kg:currency", "ISO 4217"),
    ("amount as a float", "kg:amount 500000000.0", "kg:amount 5e8", SIGNED, "kg:amount", "xsd:decimal"),
    ("amount that is no number", "kg:amount 500000000.0", 'kg:amount "五亿"^^xsd:decimal', SIGNED, "kg:amount", "xsd:decimal"),
    ("range upside down", "kg:amount 500000000.0", "kg:amount 500000000.0 ; kg:amountTo 1.0", SIGNED, "kg:amount", "not greater"),
    ("unknown amount qualifier", '"exact"', '"circa"', SIGNED, "kg:amountQualifier", "over, under"),
    ("about what is no entity", "kg:about id:phase2", "kg:about id:evidence1", SIGNED, "kg:about", "one entity"),
    ("position nought", "kg:position 6", "kg:position 0", SIXTH, "kg:position", "at least 1"),
    ("position outside a ranking", "kg:currency", "kg:position 1 ; kg:currency", SIGNED, "rdf:predicate", "belongs to kg:ranked"),
    ("share above all", "kg:currency", "kg:share 101.0 ; kg:currency", SIGNED, "kg:share", "0 to 100"),
    ("misspelt qualifier", "kg:metric", "kg:metrik", SIXTH, "kg:metrik", "no such term"),
    ("confidence above one", "kg:confidence 0.8", "kg:confidence 1.8", PLANNED, "kg:confidence", "0 to 1"),
    ("no confidence", "kg:confidence 0.8 ;", "", PLANNED, "kg:confidence", "exactly one"),
    ("no evidence", "kg:confidence 0.8 ; prov:wasDerivedFrom id:evidence1", "kg:confidence 0.8", PLANNED, "prov:wasDerivedFrom|prov:wasAttributedTo", "It has evidence"),
    ("evidence that is none", "kg:confidence 0.8 ; prov:wasDerivedFrom id:evidence1", "kg:confidence 0.8 ; prov:wasDerivedFrom id:article", PLANNED, "prov:wasDerivedFrom", "leads to evidence"),
    ("actual statement without its direct triple", "kg:signedWith id:yunling ; kg:ranked id:fifty", "kg:signedWith id:yunling", SIXTH, "kg:ranked", "direct triple of this actual statement is missing"),
    ("symmetric triple missing one way", '"530999" ; kg:signedWith id:qinghe', '"530999"', SIGNED, "kg:signedWith", "is missing"),
    ("observation of nothing", "kg:of id:phase2 ;", "", FIGURE_NODE, "kg:of", "exactly one kg:of"),
    ("observation of an article", "kg:of id:phase2", "kg:of id:article", FIGURE_NODE, "kg:of", "is an entity"),
    ("observation without unit", 'kg:unit "CNY" ;', "", FIGURE_NODE, "kg:unit", "exactly one kg:unit"),
    ("value upside down", "kg:valueTo 600000000.0", "kg:valueTo 6.0", FIGURE_NODE, "kg:value", "not greater than kg:valueTo"),
    ("dimension entity without words", 'kg:dimension "云岭" ;', "", FIGURE_NODE, "kg:dimension", "Beside kg:dimensionEntity"),
]  # fmt: skip
OF_OTHERS = [
    ("no preferred label", 'skos:prefLabel "青禾新材料"@zh ;', "", "qinghe", "skos:prefLabel", "exactly one skos:prefLabel"),
    ("two preferred labels", '"青禾新材料"@zh ; skos', '"青禾新材料"@zh, "青禾公司"@zh ; skos', "qinghe", "skos:prefLabel", "exactly one"),
    ("preferred label in no language", 'prefLabel "云岭市"@zh', 'prefLabel "云岭市"', "yunling", "skos:prefLabel", "in @zh"),
    ("no label", '; rdfs:label "纳税五十强"@zh', "", "fifty", "rdfs:label", "has an rdfs:label"),
    ("superclass not said", "kg:Company, kg:Organisation, kg:Party", "kg:Company, kg:Party", "qinghe", "rdf:type", "also said to be a kg:Organisation"),
    ("party of no kind", "kg:Company, kg:Organisation, kg:Party", "kg:Party", "qinghe", "rdf:type", "abstract class"),
    ("two classes", "a kg:Project", "a kg:Project, kg:Event", "phase2", "rdf:type", "one most specific class"),
    ("unknown class", "a kg:Project", "a kg:Plan, kg:Project", "phase2", "rdf:type", "no such term"),
    ("district without code", 'kg:adcode "530999" ;', "", "yunling", "kg:adcode", "exactly one kg:adcode"),
    ("code of five digits", '"530999"', '"53099"', "yunling", "kg:adcode", "six digits"),
    ("code of a company", 'skos:altLabel "青禾"@zh', 'kg:adcode "530999"', "qinghe", "", "belongs to a district"),
    ("direct triple of a planned fact", "id:phase2 a kg:Project ;", "id:phase2 a kg:Project ; kg:locatedIn id:yunling ;", "phase2", "kg:locatedIn", "No actual statement"),
    ("direct triple of no fact", "kg:ranked id:fifty .", "kg:ranked id:fifty ; kg:cooperatesWith id:yunling .", "qinghe", "kg:cooperatesWith", "No actual statement"),
    ("direct triple to a wrong class", "kg:ranked id:fifty .", "kg:ranked id:fifty ; kg:inIndustry id:phase2 .", "qinghe", "kg:inIndustry", "object of kg:inIndustry is an industry"),
    ("direct triple to a literal", "kg:ranked id:fifty .", 'kg:ranked id:fifty, "五十强" .', "qinghe", "kg:ranked", "object of kg:ranked"),
    ("direct pair that does not go together", "kg:ranked id:fifty .", "kg:ranked id:fifty ; kg:partOf id:phase2 .", "qinghe", "", "kg:partOf leads from"),
    ("quote that is not there", f'oa:exact "{QUOTE}"', 'oa:exact "青禾新材料和云岭市签约"', "evidence1", "oa:exact", "not what the article says"),
    ("offsets one off", "oa:start 0", "oa:start 1", "evidence1", "oa:exact", "not what the article says"),
    ("offsets behind the end", f"oa:end {len(QUOTE)} ", "oa:end 9999 ", "evidence1", "oa:exact", "not what the article says"),
    ("offsets the wrong way round", "oa:start 0", "oa:start 30", "place1", "oa:start", "less than oa:end"),
    ("negative offset", "oa:start 0", "oa:start -1", "place1", "oa:start", "not negative"),
    ("evidence without a quote", "id:place1, id:words1", "id:place1", "evidence1", "oa:hasSelector", "one quote"),
    ("evidence with two quotes", "id:place1, id:words1", "id:place1, id:words1, id:words2", "evidence1", "oa:hasSelector", "one quote"),
    ("evidence without a place", "id:place1, id:words1", "id:words1", "evidence1", "rdf:type", "has an oa:TextPositionSelector"),
    ("evidence of no article", "oa:hasSource id:article ; oa:hasSelector id:place1", "oa:hasSource id:page ; oa:hasSelector id:place1", "evidence1", "oa:hasSource", "leads to a schema:NewsArticle"),
    ("evidence of no rule", 'kg:extractedBy "observation/投资"', 'rdfs:comment ""', "evidence2", "kg:extractedBy", "names the one rule"),
    ("article without headline", 'schema:headline "青禾落户云岭"@zh ;', "", "article", "schema:headline", "exactly one schema:headline"),
    ("article with another hash", 'kg:textSha256 "', 'kg:textSha256 "0', "article", "kg:textSha256", "not the SHA-256"),
    ("mention of what is no entity", "schema:mentions id:qinghe", "schema:mentions id:page, id:qinghe", "article", "schema:mentions", "leads to entities"),
    ("article in an article", "schema:isPartOf id:page", "schema:isPartOf id:article", "article", "schema:isPartOf", "PublicationIssue"),
]  # fmt: skip
CASES = OF_STATEMENTS + OF_OTHERS
QUOTES = {SIGNED: QUOTE, PLANNED: QUOTE, SIXTH: None, FIGURE_NODE: FIGURE}


XSD = "http://www.w3.org/2001/XMLSchema#"
TEXTS = ("", "x", "-1", "NaN", "1e999999", "9" * 5000, "2021-04-31", "\u202e<a><b>", "true")
TYPES = ("string", "integer", "decimal", "double", "date", "gYear", "boolean", "duration", "dateTime", "hexBinary")
ODD_TERMS = (
    *(Literal(text, datatype=NamedNode(XSD + datatype)) for text in TEXTS for datatype in TYPES),
    *(Literal(text, language=lang) for text in TEXTS for lang in ("zh", "en-GB")),
    *(
        NamedNode(iri)
        for iri in ("urn:x", "mailto:x", KG + "signedWith", KG + "Company", ID + "signed", ID + "article")
    ),
    *(BlankNode() for _ in range(10)),
)


def read(turtle: str) -> Store:
    store = Store()
    store.load(turtle.encode(), format=RdfFormat.TURTLE)
    return store


def spoil(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def test_a_good_graph_has_no_violation():
    assert validate(read(GOOD)) == ()


@pytest.mark.parametrize("case", OF_STATEMENTS, ids=[case[0] for case in OF_STATEMENTS])
def test_a_wrong_statement_is_found_out_with_its_quote(case):
    _, old, new, focus, path, message = case
    found = [one for one in validate(read(spoil(old, new))) if message in one.message and one.path == path]
    assert {(one.focus, one.statement) for one in found} == {(ID + focus, ID + focus)}
    if "prov:wasDerivedFrom" not in old:
        assert {one.quote for one in found} == {QUOTES[focus]}


@pytest.mark.parametrize("case", OF_OTHERS, ids=[case[0] for case in OF_OTHERS])
def test_a_wrong_node_is_found_out(case):
    _, old, new, focus, path, message = case
    found = [one for one in validate(read(spoil(old, new))) if message in one.message]
    assert {(one.focus, one.path) for one in found} == {(ID + focus, path)}


@pytest.mark.parametrize(
    ("old", "new", "focus", "statement", "quote"),
    [
        ("oa:start 0", "oa:start -1", "place1", {"signed", "planned"}, QUOTE),
        ('kg:extractedBy "observation/投资"', 'rdfs:comment ""', "evidence2", {"figure"}, FIGURE),
        ('skos:prefLabel "电池隔膜二期项目"@zh ;', "", "phase2", {"figure"}, FIGURE),
        (
            "id:phase2 a kg:Project ;",
            "id:phase2 a kg:Project ; kg:locatedIn id:yunling ;",
            "phase2",
            {"planned"},
            QUOTE,
        ),
    ],
)
def test_a_violation_elsewhere_names_the_statements_that_it_concerns(old, new, focus, statement, quote):
    ours = [one for one in validate(read(spoil(old, new))) if one.focus == ID + focus]
    assert {one.statement for one in ours} == {ID + name for name in statement}
    assert {one.quote for one in ours} == {quote}
    assert all(quote in str(one) for one in ours)


def test_an_instance_of_a_subclass_alone_is_not_overlooked():
    """Without the ontology pySHACL would not see that a company is an entity."""
    store = read(f'{PREFIXES} id:x a kg:Company ; rdfs:label "甲"@zh .')
    messages = " ".join(one.message for one in validate(store))
    assert "exactly one skos:prefLabel" in messages
    assert "also said to be a kg:Organisation" in messages


def test_a_wrong_object_is_not_made_right_by_inference():
    """With RDFS inference a ranking would become a place because something is said to be located in it."""
    facts = GOOD.replace('rdf:object id:yunling ; kg:modality "planned"', 'rdf:object id:fifty ; kg:modality "planned"')
    found = validate(read(facts))
    assert [one.focus for one in found if "object of kg:locatedIn is a place" in one.message] == [ID + "planned"]


def test_blank_nodes_are_found():
    blank = BlankNode()
    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    triples = [
        Triple(NamedNode(ID + "page"), NamedNode("https://schema.org/publisher"), blank),
        Triple(blank, label, Literal("甲")),
    ]
    found = validate([*pyoxigraph.parse(GOOD, format=RdfFormat.TURTLE), *triples])
    assert sorted((one.focus, one.path) for one in found) == [("[]", "rdfs:label"), (ID + "page", "schema:publisher")]
    assert all("There are no blank nodes" in one.message for one in found)


def test_a_graph_without_article_texts_needs_no_quotes():
    without = [
        triple
        for triple in pyoxigraph.parse(GOOD, format=RdfFormat.TURTLE)
        if triple.predicate.value not in ("https://schema.org/articleBody", "http://www.w3.org/ns/oa#exact")
        and "words" not in str(triple)
    ]
    assert validate(without) == ()


def test_statements_may_stand_in_named_graphs():
    graph = NamedNode(ID + "graph")
    quads = [Quad(t.subject, t.predicate, t.object, graph) for t in pyoxigraph.parse(GOOD, format=RdfFormat.TURTLE)]
    assert validate(quads) == ()


def test_integers_may_have_lost_their_subtype_in_a_store():
    """Oxigraph keeps xsd:nonNegativeInteger as xsd:integer; both are right."""
    typed = GOOD.replace("oa:start 0", 'oa:start "0"^^xsd:nonNegativeInteger')
    assert validate(read(typed)) == validate(pyoxigraph.parse(typed, format=RdfFormat.TURTLE)) == ()


def test_the_size_of_a_batch_makes_no_difference():
    store = read(many_faults())
    whole = validate(store)
    assert len(whole) > 10
    assert validate(store, batch=1) == whole


def test_the_prepared_shapes_find_what_the_written_ones_find():
    turtle = many_faults()
    files = [Graph().parse(resources.path(f"ontology/{name}.ttl")) for name in ("shapes", "kg")]
    _, report, _ = pyshacl.validate(Graph().parse(data=turtle), shacl_graph=files[0], ont_graph=files[1])
    written = {str(text) for text in report.objects(None, SH.resultMessage) if text.language == "en"}
    ours = {
        message.partition(" / ")[2] for message in {one.message for one in validate(read(turtle))} - checked(turtle)
    }
    assert len(written) > 10
    assert ours == written


def test_markup_and_ill_typed_literals_are_reported_without_noise(caplog, recwarn):
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    huge = "9" * 10_000
    turtle = GOOD.replace(
        "kg:position 6",
        f'kg:position "{huge}"^^xsd:integer ; kg:role "<a><b>"^^<{rdf}XMLLiteral> ; kg:purpose "x"^^xsd:boolean',
    )
    messages = [one.message for one in validate(pyoxigraph.parse(turtle, format=RdfFormat.TURTLE))]
    assert any("kg:position is one xsd:integer" in message for message in messages)
    assert any("kg:role is one xsd:string" in message for message in messages)
    assert any("purpose is one xsd:string" in message for message in messages)
    assert not caplog.records
    assert not recwarn.list


@pytest.mark.parametrize("seed", range(6))
def test_no_graph_however_odd_breaks_validation(seed):
    draw = random.Random(seed)
    triples = list(pyoxigraph.parse(GOOD, format=RdfFormat.TURTLE))
    for place in draw.sample(range(len(triples)), 12):
        one = triples[place]
        subject = draw.choice((one.subject, BlankNode(), NamedNode(KG + "ranked")))
        triples[place] = Triple(subject, draw.choice(triples).predicate, draw.choice(ODD_TERMS))
    whole = validate(triples)
    assert whole == validate(triples, batch=20)
    assert all(str(one) for one in whole)


def test_something_that_is_no_graph_of_ours_has_nothing_wrong():
    foreign = b"<http://a.example/x> <http://a.example/p> 'y' ; a <http://a.example/C> ."
    assert validate(pyoxigraph.parse(foreign, format=RdfFormat.TURTLE)) == ()


def many_faults() -> str:
    """A graph with as many faults at once as leave each other alone."""
    turtle = GOOD
    for name in (
        "two preferred labels", "superclass not said", "code of five digits", "object of a wrong class", "offsets one off",
        "no such day", "currency in words", "unknown amount qualifier", "position outside a ranking", "share above all",
        "confidence above one", "observation without unit", "value upside down", "pair that does not go together",
        "mention of what is no entity", "direct pair that does not go together", "about what is no entity",
    ):  # fmt: skip
        old, new = next(case[1:3] for case in CASES if case[0] == name)
        assert old in turtle, name
        turtle = turtle.replace(old, new, 1)
    return turtle


def checked(turtle: str) -> set[str]:
    """The messages that do not come from shapes."""
    store, ontology = read(turtle), load_ontology()
    findings = [*checks.check_direct_triples(store, ontology), *checks.check_quotes(store)]
    findings += [*checks.check_hierarchies(store), *checks.check_orphans(store)]
    for node in {quad.subject for quad in store}:
        findings += checks.check_node(node, store.quads_for_pattern(node, None, None), ontology)
    return {finding.message for finding in findings}


EXTRA = [
    ("orphan evidence", "id:orphan a oa:SpecificResource .", "orphan", "prov:wasDerivedFrom", "Nothing rests on"),
    ("orphan place", "id:orphan a oa:TextPositionSelector .", "orphan", "oa:hasSelector", "No evidence has this place"),
    ("orphan quote", "id:orphan a oa:TextQuoteSelector .", "orphan", "oa:hasSelector", "No evidence has this quote"),
    ("place in itself", "id:a kg:locatedIn id:a .", "a", "kg:locatedIn", "leads back"),
    ("circle of parts", "id:b kg:partOf id:c . id:c kg:partOf id:a . id:a kg:partOf id:b .", "a", "kg:partOf", "leads back"),
    ("one way only", "id:a kg:cooperatesWith id:b .", "a", "kg:cooperatesWith", "both directions"),
]  # fmt: skip


@pytest.mark.parametrize("case", EXTRA, ids=[case[0] for case in EXTRA])
def test_what_shacl_does_not_say_is_found(case):
    _, turtle, focus, path, message = case
    found = [one for one in validate(read(GOOD + turtle)) if message in one.message]
    assert [(one.focus, one.path) for one in found] == [(ID + focus, path)]


def test_each_circle_is_told_once_and_what_leads_to_it_is_none():
    turtle = "id:x kg:locatedIn id:a . id:a kg:locatedIn id:b . id:b kg:locatedIn id:a, id:z . id:p kg:locatedIn id:p ."
    found = [one for one in validate(read(PREFIXES + turtle)) if "leads back" in one.message]
    assert [(one.focus, one.value) for one in found] == [(f"{ID}a", f"{ID}b → {ID}a"), (f"{ID}p", f"{ID}p")]


def test_a_long_chain_is_no_circle():
    turtle = PREFIXES + "".join(f"id:n{n} kg:locatedIn id:n{n + 1} .\n" for n in range(20_000))
    assert list(checks.check_hierarchies(read(turtle))) == []


def run_command(*args):
    return CliRunner().invoke(cli, ["validate", *map(str, args)])


def test_the_command_passes_a_good_file_and_one_of_another_vocabulary(tmp_path):
    file = tmp_path / "good.ttl"
    file.write_text(GOOD + "<http://a.example/x> <http://a.example/p> 'y' .", encoding="utf-8")
    done = run_command(file)
    assert (done.exit_code, done.output.splitlines()[-1].partition(", ")[2]) == (0, "0 violations")


def test_the_command_reports_in_words_and_in_json(tmp_path):
    file = tmp_path / "bad.ttl"
    file.write_text(spoil("oa:start 0", "oa:start 1"), encoding="utf-8")
    words, data = run_command(file), run_command(file, "--format", "json")
    assert words.exit_code == data.exit_code == 1
    report = json.loads(data.output)
    assert (report["valid"], {one["quote"] for one in report["violations"]}) == (False, {QUOTE})
    assert words.output.endswith(f"{report['triples']} triples, {len(report['violations'])} violations\n")
    assert "more" in run_command(file, "--limit", "0").output


@pytest.mark.parametrize(
    ("turtle", "place"),
    [("<urn:a> <urn:b>\n  惠 .", ":2: "), ("<a> <urn:b> 1 .", ":1: "), ("<urn:a> <urn:b> 'x'^^ .", ":1: ")],
)
def test_the_command_says_where_a_file_is_no_turtle(turtle, place, tmp_path):
    file = tmp_path / "broken.ttl"
    file.write_text(turtle, encoding="utf-8")
    done = run_command(file)
    assert done.exit_code == 1
    assert place in done.output
    assert "column" in done.output


def test_the_command_takes_a_literal_of_ten_million_characters(tmp_path):
    file = tmp_path / "long.ttl"
    file.write_text(f'{PREFIXES} id:x a kg:Project ; skos:prefLabel "{"长" * 10**7}" .', encoding="utf-8")
    done = run_command(file)
    assert done.exit_code == 1
    assert len(done.output) < 5000
