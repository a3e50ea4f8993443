"""What is asked about a graph, in which order, and where the answers go."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, Store

from kg.cli import cli
from kg.curation.decisions import CurationError
from kg.curation.read import read_decisions
from kg.curation.write import add_decision
from kg.errors import KGError
from kg.resolve import explain_entity
from kg.review import find_questions

GRAPH = """\
@prefix kg: <https://example.org/kg/ontology#> .
@prefix id: <https://example.org/kg/id/> .
@prefix company: <https://example.org/kg/id/Company/> .
@prefix district: <https://example.org/kg/id/District/> .
@prefix person: <https://example.org/kg/id/Person/> .
@prefix article: <https://example.org/kg/id/article/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

company:云岭集团 a kg:Company ; skos:prefLabel "云岭集团"@zh .
company:云岭股份有限公司 a kg:Company ; skos:prefLabel "云岭股份有限公司"@zh ; skos:altLabel "云岭股份"@zh .
company:云岭科技 dcterms:isReplacedBy company:云岭股份有限公司 .
company:海川科技 a kg:Company ; skos:prefLabel "海川科技"@zh .
district:重庆市巴南区 a kg:District ; skos:prefLabel "巴南区"@zh ; skos:altLabel "巴南"@zh ; kg:adcode "500113" .
person:李明远 a kg:Person ; skos:prefLabel "李明远"@zh .

article:a schema:headline "甲文"@zh ; schema:datePublished "2021-04-28"^^xsd:date ;
  schema:mentions company:云岭集团, district:重庆市巴南区, person:李明远 .
article:b schema:headline "乙文"@zh ; schema:datePublished "2021-04-29"^^xsd:date ;
  schema:mentions company:云岭股份有限公司, company:海川科技 .

<s:1> a kg:Statement ; rdf:subject company:云岭集团 ; rdf:predicate kg:locatedIn ; rdf:object district:重庆市巴南区 ;
  kg:modality "actual" ; kg:confidence 0.95 ; prov:wasDerivedFrom <e:1> .
<s:2> a kg:Statement ; rdf:subject company:云岭股份有限公司 ; rdf:predicate kg:cooperatesWith ;
  rdf:object company:海川科技 ;
  kg:modality "planned" ; kg:confidence 0.7 ; prov:wasDerivedFrom <e:2> .
<s:3> a kg:Statement ; rdf:subject person:李明远 ; rdf:predicate kg:affiliatedWith ; rdf:object company:云岭集团 ;
  kg:modality "actual" ; kg:role "董事长" ; kg:amount 5.0 ; kg:confidence 0.95 ; prov:wasDerivedFrom <e:3> .
<s:4> a kg:Statement ; rdf:subject person:李明远 ; rdf:predicate kg:affiliatedWith ; rdf:object company:云岭集团 ;
  kg:modality "actual" ; kg:role "董事长" ; kg:amount 6.0 ; kg:confidence 0.95 ; prov:wasDerivedFrom <e:4> .
