# SPDX-License-Identifier: EUPL-1.2
"""A newcomer's whole task in a real browser: a project, its requirements by every way, tolerances, match."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect
from sqlalchemy import text

from inventory.database import open_session
from tests.browser.watching import REQUIREMENTS, Watch
from tests.browser.ways import Reader, count_colours, look, measure
from tests.web.sample_ids import project_id

pytestmark = [pytest.mark.browser, pytest.mark.long]

CELLS = "Materiale\tMængde\nMursten i kalkmørtel\t30.000\n"
FILE = "ref;Materiale;Mængde;Enhed\nB-9;Stålradiator;12;stk\n"
NAMES = {"da": ("Mursten i kalkmørtel", "Indvendig dør"), "en": ("Clay brick in lime mortar", "Inner door")}


@pytest.fixture(scope="module")
def clean(server: str, database_url: str) -> None:
    """The sample on one land without water between, all of its lots but the bricks' screened and clean."""
    with open_session(database_url) as session:
        session.execute(text("UPDATE lot SET screening = 'clean' WHERE ref <> 'brick_lime_mortar'"))
        session.execute(text("UPDATE site SET land_mass = 'jylland'"))
        session.commit()


def expect_said(reader: Reader, words: str) -> None:
    """Expect the page to say what was done."""
    expect(reader.page.get_by_role("status").first).to_contain_text(reader.say(words))


def take_good_rows(reader: Reader) -> None:
    """Import the good rows of a preview, and go back to the project."""
    button = reader.page.locator("form[action$='/start'] button")
    reader.press(button)
    reader.press(reader.find("link", "Back to the project"))


def press_and_see_it_grow(reader: Reader, bar: Callable[[], Locator], press: Callable[[], None]) -> None:
    """Press something, and see that a bar is longer after it than before."""
    before = measure(bar())
    press()
    assert measure(bar()) > before


