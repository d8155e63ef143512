# SPDX-License-Identifier: EUPL-1.2
"""A firm at work without a pointer: its page, a demolition moved and undone, and what comes when."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW, WIDE
from tests.browser.watching import Watch
from tests.web.sample_ids import site_id

pytestmark = pytest.mark.browser
MOST_TABS = 150
HAS_FOCUS = "selector => document.activeElement.matches(selector)"


def tab_to(page: Page, selector: str) -> None:
    """Go on from where the focus is until what is looked for has it, as a person without a mouse does."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(HAS_FOCUS, selector):
            return
    raise AssertionError(f"no way by keyboard to {selector}")


def check_page(page: Page) -> None:
    """Axe finds nothing to object to, and the page is no wider than the screen."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
def test_a_demolition_is_moved_and_undone_by_keyboard(watch: Watch, size: dict[str, int]):
    """From the firm's page to its building: later days typed, seen, confirmed, in the history, and undone."""
    page = watch.page
    page.set_viewport_size(size)  # type: ignore[arg-type]
    watch.open("/firm", map_too=False)
    tab_to(page, "#organisation")
    page.keyboard.type("Øst")
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hvad der skal gøres nu")
    check_page(page)
    tab_to(page, f"a[href*='{site_id('school_aarhus')}/demolition']")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nedrivning")
    tab_to(page, "#source")
    page.keyboard.type("Udbud 7")
    tab_to(page, "#start_late")
    page.keyboard.type("05052027")  # the fifth of May, whichever of day and month the browser asks for first
    tab_to(page, "button[value=preview]")
    page.keyboard.press("Enter")
    preview = page.locator("#preview-title")
    expect(preview).to_be_visible()
    expect(page.locator("section.gb-panel")).to_contain_text("5. maj 2027")
    check_page(page)
    tab_to(page, "button[value=move]")
    page.keyboard.press("Enter")
    expect(page.locator("ol.gb-history")).to_contain_text("Udbud 7")
    check_page(page)
    tab_to(page, "ol.gb-history button")
    page.keyboard.press("Enter")
    expect(page.locator("ol.gb-history button")).to_have_count(0)
    expect(page.locator("ol.gb-history .gb-badge").first).to_have_text("Fortrudt")


def test_what_comes_is_looked_up_by_keyboard(watch: Watch):
    """Two years ahead, chosen and shown without a pointer; a material leads to the lots."""
    page = watch.open("/coming")
    tab_to(page, "#months")
    page.keyboard.press("End")
    tab_to(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**months=24**")
    watch.wait_for_map()
    tab_to(page, "tbody a")
    page.keyboard.press("Enter")
    page.wait_for_url("**class=**")
    expect(page.locator("main")).to_contain_text("Mursten")
