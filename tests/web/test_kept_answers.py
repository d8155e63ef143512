# SPDX-License-Identifier: EUPL-1.2
"""Answers kept until something is written: what is kept, for whom, and how soon it is gone."""

import gzip
import re
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, text
from werkzeug.test import TestResponse

from inventory.database import open_session
from tests.web.asked import note_questions
from tests.web.reading import parse_page, read_text
from tests.web.sample_ids import lot_id, project_id, site_id
from tests.web.test_imports import token
from web.kept_answers import KEPT
from web.session import get_reader
from web.shelf import KeptAnswer, Shelf

_LOT_ID = lot_id("school_aarhus", "brick_lime_mortar", "surveyed")
LOT = f"/lots/{_LOT_ID}"
PROJECT = f"/projects/{project_id('school')}"
SITE = f"/sites/{site_id('school_aarhus')}"
ZIP = {"Accept-Encoding": "gzip"}


def _is_kept(app: Flask, client: FlaskClient, address: str, **headers: str) -> bool:
    """Ask twice, and tell whether the second answer is the first, made without asking for anything."""
    first = client.get(address, headers=headers)
    with note_questions(app) as statements:
        second = client.get(address, headers=headers)
    if statements:
        return False
    # a token is signed with its second
    bodies = [re.sub(rb'(name="csrf_token" value=")[^"]+', rb"\1", one.data) for one in (first, second)]
    assert second.status_code == first.status_code
    assert bodies[0] == bodies[1]
    return True


def _write(url: str, statement: str) -> None:
    with open_session(url) as session:
        session.execute(text(statement))


@pytest.mark.parametrize(
    "address", ["/", "/?class=door_inner", LOT, SITE, PROJECT, "/tiles/supply/6/33/19.mvt"]
)
def test_reading_pages_are_kept(app: Flask, address: str):
    """Whoever asks second, another browser too, is answered without a question for anything on the page."""
    app.test_client().get(address)  # the first reader also has the map take in what was written
    assert _is_kept(app, app.test_client(), address)
    with note_questions(app) as statements:
        assert app.test_client().get(address).status_code == 200
    assert statements == []


def test_routes_kept_are_routes(app: Flask):
    """Every route named as kept is there, and takes nothing but questions."""
    rules = {rule.endpoint.removeprefix("da."): rule for rule in app.url_map.iter_rules()}
    assert set(rules) >= KEPT
    assert all(rules[name].methods == {"GET", "HEAD", "OPTIONS"} for name in KEPT)


def test_a_write_is_seen_by_the_next_request(app: Flask, client: FlaskClient, sample_url: str):
    """What another connection commits stands on the very next page; what it takes back never does."""
    for number in range(3):
        assert client.get(LOT).status_code == 200
        _write(sample_url, f"UPDATE lot SET note = 'Written {number}' WHERE id = '{_LOT_ID}'")
        assert f"Written {number}" in client.get(LOT).text
    with app.app_context():
        engine = get_reader().writing
    with engine.connect() as other, other.begin() as transaction:
        other.execute(text(f"UPDATE lot SET note = 'Not yet' WHERE id = '{_LOT_ID}'"))
        assert "Not yet" not in client.get(LOT).text
        assert _is_kept(app, client, LOT)
        transaction.rollback()
    assert "Not yet" not in client.get(LOT).text


def test_an_answer_begun_before_a_write_is_not_kept_after_it(
    app: Flask, client: FlaskClient, sample_url: str
):
    """A page half made when something is written is no answer to whoever asks afterwards."""
    asked = []

    def write(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)
        if len(asked) == 3:  # after the lot was read, before the page is whole
            _write(sample_url, f"UPDATE lot SET note = 'In between' WHERE id = '{_LOT_ID}'")

    with app.app_context():
        engine = get_reader().engine
    address = f"{LOT}?begun=before"
    event.listen(engine, "after_cursor_execute", write)
    client.get(address)
    event.remove(engine, "after_cursor_execute", write)
    assert len(asked) > 3
    with note_questions(app) as statements:
        assert "In between" in client.get(address).text
    assert statements


def test_tokens_of_forms_are_each_browsers_own(app: Flask):
    """A kept page with forms brings each browser a token of its own, which sends the form, and no other's."""
    one, other = app.test_client(), app.test_client()
    tokens = [token(browser.get(PROJECT).text) for browser in (one, other, one)]
    assert tokens[0] != tokens[1]
    foreign = one.post(PROJECT, data={"csrf_token": tokens[1], "copy": "nothing"})
    own = one.post(PROJECT, data={"csrf_token": tokens[0], "copy": "nothing"})
    assert foreign.status_code == 400
    assert own.status_code != 400
    page = one.get(PROJECT)
    assert "token-" not in page.text
    assert "ETag" not in page.headers


