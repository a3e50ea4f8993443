"""The network view, as far as Python makes it: what it holds, where nodes stand, that it is safe and repeatable."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import networkx as nx
import pytest
from pyoxigraph import RdfFormat, Store

from kg.ontology import load_ontology
from kg.view import make_view
from kg.view.communities import find_communities
from kg.view.contents import read_contents
from kg.view.layout import box_of, place_nodes
from kg.view.network import Looks, make_network, wrap_label
from kg.view.packing import Box
from kg.view.page import script_json
from kg.view.search import find_keys

GRAPH = Path(__file__).parent / "browser/graph.ttl"
KG, ID = "https://example.org/kg/ontology#", "https://example.org/kg/id/"


def load(turtle: str) -> Store:
    store = Store()
    store.load(turtle.encode(), format=RdfFormat.TURTLE)
    return store


def view_of(turtle: str, *, title: str = "图谱") -> str:
    return make_view(load(turtle), ontology=load_ontology(), title=title)


def data_of(page: str, name: str):
    return json.loads(re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page, re.S)[1])


@pytest.fixture(scope="module")
def turtle() -> str:
    return GRAPH.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(turtle: str) -> str:
    return view_of(turtle)


def test_every_statement_is_an_edge_and_nothing_else_is(page: str, turtle: str):
    facts, edges = data_of(page, "contents")["facts"], data_of(page, "drawing")["edges"]
    assert {fact["iri"] for fact in facts} == set(re.findall(rf"^<({ID}statement/\w+)> a", turtle, re.M))
    assert [edge["id"] for edge in edges] == list(range(len(facts)))
    assert all((edge["from"], edge["to"]) == (fact["s"], fact["o"]) for edge, fact in zip(edges, facts, strict=True))


def test_every_quote_is_the_one_of_the_turtle_and_stands_at_its_place(page: str, turtle: str):
    contents = data_of(page, "contents")
    quotes = [quote for record in contents["facts"] + contents["figures"] for quote in record.get("quotes", [])]
    assert {quote["text"] for quote in quotes} == set(re.findall(r'oa:exact "(.*?)"', turtle))
    for quote in quotes:
        first, start, end, last = quote["span"]
        body = contents["sources"][quote["article"]]["body"]
        assert body[start:end] == quote["text"]
        assert body[first:last].endswith("。") and "。" not in body[first : last - 1]


def test_entities_have_their_most_specific_class(page: str):
    classes = {node["name"]: node["cls"] for node in data_of(page, "contents")["nodes"]}
    assert classes["惠科股份有限公司"] == "Company"
    assert classes["巴南区"] == "District"


def test_qualifiers_and_what_is_attributed_to_a_table_arrive(page: str):
    facts = {fact["iri"].rpartition("/")[2]: fact for fact in data_of(page, "contents")["facts"]}
    assert facts["s2"]["qualifiers"]["about"] == f"{ID}Project/惠科显示模组项目"
    assert facts["s4"]["qualifiers"] == {"modality": "actual", "position": "7", "metric": "有效发明专利量"}
    assert facts["s5"]["attributed"] == ["行政区划代码表"]


def test_parallel_edges_are_bent_apart(page: str):
    contents, drawing = data_of(page, "contents"), data_of(page, "drawing")
    bends = [edge["smooth"] for edge, fact in zip(drawing["edges"], contents["facts"], strict=True)
             if fact["iri"].endswith(("/s1", "/s2"))]  # fmt: skip
    assert len({bend["type"] for bend in bends}) == 2


def test_symmetric_relations_have_no_arrow(page: str):
    contents, drawing = data_of(page, "contents"), data_of(page, "drawing")
    arrows = {fact["p"]: edge.get("arrows") for edge, fact in zip(drawing["edges"], contents["facts"], strict=True)}
    assert arrows["signedWith"] is None and arrows["ranked"] == "to"


def test_labels_come_from_the_ontology(page: str):
    terms, ontology = data_of(page, "contents")["terms"], load_ontology()
    assert terms["Company"] == [ontology.label("Company", "zh"), ontology.label("Company", "en")]
    assert "Company" not in "".join(re.findall(r"(?s)<script>(?!/\*\*\n \* vis).*?</script>", page))


def test_only_web_addresses_become_links(page: str):
    nodes = {node["name"]: node for node in data_of(page, "contents")["nodes"]}
    assert nodes["惠科股份有限公司"]["links"] == ["https://example.com/huike"]


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("惠科", {"huike", "hk"}),
        ("重庆长安", {"chongqingchangan", "cqca"}),  # 重 is chong here, not zhong
        ("TCL科技", {"tclkeji", "tclkj"}),
        ("OPPO", set()),
    ],
)
def test_names_are_found_by_pinyin_and_initials(name: str, keys: set[str]):
    assert set(find_keys([name])) == keys


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("巴南区", "巴南区"),
        ("重庆长安汽车股份有限公司", "重庆长安汽车\n股份有限公司"),
        ("长" * 500, "长" * 10 + "\n" + "长" * 10 + "…"),
        ("", ""),
        ("行\n二", "行 二"),
    ],
)
def test_labels_have_at_most_two_lines(name: str, label: str):
    assert wrap_label(name) == label


def facts(*pairs: tuple[str, str]) -> str:
    """Statements that the first is located in the second."""
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    return f"@prefix kg: <{KG}> .\n" + "".join(
        f"<urn:s{number}> <{rdf}subject> <urn:{one}> ; <{rdf}object> <urn:{other}> ; <{rdf}predicate> kg:locatedIn .\n"
        for number, (one, other) in enumerate(pairs)
    )


def star(leaves: int) -> str:
    return facts(*((f"n{number}", "hub") for number in range(leaves)))


@pytest.mark.parametrize("leaves", [0, 1, 2, 60, 300])
def test_no_two_nodes_or_labels_overlap_at_zoom_1(leaves: int):
    network = make_network(read_contents(load(star(leaves)), load_ontology()))
    places = place_nodes(network)
    boxes = [box_of(network.nodes[node]["looks"]).at(*places[node]) for node in network]
    inner = [Box(box.left + 1, box.top + 1, box.right - 1, box.bottom - 1) for box in boxes]  # places are whole pixels
    assert len(places) == len(network)
    assert not any(one.overlaps(other) for one, other in combinations(inner, 2))


def test_a_hub_of_many_thousand_stays_in_the_middle_of_its_neighbours():
    network = make_network(read_contents(load(star(3000)), load_ontology()))
    places = place_nodes(network)
    hub = max(network, key=lambda node: network.degree[node])
    assert len(set(places.values())) > 0.99 * len(network)
    for axis in (0, 1):
        along = [place[axis] for place in places.values()]
        assert abs(places[hub][axis] - (min(along) + max(along)) / 2) < 0.1 * (max(along) - min(along))


def test_communities_are_told_apart():
    graph = nx.barbell_graph(6, 0)
    assert find_communities(graph) == [[0, 1, 2, 3, 4, 5], [6, 7, 8, 9, 10, 11]]


def test_communities_stand_apart():
    network = nx.MultiDiGraph()
    network.add_nodes_from(((number, {"iri": f"urn:{number}"}) for number in range(12)), looks=Looks("名", 9.0, 5))
    network.add_edges_from(nx.barbell_graph(6, 0).edges())
    places = place_nodes(network)

    def distance(a: int, b: int) -> float:
        return ((places[a][0] - places[b][0]) ** 2 + (places[a][1] - places[b][1]) ** 2) ** 0.5

    within = max(distance(a, b) for group in (range(6), range(6, 12)) for a, b in combinations(group, 2))
    between = sum(distance(a, b) for a in range(6) for b in range(6, 12)) / 36
    assert between > within


def test_three_thousand_parallel_edges_are_all_there():
    page = view_of(facts(*[("a", "b")] * 3000))
    assert len(data_of(page, "drawing")["edges"]) == 3000


@pytest.mark.parametrize(
    "turtle",
    [
        "",
        "<urn:a> <urn:b> <urn:c> .",
        f"<urn:a> a <{KG}Company> .",
        f"<urn:a> a <{KG}Company> ; <{KG}locatedIn> <urn:a> .",
        f"<urn:e> <{KG}of> <urn:nobody> ; <http://www.w3.org/ns/oa#hasSource> <urn:nothing> .",
    ],
    ids=["nothing", "foreign", "no label", "self loop", "dangling"],
)
def test_an_odd_graph_gives_a_page(turtle: str):
    assert view_of(turtle).startswith("<!DOCTYPE html>")


def test_a_triple_without_statement_is_shown_as_a_fact():
    page = view_of(f"<urn:a> a <{KG}Company> ; <{KG}locatedIn> <urn:b> . <urn:b> a <{KG}District> .")
    assert [fact["p"] for fact in data_of(page, "contents")["facts"]] == ["locatedIn"]


def test_the_policy_names_every_script_and_style_by_its_digest_and_allows_nothing_else(page: str):
    policy = re.search(r'http-equiv="Content-Security-Policy" content="(.*?)"', page)[1].replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; ") and "unsafe" not in policy
    inline = re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", page, re.S)
    assert len(inline) == 3
    for text in inline:
        assert f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in policy


def test_the_page_loads_nothing(page: str):
    assert not re.search(r"""<[^>]*\b(?:src|href)=["'](?!data:,|#)""", re.sub(r"(?s)<script.*?</script>", "", page))
    assert "<script src" not in page and "sourceMappingURL" not in page


@pytest.mark.parametrize(
    "text", ["</script><script>x</script>", "<!--<script>", "<img src=x onerror=x>", "\u2028\u2029", "{{7*7}}", "&lt;"]
)
def test_json_in_a_script_element_cannot_leave_it(text: str):
    inside = script_json({"name": text})
    assert not re.search("[<>&\u2028\u2029]", inside)
    assert json.loads(inside) == {"name": text}


def test_the_title_is_text():
    assert "<title>&lt;b&gt;{{7*7}}</title>" in view_of("", title="<b>{{7*7}}")


DIGEST = """
import hashlib, sys
from pyoxigraph import RdfFormat, Store
from kg.ontology import load_ontology
from kg.view import make_view
store = Store()
store.load(path=sys.argv[1], format=RdfFormat.TURTLE)
print(hashlib.sha256(make_view(store, ontology=load_ontology(), title="t").encode()).hexdigest())
"""


def digest_of_view(seed: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent.parent)}
    command = [sys.executable, "-c", DIGEST, str(GRAPH)]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def test_the_same_graph_gives_the_same_bytes_whatever_the_hash_seed():
    assert len({digest_of_view(seed) for seed in ("0", "1", "4242")}) == 1
