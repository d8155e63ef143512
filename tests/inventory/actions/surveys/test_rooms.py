# SPDX-License-Identifier: EUPL-1.2
"""Rooms are called otherwise and removed without losing where lots lie, and each of it is undone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from inventory.actions.surveys.rooms import (
    RoomInUseError,
    RoomNameTakenError,
    RoomNothingToUndoError,
    RoomUnknownError,
    RoomUnnamedError,
    add_room,
    remove_room,
    rename_room,
    undo_room,
)
from inventory.actions.surveys.survey import correct_lot, read_survey, survey_lot
from inventory.actions.surveys.surveyed_lot import SurveyedLot
from inventory.queries.surveys.rooms import list_rooms, read_room_history
from inventory.queries.surveys.surveys import read_history
from tests.inventory.conftest import SLAGELSE, Country

AT = datetime(2026, 12, 1, 9, tzinfo=UTC)


@pytest.fixture
def country(session: Session, make_country: Callable[[Session], Country]) -> Country:
    """A country with nothing in it yet."""
    return make_country(session)


@pytest.fixture
def site(country: Country) -> UUID:
    """A building."""
    return country.site("S", SLAGELSE).id


@pytest.fixture
def kitchen(session: Session, site: UUID) -> UUID:
    """A room of it."""
    return add_room(session, site_id=site, name="Køkken", floor="st.")


def survey(session: Session, country: Country, *, site: UUID, room: UUID | None) -> UUID:
    """Write a lot down in a room."""
    toilet = country.class_row("toilet").id
    lot = SurveyedLot(site_id=site, class_id=toilet, count=Decimal(1), room_id=room)
    return survey_lot(session, survey=lot, at=AT)


def read_rooms(session: Session, site: UUID) -> list[tuple[str | None, str, int]]:
    """Read floor, name and number of lots of each room."""
    return [(row.floor, row.name, row.lots) for row in list_rooms(session, site_id=site)]


def test_a_new_name_and_back(session: Session, country: Country, site: UUID, kitchen: UUID) -> None:
    """Its lots stay in it; a name that is taken, empty or the same is no new one."""
    survey(session, country, site=site, room=kitchen)
    add_room(session, site_id=site, name="Bad", floor="st.")
    with pytest.raises(RoomNameTakenError, match="Bad"):
        rename_room(session, site_id=site, room_id=kitchen, name="Bad", floor="st.")
    with pytest.raises(RoomUnnamedError):
        rename_room(session, site_id=site, room_id=kitchen, name=" ")
    assert not rename_room(session, site_id=site, room_id=kitchen, name=" Køkken ", floor="st.")
    assert rename_room(session, site_id=site, room_id=kitchen, name="Tekøkken", floor="1.", by="AB")
    assert read_rooms(session, site) == [("1.", "Tekøkken", 1), ("st.", "Bad", 0)]
    assert undo_room(session, site_id=site) == "room_renamed"
    assert read_rooms(session, site) == [("st.", "Bad", 0), ("st.", "Køkken", 1)]
    with pytest.raises(RoomNothingToUndoError):
        undo_room(session, site_id=site)
    kinds = [row.kind for row in read_room_history(session, site_id=site)]
    assert kinds == ["room_undone", "room_renamed", "room_added", "room_added"]


def test_a_room_with_lots_goes_only_with_a_word_for_them(
    session: Session, country: Country, site: UUID, kitchen: UUID
) -> None:
    """Refused with how many lie there; moved, each lot's history says so, and undo brings them back."""
    stays, moved_on = (survey(session, country, site=site, room=kitchen) for _ in range(2))
    bath = add_room(session, site_id=site, name="Bad")
    with pytest.raises(RoomInUseError, match="2 lots lie in room Køkken"):
        remove_room(session, site_id=site, room_id=kitchen)
    remove_room(session, site_id=site, room_id=kitchen, lots_to=bath, by="AB")
    assert read_rooms(session, site) == [(None, "Bad", 2)]
    assert read_history(session, lot_id=stays)[-1].changes == {"room_id": (str(kitchen), str(bath))}
    lot = read_survey(session, lot_id=moved_on)
    session.expire_all()
    correct_lot(session, lot_id=moved_on, survey=replace(lot, room_id=None), at=AT)
    assert undo_room(session, site_id=site) == "room_removed"
    assert read_rooms(session, site) == [("st.", "Køkken", 1), (None, "Bad", 0)]
    session.expire_all()
    assert read_survey(session, lot_id=stays).room_id == kitchen
    assert read_survey(session, lot_id=moved_on).room_id is None
    remove_room(session, site_id=site, room_id=kitchen, lots_may_go=True)
    session.expire_all()
    assert read_survey(session, lot_id=stays).room_id is None
    add_room(session, site_id=site, name="Køkken", floor="st.")
    with pytest.raises(RoomNameTakenError):
        undo_room(session, site_id=site)


def test_rooms_of_other_buildings_are_unknown(
    session: Session, country: Country, site: UUID, kitchen: UUID
) -> None:
    """No building touches another's rooms, and lots go to no room that is not there."""
    other = country.site("T", SLAGELSE).id
    with pytest.raises(RoomUnknownError):
        rename_room(session, site_id=other, room_id=kitchen, name="x")
    for there in (kitchen, uuid4(), add_room(session, site_id=other, name="x")):
        with pytest.raises(RoomUnknownError):
            remove_room(session, site_id=site, room_id=kitchen, lots_to=there)
