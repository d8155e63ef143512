# SPDX-License-Identifier: EUPL-1.2
"""A surveyed lot on its page: offered, split, merged and undone, with no quantity made or lost."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from inventory.database import open_session
from inventory.tables import Lot
from tests.web.opening import open_app
from tests.web.reading import find_all, parse_page, read_text
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


def test_a_lot_is_offered_once_its_reuse_is_decided(browser: FlaskClient, database_url: str):
    """Without the choice it stays surveyed and the page says what is lacking; with it runs may match it."""
    address = write_down(browser, ref="livet").location
    page = act(browser, address, "offer")
    assert "Det mangler: valget mellem direkte genbrug og forberedelse" in page
    assert read_lots(database_url, address) == {"livet": ("surveyed", 1228)}
    page = act(browser, address, "offer", reuse="direct")
    assert "Partiet er udbudt" in page
    assert read_lots(database_url, address) == {"livet": ("offered", 1228)}
    told = read_text(find_all(parse_page(page), "ol", class_="gb-history")[0])
    assert "fra Opmålt → til Udbudt" in told
    assert "til Direkte genbrug" in told


def test_split_merge_and_undo(browser: FlaskClient, database_url: str):
    """A part gets a number of its own and comes back; each can be undone, and nothing is made or lost."""
    address = write_down(browser, ref="delt").location
    for wrong in ("0", "1228", "mange", "-5"):
        assert "mindre end de 1.228" in act(browser, address, "split", amount=wrong).replace("\xa0", " ")
    act(browser, address, "split", amount="1.000")
    assert read_lots(database_url, address) == {"delt": ("surveyed", 228), "delt-1": ("surveyed", 1000)}
    with open_session(database_url) as session:
        part = str(session.scalars(select(Lot.id).where(Lot.ref == "delt-1")).one())
    act(browser, address, "merge", other=part)
    assert read_lots(database_url, address) == {"delt": ("surveyed", 1228), "delt-1": ("surveyed", 0)}
    assert "Fortrudt." in act(browser, address, "undo")
    assert "Fortrudt." in act(browser, address, "undo")
    assert read_lots(database_url, address)["delt"] == ("surveyed", 1228)
    assert "intet at fortryde" in act(browser, address, "undo")
    assert "Vælg et andet parti" in act(browser, address, "merge", other="x")
    assert "Vælg et andet parti" in act(browser, address, "merge", other=address.rsplit("/", 1)[-1])
