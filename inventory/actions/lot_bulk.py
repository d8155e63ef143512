# SPDX-License-Identifier: EUPL-1.2
"""Change many lots at once: each by the same rules as alone; those that refuse left out; undone as one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from inventory.actions.events import record_event
from inventory.actions.lot_fields import apply_change, photograph_lot, put_back
from inventory.actions.lot_step import lock_lot
from inventory.errors import BadInputError, GenbroError, StateError
from inventory.queries.bulk_edits import EDITED, UNDONE, read_bulk_edit

_LISTED = 10


class BulkUnknownError(BadInputError):
    """There is no change of several lots {edit_id}."""


class BulkUndoneError(StateError):
    """The change of several lots is undone already."""


class BulkRestedOnError(StateError):
    """The change cannot be undone as a whole: {refs} changed since. Correct the lots one by one instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LotOutcome:
    """What a change does to one lot: the fields that change, before and after, or why it is refused."""

    lot_id: UUID
    ref: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    refusal: GenbroError | None = None

    @property
    def changed(self) -> bool:
        """Whether anything becomes of it."""
        return self.refusal is None and self.before != self.after


def change_lots(
    session: Session,
    *,
    lot_ids: Sequence[UUID],
    change: Mapping[str, Any],
    organisation_id: UUID,
    by: str | None = None,
    why: str | None = None,
) -> tuple[UUID | None, list[LotOutcome]]:
    """Change lots, each wholly or not at all; those that refuse are left out and named.

    Parameters
    ----------
    session
        Its transaction takes all of it; nothing is committed here, so that a caller who only wants to see
        what would become of the lots takes it back.
    lot_ids
        The lots, in the order in which they are to be told of.
    change
        Field of `inventory.actions.lot_fields.FIELDS` -> value; None empties it, and what is not named stays.
    organisation_id
        Whose lots they are, for the list of changes.
    by, why
        Who and for what reason, for the history of each lot.

    Returns
    -------
    UUID or None, list of LotOutcome
        Id of the change, by which it is undone; None where no lot changed.
    """
    outcomes: list[LotOutcome] = []
    kept: list[dict[str, Any]] = []
    for lot_id in lot_ids:
        lot = lock_lot(session, lot_id)
        ref, before = lot.ref, photograph_lot(session, lot)
        try:
            with session.begin_nested():
                traces = apply_change(session, lot_id=lot_id, change=change, by=by, why=why)
        except GenbroError as refusal:
            session.expire_all()
            outcomes.append(LotOutcome(lot_id=lot_id, ref=ref, before={}, after={}, refusal=refusal))
            continue
        after = photograph_lot(session, lock_lot(session, lot_id))
        moved = [name for name in before if before[name] != after[name]]
        outcome = LotOutcome(
            lot_id=lot_id,
            ref=ref,
            before={name: before[name] for name in moved},
            after={name: after[name] for name in moved},
        )
        outcomes.append(outcome)
        if outcome.changed:
            kept.append({"id": str(lot_id), "ref": ref, **traces} | _tell(outcome))
    if not kept:
        return None, outcomes
    edit_id = uuid4()
    refused = [
        {"id": str(one.lot_id), "ref": one.ref} | _tell_refusal(one.refusal)
        for one in outcomes
        if one.refusal is not None
    ]
    data = {
        "by": by,
        "why": why,
        "organisation": str(organisation_id),
        "fields": sorted(change),
        "lots": kept,
        "refused": refused,
    }
    record_event(session, kind=EDITED, subject_kind="bulk_edit", subject_id=edit_id, data=data)
    return edit_id, outcomes


def undo_bulk(session: Session, *, edit_id: UUID, by: str | None = None) -> int:
    """Take a change of several lots back: every lot as it was before it, or none.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    edit_id
        From `change_lots`.
    by
        Who takes it back.

    Returns
    -------
    int
        How many lots.

    Raises
    ------
    BulkUnknownError, BulkUndoneError
        See there.
    BulkRestedOnError
        A field it changed has changed since, or the lot was split or stepped on since.
    """
    edit = read_bulk_edit(session, edit_id=edit_id, lock=True)
    if edit is None:
        raise BulkUnknownError(edit_id=edit_id)
    if edit.undone_at is not None:
        raise BulkUndoneError
    with session.begin_nested():
        wrong = _put_all_back(session, edit.data["lots"], by=by)
        if wrong:
            listed = ", ".join(wrong[:_LISTED]) + (", ..." if len(wrong) > _LISTED else "")
            raise BulkRestedOnError(refs=listed)
    record_event(session, kind=UNDONE, subject_kind="bulk_edit", subject_id=edit_id, data={"by": by})
    return len(edit.data["lots"])


def _put_all_back(session: Session, lots: Sequence[Mapping[str, Any]], *, by: str | None) -> list[str]:
    """Put lots back, and name those that cannot be."""
    wrong: list[str] = []
    # the other way round: of a paper that two lots marked, the first to be marked is the last to go back
    for one in reversed(lots):
        try:
            with session.begin_nested():
                put_back(session, lot_id=UUID(one["id"]), kept=one, by=by)
        except GenbroError:
            session.expire_all()
            wrong.append(one["ref"])
    return wrong[::-1]


def digest_outcomes(outcomes: Sequence[LotOutcome]) -> str:
    """Give the same short text for the same outcomes: what was seen is what is done."""
    told = [
        [str(one.lot_id), _tell(one), None if one.refusal is None else str(one.refusal)] for one in outcomes
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:32]


def _tell_refusal(refusal: GenbroError) -> dict[str, Any]:
    """Take a refusal down so that it can be told again in another language."""
    details = {
        name: list(value) if isinstance(value, tuple) else str(value)
        for name, value in refusal.details.items()
    }
    return {"error": type(refusal).__name__, "told": str(refusal), "details": details}


def _tell(outcome: LotOutcome) -> dict[str, Any]:
    return {"before": dict(outcome.before), "after": dict(outcome.after)}
