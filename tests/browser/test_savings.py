# SPDX-License-Identifier: EUPL-1.2
"""What reuse saves, seen by a newcomer: from the project to its limit, to a purchase and its sheets."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.watching import Watch
from tests.browser.ways import Reader, count_colours, look, measure
from tests.web.sample_ids import project_id

pytestmark = pytest.mark.browser
PROJECT = f"/projects/{project_id('school')}"


@pytest.mark.parametrize("way", ["390-da-keyboard", "1280-en-mouse"])
def test_savings_are_read_held_to_the_limit_and_taken_along(watch: Watch, way: str):
    """The drawing is in proportion, the limit is looked up, its sheet fetched; a purchase has its own."""
    reader = Reader(watch, way)
    page = reader.open(f"{PROJECT}/instant")
    reader.press(reader.find("link", "What it saves"))
    page.wait_for_url("**/savings")
    chart = reader.find("img", "Money, from new to reused")
    assert count_colours(look(chart)) >= 4
    # new is 800 oere and the price 300 oere of each step
    assert measure(chart.locator(".gb-fill-cost").first) == pytest.approx(
        measure(chart.locator(".gb-fill-new")) * 300 / 800, abs=1
    )
    text = chart.locator("text").first
    assert float(text.evaluate("one => one.getBoundingClientRect().height")) > 12
    limit = reader.find("img", "The components against the limit, kg CO₂e/m² a year")
    expect(limit).to_have_count(0)
    reader.choose(page.locator("#kind"), "other")
    reader.type("Day the permit is applied for", "2026-06-01")
    reader.press(reader.find("button", "Look the limit up"))
    page.wait_for_url("**kind=other**")
    assert count_colours(look(limit)) >= 3
    reader.check()
    assert ("8,0" if reader.language == "da" else "8.0") + " kg CO2e/m²" in fetch(reader)
    reader.press(
        page.get_by_role("link", name=reader.say("Justification of match %(number)s", number="")).first
    )
    page.wait_for_url("**/justification")
    who = "contractor" if reader.narrow else "client"
    reader.choose(page.locator("#supplied_by"), who)
    reader.press(reader.find("button", "Keep the choice"))
    expect(page.get_by_role("status").first).to_contain_text(reader.say("Who buys the material is kept."))
    told = page.locator("#supplied_by option:checked").inner_text()
    expect(page.locator("dd", has_text=told).first).to_be_visible()
    reader.check()
    assert told in fetch(reader)


def fetch(reader: Reader) -> str:
    """Fetch the sheet of a page, as PDF on a telephone and as Excel at a desk, and give its words."""
    with reader.page.expect_download() as fetched:
        reader.press(reader.find("link", "Fetch as PDF" if reader.narrow else "Fetch as Excel"))
    return (_read_pdf if reader.narrow else _read_excel)(fetched.value.path())


def _read_pdf(path: Path) -> str:
    return " ".join(" ".join(one.extract_text() for one in PdfReader(path).pages).split())


def _read_excel(path: Path) -> str:
    sheets = load_workbook(io.BytesIO(path.read_bytes()), read_only=True).worksheets
    return " ".join(str(cell) for sheet in sheets for row in sheet.values for cell in row if cell is not None)
