# SPDX-License-Identifier: EUPL-1.2
"""Owner and contract of a building on the web: said with its paper, seen on its lots, and taken back."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.opening import open_app
from tests.web.reading import parse_page, read_text
from tests.web.sample_ids import lot_id, site_id

ADDRESS = f"/en/sites/{site_id('school_aarhus')}/contract"
BRICKS = lot_id("school_aarhus", "brick_lime_mortar", "surveyed")
PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def app(front_end: None, own_sample_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The application over a sample of this test's own."""
    with open_app(own_sample_url, files=tmp_path) as app:
        yield app


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    """A browser without JavaScript that keeps its cookies."""
    return app.test_client()


def send(browser: FlaskClient, address: str = ADDRESS, **fields: Any) -> Any:
    """Send a form with the token of the page."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get(ADDRESS).text)
    assert token is not None
    return browser.post(address, data={"csrf_token": token[1], **fields}, content_type="multipart/form-data")


def say(answer: Any) -> str:
    """Read the words of a page."""
    return read_text(parse_page(answer.text))


def test_a_contract_is_said_seen_on_the_lot_and_undone(browser: FlaskClient):
    """Owner, day and paper are kept, read by who added them alone, the same on the lot, and undone."""
    wrong = send(browser, owner="Nedriver A/S", sellable_from="soon")
    assert (wrong.status_code, "This is not a day" in say(wrong)) == (422, True)
    fields = {"owner": "Nedriver A/S", "sellable_from": "2027-02-01", "why": "Signed", "by": "AB"}
    refused = send(browser, **fields, file=(io.BytesIO(b"MZ not a paper"), "contract.pdf"))
    assert refused.status_code == 422
    assert send(browser, **fields, file=(io.BytesIO(PAPER), "contract.pdf")).status_code == 303
    words = say(browser.get(ADDRESS))
    assert "Owner and contract are kept." in words
    assert "Signed" in words
    assert "contract.pdf" in words
    paper = re.search(r'href="(/files/[^"]+)"', browser.get(ADDRESS).text)
    assert paper is not None
    assert browser.get(paper[1]).data == PAPER
    other = browser.application.test_client()
    seen = other.get(ADDRESS).text
    assert ("contract.pdf" in seen, paper[1] in seen) == (True, False)
    assert other.get(paper[1]).status_code == 404
    terms = say(browser.get(f"/en/lots/{BRICKS}/terms"))
    assert "Empty: Nedriver A/S, as said of the site." in terms
    assert "What the contract of the place says" in terms
    assert send(browser, **fields).status_code == 303
    assert "That changes nothing." in say(browser.get(ADDRESS))
    step = re.search(r'name="step" value="(\d+)"', browser.get(ADDRESS).text)
    assert step is not None
    assert send(browser, ADDRESS + "/undo", step=step[1]).status_code == 303
    words = say(browser.get(ADDRESS))
    assert "It is undone." in words
    assert "Nothing was kept" not in words
    assert "as said of the site" not in say(browser.get(f"/en/lots/{BRICKS}/terms"))
    assert browser.get(f"/en/sites/{BRICKS}/contract").status_code == 404
