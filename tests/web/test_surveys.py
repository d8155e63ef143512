# SPDX-License-Identifier: EUPL-1.2
"""A survey on the web: lots written down, corrected, repeated, removed and put back, with nothing lost."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from inventory.database import open_session
from inventory.tables import Lot, LotSurvey, MaterialClass, Room
from tests.web.opening import open_app
from tests.web.reading import find_all, find_id, parse_page, read_text
from tests.web.sample_ids import lot_id, site_id
from tests.web.surveying import (
    BRICKS,
    SCHOOL,
    count_lots,
    read_fields,
    read_hidden,
    read_versions,
    write_down,
)

pytestmark = pytest.mark.long


@pytest.fixture
def url(own_sample_url: str) -> str:
    """The address of a database of the test's own, with the sample."""
    return own_sample_url


@pytest.fixture
def app(front_end: None, url: str) -> Iterator[Flask]:
    """The application over it."""
    with open_app(url) as app:
        yield app


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    """A browser without JavaScript that keeps its cookies."""
    return app.test_client()


@pytest.mark.parametrize(("at", "net"), [("", "1.228 stk."), ("/en", "1,228 pcs")])
def test_a_lot_is_written_down(browser: FlaskClient, url: str, at: str, net: str):
    """Pallets become net usable bricks in a new room; the building shows them, the share and its source."""
    before = count_lots(url)
    saved = write_down(browser, at=at)
    assert saved.status_code == 303, saved.text
    assert count_lots(url) == before + 1
    shown = read_fields(browser.get(saved.location).text)
    assert {name: shown[name] for name in ("count", "trade_unit", "content", "by")} == {
        "count": "3", "trade_unit": "pallet", "content": "512", "by": "AB"
    }  # fmt: skip
    building = read_text(parse_page(browser.get(f"{at}/surveys/{SCHOOL}").text))
    assert net in building
    # the same history stands where the lot's life does, with material and room by their names
    life = browser.get(saved.location.replace("/surveys/lots/", "/lots/") + "/life")
    (told,) = find_all(parse_page(life.text), "ol", class_="gb-history")
    assert "st., Facade" in read_text(told)
    assert ("Clay brick in lime mortar" if at else "Mursten i kalkmørtel") in read_text(told)
    assert "st., Facade" in building
    assert "80 %: Prøve på 1 m²" in building


def test_a_form_sent_twice_is_one_lot(browser: FlaskClient, url: str):
    """The same form again, as after a lost network, writes nothing more; with other words both are shown."""
    before, address = count_lots(url), f"/surveys/{SCHOOL}/lots/new"
    form = read_hidden(browser.get(address).text) | BRICKS
    first = browser.post(address, data=form)
    assert browser.post(address, data=form).location == first.location
    other = browser.post(address, data=form | {"count": "4"})
    assert other.status_code == 409
    assert read_versions(other.text) == [["Hvor mange eller hvor meget, brutto", "3", "4"]]
    assert read_fields(other.text)["count"] == "4"
    assert count_lots(url) == before + 1
    # saved from there, the second wins, knowingly
    again = browser.post(first.location, data=read_fields(other.text))
    assert again.status_code == 303
    assert read_fields(browser.get(first.location).text)["count"] == "4"
    # the id of an estimate, put in by hand: nothing of it is shown, and the form is there to be sent anew
    strange = browser.post(address, data=form | {"lot_id": str(lot_id("home_aarhus", "door_inner"))})
    assert strange.status_code == 409
    assert read_fields(strange.text)["count"] == "3"


@pytest.mark.parametrize(
    ("fields", "field", "danish"),
    [
        ({"class_id": ""}, "class_id", "Udfyld feltet"),
        ({"class_id": "brick"}, "class_id", "Vælg materialet på listen"),
        ({"count": "mange"}, "count", "Det er ikke et tal. Skriv det som 12,5."),
        ({"count": "-1"}, "count", "Skriv et tal fra 0"),
        ({"count": "1e9", "content": "900000"}, "count", "mere, end der kan tælles"),
        ({"count": "1,5", "trade_unit": "piece"}, "count", "Stykker tælles hele"),
        ({"count": "1,5", "trade_unit": "own"}, "count", "Stykker tælles hele"),
        ({"content": ""}, "content", "Skriv, hvad hver indeholder"),
        ({"yield_source": ""}, "yield_source", "hvor andelen er fra"),
        ({"yield_percent": "80,5"}, "yield_percent", "helt tal"),
        ({"length_mm": "0"}, "length_mm", "Skriv et tal fra 1"),
        ({"year": "31-02"}, "year", "ikke et tal"),
        ({"described": "item", "identical": "2"}, "identical", "enkelt genstand er én"),
        ({"fixing": "magic"}, "fixing", "Vælg på listen"),
        ({"new_room": ""}, "new_room", "Giv også rummet et navn"),
        ({"room_id": "7"}, "room_id", "ikke i bygningen mere"),
        ({"note": "x" * 2001}, "note", "højst 2.000 tegn"),
        ({"ref": "mursten facade"}, "ref", "allerede et parti mursten facade"),
    ],
)
def test_what_is_wrong_stands_at_its_field(
    browser: FlaskClient, url: str, fields: dict[str, str], field: str, danish: str
):
    """Bad input is named beside its field, all that was typed is still there, and nothing is saved."""
    before = count_lots(url)
    refused = write_down(browser, **fields)
    assert refused.status_code == 422
    page = parse_page(refused.text)
    assert danish in read_text(find_id(page, f"f-{field}-error"))
    typed = read_fields(refused.text)
    sent = BRICKS | fields
    kept = {name: text for name, text in sent.items() if name not in {"class_id", "fixing", "room_id"}}
    assert {name: typed[name] for name in kept} == kept
    assert count_lots(url) == before


