# SPDX-License-Identifier: EUPL-1.2
"""Samples on the web: written down with their report, judged at once, put right, taken away, and refused."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete

from inventory.database import open_session
from inventory.files.store import FileStore
from inventory.tables import Lot, Sample
from tests.inventory.files.test_intake import PDF
from tests.web.reading import find_all, get_page, read_text
from tests.web.sample_ids import lot_id, site_id

BRICKS = lot_id("school_aarhus", "brick_lime_mortar", "surveyed")
ADDRESS = f"/sites/{site_id('school_aarhus')}/samples"
FIELDS = {
    "lot": str(BRICKS),
    "place": "facade mod nord",
    "substance": "lead",
    "result": "12,5",
    "unit": "mg/kg TS",
    "laboratory": "Prøvelab",
    "accreditation": "DANAK 1",
    "sampled_on": "2026-10-01",
}


@pytest.fixture(autouse=True)
def clean(app: Flask, sample_url: str, tmp_path: Path) -> Iterator[None]:
    """A folder of files of the test's own, and no sample left behind."""
    app.extensions["genbro_files"] = FileStore(folder=tmp_path)
    yield
    with open_session(sample_url) as session:
        session.execute(delete(Sample))
        session.get_one(Lot, BRICKS).screening = "clean"  # type: ignore[assignment]


def send(client: FlaskClient, address: str, **fields: Any) -> Any:
    """Send a form with the token of its page."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(ADDRESS).text)
    assert token is not None
    return client.post(address, data=fields | {"csrf_token": token[1]}, content_type="multipart/form-data")


def find_sample(client: FlaskClient) -> str:
    """Find the address of the one sample there is."""
    (link,) = [
        a.getAttribute("href")
        for a in find_all(get_page(client, ADDRESS), "a")
        if read_text(a).startswith("Ret eller fjern")
    ]
    return link


def test_sample_is_kept_with_its_report_and_judges_the_lot(client: FlaskClient):
    """A hazardous content written down makes the lot hazardous, and the report can be fetched."""
    fields = FIELDS | {"result": "9000", "report": (io.BytesIO(PDF), "rapport.pdf")}
    assert send(client, ADDRESS, **fields).status_code == 303
    page = get_page(client, ADDRESS)
    assert "facade mod nord 9000 mg/kg TS Prøvelab, akkreditering DANAK 1" in read_text(page)
    (report,) = [a for a in find_all(page, "a") if read_text(a) == "rapport.pdf"]
    assert client.get(report.getAttribute("href")).data == PDF
    assert "Farlig" in read_text(get_page(client, f"/lots/{BRICKS}"))


def test_sample_is_put_right_and_removed(client: FlaskClient):
    """Corrected with a reason the lot is clean again; removed, nothing is left."""
    send(client, ADDRESS, **(FIELDS | {"result": "9000"}))
    address = find_sample(client)
    form = get_page(client, address)
    (place,) = find_all(form, "input", id="place")
    assert place.getAttribute("value") == "facade mod nord"
    assert send(client, address, **FIELDS).status_code == 200  # no reason given
    assert send(client, address, **FIELDS, why="komma").status_code == 303
    assert "12,5 mg/kg TS" in read_text(get_page(client, ADDRESS))
    address = find_sample(client)
    assert send(client, f"{address}/remove", why="forkert parti").status_code == 303
    assert "Der er ikke skrevet prøver ind endnu." in read_text(get_page(client, ADDRESS))
    assert client.get(f"{address}/remove").status_code == 303


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"lot": str(lot_id("home_aarhus", "door_inner"))}, "Vælg en af mulighederne."),
        ({"substance": "gold"}, "Vælg en af mulighederne."),
        ({"place": ""}, "Udfyld feltet."),
        ({"result": "lidt"}, "kan ikke læses: forventet et tal som 12,5"),
        ({"result": "12", "unit": "presence"}, "forventet påvist eller ikke påvist"),
        ({"sampled_on": "31-02-2026"}, "Det er ikke en dag."),
        ({"sampled_on": "1000-01-01"}, "Den dag er for længe siden."),
        ({"sampled_on": "2150-01-01"}, "Den dag er ikke kommet endnu."),
        ({"report": (io.BytesIO(b"PK"), "r.pdf")}, "hverken en PDF eller et foto"),
    ],
)
def test_wrong_field_is_named_and_nothing_is_lost(client: FlaskClient, wrong: dict[str, Any], told: str):
    """What is wrong is said in Danish, what was typed is still there, and nothing is kept."""
    answer = send(client, ADDRESS, **(FIELDS | wrong))
    assert answer.status_code == 200
    assert told in answer.text
    assert 'value="Prøvelab"' in answer.text
    assert "Der er ikke skrevet prøver ind endnu." in read_text(get_page(client, ADDRESS))


def test_second_sample_of_the_same_place_and_day_is_pointed_out(client: FlaskClient):
    """Another result of the same substance, place and day asks for the other place or day."""
    send(client, ADDRESS, **FIELDS)
    answer = send(client, ADDRESS, **(FIELDS | {"result": "99"}))
    assert answer.status_code == 200
    assert "Der er allerede en prøve af det stof, sted og den dag, og den siger 12,5." in answer.text


def test_what_is_not_there_is_404(client: FlaskClient):
    """A project has no samples, and a sample of another site is none of this."""
    assert client.get(f"/sites/{site_id('library')}/samples").status_code == 404
    assert client.get(f"{ADDRESS}/{BRICKS}").status_code == 404
