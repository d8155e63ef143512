# SPDX-License-Identifier: EUPL-1.2
"""Lots surveyed on site: written down, corrected, repeated; every step leaves its history."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.orm import Session

from inventory.actions.documentation import settle_documentation
from inventory.actions.events import record_event
from inventory.actions.survey_amount import count_usable_steps, find_content
from inventory.actions.surveyed_lot import SurveyedLot
from inventory.errors import BadInputError, StateError
from inventory.queries.surveys import LOT_FIELDS, SURVEY_FIELDS
from inventory.tables import Basis, Lot, LotSurvey, MaterialClass, Room, Site


class SurveyTargetError(BadInputError):
    """There is no {what} {name} to survey."""


class NotSurveyedError(StateError):
    """Cannot correct lot {ref}: it is an estimate. Survey the material instead; that replaces it."""


class RefTakenError(BadInputError):
    """The building has a surveyed lot called {ref} already. Give this one another number."""


class RoomElsewhereError(BadInputError):
    """The room chosen is in another building. Choose one of this building, or none."""


class YieldSourceMissingError(BadInputError):
    """A yield of {percent} % needs its source: who says so, or what it was measured on."""


def survey_lot(
    session: Session,
    *,
    survey: SurveyedLot,
    at: datetime,
    by: str | None = None,
    lot_id: UUID | None = None,
    duplicate_of: UUID | None = None,
) -> UUID:
    """Write down a surveyed lot.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    survey
        The lot.
    at, by
        Now, and who.
    lot_id
        Id chosen by the sender: sent again, as after a lost network, it is still one lot. None makes one.
    duplicate_of
        The lot it was copied from, for the history.

    Returns
    -------
    UUID
        Id of the lot.

    Raises
    ------
    SurveyTargetError, RoomElsewhereError, RefTakenError, YieldSourceMissingError
        See there.
    inventory.actions.survey_amount.ContentMissingError, AmountRefusedError
        The quantity cannot be reckoned.
    """
    _lock_site(session, survey.site_id)  # two who send the same lot, or ask for a number, wait for each other
    if lot_id is not None and session.get(Lot, lot_id) is not None:
        return lot_id
    lot_id = lot_id or uuid4()
    ref = survey.ref or _next_ref(session, survey.site_id)
    values = _work_out(session, replace(survey, ref=ref), lot_id=lot_id)
    lot = Lot(id=lot_id, basis=Basis.SURVEYED, unit=_find_class(session, survey.class_id).unit)
    seen = LotSurvey(lot_id=lot_id, surveyed_at=at, surveyed_by=by)
    _write(lot, seen, values)
    session.add(lot)
    session.flush()
    session.add(seen)
    session.flush()
    data: dict[str, Any] = {"by": by, "changes": _compare({}, values)}
    if duplicate_of is not None:
        data["duplicate_of"] = str(duplicate_of)
    record_event(session, kind="lot_surveyed", subject_kind="lot", subject_id=lot_id, data=data)
    settle_documentation(session, lot_id=lot_id)
    return lot_id


def correct_lot(
    session: Session,
    *,
    lot_id: UUID,
    survey: SurveyedLot,
    at: datetime,
    by: str | None = None,
    why: str | None = None,
) -> bool:
    """Correct a surveyed lot, its building too; also one that came from a file.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    lot_id
        The lot.
    survey
        All its fields as they should be; from `read_survey`, with what is wrong replaced.
    at, by, why
        Now, who, and the reason, for the history.

    Returns
    -------
    bool
        Whether anything changed; where nothing did, nothing is written.

    Raises
    ------
    SurveyTargetError, NotSurveyedError, RoomElsewhereError, RefTakenError, YieldSourceMissingError
        See there.
    inventory.actions.survey_amount.ContentMissingError, AmountRefusedError
        The quantity cannot be reckoned.
    """
    lot = _find_lot(session, lot_id)
    _lock_site(session, survey.site_id)
    before = _read_values(session, lot)
    after = _work_out(session, replace(survey, ref=survey.ref or lot.ref), lot_id=lot_id)
    changes = _compare(before, after)
    if not changes:
        return False
    seen = session.get(LotSurvey, lot_id) or LotSurvey(lot_id=lot_id, surveyed_at=at, surveyed_by=by)
    lot.unit = _find_class(session, survey.class_id).unit
    _write(lot, seen, after)
    session.add(seen)
    session.flush()
    record_event(
        session,
        kind="lot_corrected",
        subject_kind="lot",
        subject_id=lot_id,
        data={"by": by, "why": why, "changes": changes},
    )
    settle_documentation(session, lot_id=lot_id)
    return True


def duplicate_lot(session: Session, *, lot_id: UUID, at: datetime, by: str | None = None) -> UUID:
    """Write a surveyed lot down once more under the next free number; photos stay with the first.

    Raises
    ------
    SurveyTargetError, NotSurveyedError
        See there.
    """
    survey = replace(read_survey(session, lot_id=lot_id), ref=None)
    return survey_lot(session, survey=survey, at=at, by=by, duplicate_of=lot_id)


def read_survey(session: Session, *, lot_id: UUID) -> SurveyedLot:
    """Read a surveyed lot back as it is written down, to be corrected.

    Raises
    ------
    SurveyTargetError, NotSurveyedError
        See there.
    """
    values = _read_values(session, _find_lot(session, lot_id))
    return SurveyedLot(**{field.name: values[field.name] for field in fields(SurveyedLot)})


def _find_lot(session: Session, lot_id: UUID) -> Lot:
    lot = session.get(Lot, lot_id, with_for_update=True)
    if lot is None:
        raise SurveyTargetError(what="lot", name=lot_id)
    if lot.basis is not Basis.SURVEYED:
        raise NotSurveyedError(ref=lot.ref)
    return lot


def _find_class(session: Session, class_id: int) -> MaterialClass:
    material = session.get(MaterialClass, class_id)
    if material is None or not material.tradable:
        raise SurveyTargetError(what="material", name=class_id)
    return material


def _lock_site(session: Session, site_id: UUID) -> None:
    if session.get(Site, site_id, with_for_update=True) is None:
        raise SurveyTargetError(what="building", name=site_id)


def _next_ref(session: Session, site_id: UUID) -> str:
    """Count on from the highest number of the building's lots."""
    numbers = select(func.max(cast(Lot.ref, Integer))).where(
        Lot.site_id == site_id, Lot.basis == Basis.SURVEYED, Lot.ref.regexp_match("^[0-9]{1,6}$")
    )
    return str((session.scalar(numbers) or 0) + 1)


