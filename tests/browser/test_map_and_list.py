# SPDX-License-Identifier: EUPL-1.2
"""The front page in a real browser: the map is drawn, filters change its pixels, the address tells it all."""

import io
import re

import mapbox_vector_tile
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import NARROW, WIDE
from tests.browser.watching import LAND, LOTS, LOTS_PALE, REQUIREMENTS, SEA, Watch
from tests.browser.ways import Reader

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("language", ["", "/en"], ids=["da", "en"])
def test_map_is_drawn(walk: Watch, size: dict[str, int], language: str):
    """Land, sea, lots and requirements are all to be seen, in both languages and at both widths."""
    walk.page.set_viewport_size(size)  # type: ignore[arg-type]
    walk.open(f"{language}/")
    for colour, least in ((LAND, 20_000), (SEA, 20_000), (LOTS, 150), (LOTS_PALE, 100), (REQUIREMENTS, 100)):
        assert walk.count_pixels(colour) > least, colour
    expect(walk.page.locator(".maplibregl-ctrl-attrib")).to_contain_text("Natural Earth")
    assert walk.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_filter_changes_pixels_list_and_address(walk: Watch):
    """Choosing surveyed lots takes the estimated ones off map and list; "back" brings them again."""
    page = walk.open("/")
    pale, solid = walk.count_pixels(LOTS_PALE), walk.count_pixels(LOTS)
    walk.wait_for_results(lambda: page.locator("label[for=basis-surveyed]").click())
    assert walk.read_counts() == (1, 9)
    assert walk.count_pixels(LOTS_PALE) < pale / 4
    assert 0 < walk.count_pixels(LOTS) < solid
    expect(page).to_have_url(re.compile(r"/\?basis=surveyed#map="))
    walk.wait_for_results(page.go_back)
    assert walk.read_counts() == (49, 9)
    assert abs(walk.count_pixels(LOTS_PALE) - pale) < pale * 0.05
    expect(page.locator("#basis-all")).to_be_checked()
    walk.wait_for_results(page.go_forward)
    assert walk.read_counts() == (1, 9)
    expect(page.locator("#basis-surveyed")).to_be_checked()


@pytest.mark.parametrize(
    ("select", "value", "counts"),
    [
        ("#class", "door_inner", (8, 3)),
        ("#class", "roof_tile_clay", (8, 0)),
        ("#municipality", "0400", (6, 0)),
    ],
)
def test_each_list_of_choices_filters_both(walk: Watch, select: str, value: str, counts: tuple[int, int]):
    """Material and municipality change the counts, and what answers nothing is gone from the map."""
    page = walk.open("/")
    before = walk.count_pixels(REQUIREMENTS)
    walk.wait_for_results(lambda: page.select_option(select, value))
    assert walk.read_counts() == counts
    after = walk.count_pixels(REQUIREMENTS)
    assert after < before / 5 if counts[1] == 0 else after > 50


@pytest.mark.parametrize("way", ["1280-da-mouse", "390-en-keyboard"])
def test_empty_answer_empties_the_map(walk: Watch, way: str):
    """Where nothing answers, list and map say so, and each way out named there leads to what it promises."""
    reader = Reader(walk, way)
    page = reader.open("/", map_too=True)
    before = walk.count_pixels(REQUIREMENTS)
    if reader.narrow:
        reader.press(page.locator("summary", has_text=reader.say("Filters")).first)
    walk.wait_for_results(lambda: _choose_aeroe(reader))
    assert walk.read_counts() == (0, 0)
    expect(page.locator(".gb-empty")).to_contain_text(reader.say("Nothing matches these filters."))
    assert walk.count_pixels(LOTS) < 30
    assert walk.count_pixels(REQUIREMENTS) < 30 < before
    assert walk.count_pixels(LAND) > 20_000
    reader.check()
    way_out = page.locator(".gb-ways-out li").first
    promised = int(re.findall(r"(\d+) (?:parti|lot)", way_out.inner_text())[0])
    reader.press(way_out.get_by_role("link"))
    expect(page.locator("#results tbody tr").first).to_be_visible()
    assert walk.read_counts()[0] == promised > 0
    walk.wait_for_map()
    assert walk.count_pixels(LOTS) > 100


def _choose_aeroe(reader: Reader) -> None:
    """Choose Ærø, near the end of the list of municipalities, where no lot is."""
    municipalities = reader.page.locator("#municipality")
    if reader.mouse:
        municipalities.select_option("0492")
        return
    municipalities.focus()
    reader.page.keyboard.press("End")
    for _ in range(6):
        if municipalities.input_value() == "0492":
            break
        reader.page.keyboard.press("ArrowUp")
    assert municipalities.input_value() == "0492"
    reader.page.wait_for_selector("#results:not([aria-busy])")


def test_shared_address_shows_the_same(walk: Watch):
    """An address made by filtering, opened afresh, shows the same list, form and map."""
    page = walk.open("/")
    walk.wait_for_results(lambda: page.select_option("#class", "timber"))
    walk.wait_for_results(lambda: page.locator("label[for=firmness-possible]").click())
    address, counts, pixels = page.url, walk.read_counts(), walk.count_pixels(LOTS_PALE)
    page.goto("about:blank")
    page.goto(address)
    walk.wait_for_map()
    assert walk.read_counts() == counts
    assert abs(walk.count_pixels(LOTS_PALE) - pixels) <= pixels * 0.15
    assert page.locator("#class").input_value() == "timber"
    expect(page.locator("#firmness-possible")).to_be_checked()


