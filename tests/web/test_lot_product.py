# SPDX-License-Identifier: EUPL-1.2
"""Used product, surplus or recycled on the web: asked, decided with its reason, followed by the savings."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from inventory.database import open_session
from inventory.tables import Lot, ProductDecision
from tests.web.reading import get_page, read_text
from tests.web.sample_ids import lot_id

BRICKS = lot_id("school_aarhus", "brick_lime_mortar", "surveyed")
ADDRESS = f"/lots/{BRICKS}/product"
USED = {"installed": "yes", "processing": "light", "waste": "never"}


@pytest.fixture(autouse=True)
def clean(sample_url: str) -> Iterator[None]:
    """Leave the bricks as they were."""
    with open_session(sample_url) as session:
        before = session.get_one(Lot, BRICKS).product_status
    yield
    with open_session(sample_url) as session:
        session.get_one(Lot, BRICKS).product_status = before
        row = session.get(ProductDecision, BRICKS)
        if row is not None:
            session.delete(row)


def send(client: FlaskClient, **answers: str) -> Any:
    """Send the answers with the form's token."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(ADDRESS).text)
    assert token is not None
    return client.post(ADDRESS, data=answers | {"csrf_token": token[1]})


def test_undecided_lot_counts_as_new_and_says_so(client: FlaskClient):
    """Before anybody answers, the page says that it is not decided, and nothing is saved by BR18."""
    send(client, installed="yes", processing="not_known", waste="never")
    text = read_text(get_page(client, ADDRESS))
    assert "Ikke afgjort: regnes som ny, indtil det er" in text
    assert "Det vides ikke, hvad der er gjort ved den" in text
    lot = read_text(get_page(client, f"/lots/{BRICKS}"))
    assert "Det er ikke afgjort, om det er en brugt byggevare, så den regnes som ny" in lot


def test_decision_is_shown_with_reason_source_and_what_is_open(client: FlaskClient):
    """A used product counts as 0, with the regulation as source; what is not settled is marked so."""
    assert send(client, **USED).status_code == 303
    text = read_text(get_page(client, "/en" + ADDRESS))
    assert "at most checked, cleaned or repaired: a used product, which counts as 0" in text
    assert "Regulation (EU) 2024/3110" in text
    assert "Not verified" in text
    assert "whether transport (A4) of reused goods counts" in text
    lot = read_text(get_page(client, f"/en/lots/{BRICKS}"))
    assert "A used product counts as 0 kg in the climate calculation" in lot
    assert send(client, **(USED | {"installed": "no"})).status_code == 303
    assert "Surplus, never installed" in read_text(get_page(client, "/en" + ADDRESS))


def test_missing_answer_is_named(client: FlaskClient):
    """Without an answer nothing is decided, and the question is named; what was chosen stays chosen."""
    answer = send(client, installed="yes", processing="light")
    assert answer.status_code == 200
    assert "Vælg en af mulighederne." in answer.text
    assert 'value="light" checked' in answer.text
    wrong = send(client, installed="maybe", processing="light", waste="never")
    assert "Vælg en af mulighederne." in wrong.text


def test_estimate_is_not_decided(client: FlaskClient):
    """An estimate has no such page."""
    assert client.get(f"/lots/{lot_id('home_aarhus', 'door_inner')}/product").status_code == 404
