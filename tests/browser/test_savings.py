# SPDX-License-Identifier: EUPL-1.2
"""What reuse saves, seen by a newcomer: from the project to its limit, to a purchase and its sheets."""

import io

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, expect
from pypdf import PdfReader

from tests.browser.conftest import NARROW
from tests.browser.test_lot_papers import check_page
from tests.browser.watching import Watch
from tests.web.sample_ids import project_id

pytestmark = pytest.mark.browser
PROJECT = f"/projects/{project_id('school')}"


def measure(bar: Locator) -> float:
    """Measure how wide a bar is on the screen."""
    box = bar.bounding_box()
    assert box is not None
    return box["width"]


def test_savings_are_found_read_and_taken_along_on_a_telephone(watch: Watch):
    """In Danish on 390 px: the drawing fits and is in proportion, the limit is looked up, the PDF fetched."""
    watch.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page = watch.open(f"{PROJECT}/instant", map_too=False)
    page.get_by_role("link", name="Hvad det sparer").press("Enter")
    page.wait_for_url("**/savings")
    chart = page.get_by_role("img", name="Penge, fra nyt til genbrugt")
    expect(chart).to_be_visible()
    # new is 800 oere and the price 300 oere of each step
    assert measure(chart.locator(".gb-fill-cost").first) == pytest.approx(
        measure(chart.locator(".gb-fill-new")) * 300 / 800, abs=1
    )
    text = chart.locator("text").first
    assert float(text.evaluate("one => one.getBoundingClientRect().height")) > 12
    assert page.get_by_role("img", name="Komponenterne mod grænsen").count() == 0
    page.get_by_label("Slags bygning").select_option("other")
    page.get_by_label("Dag, byggetilladelsen søges").fill("2026-06-01")
    page.get_by_role("button", name="Slå grænsen op").press("Enter")
    page.wait_for_url("**kind=other**")
    expect(page.get_by_role("img", name="Komponenterne mod grænsen")).to_be_visible()
    check_page(page)
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Hent som PDF").press("Enter")
    words = "".join(one.extract_text() for one in PdfReader(fetched.value.path()).pages)
    assert "8,0 kg CO2e/m²/år" in words


def test_a_purchase_is_justified_by_keyboard(watch: Watch):
    """In English at a desk: from what is reused to its sheet, who buys it chosen, fetched as Excel."""
    page = watch.open(f"/en{PROJECT}/savings", map_too=False)
    page.get_by_role("link", name="Justification of match").first.press("Enter")
    page.wait_for_url("**/justification")
    page.get_by_role("combobox", name="Who buys the material").select_option("client")
    page.get_by_role("button", name="Keep the choice").press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Who buys the material is kept.")
    expect(page.locator("dd", has_text="the client").first).to_be_visible()
    check_page(page)
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Fetch as Excel").press("Enter")
    content = io.BytesIO(fetched.value.path().read_bytes())
    cells = [str(cell) for row in load_workbook(content).worksheets[0].values for cell in row if cell]
    assert any(cell.startswith("the client") for cell in cells)
    assert "New" in cells
