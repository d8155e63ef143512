# SPDX-License-Identifier: EUPL-1.2
"""Short addresses, and what is remembered of lots that are gone."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from inventory.actions.events import record_event
from inventory.queries.lots.gone import find_gone_lot
from inventory.queries.short_addresses import DIGITS, find_by_short, shorten
from inventory.tables import Lot
from tests.web.sample import insert_sample
from tests.web.sample_ids import lot_id, site_id

BRICKS = lot_id("school_aarhus", "brick_lime_mortar", "surveyed")


def test_a_short_form_finds_its_thing(session: Session):
    """A lot and a site are found by their first digits, each among its own kind; others are not there."""
    insert_sample(session)
    assert len(shorten(BRICKS)) == DIGITS
    assert find_by_short(session, kind="lot", short=shorten(BRICKS)) == BRICKS
    school = site_id("school_aarhus")
    assert find_by_short(session, kind="site", short=shorten(school)) == school
    assert find_by_short(session, kind="site", short=shorten(BRICKS)) is None
    assert find_by_short(session, kind="lot", short="f" * DIGITS) is None


def test_an_address_stays_with_the_lot_that_had_it_first(session: Session):
    """A later lot that happens to begin with the same digits does not take the address over."""
    insert_sample(session)
    twin = UUID(hex=shorten(BRICKS) + "0" * (32 - DIGITS))
    later = lot_id("home_aarhus", "door_inner")
    session.execute(
        update(Lot).where(Lot.id == later).values(id=twin, created_at=datetime(2100, 1, 1, tzinfo=UTC))
    )
    assert twin < BRICKS
    assert find_by_short(session, kind="lot", short=shorten(BRICKS)) == BRICKS


def test_a_lot_that_is_gone_is_told_from_one_that_never_was(session: Session):
    """The log remembers class and site of a lot that was surveyed here; of others nothing is known."""
    insert_sample(session)
    class_id = session.get_one(Lot, BRICKS).class_id
    school = site_id("school_aarhus")
    record_event(
        session,
        kind="lot_surveyed",
        subject_kind="lot",
        subject_id=BRICKS,
        data={"changes": {"class_id": [None, class_id], "site_id": [None, str(school)]}},
    )
    # Its plan's match holds the row; another lot's id stands for one that was deleted.
    gone = lot_id("no_place", "toilet")
    record_event(session, kind="lot_screened", subject_kind="lot", subject_id=gone, data={"changes": {}})
    session.execute(delete(Lot).where(Lot.id == gone))
    found = find_gone_lot(session, lot_id=BRICKS)
    assert found is not None
    assert (found.class_id, found.site_id) == (class_id, school)
    remembered = find_gone_lot(session, lot_id=gone)
    assert remembered is not None
    assert remembered.class_id is None
    assert find_gone_lot(session, lot_id=UUID(int=7)) is None
