# SPDX-License-Identifier: EUPL-1.2
"""Searches drawn at random over a made-up country: what is kept is what plain counting gives."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from math import hypot
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pyproj import Transformer
from shapely import Point, Polygon
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from benchmarks.fill_country import fill_country
from inventory.actions.map.marks import keep_map
from inventory.database import open_session
from inventory.queries.documentation import read_completeness
from inventory.queries.keyset import PAGE_ROWS
from inventory.queries.lots.listing import answer_lots
from inventory.queries.search.answer import read_summary
from inventory.queries.search.cells import Frame, list_cells
from inventory.queries.search.facets import Facet, read_facets
from inventory.queries.search.pages import read_page
from inventory.queries.search.resolve import resolve_search
from inventory.queries.search.search import COUNTS, Bounds, Near, Search
from inventory.tables import Documentation, LotSearch, MaterialClass, Municipality, Region

TODAY = date(2026, 11, 28)
LOTS = 600
CHANGES = (
    "UPDATE site SET geom = NULL WHERE ref LIKE 'donor%7'",
    "UPDATE lot SET available_from = NULL WHERE ref = 'L3'",
    "UPDATE lot SET firmness = NULL WHERE ref = 'L4' AND length_mm < 3000",
    "UPDATE lot SET documentation = 'tested', length_mm = NULL WHERE ref = 'L5'",
    "UPDATE lot SET status = 'withdrawn' WHERE ref = 'L6' AND length_mm < 3000",
    """
    INSERT INTO attachment (id, kind, lot_id, content_hash, thumbnail_hash, width_px, height_px, media_type,
                            bytes, name)
    SELECT gen_random_uuid(), 'photo', id, repeat('a', 64), repeat('b', 64), 1, 1, 'image/png', 1, 'p.png'
    FROM lot WHERE ref IN ('L1', 'L2') AND basis = 'surveyed'
    """,
    "UPDATE building SET year_built = 1950",
    "UPDATE lot SET year = 1950 WHERE ref = 'L1' AND basis = 'surveyed'",
)
PAPERS = [code.value for code in Documentation]
PLACES = ((10.2, 56.15), (12.57, 55.68), (10.39, 55.4), (9.92, 57.05), (14.7, 55.1), (8.45, 55.47))
project = partial(Transformer.from_crs(4326, 25832, always_xy=True).transform)


@pytest.fixture(scope="module")
def country(database_url: str) -> Iterator[Session]:
    """A session on a made-up country, its rows kept: some lots without a place, a window or a stage."""
    with open_session(database_url) as session:
        fill_country(session.connection(), lots=LOTS, requirements=10)
        for change in CHANGES:
            session.execute(text(change))
        while (kept := keep_map(session, wait=True)) is not None and kept.more:
            pass
    with open_session(database_url) as session:
        yield session


@pytest.fixture(scope="module")
def rows(country: Session) -> list[dict[str, Any]]:
    """Every lot a search may show, with its classes from its own up, its regions, and its place in metres."""
    answer = answer_lots(Search(counted_only=False)).subquery()
    x, y = func.ST_X(answer.c.point).label("x"), func.ST_Y(answer.c.point).label("y")
    above = {
        row.id: row
        for row in country.execute(select(MaterialClass.id, MaterialClass.code, MaterialClass.parent_id))
    }
    parts = select(Municipality.code, Municipality.region_code, Region.successor).join(Region)
    regions = {row.code: {row.region_code, row.successor} - {None} for row in country.execute(parts)}
    found = []
    judged = read_completeness(country, lot_ids=list(country.scalars(select(LotSearch.lot_id))))
    for row in country.execute(select(answer, x, y), {"today": TODAY}).mappings():
        line, at = [], row["class_id"]
        while at is not None:
            line.append(above[at].code)
            at = above[at].parent_id
        papers = judged[row["id"]] if row["basis"] == "surveyed" else None
        told = {
            "completeness": None if papers is None else papers.score,
            "enough": papers is not None and papers.enough_to_offer,
        }
        found.append(
            {**row, **told, "classes": line, "regions": regions.get(row["municipality_code"], set())}
        )
    assert LOTS > len(found) > LOTS * 0.9
    return found


def some(values: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """Draw no value, one or two of some."""
    return st.just(()) | st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True).map(tuple)


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Draw a value, or, more often, none."""
    return st.none() | st.none() | values


