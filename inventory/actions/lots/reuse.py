# SPDX-License-Identifier: EUPL-1.2
"""Decide how a lot is reused: as it is, or after preparation, which makes it waste until then."""

from uuid import UUID

from sqlalchemy.orm import Session

from inventory.actions.changes import record_changes, set_columns
from inventory.actions.lots.step import lock_surveyed
from inventory.errors import BadInputError, StateError
from inventory.tables import Reuse


class ReuseOfEstimateError(StateError):
    """Lot {ref} is an estimate: how it is reused is decided once it is surveyed."""


class DirectReuseIsNoWasteError(BadInputError):
    """Lot {ref} is reused directly, so it is no waste and has no running number and no receiver of waste.
    Leave them out, or choose preparation for reuse.
    """


def decide_reuse(
    session: Session,
    *,
    lot_id: UUID,
    reuse: Reuse,
    waste_number: str | None = None,
    waste_receiver: str | None = None,
    by: str | None = None,
    why: str | None = None,
) -> bool:
    """Decide on direct reuse or on preparation for reuse; nothing is offered before.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    lot_id
        The lot.
    reuse
        Direct: moved without being checked, cleaned or repaired, so not waste. Preparation: waste until it is
        done; source: Realdania, C_TEMAARK_1.
    waste_number, waste_receiver
        Running number of the waste notification and first receiver; may come later, but before it is moved.
    by, why
        Who and for what reason, for the history.

    Returns
    -------
    bool
        Whether anything changed.

    Raises
    ------
    inventory.actions.lots.step.LotUnknownError
        There is no such lot.
    ReuseOfEstimateError, DirectReuseIsNoWasteError
        See there.
    """
    lot = lock_surveyed(session, lot_id, refusal=ReuseOfEstimateError)
    number, receiver = (waste_number or "").strip() or None, (waste_receiver or "").strip() or None
    if reuse is Reuse.DIRECT and (number or receiver):
        raise DirectReuseIsNoWasteError(ref=lot.ref)
    after = {"reuse": reuse, "waste_number": number, "waste_receiver": receiver}
    changes = set_columns(session, lot, after)
    return record_changes(
        session, "lot_reuse_decided", subject="lot", subject_id=lot_id, changes=changes, by=by, why=why
    )
