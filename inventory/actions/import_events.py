# SPDX-License-Identifier: EUPL-1.2
"""The line of the log that an import leaves."""

from sqlalchemy.orm import Session

from inventory.actions.events import record_event
from inventory.actions.import_counts import RowsWritten
from inventory.tables import stable_id


def record_import(session: Session, *, kind: str, file: str, written: RowsWritten) -> None:
    """Note an import in the log, unless it changed nothing.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    kind
        ``buildings``, ``lots``, ``requirements`` or ``hubs``.
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
