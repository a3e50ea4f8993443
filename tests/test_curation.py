"""The curation file: what it may say, what is wrong with it, and what it does to readings and to the graph."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from pyoxigraph import Quad, Store

from kg.curation.apply import apply_decisions, find_unused
from kg.curation.decisions import Canonical, CurationError, Decisions, Different, Missing, Same, Suppressed, Wrong
from kg.curation.read import read_decisions
from kg.iris import Names
from kg.model import Article, Entity, Evidence, Observation, Qualifiers, Reading, Statement, TimeSpan
from kg.ontology import load_ontology
from kg.provenance import decision_triples

COMPANY = Entity("Company", "云岭重工股份有限公司", ("云岭重工",))
DISTRICT = Entity("District", "巴南区", ("巴南",), "500113", "重庆市/巴南区")
PERSON = Entity("Person", "李明远")
BODY = "云岭重工与巴南区签约。董事长李明远出席，项目投资50亿元。"


def write(tmp_path, text):
    path = tmp_path / "curation.yml"
    path.write_text(text, encoding="utf-8")
    return path


def make_evidence(article, quote):
    start = article.body.index(quote)
    return (Evidence(article.id, start, start + len(quote), quote, "rule", Decimal("0.9")),)


def make_reading():
    article = Article("云岭重工落户巴南", BODY, authors=("李明远",), date=date(2021, 4, 28), page_id="p")
    facts = (
        Statement(
            COMPANY.key, "signedWith", DISTRICT.key, Qualifiers(), make_evidence(article, "云岭重工与巴南区签约")
        ),
        Statement(PERSON.key, "affiliatedWith", COMPANY.key, Qualifiers(), make_evidence(article, "董事长李明远")),
    )
    figure = Observation(COMPANY.key, "投资", Decimal(5), "CNY", make_evidence(article, "李明远出席，项目投资50亿元"))
    return Reading(article, (COMPANY, DISTRICT, PERSON), facts, (figure,))


def test_all_kinds_of_decisions_are_read_with_line_author_and_day(tmp_path):
    path = write(
        tmp_path,
        """\
by: 王芳
on: 2026-11-24
same:
  - class: Company
    names: [云岭重工股份有限公司, 云岭重工]
    why: 年报
different:
  - class: Company
    names: [云岭重工, 云岭电子]
    by: 陈立
canonical:
  - {class: Company, name: 云岭重工, canonical: 云岭重工股份有限公司}
wrong:
  - article: 云岭重工落户巴南
    relation: signedWith
    quote: 云岭重工与巴南区签约
missing:
  - subject: 云岭重工
    subject_class: Company
    relation: locatedIn
    object: 重庆市/巴南区
    object_class: District
    source: https://example.com/annual-report
    on_date: 2021-04
    amount: 5000000000
suppress:
  - person: 李明远
""",
    )
    found = read_decisions(path)
    names = (("Company", "云岭重工股份有限公司"), ("Company", "云岭重工"))
    assert found.same == (Same(names),) and found.different == (Different((names[1], ("Company", "云岭电子"))),)
    assert found.canonical == (Canonical(names[1], "云岭重工股份有限公司"),)
    assert found.wrong == (Wrong("signedWith", "云岭重工落户巴南", quote="云岭重工与巴南区签约"),)
    assert found.suppress == (Suppressed("李明远"),)
    (fact,) = found.missing
    assert fact.qualifiers.on_date == TimeSpan("2021-04", date(2021, 4, 1), date(2021, 4, 30))
    assert fact.qualifiers.amount == Decimal(5_000_000_000)
    origin = found.same[0].origin
    assert (origin.line, origin.by, origin.on, origin.why) == (4, "王芳", date(2026, 11, 24), "年报")
    assert str(origin) == f"{path}:4"
    assert found.different[0].origin.by == "陈立"


def test_what_the_view_writes_is_read_as_it_is(tmp_path):
    path = write(
        tmp_path,
        """\
# Decisions on facts and names. `wrong`: no such fact is to be read from these words of this article.
# `same`: these names of this class stand for one entity; the first one is kept.
wrong:
  - article: "云岭重工落户巴南"
    article_id: "https://example.org/kg/id/article/0123456789abcdef"
    relation: "signedWith"
    subject: "云岭重工股份有限公司"
    object: "巴南区"
    quote: "云岭重工与巴南区\\u2028签约"
  - relation: "locatedIn"
    subject: "巴南区"
    object: "重庆市"
