# SPDX-License-Identifier: EUPL-1.2
"""Writing surveyed lots, many at a time."""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

from inventory.actions.import_copy import copy_rows
from inventory.actions.import_counts import Progress, RowsWritten, ignore_progress
from inventory.actions.import_upsert import count_written, upsert_statement
from inventory.tables import ATTRIBUTES

LOT_TYPES = {
    "id": "uuid",
    "site_id": "uuid",
    "ref": "text",
    "class_id": "integer",
    "unit": "text",
    "quantity": "bigint",
    "available_from": "date",
    "available_to": "date",
    "firmness": "text",
    "decide_by": "date",
    "documentation": "text",
    "screening": "text",
    "asbestos_suspect": "boolean",
    "suspicion": "text[]",
    "product_status": "text",
    "price_ore": "numeric",
    "preparation_ore": "numeric",
    "minimum_take": "bigint",
    "indivisible": "boolean",
    "kind": "text",
    **dict.fromkeys(ATTRIBUTES, "integer"),
    "note": "text",
}


def write_lots(
    session: Session, *, rows: Sequence[Sequence[object]], progress: Progress = ignore_progress
) -> RowsWritten:
    """Insert or update surveyed lots; a lot withdrawn by its owner stays withdrawn.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    rows
        Values in the order of `LOT_TYPES`, at most one row per id.
    progress
        Told about the rows copied.
    """
    copy_rows(session, table="import_lot", types=LOT_TYPES, rows=rows, total=len(rows), progress=progress)
    columns = {**{name: name for name in LOT_TYPES}, "basis": "'surveyed'"}
    results = session.execute(text(upsert_statement("lot", source="import_lot", columns=columns, key="id")))
    return count_written(results, total=len(rows))