def _work_out(session: Session, survey: SurveyedLot, *, lot_id: UUID) -> dict[str, Any]:
    """Check a survey and reckon its quantity: the values of every field."""
    if survey.yield_percent != 100 and not survey.yield_source:
        raise YieldSourceMissingError(percent=survey.yield_percent)
    if survey.room_id is not None:
        room = session.get(Room, survey.room_id)
        if room is None or room.site_id != survey.site_id:
            raise RoomElsewhereError
    taken = select(Lot.id).where(
        Lot.site_id == survey.site_id,
        Lot.basis == Basis.SURVEYED,
        Lot.ref == survey.ref,
        Lot.id != lot_id,
    )
    if session.scalar(taken) is not None:
        raise RefTakenError(ref=survey.ref)
    material = _find_class(session, survey.class_id)
    values = {field.name: getattr(survey, field.name) for field in fields(survey)}
    content = find_content(survey.trade_unit, unit=material.unit, content=survey.content, dimensions=values)
    values["quantity"] = count_usable_steps(
        survey.count, content=content, yield_percent=survey.yield_percent, step=material.step
    )
    return values


def _read_values(session: Session, lot: Lot) -> dict[str, Any]:
    """Read every field of a lot; one that came from a file was counted in the class's own unit."""
    values = {name: getattr(lot, name) for name in LOT_FIELDS}
    seen = session.get(LotSurvey, lot.id)
    if seen is None:
        step = _find_class(session, lot.class_id).step
        plain = SurveyedLot(site_id=lot.site_id, class_id=lot.class_id, count=lot.quantity * step)
        return values | {name: getattr(plain, name) for name in SURVEY_FIELDS}
    return values | {name: getattr(seen, name) for name in SURVEY_FIELDS}


def _write(lot: Lot, seen: LotSurvey, values: Mapping[str, Any]) -> None:
    for name in LOT_FIELDS:
        setattr(lot, name, values[name])
    for name in SURVEY_FIELDS:
        setattr(seen, name, values[name])


def _compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Give what changed as JSON: field -> before, after."""
    return {
        name: [_plain(before.get(name)), _plain(value)]
        for name, value in after.items()
        if before.get(name) != value
    }


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal | UUID) else value
