"""A picture that changes little when the graph grows, and what becomes of graphs of many thousand entities."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import combinations
from math import hypot
from pathlib import Path
from statistics import median

import networkx as nx
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from kg.ontology import load_ontology
from kg.view import lay_out
from kg.view.communities import Community, find_communities, group_nodes, keep_members
from kg.view.contents import Contents, Fact, Node, read_contents
from kg.view.layout import place_nodes
from kg.view.network import make_network
from kg.view.packing import Box, pack_boxes
from kg.view.scope import keep_nodes

ONTOLOGY = load_ontology()
GRAPHS = Path(__file__).parent


def make_page_of_news(number: int) -> list[tuple[str, str]]:
    """Who is linked with whom on one page of an invented paper: six companies and their projects in two districts."""
    districts = [f"区{(number * 3 + step) % 7}" for step in (0, 4)]
    links = [(district, "市") for district in districts]
    for company in range(6):
        name = f"企业{(number * 5 + company) % 23}"
        links += [(name, districts[company % 2]), (name, f"项目{number}-{company}"), (f"项目{number}-{company}", "市")]
    return [*links, (f"人物{number}", f"会议{number}")]


def make_contents(pages: list[int]) -> Contents:
    links = sorted({(one, other, page) for page in pages for one, other in make_page_of_news(page)})
    names = sorted({name for one, other, _ in links for name in (one, other)} | {f"行业{page}" for page in pages})
    place = {name: number for number, name in enumerate(names)}
    return Contents(
        tuple(Node(f"urn:{name}", name, (), "", (), "") for name in names),
        tuple(Fact("", place[one], "locatedIn", place[other], {}, "", (), ()) for one, other, _ in links),
        (),
        (),
    )


def places_of(contents: Contents) -> dict[str, tuple[float, float]]:
    places = place_nodes(make_network(contents))
    return {contents.nodes[number].name: place for number, place in places.items()}


@pytest.mark.parametrize("added", [0, 4, 9])
def test_a_page_more_moves_what_was_there_by_little(added: int):
    before = places_of(make_contents([page for page in range(10) if page != added]))
    after = places_of(make_contents(list(range(10))))
    across, down = (max(axis) - min(axis) for axis in zip(*after.values(), strict=True))
    moves = [hypot(after[name][0] - x, after[name][1] - y) for name, (x, y) in before.items()]
    assert median(moves) < 0.07 * hypot(across, down)


def test_places_do_not_hang_on_the_order_of_numbers():
    contents = make_contents([0, 1, 2])
    last = len(contents.nodes) - 1
    turned = Contents(
        tuple(reversed(contents.nodes)),
        tuple(replace(fact, subject=last - fact.subject, object=last - fact.object) for fact in contents.facts),
        (),
        (),
    )
    ones, others = places_of(contents), places_of(turned)
    moves = [hypot(others[name][0] - x, others[name][1] - y) for name, (x, y) in ones.items() if "行业" not in name]
    assert median(moves) < 5


def test_packed_areas_are_apart_and_in_their_direction():
    areas = [Box(-200, -100, 200, 100), *(Box(0, 0, 60, 30) for _ in range(20))]
    moves = pack_boxes(areas, [0.0] * len(areas), gap=10)
    placed = [area.at(*move) for area, move in zip(areas, moves, strict=True)]
    assert not any(one.overlaps(other) for one, other in combinations(placed, 2))
    assert placed[1].left > 200


def make_clusters(count: int, size: int) -> Contents:
    """Stars whose hubs form a ring, so that communities are plain to see."""
    nodes = tuple(Node(f"urn:{number:05}", f"实体{number}", (), "", (), "") for number in range(count * size))
    links = [(hub * size + leaf, hub * size) for hub in range(count) for leaf in range(1, size)]
    links += [(hub * size, (hub + 1) % count * size) for hub in range(count)]
    return Contents(nodes, tuple(Fact("", s, "locatedIn", o, {}, "", (), ()) for s, o in links), (), ())


def contents_of(html: str):
    return json.loads(re.search(r'id="contents">(.*?)</script>', html, re.S)[1])


def test_communities_of_a_large_graph_stand_in_discs_that_keep_apart():
    contents = make_clusters(30, 70)
    network = make_network(contents)
    groups = [one.members for one in group_nodes(network)]
    places = place_nodes(network, groups)
    discs = []
    for group in groups:
        x, y = (sum(places[node][axis] for node in group) / len(group) for axis in (0, 1))
        discs.append((x, y, max(hypot(places[node][0] - x, places[node][1] - y) for node in group)))
    assert len(groups) == 30
    assert all(hypot(a[0] - b[0], a[1] - b[1]) > a[2] + b[2] for a, b in combinations(discs, 2))


def test_communities_have_as_much_modularity_as_those_of_networkx():
    graph = nx.connected_caveman_graph(12, 8)
    graph.add_edges_from((number, (number * 31) % 96) for number in range(0, 96, 3))
    ours = nx.community.modularity(graph, find_communities(graph))
    assert ours > nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=1)) - 0.01


def test_a_community_that_is_cut_still_says_how_large_it_is():
    contents = make_clusters(3, 10)
    communities = group_nodes(make_network(contents))
    part = make_network(keep_nodes(contents, {0, 1, 10, 20}))
    assert [(one.size, one.members) for one in keep_members(communities, {0, 1, 10, 20}, part)] == [
        (10, (0, 1)),
        (10, (2,)),
        (10, (3,)),
    ]


def test_members_that_a_cut_parts_from_their_community_leave_it():
    path = Contents(
        tuple(Node(f"urn:{number}", "名", (), "", (), "") for number in range(4)),
        tuple(Fact("", number, "locatedIn", number + 1, {}, "", (), ()) for number in range(3)),
        (),
        (),
    )
    part = make_network(keep_nodes(path, {0, 1, 3}))
    kept = keep_members([Community(1, 4, (0, 1, 2, 3))], {0, 1, 3}, part)
    assert kept == [Community(1, 4, (0, 1))]


def test_what_is_too_much_for_one_file_becomes_a_part_that_says_so():
    made = lay_out(make_clusters(300, 70), ontology=ONTOLOGY, title="图")
    contents = contents_of(made.html)
    assert (made.shown, made.whole) == (4000, 21_000)
    assert contents["whole"] == {"nodes": 21_000, "facts": 21_000}
    assert len(contents["nodes"]) == 4000
    assert min(one["size"] for one in contents["communities"]) >= 70


@pytest.mark.parametrize("name", ["browser/graph.ttl", "data/small.ttl"])
def test_every_relation_of_the_turtle_is_an_edge_and_counts_agree(name: str):
    store = Store()
    store.load(path=GRAPHS / name, format=RdfFormat.TURTLE)
    contents = contents_of(lay_out(read_contents(store, ONTOLOGY), ontology=ONTOLOGY, title="图").html)
    nodes = [node["iri"] for node in contents["nodes"]]
    shown = [(nodes[fact["s"]], fact["p"], nodes[fact["o"]]) for fact in contents["facts"]]
    asked = """PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT ?s ?p ?o { ?x rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }"""
    start = "https://example.org/kg/ontology#"
    stated = [tuple(term.value.removeprefix(start) for term in row) for row in store.query(asked)]
    direct = {
        (quad.subject.value, relation, quad.object.value)
        for relation in ONTOLOGY.relations()
        for quad in store.quads_for_pattern(None, NamedNode(start + relation), None)
    }
    assert sorted(one for one in shown if one in stated) == sorted(stated)
    both_ways = {*shown, *((o, p, s) for s, p, o in shown if ONTOLOGY.relation(p).symmetric)}
    assert direct <= both_ways
    assert {one for one in shown if one not in stated} <= direct


def test_a_quote_says_on_which_page_of_a_pdf_it_stands_and_an_item_of_wikidata_is_a_link():
    store = Store()
    store.load(path=GRAPHS / "browser/graph.ttl", format=RdfFormat.TURTLE)
    rdf, oa = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/ns/oa#"
    evidence = next(iter(store.quads_for_pattern(None, NamedNode(f"{oa}hasSelector"), None))).subject
    company = NamedNode("https://example.org/kg/id/Company/惠科股份有限公司")
    item = NamedNode("http://www.wikidata.org/entity/Q1")
    store.add(Quad(evidence, NamedNode(f"{oa}hasSelector"), NamedNode("urn:box")))
    store.add(Quad(NamedNode("urn:box"), NamedNode(f"{rdf}value"), Literal("page=2&viewrect=12,30,240,11")))
    store.add(Quad(company, NamedNode("http://www.w3.org/2002/07/owl#sameAs"), item))
    contents = contents_of(lay_out(read_contents(store, ONTOLOGY), ontology=ONTOLOGY, title="图").html)
    quotes = [quote for record in contents["facts"] + contents["figures"] for quote in record.get("quotes", [])]
    assert ["page=2&viewrect=12,30,240,11"] in [quote.get("regions") for quote in quotes]
    assert item.value in next(node["links"] for node in contents["nodes"] if node["iri"] == company.value)
