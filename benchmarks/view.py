"""How soon the network page can be used beside pyvis's own default page for the same graph, in headless Chromium.

Usage: python benchmarks/view.py [--nodes 1000] [--own-only]

Prints for each page: seconds of Python, megabytes, seconds until it can be used (ours: `data-ready`; pyvis: the picture
has come to rest), milliseconds of a frame while panning and, for ours, from a choice to its details. Needs playwright.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, TimeoutError, sync_playwright
from pyoxigraph import Literal, NamedNode, Quad, Store
from pyvis.network import Network

from kg.iris import KG, NAMESPACES
from kg.ontology import load_ontology
from kg.view import make_view

ID = "https://example.org/kg/id/"
LONGEST = 240
"""Seconds to wait for a page."""


def make_links(nodes: int) -> list[tuple[int, int]]:
    """Two links for each node but the first: to earlier ones, of which the first are the favourites."""
    dice = random.Random(1)
    return [(number, int(number * dice.random() ** 2)) for number in range(1, nodes) for _ in range(2)]


def make_store(nodes: int) -> Store:
    store = Store()

    def add(subject: str, name: str, value: NamedNode | Literal) -> None:
        prefix, _, local = name.partition(":")
        store.add(Quad(NamedNode(subject), NamedNode(NAMESPACES[prefix] + local), value))

    for number in range(nodes):
        add(f"{ID}Company/{number}", "rdf:type", NamedNode(f"{KG}Company"))
        add(f"{ID}Company/{number}", "skos:prefLabel", Literal(f"样本企业第{number}号", language="zh"))
    for number, (one, other) in enumerate(make_links(nodes)):
        statement = f"{ID}statement/{number}"
        add(statement, "rdf:subject", NamedNode(f"{ID}Company/{one}"))
        add(statement, "rdf:predicate", NamedNode(f"{KG}cooperatesWith"))
        add(statement, "rdf:object", NamedNode(f"{ID}Company/{other}"))
        add(statement, "kg:modality", Literal("actual"))
    return store


def make_own(nodes: int) -> str:
    return make_view(make_store(nodes), ontology=load_ontology(), title="图")


def make_default(nodes: int) -> str:
    """pyvis as people use it, but for the scripts from the network, which are inlined."""
    net = Network(cdn_resources="in_line")
    net.add_nodes(list(range(nodes)), label=[f"样本企业第{number}号" for number in range(nodes)])
    for one, other in make_links(nodes):
        net.add_edge(one, other)
    return str(net.generate_html())


def measure_frame(page: Page) -> float:
    """Milliseconds between frames while the picture is dragged, the median."""
    return float(
        page.evaluate(
            """(name) => new Promise((resolve) => {
            const network = name ? drawing.network : window.network;
            const times = [];
            const step = (now) => {
                times.push(now);
                const { x, y } = network.getViewPosition();
                network.moveTo({ position: { x: x + 8, y }, animation: false });
                if (times.length < 30) { requestAnimationFrame(step); return; }
                const gaps = times.slice(1).map((time, place) => time - times[place]).sort((a, b) => a - b);
                resolve(gaps[Math.floor(gaps.length / 2)]);
            };
            requestAnimationFrame(step); })""",
            page.evaluate("typeof drawing !== 'undefined'"),
        )
    )


def measure_click(page: Page) -> float:
    """Milliseconds from a choice to its details, painted."""
    return float(
        page.evaluate(
            """() => new Promise((resolve) => {
            const start = performance.now();
            app.pick("node", app.nodes.reduce((a, b) => (b.degree > a.degree ? b : a)).id);
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start))); })"""
        )
    )


def measure(page: Page, name: str, make: Callable[[int], str], nodes: int, folder: Path) -> None:
    start = time.perf_counter()
    html = make(nodes)
    python = time.perf_counter() - start
    path = folder / f"{name}.html"
    path.write_text(html, encoding="utf-8")
    own = name == "kg"
    start = time.perf_counter()
    page.goto(path.as_uri(), wait_until="commit", timeout=LONGEST * 1000)
    try:
        if own:
            page.wait_for_selector('html[data-ready="true"]', state="attached", timeout=LONGEST * 1000)
        else:
            settled = "() => typeof network !== 'undefined' && network && network.physics.stabilized"
            page.wait_for_function(settled, timeout=LONGEST * 1000)
        used = f"{time.perf_counter() - start:6.1f}"
    except TimeoutError:
        used = f"> {LONGEST:4}"
    click = f"{measure_click(page):5.0f}" if own else "    –"
    print(f"{name:6} {python:8.1f} s {len(html) / 1e6:6.1f} MB {used} s {measure_frame(page):6.0f} ms {click} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--nodes", type=int, default=1000)
    parser.add_argument("--own-only", action="store_true", help="without pyvis's own page")
    arguments = parser.parse_args()
    print("page     python       size  usable   frame   details")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        chromium = shutil.which("chromium") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, make in (("kg", make_own), ("pyvis", make_default))[: 1 if arguments.own_only else 2]:
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.context.set_offline(True)
            measure(page, name, make, arguments.nodes, Path(folder))
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
