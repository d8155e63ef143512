# SPDX-License-Identifier: EUPL-1.2
"""Undoing an import as a whole, or saying what stands in the way."""

from uuid import UUID

from sqlalchemy import func, text
from sqlalchemy.orm import Session

from inventory.actions.events import record_event
from inventory.actions.imports.events import retract_lines
from inventory.actions.imports.pieces import restore_pieces
from inventory.actions.imports.records import KEYS
from inventory.errors import StateError
from inventory.queries.imports.blockers import Blocker, list_blockers
from inventory.tables import Base, Import, ImportStatus

# What the database keeps by itself.
_KEPT = frozenset({"created_at", "updated_at"})


class ImportStateError(StateError):
    """Import {import_id} cannot be undone: it is {status}."""


class ImportHeldError(StateError):
    """Import {import_id} cannot be undone, since later things rest on it: {why_en}. Nothing was changed."""

    def __init__(self, *, import_id: UUID, blockers: list[Blocker]) -> None:
        """Name what stands in the way, in both languages."""
        super().__init__(
            import_id=import_id,
            blockers=blockers,
            why_da="; ".join(blocker.describe("da") for blocker in blockers),
            why_en="; ".join(blocker.describe("en") for blocker in blockers),
        )


def undo_import(session: Session, *, import_id: UUID) -> dict[str, int]:
    """Undo an import: delete what it inserted, and put back what it changed.

    Parameters
    ----------
    session
        Its transaction takes all of it; nothing is committed here.
    import_id
        An import that is done.

    Returns
    -------
    dict
        ``deleted`` and ``restored``: rows of all tables.

    Raises
    ------
    ImportStateError
        If it is not done, or undone already.
    ImportHeldError
        If a row changed since, or something else names a row that would go; names them.
    """
    record = session.get_one(Import, import_id, with_for_update=True, populate_existing=True)
    if record.status is not ImportStatus.DONE:
        raise ImportStateError(import_id=import_id, status=record.status)
    blockers = list_blockers(session, import_id=import_id)
    if blockers:
        raise ImportHeldError(import_id=import_id, blockers=blockers)
    restore_pieces(session, import_id=import_id)
    restored = sum(_restore(session, table, import_id=import_id) for table in KEYS)
    deleted = sum(_delete(session, table, import_id=import_id) for table in reversed(list(KEYS)))
    retract_lines(session, import_id=import_id)
    record.status = ImportStatus.UNDONE
    # by the database's clock, as the dates of its rows are
    record.undone_at = func.clock_timestamp()
    counts = {"deleted": deleted, "restored": restored}
    record_event(
        session, kind="import_undone", subject_kind="import", subject_id=import_id, data=dict(counts)
    )
    session.flush()
    return counts


def _restore(session: Session, table: str, *, import_id: UUID) -> int:
    keys = session.execute(
        text(
            "SELECT jsonb_object_keys(before) FROM (SELECT before FROM import_change WHERE import_id = :id"
            " AND table_name = :table AND before IS NOT NULL LIMIT 1) AS one"
        ),
        {"id": import_id, "table": table},
    ).scalars()
    # columns that came with a later version are not in what was kept, and stay as they are
    there = Base.metadata.tables[table].columns.keys()
    names = [name for name in set(keys) & set(there) if name != KEYS[table] and name not in _KEPT]
    if not names:
        return 0
    changes = ", ".join(f'"{name}" = kept."{name}"' for name in sorted(names))
    done = session.execute(
        text(
            f"UPDATE {table} SET {changes} FROM import_change AS change,"  # noqa: S608 - our own names
            f" jsonb_populate_record(NULL::{table}, change.before) AS kept"
            f" WHERE change.import_id = :id AND change.table_name = :table AND change.before IS NOT NULL"
            f" AND {table}.{KEYS[table]} = change.row_id RETURNING 1"
        ),
        {"id": import_id, "table": table},
    )
    return len(done.all())


def _delete(session: Session, table: str, *, import_id: UUID) -> int:
    done = session.execute(
        text(
            f"DELETE FROM {table} USING import_change AS change"  # noqa: S608 - our own names
            f" WHERE change.import_id = :id AND change.table_name = :table AND change.before IS NULL"
            f" AND {table}.{KEYS[table]} = change.row_id RETURNING 1"
        ),
        {"id": import_id, "table": table},
    )
    return len(done.all())
