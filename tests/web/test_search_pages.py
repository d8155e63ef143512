# SPDX-License-Identifier: EUPL-1.2
"""Pages of a large answer: found from where the one before ends, forwards and back, in every order."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from math import cos, radians, sin

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from benchmarks.fill_country import fill_country
from inventory.actions.map.marks import keep_map
from inventory.database import open_session
from inventory.queries.keyset import PAGE_ROWS, Turn
from inventory.queries.search import answer
from inventory.queries.search.answer import read_summary
from inventory.queries.search.first import WITHIN
from inventory.queries.search.pages import LotPage, read_answer, read_page
from inventory.queries.search.resolve import resolve_search
from inventory.queries.search.ring import list_boxes
from inventory.queries.search.search import Near, Search
from tests.web.opening import open_app
from tests.web.reading import find_all, find_id, get_page, read_text

TODAY = date(2026, 11, 28)
LOTS = 90
NEAR = Near(lon=10.2, lat=56.15, metres=300_000)
CHANGES = (
    "UPDATE site SET geom = NULL WHERE ref LIKE 'donor%7'",
    "UPDATE site SET municipality_code = NULL WHERE ref LIKE 'donor%3'",
    "UPDATE lot SET available_from = NULL WHERE ref = 'L3'",
    "UPDATE lot SET firmness = NULL WHERE ref = 'L4'",
    "UPDATE lot SET price_ore = CASE WHEN ref IN ('L1', 'L2') THEN 500 END",
    "UPDATE lot SET quantity = 400, quantity_low = 400, quantity_high = 400 WHERE ref IN ('L1', 'L5')",
    # Reuse of one class costs emissions, and of another nobody knows what it saves.
    """
    UPDATE factor SET value = 9000, low = NULL, high = NULL WHERE kind = 'preparation_co2e'
      AND class_id = (SELECT min(class_id) FROM lot)
    """,
    "DELETE FROM factor WHERE kind = 'new_co2e' AND class_id = (SELECT max(class_id) FROM lot)",
)
SEARCHES = {"counted": Search(), "all": Search(counted_only=False), "near": Search(near=NEAR)}


@pytest.fixture(scope="module")
def country(database_url: str) -> Iterator[Session]:
    """A session on a made-up country with gaps of every kind, its rows kept."""
    with open_session(database_url) as session:
        fill_country(session.connection(), lots=LOTS, requirements=1)
        for change in CHANGES:
            session.execute(text(change))
        while (kept := keep_map(session, wait=True)) is not None and kept.more:
            pass
    with open_session(database_url) as session:
        yield session


@pytest.fixture
def country_client(country: Session, database_url: str, front_end: None) -> Iterator[FlaskClient]:
    """A browser without JavaScript, over the country."""
    with open_app(database_url) as app:
        yield app.test_client()


@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize(
    ("asked", "sort"),
    [("near", "distance"), *product(("counted", "all"), sorted(set(WITHIN) - {"distance"}))],
)
def test_pages_of_a_large_answer_are_those_of_the_whole_order(
    country: Session, asked: str, sort: str, order: str
):
    """Gone through from the first page, or back from the last, every lot comes once and in its place."""
    search = resolve_search(country, SEARCHES[asked], today=TODAY)
    summary = read_summary(country, search=search)
    assert summary.whole
    assert summary.lots > 2 * PAGE_ROWS

    def read(turn: Turn, *, whole: bool) -> LotPage:
        asked = {"search": search, "today": TODAY, "sort": sort, "descending": order == "desc", "turn": turn}
        if not whole:
            return read_page(country, summary=replace(summary, whole=False), **asked)  # type: ignore[arg-type]
        told, page = read_answer(country, **asked)  # type: ignore[arg-type]
        assert told == summary
        return page

    pages = -(-summary.lots // PAGE_ROWS)
    expected = [row.id for page in range(pages) for row in read(Turn(page=page + 1), whole=True).rows]
    assert len(set(expected)) == summary.lots
    for whole in (True, False):
        # Forwards through all of it.
        page = read(Turn(), whole=whole)
        assert page.first is None
        forwards = [page]
        while page.final is not None:
            page = read(Turn(page=page.page + 1, after=page.final), whole=whole)
            forwards.append(page)
        assert [row.id for one in forwards for row in one.rows] == expected
        assert [one.page for one in forwards] == list(range(1, pages + 1))
    page = read(Turn(last=True), whole=False)
    assert (page.page, page.final) == (pages, None)
    back = [page]
    while page.first is not None:
        page = read(Turn(page=page.page - 1, before=page.first), whole=False)
        back.append(page)
    assert [[row.id for row in one.rows] for one in back] == [
        [row.id for row in one.rows] for one in reversed(forwards)
    ]


def test_many_lots_are_shown_where_they_were_asked_for(country: Session, monkeypatch: pytest.MonkeyPatch):
    """Where more answer than are counted, the first of an index do not say where the others lie."""
    monkeypatch.setattr(answer, "MOST_COUNTED", 20)
    asked = {
        "everywhere": Search(counted_only=False),
        "near": Search(near=NEAR, counted_only=False),
        "box": Search(box=(8.0, 54.5, 13.0, 57.8), near=NEAR, counted_only=False),
        "municipality": Search(regions=("1081", "1082", "1083", "1084", "1085"), counted_only=False),
    }
    told = {}
    for name, search in asked.items():
        resolved = resolve_search(country, search, today=TODAY)
        summary = read_summary(country, search=resolved)
        assert (summary.whole, summary.sites, summary.sums) == (False, 0, ())
        told[name] = (summary.west, summary.south, summary.east, summary.north)
    assert told["everywhere"] == (None,) * 4
    west, south, east, north = told["near"]
    assert west < NEAR.lon < east
    assert (north - south) / 2 == pytest.approx(300_000 / 111_320)
    assert (east - west) * cos(radians(NEAR.lat)) == pytest.approx(north - south)
    assert told["box"] == pytest.approx((8.0, 54.5, 13.0, 57.8))
    west, south, east, north = told["municipality"]
    assert 7.5 < west < east < 15.5
    assert 54.5 < south < north < 58


def test_a_page_stands_whatever_came_before_it(country: Session):
    """A lot that goes meanwhile moves nothing: the page after it begins where it did; none is left out."""
    search = resolve_search(country, Search(), today=TODAY)
    summary = read_summary(country, search=search)
    asked = {"search": search, "summary": summary, "today": TODAY, "sort": "from", "descending": False}
    first = read_page(country, **asked)  # type: ignore[arg-type]
    assert first.final is not None
    second = [row.id for row in read_page(country, turn=Turn(after=first.final), **asked).rows]  # type: ignore[arg-type]
    gone = [first.rows[0].id, first.rows[-1].id]
    country.execute(text("DELETE FROM lot_search WHERE lot_id = ANY(:gone)"), {"gone": gone})
    assert [row.id for row in read_page(country, turn=Turn(after=first.final), **asked).rows] == second  # type: ignore[arg-type]
    country.execute(text("DELETE FROM lot_search WHERE lot_id = ANY(:gone)"), {"gone": second})
    left = read_page(country, turn=Turn(page=2, after=first.final), **asked)  # type: ignore[arg-type]
    back = read_page(country, turn=Turn(page=2, before=left.first), **asked)  # type: ignore[arg-type]
    assert (back.page, back.first, len(back.rows)) == (1, None, PAGE_ROWS)
    country.rollback()


def test_boxes_hold_their_ring():
    """Every point of a ring lies in one of its boxes, whatever its size."""
    for inner, outer in ((0.0, 10.0), (900.0, 950.0), (150_000.0, 150_020.0)):
        boxes = list_boxes(x=0.0, y=0.0, inner=inner, outer=outer)
        assert len(boxes) <= 1024
        for number in range(360):
            for far in (inner, outer):
                x, y = far * cos(number), far * sin(number)
                assert any(west <= x <= east and south <= y <= north for west, south, east, north in boxes)


def test_address_leads_on_back_and_to_the_last(country_client: FlaskClient):
    """The links of a page lead to the next, back to the first, and to the last; a wrong place is none."""
    first = get_page(country_client, "/en/?sort=quantity")
    second = get_page(country_client, _link(first, "Next"))
    assert "Page 2 of" in read_text(find_id(second, "results"))
    assert _link(second, "Previous") == "/en/?sort=quantity"
    last = get_page(country_client, _link(first, "Last"))
    assert not [one for one in find_all(last, "a") if "Next" in read_text(one)]
    again = get_page(country_client, _link(last, "Previous"))
    assert _lots(get_page(country_client, _link(again, "Next"))) == _lots(last)
    for wrong in ("after=x", "page=-3&after=~NaN~1"):
        assert _lots(get_page(country_client, f"/en/?sort=quantity&{wrong}")) == _lots(first)


def _link(page: object, words: str) -> str:
    (found,) = (one for one in find_all(page, "a") if words in read_text(one))  # type: ignore[arg-type]
    return str(found.getAttribute("href"))


def _lots(page: object) -> list[str]:
    hrefs = [one.getAttribute("href") for one in find_all(find_id(page, "results"), "a")]  # type: ignore[arg-type]
    return [href for href in hrefs if "/lots/" in href]
