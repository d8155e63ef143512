# SPDX-License-Identifier: EUPL-1.2
"""The papers of a lot on the web: the score, the tests, and a result written down and taken away again."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from inventory.files.store import FileStore
from tests.inventory.files.test_intake import PDF
from tests.web.reading import find_all, get_page, read_text
from tests.web.sample_ids import lot_id

BRICKS = lot_id("school_aarhus", "brick_lime_mortar", "surveyed")
ADDRESS = f"/lots/{BRICKS}/documents"
FIELDS = {
    "test": "brick_strength",
    "outcome": "measured",
    "result": "24,3 MPa",
    "value": "24",
    "laboratory": "Prøvelab",
    "answered_by": "Statik ApS",
    "tested_on": "2026-10-01",
}


@pytest.fixture
def files(app: Flask, tmp_path: Path) -> None:
    """A folder of files of the test's own."""
    app.extensions["genbro_files"] = FileStore(folder=tmp_path)


def send(client: FlaskClient, address: str, **fields: Any) -> Any:
    """Send a form with the token of its page."""
    page = client.get(ADDRESS).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    return client.post(address, data=fields | {"csrf_token": token[1]}, content_type="multipart/form-data")


def test_lot_page_shows_score_and_gaps(client: FlaskClient):
    """The lot's own page says how complete it is, what is missing and what that opens."""
    text = read_text(get_page(client, f"/lots/{BRICKS}"))
    assert re.search(r"Hvor komplette papirerne er \d+ af 100", text)
    assert "Tag mindst ét foto af partiet." in text
    assert "Kræves for at udbyde" in text
    assert "Bærende brug" in text


def test_what_is_missing_leads_to_where_it_is_done(client: FlaskClient):
    """On the page of its papers each missing thing has a link, and every link leads somewhere."""
    page = get_page(client, "/en" + ADDRESS)
    links = [one for one in find_all(page, "a") if one.getAttribute("aria-label").startswith("Do it: ")]
    assert len(links) >= 3
    for link in links:
        address, _hash, place = link.getAttribute("href").partition("#")
        there = client.get(address or "/en" + ADDRESS)
        assert there.status_code == 200, address
        assert not place or f'id="{place}"' in there.text, place


def test_tests_are_listed_with_cost_and_source(client: FlaskClient):
    """The tests of bricks carry standard, cost with range, weeks, role and source; a guess is marked."""
    text = read_text(get_page(client, "/en" + ADDRESS))
    for words in (
        "Compressive strength and density EN 772-1 Accredited laboratory DKK 10,000",
        "between DKK 6,000 and DKK 18,000 Assumption",
        "Structural engineer",
        "BYG-ERFA (21) 18 06 26",
        "None of them is asked of whoever takes the building down.",
    ):
        assert words in text, text[:3000]
    assert "Fire resistance" not in text


@pytest.mark.usefixtures("files")
def test_result_is_recorded_with_its_report_and_removed(client: FlaskClient):
    """A result with a PDF stands on the page, its report can be fetched, and it goes with a reason."""
    answer = send(client, ADDRESS, **FIELDS, report=(io.BytesIO(PDF), "r.pdf"))
    assert answer.status_code == 303, answer.text
    page = get_page(client, ADDRESS)
    assert "24,3 MPa 24 Prøvelab; Statik ApS" in read_text(page)
    (report,) = [a for a in find_all(page, "a") if read_text(a) == "r.pdf"]
    assert client.get(report.getAttribute("href")).data == PDF
    again = send(client, ADDRESS, **FIELDS)
    assert again.status_code == 200
    assert "er allerede skrevet ind" in again.text
    (form,) = find_all(page, "form", class_="gb-inline-form")
    assert send(client, form.getAttribute("action"), why="forkert parti").status_code == 303
    assert "Der er ikke skrevet prøvninger ind endnu." in read_text(get_page(client, ADDRESS))


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"test": "door_fire"}, "Vælg en af mulighederne."),
        ({"outcome": ""}, "Vælg en af mulighederne."),
        ({"value": "24,5"}, "Det er ikke et helt tal."),
        ({"value": "9" * 30}, "Det er ikke et helt tal."),
        ({"laboratory": "  "}, "Udfyld feltet."),
        ({"laboratory": "x" * 301}, "højst 300 tegn"),
        ({"tested_on": "31-02-2026"}, "Det er ikke en dag."),
        ({"tested_on": "2150-01-01"}, "Den dag er ikke kommet endnu."),
        ({"result": "", "value": ""}, "Skriv, hvad der blev målt."),
        ({"report": (io.BytesIO(b"MZ\0"), "r.pdf")}, "hverken en PDF eller et foto"),
        ({"report": (io.BytesIO(PDF[:-8]), "r.pdf")}, "i stykker eller skåret af"),
    ],
)
def test_wrong_field_is_named_and_nothing_is_lost(client: FlaskClient, wrong: dict[str, Any], told: str):
    """What is wrong is said at its field in Danish, what was typed is still there, and nothing is kept."""
    answer = send(client, ADDRESS, **(FIELDS | wrong))
    assert answer.status_code == 200
    assert told in answer.text
    if "laboratory" not in wrong:
        assert 'value="Prøvelab"' in answer.text
    assert "Der er ikke skrevet prøvninger ind endnu." in read_text(get_page(client, ADDRESS))


def test_estimate_takes_no_result(client: FlaskClient):
    """An estimate shows its tests and no form, and a result sent to it all the same is refused."""
    estimate = f"/lots/{lot_id('home_aarhus', 'door_inner')}/documents"
    page = get_page(client, estimate)
    assert "Papirerne begynder med en opmåling" in read_text(page)
    assert not find_all(page, "form", class_="gb-lot-form")
    answer = send(client, estimate, **(FIELDS | {"test": "door_sound"}))
    assert answer.status_code == 200
    assert "Mål partiet op først." in answer.text


def test_no_such_lot_is_404(client: FlaskClient):
    """An id that is no lot's has no papers."""
    assert client.get(f"/lots/{lot_id('nowhere', 'door_inner')}/documents").status_code == 404
