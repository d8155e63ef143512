# SPDX-License-Identifier: EUPL-1.2
"""Surveying with one thumb: big targets, and a network that comes and goes loses and doubles nothing."""

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect
from sqlalchemy import func, select

from inventory.database import open_session
from inventory.tables import Attachment, Lot
from tests.browser.conftest import NARROW, WIDE
from tests.browser.watching import PATIENCE_MS
from tests.inventory.files.test_intake import draw
from tests.web.sample_ids import lot_id, site_id

pytestmark = pytest.mark.browser
SITE = site_id("hall_aalborg")
NEW = f"/surveys/{SITE}/lots/new"
LOT = f"/surveys/lots/{lot_id('school_aarhus', 'brick_lime_mortar', 'surveyed')}"
TARGETS = "main a, main button, main input:not([type=hidden]), main select, main summary, main textarea"

# Path and text of all that is kept on the device.
KEPT = """async () => {
  const kept = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys())
      kept[new URL(request.url).pathname] = await (await cache.match(request)).text();
  }
  return kept;
}"""


@pytest.fixture
def phone(page: Page, server: str) -> Iterator[Page]:
    """A page as wide as a telephone; an error of its scripts fails the test."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: dialog.accept())
    page.set_default_timeout(PATIENCE_MS)
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    yield page
    page.context.set_offline(False)
    assert faults == []


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo on the telephone."""
    path = tmp_path / "facade.jpg"
    path.write_bytes(draw(size=(640, 480)))
    return path


def open_page(page: Page, address: str) -> None:
    """Open a page and wait until it keeps drafts."""
    page.goto(address)
    page.wait_for_selector("#drafts[data-ready]", state="attached")


def fill_in(page: Page, *, count: str, note: str, material: str = "toilet") -> None:
    """Fill in the form of a new lot."""
    page.select_option("[name=class_id]", material)
    page.fill("[name=note]", note)
    page.fill("[name=count]", count)


def save(page: Page) -> None:
    """Press the button of the form of a lot."""
    page.click(".gb-save button")


def find_lots(url: str, note: str) -> list[UUID]:
    """Find the lots with a description."""
    with open_session(url) as session:
        return list(session.scalars(select(Lot.id).where(Lot.note == note)))


def count_photos(url: str, lot: UUID) -> int:
    """Count the photos of a lot."""
    with open_session(url) as session:
        return session.scalar(select(func.count()).where(Attachment.lot_id == lot)) or 0


def wait_until_sent(page: Page) -> None:
    """Wait until nothing is kept in the browser any more."""
    expect(page.locator("#drafts")).to_be_hidden()


def test_lots_written_without_a_network_are_sent_once(
    phone: Page, server: str, database_url: str, photo: Path
):
    """Two lots, one with a photo, wait in the telephone, which says so; then they go, once each."""
    open_page(phone, server + NEW)
    phone.context.set_offline(True)
    fill_in(phone, count="3", note="uden net 1")
    phone.set_input_files("#f-camera", photo)
    save(phone)
    drafts = phone.locator("#drafts")
    expect(drafts).to_contain_text("Venter på at blive sendt fra denne enhed: 1")
    expect(phone.locator("[name=note]")).to_have_value("")
    fill_in(phone, count="4", note="uden net 2")
    save(phone)
    expect(drafts).to_contain_text("denne enhed: 2")
    found = Axe().run(phone)
    assert found.violations_count == 0, found.generate_report()
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert find_lots(database_url, "uden net 1") == []
    phone.context.set_offline(False)
    wait_until_sent(phone)
    (first,) = find_lots(database_url, "uden net 1")
    assert count_photos(database_url, first) == 1
    assert len(find_lots(database_url, "uden net 2")) == 1
    phone.reload()
    open_page(phone, f"{server}/surveys")
    assert len(find_lots(database_url, "uden net 2")) == 1


