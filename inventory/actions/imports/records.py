# SPDX-License-Identifier: EUPL-1.2
"""Imports as records: begun, ended, remembered, so that each can be undone as a whole."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text
from sqlalchemy.orm import Session

from inventory.tables import Import, ImportKind, ImportStatus

KEYS: Mapping[str, str] = {
    "municipality_area": "id",
    "organisation": "id",
    "site": "id",
    "building": "site_id",
    "hub": "site_id",
    "demolition": "site_id",
    "project": "id",
    "design_option": "id",
    "lot": "id",
    "lot_survey": "lot_id",
    "attachment": "id",
    "requirement": "id",
}
"""Tables an import writes, each before those that name it, and their keys."""


def begin_import(
    session: Session,
    *,
    kind: ImportKind,
    file: str,
    at: datetime,
    organisation_id: UUID | None = None,
    mapping: Mapping[str, Any] | None = None,
    import_id: UUID | None = None,
) -> UUID:
    """Begin an import: whatever the transaction's writes change from now on is noted for it.

    Parameters
    ----------
    session
        Its transaction is the import's; nothing is committed here.
    kind, file
        What the rows are, and the name of the file.
    at
        Now.
    organisation_id
        Whose import it is.
    mapping
        From `FileMapping.make_document`.
    import_id
        An import that was uploaded before; None makes a new one.
    """
    if import_id is None:
        import_id = uuid4()
        session.add(
            Import(
                id=import_id,
                kind=kind,
                file=file,
                organisation_id=organisation_id,
                status=ImportStatus.RUNNING,
                mapping=None if mapping is None else dict(mapping),
                created_at=at,
            )
        )
        session.flush()
    session.execute(text("SELECT set_config('genbro.import', :id, true)"), {"id": str(import_id)})
    return import_id


def finish_import(session: Session, *, import_id: UUID, counts: Mapping[str, Any]) -> None:
    """End an import with its counts.

    Parameters
    ----------
    session
        The transaction that `begin_import` was called in.
    import_id
        From `begin_import`.
    counts
        From `ImportReport.count`.
    """
    session.execute(text("SELECT set_config('genbro.import', '', true)"))
    session.execute(
        text(
            "UPDATE import SET status = 'done', step = NULL, counts = CAST(:counts AS jsonb), error = NULL,"
            " finished_at = clock_timestamp() WHERE id = :id"
        ).bindparams(id=import_id, counts=_write_json(counts))
    )


def remember_mapping(
    session: Session,
    *,
    kind: ImportKind,
    columns: Mapping[str, str],
    organisation_id: UUID | None,
    at: datetime,
) -> None:
    """Remember what each header was taken for, for the next file of the organisation.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    kind
        What the rows were.
    columns
        Folded header -> column.
    organisation_id
        Whose headers they are; None for files of nobody's.
    at
        Now.
    """
    rows = [
        {"id": uuid4(), "owner": organisation_id, "kind": kind, "header": header, "column": column, "at": at}
        for header, column in columns.items()
        if header
    ]
    if rows:
        session.execute(
            text(
                "INSERT INTO import_mapping (id, organisation_id, kind, header, column_name, used_at)"
                " VALUES (:id, :owner, :kind, :header, :column, :at)"
                " ON CONFLICT (organisation_id, kind, header)"
                " DO UPDATE SET column_name = excluded.column_name, used_at = excluded.used_at"
            ),
            rows,
        )


def _write_json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
