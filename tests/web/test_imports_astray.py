# SPDX-License-Identifier: EUPL-1.2
"""The import wizard off the way: forms filled in by hand, sent twice, or from a page left behind."""

import io
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import Workbook

from inventory.tables import Lot
from tests.web.opening import open_app
from tests.web.test_imports import CHOSEN, choose, count, token, upload


@pytest.fixture
def app(front_end: None, own_database_url: str) -> Iterator[Flask]:
    """The application over a database of the test's own."""
    with open_app(own_database_url) as app:
        yield app


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    """A browser without JavaScript that keeps its cookies."""
    return app.test_client()


@pytest.mark.parametrize(
    "odd",
    [
        {"header_row": "9" * 5000},
        {"epsg": "9" * 5000},
        {"fixed-note": "a\x00b"},
        {"header-77": "a\x00b", "column-77": "note"},
        {"column-1": "a\x00b"},
    ],
)
def test_a_form_filled_in_by_hand_breaks_nothing(browser: FlaskClient, odd: dict[str, str]):
    """Numbers without end and NUL characters are taken or refused in words; the page never breaks."""
    answer = choose(browser, upload(browser).location, **odd)
    assert answer.status_code in {200, 303}
    assert browser.get(answer.location or "/imports").status_code == 200


def test_headers_of_two_lines_are_chosen_like_others(browser: FlaskClient):
    """A header with a line break, which browsers send back as another, is the column it was chosen as."""
    workbook = Workbook()
    headers = ["Løbe\nnr", *list(CHOSEN)[1:]]
    workbook.active.append(headers)
    row = ["A-1", "GÅRD", 588000, 6139700, "brick_lime_mortar", 5, "stk", "01-03-2027", "01-06-2027"]
    workbook.active.append(row)
    data = io.BytesIO()
    workbook.save(data)
    address = upload(browser, data=data.getvalue(), name="lots.xlsx").location
    assert 'value="Løbe nr"' in browser.get(address).text
    checked = choose(browser, address, **{"header-0": "Løbe nr"})
    assert "Indlæs 1 " in browser.get(checked.location).text


def test_sent_twice_or_from_a_page_left_behind(browser: FlaskClient, own_database_url: str):
    """A second press, the back button and an undo already made lead to how the import stands."""
    address = choose(browser, upload(browser).location).location
    form = {"csrf_token": token(browser.get(address).text)}
    for step, more, lots in [
        ("start", {}, 1), ("start", {}, 1), ("mapping", {"go": "look"}, 1), ("mapping", {"go": "check"}, 1),
        ("undo", {}, 0), ("undo", {}, 0), ("start", {}, 0),
    ]:  # fmt: skip
        answer = browser.post(f"{address}/{step}", data=form | more)
        assert (answer.status_code, answer.location) == (303, address)
        assert count(own_database_url, Lot) == lots


def test_the_language_link_of_a_sent_form_leads_to_the_import(app: Flask, browser: FlaskClient):
    """The address of a form can be opened in the other language too, by its browser alone."""
    address = choose(browser, upload(browser).location).location
    for step in ("start", "undo"):
        answer = browser.get(f"/en{address}/{step}")
        assert (answer.status_code, answer.location) == (303, f"/en{address}")
        assert app.test_client().get(f"/en{address}/{step}").status_code == 404


def test_a_name_of_nothing_printable_is_still_a_link(browser: FlaskClient):
    """An import whose file has no name to show can be found in the list."""
    address = upload(browser, name="\x01\x02").location.removesuffix("/mapping")
    assert f'<a href="{address}">file</a>' in browser.get("/imports").text