def test_a_form_never_opened_is_opened_without_a_network(
    phone: Page, server: str, database_url: str, photo: Path
):
    """The building was opened once: without network its form opens twice, and each lot comes, once."""
    open_page(phone, f"{server}/surveys/{SITE}")
    expect(phone.locator("#offline")).to_contain_text("åbner også uden net")
    phone.context.set_offline(True)
    for number in (1, 2):
        open_page(phone, server + NEW)
        expect(phone.locator("#offline")).to_contain_text("Intet net")
        fill_in(phone, count=f"{number}", note=f"uden mast {number}")
        phone.set_input_files("#f-camera", photo)
        save(phone)
        expect(phone.locator("#drafts")).to_contain_text(f"denne enhed: {number}")
    open_page(phone, server + LOT)  # a page never opened
    expect(phone.locator("h1")).to_have_text("Intet net")
    expect(phone.locator("#kept-pages")).to_contain_text("Et nyt parti")
    found = Axe().run(phone)
    assert found.violations_count == 0, found.generate_report()
    phone.context.set_offline(False)
    wait_until_sent(phone)
    for number in (1, 2):
        (lot,) = find_lots(database_url, f"uden mast {number}")
        assert count_photos(database_url, lot) == 1
    open_page(phone, f"{server}/surveys/{SITE}")
    kept = phone.evaluate(KEPT)
    assert {one.split("/")[1] for one in kept} == {"surveys", "assets", "static"}
    assert not [path for path, text in kept.items() if "uden mast" in text and not path.endswith(f"/{SITE}")]


