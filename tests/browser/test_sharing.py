# SPDX-License-Identifier: EUPL-1.2
"""A lot and its building handed on, in a real browser: address copied, read without a script, on paper."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.watching import Watch
from tests.browser.ways import Reader, count_colours, look
from tests.web.sample_ids import lot_id, site_id
from web.sharing import shorten

pytestmark = pytest.mark.browser
LOT = lot_id("school_aarhus", "brick_lime_mortar", "surveyed")


def count_sheets(page: Page) -> int:
    """Count the sheets of A4 a page takes in print."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


@pytest.mark.parametrize("way", ["390-en-keyboard", "1280-da-mouse"])
def test_a_lot_and_its_building_are_handed_on(watch: Watch, way: str):
    """Both are drawn, their short addresses are copied and lead back, and each prints on its few sheets."""
    reader = Reader(watch, way)
    watch.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=watch.origin)
    page = reader.open(f"/lots/{LOT}")
    for drawn in (".gb-steps", "#place .gb-place-near"):
        assert count_colours(look(page.locator(drawn))) >= 3
    expect(page.locator("#place")).to_contain_text("Aarhus")
    _copy(reader, f"/l/{shorten(LOT)}", f"/lots/{LOT}")
    assert count_sheets(page) == 1
    reader.press(reader.find("link", "See the building and everything in it"))
    page.wait_for_url("**/sites/**")
    expect(page.locator("main")).to_contain_text(reader.say("What is in it"))
    assert count_colours(look(page.locator(".gb-span"))) >= 2
    expect(page.locator("#results, main table").first).to_be_visible()
    reader.check()
    _copy(reader, "/s/", f"/sites/{site_id('school_aarhus')}")
    assert 1 <= count_sheets(page) <= 3


def _copy(reader: Reader, short: str, address: str) -> None:
    """Copy the page's short address and follow it back: it is the same in every language."""
    page = reader.page
    reader.press(page.locator("#share-copy"))
    expect(page.locator("#share-status")).to_have_text(reader.say("The address is copied."))
    copied = page.evaluate("navigator.clipboard.readText()")
    assert short in copied
    page.goto(reader.watch.origin + copied[copied.index(short[:3]) :])
    expect(page).to_have_url(reader.watch.origin + address)
    reader.open(address)


def test_an_estimated_lot_is_one_sheet(page: Page, server: str):
    """Printed, an estimated lot takes one sheet as a surveyed one does."""
    page.goto(f"{server}/en/lots/{lot_id('home_aarhus', 'door_inner')}")
    assert count_sheets(page) == 1


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
