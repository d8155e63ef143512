# SPDX-License-Identifier: EUPL-1.2
"""The pages of storage hubs, and where plans say that matches wait."""

from flask.testing import FlaskClient

from tests.web.reading import find_all, get_page, read_text
from tests.web.sample_ids import HUB_ID, RUN_ID, lot_id


def read_main(client: FlaskClient, address: str) -> str:
    """Read the text of a page's main part."""
    return read_text(find_all(get_page(client, address), "main")[0])


def test_a_hub_tells_room_price_opening_and_what_waits(client: FlaskClient):
    """A hub's page names floor, rent and hours, and each match that waits there, with its floor by month.

    9,000 bricks of 2,030 ml each, stacked 1.5 m high, are 9,000 x 14 cm2 = 12.6 m2 of 120 m2.
    """
    text = read_main(client, f"/en/hubs/{HUB_ID}")
    for words in ("Genbrugshub Greve", "120 m²", "DKK 0.75/m²", "Man-fre 7-15", "Clay brick in lime mortar"):
        assert words in text.replace("\N{NO-BREAK SPACE}", " "), words
    page = get_page(client, f"/en/hubs/{HUB_ID}")
    months = [read_text(one) for one in find_all(page, "td") if one.getAttribute("data-title") == "Month"]
    # 62 days to 3 May: a night in each of March, April and May
    assert months == ["March 2027", "April 2027", "May 2027"]
    assert f"/en/lots/{lot_id('office_copenhagen', 'brick_lime_mortar')}" in {
        one.getAttribute("href") for one in find_all(page, "a")
    }


def test_the_list_of_hubs_counts_what_lies_and_waits(client: FlaskClient):
    """The list names each hub with its figures and links to it."""
    page = get_page(client, "/en/hubs")
    assert f"/en/hubs/{HUB_ID}" in {one.getAttribute("href") for one in find_all(page, "a")}
    cells = [read_text(one) for one in find_all(page, "td")]
    assert cells[-2:] == ["0", "1"]


def test_a_plan_tells_where_its_matches_wait(client: FlaskClient):
    """The plan has a row for each store, with how many matches wait there and what it costs."""
    text = read_main(client, f"/en/runs/{RUN_ID}")
    assert "At a hub: Genbrugshub Greve" in text
    assert "62 days" in text


def test_a_database_without_hubs_says_how_to_get_one(bare_client: FlaskClient):
    """The empty list tells the commands and leads to the import."""
    text = read_main(bare_client, "/en/hubs")
    assert "There is no hub yet." in text
    assert "genbro import hubs" in text
    assert bare_client.get(f"/hubs/{HUB_ID}").status_code == 404
