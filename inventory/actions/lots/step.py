# SPDX-License-Identifier: EUPL-1.2
"""Steps in the life of a lot: taken where `lot_step` allows them, each an event that says who and why."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.actions.events import record_event
from inventory.errors import BadInputError, StateError
from inventory.queries.lots.life import list_next_steps
from inventory.tables import Basis, Lot, LotStatus


class LotUnknownError(BadInputError):
    """There is no lot {lot_id}."""


class StepRefusedError(StateError):
    """Lot {ref} is {status}, and {to} cannot follow that. It may become: {allowed}."""


class StepMissingError(StateError):
    """Lot {ref} cannot become {to} yet. It still needs: {missing}."""


class ChangedSinceError(StateError):
    """Cannot undo this of lot {ref}: lot {other} changed since. It is {status} and holds {there} steps."""


def lock_lot(session: Session, lot_id: UUID) -> Lot:
    """Read a lot as it is now, and let nobody change it before the transaction ends.

    Raises
    ------
    LotUnknownError
        There is none.
    """
    query = select(Lot).where(Lot.id == lot_id).with_for_update().execution_options(populate_existing=True)
    lot = session.scalars(query).one_or_none()
    if lot is None:
        raise LotUnknownError(lot_id=lot_id)
    return lot


def lock_surveyed(session: Session, lot_id: UUID, *, refusal: type[StateError]) -> Lot:
    """Lock a lot that was surveyed.

    Parameters
    ----------
    session, lot_id
        As `lock_lot`.
    refusal
        Raised of an estimate, with its `ref`.

    Raises
    ------
    LotUnknownError
        There is none.
    inventory.errors.StateError
        `refusal`: it is an estimate.
    """
    lot = lock_lot(session, lot_id)
    if lot.basis is not Basis.SURVEYED:
        raise refusal(ref=lot.ref)
    return lot


def step_lot(
    session: Session, *, lot_id: UUID, to: LotStatus, by: str | None = None, why: str | None = None
) -> None:
    """Take a lot a step on in its life.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    lot_id
        The lot.
    to
        The state it gets. The state it is in already is no step: nothing is written.
    by, why
        Who and for what reason, for the history.

    Raises
    ------
    LotUnknownError
        There is no such lot.
    StepRefusedError
        The state cannot follow the one the lot is in.
    StepMissingError
        The lot lacks what the step needs; `details` has the codes as `missing_codes`.
    """
    lot = lock_lot(session, lot_id)
    before = lot.status
    if before is to:
        return
    change_status(session, lot, to=to, undo=False)
    record_event(
        session,
        kind="lot_step",
        subject_kind="lot",
        subject_id=lot_id,
        data={**describe_step(before, to), "by": by, "why": why},
    )


def describe_step(before: LotStatus, after: LotStatus) -> Mapping[str, Any]:
    """Give what a step leaves in the history."""
    return {"from": before, "to": after, "changes": {"status": [before, after]}}


def change_status(session: Session, lot: Lot, *, to: LotStatus, undo: bool) -> None:
    """Change the state of a locked lot, if the step is allowed; whoever calls it writes the event.

    Raises
    ------
    StepRefusedError, StepMissingError
        As `step_lot`.
    """
    steps = [step for step in list_next_steps(session, lot_id=lot.id) if undo or not step.undo_only]
    step = next((step for step in steps if step.to is to), None)
    if step is None:
        raise StepRefusedError(
            ref=lot.ref,
            status=lot.status,
            to=to,
            allowed=", ".join(one.to for one in steps) or "nothing else",
        )
    if step.missing:
        raise StepMissingError(
            ref=lot.ref, to=to, missing=", ".join(step.missing), missing_codes=step.missing
        )
    lot.status = to
    session.flush()
