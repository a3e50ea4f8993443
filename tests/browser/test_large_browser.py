"""Graphs that are large or odd, in a real browser: a summary that opens on demand, and a page whatever the input."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store
from test_view_browser import (  # noqa: F401  the fixtures
    add,
    browser,
    details_of,
    find_by_keyboard,
    folder,
    open_view,
    playwright,
    pytestmark,
    wait_until,
    write_view,
)

from kg.iris import KG

SIZE, GROUPS = 90, 24


def add_fact(store: Store, number: int, one: str, other: str) -> None:
    ends = {"rdf:subject": one, "rdf:predicate": f"{KG}cooperatesWith", "rdf:object": other}
    for name, value in ends.items():
        add(store, f"urn:s{number}", name, NamedNode(value))


def make_clusters() -> Store:
    """2,160 entities: stars whose hubs and some leaves form rings; each leaf but eight is linked to the one before."""
    store = Store()
    links = []
    for group in range(GROUPS):
        links += [(f"urn:g{group}", f"urn:g{group}-{leaf}") for leaf in range(1, SIZE)]
        links += [(f"urn:g{group}-{leaf}", f"urn:g{group}-{leaf - 1}") for leaf in range(2, SIZE - 8)]
        following = (group + 1) % GROUPS
        links.append((f"urn:g{group}", f"urn:g{following}"))
        links += [(f"urn:g{group}-{leaf}", f"urn:g{following}-{leaf}") for leaf in range(50, 55)]
    for number, (one, other) in enumerate(links):
        add_fact(store, number, one, other)
    return store


@pytest.fixture(scope="module")
def large(folder):  # noqa: F811
    return write_view(make_clusters(), folder / "large.html")


def drawn(page) -> tuple[int, int, int]:
    """Entities, facts and discs that are drawn."""
    return tuple(page.evaluate("[drawing.shown.nodes.size, drawing.shown.edges.size, drawing.shown.folds.length]"))


def test_a_large_graph_opens_on_its_communities_and_their_leading_members(open_view, large):  # noqa: F811
    page = open_view(large)
    nodes, _, folds = drawn(page)
    assert (folds, nodes) == (GROUPS, 3 * GROUPS)
    assert page.evaluate("drawing.shown.folds.reduce((sum, { count }) => sum + count, 0)") == GROUPS * (SIZE - 3)
    assert f"{GROUPS * SIZE} 个实体" in page.inner_text("#scope")
    assert page.evaluate("drawing.shown.bundles.length") > 0
    assert page.seen.errors == []


def test_a_disc_opens_folds_its_leaves_and_closes_again(open_view, large):  # noqa: F811
    page = open_view(large)
    page.evaluate("app.pick('fold', app.communities[0].key)")
    size = page.evaluate("app.communities[0].size")
    assert f"{size} 个实体" in details_of(page)
    page.click('#details .actions button:text-is("展开")')
    nodes, _, folds = drawn(page)
    assert nodes == 3 * GROUPS + size - 3 - 8
    assert folds == GROUPS
    leaves = page.evaluate("drawing.shown.folds.find(({ key }) => key.startsWith('leaves:'))")
    assert leaves["count"] == 8 and leaves["label"] == "+8"
    copy = open_view(page.url)
    assert drawn(copy) == drawn(page)
    page.click("#scope >> text=撤销")
    assert drawn(page)[0] == 3 * GROUPS


def test_a_double_click_opens_a_disc(open_view, large):  # noqa: F811
    page = open_view(large)
    spot = page.evaluate(
        """() => { const { left, top } = document.getElementById("canvas").getBoundingClientRect();
        const fold = drawing.shown.folds[0];
        const far = fold.radius * 0.85;
        const free = [0, 1, 2, 3, 4, 5, 6, 7].map((turn) => turn * Math.PI / 4)
            .map((turn) => ({ x: fold.x + far * Math.cos(turn), y: fold.y + far * Math.sin(turn) }))
            .find(({ x, y }) => [...drawing.shown.nodes].every((id) => Math.hypot(drawing.position(id).x - x,
                drawing.position(id).y - y) * drawing.network.getScale() > 12));
        const { x, y } = drawing.network.canvasToDOM(free);
        return [left + x, top + y]; }"""
    )
    page.mouse.dblclick(*spot)
    wait_until(page, "app.scope.open.size === 1")
    assert drawn(page)[0] > 3 * GROUPS


def test_search_and_paths_know_the_whole_of_a_folded_graph(open_view, large):  # noqa: F811
    page = open_view(large)
    find_by_keyboard(page, "urn:g5-40")
    assert page.inner_text("#details h2") == "urn:g5-40"
    assert page.evaluate("drawing.shown.nodes.has(app.picked.id)")
    page.click('#details .actions button:text-is("找路径")')
    page.keyboard.type("urn:g7-41")
    page.keyboard.press("Enter")
    assert page.locator("#details .steps").first.locator("> li").count() == 4
    assert page.evaluate("[...app.focused].every((id) => drawing.shown.nodes.has(id))")
    page.keyboard.press("Escape")
    assert drawn(page)[0] == 3 * GROUPS


def test_the_table_of_a_folded_graph_has_every_fact(open_view, large):  # noqa: F811
    page = open_view(large)
    facts = page.evaluate("app.facts.length")
    assert page.evaluate("tableCsv(app).trim().split('\\r\\n').length") == facts + 1
    assert f"{facts} 条事实中的 {facts} 条" in page.inner_text("#status")


def test_filters_that_leave_little_unfold_it(open_view, large):  # noqa: F811
    page = open_view(large)
    row = page.locator('#filters [data-group="community"] .filter').first
    row.hover()
    row.locator(".only").click()
    assert drawn(page) == (page.evaluate("app.shownNodes.size"), page.evaluate("app.shownFacts.size"), 0)


def test_everything_can_be_shown_all_the_same(open_view, large):  # noqa: F811
    page = open_view(large)
    page.click("#scope >> text=显示全图")
    assert drawn(page)[0] == GROUPS * SIZE
    assert page.seen.errors == []


def make_names(*names: str) -> Store:
    store = Store()
    for number, name in enumerate(names):
        add(store, f"urn:n{number}", "rdf:type", NamedNode(f"{KG}Company"))
        add(store, f"urn:n{number}", "skos:prefLabel", Literal(name))
        add_fact(store, number, f"urn:n{number}", "urn:hub")
    return store


def make_star(leaves: int) -> Store:
    store = Store()
    for number in range(leaves):
        add_fact(store, number, f"urn:n{number}", "urn:hub")
    return store


def make_parallel(count: int) -> Store:
    store = Store()
    for number in range(count):
        add_fact(store, number, "urn:a", "urn:b")
    return store


def make_lonely() -> Store:
    store = Store()
    for number in range(40):
        add(store, f"urn:n{number}", "rdf:type", NamedNode(f"{KG}Company"))
    return store


def make_foreign() -> Store:
    store = Store()
    text = """@prefix foaf: <http://xmlns.com/foaf/0.1/> .
        <urn:ann> a foaf:Person ; foaf:name "Ann" ; foaf:knows <urn:bob>, [ foaf:name "Cem" ] ; foaf:age 30 .
        <urn:bob> foaf:knows <urn:ann>, <urn:bob> ."""
    store.load(text.encode(), format=RdfFormat.TURTLE)
    return store


@pytest.mark.parametrize(
    ("make", "nodes", "facts"),
    [
        (make_lonely, 40, 0),
        (lambda: make_names("长" * 500, "", " ", "W" * 500), 5, 4),
        (lambda: make_parallel(3000), 2, 3000),
        (make_foreign, 3, 4),
        (lambda: make_star(20_000), 4000, 3999),
    ],
    ids=["no edges", "labels of 500 characters and none", "3,000 parallel edges", "foreign RDF", "20,000 neighbours"],
)
def test_odd_graphs_give_a_page_that_can_be_used(open_view, folder, make, nodes, facts):  # noqa: F811
    page = open_view(write_view(make(), folder / "odd.html"))
    assert page.evaluate("[app.nodes.length, app.facts.length]") == [nodes, facts]
    page.evaluate("app.pick('node', 0, { move: true })")
    assert page.locator("#details h2").count() == 1
    page.click("#show-table")
    assert page.locator("#table tbody tr").count() == min(facts, 300)
    page.click("#show-network")
    page.keyboard.press("Escape")
    page.wait_for_timeout(200)
    assert page.evaluate("drawing.labels().length") > 0
    assert page.seen.errors == []


def test_foreign_things_are_called_by_their_names(open_view, folder):  # noqa: F811
    page = open_view(write_view(make_foreign(), folder / "foreign.html"))
    assert page.evaluate("app.nodes.map(({ name }) => name).sort()") == ["Ann", "Cem", "urn:bob"]
    assert page.inner_text('#filters [data-group="relation"] .name') == "knows"


def test_a_page_that_is_cut_says_so(open_view, folder):  # noqa: F811
    page = open_view(write_view(make_star(20_000), folder / "cut.html"))
    assert "20001 个实体、20000 条事实" in page.inner_text("#scope")
