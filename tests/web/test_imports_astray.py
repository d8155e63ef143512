# SPDX-License-Identifier: EUPL-1.2
"""The import wizard off the way: forms filled in by hand, sent twice, or from a page left behind."""

import io

import pytest
from flask.testing import FlaskClient
from openpyxl import Workbook

from inventory.tables import Lot
from tests.web.test_imports import CHOSEN, choose, count, token, upload


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
def test_a_form_filled_in_by_hand_breaks_nothing(bare_client: FlaskClient, odd: dict[str, str]):
    """Numbers without end and NUL characters are taken or refused in words; the page never breaks."""
    answer = choose(bare_client, upload(bare_client).location, **odd)
    assert answer.status_code in {200, 303}
    assert bare_client.get(answer.location or "/imports").status_code == 200


def test_headers_of_two_lines_are_chosen_like_others(bare_client: FlaskClient):
    """A header with a line break, which browsers send back as another, is the column it was chosen as."""
    workbook = Workbook()
    headers = ["Løbe\nnr", *list(CHOSEN)[1:]]
    workbook.active.append(headers)
    row = ["A-1", "GÅRD", 588000, 6139700, "brick_lime_mortar", 5, "stk", "01-03-2027", "01-06-2027"]
    workbook.active.append(row)
    data = io.BytesIO()
    workbook.save(data)
    address = upload(bare_client, data=data.getvalue(), name="lots.xlsx").location
    assert 'value="Løbe nr"' in bare_client.get(address).text
    checked = choose(bare_client, address, **{"header-0": "Løbe nr"})
    assert "Indlæs 1 " in bare_client.get(checked.location).text


def test_sent_twice_or_from_a_page_left_behind(bare_client: FlaskClient, own_database_url: str):
    """A second press, the back button and an undo already made lead to how the import stands."""
    address = choose(bare_client, upload(bare_client).location).location
    form = {"csrf_token": token(bare_client.get(address).text)}
    for step, more, lots in [
        ("start", {}, 1), ("start", {}, 1), ("mapping", {"go": "look"}, 1), ("mapping", {"go": "check"}, 1),
        ("undo", {}, 0), ("undo", {}, 0), ("start", {}, 0),
    ]:  # fmt: skip
        answer = bare_client.post(f"{address}/{step}", data=form | more)
        assert (answer.status_code, answer.location) == (303, address)
        assert count(own_database_url, Lot) == lots


def test_the_language_link_of_a_sent_form_leads_to_the_import(bare_client: FlaskClient):
    """The address of a form can be opened in the other language too, by its browser alone."""
    address = choose(bare_client, upload(bare_client).location).location
    for step in ("start", "undo"):
        answer = bare_client.get(f"/en{address}/{step}")
        assert (answer.status_code, answer.location) == (303, f"/en{address}")
        assert bare_client.application.test_client().get(f"/en{address}/{step}").status_code == 404


def test_a_name_of_nothing_printable_is_still_a_link(bare_client: FlaskClient):
    """An import whose file has no name to show can be found in the list."""
    address = upload(bare_client, name="\x01\x02").location.removesuffix("/mapping")
    assert f'<a href="{address}">file</a>' in bare_client.get("/imports").text
