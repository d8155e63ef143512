# SPDX-License-Identifier: EUPL-1.2
"""A firm's lots on the web: the table by its address, changing many at once, undo, and the file of them."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import text

from inventory.database import open_session
from inventory.queries.lots.of_firm import MISSING, SORTS
from tests.web.opening import open_app
from tests.web.reading import find_all, get_page, parse_page, read_text
from tests.web.sample import insert_sample
from tests.web.sample_ids import FIRM_ID, lot_id
from web.pages import firm_lots_edit
from web.words.firms import MISSING_WORDS

TABLE = f"/en/firm/lots?organisation={FIRM_ID}"
BRICKS = lot_id("school_aarhus", "brick_lime_mortar", "surveyed")


@pytest.fixture
def url(own_database_url: str) -> str:
    """The address of a database of the test's own, with the sample and two lots more at the school."""
    with open_session(own_database_url) as session:
        insert_sample(session)
        for at, price in (("L-2", "200"), ("L-10", "NULL")):
            session.execute(
                text(
                    "INSERT INTO lot (id, site_id, ref, class_id, unit, quantity, basis, status, price_ore,"
                    f" note) SELECT gen_random_uuid(), site_id, '{at}', class_id, unit, 50, 'surveyed',"
                    f" 'surveyed', {price}, '=2+2' FROM lot WHERE id = :id"
                ),
                {"id": BRICKS},
            )
    return own_database_url


@pytest.fixture
def app(front_end: None, url: str) -> Iterator[Flask]:
    """The application over it."""
    with open_app(url) as app:
        yield app


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    """A browser without JavaScript that keeps its cookies."""
    return app.test_client()


def list_refs(browser: FlaskClient, more: str = "") -> list[str]:
    """List the numbers of the lots that a table shows, in its order."""
    page = get_page(browser, TABLE + more)
    return [read_text(find_all(row, "a")[0]) for row in find_all(page, "th", scope="row")]


