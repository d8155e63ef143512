# SPDX-License-Identifier: EUPL-1.2
"""Moving a demolition on the web: looking first, doing it, who sees it, and taking it back."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.opening import open_app
from tests.web.reading import find_all, get_page, read_text
from tests.web.sample_ids import FIRM_ID, RUN_ID, lot_id, requirement_id, site_id
from tests.web.surveying import write_down

SCHOOL = site_id("school_aarhus")
ADDRESS = f"/en/sites/{SCHOOL}/demolition"
# the sample's match of the school is fetched on 3 May 2027
LATER = {
    "firmness": "permit_given",
    "source_kind": "tender",
    "source": "Tender 7",
    "source_date": "2026-11-01",
    "start_early": "2027-04-15",
    "start_likely": "2027-05-01",
    "start_late": "2027-05-10",
    "end_likely": "2027-05-31",
    "notice_days": "30",
    "why": "The roof is found to hold asbestos",
}


@pytest.fixture
def app(front_end: None, own_sample_url: str) -> Iterator[Flask]:
    """The application over a sample of this test's own."""
    with open_app(own_sample_url) as app:
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript."""
    return app.test_client()


def read_main(client: FlaskClient, address: str) -> str:
    """Read the text of a page's main part, plain spaces between words."""
    text = read_text(find_all(get_page(client, address), "main")[0])
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def send(client: FlaskClient, **values: Any) -> Any:
    """Open the form and send it with these values."""
    page = client.get(ADDRESS).text
    hidden = {
        name: unescape(re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)[1])  # type: ignore[index]
        for name in ("csrf_token", "seen")
    }
    return client.post(ADDRESS, data={**hidden, **values})


def test_a_move_is_seen_before_it_is_made_and_both_sides_see_it_after(client: FlaskClient):
    """The preview names the match that will not hold; then lot, requirement, project and plan say so."""
    preview = send(client, **LATER, go="preview")
    assert preview.status_code == 200
    assert "Nothing is saved yet." in preview.text
    assert "Matches that no longer hold" in preview.text
    assert "Would no longer hold" in preview.text
    assert "It has not been moved." in read_main(client, ADDRESS)
    assert send(client, **LATER, go="move", organisation=str(FIRM_ID)).status_code == 303
    moved = read_main(client, ADDRESS)
    assert "The days are moved. It can be undone below." in moved
    assert "10 May 2027 – 31 May 2027" in moved
    assert "The roof is found to hold asbestos" in moved
    assert "Øst Nedrivning" in moved
    for address in (
        f"/en/lots/{lot_id('school_aarhus', 'brick_lime_mortar', 'surveyed')}",
        f"/en/requirements/{requirement_id('school', 'brick_lime_mortar')}",
        f"/en/runs/{RUN_ID}",
    ):
        assert "Days moved: no longer holds" in read_main(client, address), address
    assert "Matches of the newest plan no longer hold" in read_main(client, f"/en/sites/{site_id('school')}")
    assert "1 match no longer holds" in read_main(client, f"/en/runs/{RUN_ID}")


def test_a_move_is_undone(client: FlaskClient):
    """Undo puts the days back, takes the marks away, and stays in the history."""
    send(client, **LATER, go="move")
    page = client.get(ADDRESS).text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', page)[1]  # type: ignore[index]
    step = re.search(r'name="step" value="(\d+)"', page)[1]  # type: ignore[index]
    undo = client.post(f"{ADDRESS}/undo", data={"csrf_token": token, "step": step})
    assert undo.status_code == 303
    text = read_main(client, ADDRESS)
    assert "1 Feb 2027 – 31 May 2027" in text
    assert "Undone" in text
    assert "Days moved" not in read_main(client, f"/en/runs/{RUN_ID}")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"start_likely": ""}, "Fill this in."),
        ({"start_likely": "31-02-2027"}, "This is not a day."),
        ({"end_likely": "2027-01-01"}, "The days are in no order."),
        ({"start_late": "1000-01-01"}, "The day is too far away"),
        ({"notice_days": "-3"}, "A whole number of days"),
        ({"notice_days": "9" * 5000}, "This is not a whole number."),
        ({"source_date": "0001-01-01"}, "The day is too far away"),
        ({"start_likely": "\x00"}, "This is not a day."),
        ({"source": "\x00"}, "Fill this in."),
        ({"source": "x" * 201}, "At most 200 characters."),
        ({"firmness": "sold"}, "Look at the fields marked in red."),
        ({"source": "  "}, "Fill this in."),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_moved(client: FlaskClient, wrong: dict[str, str], words: str):
    """Each slip gets words of its own, what was typed stays, and nothing is written."""
    answer = send(client, **{**LATER, **wrong}, go="move")
    assert answer.status_code == 200
    assert words in unescape(answer.text)
    assert "The roof is found to hold asbestos" in answer.text
    assert "It has not been moved." in read_main(client, ADDRESS)


def test_the_firm_sees_what_needs_doing(client: FlaskClient):
    """The firm's page counts what is to be decided, surveyed and made firm; its board has the school."""
    choice = read_main(client, "/en/firm")
    assert "Øst Nedrivning (3 buildings or yards)" in choice
    firm = f"organisation={FIRM_ID}"
    send(client, **LATER, go="move")
    text = read_main(client, f"/en/firm?{firm}")
    assert "Skovvangskolen, fløj C" in text.partition("Buildings whose days are not firm")[2]
    assert "Every surveyed lot is offered, or further on." in text
    # one just written down is matched with nobody: the firm is told, and led to where it is offered
    lot = write_down(client).location.rsplit("/", 1)[-1]
    told = client.get(f"/en/firm?{firm}").text
    assert f'href="/en/lots/{lot}/life"' in told
    assert "first say direct reuse or preparation for reuse" in told
    assert "Clay brick in lime mortar" in read_main(client, f"/en/firm/lots?{firm}&status=surveyed")
    board = read_main(client, f"/en/firm/buildings?{firm}")
    assert "Permit given 1 Skovvangskolen" in board
    page = get_page(client, f"/en/firm/buildings?{firm}")
    assert (
        len([one for one in find_all(page, "rect") if one.getAttribute("class") == "gb-timeline-sure"]) == 3
    )
    assert client.get("/firm?organisation=nobody").status_code == 404


def test_only_a_donor_has_a_demolition(client: FlaskClient):
    """The page of a project's demolition is not there."""
    assert client.get(f"/sites/{site_id('library')}/demolition").status_code == 404
