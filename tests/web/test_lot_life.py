# SPDX-License-Identifier: EUPL-1.2
"""The life of a lot on the web: what follows, each act tried out before it is done, and undone."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from inventory.database import open_session
from tests.web.opening import open_app
from tests.web.reading import find_all, get_page, parse_page, read_text
from tests.web.sample_ids import lot_id

pytestmark = pytest.mark.long

BRICKS = lot_id("school_aarhus", "brick_lime_mortar", "surveyed")
ADDRESS = f"/lots/{BRICKS}/life"


@pytest.fixture
def url(own_sample_url: str) -> str:
    """The address of a database of the test's own, with the sample."""
    return own_sample_url


@pytest.fixture
def app(front_end: None, url: str) -> Iterator[Flask]:
    """The application over it."""
    with open_app(url) as app:
        yield app


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    """A browser without JavaScript that keeps its cookies."""
    return app.test_client()


def send(browser: FlaskClient, act: str, *, seen: bool = False, at: str = "", **fields: Any) -> Any:
    """Send one of the page's forms with the token of the page."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get(at + ADDRESS).text)
    assert token is not None
    extra = {"seen": "yes"} if seen else {}
    return browser.post(at + ADDRESS, data={"act": act, "csrf_token": token[1], **fields, **extra})


def say(answer: Any) -> str:
    """Read the words of a page."""
    return read_text(parse_page(answer.text))


def test_a_life_by_forms(browser: FlaskClient, url: str):
    """Nothing happens before it has been seen; then it is decided, split, merged and undone."""
    page = get_page(browser, ADDRESS)
    (line,) = find_all(page, "ol", class_="gb-life")
    assert [read_text(one) for one in find_all(line, "li") if one.hasAttribute("aria-current")] == ["Udbudt"]
    assert "mangler: valget mellem direkte genbrug" in read_text(page)
    tried = send(browser, "decide", reuse="preparation", waste_number="27-1", waste_receiver="Anlæg", by="AB")
    assert tried.status_code == 200
    assert "Forberedelse med henblik på genbrug · 27-1 · Anlæg" in say(tried)
    assert "Ikke afgjort" in read_text(get_page(browser, f"/lots/{BRICKS}"))
    fields = {"reuse": "preparation", "waste_number": "27-1", "waste_receiver": "Anlæg", "by": "AB"}
    assert send(browser, "decide", seen=True, **fields).status_code == 303
    assert "Afgørelsen er gemt." in read_text(get_page(browser, ADDRESS))

    tried = say(send(browser, "split", amount="1.000"))
    assert "Det vil det gøre" in tried
    assert "(nyt)" in tried
    with open_session(url) as session:
        assert session.scalars(text("SELECT count(*) FROM lot_origin")).one() == 0
    assert send(browser, "split", amount="1.000", seen=True, why="Til skolen").status_code == 303
    with open_session(url) as session:
        child = session.scalars(text("SELECT child_id FROM lot_origin")).one()
    shown = read_text(get_page(browser, ADDRESS))
    assert re.search(r"1\.000\s*stk\. til\s*[Pp]arti mursten facade-1", shown)
    assert send(browser, "merge", source=str(child), seen=True).status_code == 303
    assert send(browser, "undo", seen=True).status_code == 303
    assert "Det er fortrudt." in read_text(get_page(browser, ADDRESS))
    assert send(browser, "undo", seen=True).status_code == 303
    assert send(browser, "step", to="held", seen=True, why="Til AB").status_code == 303
    page = get_page(browser, f"/lots/{BRICKS}")
    assert "Det er reserveret til nogen." in read_text(page)
    # The reason may name somebody: it stands where the lot is looked after, not where it is handed on.
    assert "Til AB" not in read_text(page)
    assert "Til AB" in read_text(get_page(browser, ADDRESS))
    assert send(browser, "undo", seen=True).status_code == 303


@pytest.mark.parametrize(
    ("act", "fields", "words"),
    [
        ("split", {"amount": "mange"}, "The amount must be a number"),
        ("split", {"amount": "0.5"}, "The amount must be a number"),
        ("split", {"amount": "1e99"}, "The amount must be a number"),
        ("split", {"amount": "9999999"}, "Split off more than nothing and less than"),
        ("merge", {}, "Choose at least one lot"),
        ("merge", {"source": "x"}, "Choose at least one lot"),
        ("step", {"to": "gone"}, "Choose what it becomes"),
        ("step", {"to": "installed"}, "installed cannot follow that"),
        ("decide", {"reuse": "direct", "waste_number": "1"}, "Direct reuse is no waste"),
        ("recount", {"amount": "5"}, "Say why the quantity is another"),
        ("recount", {"amount": "-5", "why": "x"}, "The quantity must be 0 or more"),
    ],
)
def test_refused_acts_say_why(browser: FlaskClient, act: str, fields: dict[str, str], words: str):
    """Whatever is wrong is said on the page, with what was typed, and nothing is done."""
    for seen in (False, True):
        answer = send(browser, act, seen=seen, at="/en", **fields)
        assert answer.status_code == 422
        assert "Nothing was done" in say(answer)
        assert words in say(answer)
        page = parse_page(answer.text)
        leads = re.search(r'id="wrong".*?<a href="#([^"]+)"', answer.text, re.DOTALL)
        assert leads is not None or act in ("merge", "step"), "only a form that is not there has no field"
        if leads is not None:
            (field,) = [one for one in find_all(page, "input") if one.getAttribute("id") == leads[1]]
            group = field.getAttribute("name") if field.getAttribute("type") == "radio" else leads[1]
            assert f'aria-describedby="{group}-error' in answer.text
            assert words in read_text(
                next(one for one in find_all(page, "span", class_="form-error-message"))
            )


def test_estimates_and_strangers_have_no_life(browser: FlaskClient):
    """An estimate has no such page, nor has an act nobody knows, nor a form without its token."""
    assert browser.get(f"/lots/{lot_id('home_aarhus', 'door_inner')}/life").status_code == 404
    assert send(browser, "burn").status_code == 404
    assert browser.post(ADDRESS, data={"act": "undo", "seen": "yes"}).status_code == 400


def test_owner_and_terms(browser: FlaskClient):
    """They are written down on a page of their own and read on the lot's; what is wrong is said and kept."""
    address = f"/lots/{BRICKS}/terms"
    assert "Ikke angivet: spørg, hvem der må sælge det." in read_text(get_page(browser, f"/lots/{BRICKS}"))
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get(address).text)
    assert token is not None
    form = {
        "csrf_token": token[1],
        "owner": "Nedriver A/S",
        "sellable_from": "2027-02-01",
        "price_at": "site",
        "loaded_by": "seller",
        "crane": "hire",
        "minimum_hire_hours": "4",
        "by": "AB",
    }
    wrong = browser.post(address, data=form | {"sellable_from": "31-02", "crane": "big", "paper": "x"})
    assert wrong.status_code == 422
    assert "Nedriver A/S" in wrong.text
    assert "Intet er gemt" in say(wrong)
    assert browser.post(address, data=form).status_code == 303
    shown = read_text(get_page(browser, f"/lots/{BRICKS}"))
    for words in ("Nedriver A/S", "Afhentet på stedet", "mindst 4 timer", "Sælger"):
        assert words in shown
    assert browser.get(f"/lots/{lot_id('home_aarhus', 'door_inner')}/terms").status_code == 404