def test_what_is_said_once_is_said_to_one_browser(app: Flask, client: FlaskClient):
    """A message waiting for one browser stands on its next page alone, and on nobody else's."""
    other = app.test_client()
    assert _is_kept(app, other, PROJECT)
    with client.session_transaction() as cookie:
        cookie["_flashes"] = [("success", "Said to you alone.")]
    assert "Said to you alone." not in other.get(PROJECT).text
    said = client.get(PROJECT)
    assert "Said to you alone." in said.text
    assert said.headers["Cache-Control"] == "no-store"
    assert "Said to you alone." not in client.get(PROJECT).text
    assert "Said to you alone." not in other.get(PROJECT).text


def test_a_page_that_reads_the_session_is_not_kept(app: Flask, client: FlaskClient):
    """The list of one's own imports is made anew each time, and so is any page that looks at the cookie."""
    assert not _is_kept(app, client, "/imports")
    kept, view = "da.about", app.view_functions["da.about"]

    def show() -> str:
        from flask import session  # noqa: PLC0415 - as a view may

        return f"you are {session.get('surveyor', 'nobody')}"

    app.view_functions[kept] = show
    try:
        with client.session_transaction() as cookie:
            cookie["surveyor"] = "AB"
        assert client.get("/about?who").text == "you are AB"
        assert app.test_client().get("/about?who").text == "you are nobody"
    finally:
        app.view_functions[kept] = view


def test_language_query_host_and_encoding_part_answers(app: Flask, client: FlaskClient):
    """Danish and English, another query, and packed or not are answers of their own."""
    danish, english = client.get("/about").text, client.get("/en/about").text
    assert danish != english
    for _ in range(2):
        assert client.get("/about").text == danish
        assert client.get("/en/about").text == english
        packed = client.get("/about", headers=ZIP)
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.data).decode() == danish
        assert "Content-Encoding" not in client.get("/about").headers
    assert client.get("/?page=1").text != client.get("/?show=requirements").text
    elsewhere = client.get("/about", base_url="https://genbro.example")
    assert elsewhere.status_code == 200
    with note_questions(app) as statements:
        assert client.get("/", base_url="https://genbro.example").status_code == 200
    assert statements


def test_the_day_parts_answers(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    """What was kept yesterday is no answer today, though nothing was written."""
    assert _is_kept(app, client, SITE)
    tomorrow = date.today() + timedelta(days=1)  # noqa: DTZ011 - any other day will do
    monkeypatch.setattr("web.kept_answers.current_day", lambda: tomorrow)
    with note_questions(app) as statements:
        assert client.get(SITE).status_code == 200
    assert statements


def test_errors_redirects_and_parts_are_not_kept(app: Flask, client: FlaskClient):
    """A page that is missing, gone, elsewhere or asked for in part is asked for anew each time."""
    missing = f"/lots/{project_id('school')}"
    assert client.get(missing).status_code == 404
    assert not _is_kept(app, client, missing)
    assert client.get(f"/lots/{str(_LOT_ID).upper()}").status_code == 301
    assert not _is_kept(app, client, LOT, Range="bytes=0-9")
    shelf: Shelf = app.extensions["genbro_shelf"]
    used = shelf.used
    client.get(missing + "?other")
    assert shelf.used == used


def test_a_kept_page_is_not_sent_again(client: FlaskClient):
    """A browser that has the page is told so by its tag, made anew or kept; a HEAD is answered as the GET."""
    address = "/?municipality=0751"
    tag = client.get(address, headers=ZIP).headers["ETag"]
    for _ in range(2):
        again = client.get(address, headers=ZIP | {"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == tag
        assert "Date" not in again.headers
        assert "Content-Security-Policy" in again.headers
    head: TestResponse = client.head(address, headers=ZIP)
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", tag)
    other = client.get(address, headers=ZIP | {"If-None-Match": '"another"'})
    assert other.status_code == 200
    assert other.cache_control.no_cache
    assert other.cache_control.private


def test_a_kept_page_says_who_may_run_what(client: FlaskClient):
    """The headers that protect a page stand on the kept one as on the first, each once."""
    first, second = client.get("/?page=2"), client.get("/?page=2")
    assert sorted(first.headers) == sorted(second.headers)
    assert read_text(parse_page(second.text)) == read_text(parse_page(first.text))


def test_the_shelf_is_bounded_in_bytes():
    """What was used longest ago goes first; one answer cannot take the shelf, and an old moment's is none."""
    shelf, page = Shelf(most=100_000), KeptAnswer(body=bytes(9_000), headers=())
    assert shelf.find("0", moment=1) is None
    for number in range(25):
        shelf.find("0", moment=1)
        shelf.put(str(number), page, moment=1)
        assert shelf.used <= 100_000
    kept = [number for number in range(25) if shelf.find(str(number), moment=1)]
    assert kept == [0, *range(16, 25)]
    shelf.put("0", page, moment=1)
    assert shelf.used == 10 * page.size
    shelf.put("large", KeptAnswer(body=bytes(50_000), headers=()), moment=1)
    assert shelf.find("large", moment=1) is None
    assert shelf.find("24", moment=2) is None
    assert shelf.used == 0
    shelf.put("late", page, moment=1)
    assert shelf.find("late", moment=2) is None
