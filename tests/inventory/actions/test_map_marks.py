# SPDX-License-Identifier: EUPL-1.2
"""The map's cells are what counting on the fly gives, whatever was written, and by how many at once."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine, delete, func, select, text, update
from sqlalchemy.orm import Session

from inventory.actions.map_marks import keep_map, rebuild_map
from inventory.database import make_engine, session_factory
from inventory.keeping import keep_until_current
from inventory.queries.lots import answer_lots
from inventory.queries.map_grid import CELLS, HALF_METRES, WHOLE_ZOOM, Tile, interleave
from inventory.queries.map_parts import PARTS
from inventory.queries.requirements import answer_requirements
from inventory.queries.search.search import EVERYTHING
from inventory.tables import (
    Basis,
    Building,
    Firmness,
    Lot,
    LotStatus,
    MapCell,
    MapMark,
    Requirement,
    RequirementStatus,
    Screening,
    Site,
)
from tests.inventory.conftest import KORSOER, NYBORG, ROENNE, SLAGELSE, TODAY, Country

CODES = ("brick_lime_mortar", "brick_cement_mortar", "door_inner", "roof_tile_clay")
ESTIMATE = {
    "basis": Basis.ESTIMATED,
    "quantity_low": 40,
    "quantity_high": 90,
    "quantity": 60,
    "rule": "r",
    "rule_source": "s",
}
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
                    counted[part.name.value, WHOLE_ZOOM, 0, 0, kind, *key, *edge] += 1
                    for zoom in range(part.finest + 1) if row.east is not None else ():
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


class History:
    """Does at random what people, registers and imports do."""

    def __init__(self, session: Session, country: Country, *, seed: int) -> None:
        self.session, self.country, self.draw = session, country, Random(seed)
        self.sites = [
            country.site("a", SLAGELSE, firmness=Firmness.POSSIBLE),
            country.site("b", KORSOER, firmness=Firmness.STARTED),
            country.site("nowhere", None, firmness=Firmness.STARTED),
        ]
        self.project = country.project("p", NYBORG)
        self.made = 0

    def act(self) -> str:
        """Do one thing; return what."""
        acts: list[Callable[[], None]] = [
            self.add_lot,
            self.add_lot,
            self.add_estimate,
            self.change_lot,
            self.withdraw,
            self.remove_lot,
            self.move_lot,
            self.move_site,
            self.change_site,
            self.register,
            self.want,
            self.close,
        ]
        act = self.draw.choice(acts)
        act()
        self.session.flush()
        return act.__name__

    def add_lot(self) -> None:
        """A lot is surveyed."""
        self.made += 1
        start = date(2027, self.draw.randint(1, 12), self.draw.randint(1, 28))
        self.country.lot(
            f"{self.made}",
            self.draw.choice(self.sites),
            code=self.draw.choice(CODES),
            screening=self.draw.choice(list(Screening)),
            available_from=start,
            available_to=date(2028, self.draw.randint(1, 12), 1),
        )

    def add_estimate(self) -> None:
        """A lot is estimated."""
        self.made += 1
        self.country.lot(
            f"{self.made}", self.draw.choice(self.sites), code=self.draw.choice(CODES), **ESTIMATE
        )

    def some(self, table: Any) -> Any:
        """Choose a row of a table."""
        ids = sorted(self.session.scalars(select(table.id)))
        return self.draw.choice(ids) if ids else None

    def change_lot(self) -> None:
        """A lot gets a firmness of its own."""
        values = {"firmness": self.draw.choice(list(Firmness)), "decide_by": date(2027, 1, 2)}
        self.session.execute(update(Lot).where(Lot.id == self.some(Lot)).values(values))

    def withdraw(self) -> None:
        """A lot on offer is withdrawn."""
        lot = Lot.id == self.some(Lot)
        self.session.execute(
            update(Lot).where(lot, Lot.status == LotStatus.OFFERED).values(status=LotStatus.WITHDRAWN)
        )

    def remove_lot(self) -> None:
        """A lot is deleted."""
        self.session.execute(delete(Lot).where(Lot.id == self.some(Lot)))

    def move_lot(self) -> None:
        """A lot goes to another site."""
        site = self.draw.choice(self.sites)
        self.session.execute(update(Lot).where(Lot.id == self.some(Lot)).values(site_id=site.id))

    def move_site(self) -> None:
        """A site gets another place, or none."""
        x, y = self.draw.choice([SLAGELSE, KORSOER, NYBORG, ROENNE])
        point = None if self.draw.random() < 0.2 else f"SRID=25832;POINT({x} {y})"
        self.session.execute(
            update(Site).where(Site.id == self.draw.choice(self.sites).id).values(geom=point)
        )

    def change_site(self) -> None:
        """A site's demolition becomes more or less sure."""
        firmness = self.draw.choice(list(Firmness))
        self.session.execute(
            update(Site).where(Site.id == self.draw.choice(self.sites).id).values(firmness=firmness)
        )

    def register(self) -> None:
        """A building is registered anew, or no longer."""
        site = self.draw.choice(self.sites)
        self.session.execute(delete(Building).where(Building.site_id == site.id))
        if self.draw.random() < 0.7:
            values = {
                "site_id": site.id,
                "bbr_id": site.id,
                "status_code": 6,
                "standing": self.draw.random() < 0.7,
                "outbuilding": self.draw.random() < 0.3,
                "use_code": self.draw.choice([120, 321, None]),
                "source": "s",
            }
            self.session.execute(Building.__table__.insert().values(values))

    def want(self) -> None:
        """A project wants something."""
        self.made += 1
        self.country.requirement(f"R{self.made}", self.project, code=self.draw.choice(CODES))

    def close(self) -> None:
        """A requirement is withdrawn."""
        self.session.execute(
            update(Requirement)
            .where(Requirement.id == self.some(Requirement))
            .values(status=RequirementStatus.WITHDRAWN)
        )


@pytest.mark.parametrize("seed", range(2))
def test_cells_are_what_counting_gives_after_any_history(
    session: Session, make_country: Callable[[Session], Country], seed: int
):
    """After any few acts, cells are those counted from the lists; a rebuild changes none of their sums."""
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
    assert rebuild_map(session) == session.scalar(select(func.count()).select_from(MapMark))
    assert read_sums(session) == before


def test_what_changes_no_mark_makes_no_new_version(
    session: Session, make_country: Callable[[Session], Country]
):
    """A note on a lot is looked at, and tiles stay as they are; a withdrawn lot makes them new."""
    country = make_country(session)
    lot = country.lot("L", country.site("s", SLAGELSE))
    keep_map(session)
    version = session.scalar(text("SELECT version FROM map_state"))
    session.execute(update(Lot).where(Lot.id == lot.id).values(note="n"))
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
