# SPDX-License-Identifier: EUPL-1.2
"""A lot handed on, in a real browser: address copied, read without a script, on one sheet of paper."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.watching import Watch
from tests.web.sample_ids import lot_id, site_id
from web.sharing import shorten

pytestmark = pytest.mark.browser
LOT = lot_id("school_aarhus", "brick_lime_mortar", "surveyed")


def count_sheets(page: Page) -> int:
    """Count the sheets of A4 a page takes in print."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def test_the_address_is_copied_and_leads_back(watch: Watch, server: str):
    """The button copies the short address, which leads back; the data for machines breaks no policy."""
    watch.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server)
    page = watch.open(f"/lots/{LOT}", map_too=False)
    page.get_by_role("button", name="Kopiér").press("Enter")
    expect(page.get_by_role("status")).to_have_text("Adressen er kopieret.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(f"/l/{shorten(LOT)}")
    page.goto(server + copied[copied.index("/l/") :])
    expect(page).to_have_url(f"{server}/lots/{LOT}")
    expect(page.locator("#place .gb-place-here")).to_be_visible()


def test_a_lot_is_one_sheet_and_a_building_begins_with_one(page: Page, server: str):
    """Printed, a surveyed and an estimated lot take one sheet each; the building a few."""
    for address in (f"/lots/{LOT}", f"/en/lots/{lot_id('home_aarhus', 'door_inner')}"):
        page.goto(server + address)
        assert count_sheets(page) == 1
    page.goto(f"{server}/sites/{site_id('school_aarhus')}")
    assert 1 <= count_sheets(page) <= 3


def test_the_page_says_all_without_a_script(browser: Browser, server: str):
    """Without JavaScript map, address and quantity over time are there, and no button that does nothing."""
    context = browser.new_context(java_script_enabled=False, locale="da-DK")
    page = context.new_page()
    page.goto(f"{server}/lots/{LOT}")
    expect(page.locator("#share-address")).to_have_value(re.compile(f"/l/{shorten(LOT)}$"))
    expect(page.locator("#share-copy")).to_be_hidden()
    expect(page.locator(".gb-place-near")).to_be_visible()
    expect(page.locator(".gb-steps")).to_be_visible()
    context.close()
