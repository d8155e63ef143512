# SPDX-License-Identifier: EUPL-1.2
"""A surveyed lot on its page: offered there; every other act leads to its one place, the page of its life."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from inventory.actions.lots.move import split_lot
from inventory.database import open_session
from inventory.tables import Lot
from tests.web.opening import open_app
from tests.web.reading import find_all, find_id, parse_page, read_text
from tests.web.sample import insert_sample
from tests.web.surveying import SCHOOL, read_hidden, write_down


@pytest.fixture(scope="module")
def app(front_end: None, database_url: str) -> Iterator[Flask]:
    """The application over the sample."""
    with open_session(database_url) as session:
        insert_sample(session)
    with open_app(database_url) as app:
        yield app


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    """A browser without JavaScript that keeps its cookies."""
    return app.test_client()


def act(browser: FlaskClient, address: str, what: str, **fields: str) -> str:
    """Send a form of the lot's life, and give the page that follows."""
    token = read_hidden(browser.get(address).text)["csrf_token"]
    sent = browser.post(f"{address}/{what}", data={"csrf_token": token} | fields)
    assert sent.status_code == 303
    return browser.get(sent.location).text


def read_lots(url: str, address: str) -> dict[str, tuple[str, int]]:
    """Read status and quantity of a lot and its parts, by number."""
    with open_session(url) as session:
        ref = session.get_one(Lot, UUID(address.rsplit("/", 1)[-1])).ref
        found = select(Lot.ref, Lot.status, Lot.quantity).where(
            Lot.site_id == SCHOOL, Lot.basis == "surveyed", Lot.ref.startswith(ref)
        )
        return {row.ref: (row.status.value, row.quantity) for row in session.execute(found)}


def list_acts(page: str) -> dict[str, str]:
    """List what a lot's page leads to of its life: words and address."""
    (acts,) = find_all(parse_page(page), "ul", class_="gb-acts")
    return {read_text(link): link.getAttribute("href") for link in find_all(acts, "a")}


def test_a_lot_is_offered_once_its_reuse_is_decided(browser: FlaskClient, database_url: str):
    """Without the choice it stays surveyed and the page says what is lacking; with it runs may match it."""
    address = write_down(browser, ref="livet").location
    page = act(browser, address, "offer")
    assert "valget mellem direkte genbrug og forberedelse" in page
    assert read_lots(database_url, address) == {"livet": ("surveyed", 1228)}
    page = act(browser, address, "offer", reuse="direct")
    assert "Partiet er udbudt" in page
    assert read_lots(database_url, address) == {"livet": ("offered", 1228)}
    told = read_text(find_all(parse_page(page), "ol", class_="gb-history")[0])
    assert "fra Opmålt → til Udbudt" in told
    assert "til Direkte genbrug" in told


def test_every_act_has_one_place(browser: FlaskClient, database_url: str):
    """The survey's page has no form of its own for it: each link leads to the part of the page that has."""
    address = write_down(browser, ref="delt").location
    lot_id = UUID(address.rsplit("/", 1)[-1])
    for what in ("split", "merge", "undo"):
        assert browser.post(f"{address}/{what}").status_code in {404, 405}
    with open_session(database_url) as session:
        split_lot(session, lot_id=lot_id, quantity=1000)
    acts = list_acts(browser.get(address).text)
    assert list(acts) == [
        "Tag et skridt i dets liv",
        "Del partiet",
        "Saml et andet parti ind i dette",
        "Ret mængden",
        "Fortryd: opdeling",
    ]
    for link in acts.values():
        page, _, anchor = link.partition("#")
        assert page == f"/lots/{lot_id}/life"
        assert find_id(parse_page(browser.get(page).text), anchor) is not None


@pytest.mark.parametrize(
    ("at", "words"),
    [("", "forskellig i længde, teknisk stand"), ("/en", "differs in length, technical condition")],
)
def test_what_keeps_lots_apart_is_said_in_words(browser: FlaskClient, database_url: str, at: str, words: str):
    """Lots that cannot be merged are named with the fields as the form calls them, and refused so by hand."""
    address = write_down(browser, ref=f"ulig{at[1:]}", length_mm="228", grade="4").location
    other = write_down(browser, ref=f"anden{at[1:]}", length_mm="210", grade="3").location
    lot, other = (one.rsplit("/", 1)[-1] for one in (address, other))
    page = f"{at}/lots/{lot}/life"
    shown = browser.get(page).text
    assert words in read_text(parse_page(shown))
    token = read_hidden(shown)["csrf_token"]
    refused = browser.post(page, data={"csrf_token": token, "act": "merge", "source": other})
    assert refused.status_code == 422
    assert words.rpartition("længde")[0] in read_text(parse_page(refused.text))
    assert words.split(" ", 2)[2] in read_text(parse_page(refused.text))
    for column in ("length_mm", "length mm", "grade,"):
        assert column not in read_text(parse_page(refused.text))
