# SPDX-License-Identifier: EUPL-1.2
"""An uploaded import on its way: kept, mapped, checked, started, failed; and its progress."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, delete, insert, text, update
from sqlalchemy.orm import Session

from inventory.actions.bulk.copying import copy_into
from inventory.errors import StateError
from inventory.tables import (
    REFUSED_PARTS,
    TAKEOFF_PART,
    Import,
    ImportKind,
    ImportPart,
    ImportRow,
    ImportStatus,
)

# Each state and the states it may follow. What is done changes no more but by undoing.
_MAY_FOLLOW: dict[ImportStatus, frozenset[ImportStatus]] = {
    ImportStatus.CHECKING: frozenset({ImportStatus.UPLOADED, ImportStatus.CHECKED, ImportStatus.FAILED}),
    # a model that was measured waits for its classes, as an uploaded table for its columns
    ImportStatus.UPLOADED: frozenset({ImportStatus.CHECKING}),
    ImportStatus.CHECKED: frozenset({ImportStatus.CHECKING}),
    ImportStatus.RUNNING: frozenset({ImportStatus.CHECKED}),
    ImportStatus.FAILED: frozenset({ImportStatus.UPLOADED, ImportStatus.CHECKING, ImportStatus.RUNNING}),
}


class ImportTransitionError(StateError):
    """Cannot make the import {to} now: it is {status}."""


def upload_import(
    session: Session,
    *,
    kind: ImportKind,
    file: str,
    parts: Iterable[bytes],
    at: datetime,
    mapping: Mapping[str, Any] | None = None,
) -> UUID:
    """Keep an uploaded file.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    kind, file
        What its rows are said to be, and its name.
    parts
        Its content, in parts of some megabytes.
    at
        Now.
    mapping
        How it is to be read, as far as that is known already.
    """
    import_id = uuid4()
    known = None if mapping is None else dict(mapping)
    session.add(Import(id=import_id, kind=kind, file=file, created_at=at, mapping=known))
    session.flush()
    for number, content in enumerate(parts):
        session.execute(insert(ImportPart).values(import_id=import_id, part=number, content=content))
    return import_id


def forget_uploads(session: Session, *, before: datetime) -> int:
    """Forget the uploads from before a moment that were never imported, with their files and shown rows.

    What is being worked on stays, and so does whatever wrote to the inventory.

    Returns
    -------
    int
        How many there were.
    """
    waiting = (ImportStatus.UPLOADED, ImportStatus.CHECKED, ImportStatus.FAILED)
    old = delete(Import).where(Import.status.in_(waiting), Import.created_at < before)
    return len(session.execute(old.returning(Import.id)).all())


def move_import(
    session: Session,
    *,
    import_id: UUID,
    to: ImportStatus,
    mapping: Mapping[str, Any] | None = None,
    counts: Mapping[str, Any] | None = None,
) -> None:
    """Bring an import into its next state, with its mapping or counts where they are new.

    Raises
    ------
    ImportTransitionError
        If it may not follow the state it is in.
    """
    record = session.get_one(Import, import_id, with_for_update=True, populate_existing=True)
    if record.status not in _MAY_FOLLOW[to]:
        raise ImportTransitionError(to=to, status=record.status)
    record.status, record.step, record.error = to, None, None
    record.done_rows = record.total_rows = 0
    if mapping is not None:
        record.mapping = dict(mapping)
    if counts is not None:
        record.counts = dict(counts)
    session.flush()


def fail_import(session: Session, *, import_id: UUID, error: Mapping[str, str]) -> None:
    """Say why an import failed: a code, and a sentence in each language."""
    record = session.get_one(Import, import_id, with_for_update=True, populate_existing=True)
    if record.status not in _MAY_FOLLOW[ImportStatus.FAILED]:
        raise ImportTransitionError(to=ImportStatus.FAILED, status=record.status)
    record.status, record.step, record.error = ImportStatus.FAILED, None, dict(error)
    session.flush()


def tell_progress(session: Session, *, import_id: UUID, step: str, done: int, total: int) -> None:
    """Keep how far an import is."""
    session.execute(
        update(Import).where(Import.id == import_id).values(step=step, done_rows=done, total_rows=total)
    )


def drop_parts(session: Session, *, import_id: UUID) -> None:
    """Forget the uploaded file of an import; its refused rows stay."""
    kept = ImportPart.part.in_(REFUSED_PARTS.values())
    session.execute(delete(ImportPart).where(ImportPart.import_id == import_id, ~kept))


def keep_takeoff(session: Session, *, import_id: UUID, document: Mapping[str, Any]) -> None:
    """Keep the take-off of an uploaded building model, so that it is measured once."""
    content = json.dumps(document, ensure_ascii=False).encode()
    session.execute(
        delete(ImportPart).where(ImportPart.import_id == import_id, ImportPart.part == TAKEOFF_PART)
    )
    session.execute(insert(ImportPart).values(import_id=import_id, part=TAKEOFF_PART, content=content))


def keep_refused(session: Session, *, import_id: UUID, files: Mapping[str, bytes]) -> None:
    """Keep the refused rows of an import as files, by language; none where none were refused."""
    refused = ImportPart.part.in_(REFUSED_PARTS.values())
    session.execute(delete(ImportPart).where(ImportPart.import_id == import_id, refused))
    for language, content in files.items():
        session.execute(
            insert(ImportPart).values(import_id=import_id, part=REFUSED_PARTS[language], content=content)
        )


def write_shown_rows(session: Session, *, import_id: UUID, rows: Sequence[Sequence[object]]) -> None:
    """Replace the rows of an import that are shown.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    import_id
        The import.
    rows
        Number, refused, cells, and marks as JSON.
    """
    session.execute(delete(ImportRow).where(ImportRow.import_id == import_id))
    columns = ("import_id", "number", "refused", "cells", "marks")
    copy_into(session, table="import_row", columns=columns, rows=((import_id, *row) for row in rows))


# A lock belongs to the server session: when the process dies, it is free.
_LOCK = "hashtextextended('genbro import ' || CAST({id} AS text), 0)"


def hold_import(connection: Connection, *, import_id: UUID) -> None:
    """Hold an import until the connection's transaction ends, so that nobody takes it for abandoned."""
    connection.execute(
        text(f"SELECT pg_advisory_xact_lock({_LOCK.format(id=':id')})"), {"id": str(import_id)}
    )


def recover_imports(session: Session) -> int:
    """Fail the imports whose process was stopped before it had finished: nothing of theirs was written.

    Returns
    -------
    int
        How many there were.
    """
    error = {
        "code": "interrupted",
        "da": "arbejdet blev afbrudt, før det var færdigt; intet er gemt. Prøv igen",
        "en": "the work was stopped before it had finished; nothing was saved. Try again",
    }
    done = session.execute(
        text(
            "UPDATE import SET status = 'failed', step = NULL, error = CAST(:error AS jsonb)"  # noqa: S608 - ours
            " WHERE status IN ('checking', 'running') AND NOT EXISTS ("
            " SELECT FROM procrastinate_jobs AS job WHERE job.task_name = 'genbro.perform_import'"
            " AND job.args ->> 'import_id' = import.id::text AND job.status = 'todo')"
            f" AND pg_try_advisory_xact_lock({_LOCK.format(id='import.id')}) RETURNING 1"
        ),
        {"error": json.dumps(error, ensure_ascii=False)},
    )
    return len(done.all())
