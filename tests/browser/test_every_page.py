# SPDX-License-Identifier: EUPL-1.2
"""Every page in a real browser: not blank, no complaint, accessible, for fingers and eyes of every kind."""

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW, WIDE
from tests.browser.everyone import find_hand_faults, find_narrow_faults
from tests.browser.one_page import check_page
from tests.browser.watching import LAND, MATCHES, REQUIREMENTS, Watch
from tests.web.sample_ids import RUN_ID
from tests.web.test_pages import PAGES
from web.screenshots import MOST_BYTES as MOST_OF_A_PICTURE
from web.screenshots import PICTURES

pytestmark = [pytest.mark.browser, pytest.mark.long]


@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible_and_fits(walk: Watch, name: str):
    """Axe finds nothing to object to, and the page is neither blank nor heavy.

    At a desk targets are large enough and the focus is seen.
    """
    check_page(walk, PAGES[name], size=WIDE)
    assert find_hand_faults(walk.page) == []


def test_the_checks_see_faults(page: Page):
    """A page with every fault looked for is told so: the checks of all pages can fail."""
    page.set_content(
        """<style>a, button { outline: none !important }
        .thin { width: 9px; height: 9px; padding: 0; border: 0 }
        .cut { height: 1.2em; overflow: hidden; line-height: 1 }
        .bar { position: fixed; inset: 0; background: #fff }
        @keyframes spin { to { rotate: 1turn } } .spin { animation: spin 1s infinite }</style>
        <p class="spin">Rundt</p><button class="thin">a</button><button class="thin">b</button>
        <p class="cut">En linje</p><p style="width: 900px">Bred</p><div class="bar"></div>"""
    )
    hand, narrow = " ".join(find_hand_faults(page)), " ".join(find_narrow_faults(page))
    for words in ("moves: <p", "small: 9 x 9: <button", "looks the same: <button", "covered: <button"):
        assert words in hand
    for words in ("320 px: the page is", "spaced out: the page is", "cut off: <p"):
        assert words in narrow


def test_import_of_a_long_name_fits(watch: Watch, tmp_path: Path):
    """A file whose name is one long word is uploaded, checked and listed on a telephone without overflow."""
    watch.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    file = tmp_path / ("L" * 150 + ".csv")
    file.write_text("ref;site_ref;x;y;class;quantity;unit\nA;S;588000;6139700;brick;mange;stk\n")
    page = watch.open("/imports", map_too=False)
    page.set_input_files("#file", file)
    page.press("form.gb-import-form button", "Enter")
    page.wait_for_url("**/mapping")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    watch.open("/imports", map_too=False)
    expect(page.get_by_role("link", name=file.name)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_plan_draws_its_lines(watch: Watch):
    """The plan's map shows match lines, lots and projects over the land."""
    watch.open(f"/runs/{RUN_ID}")
    assert watch.count_pixels(LAND) > 20_000
    assert watch.count_pixels(MATCHES) + _count_blended(watch) > 300
    assert watch.count_pixels(REQUIREMENTS) > 100


def _count_blended(watch: Watch) -> int:
    # Lines are drawn at six tenths over land and sea.
    over_land = tuple(round(0.6 * a + 0.4 * b) for a, b in zip(MATCHES, LAND, strict=True))
    over_sea = tuple(round(0.6 * a + 0.4 * b) for a, b in zip(MATCHES, (0xD4, 0xE3, 0xEC), strict=True))
    return watch.count_pixels(over_land) + watch.count_pixels(over_sea)  # type: ignore[arg-type]


def test_policy_stops_what_it_should(watch: Watch):
    """The policy is in force: an inline script put into a page does not run, and is complained of."""
    page = watch.open("/about", map_too=False)
    page.evaluate(
        "() => { const script = document.createElement('script');"
        " script.textContent = 'window.ran = 1'; document.body.append(script) }"
    )
    watch.wait_for_complaint("Content Security Policy")
    assert page.evaluate("window.ran") is None
    watch.complaints.clear()


def test_screenshots_are_taken(server: str, tmp_path: Path):
    """The pictures of README and docs are taken of the very server, none of them blank."""
    result = subprocess.run(
        [sys.executable, "-m", "web.screenshots", str(tmp_path), "--base-url", server],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert result.returncode == 0, result.stderr
    for name in PICTURES:
        assert (tmp_path / f"{name}.png").stat().st_size < MOST_OF_A_PICTURE
        with Image.open(tmp_path / f"{name}.png") as image:
            assert image.size == ((780, 1688) if name == "survey" else (1920, 1290))
            assert len(image.convert("RGB").getcolors(maxcolors=image.width * image.height) or []) > 100