same:
  - class: "Company"
    names: ["云岭重工股份有限公司", "云岭重工"]
    other_class: "Organisation"
""",
    )
    found = read_decisions(path)
    assert [one.relation for one in found.wrong] == ["signedWith", "locatedIn"]
    assert found.same[0].names == (("Company", "云岭重工股份有限公司"), ("Organisation", "云岭重工"))


def test_an_empty_file_decides_nothing(tmp_path):
    assert read_decisions(write(tmp_path, "# nothing yet\n")) == Decisions()
    assert read_decisions(write(tmp_path, "same:\n")) == Decisions()


ENDS = "subject: 甲, object: 乙, object_class: Place"
BAD = {
    "syntax": ("same:\n  - class: [Company\n", 3, "no valid YAML"),
    "a list at the top": ("- same\n", 1, "keys and values"),
    "an unknown kind": ("smae:\n  - class: Company\n", 2, "did you mean same"),
    "an unknown key": ("suppress:\n  - persn: 李明远\n", 2, "did you mean person"),
    "a key twice": ("suppress:\n  - person: 李明远\n    person: 王芳\n", 3, "stands twice"),
    "no list": ("suppress: 李明远\n", 1, "has to be a list"),
    "a missing key": ("canonical:\n  - class: Company\n    name: 云岭\n", 2, "canonical is missing"),
    "an unknown class": ("same:\n  - class: Firm\n    names: [甲乙, 丙丁]\n", 2, "Firm is no class"),
    "an unknown relation": ("wrong:\n  - article: 甲\n    relation: owns\n", 3, "owns"),
    "one name": ("same:\n  - class: Company\n    names: [甲乙]\n", 3, "two names"),
    "a name twice": ("same:\n  - class: Company\n    names: [甲乙, 甲乙]\n", 3, "one thing twice"),
    "a person and a place": (
        "same:\n  - class: Person\n    names: [李明远, 巴南]\n    other_class: Place\n",
        2,
        "a Person (李明远) cannot be one with a Place (巴南)",
    ),
    "a circle": (
        "same:\n  - class: Company\n    names: [甲乙, 丙丁]\n  - class: Company\n    names: [丙丁, 甲乙]\n",
        2,
        "merges in a circle",
    ),
    "a long circle": (
        "same:\n" + "".join(f"  - {{class: Company, names: [{pair}]}}\n" for pair in ("甲, 乙", "乙, 丙", "丙, 甲")),
        2,
        "circle",
    ),
    "same and different": (
        "same:\n  - {class: Company, names: [甲, 乙, 丙]}\ndifferent:\n  - {class: Company, names: [乙, 丙]}\n",
        4,
        "the same elsewhere in the file",
    ),
    "two canonical names": (
        "canonical:\n" + "".join(f"  - {{class: Company, name: 甲, canonical: {name}}}\n" for name in ("甲一", "甲二")),
        3,
        "several canonical names",
    ),
    "a wrong date": ("by: 王\non: 2026-13-01\nsuppress:\n  - person: 李明远\n", 4, "is no date"),
    "a fact without a source": (
        f"missing:\n  - {{{ENDS}, subject_class: Company, relation: locatedIn}}\n",
        2,
        "needs its source",
    ),
    "a relation between the wrong classes": (
        f"missing:\n  - {{{ENDS}, subject_class: Place, relation: affiliatedWith, source: 书}}\n",
        2,
        "does not lead from Place",
    ),
    "a wrong number": (
        f"missing:\n  - {{{ENDS}, subject_class: Company, relation: locatedIn, source: 书, amount: 五}}\n",
        2,
        "is no number",
    ),
    "a wrong that names nothing": ("wrong:\n  - relation: signedWith\n", 2, "has to name the article"),
    "a person of one character": ("suppress:\n  - person: 李\n", 2, "no name of a person"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_said_with_file_line_and_reason(tmp_path, name):
    text, line, reason = BAD[name]
    path = write(tmp_path, text)
    with pytest.raises(CurationError) as error:
        read_decisions(path)
    assert reason in str(error.value) and error.value.line == line and str(path) in str(error.value)


def test_a_file_that_is_not_there_or_no_text_is_said(tmp_path):
    with pytest.raises(CurationError, match="is not there"):
        read_decisions(tmp_path / "none.yml")
    (tmp_path / "bytes.yml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CurationError, match="UTF-8"):
        read_decisions(tmp_path / "bytes.yml")


WRONG = {
    "by article, relation and quote": Wrong("signedWith", "云岭重工落户巴南", quote="云岭重工与巴南区签约"),
    "with other white space": Wrong("signedWith", "云岭重工落户巴南", quote="云岭重工与\n巴南区签约"),
    "by a part of the quote": Wrong("signedWith", "云岭重工落户巴南", quote="云岭重工与巴南区"),
    "by the article's id": Wrong(
        "signedWith", article_id=f"https://example.org/kg/id/article/{make_reading().article.id}"
    ),
    "by the headline where the text has changed": Wrong(
        "signedWith", "云岭重工落户巴南", article_id="0000000000000000"
    ),
    "by the ends alone": Wrong("signedWith", subject="云岭重工", object="巴南"),
    "by a name of the corpus that is none of the article": Wrong(
        "signedWith", "云岭重工落户巴南", quote="云岭重工与巴南区签约", subject="云岭控股", object="巴南区"
    ),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=list(WRONG))
def test_a_wrong_fact_is_found(wrong):
    done = apply_decisions([make_reading()], Decisions(wrong=(wrong,)))
    assert [one.relation for one in done.readings[0].statements] == ["affiliatedWith"]
    assert done.used == {wrong}


OTHER = {
    "another article": Wrong("signedWith", "另一篇", quote="云岭重工与巴南区签约"),
    "other words": Wrong("signedWith", "云岭重工落户巴南", quote="云岭重工与江北区签约"),
    "another relation": Wrong("cooperatesWith", "云岭重工落户巴南", quote="云岭重工与巴南区签约"),
    "other ends": Wrong("signedWith", subject="海川", object="巴南"),
}


@pytest.mark.parametrize("wrong", OTHER.values(), ids=list(OTHER))
def test_other_facts_stay_and_the_decision_is_reported(wrong):
    decisions = Decisions(wrong=(wrong,))
    done = apply_decisions([make_reading()], decisions)
    assert done.readings == (make_reading(),)
    assert "no longer applies" in find_unused(decisions, done.used, ())[0]


def test_only_the_words_that_are_named_are_taken_from_a_fact():
    reading = make_reading()
    more = (*reading.statements[0].evidence, *make_evidence(reading.article, "巴南区签约"))
    reading = replace(reading, statements=(replace(reading.statements[0], evidence=more),))
    other = replace(more[1], quote="签约于巴南")
    reading = replace(reading, statements=(replace(reading.statements[0], evidence=(more[0], other)),))
    done = apply_decisions([reading], Decisions(wrong=(WRONG["by article, relation and quote"],)))
    assert [one.quote for one in done.readings[0].statements[0].evidence] == ["签约于巴南"]


def test_a_missing_fact_gets_its_quote_its_place_and_its_author(tmp_path):
    path = write(
        tmp_path,
        """\
