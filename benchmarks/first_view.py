# SPDX-License-Identifier: EUPL-1.2
"""The first view of the map, as a browser sees it that has never been there: nothing kept, nothing open."""

import shutil
from dataclasses import dataclass
from typing import Any

from web.screenshots import CHROMIUM_ARGUMENTS

SIZES = ({"width": 1280, "height": 900}, {"width": 390, "height": 844})
"""A desk and a telephone, in turns."""

_PATIENCE_MS = 60_000.0
_WATCH = """
window.seen = { largest: 0, drawn: 0 };
const note = (list) => { for (const one of list.getEntries()) window.seen.largest = one.startTime; };
new PerformanceObserver(note).observe({ type: "largest-contentful-paint", buffered: true });
new MutationObserver(() => {
  if (window.seen.drawn || !document.querySelector("#map[data-state=idle]")) return;
  window.seen.drawn = performance.now();
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-state"] });
"""
_READ = """() => ({
  ...window.seen,
  answered: performance.getEntriesByType("navigation")[0].responseStart,
  bytes: performance.getEntriesByType("navigation")[0].transferSize,
  groups: document.querySelectorAll("#drawn a").length,
})"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstView:
    """What was seen when, in seconds from the click: the largest contentful paint, and the engine's map.

    Parameters
    ----------
    answered
        When the first byte of the page came.
    bytes
        Of the page as sent.
    groups
        On the drawn map.
    """

    answered: float
    largest: float
    drawn: float
    bytes: int
    groups: int


def find_browser() -> str | None:
    """Find Chromium on the PATH; None where there is none."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def look_first(*, port: int, browser: str, times: int) -> list[FirstView]:
    """Open the front page with a new browser each time.

    Parameters
    ----------
    port
        Of the server, on this machine.
    browser
        From `find_browser`.
    times
        How many browsers, one after the other.
    """
    # A development dependency, needed by this row alone.
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    views = []
    with sync_playwright() as driver:
        for number in range(times):
            opened = driver.chromium.launch(executable_path=browser, args=CHROMIUM_ARGUMENTS)
            try:
                size: Any = SIZES[number % len(SIZES)]
                page = opened.new_page(viewport=size, locale="da-DK")
                page.add_init_script(_WATCH)
                page.goto(f"http://127.0.0.1:{port}/", timeout=_PATIENCE_MS)
                page.wait_for_function("() => window.seen.drawn > 0", timeout=_PATIENCE_MS)
                told = page.evaluate(_READ)
            finally:
                opened.close()
            views.append(
                FirstView(
                    answered=told["answered"] / 1000,
                    largest=told["largest"] / 1000,
                    drawn=told["drawn"] / 1000,
                    bytes=told["bytes"],
                    groups=told["groups"],
                )
            )
    return views
