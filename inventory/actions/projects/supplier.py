# SPDX-License-Identifier: EUPL-1.2
"""The builder's choice of who buys a requirement's material, with who chose, why, and what was compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from inventory.actions.changes import record_changes, set_columns
from inventory.actions.projects.requirements import lock_requirement
from inventory.queries.projects.change_log import find_supplier_choice
from inventory.tables import Supplier


def choose_supplier(
    session: Session,
    *,
    requirement_id: UUID,
    supplier: Supplier | None,
    by: str | None = None,
    why: str | None = None,
    match_id: int | None = None,
    compared: Sequence[Mapping[str, Any]] = (),
) -> bool:
    """Choose who buys the material of a requirement; `undo_requirement` takes it back.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    requirement_id
        The requirement.
    supplier
        Who buys it; None = not decided again.
    by, why
        Who chose and for what reason, for the history.
    match_id
        The match of a plan that was looked at.
    compared
        What it was compared with, as JSON holds it: `what` (chosen, other, new), `lot`, its names and
        `total_ore`; the lot chosen counts as changed where another was chosen before.

    Returns
    -------
    bool
        Whether anything changed; where nothing did, nothing is written.

    Raises
    ------
    inventory.actions.projects.requirements.RequirementUnknownError
        See there.
    """
    requirement = lock_requirement(session, requirement_id)
    changes = set_columns(session, requirement, {"supplied_by": supplier})
    if not changes and supplier is not None and compared:
        before = find_supplier_choice(session, requirement_id=requirement_id)
        if _name_chosen(compared) != _name_chosen([] if before is None else before.data.get("compared", [])):
            # The same buyer, of another lot: the line says so, and undone it gives the choice before back.
            changes = {"supplied_by": [supplier.value, supplier.value]}
    return record_changes(
        session,
        "requirement_supplier_chosen",
        subject="requirement",
        subject_id=requirement_id,
        changes=changes,
        by=by,
        why=why,
        more={"match": match_id, "compared": [dict(one) for one in compared]},
    )


def _name_chosen(compared: Sequence[Mapping[str, Any]]) -> str | None:
    """Name what was chosen among what was compared: a lot's id, or new; None where nothing was compared."""
    chosen = [one for one in compared if one["what"] == "chosen" or one.get("chosen")]
    return str(chosen[0].get("lot", chosen[0]["what"])) if chosen else None
