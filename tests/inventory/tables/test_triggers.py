# SPDX-License-Identifier: EUPL-1.2
"""What the database keeps by itself: the place of a lot, and when a row last changed."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from inventory.tables import Lot, Requirement, Site, stable_id

ELSEWHERE = "SRID=25832;POINT(600000 6300000)"


def read_place(session: Session, table: str, key: Any) -> str | None:
    """Read the point of a row as text."""
    query = text(f"SELECT ST_AsText(geom) FROM {table} WHERE id = :key")
    place: str | None = session.execute(query, {"key": key}).scalar_one()
    return place


@pytest.fixture
def lot_id(world: Session) -> Any:
    """The id of the world's lot."""
    return world.scalars(text("SELECT id FROM lot WHERE ref = 'a'")).one()


def test_lot_stands_where_its_site_stands(world: Session, lot_id: Any) -> None:
    """A lot put in takes the point of its site."""
    assert read_place(world, "lot", lot_id) == "POINT(700000 6170000)"


def test_lot_moves_with_its_site(world: Session, lot_id: Any) -> None:
    """A site that moves takes its lots along, also to nowhere and back."""
    for place, found in (
        (ELSEWHERE, "POINT(600000 6300000)"),
        (None, None),
        (ELSEWHERE, "POINT(600000 6300000)"),
    ):
        world.execute(text("UPDATE site SET geom = :place WHERE ref = 'x'"), {"place": place})
        assert read_place(world, "lot", lot_id) == found


def test_lot_given_to_another_site_stands_there(world: Session, lot_id: Any) -> None:
    """A lot moved to another site stands where that one stands."""
    world.execute(text("UPDATE lot SET site_id = (SELECT id FROM site WHERE ref = 'y')"))
    assert read_place(world, "lot", lot_id) == "POINT(575000 6224000)"


def test_place_of_a_lot_cannot_be_written(world: Session, lot_id: Any) -> None:
    """A point written to the lot itself gives way to the site's."""
    world.execute(text("UPDATE lot SET geom = :place"), {"place": ELSEWHERE})
    assert read_place(world, "lot", lot_id) == "POINT(700000 6170000)"


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("site", "name = 'new'"),
        ("lot", "quantity = quantity + 1"),
        ("requirement", "quantity = quantity + 1"),
    ],
)
def test_updated_at_tells_of_changes_alone(world: Session, table: str, change: str) -> None:
    """An update that changes a value moves updated_at; one that changes nothing does not."""
    when = text(f"SELECT max(updated_at) FROM {table}")
    before = world.scalars(when).one()
    world.execute(text(f"UPDATE {table} SET created_at = created_at"))
    assert world.scalars(when).one() == before
    world.execute(text(f"UPDATE {table} SET {change}"))
    assert world.scalars(when).one() > before


def test_moved_lot_is_a_changed_lot(world: Session) -> None:
    """A site that moves changes its lots: plans made before are stale."""
    when = text("SELECT updated_at FROM lot WHERE ref = 'a'")
    before = world.scalars(when).one()
    world.execute(text("UPDATE site SET geom = :place WHERE ref = 'x'"), {"place": ELSEWHERE})
    assert world.scalars(when).one() > before


@pytest.fixture
def moving_site(engine: Engine) -> Iterator[Any]:
    """A committed site, removed at the end."""
    key = stable_id("site", "donor", "moving")
    with Session(engine) as session, session.begin():
        session.add(Site(id=key, kind="donor", ref="moving", name="moving", geom=ELSEWHERE))
    yield key
    with Session(engine) as session, session.begin():
        session.execute(text("DELETE FROM site WHERE id = :key"), {"key": key})


def test_lot_waits_for_a_site_on_the_move(engine: Engine, moving_site: Any) -> None:
    """A lot put in while its site is being moved waits, so it never keeps the old place."""
    new_lot = text("""
        INSERT INTO lot (id, site_id, ref, class_id, unit, quantity, basis)
        SELECT :lot, :site, 'a', id, unit, 1, 'surveyed' FROM material_class WHERE tradable LIMIT 1
    """)
    with Session(engine) as mover, Session(engine) as adder:
        mover.execute(
            text("UPDATE site SET geom = ST_Translate(geom, 1, 0) WHERE id = :key"), {"key": moving_site}
        )
        adder.execute(text("SET lock_timeout = '200ms'"))
        with pytest.raises(OperationalError, match="lock timeout"):
            adder.execute(new_lot, {"lot": stable_id("lot", "moving"), "site": moving_site})
        mover.rollback()


def test_models_read_what_the_database_wrote(
    world: Session, insert: Callable[..., None], valid: dict[str, Any]
) -> None:
    """Defaults made by the database come back as the members of their enumerations."""
    insert("lot", **valid["lot"])
    lot = world.get_one(Lot, valid["lot"]["id"])
    assert (lot.status, lot.documentation, lot.screening) == (
        type(lot.status).OFFERED,
        type(lot.documentation).NONE,
        type(lot.screening).UNKNOWN,
    )
    requirement = world.query(Requirement).one()
    assert (requirement.documentation_min.value, requirement.unknown_ok) == ("basic", [])
