# SPDX-License-Identifier: EUPL-1.2
"""A lot split and merged again by keyboard alone on a telephone, each act seen before it is done."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW
from tests.browser.watching import Watch
from tests.web.sample_ids import lot_id

pytestmark = pytest.mark.browser
LOT = lot_id("school_aarhus", "brick_lime_mortar", "surveyed")
MOST_TABS = 120


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until what has the focus is the element wanted, as somebody without a pointer does."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement?.matches(wanted) ?? false", wanted):
            return
    raise AssertionError(f"no key leads to {wanted}")


def check_page(page: Page) -> None:
    """Axe finds nothing to object to, and the page is no wider than the screen."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def do_it(page: Page) -> None:
    """From the page that tells what the act does: look at it, and press Enter on the button that does it."""
    expect(page.get_by_role("heading", name="Det vil det gøre")).to_be_visible()
    check_page(page)
    tab_to(page, "form.gb-actions button")
    page.keyboard.press("Enter")
    expect(page.locator(".alert-success")).to_be_visible()


def test_a_lot_is_split_and_merged_by_keyboard(watch: Watch):
    """To the lot's life by Tab and Enter, a part split off, a wrong amount mended, the part merged again."""
    watch.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page = watch.open(f"/surveys/lots/{LOT}", map_too=False)
    tab_to(page, "a[href$='#split-title']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/life#split-title")
    tab_to(page, "#f-split-amount")
    page.keyboard.type("mange")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("tal")
    watch.wait_for_complaint("422")
    watch.complaints.clear()
    expect(page.locator("#f-split-amount")).to_have_value("mange")
    tab_to(page, "#f-split-amount")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("100")
    page.keyboard.press("Enter")
    do_it(page)
    expect(page.get_by_text(re.compile(r"100\s*stk\. til"))).to_be_visible()
    tab_to(page, "[name=source]")
    page.keyboard.press("Space")
    tab_to(page, "form[aria-labelledby=merge-title] button")
    page.keyboard.press("Enter")
    do_it(page)
    expect(page.get_by_text(re.compile(r"100\s*stk\. fra"))).to_be_visible()
    expect(page.locator("[name=source]")).to_have_count(0)
