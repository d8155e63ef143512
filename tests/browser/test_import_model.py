# SPDX-License-Identifier: EUPL-1.2
"""The wizard with a building model in a real browser: accessible, no wider than the screen, by keyboard."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import WIDE
from tests.browser.everyone import find_hand_faults, find_narrow_faults
from tests.browser.watching import Watch
from tests.browser.ways import Reader
from tests.inventory.takeoff.models import CONVERSION, HOUSE, make_model
from tests.web.sample_ids import project_id

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("way", ["390-da-keyboard", "1280-en-mouse"])
def test_a_model_goes_from_a_project_to_its_requirements(watch: Watch, tmp_path: Path, way: str):
    """Upload, types, check and import; every page is held to what every other page is held to."""
    model = make_model(tmp_path / "ny-skole.ifc", HOUSE, CONVERSION)
    reader = Reader(watch, way)
    page = reader.open(f"/projects/{project_id('school')}")
    reader.press(reader.find("link", "Import a file or a building model"))
    page.set_input_files("#file", model)
    reader.press(page.locator("form.gb-import-form button"))
    expect(page.get_by_role("heading", level=1)).to_have_text(reader.say("What are the model's types?"))
    _check(watch)
    expect(page.locator("#target")).to_have_value("school")
    page.fill("#first", "2027-03-01")
    page.fill("#end", "2027-06-01")
    reader.choose(page.get_by_label("Skulptur"), "-")
    reader.press(reader.find("button", "Check the model"))
    expect(page.get_by_role("heading", name=reader.say("Types of the model"))).to_be_visible()
    _check(watch)
    reader.press(page.locator("form[action$='/start'] button"))
    undo = reader.find("button", "Undo this import")
    expect(undo).to_be_visible()
    _check(watch)
    reader.press(undo)
    expect(page.get_by_text(reader.say("This import was undone")).first).to_be_visible()


def _check(watch: Watch) -> None:
    found = Axe().run(watch.page)
    assert found.violations_count == 0, found.generate_report()
    assert watch.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    if watch.page.viewport_size == WIDE:  # what every page is held to, once for each of these
        assert find_hand_faults(watch.page) == []
        assert find_narrow_faults(watch.page) == []
        watch.page.set_viewport_size(WIDE)  # type: ignore[arg-type]
