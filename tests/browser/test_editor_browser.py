"""The query editor of `kg serve` in a real browser: it works, without asking any other server."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium")
ROOT = Path(__file__).parent.parent.parent
GRAPH = ROOT / "tests" / "data" / "small.ttl"


@pytest.fixture(scope="module")
def url():
    command = [sys.executable, "-m", "kg", "serve", "--graph", str(GRAPH), "--port", "0"]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    server = subprocess.Popen(command, env=env, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    address = next(found[1] for line in server.stderr if (found := re.search(r"running on (http://\S+)", line)))
    threading.Thread(target=server.stderr.read, daemon=True).start()
    yield address
    server.send_signal(signal.SIGTERM)
    server.wait(30)


@pytest.fixture
def page():
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--headless", "--no-sandbox"])
        yield browser.new_page()
        browser.close()


def test_the_editor_asks_a_question_of_the_library_and_no_other_server(url, page):
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{url}/?q=signing-totals")
    page.wait_for_selector("html[data-ready=true]")
    assert "?partners" in page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")
    page.click(".yasqe_queryButton")
    page.wait_for_selector(".yasr table >> text=青禾新材料股份有限公司")
    assert errors == []
    assert [one for one in asked if not one.startswith((url, "data:", "blob:"))] == []


@pytest.mark.parametrize(
    ("typed", "offered"), [("kg:signed", "kg:signedWith"), ("签约", "kg:signedWith"), ("skos:pre", "skos:prefLabel")]
)
def test_the_editor_offers_the_words_of_the_ontology(typed, offered, url, page):
    page.goto(url)
    page.wait_for_selector("html[data-ready=true]")
    page.evaluate("document.querySelector('.CodeMirror').CodeMirror.setValue('SELECT * { ?a ')")
    page.evaluate(
        "(e => { e.focus(); e.setCursor(e.lineCount(), 0) })(document.querySelector('.CodeMirror').CodeMirror)"
    )
    page.keyboard.press("End")
    page.keyboard.insert_text(typed)
    page.keyboard.press("Control+Space")
    for _ in range(100):
        if hint := page.query_selector(f".CodeMirror-hints >> text={offered}"):
            hint.click()
        if offered in (text := page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")):
            break
        page.wait_for_timeout(100)
    assert text.rstrip() == f"SELECT * {{ ?a {offered}"


def test_a_page_of_a_thing_is_readable(url, page):
    page.goto(f"{url}/kg/id/Company/青禾新材料股份有限公司")
    assert page.inner_text("h1") == "青禾新材料股份有限公司"
    page.click("text=东湖区 >> nth=0")
    assert page.inner_text("h1") == "东湖区"
