# SPDX-License-Identifier: EUPL-1.2
"""A designer's whole search in a real browser, by mouse and by keyboard: from all there is to one lot."""

import csv
import io
import json
import re

import pytest
from PIL import ImageChops
from playwright.sync_api import expect

from tests.browser.watching import LOTS, LOTS_PALE, Watch
from tests.browser.ways import Reader, look

pytestmark = pytest.mark.browser

BRICKS = {"da": "Mursten i kalkmørtel", "en": "Clay brick in lime mortar"}


def choose_bricks(reader: Reader) -> None:
    """Choose the group of bricks in the list of materials; their name is its first with its letter."""
    materials = reader.page.locator("#class")
    if reader.mouse:
        materials.select_option("brick")
        return
    materials.focus()
    for _ in range(6):
        reader.page.keyboard.press("b")
        if materials.input_value() == "brick":
            return
    raise AssertionError(materials.input_value())


def take_months_off(reader: Reader) -> None:
    """Leave out the last months of the timeline."""
    if not reader.mouse:
        reader.page.locator("#last_month").focus()
        for _ in range(9):
            reader.page.keyboard.press("PageDown")
        reader.page.wait_for_selector("#results:not([aria-busy])")
        return
    bars = reader.page.locator(".gb-when-bar .gb-when-back")
    first, last = bars.first.bounding_box(), bars.nth(8).bounding_box()
    assert first is not None
    assert last is not None
    reader.page.mouse.move(first["x"] + 4, first["y"] + 40)
    reader.page.mouse.down()
    reader.page.mouse.move(last["x"] + 4, last["y"] + 40, steps=4)
    reader.page.mouse.up()


@pytest.mark.parametrize("way", ["1280-da-mouse", "390-en-keyboard"])
def test_a_search_is_narrowed_read_taken_along_and_found_again(watch: Watch, way: str):
    """Material, months and order are alike in list, map, address and file; after a lot "back" finds them."""
    reader = Reader(watch, way)
    page, bricks_name = reader.open("/", map_too=True), BRICKS[reader.language]
    everything, blue = watch.read_counts(), watch.count_pixels(LOTS_PALE) + watch.count_pixels(LOTS)
    if reader.narrow:
        reader.press(page.locator("summary", has_text=reader.say("Filters")).first)
    watch.wait_for_results(lambda: choose_bricks(reader))
    bricks = watch.read_counts()
    assert 0 < bricks[0] < everything[0]
    assert 0 < watch.count_pixels(LOTS_PALE) + watch.count_pixels(LOTS) < blue
    page.locator("#when").scroll_into_view_if_needed()
    before = look(page.locator("#map canvas"))
    watch.wait_for_results(lambda: take_months_off(reader))
    found = watch.read_counts()
    assert 0 < found[0] < bricks[0]
    assert ImageChops.difference(before, look(page.locator("#map canvas"))).getbbox()
    expect(page).to_have_url(re.compile(r"class=brick.*from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d"))
    largest = page.locator("#results .gb-sorts").get_by_role("link", name=reader.say("Quantity that counts"))
    if reader.narrow:  # where the table has no head to sort by
        reader.press(largest)
        expect(page).to_have_url(re.compile("sort=quantity"))
        expect(largest).to_have_attribute("aria-current", "true")
        expect(largest).to_be_focused()
        watch.wait_for_map()
        assert watch.read_counts() == found
    else:
        expect(page.locator("#results .gb-sorts .gb-narrow").first).to_be_hidden()
    address = page.url
    with page.expect_download() as fetched:
        reader.press(page.get_by_role("button", name="CSV"))
    rows = list(csv.DictReader(io.StringIO(fetched.value.path().read_text(encoding="utf-8-sig"))))
    assert len(rows) == found[0]
    first = page.locator("#results tbody td a").first
    expect(first).to_have_text(bricks_name)
    reader.press(first)
    expect(page.get_by_role("heading", level=1)).to_contain_text(bricks_name)
    expect(page.locator(".gb-place-near").first).to_be_visible()
    told = json.loads(page.locator("script[type='application/ld+json']").text_content() or "")
    assert told["@context"] == "https://schema.org"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    reader.press(page.locator(".gb-similar a").first)
    expect(page.get_by_role("heading", level=1)).to_contain_text(bricks_name)
    page.go_back()
    page.go_back()
    watch.wait_for_map()
    assert page.url == address
    assert watch.read_counts() == found
    assert page.locator("#class").input_value() == "brick"
