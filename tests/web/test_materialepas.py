# SPDX-License-Identifier: EUPL-1.2
"""The Materialepas on the web: filled from what is known, kept, fetched, sent back, persons hidden."""

import io
import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from inventory.database import open_session
from inventory.tables import Materialepas
from tests.web.reading import find_all, find_id, get_page, read_text
from tests.web.sample_ids import lot_id

BRICKS = lot_id("school_aarhus", "brick_lime_mortar", "surveyed")
ADDRESS = f"/lots/{BRICKS}/materialepas"


@pytest.fixture(autouse=True)
def clean(sample_url: str) -> Any:
    """Leave no pass behind."""
    yield
    with open_session(sample_url) as session:
        row = session.get(Materialepas, BRICKS)
        if row is not None:
            session.delete(row)


def find_token(client: FlaskClient) -> str:
    """Find the token of the form."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(ADDRESS).text)
    assert token is not None
    return token[1]


def read_form(client: FlaskClient) -> dict[str, Any]:
    """Read every field of the form as a browser would send it."""
    form = find_all(get_page(client, ADDRESS), "form", class_="gb-lot-form")[0]
    fields: dict[str, Any] = {}
    for element in find_all(form, "input"):
        name = element.getAttribute("name")
        if element.getAttribute("type") == "checkbox":
            if element.hasAttribute("checked"):
                fields.setdefault(name, []).append(element.getAttribute("value"))
        else:
            fields[name] = element.getAttribute("value")
    for element in find_all(form, "textarea"):
        fields[element.getAttribute("name")] = element.firstChild.data if element.firstChild else ""
    for element in find_all(form, "select"):
        chosen = [option for option in find_all(element, "option") if option.hasAttribute("selected")]
        fields[element.getAttribute("name")] = chosen[0].getAttribute("value") if chosen else ""
    return fields


def fetch(client: FlaskClient) -> dict[str, Any]:
    """Fetch the pass as JSON."""
    response = client.get(f"{ADDRESS}.json")
    assert response.mimetype == "application/json"
    return dict(json.loads(response.data))


def test_form_sent_as_it_is_says_nothing_new(client: FlaskClient, sample_url: str):
    """What Genbro fills in goes on following the lot: sent untouched, nothing is kept as said."""
    before = fetch(client)
    assert before["construction_item_description"]["materials"] == ["brick"]
    assert client.post(ADDRESS, data=read_form(client)).status_code == 303
    assert fetch(client) == before
    with open_session(sample_url) as session:
        row = session.get(Materialepas, BRICKS)
        assert row is None or row.said == {}


def test_what_is_written_is_kept_and_shown(client: FlaskClient):
    """Numbers with a comma, boxes, lists and records are read; a person's name is kept and not shown."""
    fields = read_form(client) | {
        "owner.contact_name": "Ane Andersen",
        "dimensions.weight_kg": "2,4",
        "condition.is_scratched": "no",
        "pollution.surface_treatments": "painted\n\n waxed ",
        "construction_item_description.materials": ["brick", "lime_mortar"],
        "pollution.dangerous_substances.0.analyzed_substance": "lead",
        "pollution.dangerous_substances.0.concentration_mg_per_kg": "12",
    }
    assert client.post(ADDRESS, data=fields).status_code == 303
    document = fetch(client)
    assert document["dimensions"]["weight_kg"] == 2.4
    assert document["condition"]["is_scratched"] is False
    assert document["pollution"]["surface_treatments"] == ["painted", "waxed"]
    assert document["construction_item_description"]["materials"] == ["brick", "lime_mortar"]
    assert document["pollution"]["dangerous_substances"][0]["concentration_mg_per_kg"] == 12
    assert document["owner"]["contact_name"] is None
    page = client.get(ADDRESS).text
    assert "Ane Andersen" not in page
    assert "det nævner en person" in page
    # Sent again without a name it stays; taken out it goes.
    assert client.post(ADDRESS, data=read_form(client)).status_code == 303
    assert "det nævner en person" in client.get(ADDRESS).text
    assert client.post(ADDRESS, data=read_form(client) | {"clear-owner.contact_name": "1"}).status_code == 303
    assert "det nævner en person" not in client.get(ADDRESS).text


def test_wrong_field_is_named_and_nothing_is_lost(client: FlaskClient):
    """A year of two digits and a weight in words are told at their fields, and stay as they were typed."""
    fields = read_form(client) | {
        "product_information.production_year": "74",
        "dimensions.weight_kg": "tung",
        "pollution.dangerous_substances.0.concentration_mg_per_kg": "lidt",
        "product_information.manufacturer": "Teglværket",
    }
    answer = client.post(ADDRESS, data=fields)
    assert answer.status_code == 200
    assert "Forventet: et årstal fra 1001 til 2200." in answer.text
    assert 'value="tung"' in answer.text
    assert 'value="Teglværket"' in answer.text
    assert 'href="#pollution.dangerous_substances.0.concentration_mg_per_kg"' in answer.text
    assert fetch(client)["product_information"]["manufacturer"] is None


def test_file_is_taken_or_mended(client: FlaskClient):
    """A pass fetched here and sent back is the same; a wrong one is listed field by field."""
    document = fetch(client)
    document["product_information"]["manufacturer"] = "Teglværket"

    def send(content: bytes) -> Any:
        data = {"csrf_token": find_token(client), "pass": (io.BytesIO(content), "p.json")}
        return client.post(f"{ADDRESS}/file", data=data, content_type="multipart/form-data")

    assert send(json.dumps(document).encode()).status_code == 303
    assert fetch(client) == document
    document["dimensions"]["width_mm"] = "bred"
    wrong = send(json.dumps(document).encode())
    assert wrong.status_code == 200
    assert "dimensions.width_mm" in wrong.text
    assert "Skriv tallet uden anførselstegn" in wrong.text
    assert "Filen er ikke JSON" in send(b"{").text
    assert client.get(f"{ADDRESS}/file").status_code == 303


def test_pdf_is_sent_as_a_file(client: FlaskClient):
    """The PDF comes as a file with a name of its own."""
    response = client.get(f"/en{ADDRESS}.pdf")
    assert response.mimetype == "application/pdf"
    assert f"materialepas-{BRICKS}.pdf" in response.headers["Content-Disposition"]
    assert response.data.startswith(b"%PDF-")


def test_page_marks_what_comes_from_genbro(client: FlaskClient):
    """A filled field says so, and a closed list of which we know a part says that."""
    page = get_page(client, ADDRESS)
    assert "Fra Genbro" in read_text(find_id(page, "construction_item_description.materials"))
    assert "Standardens liste er lukket, og vi kender en del af den: A1" in read_text(page)


def test_estimate_has_no_pass(client: FlaskClient):
    """An estimate, and what is no lot, has none."""
    assert client.get(f"/lots/{lot_id('home_aarhus', 'door_inner')}/materialepas").status_code == 404
