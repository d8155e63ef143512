# SPDX-License-Identifier: EUPL-1.2
"""A lot's papers by keyboard and on a telephone: a result recorded, the Materialepas filled and mended."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW
from tests.browser.watching import Watch
from tests.web.sample_ids import lot_id, site_id

pytestmark = pytest.mark.browser
BRICKS = lot_id("school_aarhus", "brick_lime_mortar", "surveyed")


def check_page(page: Page) -> None:
    """Axe finds nothing to object to, and the page is no wider than the screen."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_result_is_recorded_by_keyboard_on_a_telephone(watch: Watch):
    """On 390 px a result is typed, refused for its day, mended, recorded, and removed with a reason."""
    watch.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page = watch.open(f"/lots/{BRICKS}/documents", map_too=False)
    page.select_option("#test", "brick_frost")
    page.focus("#outcome-passed")
    page.keyboard.press("Space")
    page.fill("#laboratory", "Prøvelab")
    page.fill("#tested_on", "2149-10-01")
    page.press("#laboratory", "Enter")
    expect(page.get_by_role("alert")).to_contain_text("Den dag er ikke kommet endnu.")
    expect(page.locator("#laboratory")).to_have_value("Prøvelab")
    check_page(page)
    page.fill("#tested_on", "2026-10-01")
    page.press("#laboratory", "Enter")
    row = page.get_by_role("row").filter(has_text="Bestået").filter(has_text="Prøvelab")
    expect(row).to_be_visible()
    check_page(page)
    row.get_by_label("Hvorfor fjernes den?").fill("forkert parti")
    row.get_by_label("Hvorfor fjernes den?").press("Enter")
    expect(page.get_by_text("Der er ikke skrevet prøvninger ind endnu.")).to_be_visible()


def test_materialepas_is_mended_and_fetched(watch: Watch):
    """A wrong weight is told with a way to its field; mended it is kept, and the PDF can be fetched."""
    page = watch.open(f"/en/lots/{BRICKS}/materialepas", map_too=False)
    weight = page.locator('[id="dimensions.weight_kg"]')
    weight.fill("heavy")
    weight.press("Enter")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Expected a number from 0 to 1e15.")
    alert.get_by_role("link").first.press("Enter")
    expect(weight).to_be_focused()
    check_page(page)
    weight.fill("2.4")
    weight.press("Enter")
    expect(page.get_by_text("The Materialepas is kept")).to_be_visible()
    expect(weight).to_have_value("2.4")
    with page.expect_download() as download:
        page.get_by_role("link", name="Fetch as PDF").click()
    assert download.value.suggested_filename == f"materialepas-{BRICKS}.pdf"


def test_sample_is_written_down_and_sheets_fit(watch: Watch):
    """On 390 px a sample is refused for its result, mended and kept; the three sheets fit."""
    watch.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page = watch.open(f"/sites/{site_id('school_aarhus')}/samples", map_too=False)
    page.select_option("#lot", str(BRICKS))
    page.fill("#place", "facade mod nord")
    page.select_option("#substance", "lead")
    page.fill("#result", "lidt")
    page.select_option("#unit", "mg/kg TS")
    page.fill("#laboratory", "Prøvelab")
    page.fill("#sampled_on", "2026-10-01")
    page.press("#laboratory", "Enter")
    expect(page.get_by_role("alert")).to_contain_text("forventet et tal som 12,5")
    page.fill("#result", "12,5")
    page.press("#laboratory", "Enter")
    expect(page.get_by_role("link", name="Ret eller fjern")).to_be_visible()
    check_page(page)
    for paper in ("plan", "notification", "offer"):
        page = watch.open(f"/sites/{site_id('school_aarhus')}/papers/{paper}", map_too=False)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        check_page(page)
