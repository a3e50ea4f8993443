"""What an investigator does with the network page, task by task, in a real browser."""

from __future__ import annotations

import csv
import io
import re
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from test_view_browser import (  # noqa: F401  the fixtures
    HUIKE,
    ID,
    address,
    browser,
    details_of,
    find_by_keyboard,
    folder,
    make_hostile_store,
    open_view,
    playwright,
    pytestmark,
    wait_until,
    write_view,
)

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def page(open_view, address):  # noqa: F811
    return open_view(address)


def saved(page, name: str) -> bytes:
    page.click("#export > summary")
    with page.expect_download() as download:
        page.click(f"#export-{name}")
    return Path(download.value.path()).read_bytes()


def act(page, words: str) -> None:
    page.click(f'#details .actions button:text-is("{words}")')


def test_task_1_huike_by_its_initials(page):
    find_by_keyboard(page, "hk")
    assert page.inner_text("#details h2") == "惠科股份有限公司"


def test_task_2_its_facts_in_banan(page):
    find_by_keyboard(page, "hk")
    cards = page.locator("#details .card", has_text="巴南区")
    assert cards.count() >= 1
    assert cards.locator("mark").count() >= 1


def test_task_3_a_path_with_the_evidence_of_each_step(page):
    find_by_keyboard(page, "渝州专利十强")
    act(page, "找路径")
    assert "路径的另一端" in page.inner_text("#scope")
    page.keyboard.type("巴南区")
    page.keyboard.press("Enter")
    assert page.inner_text("#details h2") == "最短路径"
    steps = page.locator("#details .steps > li")
    assert steps.count() == 2
    for number in range(2):
        assert steps.nth(number).locator("mark").count() >= 1
    assert page.evaluate("app.picked.kind") == "path"
    assert page.is_hidden("#scope")


def test_a_path_that_filters_cut_is_said_not_to_exist(page):
    find_by_keyboard(page, "渝州专利十强")
    act(page, "找路径")
    page.keyboard.type("巴南区")
    page.keyboard.press("Enter")
    page.uncheck('#filters [data-group="relation"] input[data-value="ranked"]')
    assert "没有路径" in details_of(page)


def test_task_4_all_planned_facts(page):
    row = page.locator('#filters [data-group="modality"] .filter', has_text="计划中")
    row.hover()
    row.locator(".only").click()
    page.click("#show-table")
    assert page.locator("#table tbody tr").count() == 2
    assert set(page.locator("#table td.modality").all_inner_texts()) == {"计划中"}


def test_task_5_the_largest_amounts(page):
    page.click("#show-table")
    page.click('#table th[data-column="amount"] button')
    page.click('#table th[data-column="amount"] button')
    amounts = page.locator("#table td.amount").all_inner_texts()
    assert amounts[:2] == ["超120亿元", "约30亿元"]


def test_task_6_one_article_with_its_quotes_in_the_text(page):
    page.click("#show-sources")
    sources = page.locator("#reading .source")
    assert sources.count() == page.evaluate("app.sources.length")
    mark = page.locator("#reading mark").first
    mark.click()
    assert page.locator("#details mark").count() >= 1
    assert page.evaluate("app.picked.kind") == "fact"


def test_task_7_a_link_carries_the_whole_view(page, open_view):  # noqa: F811
    find_by_keyboard(page, "hk")
    act(page, "只看周边")
    act(page, "固定")
    page.fill('[data-date="from"]', "2018-01-01")
    page.dispatch_event('[data-date="from"]', "change")
    page.click("#details .card .record-actions button:text-is('标为有误')")
    copy = open_view(page.url)
    for state in ("app.scope.around", "[...app.scope.pinned]", "app.dates", "[...app.wrong]", "[...app.shownFacts]"):
        assert copy.evaluate(state) == page.evaluate(state), state


def test_task_8_the_table_as_csv(page):
    data = saved(page, "csv").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(data)))
    assert len(rows) == 7
    assert rows[0][:3] == ["主语", "关系", "宾语"]
    assert any("超120亿元" in row for row in rows)


def test_task_9_dark_and_english(page):
    page.click("#theme")
    page.click("#language")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.inner_text("#filters h2") == "Legend and filters"
    assert page.inner_text("#show-timeline") == "Timeline"


def test_task_10_the_keyboard_alone_finds_a_path(page):
    find_by_keyboard(page, "hk")
    page.focus('#details .actions button:text-is("找路径")')
    page.keyboard.press("Enter")
    page.keyboard.type("璧山区")
    page.keyboard.press("Enter")
    assert page.inner_text("#details h2") == "最短路径"


