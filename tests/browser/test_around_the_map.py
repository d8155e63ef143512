# SPDX-License-Identifier: EUPL-1.2
"""Around the map: months dragged, an area drawn, no WebGL, no network, a cold browser."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import ImageChops
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import NARROW, WIDE
from tests.browser.test_map_and_list import find_colour
from tests.browser.watching import LOTS_PALE, Watch
from tests.browser.ways import Reader, look

pytestmark = pytest.mark.browser

_NO_WEBGL = """
const real = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
  return kind.startsWith("webgl") ? null : real.call(this, kind, ...rest);
};
"""


def test_months_are_dragged_and_set_by_keyboard(watch: Watch):
    """Dragging over four bars changes list, map and address; arrows move its end; "all months" undoes it."""
    page = watch.open("/")
    pale = watch.count_pixels(LOTS_PALE)
    page.locator("#when").scroll_into_view_if_needed()
    bars = page.locator(".gb-when-bar .gb-when-back")
    first, last = bars.nth(1).bounding_box(), bars.nth(4).bounding_box()
    assert first is not None
    assert last is not None

    def drag() -> None:
        page.mouse.move(first["x"] + 4, first["y"] + 40)
        page.mouse.down()
        page.mouse.move(last["x"] + 4, last["y"] + 40, steps=4)
        page.mouse.up()

    watch.wait_for_results(drag)
    expect(page).to_have_url(re.compile(r"from=\d{4}-\d\d-01&to=\d{4}-\d\d-(28|29|30|31)"))
    lots = watch.read_counts()[0]
    assert 0 < lots < 49
    assert watch.count_pixels(LOTS_PALE) != pale
    assert page.locator(".gb-when-on").count() == 4
    expect(page.locator("#when-chosen")).to_contain_text(" til ")
    page.locator("#last_month").focus()
    watch.wait_for_results(lambda: page.keyboard.press("ArrowRight"))
    assert page.locator(".gb-when-on").count() == 5
    expect(page.locator("#last_month")).to_be_focused()
    assert watch.read_counts()[0] >= lots
    watch.wait_for_results(page.go_back)
    assert page.locator(".gb-when-on").count() == 4
    watch.wait_for_results(
        lambda: page.locator("#first_month").evaluate(
            "thumb => { thumb.value = thumb.min; document.getElementById('last_month').value = thumb.max;"
            " thumb.dispatchEvent(new Event('change', { bubbles: true })) }"
        )
    )
    assert watch.read_counts() == (49, 9)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["mouse", "keyboard"])
def test_an_area_is_drawn_and_searched(watch: Watch, size: dict[str, int]):
    """Corners by clicks, or by arrows and Enter at 390 px: the list has what lies within."""
    watch.page.set_viewport_size(size)  # type: ignore[arg-type]
    page = watch.open("/#map=8/55.08/14.75")
    page.get_by_role("button", name="Tegn et område").press("Enter")
    expect(page.get_by_text("Med tastatur: piletaster flytter kortet")).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    if size == WIDE:
        box = page.locator("#map canvas").bounding_box()
        assert box is not None
        for across, down in ((0.2, 0.2), (0.8, 0.2), (0.7, 0.7)):
            page.mouse.click(box["x"] + box["width"] * across, box["y"] + box["height"] * down)
    else:
        for key in ("ArrowUp", "ArrowLeft", "ArrowDown"):
            before = page.url
            page.keyboard.press(key)
            page.wait_for_function("before => location.href !== before", arg=before)
            watch.wait_for_map()
            page.keyboard.press("Enter")
    expect(page.get_by_text("Hjørner: 3")).to_be_visible()
    watch.wait_for_results(lambda: page.get_by_role("button", name="Søg i området").press("Enter"))
    expect(page).to_have_url(re.compile(r"area="))
    assert watch.read_counts()[0] < 49
    watch.wait_for_results(lambda: page.get_by_role("button", name="Fjern området").press("Enter"))
    assert watch.read_counts() == (49, 9)


@pytest.mark.parametrize("way", ["390-da-keyboard", "1280-en-mouse"])
def test_without_webgl_the_map_is_drawn(watch: Watch, way: str):
    """No engine: the page says so, circles stand for the lots, a filter changes them, one leads on."""
    watch.page.add_init_script(_NO_WEBGL)
    reader = Reader(watch, way)
    page = reader.open("/")
    expect(page.locator(".gb-map-off")).to_contain_text("WebGL")
    drawn = page.locator("#drawn")
    circles = drawn.locator("a circle")
    assert sum(int(text) for text in drawn.locator(".gb-drawn-lot text").all_text_contents()) == 48
    before, seen = circles.count(), look(drawn)
    if reader.narrow:
        reader.press(page.locator("summary", has_text=reader.say("Filters")).first)
    surveyed = page.locator("#basis-surveyed")
    reader.press(page.locator("label[for=basis-surveyed]") if reader.mouse else surveyed)
    expect(circles).to_have_count(1)
    assert before > 1
    assert ImageChops.difference(seen, look(drawn)).getbbox()
    reader.check()
    reader.press(drawn.locator("a.gb-drawn-lot"))
    expect(page.locator("h1")).to_have_text(
        "Mursten i kalkmørtel" if reader.language == "da" else "Clay brick in lime mortar"
    )


@pytest.mark.parametrize("way", ["1280-da-mouse", "390-en-keyboard"])
def test_a_lost_network_is_said_and_outlived(page: Page, server: str, way: str):
    """Offline, the last answer stays and it is said; online again the new one comes by itself."""
    reader = Reader(Watch(page, origin=server), way)
    reader.open("/", map_too=True)
    if reader.narrow:
        reader.press(page.locator("summary", has_text=reader.say("Filters")).first)
    page.context.set_offline(True)
    surveyed = page.locator("#basis-surveyed")
    reader.press(page.locator("label[for=basis-surveyed]") if reader.mouse else surveyed)
    expect(page.locator("#network")).to_have_class(re.compile("gb-network-lost"))
    expect(page.locator("#network")).not_to_be_empty()
    title = page.locator("#results-title")
    expect(title).to_contain_text("49 partier" if reader.language == "da" else "49 lots")
    reader.check()
    page.context.set_offline(False)
    expect(title).to_contain_text("1 parti " if reader.language == "da" else "1 lot ")
    expect(page.locator("#network")).not_to_have_class(re.compile("gb-network-lost"))


def test_months_work_without_javascript(server: str, browser: Browser):
    """The timeline is a plain form of two sliders; the drawn map and the table say the same."""
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(f"{server}/en/")
    expect(page.locator("#drawn svg")).to_be_visible()
    page.locator("#last_month").press("PageDown")
    page.locator("#when-form button").click()
    expect(page).to_have_url(re.compile(r"/en/\?from=.*to="))
    page.locator(".gb-when-table summary").click()
    page.locator(".gb-when-table a").nth(2).click()
    expect(page.locator(".gb-when-on")).to_have_count(1)
    context.close()


def test_a_cold_browser_sees_a_map_before_the_engine(server: str, browser: Browser):
    """With nothing kept a map is seen before its engine is there, and nothing jumps when it comes."""
    context = browser.new_context(locale="da-DK", viewport=WIDE)  # type: ignore[arg-type]
    page = context.new_page()
    held: list[Route] = []
    # playwright marks what it calls, and a method of a list takes no mark
    page.route("**/maplibre-gl.mjs", lambda route: held.append(route))  # noqa: PLW0108
    page.goto(f"{server}/", wait_until="commit")
    # the engine is held back, and yet there is a map to look at
    expect(page.locator("#drawn a circle").first).to_be_visible()
    assert page.locator("#map canvas").count() == 0
    for _ in range(100):
        if held:
            break
        page.wait_for_timeout(50)
    held[0].continue_()
    page.wait_for_selector("#map[data-state=idle]")
    expect(page.locator("#drawn")).to_be_hidden()
    moved = page.evaluate(
        "() => new Promise(done => { new PerformanceObserver(list => done(list.getEntries()"
        ".reduce((sum, entry) => sum + (entry.hadRecentInput ? 0 : entry.value), 0)))"
        ".observe({ type: 'layout-shift', buffered: true }); setTimeout(() => done(0), 500) })"
    )
    assert moved < 0.1
    page.wait_for_load_state("networkidle")  # a file half sent would be complained of
    context.close()


def test_a_lot_shows_its_reach(watch: Watch):
    """A click on a single place opens what lies there and says how far it reaches, and how that was got."""
    page = watch.open("/?municipality=0400#map=9/55.09/14.70")
    tile = page.locator("#map canvas").bounding_box()
    assert tile is not None
    x, y = find_colour(page, LOTS_PALE)
    page.mouse.click(tile["x"] + x, tile["y"] + y)
    expect(page.locator(".maplibregl-popup")).to_contain_text("75 km ad vej")
    expect(page.locator(".maplibregl-popup")).to_contain_text("1,3 gange")
