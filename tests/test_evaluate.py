"""`kg evaluate`: counting by hand what a small graph says of a small article, and what wrong annotations lead to."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.errors import SourceError
from kg.evaluate import evaluate
from kg.evaluate.gold import fold_name, load_gold
from kg.ontology import load_ontology

BODY = "云岭重工与龙泉驿区签约。云岭重工投资5亿元建设显示项目，占地260亩。江城大学位于武汉市。"
TEXT = f"云岭重工落户\n日期：2023-03-21\n\n{BODY}\n"
GOLD = """
source: article.txt
articles:
  - headline: 云岭重工落户
    first_words: 云岭重工与
    last_words: 武汉市。
    entities:
      - {id: e1, type: Company, name: 云岭重工}
      - {id: e2, type: District, name: 龙泉驿区, aliases: [龙泉驿]}
      - {id: e3, type: Project, name: 显示项目}
      - {id: e4, type: University, name: 江城大学, core: false}
      - {id: e5, type: District, name: 武汉市}
    facts:
      - {s: e1, p: signedWith, o: e2, on_date: 2023-03-21, about: e3, quote: 云岭重工与龙泉驿区签约}
      - {s: e3, p: fundedBy, o: e1, amount: 500000000, modality: planned, quote: 云岭重工投资5亿元建设显示项目}
      - {s: e3, p: undertakenBy, o: e1, quote: 云岭重工投资5亿元建设显示项目}
      - {s: e4, p: locatedIn, o: e5, core: false, quote: 江城大学位于武汉市}
    observations:
      - {of: e3, measure: 占地, value: 260, unit: 亩, quote: 占地260亩}
      - {of: e3, measure: 投资, value: 500000000, unit: 元, quote: 投资5亿元}
"""
PREFIXES = """
@prefix : <https://example.org/kg/id/> .
@prefix kg: <https://example.org/kg/ontology#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix schema: <https://schema.org/> .
"""
ENTITIES = {
    "firm": ("Company, kg:Organisation, kg:Party", "云岭重工"),
    "place": ("District, kg:Place, kg:Party", "龙泉驿区"),
    "project": ("Zone, kg:Place, kg:Party", "显示项目"),
    "city": ("District, kg:Place, kg:Party", "武汉市"),
    "school": ("University, kg:Organisation, kg:Party", "江城大学"),
}


def make_statement(number, subject, relation, object_, quote, *, more="", confidence=0.9):
    start = BODY.find(quote)
    return f"""
:s{number} a kg:Statement ; rdf:subject :{subject} ; rdf:predicate kg:{relation} ; rdf:object :{object_} ;
    kg:confidence {confidence} ; prov:wasDerivedFrom :e{number} {more} .
:e{number} oa:hasSource :article ; kg:extractedBy "{relation}/某" ; oa:hasSelector :p{number}, :q{number} .
:p{number} oa:start {start} ; oa:end {start + len(quote)} .
:q{number} oa:exact "{quote}" .
"""


def make_observation(number, of, value, unit, quote):
    start = BODY.find(quote)
    return f"""
:o{number} a kg:Observation ; kg:of :{of} ; kg:measure "某" ; kg:value {value} ; kg:unit "{unit}" ;
    prov:wasDerivedFrom :oe{number} .
