# SPDX-License-Identifier: EUPL-1.2
"""Groups of the map: sums of cells and sums of marks give the same, and the same as the list."""

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import mapbox_vector_tile
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.actions.map.marks import keep_map
from inventory.queries.demolitions.coming import add_months
from inventory.queries.lots.listing import answer_lots, count_lots
from inventory.queries.map.free_months import read_free_months
from inventory.queries.map.grid import Tile
from inventory.queries.map.group_tiles import read_map_tile
from inventory.queries.map.groups import find_values, gather_groups
from inventory.queries.map.parts import PARTS, choose_part
from inventory.queries.map.question import ask_map
from inventory.queries.projects.requirements import count_requirements
from inventory.queries.search.resolve import resolve_search
from inventory.queries.search.search import Near, Search
from inventory.tables import Basis, CellPart, Firmness, Lot, MapMark, MarkKind, Screening, SiteKind, stable_id
from tests.inventory.conftest import KORSOER, NYBORG, ROENNE, SLAGELSE, TODAY, Country

# Filters, and the part of the cells that answers for lots at zoom 6: none where marks are counted.
FILTERS = {
    "all": (Search(), CellPart.ALL),
    "class": (Search(classes=("brick",)), CellPart.CLASS),
    "no class": (Search(classes=("steel",)), CellPart.CLASS),
    "class and basis": (Search(classes=("door_inner",), basis="surveyed"), CellPart.CLASS),
    "state": (Search(firmness=("started", "possible"), basis="estimated"), CellPart.STATE),
    "window": (Search(start=date(2027, 5, 1), end=date(2027, 8, 1)), CellPart.MONTHS),
    "from": (Search(start=date(2027, 9, 1), firmness=("started",)), CellPart.MONTHS),
    "until": (Search(end=date(2027, 6, 1), classes=("brick",)), CellPart.CLASS_MONTHS),
    "days": (Search(start=date(2027, 5, 2), end=date(2027, 5, 20)), None),
    "municipality": (Search(municipalities=("0330",)), None),
    "uncounted": (Search(counted_only=False), None),
    "distance": (Search(near=Near(lon=11.2, lat=55.4, metres=8000), firmness=("possible",)), None),
}
ZOOMS = (0, 3, 6, 9, 10, 11, 12, 13, 14, 17)


@pytest.fixture
def country(session: Session, make_country: Callable[[Session], Country]) -> Country:
    """Four places, of which one has no coordinate and two are neighbours, with sixty lots and some wishes."""
    country, draw = make_country(session), Random(3)
    country.project("p", NYBORG)
    near = (SLAGELSE[0] + 30, SLAGELSE[1])
    sites = [
        country.site("a", SLAGELSE, firmness=Firmness.POSSIBLE, municipality_code="0330"),
        country.site("b", near, firmness=Firmness.POSSIBLE, municipality_code="0330"),
        country.site("c", KORSOER, firmness=Firmness.STARTED),
        country.site("d", ROENNE, firmness=Firmness.STARTED),
        country.site("e", None, firmness=Firmness.STARTED),
    ]
    for number in range(60):
        start = date(2027, draw.randint(1, 9), draw.randint(1, 28))
        estimate = {"basis": Basis.ESTIMATED, "quantity_low": 5, "quantity_high": 9, "rule": "r"}
        country.lot(
            f"{number}",
            sites[number % 5],
            code=draw.choice(("brick_lime_mortar", "door_inner", "roof_tile_clay")),
            quantity=7,
            screening=draw.choice(list(Screening)),
            firmness=draw.choice([None, Firmness.POSSIBLE, Firmness.STARTED, Firmness.GONE]),
            available_from=start,
            available_to=date(2027, draw.randint(10, 12), draw.randint(1, 28)),
            **(estimate | {"rule_source": "s"} if number % 3 else {}),
        )
    project = country.project("q", ROENNE)
    for number in range(5):
        country.requirement(f"{number}", project, code=draw.choice(("brick_lime_mortar", "door_inner")))
    keep_map(session)
    return country


def tile_around(place: tuple[int, int], *, zoom: int) -> Tile:
    """Give the tile of a zoom that a town lies in."""
    lon, lat = {SLAGELSE: (11.211, 55.404), KORSOER: (11.136, 55.324), ROENNE: (14.705, 55.096)}[place]
    across = math.asinh(math.tan(math.radians(lat))) / math.pi
    return Tile(z=zoom, x=int((lon + 180) / 360 * (1 << zoom)), y=int((1 - across) / 2 * (1 << zoom)))


