# SPDX-License-Identifier: EUPL-1.2
"""Map and list give the same answer, whatever the filter; the address says it all."""

from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from tests.web.reading import (
    fetch_tile,
    fetch_tiles,
    find_all,
    find_id,
    find_tile,
    get_page,
    read_counts,
    read_rows,
    read_text,
)
from tests.web.sample_ids import lot_id, site_id
from web.tiles import MOST_ZOOM

# Query, lots, requirements: counted by hand from tests/web/sample.py. Eight donors of six estimates, less
# the one a survey replaces, plus the survey and the lot without a coordinate: 49. Three projects want three
# things each.
ANSWERS = {
    "": (49, 9),
    "class=brick": (8, 3),
    "class=brick_lime_mortar": (8, 3),
    "class=timber": (16, 3),
    "class=door_inner&municipality=0751": (2, 0),
    "municipality=0751": (13, 0),
    "municipality=0730": (0, 3),
    "municipality=0492": (0, 0),
    "firmness=started": (6, 9),
    "firmness=started&firmness=possible": (19, 9),
    "basis=surveyed": (1, 9),
    "basis=estimated": (48, 9),
    "from=2028-01-01": (6, 0),
    "to=2026-12-31": (6, 0),
    "from=2027-11-01&to=2027-12-31": (13, 0),
    "all=1": (51, 9),
    "all=1&class=steel": (1, 0),
    "class=toilet": (1, 0),
}


def _sum_groups(client: FlaskClient, template: str, *, zoom: int) -> tuple[int, int]:
    lots = requirements = 0
    for layers in fetch_tiles(client, template, zoom=zoom):
        lots += sum(feature["properties"]["n"] for feature in layers.get("lots", []))
        requirements += sum(feature["properties"]["n"] for feature in layers.get("requirements", []))
    return lots, requirements


@pytest.mark.parametrize("query", ANSWERS)
def test_list_map_and_counts_agree(client: FlaskClient, query: str):
    """The counts, the rows of the list and the groups on the map all say what was counted by hand."""
    page = get_page(client, f"/?{query}")
    lots, requirements = read_counts(page)
    assert (lots, requirements) == ANSWERS[query]
    assert len(read_rows(page)) == min(lots, 25)
    assert len(read_rows(get_page(client, f"/?{query}&show=requirements"))) == requirements
    tiles = find_id(page, "map").getAttribute("data-tiles")
    # The lot without a coordinate is in the list alone, and the page says so.
    unplaced = 1 if "ingen koordinat" in read_text(page) else 0
    assert _sum_groups(client, tiles, zoom=6) == (lots - unplaced, requirements)


@pytest.mark.parametrize("zoom", [0, 4, 5, 7, 9])
def test_nothing_is_dropped_at_any_zoom(client: FlaskClient, zoom: int):
    """However lots are gathered, the groups of all tiles add up to the list."""
    template = find_id(get_page(client, "/?all=1"), "map").getAttribute("data-tiles")
    assert _sum_groups(client, template, zoom=zoom) == (50, 9)


def test_pages_hold_each_lot_once(client: FlaskClient):
    """The pages of the list together hold every lot once, whatever the order."""
    for query in ("", "sort=class", "sort=municipality&order=desc", "sort=firmness"):
        links = []
        for number in (1, 2):
            page = get_page(client, f"/?{query}&page={number}")
            links += [find_all(row, "a")[0].getAttribute("href") for row in read_rows(page)]
        assert len(links) == 49
        assert len(set(links)) == 49


@pytest.mark.parametrize("page", ["0", "-3", "99", "x"])
def test_page_number_beyond_the_list_is_taken_to_its_end(client: FlaskClient, page: str):
    """A page that is not there shows the nearest that is."""
    assert read_rows(get_page(client, f"/?page={page}"))


def test_sorting_goes_both_ways(client: FlaskClient):
    """The head of a column sorts by it, and once more the other way round; the column says so."""
    page = get_page(client, "/?sort=quantity&class=brick")
    (head,) = (head for head in find_all(page, "th") if head.getAttribute("aria-sort"))
    assert head.getAttribute("aria-sort") == "ascending"
    amounts = [read_text(find_all(row, "td")[1]) for row in read_rows(page)]
    assert amounts == ["9.000 stk."] * 7 + ["12.500 stk."]
    again = find_all(head, "a")[0].getAttribute("href")
    page = get_page(client, again)
    assert next(read_text(find_all(row, "td")[1]) for row in read_rows(page)) == "12.500 stk."


