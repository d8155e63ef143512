# SPDX-License-Identifier: EUPL-1.2
"""Turn the reference table of the steps in the life of a lot into rows."""

from __future__ import annotations

from importlib.resources.abc import Traversable

from inventory.actions.seed.reference import Values, read_reference, refuse_twice
from inventory.tables import LotStatus, StepNeed


def read_lot_steps(folder: Traversable) -> list[Values]:
    """Read the rows of table lot_step; the needs stand in one cell, parted by spaces."""
    rows = read_reference(
        "lot_steps",
        columns="from_status to_status undo_only needs source valid_from valid_to note",
        folder=folder,
    )
    refuse_twice(rows, "from_status", "to_status")
    for row in rows:
        if not set((row.optional("needs") or "").split()) <= set(StepNeed):
            row.refuse("needs", "some of " + ", ".join(StepNeed))
    return [
        {
            "from_status": row.code("from_status", LotStatus),
            "to_status": row.code("to_status", LotStatus),
            "undo_only": row.flag("undo_only"),
            "needs": (row.optional("needs") or "").split(),
            "source": row.text("source"),
            "valid_from": row.day("valid_from"),
            "valid_to": row.optional_day("valid_to"),
            "note": row.optional("note"),
        }
        for row in rows
    ]