@pytest.mark.parametrize("name", FILTERS)
def test_groups_add_up_and_both_ways_agree(session: Session, country: Country, name: str):
    """At zoom 0 all groups make the list's count; cells, where they answer, give what the marks give."""
    asked, part = FILTERS[name]
    search = resolve_search(session, asked, today=TODAY)
    question = ask_map(search)
    chosen = question.choose(MarkKind.LOT, zoom=6)
    assert (chosen and chosen.name) == part
    # The same question so put that no cell answers it: ids of all lots there are.
    counted = type(question)(
        **{field: getattr(question, field) for field in question.__slots__}
        | {"lots": select(Lot.id), "requirements": None}
    )
    whole = Tile(z=0, x=0, y=0)
    for kind, expected in (
        (MarkKind.LOT, count_lots(session, search=search, today=TODAY)),
        (MarkKind.REQUIREMENT, count_requirements(session, search=search)),
    ):
        groups = session.execute(
            gather_groups(question, kind=kind, zoom=0), find_values(question, tile=whole, today=TODAY)
        ).all()
        assert sum(group.n for group in groups) == expected[0] - expected.unplaced
        layers = mapbox_vector_tile.decode(read_map_tile(session, tile=whole, question=question, today=TODAY))
        drawn = [one["properties"]["n"] for one in layers.get(f"{kind}s", {}).get("features", [])]
        assert all(type(n) is int for n in drawn)
        assert sorted(drawn) == sorted(group.n for group in groups)
    for zoom in ZOOMS if question.lots is None else ():
        for place in (SLAGELSE, KORSOER, ROENNE):
            values = find_values(question, tile=tile_around(place, zoom=zoom), today=TODAY)
            ours = session.execute(gather_groups(question, kind=MarkKind.LOT, zoom=zoom), values).all()
            theirs = session.execute(gather_groups(counted, kind=MarkKind.LOT, zoom=zoom), values).all()
            assert sorted(map(tuple, ours), key=repr) == sorted(map(tuple, theirs), key=repr), (zoom, place)


def read_groups(session: Session, search: Search, tile: Tile) -> list[Any]:
    """Read the groups of lots of a tile."""
    question = ask_map(search)
    query = gather_groups(question, kind=MarkKind.LOT, zoom=tile.z)
    return list(session.execute(query, find_values(question, tile=tile, today=TODAY)))


def test_single_mark_and_single_spot_are_told(session: Session, country: Country):
    """A cell of one mark knows which; one of several at one spot knows that they are there."""
    search = Search(basis="surveyed")
    answer = answer_lots(search).subquery()
    ids = {str(row.id) for row in session.execute(select(answer), {"today": TODAY}) if row.point is not None}
    assert ids
    assert sum(group.n for group in read_groups(session, search, Tile(z=0, x=0, y=0))) == len(ids)
    (at_roenne,) = read_groups(session, Search(), tile_around(ROENNE, zoom=8))
    assert at_roenne.n > 1
    assert at_roenne.same_spot
    tile = read_map_tile(session, tile=tile_around(ROENNE, zoom=8), question=ask_map(Search()), today=TODAY)
    (drawn,) = mapbox_vector_tile.decode(tile)["lots"]["features"]
    assert drawn["properties"]["site"] == str(stable_id("site", SiteKind.DONOR, "d"))
    near = read_groups(session, Search(), tile_around(SLAGELSE, zoom=8))
    assert any(not group.same_spot and group.n > 1 for group in near)


def test_a_tile_of_days_is_not_one_of_months(session: Session, country: Country):
    """Whoever asks for days is shown what is free in them, those within a month too, which no cell knows."""
    begun = select(MapMark.available_from).where(MapMark.not_counted.is_(None), MapMark.x.is_not(None))
    within = [day for day in session.scalars(begun) if day is not None and day.day > 1]
    assert within
    for day in sorted(set(within))[:3]:
        search = resolve_search(session, Search(end=day + timedelta(days=1)), today=TODAY)
        tile = read_map_tile(session, tile=Tile(z=0, x=0, y=0), question=ask_map(search), today=TODAY)
        drawn = mapbox_vector_tile.decode(tile)["lots"]["features"]
        listed = count_lots(session, search=search, today=TODAY)
        assert sum(one["properties"]["n"] for one in drawn) == listed.lots - listed.unplaced


def test_months_of_cells_are_those_of_marks(session: Session, country: Country):
    """What is free by month is the list's count for it, whether cells know it or marks are counted."""
    for asked in (
        Search(),
        Search(classes=("brick",)),
        Search(firmness=("started",), basis="estimated"),
        Search(municipalities=("0330",), screening=("clean",)),
        Search(counted_only=False, near=Near(lon=11.2, lat=55.4, metres=30_000)),
    ):
        search = resolve_search(session, asked, today=TODAY)
        months = read_free_months(session, search=search, today=TODAY, months=15)
        assert months[0].first == date(2026, 12, 1)
        assert sum(month.lots for month in months) > 0
        for month in months:
            end = add_months(month.first, months=1)
            counted = count_lots(session, search=replace(search, start=month.first, end=end), today=TODAY)
            assert month.lots == counted.lots, (asked, month)
    (one,) = {
        month.unit
        for month in read_free_months(
            session,
            search=resolve_search(session, Search(classes=("brick",)), today=TODAY),
            today=TODAY,
            months=3,
        )
    }
    assert one == "piece"


def test_parts_are_kept_for_the_zooms_they_say():
    """Whatever is asked at zoom 10 has a part at each coarser one, and what nobody asks at the finest."""
    assert {part.name for part in PARTS} == set(CellPart)
    for part in PARTS:
        assert all(choose_part(part.by, zoom=zoom) for zoom in range(-1, part.finest + 1)), part
    months = [choose_part(["month"], zoom=zoom) for zoom in (8, 9, 10, 11)]
    assert [part and part.name for part in months] == [*("months", "windows", "windows"), None]
    assert max(part.finest for part in PARTS) == next(p.finest for p in PARTS if p.name is CellPart.ALL) == 12
