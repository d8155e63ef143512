# SPDX-License-Identifier: EUPL-1.2
"""What is asked of every page, at a desk and on a telephone."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.everyone import weigh
from tests.browser.watching import Watch

MOST_BYTES = 300_000


def check_page(watch: Watch, address: str, *, size: dict[str, int]) -> None:
    """Open a page in a window of a size: axe has no objection, it fits, and is neither blank nor heavy."""
    watch.page.set_viewport_size(size)  # type: ignore[arg-type]
    watch.open(address, map_too=False)
    if watch.page.locator("#map").count():
        watch.wait_for_map()
    # Less than this, and something was not counted.
    assert 60_000 < weigh(watch.page) <= MOST_BYTES
    found = Axe().run(watch.page)
    assert found.violations_count == 0, found.generate_report()
    assert watch.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    expect(watch.page.locator("h1")).to_be_visible()
    assert len(watch.page.locator("main").inner_text()) > 100