def test_danish_alphabet_orders_names(client: FlaskClient):
    """Names are in Danish order: aa as å, after z."""
    page = get_page(client, "/?show=requirements&sort=municipality")
    places = [read_text(find_all(row, "td")[3]) for row in read_rows(page)]
    assert places == sorted(places)
    assert places[0].startswith("Randers")


def test_filters_stand_in_the_form_and_in_every_link(client: FlaskClient):
    """The form shows the filter of the address, and links of the list keep it."""
    page = get_page(client, "/?class=timber&from=2027-06-01&firmness=possible&basis=estimated")
    selected = [o for o in find_all(page, "option") if o.hasAttribute("selected")]
    assert [o.getAttribute("value") for o in selected if o.getAttribute("value")] == ["timber"]
    assert find_id(page, "from").getAttribute("value") == "2027-06-01"
    assert find_id(page, "firmness-possible").hasAttribute("checked")
    assert not find_id(page, "firmness-started").hasAttribute("checked")
    assert find_id(page, "basis-estimated").hasAttribute("checked")
    for link in find_all(find_id(page, "results"), "a"):
        query = urlsplit(link.getAttribute("href")).query
        if query:
            assert "class=timber" in query
            assert "from=2027-06-01" in query


@pytest.mark.parametrize(
    ("query", "field"),
    [("from=yesterday", "from"), ("from=2027-05-01&to=2027-04-30", "to"), ("to=2027-13-01", "to")],
)
def test_unreadable_day_is_said_at_its_field(client: FlaskClient, query: str, field: str):
    """A day that cannot be read is marked at its field, and the answer says it was left out."""
    page = get_page(client, f"/?{query}")
    assert find_id(page, field).getAttribute("aria-invalid") == "true"
    assert read_text(find_id(page, f"{field}-error"))
    assert "Et filter kunne ikke læses" in read_text(page)
    assert "Not a valid" not in read_text(page)


def test_the_last_day_there_is_ends_no_window(client: FlaskClient):
    """The greatest day the calendar has, typed as "for ever", leaves nothing out and breaks nothing."""
    assert read_counts(get_page(client, "/?to=9999-12-31")) == ANSWERS[""]
    assert client.get("/tiles/supply/6/33/20.mvt?to=9999-12-31").status_code == 200


@pytest.mark.parametrize("query", ["class=gold", "municipality=9999", "firmness=maybe", "basis=guessed"])
def test_unknown_choice_is_refused_not_guessed(client: FlaskClient, query: str):
    """A page says that a choice is unknown; a tile, which has no place to say it, is refused."""
    page = get_page(client, f"/?{query}")
    assert "Et filter kunne ikke læses" in read_text(page)
    assert read_text(find_id(page, f"{query.partition('=')[0]}-error")) == "Det valg findes ikke."
    assert client.get(f"/tiles/supply/6/33/20.mvt?{query}").status_code == 400


@pytest.mark.parametrize("tile", ["0/0/1", "3/8/0", f"{MOST_ZOOM + 1}/0/0"])
def test_tile_outside_the_world_is_not_found(client: FlaskClient, tile: str):
    """A tile that does not exist is a 404, not an empty one."""
    assert client.get(f"/tiles/supply/{tile}.mvt").status_code == 404


def test_close_up_each_site_stands_alone(client: FlaskClient):
    """Close up, a group is one site, a single lot's leads to it, and it lies where its page says."""
    for site in ("school_aarhus", "home_aarhus"):
        place = find_id(get_page(client, f"/sites/{site_id(site)}"), "place")
        x, y = find_tile(
            float(place.getAttribute("data-lon")), float(place.getAttribute("data-lat")), zoom=13
        )
        (found,) = fetch_tile(client, f"/tiles/supply/13/{x}/{y}.mvt?class=door_inner")["lots"]
        assert found["properties"]["n"] == 1
        assert found["properties"]["site"] == str(site_id(site))
        assert found["properties"]["id"] == str(lot_id(site, "door_inner"))
        assert found["properties"]["name_da"] == "Indvendig dør"
