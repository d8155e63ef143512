# SPDX-License-Identifier: EUPL-1.2
"""Decide how a lot is reused: as it is, or after preparation, which makes it waste until then."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from inventory.actions.events import record_event
from inventory.actions.lot_step import lock_lot
from inventory.errors import BadInputError, StateError
from inventory.tables import Basis, Lot, Reuse


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
    inventory.actions.lot_step.LotUnknownError
        There is no such lot.
    ReuseOfEstimateError, DirectReuseIsNoWasteError
        See there.
    """
    lot = lock_lot(session, lot_id)
    if lot.basis is not Basis.SURVEYED:
        raise ReuseOfEstimateError(ref=lot.ref)
    number, receiver = (waste_number or "").strip() or None, (waste_receiver or "").strip() or None
    if reuse is Reuse.DIRECT and (number or receiver):
        raise DirectReuseIsNoWasteError(ref=lot.ref)
    after = {"reuse": reuse, "waste_number": number, "waste_receiver": receiver}
    changes = _write(lot, after)
    if not changes:
        return False
    session.flush()
    record_event(
        session,
        kind="lot_reuse_decided",
        subject_kind="lot",
        subject_id=lot_id,
        data={"by": by, "why": why, "changes": changes},
    )
    return True


def _write(lot: Lot, after: Mapping[str, object]) -> dict[str, list[object]]:
    """Set the columns and give what changed: before and after."""
    changes: dict[str, list[object]] = {}
    for name, value in after.items():
        before = getattr(lot, name)
        if before != value:
            changes[name] = [before, value]
            setattr(lot, name, value)
    return changes
