# SPDX-License-Identifier: EUPL-1.2
"""Projects on the web: begun, required, pasted, loosened, tried and undone, in both languages."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from inventory.database import open_session
from tests.web.opening import open_app
from tests.web.reading import find_all, find_id, parse_page, read_text
from tests.web.sample import insert_sample
from tests.web.sample_ids import project_id, requirement_id
from tests.web.test_imports import token

SCHOOL = f"/en/projects/{project_id('school')}"
BRICKS = requirement_id("school", "brick_lime_mortar")


@pytest.fixture(scope="module")
def clean_url(database_url: str) -> str:
    """The sample on one land without water between, every lot of it clean but the estimates of bricks."""
    with open_session(database_url) as session:
        insert_sample(session)
        session.execute(text("UPDATE lot SET screening = 'clean' WHERE ref <> 'brick_lime_mortar'"))
        session.execute(text("UPDATE site SET land_mass = 'jylland'"))
        session.commit()
    return database_url


@pytest.fixture(scope="module")
def browser(front_end: None, clean_url: str) -> Iterator[FlaskClient]:
    """A browser without JavaScript that keeps its cookies."""
    with open_app(clean_url) as app:
        yield app.test_client()


def send(browser: FlaskClient, address: str, *, at: str | None = None, **form: Any) -> TestResponse:
    """Send a form of the page `at` (or of the address itself) and follow where it leads."""
    page = browser.get(at or address).text
    sent = {"csrf_token": token(page), **form}
    return browser.post(address, data=sent, follow_redirects=True)


def read_main(response: TestResponse) -> str:
    """The text of a page, its HTML checked."""
    return read_text(find_all(parse_page(response.text), "main")[0])


def list_buttons(response: TestResponse, name: str) -> list[str]:
    """The values of the buttons of a name."""
    page = parse_page(response.text)
    return [one.getAttribute("value") for one in find_all(page, "button", name=name)]


def begin(browser: FlaskClient, **more: Any) -> str:
    """Begin a project and give its address."""
    form = {
        "name": "New school",
        "town": "Randers",
        "starts": "2027-05-01",
        "ends": "2027-10-31",
        "area_m2": "2,400",
        "building_type": "school",
        "organisation": "Randers Kommune",
        "organisation_kind": "municipality",
    }
    response = send(browser, "/en/projects/new", **(form | more))
    assert response.status_code == 200, read_main(response)
    return response.request.path


def test_a_project_is_begun_found_and_corrected(browser: FlaskClient):
    """A newcomer's slips are named; then the project is on the list, corrected, and given back by undo."""
    response = send(
        browser, "/en/projects/new", name="", town="Rannders", ends="2027-01-01", starts="2028-01-01"
    )
    words = read_main(response)
    assert response.status_code == 422
    assert "Fill this in." in words
    assert "did you mean Randers" in words
    assert "The last day is before the first." in words
    address = begin(browser)
    assert "MunicipalityRanders" in read_main(browser.get(address))
    assert address in browser.get("/en/projects?q=new school").text
    form = {"name": "Newer school", "coordinates": "56.45477, 10.05951", "seen": "0", "why": "moved"}
    response = send(browser, f"{address}/edit", **form)
    assert response.status_code == 409
    seen = find_all(parse_page(browser.get(f"{address}/edit").text), "input", name="seen")[0]
    response = send(browser, f"{address}/edit", **(form | {"seen": seen.getAttribute("value")}))
    words = read_main(response)
    assert "Newer school" in words
    assert "moved" in words
    response = send(browser, address, undo_project="yes")
    assert "New school" in read_text(find_all(parse_page(response.text), "h1")[0])
    response = send(browser, address, at="/en/projects/new", undo_project="yes")
    assert "There is nothing left to undo." in read_main(response)