<e:1> oa:hasSource article:a ; oa:hasSelector <q:1> ; kg:extractedBy "r/1" . <q:1> oa:exact "云岭集团在巴南" .
<e:2> oa:hasSource article:b ; oa:hasSelector <q:2> ; kg:extractedBy "r/2" . <q:2> oa:exact "云岭股份拟与海川科技合作" .
<e:3> oa:hasSource article:a ; oa:hasSelector <q:3> ; kg:extractedBy "r/3" . <q:3> oa:exact "五" .
<e:4> oa:hasSource article:a ; oa:hasSelector <q:4> ; kg:extractedBy "r/4" . <q:4> oa:exact "六" .
"""


@pytest.fixture
def graph(tmp_path):
    path = tmp_path / "graph.ttl"
    path.write_text(GRAPH, encoding="utf-8")
    return path


@pytest.fixture
def store(graph):
    store = Store()
    store.load(path=str(graph), format=RdfFormat.TURTLE)
    return store


def test_questions_come_with_the_one_first_on_which_most_facts_hang(store):
    found = find_questions(store)
    assert [question.text for question in found] == [
        "李明远 affiliatedWith 云岭集团: which amount is wrong?",
        "Are 云岭股份有限公司 and 云岭集团 one Company?",
        "Does the text say: 云岭股份有限公司 cooperatesWith 海川科技 (planned)?",
    ]
    assert [question.value for question in found] == sorted((question.value for question in found), reverse=True)
    assert "+3" in found[1].details[0] and "4 facts" in found[1].details[1]


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("answer", range(2))
def test_an_answer_is_a_decision_and_the_question_is_not_asked_again(store, tmp_path, place, answer):
    question = find_questions(store)[place]
    path = tmp_path / "curation.yml"
    chosen = question.answers[answer]
    add_decision(path, chosen.kind, {**chosen.values, "by": "王芳", "on": "2026-11-24"})
    decisions = read_decisions(path)
    (decision,) = decisions.all()
    assert (decision.origin.by, str(decision.origin.on)) == ("王芳", "2026-11-24")
    assert question.text not in {one.text for one in find_questions(store, decisions)}


def test_lists_where_standard_output_is_no_terminal(graph):
    done = CliRunner().invoke(cli, ["review", "--graph", str(graph), "--limit", "2"])
    assert done.exit_code == 0
    assert done.output.startswith("1/3 李明远") and "… and 1 more" in done.output


def test_asks_on_a_terminal_and_writes_each_answer(graph, tmp_path):
    curation = tmp_path / "decisions" / "curation.yml"
    said = run_on_terminal(["--graph", graph, "--curation", curation, "--by", "王芳"], "s\nn\nq\n")
    assert "n: no, two" in said
    decisions = read_decisions(curation)
    assert [one.names for one in decisions.different] == [(("Company", "云岭股份有限公司"), ("Company", "云岭集团"))]
    assert decisions.all()[0].origin.by == "王芳" and decisions.all()[0].origin.on


def run_on_terminal(arguments, keys):
    main, end = pty.openpty()
    command = [sys.executable, "-m", "kg", "review", *map(str, arguments)]
    environment = os.environ | {"PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(
        command, stdin=end, stdout=end, stderr=end, env=environment, cwd=Path(__file__).parent.parent, close_fds=True
    )
    os.close(end)
    os.write(main, keys.encode())
    said = b""
    try:
        while chunk := os.read(main, 4096):
            said += chunk
    except OSError:  # the other end is closed: the command has ended
        pass
    os.close(main)
    assert process.wait(60) == 0, said.decode()
    return said.decode()


def test_a_terminal_needs_a_file_for_the_answers(graph):
    with pytest.raises(AssertionError, match="--curation"):
        run_on_terminal(["--graph", graph], "")


def test_a_curation_file_that_is_wrong_is_said_before_anything_is_asked(graph, tmp_path):
    path = tmp_path / "curation.yml"
    path.write_text("same: x\n")
    done = CliRunner().invoke(cli, ["review", "--graph", str(graph), "--curation", str(path)])
    assert done.exit_code == 1 and f"{path}:1" in done.output


KEPT = {
    "a file with comments and other lists": (
        "# ours\nby: 王芳\n\nsame:\n    # one company\n    - class: Company\n      names: [甲乙, 丙丁]  # sure\n\n"
        "suppress:\n  - person: 李明远\n"
    ),
    "a list without entries": "same:\nsuppress:\n  - person: 李明远\n",
    "an empty file": "",
    "no line break at the end": "suppress:\n  - person: 李明远",
    "a list at the left edge": "same:\n- class: Company\n  names: [甲乙, 丙丁]\n",
}


@pytest.mark.parametrize("text", KEPT.values(), ids=list(KEPT))
def test_what_stands_in_the_file_stays_as_it_was(tmp_path, text):
    path = tmp_path / "curation.yml"
    path.write_text(text, encoding="utf-8")
    before = read_decisions(path)
    add_decision(path, "same", {"class": "Company", "names": ["云岭：“一”", "云\u2028岭\\"]})
    after = read_decisions(path)
    assert after.same == (*before.same, after.same[-1]) and after.suppress == before.suppress
    assert after.same[-1].names == (("Company", "云岭：“一”"), ("Company", "云\u2028岭\\"))
    assert set(text.splitlines()) <= set(path.read_text(encoding="utf-8").split("\n"))


@pytest.mark.parametrize("text", ["{same: []}\n", "same: []\n", "same: {}\n"])
def test_a_file_that_cannot_be_added_to_is_left_alone(tmp_path, text):
    path = tmp_path / "curation.yml"
    path.write_text(text)
    with pytest.raises(CurationError, match="one line"):
        add_decision(path, "same", {"class": "Company", "names": ["甲", "乙"]})
    assert path.read_text() == text


def test_a_file_that_is_no_text_is_left_alone(tmp_path):
    path = tmp_path / "curation.yml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(KGError, match="nothing was added"):
        add_decision(path, "same", {"class": "Company", "names": ["甲", "乙"]})


def test_an_entity_explains_itself(store):
    lines = explain_entity("云岭股份", store)
    text = "\n".join(lines)
    assert lines[0].startswith("云岭股份有限公司  (Company)")
    assert "also called 云岭股份: the same without place and legal form (云岭) +3" in text
    assert "took in 云岭科技: " in text
    assert "《乙文》 with 海川科技" in text
    assert "not 云岭集团: the same without place and legal form" in text and "asked by `kg review`" in text
    assert explain_entity("没有", store) == []


def test_a_person_in_two_articles_says_why_it_is_one(store):
    store.update("""PREFIX schema: <https://schema.org/> PREFIX id: <https://example.org/kg/id/>
        PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX oa: <http://www.w3.org/ns/oa#>
        INSERT DATA { id:article\\/b schema:mentions id:Person\\/李明远 . <e:3> oa:hasSource id:article\\/b }""")
    text = "\n".join(explain_entity("李明远", store))
    assert "one in 《甲文》 and 《乙文》: " in text and "joined with the same organisation (云岭) +3" in text


def test_an_iri_that_was_replaced_leads_to_the_entity(store):
    found = explain_entity("https://example.org/kg/id/Company/云岭科技", store)
    assert found == explain_entity("云岭股份有限公司", store)