:oe{number} oa:hasSource :article ; oa:hasSelector :os{number} .
:os{number} oa:start {start} ; oa:end {start + len(quote)} ; oa:exact "{quote}" .
"""


def make_graph(*parts):
    article = f':article schema:headline "云岭重工落户"@zh ; schema:articleBody "{BODY}"@zh .\n'
    entities = [f':{iri} a kg:{cls} ; skos:prefLabel "{name}"@zh .\n' for iri, (cls, name) in ENTITIES.items()]
    return "".join((PREFIXES, article, *entities, *parts))


SIGNED = make_statement(
    1, "place", "signedWith", "firm", "云岭重工与龙泉驿区签约", more='; kg:onDate "2023-03" ; kg:about :project'
)
FUNDED = make_statement(
    2, "project", "fundedBy", "firm", "云岭重工投资5亿元", more='; kg:amount 500100000 ; kg:modality "planned"'
)
WRONG = make_statement(3, "school", "locatedIn", "place", "江城大学位于武汉市", confidence=0.8)


@pytest.fixture
def judge(tmp_path):
    (tmp_path / "article.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "gold.yaml").write_text(GOLD, encoding="utf-8")

    def compare(*parts):
        (tmp_path / "graph.ttl").write_text(make_graph(*parts), encoding="utf-8")
        return evaluate([tmp_path / "gold.yaml"], load_ontology(), graph=tmp_path / "graph.ttl")

    return compare


def test_facts_are_counted_with_symmetric_ones_in_either_direction(judge):
    facts = judge(SIGNED, FUNDED, WRONG).figures["facts"]
    assert {key: facts[key] for key in ("right", "wrong", "found", "gold", "optional")} == {
        "right": 2,
        "wrong": 1,
        "found": 2,
        "gold": 3,
        "optional": 1,
    }
    assert (facts["p"], facts["r"], facts["f1"]) == (0.6667, 0.6667, 0.6667)


def test_relations_stand_in_the_order_of_the_ontology(judge):
    rates = judge(SIGNED, FUNDED, WRONG).figures["by_relation"]
    assert list(rates) == [name for name in load_ontology().relations() if name in rates]
    assert rates["undertakenBy"]["found"] == 0
    assert rates["locatedIn"]["wrong"] == 1


def test_a_fact_of_two_statements_counts_once(judge):
    again = SIGNED.replace(":s1", ":s9").replace(":e1", ":e9")
    assert judge(SIGNED, again).figures["facts"]["right"] == 1


def test_a_right_fact_with_a_quote_that_is_not_in_the_text_is_wrong(judge):
    found = judge(SIGNED.replace("签约", "结缘")).figures
    assert found["facts"]["right"] == 0
    assert found["evidence"] == {"quotes": 1, "slice_true": 0}


def test_qualifiers_are_compared_as_precisely_as_annotated(judge):
    """The date lacks its day; `about` and, within half a thousandth, the amount are right; so is the modality."""
    found = judge(SIGNED, FUNDED).figures["qualifiers"]
    assert (found["right"], found["wrong"], found["found"], found["gold"]) == (3, 1, 3, 4)


def test_entities_have_names_and_classes(judge):
    """The project stands as a zone; 江城大学 is optional; 武汉市 is in no statement of the article."""
    found = judge(SIGNED, FUNDED, WRONG).figures["entities"]
    assert (found["core"], found["found"], found["class"]) == (4, 3, 0.6667)


def test_one_entity_in_two_nodes_is_split(judge):
    other = ':firm2 a kg:Company ; skos:prefLabel "云岭重工"@zh .\n:article schema:mentions :firm, :firm2 .\n'
    assert judge(other).figures["resolution"]["split"] == 1


def test_two_entities_in_one_node_are_merged(judge):
    other = ':firm skos:altLabel "龙泉驿"@zh .\n:article schema:mentions :firm .\n'
    assert judge(other).figures["resolution"]["merged"] == 1


def test_observations_are_matched_one_to_one(judge):
    area = make_observation(1, "project", 260, "亩", "占地260亩")
    money = make_observation(2, "project", 500000000, "CNY", "投资5亿元")
    twice = make_observation(3, "project", 260, "亩", "占地260亩")
    found = judge(area, money, twice).figures["observations"]
    assert (found["right"], found["wrong"], found["found"], found["gold"]) == (2, 1, 2, 2)


def test_calibration_counts_statements_by_confidence(judge):
    assert judge(SIGNED, FUNDED, WRONG).figures["calibration"] == {
        "0.7-0.9": {"n": 1, "right": 0.0},
        ">=0.9": {"n": 2, "right": 1.0},
    }


def test_direct_triples_are_checked(judge):
    found = judge(SIGNED, FUNDED, ":project kg:fundedBy :firm .").figures["direct"]
    assert found == {"missing": 1, "unfounded": 1}


@pytest.mark.usefixtures("judge")
def test_an_article_with_another_headline_is_known_by_its_ends(tmp_path):
    text = make_graph(SIGNED).replace('schema:headline "云岭重工落户"', 'schema:headline "别的标题"')
    (tmp_path / "graph.ttl").write_text(text, encoding="utf-8")
    found = evaluate([tmp_path / "gold.yaml"], load_ontology(), graph=tmp_path / "graph.ttl")
    assert found.figures["articles"] == {"gold": 1, "found": 1, "in_graph": 1}


def test_an_article_that_is_not_in_the_graph_is_missed(tmp_path, judge):
    judge(SIGNED)
    (tmp_path / "graph.ttl").write_text(PREFIXES, encoding="utf-8")
    found = evaluate([tmp_path / "gold.yaml"], load_ontology(), graph=tmp_path / "graph.ttl").figures
    assert (found["facts"]["p"], found["facts"]["r"], found["articles"]["found"]) == (1.0, 0.0, 0)


def test_errors_come_with_their_sentences(judge):
    problems = {one.kind: one for one in reversed(judge(SIGNED, FUNDED, WRONG).problems)}
    assert problems["wrong"].text == "locatedIn  江城大学 → 龙泉驿区"
    assert problems["wrong"].sentence == "江城大学位于武汉市。"
    assert problems["wrong"].rule == "locatedIn/某"
    assert problems["missed"].sentence == "云岭重工投资5亿元建设显示项目"
    assert problems["qualifier"].text.endswith("on_date is 2023-03-21, not 2023-03")


def test_the_surest_of_wrong_facts_comes_first(judge):
    surer = make_statement(4, "school", "partOf", "firm", "云岭重工投资5亿元", confidence=0.95)
    assert next(one.text for one in judge(WRONG, surer).problems if one.kind == "wrong").startswith("partOf")


NAMES = [
    ("重庆机电控股（集团）公司", "重庆机电控股 (集团)公司"),
    ("《报告》", "报告"),
    ("OPPO", "ｏｐｐｏ"),
    ("“十四五”规划", "十四五规划"),
]


@pytest.mark.parametrize(("one", "other"), NAMES)
def test_names_are_compared_without_marks_and_width(one, other):
    assert fold_name(one) == fold_name(other)


BAD = [
    ("source: [", "is no YAML"),
    ("articles: []", "needs `source:` and `articles:`"),
    (GOLD.replace("p: fundedBy", "p: paidBy"), "unknown relation paidBy"),
    (GOLD.replace("type: Company", "type: Firm"), "unknown class Firm"),
    (GOLD.replace("of: e3", "of: e7"), "no entity has the id e7"),
    (GOLD.replace("{s: e4, ", "{"), "KeyError('s')"),
    (GOLD.replace("value: 260", "value: many"), "many"),
]


@pytest.mark.parametrize(("text", "message"), BAD)
def test_a_wrong_annotation_is_named(tmp_path, text, message):
    path = tmp_path / "gold.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=r"gold\.yaml") as error:
        load_gold([path], load_ontology())
    assert message in str(error.value)


def test_an_annotation_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SourceError, match=r"none\.yaml"):
        load_gold([tmp_path / "none.yaml"], load_ontology())


def test_a_folder_without_annotations_is_an_error(tmp_path):
    with pytest.raises(SourceError, match="no annotations there"):
        load_gold([tmp_path], load_ontology())


def run(*args):
    return CliRunner().invoke(cli, ["evaluate", *map(str, args)])


@pytest.mark.usefixtures("judge")
def test_the_command_reads_the_text_beside_the_annotation(tmp_path):
    result = run(tmp_path / "gold.yaml", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["articles"] == {"gold": 1, "found": 1, "in_graph": 1}


def test_the_command_judges_a_graph(judge, tmp_path):
    judge(SIGNED, WRONG)
    result = run(tmp_path / "gold.yaml", "--graph", tmp_path / "graph.ttl", "--kinds", "wrong")
    assert result.exit_code == 0
    assert "facts              3      1      1      1      0.500   0.333  0.400" in result.stdout
    assert "wrong (1)" in result.stdout
    assert "missed" not in result.stdout


def test_the_command_shows_as_many_errors_as_wanted(judge, tmp_path):
    judge()
    few = run(tmp_path, "--graph", tmp_path / "graph.ttl", "--errors", 1).stdout
    assert "missed (3)" in few
    assert "… and 2 more" in few
    assert "missed (3)" not in run(tmp_path, "--graph", tmp_path / "graph.ttl", "--errors", 0).stdout


def test_an_unknown_kind_is_wrong_usage(tmp_path):
    result = run(tmp_path, "--kinds", "strange")
    assert result.exit_code == 2
    assert "entity_missed" in result.stderr


@pytest.mark.usefixtures("judge")
def test_a_text_that_is_not_there_is_status_1(tmp_path):
    (tmp_path / "article.txt").unlink()
    result = run(tmp_path / "gold.yaml")
    assert result.exit_code == 1
    assert "article.txt" in result.stderr
