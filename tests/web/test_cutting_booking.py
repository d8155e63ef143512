# SPDX-License-Identifier: EUPL-1.2
"""Booking a cutting plan on the web: refused as things are, seen before it is done, done, and undone."""

from flask.testing import FlaskClient
from sqlalchemy import text

from inventory.database import open_session
from inventory.tables import stable_id
from tests.web.reading import find_all, get_page, read_text
from tests.web.sample_ids import lot_id, requirement_id
from tests.web.test_cutting import LIBRARY, send

BOOKING = f"/cuttings/{stable_id('cutting', 'library')}"
LOTS = [lot_id(site, "joist_timber") for site in ("home_copenhagen", "school_odense")]
SURVEY = (
    "UPDATE lot SET basis = 'surveyed', reuse = 'direct', asbestos_suspect = false, screening = 'clean',"
    " length_mm = CASE WHEN id = :long THEN 5000 ELSE 3000 END, quantity = 600, grade = 4,"
    " quantity_low = NULL, quantity_high = NULL WHERE id IN (:long, :short)"
)


def say(client: FlaskClient, address: str) -> str:
    """Read the words of a page."""
    return read_text(find_all(get_page(client, address), "main")[0])


def test_a_plan_is_booked_and_undone(client: FlaskClient, sample_url: str):
    """Estimates cannot be sawn; surveyed lots are, as the page said before; undoing says so too."""
    words = say(client, f"/en{BOOKING}")
    assert "is an estimate: survey it before it is sawn" in words
    assert "It cannot be booked as things are now" in words
    refused = client.post(BOOKING, data={"act": "book"})
    assert refused.status_code == 400  # no token
    with open_session(sample_url) as session:
        session.execute(text(SURVEY), {"long": LOTS[0], "short": LOTS[1]})
        session.execute(text("UPDATE lot SET grade = 3 WHERE id = :long"), {"long": LOTS[0]})
        session.commit()
    words = say(client, f"/en{BOOKING}")
    for told in ("2 × 5,000 mm", "4 × 2,400 mm for joist_timber", "2 × 1,192 mm", "Are these bars sawn?"):
        assert told in words, told
    done = send(client, BOOKING, act="book", by="PH", why="savet tirsdag")
    assert done.status_code == 303
    words = say(client, BOOKING)
    for told in ("Længderne er bogført som savet", "Af PH", "kasseret", "aftalt", "udbudt"):
        assert told in words, told
    assert "See what became of each lot" in say(client, f"/en{LIBRARY}")
    wanted = say(client, f"/en/requirements/{requirement_id('library', 'joist_timber')}")
    assert "8 pieces, 13.2 m in all, are sawn and booked for it" in wanted
    with open_session(sample_url) as session:
        parts = session.execute(text("SELECT lot_id FROM cutting_part ORDER BY kind")).scalars().all()
    life = say(client, f"/en/lots/{parts[0]}/life")
    assert "It took part in a cutting plan" in life
    assert "Last done: Sawn" in life
    again = send(client, BOOKING, act="book")
    assert again.status_code == 422
    assert "bogført eller fortrudt i mellemtiden" in again.text
    undone = send(client, BOOKING, act="undo", why="forkert stak")
    assert undone.status_code == 303
    assert "Er længderne savet?" in say(client, BOOKING)
    assert send(client, BOOKING, act="saw").status_code == 404


def test_a_plan_that_is_not_there_has_no_page(client: FlaskClient):
    """An unknown cutting is no page to book on."""
    assert client.get(f"/cuttings/{stable_id('cutting', 'nobody')}").status_code == 404
