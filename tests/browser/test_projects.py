# SPDX-License-Identifier: EUPL-1.2
"""A newcomer's whole task in a real browser: begin a project, paste, see tolerances, allow, match, undo."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from sqlalchemy import text

from inventory.database import open_session
from tests.browser.conftest import NARROW, WIDE
from tests.browser.watching import Watch

pytestmark = pytest.mark.browser

CELLS = "Materiale\tMængde\nMursten i kalkmørtel\t30.000\nIndvendig dør\t40\nStålradiator\t12\n"


@pytest.fixture(scope="module")
def clean(server: str, database_url: str) -> None:
    """The sample on one land without water between, all of its lots but the bricks' screened and clean."""
    with open_session(database_url) as session:
        session.execute(text("UPDATE lot SET screening = 'clean' WHERE ref <> 'brick_lime_mortar'"))
        session.execute(text("UPDATE site SET land_mass = 'jylland'"))
        session.commit()


def test_a_newcomer_walks_from_the_front_page_to_a_match_and_back(watch: Watch, clean: None):
    """By mouse on a telephone: project, three requirements pasted, a bound allowed, undone and tried."""
    watch.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page = watch.open("/")
    page.get_by_role("link", name="Projekter").click()
    page.get_by_role("link", name="Opret et projekt").click()
    watch.wait_for_map()
    check(watch)
    page.get_by_label("Navn", exact=True).fill("Ny skole i Randers")
    page.locator("#map canvas").click(position={"x": 60, "y": 150})
    expect(page.get_by_label("Koordinater")).not_to_have_value("")
    page.get_by_label("Koordinater").fill("56.45477, 10.05951")
    page.get_by_label("Første dag").fill("2027-05-01")
    page.get_by_label("Sidste dag").fill("2027-10-31")
    page.get_by_role("button", name="Gem projektet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ny skole i Randers")
    check(watch)
    page.get_by_role("link", name="Indsæt fra regneark").click()
    check(watch)
    page.get_by_label("Celler").fill(CELLS)
    page.get_by_role("button", name="Se rækkerne").click()
    page.get_by_role("button", name="gode rækker").click()
    page.get_by_role("link", name="Tilbage til projektet").click()
    expect(page.locator("article")).to_have_count(3)
    check(watch)
    bricks = page.locator("article", has_text="Mursten i kalkmørtel")
    allow = bricks.get_by_role("button", name="ikke er screenet endnu")
    expect(bricks.get_by_role("listitem").first).to_contain_text("1 parti mere (9.000")
    allow.click()
    expect(page.get_by_role("status").first).to_contain_text("Behovet er løsnet")
    check(watch)
    page.locator("article", has_text="Mursten i kalkmørtel").get_by_role("button", name="Fortryd").click()
    expect(page.get_by_role("status").first).to_contain_text("Det er fortrudt")
    page.get_by_role("link", name="Det kan det få nu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hvad der kan dække projektets behov nu")
    check(watch)
    page.get_by_role("button", name="ikke er screenet endnu").first.click()
    expect(page.get_by_role("heading", name="Du prøver dette; intet af det er gemt")).to_be_visible()
    check(watch)
    page.get_by_role("button", name="Gem det, du prøver").click()
    expect(page.get_by_role("status").first).to_contain_text("er gemt")
    saved = page.url
    page.go_back()
    expect(page.get_by_role("heading", name="Du prøver dette; intet af det er gemt")).to_be_visible()
    page.goto(saved)
    # Now lots are ranked: one is chosen, with who buys it, seen, and undone again.
    page.locator("summary", has_text="Vælg blandt dem").first.click()
    check(watch)
    form = page.get_by_role("form", name="Vælg til").first
    form.get_by_label("Hvem køber materialet").select_option(label="bygherren")
    form.get_by_role("button", name="Gem valget").click()
    expect(page.get_by_role("heading", name="Hvad der er valgt")).to_be_visible()
    expect(page.get_by_text("Købes af: bygherren.")).to_be_visible()
    check(watch)
    page.get_by_role("button", name="Fortryd valget").click()
    expect(page.get_by_role("status").first).to_contain_text("Det er fortrudt")
    expect(page.get_by_role("heading", name="Hvad der er valgt")).to_have_count(0)


def test_the_keyboard_alone_adds_a_requirement_and_tries_a_bound(watch: Watch, clean: None):
    """At a desk, no mouse, in English: material found, form filled, bound tried by its form, all undone."""
    watch.page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page = watch.open("/en/projects/new")
    page.get_by_label("Name", exact=True).focus()
    page.keyboard.type("Day-care")
    page.get_by_label("Town").focus()
    page.keyboard.type("Aarhus")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Day-care")
    press(watch, "link", "Add a requirement")
    page.get_by_label("Part of its name").focus()
    page.keyboard.type("inner door")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="See all materials")).to_be_visible()
    check(watch)
    press(watch, "link", "Inner door")
    expect(page.get_by_role("heading", level=1)).to_have_text("Inner door")
    check(watch)
    page.get_by_label("Quantity (pcs)").focus()
    page.keyboard.type("30")
    page.get_by_label("First day it can be delivered").fill("2027-03-01")
    page.get_by_label("Last day it can be delivered").fill("2027-03-20")
    page.get_by_label("Farthest by road").focus()
    page.keyboard.type("10")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("The requirement is added.")
    press(watch, "link", "What it could get now")
    press(watch, "button", "Try other bounds for B-001")
    expect(page.get_by_role("heading", name="Try other bounds")).to_be_visible()
    check(watch)
    page.get_by_label("Farthest by road (km)").focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("150")
    page.keyboard.press("Enter")
    expect(page.get_by_text("You are trying this")).to_be_visible()
    expect(page.locator(".gb-tried")).to_contain_text("150")
    press(watch, "link", "Drop it all")
    expect(page.get_by_text("You are trying this")).to_have_count(0)
    press(watch, "link", "Project and requirements")
    press(watch, "button", "Undo the last of B-001")
    expect(page.get_by_role("status").first).to_contain_text("It is undone.")
    check(watch)


def press(watch: Watch, role: str, name: str) -> None:
    """Go to something by the keyboard and press it."""
    found = watch.page.get_by_role(role, name=name).first  # type: ignore[arg-type]
    found.focus()
    expect(found).to_be_focused()
    watch.page.keyboard.press("Enter")


def check(watch: Watch) -> None:
    """Axe finds nothing to object to, and nothing is wider than the screen."""
    found = Axe().run(watch.page)
    assert found.violations_count == 0, found.generate_report()
    assert watch.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
