# SPDX-License-Identifier: EUPL-1.2
"""Keep what people say in the Materialepas of a lot, with its history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.actions.events import record_event
from inventory.documentation.materialepas.check import check_value
from inventory.documentation.materialepas.document import WHY, PassProblemsError
from inventory.documentation.materialepas.fields import list_plain_fields
from inventory.errors import BadInputError
from inventory.tables import Basis, Lot, Materialepas

_MOST_REMEMBERED = 300


class PassLotError(BadInputError):
    """There is no surveyed lot {lot_id} to keep a Materialepas of. Survey it, or give another by --lot."""


def keep_pass(
    session: Session, *, lot_id: UUID, said: Mapping[str, Any], at: datetime, by: str | None = None
) -> bool:
    """Keep what is said in the pass of a lot, in place of what was said before.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    lot_id
        A surveyed lot.
    said
        Path of the field to its value; None says that it is empty, a path left out follows the lot.
    at, by
        Now, and who; None while there are no accounts.

    Returns
    -------
    bool
        Whether anything changed. The log names each field with before and after; of what names a person,
        and of pictures, only that it changed.

    Raises
    ------
    PassLotError
        There is no such lot, or it is an estimate.
    inventory.documentation.materialepas.document.PassProblemsError
        A value is none of its field's.
    """
    surveyed = select(Lot.id).where(Lot.id == lot_id, Lot.basis == Basis.SURVEYED).with_for_update()
    if session.scalar(surveyed) is None:
        raise PassLotError(lot_id=lot_id)
    fields = {field.path: field for field in list_plain_fields()}
    problems = [
        problem for path, value in said.items() for problem in check_value(fields[path], value, path=path)
    ]
    if problems:
        lines = "\n".join(problem.describe("en") for problem in problems)
        raise PassProblemsError(name="The Materialepas", why=WHY["en"], lines=f"\n{lines}", problems=problems)
    row = session.get(Materialepas, lot_id)
    before: dict[str, Any] = {} if row is None else row.said
    if before == dict(said):
        return False
    if row is None:
        session.add(Materialepas(lot_id=lot_id, said=dict(said), updated_at=at, updated_by=by))
    else:
        row.said, row.updated_at, row.updated_by = dict(said), at, by
    session.flush()
    changed = [path for path in fields if before.get(path, ...) != said.get(path, ...)]
    record_event(
        session,
        kind="materialepas_kept",
        subject_kind="lot",
        subject_id=lot_id,
        data={
            "by": by,
            "changes": {
                path: [_remember(before.get(path)), _remember(said.get(path))]
                for path in changed
                if not fields[path].personal
            },
            "personal": [path for path in changed if fields[path].personal],
        },
    )
    return True


def _remember(value: Any) -> Any:
    """Shorten what is too long for the log."""
    text = value if isinstance(value, str) else repr(value)
    return value if len(text) <= _MOST_REMEMBERED else f"{text[:_MOST_REMEMBERED]}…"