@st.composite
def draw_search(draw: st.DrawFn) -> Search:
    """Draw a search of any of the filters but words."""
    lon, lat = draw(st.sampled_from(PLACES))
    side = draw(st.sampled_from((0.1, 0.5, 2.0)))
    days = draw(st.sampled_from((1, 30, 365)))
    start = draw(maybe(st.dates(date(2026, 12, 1), date(2028, 9, 1))))
    end = draw(maybe(st.just(start + timedelta(days=days) if start else date(2027, 9, 1))))
    return Search(
        classes=draw(some(["brick", "timber", "door", "steel", "roof_tile"])),
        municipalities=draw(some(["0751", "0101", "0461"])),
        regions=draw(st.just(()) | some(["1082", "1084"])),
        near=draw(
            maybe(st.sampled_from((2, 30, 120, 500)).map(lambda km: Near(lon=lon, lat=lat, metres=km * 1000)))
        ),
        area=draw(
            maybe(
                st.just(((lon - side, lat - side / 2), (lon + side, lat - side / 2), (lon, lat + side / 2)))
            )
        )
        or (),
        start=start,
        end=end,
        months=draw(st.just(()) | st.just((date(2027, 3, 1), date(2027, 9, 1)))),
        at_least=draw(maybe(st.sampled_from((Decimal(50), Decimal("200.5"))))),
        bounds=draw(st.just(()) | st.just((Bounds(attribute="length_mm", least=2000, most=4500),))),
        screening=draw(some(["clean", "unknown", "contaminated"])),
        firmness=draw(some(["possible", "permit_given", "started"])),
        states=draw(st.just(()) | some([COUNTS, "no_window", "no_firmness"])),
        documentation=draw(maybe(st.sampled_from(PAPERS))),
        completeness=draw(maybe(st.sampled_from((30, 50)))),
        enough_to_offer=draw(maybe(st.just(True))) is True,
        basis=draw(maybe(st.sampled_from(("estimated", "surveyed")))),
        decide_from=draw(maybe(st.dates(date(2027, 3, 1), date(2028, 3, 1)))),
        counted_only=draw(st.booleans()),
    )


def answers(row: dict[str, Any], search: Search) -> bool:
    """Say whether a lot answers a search, filter by filter, in plain Python."""
    state = row["not_counted"]
    start, end = row["available_from"], row["available_to"]
    asked = [
        not search.classes or bool(set(search.classes) & set(row["classes"])),
        not (search.municipalities or search.regions)
        or row["municipality_code"] in search.municipalities
        or bool(row["regions"] & set(search.regions)),
        search.near is None or is_within(row, search.near),
        not search.area or is_inside(row, search.area),
        search.start is None or (end is not None and end > search.start),
        search.end is None or (start is not None and start < search.end),
        not search.months or row["month_free"] in search.months,
        search.at_least is None or row["amount"] >= search.at_least,
        all(
            row[one.attribute] is not None
            and (one.least is None or row[one.attribute] >= one.least)
            and (one.most is None or row[one.attribute] <= one.most)
            for one in search.bounds
        ),
        not search.screening or row["screening"] in search.screening,
        not search.firmness or row["firmness"] in search.firmness,
        search.documentation is None
        or PAPERS.index(row["documentation"]) >= PAPERS.index(search.documentation),
        search.completeness is None
        or (row["completeness"] is not None and row["completeness"] >= search.completeness),
        row["enough"] or not search.enough_to_offer,
        search.basis is None or row["basis"] == search.basis,
        search.decide_from is None
        or (row["decide_by"] is not None and row["decide_by"] >= search.decide_from),
        (state or COUNTS) in search.states if search.states else state is None or not search.counted_only,
    ]
    return all(asked)


