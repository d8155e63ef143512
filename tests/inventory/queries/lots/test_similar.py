# SPDX-License-Identifier: EUPL-1.2
"""Lots like another one: which, in what order, how quickly found, and from where."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import text, update
from sqlalchemy.orm import Session

from inventory.queries.lots import similar
from inventory.queries.lots.similar import read_similar_lots
from inventory.queries.supply import judged_lots
from inventory.tables import Lot, MaterialClass
from tests.web.sample import insert_sample
from tests.web.sample_ids import lot_id, site_id

BRICKS = lot_id("school_aarhus", "brick_lime_mortar", "surveyed")


@pytest.fixture
def bricks(session: Session) -> int:
    """The sample, and the id of its class of bricks."""
    insert_sample(session)
    found = session.query(MaterialClass.id).filter_by(code="brick_lime_mortar").one()
    return int(found.id)


def read(session: Session, class_id: int, **values: object) -> list[UUID]:
    """Read the ids of the lots like the bricks of the school."""
    found = read_similar_lots(
        session, class_id=class_id, lot_id=BRICKS, site_id=site_id("school_aarhus"), **values
    )
    return [one.row.id for one in found]


def test_nearest_come_first_and_what_does_not_count_is_left_out(session: Session, bricks: int):
    """Of lots alike in all else the nearest is first; neither itself nor its replaced estimate is there."""
    found = read_similar_lots(session, class_id=bricks, lot_id=BRICKS, site_id=site_id("school_aarhus"))
    assert len(found) == 6
    assert found[0].row.id == lot_id("home_aarhus", "brick_lime_mortar")
    assert 6_000 < (found[0].metres or 0) < 7_000
    assert BRICKS not in [one.row.id for one in found]
    assert lot_id("school_aarhus", "brick_lime_mortar") not in [one.row.id for one in found]


def test_dimensions_and_days_weigh_too(session: Session, bricks: int):
    """A near lot of other dimensions, or free at another time, comes after one farther off that is alike."""
    near, farther = lot_id("home_aarhus", "brick_lime_mortar"), lot_id("school_odense", "brick_lime_mortar")
    session.execute(update(Lot).where(Lot.id.in_([BRICKS, farther])).values(length_mm=228, width_mm=108))
    session.execute(update(Lot).where(Lot.id == near).values(length_mm=912, width_mm=108))
    assert read(session, bricks)[0] == farther
    session.execute(update(Lot).where(Lot.id == near).values(length_mm=228))
    assert read(session, bricks)[0] == near
    session.execute(
        update(Lot)
        .where(Lot.id == near)
        .values(available_from=date(2031, 1, 1), available_to=date(2031, 3, 1))
    )
    assert read(session, bricks)[0] != near


def test_a_lot_that_is_gone_and_one_without_place_have_similar_ones(session: Session, bricks: int):
    """Of a class alone, lots are still found, with no distance where there is nothing to measure from."""
    found = read_similar_lots(session, class_id=bricks, limit=3)
    assert len(found) == 3
    assert {one.metres for one in found} == {None}
    placed = read_similar_lots(session, class_id=bricks, site_id=site_id("school_aarhus"), limit=1)
    assert placed[0].metres == 0 or placed[0].row.id in {BRICKS, lot_id("home_aarhus", "brick_lime_mortar")}
    assert read_similar_lots(session, class_id=bricks, site_id=site_id("no_place"))[0].metres is None


def test_the_index_gives_the_nearest_of_a_class(session: Session, bricks: int):
    """The nearest of a class are read from the index on class and place, in order, without sorting."""
    session.execute(text("SET LOCAL enable_seqscan = off"))
    session.execute(text("SET LOCAL enable_sort = off"))
    plan = "\n".join(
        session.scalars(
            text(
                "EXPLAIN SELECT id FROM lot WHERE class_id = CAST(:class AS integer)"
                " ORDER BY geom <-> ST_SetSRID(ST_MakePoint(574210, 6225130), 25832) LIMIT 60"
            ),
            {"class": bricks},
        )
    )
    assert "ix_lot_class_id_geom" in plan
    assert "Order By" in plan


def test_two_who_ask_first_at_once_are_both_answered(
    session: Session, bricks: int, monkeypatch: pytest.MonkeyPatch
):
    """What is composed once may be composed for two at once: each goes on with one of them, and no other."""
    expected = read(session, bricks)
    monkeypatch.setattr(similar, "_judged", lambda: judged_lots().subquery("judged"))
    assert read(session, bricks) == expected
