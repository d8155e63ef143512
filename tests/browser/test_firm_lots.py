# SPDX-License-Identifier: EUPL-1.2
"""A firm's lots changed by keyboard on a telephone: chosen, seen, done and undone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW
from tests.browser.watching import Watch
from tests.web.sample_ids import FIRM_ID, lot_id

pytestmark = pytest.mark.browser
BRICKS = lot_id("school_aarhus", "brick_lime_mortar", "surveyed")


def check_page(page: Page) -> None:
    """Axe finds nothing to object to, and the page is no wider than the screen."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_lots_are_changed_by_keyboard_on_a_telephone(watch: Watch):
    """On 390 px a lot is ticked, a price and its gear given, seen, done, and undone as a whole."""
    watch.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page = watch.open(f"/firm/lots?organisation={FIRM_ID}", map_too=False)
    page.locator(f"#lot-{BRICKS}").focus()
    page.keyboard.press("Space")
    page.locator("#b-price").fill("meget")
    page.locator("#b-price").press("Enter")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Det er ikke en pris.")
    alert.get_by_role("link").first.press("Enter")
    expect(page.locator("#b-price")).to_be_focused()
    watch.wait_for_complaint("422")
    watch.complaints.clear()
    expect(page.locator(f"#lot-{BRICKS}")).to_be_checked()
    check_page(page)
    page.locator("#b-price").fill("4,25")
    page.locator("#b-crane").select_option("hire")
    page.locator("#b-price").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hvad der sker med partierne")
    check_page(page)
    page.get_by_role("button", name="Ret 1 parti").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("1 parti rettet")
    check_page(page)
    page.get_by_role("button", name="Fortryd hele rettelsen").press("Enter")
    expect(page.get_by_text("Rettelsen er fortrudt")).to_be_visible()
