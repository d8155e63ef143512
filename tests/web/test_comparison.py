# SPDX-License-Identifier: EUPL-1.2
"""A building's page shows estimate beside survey, and says of each figure whether it was tried."""

import re
from xml.dom.minidom import Element

from flask.testing import FlaskClient

from tests.web.reading import find_all, get_page, read_text
from tests.web.sample_ids import lot_id, site_id


def find_row(page: Element, start: str) -> Element:
    """Find the table row that begins with a text and has a picture."""
    return next(
        row for row in find_all(page, "tr") if read_text(row).startswith(start) and find_all(row, "svg")
    )


def test_estimate_stands_beside_survey(client: FlaskClient) -> None:
    """The school's bricks show low, likely, high, the surveyed 12,500, and a picture that says the same."""
    page = get_page(client, f"/en/sites/{site_id('school_aarhus')}")
    row = find_row(page, "Clay brick")
    assert "12,500" in read_text(row)
    picture = find_all(row, "svg")[0]
    assert picture.getAttribute("role") == "img"
    assert "surveyed 12,500" in picture.getAttribute("aria-label")


def test_no_lot_shows_a_percentage(client: FlaskClient) -> None:
    """No quantity of a lot was ever tried: each estimated row says so and holds no percent sign."""
    for prefix, words in (("/en", "Not calibrated"), ("", "Ikke kalibreret")):
        page = get_page(client, f"{prefix}/sites/{site_id('home_aarhus')}")
        rows = [row for row in find_all(page, "tr") if find_all(row, "svg")]
        assert rows
        for row in rows:
            assert words in read_text(row)
            assert "%" not in read_text(row)


def test_what_was_tried_says_how_often_it_held(client: FlaskClient) -> None:
    """A home's walls, roof, windows, toilets and bathrooms each say how many of how many were held."""
    page = get_page(client, f"/en/sites/{site_id('home_aarhus')}")
    tried = [read_text(row) for row in find_all(page, "tr") if "Tried on" in read_text(row)]
    assert len(tried) == 5
    for text in tried:
        assert re.search(r"80\s?% range\. Tried on \d+ (buildings|homes) left out", text)
        held, tested = (int(re.search(p, text)[1]) for p in (r"held (\d+)", r"Tried on (\d+)"))  # type: ignore[index]
        assert 0.7 <= held / tested <= 0.9


def test_a_building_the_register_lacks_areas_of_says_so(client: FlaskClient) -> None:
    """Without a total area nothing was tried on such a building: the page says that instead of a table."""
    text = read_text(get_page(client, f"/en/sites/{site_id('home_odense')}"))
    assert "Its estimates are not calibrated" in text
    assert "Tried on" not in text


def test_pages_say_how_many_surveys_stand_behind(client: FlaskClient) -> None:
    """The home's doors name three buildings, factor and width, on both pages; its radiators none."""
    site = f"/sites/{site_id('home_aarhus')}"
    doors, radiators = (
        read_text(find_row(get_page(client, f"/en{site}"), name)) for name in ("Inner door", "Steel radiator")
    )
    behind = "3 surveyed buildings behind it: factor 0.82, width × 1.05 (met in 2 of 3)"
    assert behind in doors
    assert "No surveys behind it" in radiators
    assert "3 opmålte bygninger bag: faktor 0,82" in read_text(get_page(client, site))
    lot = f"/en/lots/{lot_id('home_aarhus', 'door_inner')}"
    assert f"{behind}. The factor is what surveys" in read_text(get_page(client, lot))
    other = f"/en/lots/{lot_id('home_aarhus', 'radiator_steel')}"
    assert "No surveys behind it: the tables alone" in read_text(get_page(client, other))
