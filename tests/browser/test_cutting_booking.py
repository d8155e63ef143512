# SPDX-License-Identifier: EUPL-1.2
"""Booking a cutting plan by keyboard: seen before it is done, done, and undone, on screens of both widths."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from sqlalchemy import text

from inventory.database import open_session
from tests.browser.conftest import NARROW, WIDE
from tests.browser.watching import Watch
from tests.web.test_cutting import LIBRARY
from tests.web.test_cutting_booking import LOTS, SURVEY

pytestmark = pytest.mark.browser


def look(watch: Watch) -> None:
    """Hold the page to what every page is held to, at both widths."""
    for size in (NARROW, WIDE):
        watch.page.set_viewport_size(size)  # type: ignore[arg-type]
        found = Axe().run(watch.page)
        assert found.violations_count == 0, found.generate_report()
        assert watch.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_bars_are_booked_as_sawn_and_made_whole_again(watch: Watch, database_url: str):
    """From the project's plan to its booking and back, by the words on the buttons."""
    with open_session(database_url) as session:
        session.execute(text(SURVEY), {"long": LOTS[0], "short": LOTS[1]})
        session.commit()
    page = watch.page
    watch.open(f"/en{LIBRARY}", map_too=False)
    look(watch)
    page.get_by_role("link", name="Book the bars as sawn").click()
    expect(page.get_by_role("heading", name="What becomes of each lot")).to_be_visible()
    look(watch)
    page.get_by_label("Your initials").fill("PH")
    page.get_by_role("button", name="Yes, book them").press("Enter")
    expect(page.get_by_role("heading", name="The bars that were sawn")).to_be_visible()
    look(watch)
    page.get_by_role("button", name="Undo the booking").press("Enter")
    expect(page.get_by_role("heading", name="Are these bars sawn?")).to_be_visible()
