# SPDX-License-Identifier: EUPL-1.2
"""Lots surveyed on site: written down, corrected, repeated; every step leaves its history."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.actions.changes import compare_values, record_changes, write_plain
from inventory.actions.documentation import settle_documentation
from inventory.actions.survey_amount import count_usable_steps, find_content
from inventory.actions.surveys.number import find_next_ref, is_ref_taken, keep_ref
from inventory.actions.surveys.surveyed_lot import (
    LotChangedMeanwhileError,
    LotWrittenOtherwiseError,
    SurveyedLot,
    write_version,
)
from inventory.errors import BadInputError, StateError
from inventory.queries.surveys.surveys import (
    LOT_FIELDS,
    SURVEY_FIELDS,
    read_history,
    read_survey_values,
    was_sent,
)
from inventory.tables import Basis, Lot, LotStatus, LotSurvey, MaterialClass, Room, Site


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
    """Write down a surveyed lot; it is matched once its owner offers it (`step_lot`).

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    survey
        The lot.
    at, by
        Now, and who.
    lot_id
        Id chosen by the sender: sent again, as after a lost network, it is one lot still. None makes one.
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
    LotWrittenOtherwiseError
        The id is another lot's, or was sent with other fields: those would be lost.
    inventory.actions.survey_amount.ContentMissingError, AmountRefusedError
        The quantity cannot be reckoned.
    """
    _lock_site(session, survey.site_id)  # two who send the same lot, or ask for a number, wait for each other
    if lot_id is not None and (there := session.get(Lot, lot_id)) is not None:
        if not _was_written_as(session, survey, lot_id=lot_id):
            raise LotWrittenOtherwiseError(ref=there.ref)
        return lot_id
    lot_id = lot_id or uuid4()
    ref = survey.ref or find_next_ref(session, site_id=survey.site_id)
    values = _work_out(session, replace(survey, ref=ref), lot_id=lot_id)
    unit = _find_class(session, survey.class_id).unit
    lot = Lot(id=lot_id, basis=Basis.SURVEYED, status=LotStatus.SURVEYED, unit=unit)
    seen = LotSurvey(lot_id=lot_id, surveyed_at=at, surveyed_by=by)
    _write(lot, seen, values)
    session.add(lot)
    session.flush()
    session.add(seen)
    session.flush()
    record_changes(
        session,
        "lot_surveyed",
        subject="lot",
        subject_id=lot_id,
        changes=compare_values({}, values),
        by=by,
        more=None if duplicate_of is None else {"duplicate_of": str(duplicate_of)},
    )
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
    version: str | None = None,
    sent: UUID | None = None,
) -> bool:
    """Correct a surveyed lot, its building too; also one that came from a file.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    lot_id
        The lot.
    survey
        All its fields as they should be; from `read_survey`, with what is wrong replaced. Without a number
        it keeps its own, or takes the next where it is moved to a building that has one so called.
    at, by, why
        Now, who, and the reason, for the history.
    version
        What the correction starts from (`write_version`); None overwrites whatever is there.
    sent
        Key chosen by the sender: a correction sent again, as after a lost network, is written once.

    Returns
    -------
    bool
        Whether anything changed; where nothing did, nothing is written.

    Raises
    ------
    SurveyTargetError, NotSurveyedError, RoomElsewhereError, RefTakenError, YieldSourceMissingError
        See there.
    LotChangedMeanwhileError
        The lot is at another version than the correction starts from.
    inventory.actions.survey_amount.ContentMissingError, AmountRefusedError
        The quantity cannot be reckoned.
    """
    lot = lock_survey(session, lot_id)
    _lock_site(session, survey.site_id)
    before = read_survey_values(session, lot_id=lot_id)
    ref = survey.ref or keep_ref(session, lot, site_id=survey.site_id)
    after = _work_out(session, replace(survey, ref=ref), lot_id=lot_id)
    # with the version it makes: the same key with other fields is another correction
    key = None if sent is None else f"{sent} {write_version(_make_survey(after))}"
    changes = compare_values(before, after)
    if not changes or (key is not None and was_sent(session, subject_id=lot_id, key=key)):
        return False
    if version is not None and version != write_version(_make_survey(before)):
        raise LotChangedMeanwhileError(ref=lot.ref)
    seen = session.get(LotSurvey, lot_id) or LotSurvey(lot_id=lot_id, surveyed_at=at, surveyed_by=by)
    lot.unit = _find_class(session, survey.class_id).unit
    _write(lot, seen, after)
    session.add(seen)
    session.flush()
    record_changes(
        session,
        "lot_corrected",
        subject="lot",
        subject_id=lot_id,
        changes=changes,
        by=by,
        why=why,
        more=None if key is None else {"sent": key},
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
    # columns, and no lock: pages read it too
    found = session.execute(select(Lot.ref, Lot.basis).where(Lot.id == lot_id)).one_or_none()
    _check_surveyed(found, lot_id=lot_id)
    return _make_survey(read_survey_values(session, lot_id=lot_id))


def _make_survey(values: Mapping[str, Any]) -> SurveyedLot:
    return SurveyedLot(**{field.name: values[field.name] for field in fields(SurveyedLot)})


def lock_survey(session: Session, lot_id: UUID) -> Lot:
    """Lock a surveyed lot.

    Raises
    ------
    SurveyTargetError, NotSurveyedError
        See there.
    """
    lot = session.get(Lot, lot_id, with_for_update=True)
    _check_surveyed(lot, lot_id=lot_id)
    assert lot is not None
    return lot


def _check_surveyed(lot: Any, *, lot_id: UUID) -> None:
    if lot is None:
        raise SurveyTargetError(what="lot", name=lot_id)
    if lot.basis is not Basis.SURVEYED:
        raise NotSurveyedError(ref=lot.ref)


def _was_written_as(session: Session, survey: SurveyedLot, *, lot_id: UUID) -> bool:
    """Say whether a lot was first written down with these very fields; a number left open fits any."""
    first = next((line for line in read_history(session, lot_id=lot_id) if line.kind == "lot_surveyed"), None)
    if first is None:
        return False
    written = {name: after for name, (_before, after) in first.changes.items()}
    return all(
        written.get(field.name) == write_plain(value)
        for field in fields(survey)
        if (value := getattr(survey, field.name)) is not None or field.name != "ref"
    )


def _find_class(session: Session, class_id: int) -> MaterialClass:
    material = session.get(MaterialClass, class_id)
    if material is None or not material.tradable:
        raise SurveyTargetError(what="material", name=class_id)
    return material


def _lock_site(session: Session, site_id: UUID) -> None:
    if session.get(Site, site_id, with_for_update=True) is None:
        raise SurveyTargetError(what="building", name=site_id)


def _work_out(session: Session, survey: SurveyedLot, *, lot_id: UUID) -> dict[str, Any]:
    """Check a survey and reckon its quantity: the values of every field."""
    if survey.yield_percent != 100 and not survey.yield_source:
        raise YieldSourceMissingError(percent=survey.yield_percent)
    if survey.room_id is not None:
        room = session.get(Room, survey.room_id)
        if room is None or room.site_id != survey.site_id:
            raise RoomElsewhereError
    if is_ref_taken(session, survey.ref, site_id=survey.site_id, lot_id=lot_id):
        raise RefTakenError(ref=survey.ref)
    material = _find_class(session, survey.class_id)
    values = {field.name: getattr(survey, field.name) for field in fields(survey)}
    content = find_content(survey.trade_unit, unit=material.unit, content=survey.content, dimensions=values)
    values["quantity"] = count_usable_steps(
        survey.count, content=content, yield_percent=survey.yield_percent, step=material.step
    )
    return values


def _write(lot: Lot, seen: LotSurvey, values: Mapping[str, Any]) -> None:
    for name in LOT_FIELDS:
        setattr(lot, name, values[name])
    for name in SURVEY_FIELDS:
        setattr(seen, name, values[name])
