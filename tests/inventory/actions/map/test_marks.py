# SPDX-License-Identifier: EUPL-1.2
"""The map's cells are what counting on the fly gives, whatever was written, and by how many at once."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from importlib import import_module
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, text, update
from sqlalchemy.orm import Session

from inventory.actions.map.marks import keep_map, rebuild_map
from inventory.database import make_engine, session_factory
from inventory.keeping import keep_until_current
from inventory.queries.lots.listing import answer_lots
from inventory.queries.map.grid import CELLS, HALF_METRES, WHOLE_ZOOM, Tile, interleave
from inventory.queries.map.parts import PARTS
from inventory.queries.projects.requirements import answer_requirements
from inventory.queries.search.search import EVERYTHING
from inventory.tables import (
    Firmness,
    Lot,
    LotStatus,
    MapCell,
    MapMark,
)
from tests.inventory.actions.map.map_history import CODES, ESTIMATE, History
from tests.inventory.conftest import KORSOER, SLAGELSE, TODAY, Country

Cells = Counter[tuple[Any, ...]]


def count_months(day: date) -> int:
    """Count months as cells do."""
    return day.year * 12 + day.month - 1


def expect_cells(session: Session) -> Cells:
    """Count what each cell should hold, from the answers that lists read: in plain Python, part by part."""
    counted: Cells = Counter()
    lots = answer_lots(EVERYTHING).subquery()
    wanted = answer_requirements(EVERYTHING).subquery()
    for kind, rows, of in (("lot", lots, lots.c), ("requirement", wanted, wanted.c)):
        place = func.ST_Transform(of.point, 3857)
        query = select(rows, func.ST_X(place).label("east"), func.ST_Y(place).label("north"))
        for row in session.execute(query, {"today": TODAY}):
            about_lots = kind == "lot"
            first = row.available_from if about_lots else row.wanted_from
            end = row.available_to if about_lots else row.wanted_to
            known = {
                "class_id": row.class_id,
                "basis": str(row.basis) if about_lots else "",
                "firmness": str(row.firmness) if about_lots else "",
                "screening": str(row.screening) if about_lots else "",
            }
            last = date.fromordinal(end.toordinal() - 1)
            edges = [("from", count_months(first)), ("to", count_months(last))]
            for part in PARTS:
                key = tuple(
                    known[name] if name in part.by else (0 if name == "class_id" else "") for name in known
                )
                for edge in edges if "month" in part.by else [("", 0)]:
                    if part.coarsest == 0:
                        counted[part.name.value, WHOLE_ZOOM, 0, 0, kind, *key, *edge] += 1
                    for zoom in range(part.coarsest, part.finest + 1) if row.east is not None else ():
                        side = 2 * HALF_METRES / (1 << zoom) / CELLS
                        gx = int((HALF_METRES + round(row.east, 1)) // side)
                        gy = int((HALF_METRES - round(row.north, 1)) // side)
                        counted[part.name.value, zoom, gx, gy, kind, *key, *edge] += 1
    return counted


def read_cells(session: Session) -> Cells:
    """Read what the cells hold."""
    session.expire_all()
    cell = MapCell.__table__.c
    return Counter(
        {
            (
                str(row.part),
                row.zoom,
                row.tile_x * CELLS + row.cell % CELLS,
                row.tile_y * CELLS + row.cell // CELLS,
                str(row.kind),
                row.class_id,
                row.basis,
                row.firmness,
                row.screening,
                str(row.edge),
                row.month,
            ): row.n
            for row in session.execute(select(*cell))
        }
    )


def read_sums(session: Session) -> list[Any]:
    """Read all that cells hold but the marks' numbers, which a rebuild gives anew."""
    cell = MapCell.__table__.c
    columns = [column for column in cell if column.key != "number"]
    return list(session.execute(select(*columns).order_by(*cell)))


@pytest.mark.parametrize("seed", range(2))
def test_cells_are_what_counting_gives_after_any_history(
    session: Session, make_country: Callable[[Session], Country], seed: int
):
    """After any few acts, cells are those counted from the lists; neither a rebuild nor the step that filled
    windows in older databases gives other sums.
    """
    history = History(session, make_country(session), seed=seed)
    done = []
    for _ in range(12):
        done += [history.act() for _ in range(history.draw.randint(1, 5))]
        kept = keep_map(session)
        assert kept is not None
        assert not kept.more
        assert read_cells(session) == expect_cells(session), done
    before = read_sums(session)
    assert len(before) > 100
    session.execute(text("DELETE FROM map_cell WHERE part = 'windows'"))
    session.execute(text(import_module("inventory.migrations.versions.0033_windows_of_months").FILL))
    assert read_sums(session) == before
    assert rebuild_map(session) == session.scalar(select(func.count()).select_from(MapMark))
    assert read_sums(session) == before