def test_a_correction_leaves_its_history(browser: FlaskClient, url: str):
    """What was, what is, who and why are told; the price is per unit of the material."""
    address = write_down(browser).location
    form = read_fields(browser.get(address).text) | {
        "count": "2", "grade": "4", "price_ore": "2,50", "by": "CD", "why": "Talt igen", "length_mm": "228"
    }  # fmt: skip
    assert browser.post(address, data=form).status_code == 303
    page = browser.get(address).text
    told = read_text(find_all(parse_page(page), "ol", class_="gb-history")[0])
    for words in ("Rettet", "CD", "Talt igen", "fra 3 → til 2", "til 4: god", "til 2,50 kr.", "228 mm"):
        assert words in told, told
    assert told.index("Rettet") < told.index("Skrevet op")
    with open_session(url) as session:
        lot = session.get_one(Lot, UUID(address.rsplit("/", 1)[-1]))
        assert (lot.quantity, lot.price_ore) == (819, 250)
    assert read_fields(page)["price_ore"] == "2,50"


def test_an_edit_of_an_old_version_loses_nothing(browser: FlaskClient, url: str):
    """Two correct the same lot: the second is shown both versions, and saves again if it means to."""
    address = write_down(browser).location
    mine = read_fields(browser.get(address).text) | {"note": "Gule sten", "count": "5"}
    theirs = read_fields(browser.get(address).text) | {"count": "7"}
    assert browser.post(address, data=theirs).status_code == 303
    refused = browser.post(address, data=mine)
    assert refused.status_code == 409
    assert read_versions(refused.text) == [
        ["Beskrivelse", "–", "Gule sten"],
        ["Hvor mange eller hvor meget, brutto", "7", "5"],
    ]
    typed = read_fields(refused.text)
    assert (typed["note"], typed["count"]) == ("Gule sten", "5")
    assert read_fields(browser.get(address).text)["count"] == "7"
    assert browser.post(address, data=typed).status_code == 303
    assert read_fields(browser.get(address).text)["count"] == "5"
    # the first form sent once more by a lost network changes nothing
    assert browser.post(address, data=theirs).status_code == 303
    assert read_fields(browser.get(address).text)["count"] == "5"


def test_a_draft_is_answered_in_json(browser: FlaskClient):
    """A draft that sends itself hears where the lot is, or what is wrong with which field."""
    address = f"/surveys/{SCHOOL}/lots/new"
    form = read_hidden(browser.get(address).text) | BRICKS
    asks = {"Accept": "application/json"}
    wrong = browser.post(address, data=form | {"count": "x"}, headers=asks)
    assert wrong.status_code == 422
    assert wrong.json is not None
    assert set(wrong.json["errors"]) == {"count"}
    saved = browser.post(address, data=form, headers=asks).json
    assert saved is not None
    assert browser.get(saved["location"]).status_code == 200


def test_copy_remove_and_undo(browser: FlaskClient, url: str):
    """A copy gets the next number; a removed lot is offered to nobody, and comes back as it was."""
    address = write_down(browser, ref="7").location
    token = {"csrf_token": read_hidden(browser.get(address).text)["csrf_token"]}
    copy = browser.post(f"{address}/copy", data=token).location
    assert read_fields(browser.get(copy).text)["ref"] == "8"
    copy_id = UUID(copy.rsplit("/", 1)[-1])
    away = browser.post(f"{copy}/remove", data=token)
    assert away.status_code == 303
    building = parse_page(browser.get(away.location).text)
    assert "8: Mursten i kalkmørtel" in read_text(find_id(building, "removed").parentNode)
    assert "Dette parti er fjernet" in browser.get(copy).text
    with open_session(url) as session:
        assert session.get_one(Lot, copy_id).status == "withdrawn"
    assert browser.post(f"{copy}/restore", data=token).location == copy
    with open_session(url) as session:
        assert session.get_one(Lot, copy_id).status == "surveyed"
        assert session.get_one(LotSurvey, copy_id).yield_percent == 80
    for words in ("Fjernet", "Lagt tilbage"):
        assert words in browser.get(copy).text


