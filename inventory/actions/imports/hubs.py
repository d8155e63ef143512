# SPDX-License-Identifier: EUPL-1.2
"""Writing storage hubs, many at a time: the site of each, and what it offers."""

from collections.abc import Sequence
from itertools import chain

from sqlalchemy import text
from sqlalchemy.orm import Session

from inventory.actions.bulk.copying import copy_rows
from inventory.actions.bulk.counts import Progress, RowsWritten, ignore_progress
from inventory.actions.bulk.upsert import count_written, upsert_statement
from inventory.actions.imports.sites import write_sites
from inventory.tables import SiteKind

HUB_TYPES = {
    "site_id": "uuid",
    "open_from": "date",
    "open_to": "date",
    "area_m2": "integer",
    "price_ore_per_m2_day": "numeric",
    "opening_hours": "text",
}


def write_hubs(
    session: Session,
    *,
    sites: Sequence[Sequence[object]],
    hubs: Sequence[Sequence[object]],
    progress: Progress = ignore_progress,
) -> RowsWritten:
    """Insert or update hubs, the site of each with it.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    sites
        Values in the order of `inventory.actions.imports.sites.SITE_TYPES`, a row for each hub; what a row
        leaves empty stays as it is.
    hubs
        Values in the order of `HUB_TYPES`, one row per hub.
    progress
        Told about the rows copied.
    """
    moved = write_sites(session, kind=SiteKind.HUB, rows=sites)
    copy_rows(session, table="import_hub", types=HUB_TYPES, rows=hubs, total=len(hubs), progress=progress)
    statement = upsert_statement(
        "hub", source="import_hub", columns={name: name for name in HUB_TYPES}, key="site_id"
    )
    results = session.execute(text(statement)).all()
    # a hub is new where its own row is; where only its site changed, it changed
    return count_written(chain(results, ((site_id, False) for site_id in moved)), total=len(hubs))