def is_within(row: dict[str, Any], near: Near) -> bool:
    """Say whether a lot lies within a distance of a place."""
    x, y = project(near.lon, near.lat)
    return row["x"] is not None and hypot(row["x"] - x, row["y"] - y) <= near.metres


def is_inside(row: dict[str, Any], area: tuple[tuple[float, float], ...]) -> bool:
    """Say whether a lot lies in a drawn area."""
    return row["x"] is not None and bool(
        Polygon([project(*corner) for corner in area]).intersects(Point(row["x"], row["y"]))
    )


def count(rows: list[dict[str, Any]], search: Search, name: str) -> dict[str, int]:
    """Count the lots of each choice of a facet under all the other filters."""
    places: dict[str, Any] = {"municipalities": (), "regions": ()}
    own: dict[str, dict[str, Any]] = {
        "class": {"classes": ()},
        "municipality": places,
        "region": places,
        "month": {"months": ()},
        "state": {"states": (), "counted_only": False},
        "screening": {"screening": ()},
        "firmness": {"firmness": ()},
        "basis": {"basis": None},
        "enough": {"enough_to_offer": False},
    }
    found: Counter[str] = Counter()
    for row in rows:
        if answers(row, replace(search, **own[name])):
            month = row["month_free"]
            values = {
                "class": row["classes"],
                "municipality": [row["municipality_code"]],
                "region": row["regions"],
                "month": [month and month.isoformat()[:7]],
                "state": [row["not_counted"] or COUNTS],
                "screening": [row["screening"]],
                "enough": ["true"] if row["enough"] else [],
                "firmness": [row["firmness"]],
                "basis": [row["basis"]],
            }
            found.update(value for value in values[name] if value is not None)
    return dict(found)


@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(search=draw_search())
def test_every_search_is_answered_as_by_counting(
    country: Session, rows: list[dict[str, Any]], search: Search
):
    """List, sums, sites and every choice of every facet are what plain counting of all lots gives."""
    resolved = resolve_search(country, search, today=TODAY)
    facets = read_facets(country, search=resolved)
    assert facets == {name: Facet(counts=count(rows, search, name)) for name in facets}
    found = [row for row in rows if answers(row, search)]
    summary = read_summary(country, search=resolved)
    assert (summary.lots, summary.whole) == (len(found), True)
    assert summary.sites == len({row["site_id"] for row in found})
    assert summary.unplaced == sum(row["x"] is None for row in found)
    assert sum(one.amount for one in summary.sums) == sum(row["amount"] for row in found)
    never = date.max
    order = sorted(found, key=lambda row: (row["available_from"] or never, row["id"]))[:PAGE_ROWS]
    for told in (summary, replace(summary, whole=False)):
        page = read_page(country, search=resolved, summary=told, today=TODAY, sort="from", descending=False)
        assert [row.id for row in page.rows] == [row["id"] for row in order]


def test_squares_of_a_circle_hold_all_that_lies_in_it(country: Session):
    """Each lot lies in the square the database works out, and a circle's squares hold every lot within it."""
    kept = country.execute(select(LotSearch.cell, LotSearch.x, LotSearch.y)).all()
    assert {row.cell for row in kept if row.x is None} == {-1}
    for lon, lat in PLACES:
        x, y = project(lon, lat)
        for metres in (500.0, 20_000.0, 90_000.0):
            frame = Frame(
                west=x - metres, south=y - metres, east=x + metres, north=y + metres, x=x, y=y, metres=metres
            )
            within = {row.cell for row in kept if row.x is not None and hypot(row.x - x, row.y - y) <= metres}
            assert within <= set(list_cells(frame))
    assert len(list_cells(Frame(west=-1e9, south=-1e9, east=1e9, north=1e9))) == 23 * 19
