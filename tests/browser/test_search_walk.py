# SPDX-License-Identifier: EUPL-1.2
"""A designer's whole search in a real browser, by mouse and by keyboard: from all there is to one lot."""

import csv
import io
import json
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NARROW, WIDE
from tests.browser.watching import LOTS, LOTS_PALE, Watch

pytestmark = pytest.mark.browser

WORDS = {
    "": {"filters": "Filtre", "where": "Hvor den er", "bricks": "Mursten i kalkmørtel"},
    "/en": {"filters": "Filters", "where": "Where", "bricks": "Clay brick in lime mortar"},
}


class Reader:
    """Does with mouse or keyboard alone what a reader means to do."""

    def __init__(self, page: Page, *, mouse: bool) -> None:
        self.page, self.mouse = page, mouse

    def press(self, found: Locator) -> None:
        """Press a link, a button or a summary."""
        if self.mouse:
            found.click()
            return
        found.focus()
        expect(found).to_be_focused()
        self.page.keyboard.press("Enter")

    def choose_bricks(self) -> None:
        """Choose the group of bricks in the list of materials; their name is its first with its letter."""
        materials = self.page.locator("#class")
        if self.mouse:
            materials.select_option("brick")
            return
        materials.focus()
        for _ in range(6):
            self.page.keyboard.press("b")
            if materials.input_value() == "brick":
                return
        raise AssertionError(materials.input_value())

    def take_months_off(self) -> None:
        """Leave out the last months of the timeline."""
        if not self.mouse:
            self.page.locator("#last_month").focus()
            self.page.keyboard.press("PageDown")
            return
        bars = self.page.locator(".gb-when-bar .gb-when-back")
        first, last = bars.first.bounding_box(), bars.nth(8).bounding_box()
        assert first is not None
        assert last is not None
        self.page.mouse.move(first["x"] + 4, first["y"] + 40)
        self.page.mouse.down()
        self.page.mouse.move(last["x"] + 4, last["y"] + 40, steps=4)
        self.page.mouse.up()


@pytest.mark.parametrize(
    ("size", "language", "hand"),
    [(WIDE, "", "mouse"), (NARROW, "/en", "keyboard")],
    ids=["desk-da-mouse", "telephone-en-keyboard"],
)
def test_a_search_is_narrowed_read_taken_along_and_found_again(
    watch: Watch, size: dict[str, int], language: str, hand: str
):
    """Material and months narrow list, map, address and file alike; after a lot "back" finds the search."""
    watch.page.set_viewport_size(size)  # type: ignore[arg-type]
    page, words = watch.open(f"{language}/"), WORDS[language]
    reader = Reader(page, mouse=hand == "mouse")
    everything, blue = watch.read_counts(), watch.count_pixels(LOTS_PALE) + watch.count_pixels(LOTS)
    if size == NARROW:
        reader.press(page.locator("summary", has_text=words["filters"]).first)
    watch.wait_for_results(reader.choose_bricks)
    bricks = watch.read_counts()
    assert 0 < bricks[0] < everything[0]
    assert 0 < watch.count_pixels(LOTS_PALE) + watch.count_pixels(LOTS) < blue
    page.locator("#when").scroll_into_view_if_needed()
    watch.wait_for_results(reader.take_months_off)
    found = watch.read_counts()
    assert 0 < found[0] <= bricks[0]
    expect(page).to_have_url(re.compile(r"class=brick.*from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d"))
    address = page.url
    with page.expect_download() as fetched:
        reader.press(page.get_by_role("button", name="CSV"))
    rows = list(csv.DictReader(io.StringIO(fetched.value.path().read_text(encoding="utf-8-sig"))))
    assert len(rows) == found[0]
    first = page.locator("#results tbody td a").first
    expect(first).to_have_text(words["bricks"])
    reader.press(first)
    expect(page.get_by_role("heading", level=1)).to_contain_text(words["bricks"])
    expect(page.locator(".gb-place-near").first).to_be_visible()
    told = json.loads(page.locator("script[type='application/ld+json']").text_content() or "")
    assert told["@context"] == "https://schema.org"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    reader.press(page.locator(".gb-similar a").first)
    expect(page.get_by_role("heading", level=1)).to_contain_text(words["bricks"])
    page.go_back()
    page.go_back()
    watch.wait_for_map()
    assert page.url == address
    assert watch.read_counts() == found
    assert page.locator("#class").input_value() == "brick"
