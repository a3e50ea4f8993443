"""Remakes the pictures of the network in docs/ with headless Chromium, most of them from a graph.html:

.venv/bin/python docs/make_pictures.py [build/graph.html]

The summary of a large graph is one of invented companies, since the example has no thousands.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, sync_playwright
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.iris import KG, NAMESPACES
from kg.ontology import load_ontology
from kg.view import make_view

DOCS = Path(__file__).resolve().parent
SIZE = {"width": 1400, "height": 860}
ID = "https://example.org/kg/id/"
CHOSEN = f"{ID}District/重庆市巴南区"
PATH = [f"{ID}Company/重庆长安汽车股份有限公司", CHOSEN]

# Picture → what stands in the page's address: language, theme, what is chosen.
PICTURES: dict[str, dict[str, str | list[str]]] = {
    "network.png": {"lang": "en", "theme": "light"},
    "network-chosen.png": {"lang": "en", "theme": "light", "node": CHOSEN},
    "network.zh.png": {"lang": "zh", "theme": "light"},
    "network-chosen.zh.png": {"lang": "zh", "theme": "light", "node": CHOSEN},
    "network-dark.png": {"lang": "en", "theme": "dark", "node": CHOSEN},
    "network-path.png": {"lang": "en", "theme": "light", "path": PATH},
    "network-sources.png": {"lang": "en", "theme": "light", "view": "sources", "node": CHOSEN},
}
LARGE: dict[str, dict[str, str | list[str]]] = {"network-large.png": {"lang": "en", "theme": "light"}}

SYLLABLES = "云岭青禾东湖龙泉南屏江源松北金沙白鹭明川永安长宁海棠石桥清溪望城"
TRADES = ("机电", "材料", "物流", "生物", "光电", "食品", "能源", "软件", "装备", "化工")
KINDS = ("扩建项目", "产业园项目", "智能工厂项目", "研发中心项目")
DISTRICTS, COMPANIES = 30, 70


def make_large_store() -> Store:
    """Companies and projects of thirty districts of an invented province, nearly three thousand entities."""
    dice = random.Random(7)
    store = Store()
    named: dict[str, str] = {}

    def add(subject: str, name: str, value: NamedNode | Literal) -> None:
        prefix, _, local = name.partition(":")
        store.add(Quad(NamedNode(subject), NamedNode(NAMESPACES[prefix] + local), value))

    def make(cls: str, *parts: str) -> str:
        while (name := "".join(dice.choice(SYLLABLES) for _ in range(2)) + "".join(parts)) in named.values():
            pass
        iri = f"{ID}{cls}/{name}"
        named[iri] = name
        add(iri, "rdf:type", NamedNode(KG + cls))
        add(iri, "skos:prefLabel", Literal(name, language="zh"))
        return iri

    def link(subject: str, relation: str, object_: str, modality: str = "actual") -> None:
        statement = f"{ID}statement/{len(store)}"
        add(statement, "rdf:subject", NamedNode(subject))
        add(statement, "rdf:predicate", NamedNode(KG + relation))
        add(statement, "rdf:object", NamedNode(object_))
        add(statement, "kg:modality", Literal(modality))

    province = make("District", "省")
    before: list[str] = []
    for _ in range(DISTRICTS):
        district = make("District", "区")
        link(district, "locatedIn", province)
        here: list[str] = []
        for number in range(dice.randint(COMPANIES // 2, COMPANIES)):
            company = make("Company", dice.choice(TRADES), "有限公司")
            link(company, "locatedIn", district)
            if here:
                link(company, "cooperatesWith", here[int(len(here) * dice.random() ** 2)])
            if before and number % 12 == 0:
                link(company, "cooperatesWith", dice.choice(before))
            here.append(company)
            for _ in range(dice.choice((0, 0, 1, 2))):
                project = make("Project", dice.choice(KINDS))
                link(project, "undertakenBy", company, dice.choice(("actual", "planned")))
        before += here[:6]
    return store


def make_pictures(page: Path) -> None:
    """Raises playwright's TimeoutError where the page does not say that it is ready."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        chromium = shutil.which("chromium") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        take_pictures(browser, page, PICTURES)
        large = Path(folder) / "large.html"
        large.write_text(
            make_view(make_large_store(), ontology=load_ontology(), title="虚构的一省企业网络"), encoding="utf-8"
        )
        take_pictures(browser, large, LARGE)
        browser.close()


def take_pictures(browser: Browser, page: Path, pictures: dict[str, dict[str, str | list[str]]]) -> None:
    for name, address in pictures.items():
        tab = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce")
        tab.goto(f"{page.resolve().as_uri()}#{urlencode(address, doseq=True)}")
        tab.wait_for_selector('html[data-ready="true"]')
        tab.wait_for_timeout(500)  # the last frame is drawn after the page is ready
        tab.screenshot(path=DOCS / name)
        tab.close()


if __name__ == "__main__":
    make_pictures(Path(sys.argv[1] if len(sys.argv) > 1 else "build/graph.html"))