def test_an_answer_lost_on_the_way_makes_no_second_lot(phone: Page, server: str, database_url: str):
    """The server has written the lot, but its answer never came: sent again, it is still one lot."""
    lost: list[int] = []

    def lose_answer(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    phone.route(f"**{NEW}", lose_answer)
    open_page(phone, server + NEW)
    fill_in(phone, count="2", note="svar tabt")
    save(phone)
    expect(phone.locator("#drafts")).to_contain_text("denne enhed: 1")
    assert lost == [200]
    assert len(find_lots(database_url, "svar tabt")) == 1
    phone.get_by_role("button", name="Send nu").click()
    wait_until_sent(phone)
    assert len(find_lots(database_url, "svar tabt")) == 1


def test_what_was_typed_outlives_the_page(phone: Page, server: str, database_url: str, photo: Path):
    """The page is gone before it was saved: text and photo are taken up again, in the other language too."""
    open_page(phone, server + NEW)
    fill_in(phone, count="7", note="lukket for tidligt")
    phone.set_input_files("#f-photos", photo)
    phone.wait_for_timeout(600)
    phone.goto("about:blank")
    open_page(phone, f"{server}/en{NEW}")
    expect(phone.locator("#drafts")).to_contain_text("typed here, not saved")
    phone.get_by_role("button", name="Take it up again").click()
    expect(phone.locator("[name=note]")).to_have_value("lukket for tidligt")
    expect(phone.locator("[name=class_id]")).to_have_value("toilet")
    assert phone.evaluate("document.getElementById('f-photos').files.length") == 1
    save(phone)
    phone.wait_for_url("**/en/surveys/lots/*")
    (lot,) = find_lots(database_url, "lukket for tidligt")
    assert count_photos(database_url, lot) == 1
    wait_until_sent(phone)


def test_a_draft_the_server_refuses_is_mended(phone: Page, server: str, database_url: str):
    """What was wrong is told once the network is back; opened and mended, it is saved."""
    open_page(phone, server + NEW)
    phone.context.set_offline(True)
    fill_in(phone, count="mange", note="skal rettes")
    save(phone)
    expect(phone.locator("#drafts")).to_contain_text("denne enhed: 1")
    phone.context.set_offline(False)
    expect(phone.locator("#drafts")).to_contain_text("Det er ikke et tal")
    open_page(phone, f"{server}/surveys")
    phone.get_by_role("link", name="Tag det op igen").click()
    expect(phone.locator("[name=count]")).to_have_value("mange")
    phone.wait_for_selector("#drafts[data-ready]", state="attached")
    phone.fill("[name=count]", "6")
    save(phone)
    phone.wait_for_url("**/surveys/lots/*")
    assert len(find_lots(database_url, "skal rettes")) == 1
    wait_until_sent(phone)


def test_a_wrong_form_keeps_its_photo(phone: Page, server: str, database_url: str, photo: Path):
    """Refused with the network there, the page names the field, and the photo is chosen still."""
    open_page(phone, server + NEW)
    fill_in(phone, count="x", note="foto beholdt")
    phone.set_input_files("#f-photos", photo)
    save(phone)
    expect(phone.locator("#f-count-error")).to_be_visible()
    phone.wait_for_selector("#drafts[data-ready]", state="attached")
    expect(phone.locator("[data-without-files]")).to_have_count(0)  # it is not asked for again
    assert phone.evaluate("document.getElementById('f-photos').files.length") == 1
    phone.fill("[name=count]", "1")
    save(phone)
    phone.wait_for_url("**/surveys/lots/*")
    assert [count_photos(database_url, lot) for lot in find_lots(database_url, "foto beholdt")] == [1]


def test_a_photo_added_to_a_lot_is_seen_and_told_at_once(phone: Page, server: str, photo: Path):
    """On the page of the lot the photo stands where it was sent from; its caption is what is read out."""
    open_page(phone, f"{server}{LOT}")
    phone.set_input_files("#f-photos", photo)
    phone.click("#files form[data-draft] button")
    phone.get_by_text("Tilføj billedtekst").click()
    phone.fill(".gb-photos input[name=caption]", "Facade mod syd")
    phone.press(".gb-photos input[name=caption]", "Enter")
    expect(phone.locator(".gb-photos img").first).to_have_attribute("alt", re.compile("Facade mod syd$"))
    found = Axe().run(phone)
    assert found.violations_count == 0, found.generate_report()


def test_a_correction_waits_and_meets_another(phone: Page, server: str, database_url: str):
    """A correction made without network meets one made meanwhile: both are shown, and neither is lost."""
    open_page(phone, server + LOT)
    phone.context.set_offline(True)
    phone.fill("[name=note]", "rettet uden net")
    save(phone)
    expect(phone.locator("#drafts")).to_contain_text("denne enhed: 1")
    with open_session(database_url) as session:
        session.get_one(Lot, UUID(LOT.rsplit("/", 1)[-1])).note = "rettet imens"
    phone.context.set_offline(False)
    expect(phone.locator("#drafts")).to_contain_text("rettet af en anden")
    phone.get_by_role("button", name="Tag det op igen").click()
    expect(phone.locator("[name=note]")).to_have_value("rettet uden net")
    save(phone)
    versions = phone.locator(".gb-versions")
    expect(versions).to_contain_text("rettet imens")
    expect(versions).to_contain_text("rettet uden net")
    found = Axe().run(phone)
    assert found.violations_count == 0, found.generate_report()
    phone.wait_for_selector("#drafts[data-ready]", state="attached")
    save(phone)
    expect(phone.locator(".alert-success")).to_be_visible()
    phone.wait_for_load_state("networkidle")  # its pictures too: the server must not be left sending
    assert len(find_lots(database_url, "rettet uden net")) == 1


@pytest.mark.parametrize("address", ["/surveys", f"/surveys/{site_id('school_aarhus')}", NEW, LOT])
def test_targets_are_large(phone: Page, server: str, address: str):
    """Whatever is pressed is at least 44 px high."""
    open_page(phone, server + address)
    phone.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    small = phone.evaluate(
        "targets => [...document.querySelectorAll(targets)].filter(one => one.getClientRects().length)"
        ".filter(one => one.getBoundingClientRect().height < 44).map(one => one.outerHTML)",
        TARGETS,
    )
    assert small == []


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
def test_a_lot_is_written_down_by_keyboard(phone: Page, server: str, database_url: str, size: dict[str, int]):
    """Without a pointer: to the fields, through the form, and saved by Enter."""
    phone.set_viewport_size(size)  # type: ignore[arg-type]
    open_page(phone, server + NEW)
    phone.focus("[name=class_id]")
    phone.keyboard.type("Toilet")
    phone.focus("[name=note]")
    note = f"tastatur {size['width']}"
    phone.keyboard.type(note)
    phone.keyboard.press("Tab")
    assert phone.evaluate("document.activeElement.name") == "count"
    phone.keyboard.type("5")
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/surveys/lots/*")
    assert len(find_lots(database_url, note)) == 1
