"""The network view in a real browser: what a reader sees, finds and reads, and what hostile text cannot do."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from urllib.parse import quote

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from kg.iris import KG, NAMESPACES
from kg.ontology import load_ontology
from kg.view import make_view
from kg.view.packing import Box

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
GRAPH = Path(__file__).with_name("graph.ttl")
ID = "https://example.org/kg/id/"
HUIKE = f"{ID}Company/惠科股份有限公司"

if CHROMIUM is None and os.environ.get("KG_REQUIRE_BROWSER") == "1":
    raise RuntimeError("KG_REQUIRE_BROWSER=1, but there is no Chromium: apt-get install chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium")


@dataclass
class Seen:
    """What a page did besides showing itself."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def browser() -> Iterator:
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("view")


def write_view(store: Store, path: Path) -> str:
    path.write_text(make_view(store, ontology=load_ontology(), title="渝州关系图谱"), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def address(folder: Path) -> str:
    store = Store()
    store.load(path=GRAPH, format=RdfFormat.TURTLE)
    return write_view(store, folder / "graph.html")


@pytest.fixture
def open_view(browser) -> Iterator[Callable]:
    contexts = []

    def open_(address: str, *, locale: str = "zh-CN", dark: bool = False):
        context = browser.new_context(
            locale=locale, color_scheme="dark" if dark else "light", viewport={"width": 1280, "height": 800}
        )
        contexts.append(context)
        page = context.new_page()
        page.seen = Seen()
        page.on("request", lambda request: page.seen.requests.append(request.url))
        page.on("console", lambda one: page.seen.errors.append(one.text) if one.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: page.seen.errors.append(str(error)))
        page.goto(address)
        page.wait_for_selector('html[data-ready="true"]')
        return page

    yield open_
    for context in contexts:
        context.close()


def wait_until(page, condition: str) -> None:
    """Asks from outside, since the page's policy lets nothing be evaluated while it runs."""
    for _ in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(100)
    raise AssertionError(condition)


def details_of(page) -> str:
    return page.inner_text("#details")


def find_by_keyboard(page, words: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def labels_of(page) -> dict[str, list[float]]:
    wait_until(page, "drawing.labels().length > 0")
    labels = page.evaluate("drawing.labels().map(({ id, box }) => [app.nodes[id].name, box])")
    return dict(labels)


def test_the_page_asks_for_nothing_and_complains_of_nothing(open_view, address):
    page = open_view(address)
    find_by_keyboard(page, "hk")
    page.click("#show-table")
    page.click("#theme")
    page.click("#language")
    page.wait_for_timeout(300)
    assert [url for url in page.seen.requests if not url.startswith((address, "data:"))] == []
    assert page.seen.errors == []


def test_first_sight_shows_title_source_date_counts_and_labels(open_view, address):
    page = open_view(address)
    assert page.inner_text("h1") == "渝州关系图谱"
    assert page.inner_text("#meta") == "渝州日报 · 2021-04-29 – 2021-04-30 · 2 篇报道 · 7 个实体 · 6 条事实 · 1 个数据"
    assert {"惠科股份有限公司", "巴南区"} <= labels_of(page).keys()


def test_labels_do_not_overlap_and_stay_on_the_screen(open_view, address):
    page = open_view(address)
    labels = labels_of(page)
    width = page.evaluate("document.getElementById('canvas').clientWidth")
    assert len(labels) == 7
    assert not any(a.overlaps(b) for a, b in combinations([Box(*box) for box in labels.values()], 2))
    assert all(box[0] >= 0 and box[2] <= width for box in labels.values())


def test_something_is_painted(open_view, address):
    colours = open_view(address).evaluate(
        """() => { const canvas = document.querySelector("#canvas canvas");
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        return new Set(new Uint32Array(data.buffer)).size; }"""
    )
    assert colours > 20


@pytest.mark.parametrize("words", ["hk", "huike", "惠科", "HuiKe ", "惠科股份有限公司"])
def test_a_company_is_found_by_initials_pinyin_and_names(open_view, address, words):
    page = open_view(address)
    find_by_keyboard(page, words)
    assert page.inner_text("#details h2") == "惠科股份有限公司"


def test_arrows_choose_among_suggestions_and_escape_leaves(open_view, address):
    page = open_view(address)
    page.keyboard.press("/")
    page.keyboard.type("hk")
    page.keyboard.press("ArrowDown")
    assert page.inner_text('#found [aria-selected="true"] .name') == "惠科显示模组项目"
    page.keyboard.press("Escape")
    assert page.is_hidden("#found")


def test_a_search_without_match_says_so(open_view, address):
    page = open_view(address)
    page.fill("#search", "qqqq")
    assert page.inner_text("#found") == "没有找到"


def test_details_show_names_facts_by_relation_qualifiers_and_figures(open_view, address):
    page = open_view(address)
    find_by_keyboard(page, "hk")
    text = details_of(page)
    for words in ("惠科", HUIKE, "签约", "上榜", "超120亿元", "约30亿元", "2018-06", "计划中", "被否认", "第 7 名",
                  "有效发明专利量", "410 件", "惠科再投巴南", "渝州日报", "0.95"):  # fmt: skip
        assert words in text, words
    assert page.locator("#details .group").count() == 4


def test_a_quote_is_marked_in_its_sentence(open_view, address):
    page = open_view(address)
    find_by_keyboard(page, "hk")
    quotes = set(re.findall(r'oa:exact "(.*?)"', GRAPH.read_text(encoding="utf-8")))
    assert set(page.locator("#details mark").all_inner_texts()) == quotes
    assert "有传言称惠科将迁往璧山，公司予以否认。" in page.locator("#details blockquote").all_inner_texts()


def test_a_click_on_a_node_and_on_a_line_shows_them(open_view, address):
    page = open_view(address)
    node, edge = page.evaluate(
        """() => { const box = document.getElementById("canvas").getBoundingClientRect();
        const at = (place) => {
            const { x, y } = drawing.network.canvasToDOM({ x: place.x, y: place.y });
            return [box.left + x, box.top + y]; };
        const line = app.facts.find((fact) => fact.p === "ranked");
        const company = app.nodes.find((node) => node.cls === "Company");
        return [at(drawing.position(company.id)), at(drawing.pointOn(line.id, 0.5))]; }"""
    )
    page.mouse.click(*node)
    page.wait_for_selector("#details .group")
    assert page.inner_text("#details h2") == "惠科股份有限公司"
    page.mouse.click(*edge)
    page.wait_for_selector("#details .ends")
    assert page.inner_text("#details h2") == "上榜"
    assert page.locator("#details mark").all_inner_texts() == ["惠科以410件位列第七"]


def test_what_is_not_next_to_the_picked_node_loses_its_label(open_view, address):
    page = open_view(address)
    find_by_keyboard(page, "渝州专利十强")
    wait_until(page, "drawing.labels().length === 2")
    assert labels_of(page).keys() == {"渝州专利十强", "惠科股份有限公司"}


def test_planned_lines_are_dashed_and_denied_ones_dotted(open_view, address):
    page = open_view(address)
    lines = page.evaluate(
        """() => app.facts.map((fact) =>
            [fact.qualifiers.modality, svgLine(fact, readPalette()).getAttribute("stroke-dasharray")])"""
    )
    dashes = dict(lines)
    assert dashes["actual"] is None
    assert dashes["planned"] and dashes["denied"] and dashes["planned"] != dashes["denied"]


@pytest.mark.parametrize(
    ("group", "value", "facts", "nodes"),
    [
        ("modality", "planned", 4, 5),
        ("relation", "signedWith", 4, 6),
        ("class", "Company", 1, 6),
        ("article", f"{ID}article/a1", 1, 2),
    ],
)
def test_a_filter_hides_facts_and_says_how_many(open_view, address, group, value, facts, nodes):
    page = open_view(address)
    page.uncheck(f'#filters [data-group="{group}"] input[data-value="{value}"]')
    assert page.inner_text("#status") == f"显示 7 个实体中的 {nodes} 个，6 条事实中的 {facts} 条"
    assert page.evaluate("drawing.shown.edges.size") == facts


def test_a_filter_can_be_taken_alone_and_cleared(open_view, address):
    page = open_view(address)
    row = page.locator('#filters [data-group="modality"] .filter', has_text="计划中")
    row.hover()
    row.locator(".only").click()
    assert "6 条事实中的 2 条" in page.inner_text("#status")
    page.click("text=清除全部筛选")
    assert "6 条事实中的 6 条" in page.inner_text("#status")


def test_a_link_restores_selection_filters_language_and_theme(open_view, address):
    page = open_view(address)
    find_by_keyboard(page, "hk")
    page.uncheck('#filters [data-group="modality"] input[data-value="denied"]')
    page.click("#language")
    page.click("#theme")
    copy = open_view(page.url)
    assert copy.inner_text("#details h2") == "惠科股份有限公司"
    assert copy.inner_text("#status") == "5 of 7 entities, 5 of 6 facts"
    assert copy.evaluate("document.documentElement.dataset.theme") == "dark"


def test_back_returns_to_what_was_picked_before(open_view, address):
    page = open_view(address)
    find_by_keyboard(page, "hk")
    find_by_keyboard(page, "璧山区")
    page.go_back()
    wait_until(page, "document.querySelector('#details h2').textContent === '惠科股份有限公司'")


@pytest.mark.parametrize(
    "hash_", ["#node=nobody", "#fact=-1", "#no-class=%00&confidence=x&lang=xx&theme=yy", "#%E0%A4%A"]
)
def test_an_odd_address_gives_the_whole_graph(open_view, address, hash_):
    page = open_view(address + hash_)
    assert "主要实体" in details_of(page)
    assert page.seen.errors == []


@pytest.mark.parametrize(
    ("locale", "words"), [("zh-CN", "图例与筛选"), ("en-GB", "Legend and filters"), ("fr-FR", "Legend and filters")]
)
def test_the_interface_speaks_the_browser_s_language(open_view, address, locale, words):
    assert open_view(address, locale=locale).inner_text("#filters h2") == words


def test_the_legend_has_both_languages(open_view, address):
    row = open_view(address).inner_text('#filters [data-group="class"] .filter:has(input[data-value="Company"])')
    assert "企业" in row and "company" in row


@pytest.mark.parametrize("dark", [False, True])
def test_it_is_as_dark_as_the_device(open_view, address, dark):
    page = open_view(address, dark=dark)
    red = int(page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0]"))
    assert (red < 60) is dark


def test_the_table_says_the_same(open_view, address):
    page = open_view(address + "#view=table")
    rows = page.locator("#table tbody tr")
    assert rows.count() == 6
    assert "超120亿元" in page.inner_text(f'#table tr[data-fact="{ID}statement/s1"]')
    page.click('#table th[data-column="amount"] button')
    page.click('#table th[data-column="amount"] button')
    assert "超120亿元" in rows.first.inner_text()
    assert page.get_attribute('#table th[data-column="amount"]', "aria-sort") == "descending"


def test_the_keyboard_alone_reaches_a_neighbour_and_leaves(open_view, address):
    page = open_view(address)
    find_by_keyboard(page, "hk")
    names = set()
    for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
        names.add(page.inner_text("#details h2"))
    assert len(names) > 1
    page.keyboard.press("Escape")
    assert "主要实体" in details_of(page)


def test_the_first_tab_stop_leads_to_the_table(open_view, address):
    page = open_view(address)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.is_visible("#table table")


def test_links_are_web_addresses_that_know_nothing_of_us(open_view, address):
    page = open_view(address)
    find_by_keyboard(page, "hk")
    links = page.evaluate("[...document.querySelectorAll('#details a')].map((a) => [a.getAttribute('href'), a.rel])")
    assert {rel for _, rel in links} == {"noopener noreferrer"}
    assert [link for link, _ in links] == [HUIKE, "https://example.com/huike"]


def test_an_empty_graph_says_that_it_is_empty(open_view, folder):
    page = open_view(write_view(Store(), folder / "empty.html"))
    assert "图中没有实体" in details_of(page)
    page.click("#language")
    page.click("#show-table")
    page.keyboard.press("Escape")
    assert page.seen.errors == []


HOSTILE = [
    "<img src=x onerror=window.pwned=1>",
    "</script><script>window.pwned=2</script>",
    "javascript:window.pwned=3",
    "<a href='javascript:window.pwned=4'>href heading</a>",
    "{{constructor.constructor('window.pwned=5')()}}{% include 'x' %}",
    "行\u2028分\u2029隔\"'`${window.pwned=6}",
    "__proto__",
    "--><!--<script>",
    "<svg><style><img onload=window.pwned=7>",
    "长" * 500,
    "\u202e\u200b\ufeff",
]


def make_hostile_store() -> Store:
    """Hostile text wherever a graph has text: names, other names, headlines, bodies, quotes, rules, values, links."""
    store = Store()
    for number, text in enumerate(HOSTILE):
        node = {
            kind: f"{ID}{kind}/{number}" for kind in ("statement", "evidence", "article", "selector", "observation")
        }
        entity = f"{ID}Company/{quote(text)}"
        relation = KG + "signedWith" if number % 2 else "javascript:window.pwned=9"
        links = {
            entity: {
                "rdf:type": KG + "Company",
                "owl:sameAs": "javascript:window.pwned=8",
                "rdfs:seeAlso": "data:text/html,x",
            },
            node["statement"]: {
                **{"rdf:subject": entity, "rdf:predicate": relation, "rdf:object": f"{ID}District/重庆市"},
                "prov:wasDerivedFrom": node["evidence"],
            },
            node["evidence"]: {"oa:hasSource": node["article"], "oa:hasSelector": node["selector"]},
            node["observation"]: {"kg:of": entity},
        }
        texts = {
            entity: "skos:prefLabel skos:altLabel rdfs:seeAlso kg:adcode",
            node[
                "statement"
            ]: "kg:modality kg:role kg:purpose kg:metric kg:amount kg:currency kg:amountQualifier kg:onDate"
            " kg:position kg:confidence kg:about prov:wasAttributedTo",
            node["evidence"]: "kg:extractedBy kg:confidence",
            node["selector"]: "oa:exact oa:start oa:end",
            node[
                "article"
            ]: "schema:headline schema:alternativeHeadline schema:articleBody schema:datePublished schema:author",
            node["observation"]: "kg:measure kg:value kg:unit kg:period kg:dimension",
        }
        for subject, values in links.items():
            for name, value in values.items():
                add(store, subject, name, NamedNode(value))
        for subject, names in texts.items():
            for name in names.split():
                add(store, subject, name, Literal(text))
    return store


def add(store: Store, subject: str, name: str, value: NamedNode | Literal) -> None:
    prefix, _, local = name.partition(":")
    store.add(Quad(NamedNode(subject), NamedNode(NAMESPACES[prefix] + local), value))


def test_hostile_text_runs_nothing_wherever_it_stands(open_view, folder):
    page = open_view(write_view(make_hostile_store(), folder / "hostile.html"))
    count = page.evaluate("app.nodes.length")
    assert count == len(HOSTILE) + 1
    for node in range(count):
        page.evaluate("(id) => app.pick('node', id, { move: true })", node)
    for fact in range(len(HOSTILE)):
        page.evaluate("(id) => app.pick('fact', id)", fact)
    page.fill("#search", "<")
    page.mouse.move(600, 400)
    page.click("#show-table")
    page.click("#language")
    page.wait_for_timeout(300)
    assert page.evaluate("window.pwned") is None
    assert page.seen.errors == []
    assert all(url.startswith(("file:", "data:,")) for url in page.seen.requests)
    assert page.locator("main img, aside img, main script, aside script").count() == 0
    addresses = page.evaluate("[...document.querySelectorAll('a[href]')].map((link) => link.getAttribute('href'))")
    assert all(re.match("https?:|#", address) for address in addresses)


def test_hostile_names_are_shown_as_they_are(open_view, folder):
    page = open_view(write_view(make_hostile_store(), folder / "hostile.html"))
    for text in HOSTILE[:5]:
        page.evaluate("(name) => app.pick('node', app.nodes.find((node) => node.name === name).id)", text)
        assert page.evaluate("document.querySelector('#details h2').textContent") == text


def test_the_policy_stops_a_script_that_gets_in_all_the_same(open_view, address):
    page = open_view(address)
    blocked = page.evaluate(
        """() => new Promise((resolve) => {
        const blocked = [];
        addEventListener("securitypolicyviolation", (event) => blocked.push(event.violatedDirective));
        document.getElementById("details").innerHTML = '<img src="x" onerror="window.pwned=1">';
        document.body.append(Object.assign(document.createElement("script"), { textContent: "window.pwned=2" }));
        setTimeout(() => resolve(blocked), 300); })"""
    )
    assert page.evaluate("window.pwned") is None
    assert {"img-src", "script-src-elem"} <= set(blocked)


def test_three_hundred_neighbours_are_read_in_portions(open_view, folder):
    store = Store()
    for number in range(300):
        for name, value in {
            "rdf:subject": f"urn:n{number}",
            "rdf:predicate": f"{KG}locatedIn",
            "rdf:object": "urn:hub",
        }.items():
            add(store, f"urn:s{number}", name, NamedNode(value))
    page = open_view(write_view(store, folder / "hub.html"))
    find_by_keyboard(page, "urn:hub")
    assert page.locator("#details .card").count() == 20
    page.click("#details .wide")
    assert page.locator("#details .card").count() == 220
