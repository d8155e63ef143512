# SPDX-License-Identifier: EUPL-1.2
"""The pages of cutting: pieces said, a plan asked for, drawn to scale and told as tables."""

import re
from itertools import pairwise

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from inventory.database import open_session
from inventory.tables import stable_id
from tests.web.reading import find_all, get_page, read_text
from tests.web.sample_ids import requirement_id
from web.pages.pieces import parse_pieces

LIBRARY = f"/projects/{stable_id('project', 'library')}/cutting"
SCHOOL = f"/projects/{stable_id('project', 'school')}/cutting"
JOISTS = requirement_id("school", "joist_timber")


def send(client: FlaskClient, address: str, **fields: str) -> TestResponse:
    """Send the form of a page, as the page made it."""
    (token, *_) = find_all(get_page(client, address), "input", name="csrf_token")
    return client.post(address, data={"csrf_token": token.getAttribute("value"), **fields})


def test_a_plan_is_drawn_to_scale_and_told_as_tables(client: FlaskClient):
    """Each bar's parts fill it, all to one scale; tables, proof and off-cuts say the same in words."""
    page = get_page(client, f"/en{LIBRARY}")
    pictures = find_all(page, "svg", class_="gb-cut-picture")
    assert len(pictures) == 2
    ends = []
    for picture in pictures:
        parts = [
            (float(part.getAttribute("x")[:-1]), float(part.getAttribute("width")[:-1]))
            for part in find_all(picture, "rect")
        ]
        assert all(
            at + width == pytest.approx(after, abs=0.002) for (at, width), (after, _) in pairwise(parts)
        )
        ends.append(sum(parts[-1]))
    assert ends == pytest.approx([100, 60], abs=0.002)
    assert [read_text(one) for one in find_all(pictures[0], "text")] == ["A", "A"]
    words = read_text(find_all(page, "main")[0])
    for told in (
        "4 bars to saw",
        "1 is bought new",
        "2 × A (2,400 mm)",
        "2 × 1,192 mm of",
        "at least 98 % of the saving",
        "3 lots of these materials say no length and took no part",
        "The plan is a proposal: nothing is taken from any lot",
        "5 × 2,400 mm, 4 × 900 mm",
    ):
        assert told in words, told
    danish = read_text(find_all(get_page(client, LIBRARY), "main")[0])
    assert "4 længder at save" in danish
    assert "Planen er et forslag: intet er taget fra noget parti" in danish
    csv = client.get(LIBRARY.replace("cutting", "offcuts.csv"))
    assert csv.mimetype == "text/csv"
    assert csv.text.splitlines()[1].endswith(",2,1192")
    assert client.get(SCHOOL.replace("cutting", "offcuts.csv")).status_code == 404


def test_pieces_are_said_and_a_plan_is_asked_for(client: FlaskClient, sample_url: str):
    """From the requirement to its pieces, each wrong line named, to a plan that waits for a worker."""
    links = {one.getAttribute("href") for one in find_all(get_page(client, f"/requirements/{JOISTS}"), "a")}
    assert {SCHOOL, f"/requirements/{JOISTS}/pieces"} <= links
    refused = send(client, f"/en/requirements/{JOISTS}/pieces", pieces="2400 x 12\nto meter\n5 x 3")
    assert refused.status_code == 422
    assert "Line 2, “to meter”" in refused.text
    assert "Line 3: a length of 5 mm cannot be cut" in refused.text
    assert "2400 x 12" in refused.text
    done = send(client, f"/requirements/{JOISTS}/pieces", pieces="2400 x 12\r\n900\t3\r\n")
    assert (done.status_code, done.headers["Location"]) == (303, SCHOOL)
    assert "12 × 2.400 mm, 3 × 900 mm" in read_text(get_page(client, SCHOOL))
    wrong = send(client, SCHOOL, kerf="meget")
    assert wrong.status_code == 422
    assert "Angiv millimeter fra 0 til 100" in wrong.text
    asked = send(client, SCHOOL, kerf="3,2")
    assert asked.status_code == 303
    assert "Skæreplanen er ikke klar" in read_text(get_page(client, SCHOOL))
    with open_session(sample_url) as session:
        jobs = session.execute(
            text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'genbro.perform_cutting'")
        )
        assert jobs.scalar_one() == 1
        kerf = session.execute(text("SELECT params ->> 'kerf_mm' FROM cutting WHERE status = 'requested'"))
        assert kerf.scalar_one() == "3.2"


def test_what_is_not_in_metres_has_no_pieces(client: FlaskClient):
    """Bricks are not cut to length: neither a link nor a page."""
    bricks = requirement_id("school", "brick_lime_mortar")
    assert f"/en/requirements/{bricks}/pieces" not in client.get(f"/en/requirements/{bricks}").text
    assert client.get(f"/requirements/{bricks}/pieces").status_code == 404


def test_lines_are_read_as_people_write_them(client: FlaskClient):
    """x, times, tab, semicolon or space between; the same length twice adds up; nothing else is guessed."""
    with client.application.test_request_context("/en/"):
        pieces, errors = parse_pieces("2400 x 2\n2400mm × 3 stk.\n900;4\n  \n3000\t1")
        assert (pieces, errors) == ({2400: 5, 900: 4, 3000: 1}, [])
        _, errors = parse_pieces("2.400 x 2\n2400 x 0\n-5 x 3\n2400 x 99999999")
        assert [re.findall(r"^Line (\d)", error) for error in errors] == [["1"], ["2"], ["3"], ["4"]]
