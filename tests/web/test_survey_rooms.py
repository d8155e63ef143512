# SPDX-License-Identifier: EUPL-1.2
"""Rooms and captions on the web: named, called otherwise, removed with a word for the lots, and undone."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from inventory.actions.lots.move import split_lot
from inventory.database import open_session
from tests.inventory.files.test_intake import PDF, draw
from tests.web.reading import find_all, parse_page, read_text
from tests.web.surveying import SCHOOL, read_hidden, write_down
from tests.web.test_survey_photos import app, browser, list_photos, post

__all__ = ["app", "browser"]
ROOMS = f"/surveys/{SCHOOL}/rooms"


def send(browser: FlaskClient, button: str, *, at: str = ROOMS, **fields: str) -> str:
    """Press the button called so, with what is typed beside it; give the words of the page that follows."""
    for form in find_all(parse_page(browser.get(at).text), "form"):
        for one in find_all(form, "button"):
            if button in (one.getAttribute("aria-label"), read_text(one)):
                data = {
                    field.getAttribute("name"): field.getAttribute("value")
                    for field in find_all(form, "input")
                }
                sent = browser.post(form.getAttribute("action"), data=data | fields)
                assert sent.status_code == 303
                return read_text(parse_page(browser.get(sent.location).text))
    raise AssertionError(f"no button {button}")


def read_room(browser: FlaskClient, address: str) -> str:
    """Read which room the form of a lot says it lies in."""
    (field,) = [
        one
        for one in find_all(parse_page(browser.get(address).text), "select")
        if one.getAttribute("name") == "room_id"
    ]
    return next((read_text(one) for one in find_all(field, "option") if one.hasAttribute("selected")), "")


def test_rooms_are_kept_in_order(browser: FlaskClient):
    """A wrong name is put right, a room with lots is removed only with a word for them, and it comes back."""
    lot = write_down(browser, ref="i rum", new_room="Køken", new_floor="1.").location
    assert "Rummet hedder nu Køkken" in send(
        browser, "Gem navnet på 1., Køken", name="Køkken", floor="1.", by="AB"
    )
    assert read_room(browser, lot) == "1., Køkken"
    assert "Giv også rummet et navn" in send(browser, "Gem navnet på 1., Køkken", name=" ")
    assert "allerede et rum" in send(browser, "Tilføj rummet", name="Bad") + send(
        browser, "Gem navnet på 1., Køkken", name="Bad", floor=""
    )
    assert "for langt" in send(browser, "Tilføj rummet", name="x" * 81)
    assert "Der ligger partier i Køkken: 1" in send(browser, "Fjern rummet 1., Køkken", lots_to="")
    bath = next(
        one.getAttribute("value")
        for one in find_all(parse_page(browser.get(ROOMS).text), "option")
        if read_text(one) == "Bad"
    )
    assert "Rummet er fjernet" in send(browser, "Fjern rummet 1., Køkken", lots_to=bath)
    assert read_room(browser, lot) == "Bad"
    assert "Rum" in read_text(find_all(parse_page(browser.get(lot).text), "ol", class_="gb-history")[0])
    assert "fortrudt" in send(browser, "Fortryd: rum fjernet")
    assert read_room(browser, lot) == "1., Køkken"
    assert "før: Køken" in read_text(parse_page(browser.get(ROOMS).text))
    assert browser.get("/surveys/00000000-0000-4000-8000-000000000000/rooms").status_code == 404


@pytest.mark.parametrize("at", ["", "/en"])
def test_a_caption_is_what_is_read_out(browser: FlaskClient, database_url: str, at: str, tmp_path: Path):
    """Written and changed, it stands below the photo and in its alternative text; the history keeps both."""
    lot = write_down(browser, at=at, ref=f"med billede{at}").location
    form = read_hidden(browser.get(lot).text)
    key = f"00000000-0000-4000-8000-00000000000{len(at)}"
    size = (61, 60 + len(at))
    post(
        browser,
        f"{lot}/files",
        form={"csrf_token": form["csrf_token"], "sent": key},
        files=[(draw(size=size), "IMG_1.jpg"), (PDF, "r.pdf")],
    )
    save = "Save the caption of" if at else "Gem billedteksten til"
    send(browser, f"{save} IMG_1.jpg", at=lot, caption="  Facade mod <syd> ")
    send(browser, f"{save} IMG_1.jpg", at=lot, caption="Facade mod nord")
    send(browser, f"{save} r.pdf", at=lot, caption="Kortlægning")
    ((_source, words),) = list_photos(browser, lot)
    assert words.endswith(": Facade mod nord")
    told = read_text(find_all(parse_page(browser.get(lot).text), "ol", class_="gb-history")[0])
    assert "Facade mod <syd>" in told
    assert "Kortlægning" in browser.get(lot.replace("/surveys", "")).text
    too_long = send(browser, f"{save} IMG_1.jpg", at=lot, caption="x" * 201)
    assert ("at most 200" if at else "højst 200") in too_long
    with open_session(database_url) as session:
        part = split_lot(session, lot_id=lot.rsplit("/", 1)[-1], quantity=10)
    page = browser.get(f"{at}/surveys/lots/{part}").text
    assert "Facade mod nord" in page
    assert save not in page  # it is changed where it belongs
    send(browser, f"{save} IMG_1.jpg", at=lot, caption="")
    ((_source, words),) = list_photos(browser, lot)
    assert words.endswith(": IMG_1.jpg")