missing:
  - {article: 云岭重工落户巴南, quote: 项目投资50亿元, subject: 云岭重工, subject_class: Company, relation: locatedIn,
     object: 巴南区, object_class: District, modality: planned, by: 王芳, on: 2026-11-24}
""",
    )
    decisions = read_decisions(path)
    done = apply_decisions([make_reading()], decisions)
    fact = done.readings[0].statements[-1]
    assert (fact.subject, fact.relation, fact.object) == (COMPANY.key, "locatedIn", DISTRICT.key)
    assert fact.qualifiers.modality == "planned"
    (evidence,) = fact.evidence
    assert BODY[evidence.start : evidence.end] == evidence.quote == "项目投资50亿元"
    assert evidence.rule == "curation/王芳/2026-11-24"
    assert done.used == set(decisions.missing)


def test_a_missing_fact_may_name_what_was_not_found_in_the_article():
    fact = Missing(("Company", "海川科技"), "locatedIn", DISTRICT.key, "云岭重工落户巴南", quote="签约")
    reading = apply_decisions([make_reading()], Decisions(missing=(fact,))).readings[0]
    assert Entity("Company", "海川科技") in reading.entities


def test_words_that_are_not_in_the_article_are_reported():
    fact = Missing(COMPANY.key, "locatedIn", DISTRICT.key, "云岭重工落户巴南", quote="没有的话")
    decisions = Decisions(missing=(fact,))
    done = apply_decisions([make_reading()], decisions)
    assert done.readings == (make_reading(),) and "does not apply" in find_unused(decisions, done.used, ())[0]


def test_of_a_person_who_is_suppressed_nothing_is_left():
    reading = make_reading()
    about = Entity("Event", "签约仪式", ("李明远的签约仪式",), path="签约仪式（李明远到访）")
    event = Statement(about.key, "locatedIn", DISTRICT.key, Qualifiers(), make_evidence(reading.article, "李明远出席"))
    reading = replace(reading, entities=(*reading.entities, about), statements=(*reading.statements, event))
    decisions = Decisions(suppress=(Suppressed("李明远"),))
    done = apply_decisions([reading], decisions)
    (left,) = done.readings
    assert left.article.id == reading.article.id and left.article.page_id == "p"
    assert "李明远" not in repr(left) and done.used == set(decisions.suppress)
    assert [one.relation for one in left.statements] == ["signedWith", "locatedIn"]
    assert left.statements[1].subject in {entity.key for entity in left.entities}
    for one in (*left.statements, *left.observations):
        for evidence in one.evidence:
            assert evidence.article_id == left.article.id
            assert left.article.body[evidence.start : evidence.end] == evidence.quote


def test_decisions_on_names_that_nobody_bears_are_reported():
    decisions = Decisions(
        same=(Same((COMPANY.key, ("Company", "云岭"))),), canonical=(Canonical(("Company", "没有"), "无"),)
    )
    lines = find_unused(decisions, (), {COMPANY.key})
    assert len(lines) == 2 and "Company that is called 云岭" in lines[0] and "没有" in lines[1]


def make_graph(decisions, used=()):
    keys = {COMPANY.key: COMPANY.key, ("Company", "云岭重工"): COMPANY.key, DISTRICT.key: DISTRICT.key}
    store = Store()
    triples = decision_triples(decisions, used, keys.get, Names(), load_ontology())
    store.extend(Quad(one.subject, one.predicate, one.object) for one in triples)
    return store


def ask(store, where):
    return bool(
        store.query(
            f"PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
            f"PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX kg: <https://example.org/kg/ontology#> "
            f"PREFIX id: <https://example.org/kg/id/> ASK {{ {where} }}"
        )
    )


def test_author_and_day_of_a_merge_stand_in_the_graph(tmp_path):
    path = write(
        tmp_path,
        "by: 王芳\non: 2026-11-24\nsame:\n  - {class: Company, names: [云岭重工股份有限公司, 云岭重工], why: 年报}\n",
    )
    store = make_graph(read_decisions(path))
    assert ask(
        store,
        """<https://example.org/kg/id/Company/云岭重工股份有限公司> prov:wasInfluencedBy ?it .
        ?it a prov:Activity ; dcterms:date ?day ; rdfs:comment "年报" ; prov:wasAssociatedWith ?who .
        ?who rdfs:label "王芳"@zh . FILTER(str(?day) = "2026-11-24")""",
    )


def test_a_merge_of_what_is_not_there_leaves_no_trace():
    assert len(make_graph(Decisions(same=(Same((COMPANY.key, ("Company", "没有"))),)))) == 0


def test_a_fact_from_elsewhere_stands_with_its_source_and_its_author(tmp_path):
    path = write(
        tmp_path,
        """\
missing:
  - {subject: 云岭重工, subject_class: Company, relation: locatedIn, object: 重庆市/巴南区, object_class: District,
     source: "https://example.com/年报?a=1", by: 王芳}
""",
    )
    store = make_graph(read_decisions(path))
    assert ask(
        store,
        """?fact a kg:Statement ; prov:wasAttributedTo [ rdfs:label "王芳"@zh ] ; dcterms:source ?source ;
        prov:wasInfluencedBy [ a prov:Activity ] . FILTER(isIRI(?source))""",
    )
    assert ask(store, "<https://example.org/kg/id/Company/云岭重工股份有限公司> kg:locatedIn ?there")


def test_nothing_is_said_of_a_suppressed_person():
    assert len(make_graph(Decisions(suppress=(Suppressed("李明远"),)), [Suppressed("李明远")])) == 0
