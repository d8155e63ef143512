# SPDX-License-Identifier: EUPL-1.2
"""A surveyed lot is written down once, corrected with its history, repeated, and counts in a run."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.actions.surveys.removal import remove_lot, restore_lot
from inventory.actions.surveys.rooms import RoomUnnamedError, add_room
from inventory.actions.surveys.survey import (
    NotSurveyedError,
    RefTakenError,
    RoomElsewhereError,
    SurveyTargetError,
    YieldSourceMissingError,
    correct_lot,
    duplicate_lot,
    read_survey,
    survey_lot,
)
from inventory.actions.surveys.surveyed_lot import (
    LotChangedMeanwhileError,
    LotWrittenOtherwiseError,
    SurveyedLot,
    write_version,
)
from inventory.queries.lots.listing import read_lot
from inventory.queries.surveys.pages import read_survey_lots
from inventory.queries.surveys.surveys import read_history, read_rooms
from inventory.tables import Basis, Firmness, Lot, TradeUnit
from tests.inventory.conftest import KORSOER, SLAGELSE, Country

AT = datetime(2026, 12, 1, 9, tzinfo=UTC)
WINDOW: dict[str, Any] = {
    "available_from": date(2027, 3, 1),
    "available_to": date(2027, 6, 1),
    "firmness": Firmness.PERMIT_GIVEN,
}


@pytest.fixture
def country(session: Session, make_country: Callable[[Session], Country]) -> Country:
    """A country with nothing in it yet."""
    return make_country(session)


@pytest.fixture
def bricks(country: Country) -> SurveyedLot:
    """Three pallets of 512 bricks, of which 80 % are thought whole."""
    return SurveyedLot(
        site_id=country.site("S", SLAGELSE, **WINDOW).id,
        class_id=country.class_row("brick_lime_mortar").id,
        count=Decimal(3),
        trade_unit=TradeUnit.PALLET,
        content=Decimal(512),
        yield_percent=80,
        yield_source="Prøvenedtagning af 1 m2",
        note="Gule facadesten",
    )


def test_survey_is_read_back(session: Session, bricks: SurveyedLot) -> None:
    """What was written down comes back as it was, with the quantity reckoned and the next number."""
    first = survey_lot(session, survey=bricks, at=AT, by="A")
    second = survey_lot(session, survey=replace(bricks, ref="9"), at=AT)
    third = survey_lot(session, survey=bricks, at=AT)
    assert read_survey(session, lot_id=first) == replace(bricks, ref="1")
    listed = {row.id: (row.ref, row.quantity) for row in read_survey_lots(session, site_id=bricks.site_id)}
    assert listed == {first: ("1", 1228), second: ("9", 1228), third: ("10", 1228)}


def test_sent_twice_is_one_lot(session: Session, bricks: SurveyedLot) -> None:
    """A lot sent again with the id its sender chose is there once."""
    chosen = uuid4()
    assert survey_lot(session, survey=bricks, at=AT, lot_id=chosen) == chosen
    assert survey_lot(session, survey=bricks, at=AT, lot_id=chosen) == chosen
    assert len(read_survey_lots(session, site_id=bricks.site_id)) == 1
    assert len(read_history(session, lot_id=chosen)) == 1


def test_sent_twice_with_other_words_is_refused(session: Session, bricks: SurveyedLot) -> None:
    """The same id with other fields is refused; the first fields fit, also after a correction."""
    chosen = uuid4()
    survey_lot(session, survey=bricks, at=AT, lot_id=chosen)
    with pytest.raises(LotWrittenOtherwiseError, match="Lot 1 "):
        survey_lot(session, survey=replace(bricks, count=Decimal(4)), at=AT, lot_id=chosen)
    correct_lot(session, lot_id=chosen, survey=replace(bricks, count=Decimal(9)), at=AT)
    assert survey_lot(session, survey=bricks, at=AT, lot_id=chosen) == chosen
    assert read_survey(session, lot_id=chosen).count == 9


def test_correction_of_an_old_version_is_refused(session: Session, bricks: SurveyedLot) -> None:
    """What anybody changed since is not overwritten; a correction sent again counts once."""
    lot_id, key = survey_lot(session, survey=bricks, at=AT), uuid4()
    old = write_version(read_survey(session, lot_id=lot_id))
    mine = replace(bricks, count=Decimal(5))
    assert correct_lot(session, lot_id=lot_id, survey=mine, at=AT, version=old, sent=key)
    session.get_one(Lot, lot_id).note = "rettet af en import"
    session.flush()
    assert not correct_lot(session, lot_id=lot_id, survey=mine, at=AT, version=old, sent=key)
    with pytest.raises(LotChangedMeanwhileError, match="Lot 1 "):
        correct_lot(session, lot_id=lot_id, survey=replace(mine, grade=4), at=AT, version=old, sent=key)
    now = read_survey(session, lot_id=lot_id)
    assert (now.note, now.count, now.grade) == ("rettet af en import", 5, None)
    assert correct_lot(session, lot_id=lot_id, survey=mine, at=AT, version=write_version(now))


def test_removed_and_put_back(session: Session, bricks: SurveyedLot) -> None:
    """A removed lot counts no more and comes back whole; each step once, with who and why."""
    lot_id = survey_lot(session, survey=bricks, at=AT)
    assert remove_lot(session, lot_id=lot_id, by="A", why="Talt to gange")
    assert not remove_lot(session, lot_id=lot_id)
    (row,) = read_survey_lots(session, site_id=bricks.site_id)
    assert row.status == "withdrawn"
    assert restore_lot(session, lot_id=lot_id)
    assert not restore_lot(session, lot_id=lot_id)
    assert read_survey(session, lot_id=lot_id) == replace(bricks, ref="1")
    assert [(line.kind, line.why) for line in read_history(session, lot_id=lot_id)] == [
        ("lot_surveyed", None), ("lot_removed", "Talt to gange"), ("lot_restored", None)
    ]  # fmt: skip
    with pytest.raises(SurveyTargetError):
        remove_lot(session, lot_id=uuid4())


def test_correction_leaves_its_history(session: Session, country: Country, bricks: SurveyedLot) -> None:
    """Each field before and after, the building too; a correction that changes nothing leaves nothing."""
    lot_id = survey_lot(session, survey=bricks, at=AT, by="A")
    other = country.site("T", KORSOER, **WINDOW)
    now = replace(read_survey(session, lot_id=lot_id), site_id=other.id, count=Decimal(2), grade=4)
    assert correct_lot(session, lot_id=lot_id, survey=now, at=AT, by="B", why="Talt igen")
    assert not correct_lot(session, lot_id=lot_id, survey=now, at=AT)
    session.expire_all()
    lot = session.get_one(Lot, lot_id)
    assert (lot.site_id, lot.quantity, lot.grade) == (other.id, 819, 4)
    made, corrected = read_history(session, lot_id=lot_id)
    assert (made.kind, made.by, made.changes["quantity"]) == ("lot_surveyed", "A", (None, 1228))
    assert (corrected.kind, corrected.by, corrected.why) == ("lot_corrected", "B", "Talt igen")
    assert corrected.changes == {
        "site_id": (str(bricks.site_id), str(other.id)),
        "count": ("3", "2"),
        "grade": (None, 4),
        "quantity": (1228, 819),
    }


def test_lot_of_a_file_is_corrected(session: Session, country: Country) -> None:
    """A lot that came from a file has no survey of its own until somebody corrects it."""
    lot = country.lot("L7", country.site("S", SLAGELSE), quantity=700)
    was = read_survey(session, lot_id=lot.id)
    assert (was.ref, was.count, was.trade_unit) == ("L7", 700, TradeUnit.OWN)
    assert not correct_lot(session, lot_id=lot.id, survey=was, at=AT)
    assert correct_lot(session, lot_id=lot.id, survey=replace(was, count=Decimal(650)), at=AT)
    assert session.scalars(select(Lot.quantity).where(Lot.id == lot.id)).one() == 650


def test_duplicate(session: Session, bricks: SurveyedLot) -> None:
    """A copy has all but the number, and its history says whence."""
    first = survey_lot(session, survey=bricks, at=AT)
    copy = duplicate_lot(session, lot_id=first, at=AT)
    assert read_survey(session, lot_id=copy) == replace(bricks, ref="2")


def test_survey_replaces_the_estimate(session: Session, country: Country, bricks: SurveyedLot) -> None:
    """The estimate of the same site and class no longer counts once the lot is surveyed."""
    site = session.get_one(Lot, survey_lot(session, survey=bricks, at=AT)).site_id
    estimate = Lot(
        id=uuid4(),
        site_id=site,
        ref="e",
        class_id=bricks.class_id,
        unit="piece",
        quantity=5000,
        quantity_low=3000,
        quantity_high=9000,
        basis=Basis.ESTIMATED,
        rule="r",
        rule_source="s",
    )
    session.add(estimate)
    session.flush()
    facts = read_lot(session, lot_id=estimate.id)
    assert facts is not None
    assert facts.place.not_counted == "replaced"
    with pytest.raises(NotSurveyedError):
        read_survey(session, lot_id=estimate.id)


def test_rooms(session: Session, country: Country, bricks: SurveyedLot) -> None:
    """A room is there once, and only a lot of its building can be in it."""
    kitchen = add_room(session, site_id=bricks.site_id, floor="1.", name=" Køkken ")
    assert add_room(session, site_id=bricks.site_id, floor="1.", name="Køkken") == kitchen
    with pytest.raises(RoomUnnamedError):
        add_room(session, site_id=bricks.site_id, name=" ")
    assert [(row.floor, row.name) for row in read_rooms(session, site_id=bricks.site_id)] == [
        ("1.", "Køkken")
    ]
    lot_id = survey_lot(session, survey=replace(bricks, room_id=kitchen), at=AT)
    moved = replace(read_survey(session, lot_id=lot_id), site_id=country.site("T", KORSOER).id)
    with pytest.raises(RoomElsewhereError):
        correct_lot(session, lot_id=lot_id, survey=moved, at=AT)


def test_what_cannot_be_surveyed_is_named(session: Session, bricks: SurveyedLot) -> None:
    """No such building, material or lot; a number taken; a yield out of thin air."""
    survey_lot(session, survey=replace(bricks, ref="A"), at=AT)
    for wrong, error in [
        (replace(bricks, ref="A"), RefTakenError),
        (replace(bricks, site_id=uuid4()), SurveyTargetError),
        (replace(bricks, class_id=99_999), SurveyTargetError),
        (replace(bricks, yield_source=None), YieldSourceMissingError),
    ]:
        with pytest.raises(error):
            survey_lot(session, survey=wrong, at=AT)
    with pytest.raises(SurveyTargetError):
        duplicate_lot(session, lot_id=uuid4(), at=AT)
    assert len(read_survey_lots(session, site_id=bricks.site_id)) == 1
