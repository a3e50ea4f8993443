"""Remakes the pictures of the network in docs/ from a graph.html, with headless Chromium:

.venv/bin/python docs/make_pictures.py [build/graph.html]
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import sync_playwright

DOCS = Path(__file__).resolve().parent
SIZE = {"width": 1400, "height": 860}
CHOSEN = "https://example.org/kg/id/District/重庆市巴南区"
PATH = ["https://example.org/kg/id/Company/重庆长安汽车股份有限公司", CHOSEN]

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


def make_pictures(page: Path) -> None:
    """Raises playwright's TimeoutError where the page does not say that it is ready."""
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, address in PICTURES.items():
            tab = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce")
            tab.goto(f"{page.resolve().as_uri()}#{urlencode(address, doseq=True)}")
            tab.wait_for_selector('html[data-ready="true"]')
            tab.wait_for_timeout(500)  # the last frame is drawn after the page is ready
            tab.screenshot(path=DOCS / name)
            tab.close()
        browser.close()


if __name__ == "__main__":
    make_pictures(Path(sys.argv[1] if len(sys.argv) > 1 else "build/graph.html"))
