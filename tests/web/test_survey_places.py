# SPDX-License-Identifier: EUPL-1.2
"""A building no register told of is begun and surveyed; a name and a place are put right, with history."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from inventory.database import open_session
from inventory.imports.lots.importing import import_lots
from inventory.tables import Site
from tests.web.reading import parse_page, read_text
from tests.web.sample_ids import site_id
from tests.web.test_survey_photos import app, browser

__all__ = ["app", "browser"]
PLACE = f"/surveys/{site_id('school_aarhus')}/place"
HOME = f"/surveys/{site_id('home_aarhus')}/place"


def send(browser: FlaskClient, address: str, **fields: str) -> tuple[int, str, str]:
    """Send the form of a page; give the status, where it leads, and the words of what follows."""
    page = browser.get(address).text
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    sent = browser.post(address, data=hidden | fields)
    words = read_text(parse_page(sent.text if sent.status_code == 422 else browser.get(sent.location).text))
    return sent.status_code, sent.location or "", words


def test_a_building_is_begun_and_surveyed(browser: FlaskClient, database_url: str, tmp_path: Path):
    """Name and town are enough; what is missing or unknown is named; the same form twice is one building."""
    form = {"name": "Laden ved åen", "town": "Aarhus", "firm": "Ny Nedrivning", "by": "AB"}
    for wrong, words in (
        ({"name": ""}, "Udfyld"),
        ({"town": ""}, "Skriv koordinater, en by eller vælg en kommune"),
        ({"town": "Arhus"}, "Byen kendes ikke; mente du"),
        ({"coordinates": "0 0"}, "uden for Danmark"),
        ({"municipality_code": "0101"}, "ikke i denne kommune"),
    ):
        status, _location, told = send(browser, "/surveys/new", **form | wrong)
        assert (status, words.lower() in told.lower()) == (422, True), told
    page = browser.get("/surveys/new").text
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    first, again = (browser.post("/surveys/new", data=hidden | form) for _ in range(2))
    assert first.status_code == again.status_code == 303
    assert first.location == again.location
    begun = read_text(parse_page(browser.get(first.location).text))
    assert "Laden ved åen" in begun
    assert "Ingen har sagt, hvornår bygningen rives ned" in begun
    assert browser.get(first.location + "/lots/new").status_code == 200
    # a file of lots names the building by the reference its page tells, and needs no coordinates
    told = read_text(parse_page(browser.get(first.location + "/place").text))
    reference = re.search(r"\(site_ref\)\s*([0-9a-f-]{36})", told)
    assert reference is not None
    path = tmp_path / "lots.csv"
    path.write_text(f"ref;site_ref;class;quantity;unit\nA1;{reference[1]};toilet;4;piece\n", encoding="utf-8")
    with open_session(database_url) as session:
        report = import_lots(session, path)
    assert (report.inserted, [one.code for one in report.findings if one.severity == "error"]) == (1, [])
    assert "Laden ved åen" in browser.get("/surveys?q=laden").text
    assert "Ny Nedrivning" in browser.get("/firm").text
    assert browser.get(first.location.replace("surveys", "sites") + "/demolition").status_code == 200


def test_a_place_is_put_right(browser: FlaskClient, database_url: str):
    """The point moves, is told in metres with who and why, and what is left empty stays."""
    status, _location, words = send(browser, PLACE, coordinates="574000 6224000", why="Stod forkert", by="AB")
    assert status == 303
    assert "Bygningen er, som du skrev den" in words
    assert re.search(r"Punktet er flyttet [\d.]+ meter", words)
    assert "Stod forkert" in words
    assert "Skovvangskolen" in words
    status, _location, words = send(browser, PLACE, name="Skovvangskolen, fløj D")
    assert (status, "Navn: Skovvangskolen, fløj D" in words) == (303, True)
    assert "Det ændrer ingenting." in send(browser, PLACE)[2]
    assert send(browser, PLACE, coordinates="600000 6100000 7")[0] == 422
    with open_session(database_url) as session:
        there = select(func.ST_AsText(Site.geom)).where(Site.id == site_id("school_aarhus"))
        assert session.scalar(there) == "POINT(574000 6224000)"


@pytest.mark.parametrize("address", [PLACE, HOME])
def test_a_name_that_is_an_address_is_never_told(browser: FlaskClient, database_url: str, address: str):
    """A register's building is called by its address: putting it right tells neither that nor the point."""
    with open_session(database_url) as session:
        at = {"address": "Hemmelig Vej 7", "name": "Hemmelig Vej 7"}
        session.execute(
            update(Site).where(Site.id.in_([site_id("school_aarhus"), site_id("home_aarhus")])).values(**at)
        )
    status, _location, words = send(browser, address, name="Gården", coordinates="570000.40 6222000.40")
    assert status == 303
    assert "Hemmelig" not in words
    assert "570000" not in words or address == PLACE
