"""The library: every question is well formed, runs, and gives the answer that the small graph holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg import resources
from kg.errors import QueryError
from kg.query import run_query
from kg.questions import Parameter, answer_question, find_entities, find_query, list_queries, read_question
from kg.store import open_store

SMALL = open_store(Path(__file__).parent / "data" / "small.ttl")
WIDER = open_store(Path(__file__).parent / "data" / "wider.ttl")
LIBRARY = list_queries()
NAMES = [question.name for question in LIBRARY]

FILM, PIPES = "青禾薄膜项目", "东湖区管网改造项目"
QINGHE, JIDIAN = "青禾新材料股份有限公司", "云岭机电集团"
BOND, RANKING = "东湖专项债券", "云岭百强企业榜单"
SIGNING = "3月5日，东湖区与青禾签下投资30亿元的青禾薄膜项目"

# The question, what it is told, and its whole answer; unbound cells are "".
ANSWERS = [
    (
        "signed-with",
        {"party": "东湖"},
        [("东湖区", QINGHE, FILM, "3000000000", "CNY", "exact", "2024-03-05", "actual")],
    ),
    ("signed-with", {"party": JIDIAN}, []),
    ("signing-totals", {}, [("东湖区", "1", "3000000000", "CNY"), (QINGHE, "1", "3000000000", "CNY")]),
    (
        "ranking-leaders",
        {},
        [(RANKING, "", "1", JIDIAN), (RANKING, "", "2", QINGHE), (RANKING, "发明专利数量", "1", JIDIAN)],
    ),
    (
        "ranking-leaders",
        {"top": "1", "ranking": RANKING},
        [(RANKING, "", "1", JIDIAN), (RANKING, "发明专利数量", "1", JIDIAN)],
    ),
    ("ranked-in", {"holder": "青禾"}, [(QINGHE, RANKING, "2", "")]),
    ("ranked-and-active", {}, [(QINGHE, RANKING, "funds", FILM), (QINGHE, RANKING, "signedWith", "东湖区")]),
    (
        "funded-by",
        {"project": PIPES},
        [
            (PIPES, BOND, "900000000", "CNY", "exact", "", "planned"),
            (PIPES, BOND, "850000000", "CNY", "over", "管网改造", "planned"),
        ],
    ),
    (
        "bond-pays-for",
        {},
        [
            (BOND, PIPES, "900000000", "CNY", "exact", "", "planned"),
            (BOND, PIPES, "850000000", "CNY", "over", "管网改造", "planned"),
        ],
    ),
    ("investors", {}, [(QINGHE, FILM, "东湖区", "actual")]),
    ("located-in", {"place": "云岭市"}, [(JIDIAN, "Company", "东湖区"), (FILM, "Project", "东湖区")]),
    ("busiest-places", {}, [("东湖区", "2")]),
    ("ranked-by-place", {}, [("东湖区", "1")]),
    ("in-two-articles", {}, [(QINGHE, "2", "百强企业榜单发布 | 青禾薄膜项目落户东湖")]),
    ("connected-across", {}, [(JIDIAN, "东湖区", QINGHE, "百强企业榜单发布", "青禾薄膜项目落户东湖", "true")]),
    (
        "chain",
        {"from": JIDIAN, "to": FILM},
        [
            ("2", f"{JIDIAN} — 东湖区 — {FILM}"),
            ("3", f"{JIDIAN} — 东湖区 — {QINGHE} — {FILM}"),
            ("3", f"{JIDIAN} — {RANKING} — {QINGHE} — {FILM}"),
        ],
    ),
    (
        "about",
        {"thing": "云岭市"},
        [("东湖区", "locatedIn", "云岭市", "actual", "1")],
    ),
    (
        "quotes",
        {"thing": FILM},
        [
            (FILM, "fundedBy", QINGHE, SIGNING, "青禾薄膜项目落户东湖", "0", "26"),
            (QINGHE, "signedWith", "东湖区", SIGNING, "青禾薄膜项目落户东湖", "0", "26"),
            (FILM, "locatedIn", "东湖区", SIGNING[5:], "青禾薄膜项目落户东湖", "5", "26"),
        ],
    ),
    ("articles", {}, [("百强企业榜单发布", "2024-03-06", "4", "5"), ("青禾薄膜项目落户东湖", "2024-03-06", "4", "4")]),
    (
        "article-facts",
        {"headline": "薄膜"},
        [
            ("青禾薄膜项目落户东湖", PIPES, "fundedBy", BOND, "planned", "0.5"),
            ("青禾薄膜项目落户东湖", FILM, "fundedBy", QINGHE, "actual", "0.9"),
            ("青禾薄膜项目落户东湖", FILM, "locatedIn", "东湖区", "actual", "0.6"),
            ("青禾薄膜项目落户东湖", QINGHE, "signedWith", "东湖区", "actual", "0.95"),
        ],
    ),
    (
        "planned",
        {},
        [(PIPES, "fundedBy", BOND, "850000000", "CNY", ""), (PIPES, "fundedBy", BOND, "900000000", "CNY", "")],
    ),
    ("doubtful", {"below": ".55"}, [("0.5", PIPES, "fundedBy", BOND, "管网改造拟使用债券资金9亿元")]),
    ("contradictions", {}, [(PIPES, "fundedBy", BOND, "", "amount", "850000000", "900000000")]),
    (
        "confidence",
        {},
        [
            ("locatedIn", "actual", "3", "0.833"),
            ("ranked", "actual", "3", "0.867"),
            ("fundedBy", "planned", "2", "0.675"),
            ("fundedBy", "actual", "1", "0.9"),
            ("signedWith", "actual", "1", "0.95"),
        ],
    ),
]


@pytest.mark.parametrize(("name", "values", "expected"), ANSWERS)
def test_a_question_gets_its_answer(name, values, expected):
    result = answer_question(SMALL, find_query(name), values)
    assert [tuple("" if term is None else term.value for term in row) for row in result.rows] == expected


# The same, from the graph of what the small one has nothing of.
WIDER_ANSWERS = [
    ("organised-by", {}, [("西山签约会", "甲集团", "2024-04-01", "西山区", "actual")]),
    ("organised-by", {"organiser": "西山区"}, []),
    ("participants", {"event": "西山签约会"}, [("西山签约会", "周小禾", "2024-04", "actual")]),
    ("held-together", {}, [("甲集团", "西山区", "西山签约会")]),
    ("approved-by", {}, [("绿色债券", "证监局", "500000000", "CNY", "", "actual")]),
    ("subsidiaries", {"whole": "甲集团"}, [("甲集团", "乙公司", "true"), ("甲集团", "丙公司", "false")]),
    ("projects-of-group", {"company": "甲集团"}, [("甲集团", "薄膜工厂", "丙公司")]),
    ("posts", {"person": "周小禾"}, [("周小禾", "董事长", "甲集团", "actual")]),
    ("cooperation", {"party": "甲集团"}, [("甲集团", "丁公司", "actual", "")]),
    ("totals-by-district", {}, [("西山区", "1", "200000000", "CNY")]),
    ("totals-by-industry", {}, [("新材料", "1", "200000000", "CNY")]),
    ("issued-by", {"issuer": "乙公司"}, [("乙公司", "绿色债券", "500000000", "CNY", "2025", "planned")]),
    ("figures-of", {"thing": "西山区"}, [("西山区", "新增企业", "", "1200", "家", "over", "去年")]),
    (
        "between",
        {"since": "2024-04-02", "until": "2024-12-31"},
        [("2024-04", "周小禾", "participatedIn", "西山签约会", "actual")],
    ),
    ("between", {"since": "2025-06-01"}, [("2025", "绿色债券", "issuedBy", "乙公司", "planned")]),
    ("without-facts", {}, [("丙公司", "Company")]),
]


@pytest.mark.parametrize(("name", "values", "expected"), WIDER_ANSWERS)
def test_a_question_about_other_things_gets_its_answer(name, values, expected):
    result = answer_question(WIDER, find_query(name), values)
    assert [tuple("" if term is None else term.value for term in row) for row in result.rows] == expected


def test_every_question_has_an_answer_here():
    answered = {name for name, _, expected in (*ANSWERS, *WIDER_ANSWERS) if expected}
    assert sorted(set(NAMES)) == sorted(answered)


def test_names_are_unique_and_fit_for_a_command_line():
    assert len(NAMES) == len(set(NAMES)) >= 30
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", name) for name in NAMES)
    found = sorted(resources.path("queries").rglob("*.rq"))
    assert len(found) == len(NAMES), "a query lies outside a folder of the library"


@pytest.mark.parametrize("question", LIBRARY, ids=NAMES)
def test_a_question_is_asked_in_chinese_and_english(question):
    assert re.search("[\u4e00-\u9fff].*？$", question.zh)
    assert question.en.isascii()
    assert question.en.endswith("?")
    assert all(" / " in parameter.about for parameter in question.parameters)


@pytest.mark.parametrize("question", LIBRARY, ids=NAMES)
def test_parameters_are_selected_and_rows_are_ordered(question):
    columns = run_query(SMALL, question.text).columns
    assert {parameter.name for parameter in question.parameters} <= set(columns)
    assert "\nORDER BY " in question.text
    reserved = {"graph", "format", "show", "store", "endpoint", "time-limit", "explain", "help", "allow-service"}
    assert reserved.isdisjoint(parameter.name for parameter in question.parameters)


@pytest.mark.parametrize("question", LIBRARY, ids=NAMES)
def test_a_value_narrows_an_answer_and_adds_nothing(question):
    """Guards against MINUS, BIND and BOUND, in which a parameter counts as unbound."""
    free = [parameter for parameter in question.parameters if parameter.type == "entity" and not parameter.required]
    everything = set(answer_question(SMALL, question, {}).rows) if free else set()
    for parameter in free:
        for name in (QINGHE, "东湖区", FILM, BOND, RANKING):
            assert set(answer_question(SMALL, question, {parameter.name: name}).rows) <= everything


def test_an_entity_is_found_by_any_of_its_names_and_by_its_iri():
    by_name, by_alias = find_entities(SMALL, QINGHE), find_entities(SMALL, "青禾")
    assert by_name == by_alias == find_entities(SMALL, by_name[0].value)


def test_an_ambiguous_name_asks_about_each_entity():
    store = open_store(Path(__file__).parent / "data" / "small.ttl")
    store.update(
        'PREFIX skos: <http://www.w3.org/2004/02/skos/core#> INSERT { ?x skos:altLabel "甲"@zh } '
        'WHERE { ?x skos:prefLabel ?name FILTER(STR(?name) IN ("青禾新材料股份有限公司", "云岭机电集团")) }'
    )
    rows = answer_question(store, find_query("ranked-in"), {"holder": "甲"}).rows
    assert {row[0].value for row in rows} == {QINGHE, JIDIAN}


WRONG = [
    ("signed-wiht", {}, "did you mean signed-with"),
    ("signed-with", {"partner": "x"}, "no parameter --partner; it has --party"),
    ("busiest-places", {"top": "3"}, "it has none"),
    ("chain", {"from": QINGHE}, "needs --to"),
    ("ranking-leaders", {"top": "three"}, "whole number"),
    ("doubtful", {"below": "NaN"}, "a number"),
    ("signed-with", {"party": "青禾公司"}, "nothing in the graph is called 青禾公司; did you mean 青禾"),
]


@pytest.mark.parametrize(("name", "values", "message"), WRONG)
def test_wrong_use_says_what_is_possible(name, values, message):
    with pytest.raises(QueryError, match=message):
        answer_question(SMALL, find_query(name), values)


def test_a_date_is_bound_as_a_date():
    question = read_question(
        "# param: since (date) — 起始日 / first day\n"
        "SELECT DISTINCT ?day ?since { ?s kg:dateFrom ?day FILTER(?day >= ?since) }",
        name="since",
    )
    assert question.parameters == (Parameter("since", "date", "起始日 / first day"),)
    assert len(answer_question(SMALL, question, {"since": "2024-03-05"}).rows) == 1
    assert answer_question(SMALL, question, {"since": "2024-03-06"}).rows == ()
    with pytest.raises(QueryError, match="date like"):
        answer_question(SMALL, question, {"since": "2024-02-30"})


@pytest.mark.parametrize(
    "line", ["# param: party", "# param: party (place) — x", "# param: a-b (text)", "# param party (text)"]
)
def test_a_parameter_that_cannot_be_read_is_an_error(line):
    with pytest.raises(QueryError, match="declares no parameter"):
        read_question(f"{line}\nSELECT * {{}}", name="q.rq")
