# SPDX-License-Identifier: EUPL-1.2
"""A building no register told of is begun, estimated and surveyed; what is wrong of it is put right."""

import re
from pathlib import Path
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from inventory.database import open_session
from inventory.imports.lots.importing import import_lots
from inventory.tables import Lot, Site
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


def test_a_building_told_of_is_estimated(browser: FlaskClient, database_url: str):
    """Use, year, storeys and area give an estimate beside the survey; corrected, they give another."""
    form = {
        "name": "Skolen ved åen",
        "town": "Aarhus",
        "use_code": "421",
        "year_built": "1958",
        "floors": "2",
    }
    form |= {"total_area_m2": "1.200", "wall_code": "1", "roof_code": "5", "by": "AB"}
    for wrong, words in (
        ({"use_code": ""}, "Angiv også anvendelsen"),
        ({"use_code": "7"}, "Vælg en af mulighederne"),
        ({"year_built": "1000"}, "fra 1001 til"),
        ({"floors": "0"}, "fra 1 til 100"),
        ({"total_area_m2": "stort"}, "Angiv arealet i m²"),
    ):
        status, _location, told = send(browser, "/surveys/new", **form | wrong)
        assert (status, words in told) == (422, True), told
    _status, address, begun = send(browser, "/surveys/new", **form)
    assert "Hvad skønnet venter" in begun
    assert "Mursten" in begun
    told = browser.get(address + "/place").text
    words = read_text(parse_page(told))
    for fact in ("AnvendelseGrundskole", "Byggeti1958", "Etager2", "Samletbygningsareal1.200m²", "TagTegl"):
        assert fact in "".join(words.split()), fact
    site = parse_page(browser.get(address.replace("surveys", "sites")).text)
    assert "Bygningen, som den er beskrevet" in read_text(site)
    assert "Skøn og opmåling side om side" in read_text(site)

    def count() -> dict[str, int]:
        key = address.rsplit("/", 1)[-1]
        with open_session(database_url) as session:
            rows = session.execute(select(Lot.ref, Lot.quantity).where(Lot.site_id == UUID(key)))
            return {row.ref: row.quantity for row in rows}

    before = count()
    _status, _location, words = send(browser, address + "/place", total_area_m2="2400", why="Målt", by="AB")
    assert "Samlet bygningsareal: fra 1.200 m² til 2.400 m²" in words.replace("\N{NO-BREAK SPACE}", " ")
    after = count()
    assert after.keys() == before.keys()
    assert all(after[name] >= before[name] for name in before)
    assert sum(after.values()) > sum(before.values())
    assert "Det ændrer ingenting." in send(browser, address + "/place")[2]


def test_a_home_told_of_keeps_its_name(browser: FlaskClient):
    """Once it is told to be a home, neither its name nor its exact place is shown."""
    home = {"name": "Villa Solhjem", "coordinates": "574012 6224012", "use_code": "120", "by": "AB"}
    _status, address, words = send(browser, "/surveys/new", **home)
    assert "Villa Solhjem" not in words
    assert "Villa Solhjem" not in browser.get(address.replace("surveys", "sites")).text
    place = read_text(parse_page(browser.get(address + "/place").text))
    assert "vises inden for cirka 100 meter" in place or "574012" not in place
