# SPDX-License-Identifier: EUPL-1.2
"""Writing who owns the materials of sites and from when, as a file says; what it does not say stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from inventory.actions.bulk.copying import copy_rows
from inventory.actions.bulk.upsert import note_changes, returning
from inventory.actions.changes import record_changes, write_plain
from inventory.actions.imports.events import note_import
from inventory.actions.imports.sites import write_organisations
from inventory.queries.demolitions.site_contract import CONTRACT

_TYPES = {"site_id": "uuid", "owner": "text", "sellable_from": "date"}
_BEFORE = """
SELECT site.id, had.name AS owner, site.sellable_from, coalesce(told.owner, had.name) AS new_owner,
    coalesce(told.sellable_from, site.sellable_from) AS new_sellable_from
FROM import_right AS told JOIN site ON site.id = told.site_id
LEFT JOIN organisation AS had ON had.id = site.owner_id
WHERE (had.name, site.sellable_from) IS DISTINCT FROM
    (coalesce(told.owner, had.name), coalesce(told.sellable_from, site.sellable_from))
ORDER BY site.id
"""
_SETTLE = """
UPDATE site SET owner_id = coalesce(organisation.id, site.owner_id),
    sellable_from = coalesce(told.sellable_from, site.sellable_from)
FROM import_right AS told LEFT JOIN organisation ON organisation.name = told.owner
WHERE site.id = told.site_id AND (site.owner_id, site.sellable_from) IS DISTINCT FROM
    (coalesce(organisation.id, site.owner_id), coalesce(told.sellable_from, site.sellable_from))
"""


def write_rights(
    session: Session, *, rows: Sequence[tuple[UUID, str | None, date | None]], by: str
) -> set[UUID]:
    """Write owner and first day of sale of sites that are there, each with its line in the history.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    rows
        Site, name of the owner, first day of sale; None leaves what is there. At most one row per site.
    by
        Name of the file, for the history.

    Returns
    -------
    set of UUID
        Sites that changed.
    """
    said = [row for row in rows if row[1] is not None or row[2] is not None]
    if not said:
        return set()
    write_organisations(session, names=(row[1] for row in said if row[1] is not None))
    copy_rows(session, table="import_right", types=_TYPES, rows=said, total=len(said))
    changing = session.execute(text(_BEFORE)).all()
    done = f"WITH done AS ({_SETTLE} RETURNING {returning('site', key='id')})"
    session.execute(text(f"{done} {note_changes('site', key='id', changed='done')}"))
    for row in changing:
        pairs = {
            "owner": [row.owner, row.new_owner],
            "sellable_from": [write_plain(row.sellable_from), write_plain(row.new_sellable_from)],
        }
        record_changes(
            session,
            CONTRACT,
            subject="site",
            subject_id=row.id,
            changes={name: pair for name, pair in pairs.items() if pair[0] != pair[1]},
            by=None,
            why=by,
            more=note_import(session),
        )
    session.expire_all()
    return {row.id for row in changing}
