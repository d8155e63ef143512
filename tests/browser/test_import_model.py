# SPDX-License-Identifier: EUPL-1.2
"""The wizard with a building model in a real browser: accessible, no wider than the screen, by keyboard."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, WIDE
from tests.browser.everyone import find_hand_faults, find_narrow_faults
from tests.browser.watching import Watch
from tests.inventory.takeoff.models import CONVERSION, HOUSE, make_model

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_model_goes_from_upload_to_lots(watch: Watch, tmp_path: Path, size: dict[str, int]):
    """Upload, types, check and import; every page is held to what every other page is held to."""
    model = make_model(tmp_path / "gammel-skole.ifc", HOUSE, CONVERSION)
    watch.page.set_viewport_size(size)  # type: ignore[arg-type]
    page = watch.open("/imports", map_too=False)
    page.set_input_files("#file", model)
    page.press("form.gb-import-form button", "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hvad er modellens typer?")
    _check(watch)
    page.fill("#target", "Gl. Skole")
    page.fill("#first", "2027-03-01")
    page.fill("#end", "2027-06-01")
    page.get_by_label("Skulptur").select_option("-")
    page.press("button[name=go]", "Enter")
    expect(page.get_by_role("heading", name="Modellens typer")).to_be_visible()
    _check(watch)
    page.get_by_role("button", name="gode rækker").press("Enter")
    expect(page.get_by_role("button", name="Fortryd indlæsningen")).to_be_visible()
    _check(watch)
    page.get_by_role("button", name="Fortryd indlæsningen").press("Enter")
    expect(page.get_by_text("Indlæsningen er fortrudt")).to_be_visible()


def _check(watch: Watch) -> None:
    found = Axe().run(watch.page)
    assert found.violations_count == 0, found.generate_report()
    assert watch.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    if watch.page.viewport_size == WIDE:  # what every page is held to, once for each of these
        assert find_hand_faults(watch.page) == []
        assert find_narrow_faults(watch.page) == []
        watch.page.set_viewport_size(WIDE)  # type: ignore[arg-type]
