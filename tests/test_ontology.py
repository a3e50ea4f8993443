"""The vocabulary: everything that others rely on is there, is labelled, and is what the shapes enforce."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import OWL, RDF, RDFS, SDO, SH, SKOS, XSD, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg import resources
from kg.errors import OntologyError
from kg.iris import KG
from kg.ontology import load_ontology

NS = Namespace(KG)
SHAPE = Namespace("https://example.org/kg/shapes#")
ANY = ("Party", "Place", "Project", "Event", "Agreement", "FinancialInstrument", "Document", "Ranking", "Industry")

CLASSES = {
    "Party": (),
    "Organisation": ("Party",),
    "Company": ("Organisation", "Party"),
    "GovernmentBody": ("Organisation", "Party"),
    "ResearchInstitution": ("Organisation", "Party"),
    "University": ("Organisation", "Party"),
    "MediaOutlet": ("Organisation", "Party"),
    "Person": ("Party",),
    "Place": (),
    "District": ("Party", "Place"),
    "Zone": ("Party", "Place"),
    "Project": (),
    "Event": (),
    "Agreement": (),
    "FinancialInstrument": (),
    "Document": (),
    "Ranking": (),
    "Industry": (),
}
RELATIONS = {
    "signedWith": (("Party",), ("Party",)),
    "locatedIn": (ANY, ("Place",)),
    "ranked": (ANY, ("Ranking",)),
    "fundedBy": (("Party", "Project"), ("Party", "FinancialInstrument")),
    "issuedBy": (("FinancialInstrument", "Document", "Ranking"), ("Party",)),
    "approvedBy": (("Organisation", "Project", "Agreement", "FinancialInstrument", "Document"), ("Party",)),
    "organisedBy": (("Event",), ("Party",)),
    "participatedIn": (("Party", "Project"), ("Event",)),
    "undertakenBy": (("Zone", "Project"), ("Party",)),
    "establishedBy": (("Organisation", "Project"), ("Party",)),
    "partOf": (("Organisation", "Project", "Document"), ("Organisation", "Project", "Document")),
    "cooperatesWith": (("Party",), ("Party",)),
    "inIndustry": (("Party", "Project"), ("Industry",)),
    "affiliatedWith": (("Person",), ("Party",)),
}
SYMMETRIC = {"signedWith", "cooperatesWith"}
QUALIFIERS = {
    "modality": {XSD.string},
    "onDate": {XSD.date, XSD.gYearMonth, XSD.gYear},
    "dateFrom": {XSD.date},
    "dateTo": {XSD.date},
    "amount": {XSD.decimal},
    "amountTo": {XSD.decimal},
    "currency": {XSD.string},
    "amountQualifier": {XSD.string},
    "position": {XSD.integer},
    "metric": {XSD.string},
    "about": {OWL.Thing},
    "role": {XSD.string},
    "purpose": {XSD.string},
    "share": {XSD.decimal},
    "of": {OWL.Thing},
    "measure": {XSD.string},
    "value": {XSD.decimal},
    "valueTo": {XSD.decimal},
    "unit": {XSD.string},
    "period": {XSD.string},
    "dimension": {XSD.string},
    "dimensionEntity": {OWL.Thing},
}
OTHERS = {"Statement", "Observation", "confidence", "extractedBy", "textSha256", "adcode"}


@pytest.fixture(scope="module")
def turtle() -> Graph:
    return Graph().parse(resources.path("ontology/kg.ttl"))


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(resources.path("ontology/shapes.ttl"))


def test_every_class_of_the_contract_stands_under_its_superclasses_nearest_first():
    ontology = load_ontology()
    assert {cls: ontology.ancestors(cls) for cls in ontology.classes()} == CLASSES


def test_every_relation_of_the_contract_has_the_ends_of_its_table():
    ontology = load_ontology()
    ends = {name: (ontology.relation(name).domain, ontology.relation(name).range) for name in ontology.relations()}
    assert ends == RELATIONS


def test_exactly_two_relations_are_symmetric():
    ontology = load_ontology()
    assert {name for name in ontology.relations() if ontology.relation(name).symmetric} == SYMMETRIC


def test_every_qualifier_of_the_contract_has_its_type(turtle):
    ranges = {name: set(turtle.objects(NS[name], SDO.rangeIncludes)) for name in load_ontology().qualifiers()}
    assert ranges == QUALIFIERS


def test_no_other_term_is_missing_or_new():
    known = CLASSES.keys() | RELATIONS.keys() | QUALIFIERS.keys() | OTHERS | {"abstract", "permits"}
    assert load_ontology().terms.keys() == known


def test_every_term_has_a_label_and_a_comment_in_both_languages():
    for term in load_ontology().terms.values():
        assert all((term.label_zh, term.label_en, term.comment_zh, term.comment_en)), term.name
        assert term.label_zh != term.label_en
        assert any("\u4e00" <= char <= "\u9fff" for char in term.label_zh + term.comment_zh), term.name


def test_labels_are_not_used_twice_for_terms_of_a_kind():
    ontology = load_ontology()
    for names in (ontology.classes(), ontology.relations(), ontology.qualifiers()):
        for lang in ("zh", "en"):
            assert len({ontology.label(name, lang) for name in names}) == len(names)


def test_every_class_relation_and_qualifier_has_a_chinese_example(turtle):
    ontology = load_ontology()
    for name in (*ontology.classes(), *ontology.relations(), *ontology.qualifiers()):
        assert [text.language for text in turtle.objects(NS[name], SKOS.example)] == ["zh"], name


def test_nothing_is_said_by_domain_and_range_which_would_infer_classes(turtle):
    assert not list(turtle.subject_objects(RDFS.domain)) + list(turtle.subject_objects(RDFS.range))


def test_only_party_is_abstract():
    ontology = load_ontology()
    assert [cls for cls in ontology.classes() if ontology.is_abstract(cls)] == ["Party"]


def test_leaves_are_the_classes_that_nothing_narrows():
    assert set(load_ontology().leaf_classes()) == CLASSES.keys() - {"Party", "Organisation", "Place"}


@pytest.mark.parametrize(
    ("relation", "subject", "object_", "allowed"),
    [
        ("signedWith", "Company", "District", True),
        ("signedWith", "Project", "District", False),
        ("locatedIn", "Event", "Zone", True),
        ("locatedIn", "Company", "Company", False),
        ("fundedBy", "Project", "FinancialInstrument", True),
        ("fundedBy", "FinancialInstrument", "Company", False),
        ("undertakenBy", "Zone", "GovernmentBody", True),
        ("undertakenBy", "District", "Company", False),
        ("partOf", "Company", "Organisation", True),
        ("partOf", "Project", "Company", True),
        ("partOf", "Company", "Project", False),  # both are at its ends, but do not go together
        ("partOf", "Document", "Company", False),
        ("affiliatedWith", "Company", "Person", False),
    ],
)
def test_a_relation_allows_the_pairs_of_its_ends(relation, subject, object_, allowed):
    assert load_ontology().allows(relation, subject, object_) is allowed


@pytest.mark.parametrize(
    "call",
    [
        lambda ontology: ontology.relation("soldTo"),
        lambda ontology: ontology.relation("Company"),
        lambda ontology: ontology.ancestors("Firm"),
        lambda ontology: ontology.is_a("Company", "Firm"),
        lambda ontology: ontology.label("Firm"),
    ],
)
def test_asking_for_what_is_not_there_is_an_error_that_names_it(call):
    with pytest.raises(OntologyError, match=r"kg\.ttl: .*(Firm|soldTo|Company)"):
        call(load_ontology())


def test_labels_come_in_the_language_asked_for():
    assert load_ontology().label("signedWith") == "签约"
    assert load_ontology().label("signedWith", "en") == "signed with"


def test_no_class_is_a_kind_of_two_that_exclude_each_other(turtle):
    groups = [set(Collection(turtle, members)) for members in turtle.objects(None, OWL.members)]
    groups += [{one, other} for one, other in turtle.subject_objects(OWL.disjointWith)]
    assert groups
    for cls in turtle.subjects(RDF.type, OWL.Class):
        above = set(turtle.transitive_objects(cls, RDFS.subClassOf))
        for group in groups:
            assert not [pair for pair in combinations(sorted(group), 2) if above.issuperset(pair)], cls


@pytest.mark.parametrize("name", ["ontology/kg.ttl", "ontology/shapes.ttl"])
def test_the_files_open_in_rdflib_and_in_oxigraph_alike(name):
    path = resources.path(name)
    assert len(Graph().parse(path)) == sum(1 for _ in pyoxigraph.parse(path=path))


TERM = '{} rdfs:label "甲"@zh, "a"@en ; rdfs:comment "乙"@zh, "b"@en .'


@pytest.mark.parametrize(
    ("turtle_text", "message"),
    [
        ("kg:A a owl:Class ; schema:position 1 .", "kg:A needs one rdfs:label @zh and has 0"),
        (TERM.format("kg:A a owl:Class ;"), "kg:A needs a schema:position"),
        (TERM.format("kg:A a owl:Class ; schema:position 'x' ;"), "no whole number"),
        (TERM.format("kg:A a owl:Class ; schema:position 1 ; rdfs:subClassOf kg:B ;"), "kg:B, which is no class"),
        (
            TERM.format("kg:A a owl:Class ; schema:position 1 ; rdfs:subClassOf kg:B ;")
            + TERM.format("kg:B a owl:Class ; schema:position 2 ; rdfs:subClassOf kg:A ;"),
            "above each other: A → B → A",
        ),
        (
            TERM.format("kg:A a owl:Class ; schema:position 1 ;")
            + TERM.format("kg:r a owl:ObjectProperty ; schema:domainIncludes kg:A ; schema:rangeIncludes kg:B ;"),
            "kg:r leads from or to kg:B, which is not declared",
        ),
        (
            TERM.format("kg:A a owl:Class ; schema:position 1 ;")
            + TERM.format("kg:r a owl:ObjectProperty ; schema:domainIncludes kg:A ;"),
            "kg:r needs a schema:rangeIncludes",
        ),
        (
            TERM.format("kg:A a owl:Class ; schema:position 1 ;")
            + TERM.format(
                "kg:r a owl:ObjectProperty ; schema:domainIncludes kg:A ; schema:rangeIncludes schema:Place ;"
            ),
            "no class of entities",
        ),
        ("kg:A a owl:Class", "no valid Turtle"),
    ],
)
def test_a_faulty_ontology_is_refused_with_its_fault(tmp_path: Path, turtle_text: str, message: str):
    path = tmp_path / "faulty.ttl"
    prefixes = {"kg": KG, "owl": OWL, "rdfs": RDFS, "schema": SDO}
    path.write_text("".join(f"@prefix {p}: <{iri}> .\n" for p, iri in prefixes.items()) + turtle_text, encoding="utf-8")
    with pytest.raises(OntologyError, match=message) as caught:
        load_ontology(path)
    assert caught.value.path == path


def test_an_ontology_that_is_not_there_is_an_error(tmp_path: Path):
    with pytest.raises(OntologyError, match="cannot be read"):
        load_ontology(tmp_path / "none.ttl")


def test_shapes_enforce_what_the_ontology_says_of_relations(shapes):
    ontology = load_ontology()
    for name in set(ontology.relations()) - {"partOf"}:
        relation, statement = ontology.relation(name), SHAPE[f"{name}Statement"]
        assert (SHAPE[name], SH.targetSubjectsOf, NS[name]) in shapes
        assert (statement, SH.targetNode, NS[name]) in shapes
        assert allowed_classes(shapes, SHAPE[name]) == set(relation.domain), name
        assert allowed_classes(shapes, property_shape(shapes, SHAPE[name], NS[name])) == set(relation.range), name
        for end, classes in ((RDF.subject, relation.domain), (RDF.object, relation.range)):
            assert allowed_classes(shapes, property_shape(shapes, statement, end)) == set(classes), (name, end)


def test_shapes_enforce_the_pairs_of_part_of(shapes):
    pairs = {(frozenset(domain), frozenset(range_)) for domain, range_ in load_ontology().relation("partOf").pairs}
    branches = list(Collection(shapes, shapes.value(SHAPE.partOf, URIRef(f"{SH}or"))))
    direct = {(ends(shapes, branch), ends(shapes, property_shape(shapes, branch, NS.partOf))) for branch in branches}
    statement = shapes.value(SHAPE.partOfStatement, SH.property)
    branches = list(Collection(shapes, shapes.value(statement, URIRef(f"{SH}or"))))
    stated = {
        tuple(ends(shapes, property_shape(shapes, branch, end)) for end in (RDF.subject, RDF.object))
        for branch in branches
    }
    assert direct == stated == pairs


def test_shapes_enforce_what_the_ontology_says_of_qualifiers(turtle, shapes):
    for name in load_ontology().qualifiers():
        shape = SHAPE[name]
        assert (shape, SH.targetSubjectsOf, NS[name]) in shapes
        domain = {str(node).removeprefix(KG) for node in turtle.objects(NS[name], SDO.domainIncludes)}
        assert allowed_classes(shapes, shape) == domain, name
        inner = property_shape(shapes, shape, NS[name])
        range_ = set(turtle.objects(NS[name], SDO.rangeIncludes))
        if range_ == {OWL.Thing}:
            assert allowed_classes(shapes, inner) == set(ANY), name
        else:
            assert allowed_datatypes(shapes, inner) == range_, name


def test_shapes_know_all_relations_and_the_modalities_of_the_contract(shapes):
    predicates = shapes.value(property_shape(shapes, SHAPE.Statement, RDF.predicate), URIRef(f"{SH}in"))
    assert set(Collection(shapes, predicates)) == {NS[name] for name in RELATIONS}
    modalities = shapes.value(property_shape(shapes, SHAPE.modality, NS.modality), URIRef(f"{SH}in"))
    assert {str(value) for value in Collection(shapes, modalities)} == {"actual", "planned", "denied"}


def test_shapes_demand_every_superclass_beside_a_class(shapes):
    demanded: dict[str, set[str]] = {cls: set() for cls in CLASSES}
    for shape, target in shapes.subject_objects(SH.targetClass):
        for inner in shapes.objects(shape, SH.property):
            if shapes.value(inner, SH.path) == RDF.type and str(target).startswith(KG + ""):
                name = str(target).removeprefix(KG)
                demanded.setdefault(name, set()).update(local(shapes.objects(inner, SH.hasValue)))
    for cls in CLASSES:
        parents = set(load_ontology().parents[cls])
        assert demanded[cls] == parents, cls


def test_the_shape_of_entities_reaches_every_class(shapes):
    assert local(shapes.objects(SHAPE.Entity, SH.targetClass)) == set(ANY)


def test_every_shape_that_reports_says_so_in_both_languages(shapes):
    constraints = {URIRef(f"{SH}{name}") for name in ("class", "or", "node", "in", "datatype", "minCount", "hasValue")}
    reporting = {shape for shape in shapes.subjects(SH.path) if constraints & set(shapes.predicates(shape))}
    nested = {inner for branch in shapes.objects(None, RDF.first) for inner in shapes.objects(branch, SH.property)}
    assert len(reporting) > 100
    for shape in reporting - nested:
        assert sorted(text.language for text in shapes.objects(shape, SH.message)) == ["en", "zh"], shape


def local(nodes) -> set[str]:
    return {str(node).removeprefix(KG) for node in nodes if str(node).startswith(KG)}


def ends(shapes: Graph, shape: Node) -> frozenset[str]:
    return frozenset(allowed_classes(shapes, shape))


def allowed_classes(shapes: Graph, shape: Node) -> set[str]:
    """What `sh:class`, a choice of them, or the shape of any entity lets through."""
    found = local(shapes.objects(shape, URIRef(f"{SH}class")))
    for other in shapes.objects(shape, SH.node):
        found |= allowed_classes(shapes, other)
    for choice in shapes.objects(shape, URIRef(f"{SH}or")):
        for branch in Collection(shapes, choice):
            found |= local(shapes.objects(branch, URIRef(f"{SH}class")))
    return found


def allowed_datatypes(shapes: Graph, shape: Node) -> set[Node]:
    found = set(shapes.objects(shape, SH.datatype))
    for choice in shapes.objects(shape, URIRef(f"{SH}or")):
        found |= {datatype for branch in Collection(shapes, choice) for datatype in shapes.objects(branch, SH.datatype)}
    if shapes.value(shape, URIRef(f"{SH}in")):
        found |= {value.datatype or XSD.string for value in Collection(shapes, shapes.value(shape, URIRef(f"{SH}in")))}
    return found


def property_shape(shapes: Graph, shape: Node, path: Node) -> Node:
    """The property shape inside `shape` for `path`, or for a sequence that ends in it."""
    for inner in shapes.objects(shape, SH.property):
        stated = shapes.value(inner, SH.path)
        steps = list(Collection(shapes, stated)) if shapes.value(stated, RDF.first) else [stated]
        if steps[-1] == path:
            return inner
    raise AssertionError(f"{shape} says nothing of {path}")
