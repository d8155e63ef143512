# SPDX-License-Identifier: EUPL-1.2
"""Surveyed lots taken out of a survey and put back: a lot that a plan may name is never deleted."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.actions.events import record_event
from inventory.actions.survey import NotSurveyedError, SurveyTargetError
from inventory.tables import Basis, Lot, LotStatus


def remove_lot(session: Session, *, lot_id: UUID, by: str | None = None, why: str | None = None) -> bool:
    """Take a surveyed lot out of the survey: it is withdrawn, with all that is known of it.

    Returns
    -------
    bool
        Whether it was there; one that is removed already stays removed.

    Raises
    ------
    inventory.actions.survey.SurveyTargetError, NotSurveyedError
        There is no such lot, or it is an estimate.
    """
    return _turn(session, lot_id=lot_id, to=LotStatus.WITHDRAWN, kind="lot_removed", by=by, why=why)


def restore_lot(session: Session, *, lot_id: UUID, by: str | None = None) -> bool:
    """Put a removed lot back as it was.

    Returns
    -------
    bool
        Whether it was removed.

    Raises
    ------
    inventory.actions.survey.SurveyTargetError, NotSurveyedError
        There is no such lot, or it is an estimate.
    """
    return _turn(session, lot_id=lot_id, to=LotStatus.OFFERED, kind="lot_restored", by=by)


def _turn(
    session: Session, *, lot_id: UUID, to: LotStatus, kind: str, by: str | None, why: str | None = None
) -> bool:
    lot = session.scalar(select(Lot).where(Lot.id == lot_id).with_for_update())
    if lot is None:
        raise SurveyTargetError(what="lot", name=lot_id)
    if lot.basis is not Basis.SURVEYED:
        raise NotSurveyedError(ref=lot.ref)
    if lot.status is to:
        return False
    lot.status = to
    session.flush()
    record_event(session, kind=kind, subject_kind="lot", subject_id=lot_id, data={"by": by, "why": why})
    return True
