# SPDX-License-Identifier: EUPL-1.2
"""Surveyed lots taken out of a survey and put back: a lot that a plan may name is never deleted."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.actions.events import record_event
from inventory.actions.lots.step import StepMissingError, change_status
from inventory.actions.surveys.survey import lock_survey
from inventory.tables import Event, LotStatus


def remove_lot(session: Session, *, lot_id: UUID, by: str | None = None, why: str | None = None) -> bool:
    """Take a surveyed lot out of the survey: it is withdrawn, with all that is known of it.

    Returns
    -------
    bool
        Whether it was there; one that is removed already stays removed.

    Raises
    ------
    inventory.actions.surveys.survey.SurveyTargetError, NotSurveyedError
        There is no such lot, or it is an estimate.
    inventory.actions.lots.step.StepRefusedError
        It is held, agreed or further on in its life.
    """
    lot = lock_survey(session, lot_id)
    before = lot.status
    if before is LotStatus.WITHDRAWN:
        return False
    change_status(session, lot, to=LotStatus.WITHDRAWN, undo=False)
    data = {"by": by, "why": why, "from": before}
    record_event(session, kind="lot_removed", subject_kind="lot", subject_id=lot_id, data=data)
    return True


def restore_lot(session: Session, *, lot_id: UUID, by: str | None = None) -> bool:
    """Put a removed lot back as it was; one that lacks what an offer needs now is put back as surveyed.

    Returns
    -------
    bool
        Whether it was removed.

    Raises
    ------
    inventory.actions.surveys.survey.SurveyTargetError, NotSurveyedError
        There is no such lot, or it is an estimate.
    """
    lot = lock_survey(session, lot_id)
    if lot.status is not LotStatus.WITHDRAWN:
        return False
    removed = (
        select(Event.data["from"].astext)
        .where(Event.subject_kind == "lot", Event.subject_id == lot_id, Event.kind == "lot_removed")
        .order_by(Event.id.desc())
        .limit(1)
    )
    to = LotStatus(session.scalar(removed) or LotStatus.SURVEYED)
    try:
        change_status(session, lot, to=to, undo=False)
    except StepMissingError:
        to = LotStatus.SURVEYED
        change_status(session, lot, to=to, undo=False)
    data = {"by": by, "why": None, "to": to}
    record_event(session, kind="lot_restored", subject_kind="lot", subject_id=lot_id, data=data)
    return True
