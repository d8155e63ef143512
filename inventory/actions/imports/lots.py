# SPDX-License-Identifier: EUPL-1.2
"""Writing surveyed lots, many at a time."""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

from inventory.actions.bulk.copying import copy_rows
from inventory.actions.bulk.counts import Progress, RowsWritten, ignore_progress
from inventory.actions.bulk.upsert import count_written, note_changes, returning, upsert_statement
from inventory.actions.imports.lot_terms import write_lot_terms
from inventory.errors import StateError
from inventory.tables import ATTRIBUTES


class MovedMoreError(StateError):
    """Cannot take lot {ref} as {counted} steps: {moved} of it went to other lots. Put them back first, or
    give what was counted before it was split. Nothing was changed.
    """


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

_MOVED_MORE = """
SELECT new.ref, new.quantity, lot.moved FROM import_lot AS new JOIN lot ON lot.id = new.id
WHERE lot.moved < 0 AND new.quantity + lot.moved < 0 ORDER BY new.ref LIMIT 1
"""
_MOVE = """
UPDATE import_lot AS new SET quantity = new.quantity + lot.moved FROM lot
WHERE lot.id = new.id AND lot.moved <> 0
"""
# A survey counts what its lot holds: where a file counts otherwise, it says so in the class's own unit.
_RECOUNTED = """
CREATE TEMPORARY TABLE import_recounted ON COMMIT DROP AS
SELECT lot.id FROM import_lot AS new JOIN lot ON lot.id = new.id JOIN lot_survey ON lot_survey.lot_id = lot.id
WHERE lot.quantity <> new.quantity
"""
_RECOUNT = """
UPDATE lot_survey SET count = trim_scale(lot.quantity * class.step), trade_unit = 'own', content = NULL,
    yield_percent = 100, yield_source = NULL, identical = NULL
FROM import_recounted AS recounted JOIN lot ON lot.id = recounted.id
    JOIN material_class AS class ON class.id = lot.class_id
WHERE lot_survey.lot_id = recounted.id
"""
_SAMPLED = "EXISTS (SELECT FROM sample WHERE sample.lot_id = lot.id)"
# What samples, the legal tests or a lot's own papers have settled, no file overwrites.
_JUDGED_ALREADY = {
    "screening": _SAMPLED,
    "asbestos_suspect": _SAMPLED,
    "suspicion": _SAMPLED,
    "product_status": "EXISTS (SELECT FROM product_decision AS decision WHERE decision.lot_id = lot.id)",
    "documentation": "excluded.documentation = 'none' AND EXISTS (SELECT FROM event"
    " WHERE event.subject_kind = 'lot' AND event.subject_id = lot.id AND event.kind = 'lot_documented')",
}


def write_lots(
    session: Session,
    *,
    rows: Sequence[Sequence[object]],
    terms: Sequence[Sequence[object]] = (),
    keep: Sequence[str] = (),
    progress: Progress = ignore_progress,
) -> RowsWritten:
    """Insert or update surveyed lots; a lot stays in the state of its life, a judged one judged.

    A file tells what was counted: of a lot that was split or put together since, what moved is reckoned in.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    rows
        Values in the order of `LOT_TYPES`, at most one row per id.
    terms
        Values in the order of `inventory.actions.imports.lot_terms.TERM_TYPES`, at most one row per id.
    keep
        Columns that only a new row gets: what people wrote since stays.
    progress
        Told about the rows copied.

    Raises
    ------
    MovedMoreError
        A lot is counted as less than what of it is in other lots now.
    """
    copy_rows(session, table="import_lot", types=LOT_TYPES, rows=rows, total=len(rows), progress=progress)
    short = session.execute(text(_MOVED_MORE)).first()
    if short is not None:
        raise MovedMoreError(ref=short.ref, counted=short.quantity, moved=-short.moved)
    session.execute(text(_MOVE))
    session.execute(text("DROP TABLE IF EXISTS pg_temp.import_recounted"))
    session.execute(text(_RECOUNTED))
    columns = {**{name: name for name in LOT_TYPES}, "basis": "'surveyed'"}
    statement = upsert_statement(
        "lot", source="import_lot", columns=columns, key="id", keep=keep, guarded=_JUDGED_ALREADY
    )
    results = session.execute(text(statement)).all()
    done = f"{_RECOUNT} RETURNING {returning('lot_survey', key='lot_id')}"
    noted = note_changes("lot_survey", key="lot_id", changed="done")
    session.execute(text(f"WITH done AS ({done}) {noted}"))
    changed = write_lot_terms(session, rows=terms)
    return count_written([*results, *((lot_id, False) for lot_id in changed)], total=len(rows))