def test_what_changes_no_mark_makes_no_new_version(
    session: Session, make_country: Callable[[Session], Country]
):
    """What is neither drawn nor searched leaves tiles as they are; a withdrawn lot makes them new."""
    country = make_country(session)
    lot = country.lot("L", country.site("s", SLAGELSE))
    keep_map(session)
    version = session.scalar(text("SELECT version FROM map_state"))
    session.execute(update(Lot).where(Lot.id == lot.id).values(preparation_ore=5))
    kept = keep_map(session)
    assert kept is not None
    assert (kept.sites, kept.marks) == (1, 0)
    assert session.scalar(text("SELECT version FROM map_state")) == version
    session.execute(update(Lot).where(Lot.id == lot.id).values(status=LotStatus.WITHDRAWN))
    kept = keep_map(session)
    assert kept is not None
    assert (kept.sites, kept.marks) == (1, 1)
    assert session.scalar(text("SELECT version FROM map_state")) == version + 1
    assert session.scalar(select(func.count()).select_from(MapMark)) == 0


def test_a_mark_lies_in_the_quad_of_its_tile(session: Session, make_country: Callable[[Session], Country]):
    """What the database works out for a mark is the number of the tile around it, at every zoom."""
    country = make_country(session)
    country.lot("L", country.site("s", SLAGELSE))
    keep_map(session)
    mark = session.execute(select(MapMark.x, MapMark.y, MapMark.quad)).one()
    for zoom in (0, 5, 9, 12, 13, 16):
        width = 2 * HALF_METRES / (1 << zoom)
        x, y = int((HALF_METRES + mark.x / 10) // width), int((HALF_METRES - mark.y / 10) // width)
        first, last = Tile(z=zoom, x=x, y=y).quads
        assert first <= mark.quad <= last
        if 0 < zoom <= 13:
            first, last = Tile(z=zoom, x=x + 1, y=y).quads
            assert not first <= mark.quad <= last
    assert interleave(0b101, 0b011) == 0b011011


@pytest.fixture
def committed(
    own_database_url: str, engine: Engine, make_country: Callable[[Session], Country]
) -> Iterator[Engine]:
    """An engine on a database of its own, with sites that several write to at once."""
    own = make_engine(own_database_url)
    with session_factory(own).begin() as session:
        country = make_country(session)
        for name, place in (("a", SLAGELSE), ("b", KORSOER)):
            site = country.site(name, place, firmness=Firmness.STARTED)
            for number in range(10):
                country.lot(f"{name}{number}", site, code=CODES[number % 4], **ESTIMATE)
    yield own
    own.dispose()


def test_many_write_while_the_map_is_kept(committed: Engine):
    """Four writers and two keepers at once: nothing is lost, and nobody waits for another for ever."""
    sessions = session_factory(committed)
    with sessions() as session:
        lots = sorted(session.scalars(select(Lot.id)))

    def write(seed: int) -> None:
        draw = Random(seed)
        for _ in range(15):
            with sessions.begin() as session:
                # Each takes its lots in the same order: locks of rows are not what is tried here.
                for lot in sorted(draw.sample(lots, 2)):
                    status = draw.choice([LotStatus.OFFERED, LotStatus.WITHDRAWN])
                    session.execute(
                        update(Lot).where(Lot.id == lot, Lot.status != status).values(status=status)
                    )

    def keep() -> None:
        for _ in range(15):
            with sessions.begin() as session:
                keep_map(session, most=3)

    with ThreadPoolExecutor(6) as pool:
        for done in [
            *(pool.submit(write, seed) for seed in range(4)),
            *(pool.submit(keep) for _ in range(2)),
        ]:
            done.result(timeout=120)
    keep_until_current(sessions.begin)
    with sessions() as session:
        assert read_cells(session) == expect_cells(session)
        assert session.scalar(text("SELECT count(*) FROM map_stale")) == 0