def test_a_lot_moves_to_another_building(browser: FlaskClient, url: str):
    """Its building can be corrected; the room stays behind, and the number where the other has it."""
    first = write_down(browser).location
    other = site_id("school_odense")
    address = f"/surveys/{other}/lots/new"
    browser.post(address, data=read_hidden(browser.get(address).text) | BRICKS)
    page = browser.get(first).text
    offered = [
        one.getAttribute("value") for one in find_all(find_id(parse_page(page), "f-site_id"), "option")
    ]
    assert offered[0] == str(SCHOOL)
    assert str(other) in offered
    moved = browser.post(first, data=read_fields(page) | {"site_id": str(other)})
    assert moved.status_code == 303
    with open_session(url) as session:
        lot = UUID(first.rsplit("/", 1)[-1])
        assert (session.get_one(Lot, lot).site_id, session.get_one(Lot, lot).ref) == (other, "2")
        assert session.get_one(LotSurvey, lot).room_id is None
        assert session.scalars(select(Room.name).where(Room.site_id == SCHOOL)).all() == ["Facade"]


def test_a_lot_from_a_file_is_corrected(browser: FlaskClient):
    """A lot nobody surveyed on the web has the same form; an estimate has none."""
    address = f"/surveys/lots/{lot_id('school_aarhus', 'brick_lime_mortar', 'surveyed')}"
    form = read_fields(browser.get(address).text)
    assert (form["count"], form["trade_unit"], form["ref"]) == ("12500", "own", "mursten facade")
    assert browser.post(address, data=form | {"count": "12.400"}).status_code == 303
    assert read_fields(browser.get(address).text)["count"] == "12400"
    assert browser.get(f"/surveys/lots/{lot_id('home_aarhus', 'door_inner')}").status_code == 404


def test_buildings_are_found(browser: FlaskClient, url: str):
    """The list tells what begun surveys lack, finds the others by words, and never names a home."""
    page = read_text(parse_page(browser.get("/surveys").text))
    assert "Skovvangskolen, fløj C" in page
    assert "Mangler: foto (1 parti)" in page
    found = read_text(parse_page(browser.get("/surveys?q=aalborg").text))
    assert "Sportshal Vest" in found
    assert "Munkebjergskolen" not in found
    assert "Skovvangskolen" not in found
    assert "Ingen påbegyndt opmåling har disse ord" in found
    begun = read_text(parse_page(browser.get("/surveys?q=skovvang").text))
    assert "Skovvangskolen, fløj C" in begun
    assert "Ingen bygning har disse ord" in browser.get("/surveys?q=Enfamiliehus").text
    assert "Hemmelig Vej" not in browser.get("/surveys?q=Hemmelig").text
    assert browser.get("/surveys?page=x&more=99&q=%25").status_code == 200


def test_labels_are_a_pdf(browser: FlaskClient):
    """The labels of a building's lots come as PDF; a building without lots has none."""
    labels = browser.get(f"/surveys/{SCHOOL}/labels")
    assert labels.mimetype == "application/pdf"
    assert labels.data.startswith(b"%PDF-")
    assert browser.get(f"/surveys/{site_id('hall_aalborg')}/labels").status_code == 404


def test_forms_need_their_token(browser: FlaskClient, url: str):
    """Without its token no form changes anything."""
    address = write_down(browser).location
    for path in ("", "/copy", "/remove", "/restore"):
        assert browser.post(address + path, data=BRICKS).status_code == 400
    assert browser.post(f"/surveys/{SCHOOL}/lots/new", data=BRICKS).status_code == 400
    assert count_lots(url) == 2


def test_every_class_can_be_chosen(browser: FlaskClient, url: str):
    """The form offers each material a lot may be of, and no other."""
    page = parse_page(browser.get(f"/surveys/{SCHOOL}/lots/new").text)
    offered = {one.getAttribute("value") for one in find_all(find_id(page, "f-class_id"), "option")} - {""}
    with open_session(url) as session:
        wanted = select(MaterialClass.code).where(MaterialClass.tradable, MaterialClass.valid_to.is_(None))
        assert offered == set(session.scalars(wanted))