def test_surroundings_grow_are_undone_and_left(page):
    count = "app.shownNodes.size"
    find_by_keyboard(page, "渝州专利十强")
    act(page, "只看周边")
    assert page.evaluate(count) == 2
    find_by_keyboard(page, HUIKE.rpartition("/")[2])
    act(page, "展开相邻")
    assert page.evaluate(count) > 2
    page.click("#scope >> text=撤销")
    assert page.evaluate(count) == 2
    page.click("#scope >> text=显示全图")
    assert page.evaluate(count) == 7


def test_what_is_hidden_goes_with_its_facts_and_comes_back(page):
    find_by_keyboard(page, "hk")
    act(page, "隐藏")
    assert page.evaluate("app.shownNodes.size") == 6
    ends = page.evaluate("[...app.shownFacts].flatMap((id) => endsOf(app.facts[id])).map((id) => app.nodes[id].name)")
    assert "惠科股份有限公司" not in ends
    page.click("#scope >> text=撤销")
    assert page.evaluate("app.shownNodes.size") == 7


def test_what_is_pinned_stays_whatever_is_filtered(page):
    find_by_keyboard(page, "hk")
    act(page, "固定")
    page.uncheck('#filters [data-group="class"] input[data-value="Company"]')
    assert page.evaluate("app.shownNodes.has(app.nodes.find((node) => node.search.includes('hk')).id)")


def test_dates_keep_what_touches_them(page):
    page.fill('[data-date="to"]', "2018-12-31")
    page.dispatch_event('[data-date="to"]', "change")
    dates = page.evaluate("[...app.shownFacts].map((id) => periodOf(app.facts[id])[0])")
    assert dates and all(date <= "2018-12-31" for date in dates)


def test_marks_become_lines_of_yaml_that_hold_hostile_names(open_view, folder):  # noqa: F811
    page = open_view(write_view(make_hostile_store(), folder / "marks.html"))
    page.evaluate("app.facts.forEach(({ id }) => toggleWrong(id)); markSame(0, 1)")
    lines = yaml.safe_load(page.evaluate("curationLines(app)"))
    facts = page.evaluate("app.facts.map(({ s, o, p }) => [app.nodes[s].name, p, app.nodes[o].name])")
    assert [[one["subject"], one["relation"], one["object"]] for one in lines["wrong"]] == facts
    assert lines["same"] == [{"class": "Company", "names": page.evaluate("[app.nodes[0].name, app.nodes[1].name]")}]
    assert page.evaluate("window.pwned") is None


def test_a_citation_has_the_words_and_the_article(page):
    find_by_keyboard(page, "渝州专利十强")
    page.click("#details >> text=复制引文")
    wait_until(page, "document.getElementById('notice').textContent === '已复制'")
    citation = page.evaluate("citationOf(app, app.facts.find(({ p }) => p === 'ranked'))")
    assert re.fullmatch("“惠科以410件位列第七”——《专利十强出炉》，2021-04-30", citation)


def test_exports_are_well_formed_even_with_hostile_names(open_view, folder):  # noqa: F811
    page = open_view(write_view(make_hostile_store(), folder / "export.html"))
    gexf, svg = (ElementTree.fromstring(saved(page, name)) for name in ("gexf", "svg"))
    space = "{http://gexf.net/1.3}"
    assert len(gexf.findall(f".//{space}node")) == page.evaluate("app.nodes.length")
    assert len(gexf.findall(f".//{space}edge")) == page.evaluate("app.facts.length")
    assert {one.tag.partition("}")[2] for one in svg.iter()} <= {
        *("svg", "title", "defs", "marker", "path", "rect", "circle", "polygon", "text"),
    }
    assert not [key for one in svg.iter() for key in one.attrib if key.startswith("on") or "href" in key]
    assert saved(page, "png").startswith(b"\x89PNG")
    assert page.seen.errors == []


def test_the_timeline_is_in_order_and_complete(page):
    page.click("#show-timeline")
    headings = page.locator("#reading .timeline > li > h3")
    days = headings.evaluate_all("(all) => all.map((one) => one.firstChild.textContent)")
    dated = [day for day in days if re.match(r"\d", day)]
    assert dated == sorted(dated)
    assert page.locator("#reading .timeline [data-fact]").count() == 6


@pytest.mark.parametrize("view", ["network", "table", "timeline", "sources"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(open_view, address, view, theme):  # noqa: F811
    page = open_view(f"{address}#theme={theme}&view={view}&node={HUIKE}")
    page.evaluate(AXE)
    found = page.evaluate("axe.run().then(({ violations }) => violations)")
    grave = {one["id"]: one["nodes"] for one in found if one["impact"] in ("serious", "critical")}
    assert grave == {}