def test_a_requirement_is_added_by_form_and_each_button_does_its_work(browser: FlaskClient):
    """From the tree of materials to the form, then copied, removed, put back and undone."""
    address = begin(browser, name="By form")
    tree = browser.get(f"{address}/requirements/new?q=inner door")
    assert "class=door_inner" in tree.text
    assert "class=brick_lime_mortar" not in tree.text
    assert "Did you mean" in read_main(browser.get(f"{address}/requirements/new?q=inner dooor"))
    form_at = f"{address}/requirements/new?class=door_inner"
    page = parse_page(browser.get(form_at).text)
    assert find_id(page, "wanted_from").getAttribute("value") == "2027-05-01"
    assert find_id(page, "fire_min")
    assert not find_all(page, "input", name="length_mm_min")
    wrong = {
        "class": "door_inner",
        "quantity": "mange",
        "wanted_from": "2027-06-01",
        "wanted_to": "2027-05-01",
    }
    response = send(browser, f"{address}/requirements/new", at=form_at, **wrong)
    assert response.status_code == 422
    assert "This is not a number" in read_main(response)
    right = wrong | {"quantity": "30", "wanted_to": "2027-09-30", "fire_min": "30", "fire_unknown": "1"}
    right |= {"colour_min": "", "max_km": "80", "fulfilment": "50", "substitutes_ok": "1"}
    response = send(browser, f"{address}/requirements/new", at=form_at, **right)
    words = read_main(response)
    assert "30 pcs" in words
    assert "at most 80 km by road" in words
    (wanted,) = list_buttons(response, "copy")
    response = send(browser, address, copy=wanted)
    both = list_buttons(response, "copy")
    assert len(both) == 2
    copy = next(one for one in both if one != wanted)
    response = send(browser, address, remove=copy)
    assert list_buttons(response, "restore") == [copy]
    response = send(browser, address, restore=copy)
    assert list_buttons(response, "restore") == []
    response = send(browser, address, undo=copy)
    assert list_buttons(response, "restore") == [copy]
    edit = f"/en/requirements/{wanted}/edit"
    page = parse_page(browser.get(edit).text)
    assert find_id(page, "fulfilment").getAttribute("value") == "50"
    assert find_id(page, "fire_unknown").hasAttribute("checked")
    seen = find_all(page, "input", name="seen")[0].getAttribute("value")
    response = send(browser, edit, **(right | {"quantity": "31", "fulfilment": "", "seen": seen}))
    assert "The requirement is corrected." in read_main(response)
    assert "31 pcs" in read_main(response)
    response = send(browser, address, undo=wanted)
    assert "31 pcs" not in read_main(response).partition("History")[0]
    assert send(browser, address, copy=str(uuid4())).status_code == 404
    assert send(browser, address, nonsense="yes").status_code == 404


def test_three_requirements_are_pasted_seen_imported_and_led_back(browser: FlaskClient):
    """What is pasted goes through the preview of imports; a column nobody can guess is asked for."""
    address = begin(browser, name="By paste")
    cells = "Material\tAmount\nClay brick in lime mortar\t4200\nInner door\t30\nToilet\t3\n"
    response = send(browser, f"{address}/paste", cells=cells)
    assert "/imports/" in response.request.path
    assert "Would be new3" in read_main(response)
    assert "B-003 piece" in read_main(response)
    start = re.search(r'action="(/en/imports/[^"]+/start)"', response.text)
    assert start
    response = send(browser, start[1], at=response.request.path)
    assert f'href="{address}"' in response.text
    words = read_main(browser.get(address))
    assert "4,200 pcs" in words
    assert "B-003" in words
    response = send(browser, f"{address}/paste", cells="Inner door;white\nToilet;blue")
    assert response.request.path.endswith("/mapping")
    assert "Columns are missing" in read_main(response)
    assert send(browser, f"{address}/paste", cells=" ").status_code == 422
    page = browser.get(f"/en/imports?kind=requirements&project={address.rpartition('/')[2]}")
    assert find_all(parse_page(page.text), "input", name="project")
    assert find_id(parse_page(page.text), "kind-requirements").hasAttribute("checked")


def test_a_tolerance_is_counted_allowed_and_undone(browser: FlaskClient, clean_url: str):
    """The page counts the lots a looser bound lets in; allowing it saves it, undo gives the bound back."""
    response = browser.get(SCHOOL)
    assert "if lots that are not screened yet will do" in read_main(response)
    change = next(one for one in list_buttons(response, "loosen") if "unknown_screening_ok" in one)
    response = send(browser, SCHOOL, loosen=change)
    assert "The requirement is loosened." in read_main(response)
    assert change not in list_buttons(response, "loosen")
    with open_session(clean_url) as session:
        query = text("SELECT unknown_screening_ok FROM requirement WHERE id = :id")
        assert session.scalar(query, {"id": BRICKS}) is True
    response = send(browser, SCHOOL, undo=str(BRICKS))
    assert change in list_buttons(response, "loosen")
    assert "cannot be like that" in read_main(send(browser, SCHOOL, loosen=f"{BRICKS}~status~open"))