def test_map_groups_add_up_to_the_list(walk: Watch):
    """What the map has fetched to draw, counted, is what the list says, less the lot without a coordinate."""
    page = walk.open("/")
    seen = {"lots": 0, "requirements": 0}
    tiles = {address for address in walk.requests if ".mvt" in address}
    assert tiles
    for tile in tiles:
        for name, layer in mapbox_vector_tile.decode(page.request.get(tile).body()).items():
            seen[name] += sum(feature["properties"]["n"] for feature in layer["features"])
    lots, requirements = walk.read_counts()
    assert seen == {"lots": lots - 1, "requirements": requirements}


def test_click_on_a_group_zooms_and_on_a_site_tells(walk: Watch):
    """A click on a group goes nearer; a click on a single site opens a way to it."""
    page = walk.open("/?municipality=0400#map=9/55.09/14.70")
    box = page.locator("#map canvas").bounding_box()
    assert box is not None
    # The only lots in sight are those of the home at Rønne: find them by their colour.
    x, y = find_colour(page, LOTS_PALE)
    page.mouse.click(box["x"] + x, box["y"] + y)
    expect(page.locator(".maplibregl-popup")).to_contain_text("partier")
    page.locator(".maplibregl-popup a").click()
    expect(page.locator("h1")).to_have_text("Fritliggende enfamiliehus")
    expect(page.locator(".gb-place-near")).to_be_visible()


def find_colour(page: Page, colour: tuple[int, int, int]) -> tuple[float, float]:
    """Find the middle of the pixels of the map that have a colour."""
    image = Image.open(io.BytesIO(page.locator("#map canvas").screenshot())).convert("RGB")
    pixels = [
        (x, y)
        for x in range(image.width)
        for y in range(image.height)
        if all(abs(a - b) <= 6 for a, b in zip(image.getpixel((x, y)), colour, strict=True))
    ]
    assert pixels
    return (sum(x for x, _ in pixels) / len(pixels), sum(y for _, y in pixels) / len(pixels))


def _skip_to_content(page: Page) -> None:
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main-content"))
    expect(page.locator("#main-content")).to_be_focused()
    # The browser may see to the focus once more when it draws the next picture.
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def test_keyboard_alone_filters_sorts_and_opens(walk: Watch):
    """Without a mouse: skip to the content, filter, switch list, sort, and open a thing."""
    page = walk.open("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skipnav")).to_be_focused()
    _skip_to_content(page)
    page.keyboard.press("Tab")
    for _ in range(4):
        if page.evaluate("document.activeElement.id") == "class":
            break
        page.keyboard.press("Tab")
    expect(page.locator("#class")).to_be_focused()
    # One letter: a list forgets the letters before after a second, so that a word typed slowly is another.
    walk.wait_for_results(lambda: page.keyboard.press("m"))
    expect(page.locator("#class")).to_have_value("brick")
    expect(page.locator("#class")).to_be_focused()
    assert walk.read_counts()[0] == 8
    page.locator(".gb-tabs a").last.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".gb-tabs [aria-current]")).to_be_focused()
    expect(page.locator(".gb-tabs [aria-current]")).to_contain_text("Behov")
    page.locator("#results th .gb-sort").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[aria-sort=ascending] .gb-sort")).to_be_focused()
    page.locator("#results td a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Mursten i kalkmørtel")
    expect(page.locator("#place .gb-place-near")).to_be_visible()


def test_keyboard_moves_the_map(walk: Watch):
    """The map takes the arrows and plus once it has the focus."""
    page = walk.open("/")
    page.wait_for_function("() => location.hash.startsWith('#map=')")
    zoom, _, east = page.url.split("#map=")[1].split("/")
    page.locator("#map canvas").focus()
    page.keyboard.press("+")
    part = "place => Number(location.hash.split('=')[1].split('/')[place[0]]) > place[1]"
    page.wait_for_function(part, arg=[0, float(zoom) + 0.9])
    page.keyboard.press("ArrowRight")
    page.wait_for_function(part, arg=[2, float(east)])
    walk.wait_for_map()


def test_a_link_within_the_page_asks_for_nothing(walk: Watch):
    """Skipping to the content neither fetches the list again nor takes the focus from where it went next."""
    page = walk.open("/")
    before = len(walk.requests)
    page.locator(".skipnav").focus()
    _skip_to_content(page)
    page.locator("#class").focus()
    walk.wait_for_results(lambda: page.keyboard.press("m"))
    expect(page.locator("#class")).to_be_focused()
    lists = [address for address in walk.requests[before:] if address.split("?")[0] == f"{walk.origin}/"]
    assert lists == [f"{walk.origin}/?class=brick"]


def test_back_keeps_the_focus_in_the_form(walk: Watch):
    """Whoever goes back while in a field is in that field still, though the form is made anew."""
    page = walk.open("/")
    page.locator("#class").focus()
    walk.wait_for_results(lambda: page.keyboard.press("m"))
    walk.wait_for_results(page.go_back)
    expect(page.locator("#class")).to_have_value("")
    expect(page.locator("#class")).to_be_focused()


def test_everything_works_without_javascript(server: str, browser: Browser):
    """Without a script the form is sent, the list answers, and the page says what the map needs."""
    context = browser.new_context(java_script_enabled=False, locale="da-DK")
    page = context.new_page()
    page.goto(f"{server}/")
    expect(page.locator(".gb-map-off")).to_be_visible()
    page.select_option("#class", "timber")
    page.locator("label[for=firmness-possible]").click()
    page.get_by_role("button", name="Vis", exact=True).click()
    expect(page).to_have_url(re.compile(r"class=timber.*firmness=possible"))
    expect(page.locator("#results-title")).to_contain_text("4 partier")
    page.get_by_role("link", name="English").click()
    expect(page.locator("#results-title")).to_contain_text("4 lots")
    context.close()
