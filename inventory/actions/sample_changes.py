# SPDX-License-Identifier: EUPL-1.2
"""Correct a sample or take it away: what it said stays in the history, and the lot is judged again."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.actions.events import record_event
from inventory.actions.screen import NewSample, add_samples, screen_made_of
from inventory.errors import BadInputError
from inventory.queries.lots.origins import list_made_of, speaks_of
from inventory.screening.suspicion import list_to_look_for
from inventory.screening.verdict import ASBESTOS, Verdict
from inventory.tables import Event, Lot, Sample

_REMEMBERED = (
    "place", "substance", "reading", "reading_unit", "laboratory", "accreditation", "sampled_on", "report",
)  # fmt: skip


class SampleMissingError(BadInputError):
    """There is no sample {sample_id} of this lot."""


def remove_sample(
    session: Session, *, lot_id: UUID, sample_id: UUID, why: str, today: date, by: str | None = None
) -> Verdict:
    """Take a sample away and judge its lot again: without one that cleared it, it is suspected as before.

    Raises
    ------
    SampleMissingError
        There is no such sample of the lot.
    """
    said = _take_out(session, lot_id=lot_id, sample_id=sample_id)
    record_event(
        session,
        kind="sample_removed",
        subject_kind="lot",
        subject_id=lot_id,
        data={"by": by, "why": why, "sample": said},
    )
    return _judge_again(session, lot_id=lot_id, today=today)


def correct_sample(
    session: Session, *, sample_id: UUID, new: NewSample, why: str, today: date, by: str | None = None
) -> Verdict:
    """Put a sample right and judge its lot again.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    sample_id
        The sample as it stands.
    new
        The sample as it should be, of the same lot.
    why, today, by
        The reason for the history, the day, and who.

    Raises
    ------
    SampleMissingError
        There is no such sample of the lot.
    inventory.actions.screen.SampleChangedError
        Another sample of the lot stands at that place, substance and day.
    """
    before = _take_out(session, lot_id=new.lot_id, sample_id=sample_id)
    add_samples(session, samples=[new])
    after = _describe(session.get_one(Sample, new.id))
    changes = {name: [before[name], after[name]] for name in _REMEMBERED if before[name] != after[name]}
    if changes:
        record_event(
            session,
            kind="sample_corrected",
            subject_kind="lot",
            subject_id=new.lot_id,
            data={"by": by, "why": why, "changes": changes},
        )
    return _judge_again(session, lot_id=new.lot_id, today=today)


def _take_out(session: Session, *, lot_id: UUID, sample_id: UUID) -> dict[str, Any]:
    sample = session.get(Sample, sample_id, with_for_update=True)
    if sample is None or sample.lot_id != lot_id:
        raise SampleMissingError(sample_id=sample_id)
    said = _describe(sample)
    session.delete(sample)
    session.flush()
    return said


def _describe(sample: Sample) -> dict[str, Any]:
    said = {name: getattr(sample, name) for name in _REMEMBERED}
    return said | {"sampled_on": sample.sampled_on.isoformat()}


def _judge_again(session: Session, *, lot_id: UUID, today: date) -> Verdict:
    """Judge a lot, and those made of it, by the samples that are left.

    Where the last of asbestos is gone, a lot is suspected as before them.
    """
    session.flush()
    for one in list_made_of(session, lot_id=lot_id):
        _suspect_again(session, lot_id=one)
    return screen_made_of(session, lot_id=lot_id, today=today)


def _suspect_again(session: Session, *, lot_id: UUID) -> None:
    of_asbestos = Sample.substance == ASBESTOS
    if session.scalar(select(Sample.id).where(speaks_of(Sample.lot_id, lot_id), of_asbestos).limit(1)):
        return
    lot = session.get_one(Lot, lot_id, with_for_update=True)
    first = (
        select(Event.data["asbestos_before"].as_boolean())
        .where(Event.subject_kind == "lot", speaks_of(Event.subject_id, lot_id), Event.kind == "lot_screened")
        .order_by(Event.id)
        .limit(1)
    )
    looked_for = list_to_look_for(lot.suspicion, asbestos_suspect=False)
    suspected = any(ASBESTOS in substances for substances in looked_for.values())
    lot.asbestos_suspect = bool(session.scalar(first)) or suspected or lot.asbestos_suspect
    session.flush()