def test_trying_saves_nothing_until_asked(browser: FlaskClient):
    """A bound is tried by button or form, told as it was and would be, and saved at last."""
    plain = browser.get(f"{SCHOOL}/instant")
    words = read_main(plain)
    assert "Looking reserves nothing" in words
    assert "Order new at the latest" in words
    assert "Assumption" in words
    assert "How scarce it is" in words
    change = next(one for one in list_buttons(plain, "try") if "unknown_screening_ok" in one)
    tried = browser.get(f"{SCHOOL}/instant", query_string={"try": change})
    assert "You are trying this" in read_main(tried)
    assert change not in list_buttons(tried, "try")
    assert change in list_buttons(browser.get(f"{SCHOOL}/instant"), "try")
    form = browser.get(f"{SCHOOL}/instant", query_string={"change": str(BRICKS)})
    page = parse_page(form.text)
    assert find_id(page, "max_km").getAttribute("value") == "120"
    sent = {
        "change_of": str(BRICKS),
        "wanted_from": "2027-05-01",
        "wanted_to": "2027-11-30",
        "max_km": "150",
        "grade_min": "2",
        "documentation_min": "basic",
        "unknown_screening_ok": "1",
    }
    moved = browser.get(f"{SCHOOL}/instant", query_string=sent)
    assert moved.status_code == 303
    response = browser.get(moved.headers["Location"])
    words = read_main(response)
    for said in ("Farthest by road", "150 km", "Last day", "30 Nov 2027", "at least"):
        assert said in words, said
    wrong = browser.get(f"{SCHOOL}/instant", query_string=sent | {"wanted_to": "2027-01-01"})
    assert "The last day is before the first." in read_main(wrong)
    tries = [one.getAttribute("value") for one in find_all(parse_page(response.text), "input", name="try")]
    saved = send(browser, f"{SCHOOL}/instant", at=SCHOOL, **{"try": sorted(set(tries))})
    assert "What you tried is saved" in read_main(saved)
    assert "at most 150 km by road" in read_main(saved)
    response = send(browser, SCHOOL, undo=str(BRICKS))
    assert "at most 120 km by road" in read_main(response)
    assert browser.get(f"{SCHOOL}/instant?try=nonsense").status_code == 400


def test_design_options_on_the_web(browser: FlaskClient):
    """Added, copied, chosen, renamed and removed; the requirements of another stand aside."""
    address = begin(browser, name="Two ways")
    options = f"{address}/options"
    assert "There is one way to build it so far." in read_main(browser.get(options))
    response = send(browser, options, add="yes", name="Brick")
    (brick,) = [value for value in list_buttons(response, "choose") if value]
    form_at = f"{address}/requirements/new?class=toilet"
    sent = {"class": "toilet", "quantity": "3", "wanted_from": "2027-05-01", "wanted_to": "2027-09-30"}
    send(browser, f"{address}/requirements/new", at=form_at, **sent, design_option_id=brick)
    response = send(browser, options, add="yes", name="Timber", copy_of=brick)
    assert len(list_buttons(response, "choose")) == 2
    assert send(browser, options, add="yes", name="Brick").status_code == 422
    assert "as if all were built" in read_main(browser.get(f"{address}/instant"))
    response = send(browser, options, choose=brick)
    assert "Chosen" in read_main(response)
    assert "Another design option is chosen" in read_main(browser.get(address))
    response = send(browser, options, rename=brick, new_name="Bricks")
    assert "Bricks" in read_main(response)
    send(browser, address, undo_project="yes")
    assert "Bricks" not in read_main(browser.get(options))
    response = send(browser, options, add="yes", name="Empty")
    (empty,) = list_buttons(response, "remove")
    response = send(browser, options, remove=empty)
    assert list_buttons(response, "remove") == []


def test_danish_is_whole(browser: FlaskClient):
    """The Danish pages speak Danish, their tolerances and history too."""
    address = SCHOOL.removeprefix("/en")
    words = read_main(browser.get(address)) + read_main(browser.get(f"{address}/instant"))
    assert "Hvad en løsere grænse ville lukke ind" in words
    assert "Bestil nyt senest" in words
    for english in ("lots more", "Looking", "Undo", "Allow"):
        assert english not in words
    assert "Projekter" in browser.get("/").text