def send(browser: FlaskClient, address: str, **fields: Any) -> Any:
    """Send a form with the token of the table's page."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get(TABLE).text)
    assert token is not None
    return browser.post(address, data={"csrf_token": token[1], **fields})


def confirm(browser: FlaskClient, answer: Any) -> Any:
    """Send the form of a preview as it stands."""
    form = next(
        one for one in find_all(parse_page(answer.text), "form") if "edit" in one.getAttribute("action")
    )
    fields: dict[str, list[str]] = {}
    for one in find_all(form, "input"):
        fields.setdefault(one.getAttribute("name"), []).append(one.getAttribute("value"))
    return browser.post(form.getAttribute("action"), data=fields)


def say(answer: Any) -> str:
    """Read the words of a page, plain spaces between them."""
    return " ".join(read_text(parse_page(answer.text)).replace("\N{NO-BREAK SPACE}", " ").split())


def test_the_address_holds_filter_and_order(browser: FlaskClient):
    """Each filter narrows the table, every column sorts it both ways, and what is not known is told."""
    everything = list_refs(browser)
    assert everything.index("L-2") < everything.index("L-10")
    assert list_refs(browser, "&missing=price&q=L-") == ["L-10"]
    assert list_refs(browser, "&q=l-&sort=price&order=desc") == ["L-2", "L-10"]
    assert list_refs(browser, "&status=surveyed&status=held&class=brick") == ["L-2", "L-10"]
    assert "L-2" not in list_refs(browser, "&status=offered")
    assert list_refs(browser, "&basis=estimated")
    assert set(list_refs(browser, "&basis=all")) > set(everything)
    for sort in SORTS:
        rising, falling = (list_refs(browser, f"&sort={sort}&order={way}") for way in ("", "desc"))
        assert sorted(rising) == sorted(falling) == sorted(everything)
    page = get_page(browser, TABLE + "&screening=nonsense&within=over")
    assert "A filter could not be read" in read_text(page)
    assert set(MISSING_WORDS) == set(MISSING)
    assert "The firm" not in read_text(get_page(browser, "/en/firm/lots"))


def test_sums_are_by_unit_and_at_the_prices_there_are(browser: FlaskClient):
    """The figures above the table add up what is shown, with the worth of what has a price."""
    page = " ".join(read_text(get_page(browser, TABLE + "&q=L-")).replace("\N{NO-BREAK SPACE}", " ").split())
    assert "In 2 lots100 pcsworth DKK 100 at the prices of 1 of them" in page


def test_many_are_changed_as_they_were_seen_and_undone(browser: FlaskClient, url: str):
    """Seen first, with refusals by lot; done and told; and the whole undone from the page of the change."""
    address = TABLE.replace("/lots?", "/lots/edit?") + "&q=L-"
    wanted = {"which": "all", "price": "3.5", "crane": "hire", "status": "offered", "why": "Season"}
    seen = send(browser, address, **wanted)
    words = say(seen)
    assert "Would change0" in words
    assert "It cannot become offered yet. Still needed: the choice between" in words
    seen = send(browser, address, **wanted, reuse="direct", storage_place="Rack 4")
    assert "Would change2" in say(seen)
    assert "from DKK 2.00/pcs → to DKK 3.50/pcs" in say(seen)
    done = confirm(browser, seen)
    assert done.status_code == 303, say(done)
    told = say(browser.get(done.location))
    assert "2 lots changed" in told
    with open_session(url) as session:
        rows = session.execute(text("SELECT status, price_ore, crane FROM lot WHERE ref LIKE 'L-%'")).all()
        assert [tuple(row) for row in rows] == [("offered", 350, "hire")] * 2
    assert "Season" in say(browser.get(TABLE))
    back = send(browser, done.location + "/undo")
    assert back.status_code == 303
    assert "2 lots are as they were" in say(browser.get(back.location))
    with open_session(url) as session:
        query = "SELECT status, price_ore, crane, reuse FROM lot WHERE ref LIKE 'L-%' ORDER BY price_ore"
        rows = session.execute(text(query)).all()
        assert [tuple(row) for row in rows] == [("surveyed", 200, None, None), ("surveyed", None, None, None)]
    assert "The change is undone" in say(browser.get(back.location))


def test_what_was_not_seen_is_not_done(browser: FlaskClient, url: str):
    """A lot that changed between looking and doing is shown again; wrong fields and no lots are told of."""
    address = TABLE.replace("/lots?", "/lots/edit?") + "&q=L-"
    seen = send(browser, address, which="all", crane="hire")
    with open_session(url) as session:
        session.execute(text("UPDATE lot SET crane = 'there' WHERE ref = 'L-2'"))
    again = confirm(browser, seen)
    assert (again.status_code, "changed since you looked" in say(again)) == (200, True)
    assert confirm(browser, again).status_code == 303
    for fields, words in (
        ({"which": "ticked", "crane": "hire"}, "Choose at least one lot"),
        ({"which": "all"}, "Say what is to become of them"),
        ({"which": "all", "price": "much"}, "This is not a price"),
        ({"which": "all", "owner": "A", "empty_owner": "yes"}, "Write something or empty it"),
        ({"which": "ticked", "lot": "no id", "crane": "hire"}, "Choose at least one lot"),
    ):
        answer = send(browser, address, **fields)
        assert (answer.status_code, words in say(answer)) == (422, True), words
    assert browser.get(address).status_code == 303


def test_the_file_is_what_the_table_shows(browser: FlaskClient):
    """The filtered table as a workbook, text and map, with no address and no formula in it."""
    more = "&q=L-"
    book = browser.get(TABLE.replace("/lots?", "/lots.xlsx?") + more)
    rows = list(load_workbook(io.BytesIO(book.data)).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    heads = [str(cell) for cell in rows[0]]
    assert [row[heads.index("Reference")] for row in rows[1:]] == ["L-2", "L-10"]
    told = browser.get(TABLE.replace("/lots?", "/lots.csv?") + more)
    assert ";'=2+2;" in told.data.decode("utf-8-sig").replace("'=2+2\r\n", "'=2+2;\r\n")
    assert "attachment" in told.headers["Content-Disposition"]
    layer = browser.get(TABLE.replace("/lots?", "/lots.gpkg?") + more)
    assert layer.data.startswith(b"SQLite format 3")
    assert browser.get(TABLE.replace("/lots?", "/lots.doc?")).status_code == 404


def test_more_lots_than_a_page_shows_are_changed_as_one(
    browser: FlaskClient, url: str, monkeypatch: pytest.MonkeyPatch
):
    """All that the filter finds change though the page shows the first; too many are refused politely."""
    monkeypatch.setattr(firm_lots_edit, "MOST_SHOWN", 1)
    address = TABLE.replace("/lots?", "/lots/edit?") + "&q=L-"
    seen = send(browser, address, which="all", crane="hire", storage_place="Rack 9")
    assert "Would change2" in say(seen)
    assert "These are the first 1 of 2 lots; all of them change." in say(seen)
    assert 'name="lot"' not in seen.text
    done = confirm(browser, seen)
    told = say(browser.get(done.location))
    assert ("2 lots changed" in told, "the first 1 of 2 lots" in told) == (True, True)
    with open_session(url) as session:
        query = "SELECT storage_place FROM lot_survey JOIN lot ON lot.id = lot_id WHERE ref LIKE 'L-%'"
        assert session.scalars(text(query)).all() == ["Rack 9", "Rack 9"]
    monkeypatch.setattr(firm_lots_edit, "MOST_LOTS", 1)
    answer = send(browser, address, which="all", crane="there")
    assert (answer.status_code, "At most 1 lots are changed at once" in say(answer)) == (422, True)