@pytest.mark.parametrize("way", ["390-da-mouse", "1280-en-keyboard"])
def test_a_project_gets_its_requirements_by_form_paste_and_file(
    watch: Watch, clean: None, tmp_path: Path, way: str
):
    """From the front page: a project on the map, its needs said in three ways, a bound allowed, undone."""
    reader = Reader(watch, way)
    bricks, doors = NAMES[reader.language]
    page = reader.open("/", map_too=True)
    reader.press(reader.find("link", "Projects"))
    reader.press(reader.find("link", "Begin a project"))
    watch.wait_for_map()
    reader.check()
    reader.type("Name", "Ny skole i Randers")
    if reader.mouse:
        assert count_pin(reader) == 0
        page.locator("#map canvas").click(position={"x": 60, "y": 150})
        expect(page.get_by_label(reader.say("Coordinates"))).not_to_have_value("")
        assert count_pin(reader) > 100
    reader.type("Coordinates", "56.45477, 10.05951")
    reader.type("First day", "2027-05-01")
    reader.type("Last day", "2027-10-31")
    reader.press(reader.find("button", "Save the project"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Ny skole i Randers")

    reader.press(reader.find("link", "Add a requirement"))
    reader.type("Part of its name, in Danish or English", "inner door")
    reader.press(reader.find("button", "Find"))
    reader.press(page.get_by_role("link", name=doors, exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text(doors)
    page.get_by_label(reader.say("Quantity (%(unit)s)", unit=reader.say("pcs"))).focus()
    page.keyboard.type("40")
    reader.check()
    page.keyboard.press("Enter")
    expect_said(reader, "The requirement is added.")

    reader.press(reader.find("link", "Paste from a spreadsheet"))
    reader.type("Cells", CELLS)
    reader.check()
    reader.press(reader.find("button", "See the rows"))
    take_good_rows(reader)

    reader.press(reader.find("link", "Import a file or a building model"))
    (tmp_path / "behov.csv").write_text(FILE, encoding="utf-8")
    page.set_input_files("#file", tmp_path / "behov.csv")
    reader.press(page.locator("form.gb-import-form button"))
    page.wait_for_url("**/mapping")
    reader.check()
    reader.press(reader.find("button", "Check the rows"))
    expect(page.get_by_role("table")).to_contain_text("radiator", ignore_case=True)
    reader.check()
    take_good_rows(reader)

    expect(page.locator("article")).to_have_count(3)
    reader.check()
    card = page.locator("article", has_text=bricks)
    expect(card.get_by_role("listitem").first).to_contain_text(
        "9.000" if reader.language == "da" else "9,000"
    )
    press_and_see_it_grow(
        reader,
        lambda: card.locator(".gb-bar-plan"),
        lambda: reader.press(card.locator("button[value*='screening']")),
    )
    expect_said(reader, "The requirement is loosened. Undo gives the bound back.")
    reader.check()
    reader.press(card.locator("button[name=undo]"))
    expect_said(reader, "It is undone.")
    assert measure(card.locator(".gb-bar-plan")) == 0


def count_pin(reader: Reader) -> int:
    """Count the pixels of the map that the pin of a project covers."""
    picture = look(reader.page.locator("#map"))
    colours = picture.getcolors(maxcolors=picture.width * picture.height) or []
    return sum(count for count, colour in colours if colour == REQUIREMENTS)


@pytest.mark.parametrize("way", ["390-en-keyboard", "1280-da-mouse"])
def test_the_answer_at_once_follows_what_is_tried(watch: Watch, clean: None, way: str):
    """The mix, the next best lots and a back-up are read; bounds tried change the bars, kept or dropped."""
    reader = Reader(watch, way)
    page = reader.open(f"/projects/{project_id('school')}/instant")
    expect(page.get_by_role("heading", level=1)).to_have_text(reader.say("What could serve the project now"))
    assert count_colours(look(page.locator(".gb-bars").first)) >= 3
    doors = page.locator("section", has=page.locator("h2", has_text=NAMES[reader.language][1]))
    mix = doors.get_by_role("row")
    expect(mix.nth(1)).to_contain_text("km")
    expect(doors).to_contain_text(reader.say("Order new at the latest"))

    bricks = page.locator("section", has=page.locator("h2", has_text=NAMES[reader.language][0]))
    press_and_see_it_grow(
        reader,
        lambda: bricks.locator(".gb-bar-plan"),
        lambda: reader.press(bricks.locator("button[value*='screening']")),
    )
    tried = page.locator(".gb-tried")
    expect(tried).to_contain_text(reader.say("You are trying this; nothing of it is saved"))
    reader.press(bricks.locator("summary").first)
    expect(bricks.locator("details tbody tr").first).to_be_visible()
    reader.check()
    reader.press(doors.locator("button[name=change]"))
    expect(page.get_by_role("heading", name=reader.say("Try other bounds"))).to_be_visible()
    reader.type("Farthest by road (km)", "10")
    reader.press(reader.find("button", "See what it gives"))
    expect(tried.get_by_role("listitem")).to_have_count(2)
    assert measure(doors.locator(".gb-bar-plan")) == 0
    reader.check()
    if reader.narrow:
        reader.press(reader.find("link", "Drop it all"))
        expect(tried).to_have_count(0)
        assert measure(doors.locator(".gb-bar-plan")) > 0
        return
    reader.press(reader.find("button", "Save what you try"))
    expect_said(reader, "What you tried is saved. Each requirement can be undone on the project's page.")
    saved = page.url
    page.go_back()
    expect(tried).to_be_visible()
    page.goto(saved)
    choose_among_ranked(reader)


def choose_among_ranked(reader: Reader) -> None:
    """Choose one of the lots ranked now, with who buys it; see it chosen, and undo it."""
    page = reader.page
    reader.press(page.locator("summary", has_text="Vælg blandt dem").first)
    form = page.get_by_role("form", name="Vælg til").first
    form.get_by_label("Hvem køber materialet").select_option(label="bygherren")
    reader.press(form.get_by_role("button", name="Gem valget"))
    expect(page.get_by_role("heading", name="Hvad der er valgt")).to_be_visible()
    expect(page.get_by_text("Købes af: bygherren.")).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    reader.press(page.get_by_role("button", name="Fortryd valget"))
    expect_said(reader, "It is undone.")
    expect(page.get_by_role("heading", name="Hvad der er valgt")).to_have_count(0)
