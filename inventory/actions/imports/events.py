# SPDX-License-Identifier: EUPL-1.2
"""The line of the log that an import leaves."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from inventory.actions.bulk.counts import RowsWritten
from inventory.actions.events import record_event
from inventory.queries.demolitions import demolitions, site_contract
from inventory.tables import stable_id

_UNDONE_BY = {
    demolitions.MOVED: demolitions.UNDONE,
    site_contract.CONTRACT: site_contract.UNDONE,
}


def record_import(session: Session, *, kind: str, file: str, written: RowsWritten) -> None:
    """Note an import in the log, unless it changed nothing.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    kind
        ``buildings``, ``lots``, ``requirements``, ``hubs`` or ``demolitions``.
    file
        Name of the file; with the kind it is the subject of the event.
    written
        What the import did.
    """
    if not written.changed:
        return
    data = {
        "file": file,
        "inserted": written.inserted,
        "updated": written.updated,
        "unchanged": written.unchanged,
    }
    subject = stable_id("import", kind, file)
    record_event(session, kind=f"{kind}_imported", subject_kind="import", subject_id=subject, data=data)


def note_import(session: Session) -> dict[str, str]:
    """Give what a line of the log says of the import it belongs to; nothing where none is under way."""
    found = session.execute(text("SELECT nullif(current_setting('genbro.import', true), '')")).scalar_one()
    return {} if found is None else {"import": found}


def retract_lines(session: Session, *, import_id: UUID) -> None:
    """Say of each step of a demolition or a contract that an import took that it is taken back."""
    for kind, undoing in _UNDONE_BY.items():
        steps = session.execute(
            text(
                "SELECT id, subject_kind, subject_id FROM event WHERE kind = :kind"
                # a line has the time at which its transaction began: the day spares reading the whole log
                " AND at >= (SELECT created_at - interval '1 day' FROM import WHERE id = :id)"
                " AND data ->> 'import' = CAST(:id AS text) ORDER BY id DESC"
            ),
            {"kind": kind, "id": import_id},
        ).all()
        for step in steps:
            record_event(
                session,
                kind=undoing,
                subject_kind=step.subject_kind,
                subject_id=step.subject_id,
                data={"of": step.id, "by": None},
            )
