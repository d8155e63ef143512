# SPDX-License-Identifier: EUPL-1.2
"""Who buys the material of a requirement: chosen, kept with what was compared, shown everywhere, undone."""

import io
import re
from typing import Any

from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from inventory.database import open_session
from inventory.tables import Match
from tests.web.reading import find_all, get_page, read_text
from tests.web.sample_ids import lot_id, project_id, requirement_id

BRICKS = requirement_id("school", "brick_lime_mortar")
SCHOOL = project_id("school")


def send(client: FlaskClient, address: str, *, page: str, **fields: Any) -> Any:
    """Send a form with the token of a page."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(page).text)
    assert token is not None
    return client.post(address, data=fields | {"csrf_token": token[1]})


def read_main(client: FlaskClient, address: str) -> str:
    """Read the words of a page."""
    return read_text(find_all(get_page(client, address), "main")[0])


def test_choice_is_kept_shown_and_undone(client: FlaskClient, sample_url: str):
    """Chosen beside a purchase: its page, project, sheet and workbook say who, why, what else there was."""
    with open_session(sample_url) as session:
        match = session.scalars(
            select(Match.id).where(Match.requirement_id == BRICKS).order_by(Match.id).limit(1)
        ).one()
    page, wanted = f"/en/matches/{match}/justification", f"/en/requirements/{BRICKS}"
    assert "Nobody has decided yet" in read_main(client, wanted)
    address = f"{wanted}/supplier"
    fields = {"supplied_by": "client", "why": "More bids", "by": "HK", "match": str(match)}
    answer = send(client, address, page=page, **fields)
    assert (answer.status_code, answer.headers["Location"]) == (303, page)
    told = read_main(client, page)
    assert re.search(r"Supplied by ?the client", told)
    assert re.search(r"Chosen ?\d{4}-\d\d-\d\d, HK: More bids", told)
    assert re.search(r"Compared when it was chosen ?Chosen: .*; New: DKK [\d,.]+", told)
    book = load_workbook(io.BytesIO(client.get(f"{page}.xlsx").data))
    cells = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert "the client" in cells
    assert any("HK: More bids" in cell for cell in cells)
    kept = read_main(client, wanted)
    for words in ("Bought by: the client.", "HK · More bids", "What was compared then"):
        assert words in kept
    shown = read_main(client, f"/en/projects/{SCHOOL}")
    assert "bought by the client" in shown
    assert "Chosen who buys the material" in shown
    undone = send(client, f"/en/projects/{SCHOOL}", page=wanted, undo=str(BRICKS))
    assert undone.status_code == 303
    assert "Nobody has decided yet" in read_main(client, wanted)
    assert "HK: More bids" not in read_main(client, page)


def test_a_choice_that_is_none_changes_nothing(client: FlaskClient):
    """An unknown word decides nothing; a requirement or a match that is not there has no page."""
    wanted = f"/en/requirements/{BRICKS}"
    assert send(client, f"{wanted}/supplier", page=wanted, supplied_by="neighbour").status_code == 303
    assert "That changes nothing." in read_main(client, wanted)
    nobody = f"/en/requirements/{lot_id('school_aarhus', 'brick_lime_mortar')}/supplier"
    assert send(client, nobody, page=wanted, supplied_by="client").status_code == 404
    astray = send(client, f"{wanted}/supplier", page=wanted, supplied_by="client", match="999999")
    assert astray.status_code == 404


def read_marked(client: FlaskClient, page: str) -> str:
    """Read which lot the form of the bricks has marked."""
    inputs = find_all(get_page(client, page), "input", name="lot")
    (marked,) = (
        one
        for one in inputs
        if str(one.getAttribute("id")).startswith(f"lot-{BRICKS}") and one.hasAttribute("checked")
    )
    return str(marked.getAttribute("value"))


def test_choice_is_made_among_the_lots_ranked_now(screened_client: FlaskClient):
    """Where the lots are ranked one of them is chosen, another instead, and each undone, there itself."""
    page, send_to = f"/en/projects/{SCHOOL}/instant", f"/en/requirements/{BRICKS}/supplier"
    offered = [
        str(one.getAttribute("value"))
        for one in find_all(get_page(screened_client, page), "input", name="lot")
        if str(one.getAttribute("id")).startswith(f"lot-{BRICKS}")
    ]
    assert len(offered) > 1
    assert offered[-1] == "new"
    nobody = send(screened_client, send_to, page=page, lot=offered[0])
    assert "Say who buys it" in read_main(screened_client, nobody.headers["Location"])
    answer = send(
        screened_client, send_to, page=page, lot=offered[0], supplied_by="client", why="Near", by="HK"
    )
    assert answer.headers["Location"] == f"{page}?requirement={BRICKS}#choice-{BRICKS}"
    told = read_main(screened_client, page)
    for words in ("What was chosen", "Bought by: the client.", "HK · Near", "What was compared then"):
        assert words in told
    assert told.count("(chosen)") == 1
    assert read_marked(screened_client, page) == offered[0]
    # The same buyer, of another: kept too, and undone it gives the first back.
    send(screened_client, send_to, page=page, lot="new", supplied_by="client", why="Sooner", by="HK")
    told = read_main(screened_client, page)
    assert re.search(r"Bought new: DKK [\d,]+ \(chosen\)", told)
    assert "Sooner" in told
    assert "Bought by: the client. Bought new." in told
    assert read_marked(screened_client, page) == "new"
    again = send(screened_client, send_to, page=page, lot="new", supplied_by="client", why="Twice")
    assert "That changes nothing." in read_main(screened_client, again.headers["Location"])
    for words in ("HK · Near", "Choose among them, and say who buys it"):
        undone = send(screened_client, f"/en/projects/{SCHOOL}", page=page, undo=str(BRICKS), back="instant")
        assert undone.headers["Location"] == f"{page}?requirement={BRICKS}#choice-{BRICKS}"
        assert words in read_main(screened_client, page)
    assert "What was chosen" not in read_main(screened_client, page)
    # A lot that cannot serve it, or is none, is refused.
    for lot in (str(lot_id("home_aarhus", "door_inner")), "x"):
        refused = send(screened_client, send_to, page=page, lot=lot, supplied_by="client")
        told = read_main(screened_client, refused.headers["Location"])
        assert "This lot cannot serve the requirement any more" in told
        assert "What was chosen" not in told
