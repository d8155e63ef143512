# SPDX-License-Identifier: EUPL-1.2
"""The wizard with a building model: measure, types and place, check, import, undo; and what is refused."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from inventory.database import open_session
from inventory.tables import IfcRule, Import, Lot, Requirement
from tests.inventory.takeoff.models import CONVERSION, HOUSE, make_model
from tests.web.opening import open_app
from tests.web.test_imports import token, upload

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The model of a house in Odense."""
    return make_model(tmp_path_factory.mktemp("model") / "house.ifc", HOUSE, CONVERSION).read_bytes()


@pytest.fixture
def app(front_end: None, own_database_url: str) -> Iterator[Flask]:
    """The application over a database of the test's own."""
    with open_app(own_database_url) as app:
        yield app


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    """A browser without JavaScript that keeps its cookies."""
    return app.test_client()


def count(url: str, table: type) -> int:
    """How many rows a table has."""
    with open_session(url) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def list_fields(page: str) -> dict[str, str]:
    """The fields of the types, each with what is chosen."""
    fields = {}
    for name, options in re.findall(r'name="(class-\d+)">(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    return fields


def test_a_model_is_measured_decided_imported_and_undone(
    browser: FlaskClient, model: bytes, own_database_url: str
):
    """From upload to lots and back: types with classes, the slip of units in its cell, the place shown."""
    sent = upload(browser, data=model, name="hus.ifc")
    assert sent.status_code == 303
    page = browser.get(sent.location, follow_redirects=True).text
    assert "Hvad er modellens typer?" in page
    assert "EPSG:25832: 588002, 6139740" in page
    assert re.search(r'class="gb-cell-warning"[^<]*<span class="gb-mark"><strong>Bemærkning', page)
    assert "1000 gange geometrien" in page
    fields = list_fields(page)
    assert sorted(set(fields.values())) == [
        "", "brick_unknown_mortar", "door_inner", "gypsum_board", "insulation_mineral_wool", "radiator_steel",
        "rafter_timber", "steel_beam", "toilet", "window_wood",
    ]  # fmt: skip
    address = sent.location
    fields = {name: code.replace("unknown_mortar", "lime_mortar") for name, code in fields.items()}
    form = {"csrf_token": token(page), "first": "2027-03-01", "end": "2027-06-01", **fields}
    lacking = browser.post(f"{address}/mapping", data=form)
    assert "skriv dets id, reference eller adresse" in lacking.text
    assert list_fields(lacking.text) == fields
    checked = browser.post(f"{address}/mapping", data={**form, "target": "Gl. Skole"}, follow_redirects=True)
    assert "Modellens typer" in checked.text
    assert "Ingen ved, hvad typen er" in checked.text
    assert "Stedet er sat til EPSG:25832: 588002, 6139740" in checked.text
    assert count(own_database_url, Lot) == 0
    done = browser.post(f"{address}/start", data={"csrf_token": token(checked.text)}, follow_redirects=True)
    assert "Fortryd indlæsningen" in done.text
    assert count(own_database_url, Lot) == 10
    assert count(own_database_url, IfcRule) == sum(bool(code) for code in fields.values())
    browser.post(f"{address}/undo", data={"csrf_token": token(done.text)})
    assert count(own_database_url, Lot) == 0
    again = browser.get(upload(browser, data=model, name="hus2.ifc").location, follow_redirects=True).text
    assert "brick_lime_mortar" in list_fields(again).values()


def test_a_design_becomes_requirements_in_english(browser: FlaskClient, model: bytes, own_database_url: str):
    """The same way for a project, with its own words and a point by hand."""
    sent = upload(browser, data=model, name="design.ifc", kind="requirements", at="/en")
    page = browser.get(sent.location, follow_redirects=True).text
    assert "Project: its reference or name" in page
    form = {
        "csrf_token": token(page),
        "target": "New School",
        "point": "588500, 6139700",
        **list_fields(page),
    }
    lacking = browser.post(f"{sent.location}/mapping", data=form, follow_redirects=True)
    assert "has no start and end" in lacking.text
    form |= {"first": "2028-01-01", "end": "2028-07-01", "tolerance": "5"}
    checked = browser.post(f"{sent.location}/mapping", data=form, follow_redirects=True)
    assert "588500, 6139700 (given by hand)" in checked.text
    browser.post(f"{sent.location}/start", data={"csrf_token": token(checked.text)})
    with open_session(own_database_url) as session:
        door = session.scalars(select(Requirement).where(Requirement.width_mm_min == 885)).one()
        assert (door.width_mm_max, door.quantity) == (895, 3)


def test_what_is_typed_beside_a_model_is_read_with_care(browser: FlaskClient, model: bytes):
    """No number and no day breaks the page: the field is named in its language, and the choices stay."""
    sent = upload(browser, data=model, name="hus.ifc")
    page = browser.get(sent.location, follow_redirects=True).text
    assert "2. Typer" in page
    good = {"csrf_token": token(page), "target": "Gl. Skole", "first": "2027-03-01", "end": "2027-06-01"}
    for field, text, words in (
        ("point", "nan, nan", "punktet nan, nan kan ikke bruges"),
        ("point", "1e999, 2", "punktet 1e999, 2 kan ikke bruges"),
        ("tolerance", "9" * 5000, "hele millimeter, 0 eller flere"),
        ("tolerance", "-1", "hele millimeter, 0 eller flere"),
        ("first", "31-02", "Giv to dage som 2027-05-31"),
        ("target", "\x00", "der er intet sted"),
    ):
        answer = browser.post(f"{sent.location}/mapping", data=good | {field: text}, follow_redirects=True)
        assert answer.status_code == 200
        assert words in answer.text
        assert list_fields(answer.text) == list_fields(page)


@pytest.mark.parametrize(
    ("name", "make", "words"),
    [
        ("zip.ifc", lambda model: b"PK\x03\x04" + model[:100], "pak den ud"),
        ("packed.ifczip", lambda model: b"PK\x03\x04" + model[:100], "pak den ud"),
        ("plan.dwg", lambda _model: b"AC1032" + bytes(100), "DWG-tegning"),
        ("model.ifcxml", lambda _model: b"<?xml version='1.0'?><ifcXML>", "ifcXML"),
        ("half.ifc", lambda model: model[: len(model) // 2], "skåret over"),
        ("text.ifc", lambda _model: b"hej", "ikke en IFC-model"),
    ],
)
def test_a_foreign_or_broken_model_is_refused(
    browser: FlaskClient, model: bytes, name: str, make: Callable[[bytes], bytes], words: str
):
    """What is wrong is said in the language of the page, and there is nothing to choose."""
    page = browser.get(upload(browser, data=make(model), name=name).location, follow_redirects=True).text
    assert words in page
    assert "Vælg en anden fil" in page
    assert "Tilbage til typerne" not in page


def test_a_model_is_no_register_of_buildings(browser: FlaskClient, model: bytes, own_database_url: str):
    """Whoever says that its rows are buildings is asked again."""
    assert (
        "bliver til partier eller behov" in upload(browser, data=model, name="x.ifc", kind="buildings").text
    )
    assert count(own_database_url, Import) == 0


def test_the_server_starts_without_ifcopenshell(own_database_url: str, front_end: None):
    """The process that serves pages never loads what parses models."""
    program = (
        "import sys\n"
        "from inventory.settings import Settings\n"
        "from web import create_app\n"
        f"client = create_app(Settings(database_url={own_database_url!r})).test_client()\n"
        "assert client.get('/imports').status_code == 200\n"
        "print('ifcopenshell' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("False", "")


def test_the_form_of_a_model_stands_what_is_sent_by_hand(browser: FlaskClient, model: bytes, tmp_path: Path):
    """A class that is none, a point that is none, a number of no type: a sentence, never a fault."""
    sent = upload(browser, data=model, name="hus.ifc")
    page = browser.get(sent.location, follow_redirects=True).text
    form = {"csrf_token": token(page), "target": "S\x00kole", "class-9999": "x", "class-²": "x"}
    wrong = browser.post(f"{sent.location}/mapping", data={**form, "point": "her"})
    assert (wrong.status_code, "kan ikke bruges" in wrong.text) == (200, True)
    odd = browser.post(f"{sent.location}/mapping", data={**form, "class-0": "no_such"}, follow_redirects=True)
    assert odd.status_code == 200
    assert "Der er ingen klasse no_such" in odd.text
