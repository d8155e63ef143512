# SPDX-License-Identifier: EUPL-1.2
"""Writing the areas of municipalities."""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

from inventory.actions.bulk.copying import copy_rows
from inventory.actions.bulk.counts import RowsWritten
from inventory.actions.bulk.upsert import count_written, upsert_statement

AREA_TYPES = {
    "id": "uuid",
    "code": "text",
    "geom": "geometry(MultiPolygon, 25832)",
    "source": "text",
}


def write_areas(session: Session, *, rows: Sequence[Sequence[object]]) -> RowsWritten:
    """Insert or update areas; those of municipalities that are not named stay.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    rows
        Values in the order of `AREA_TYPES`, at most one row per municipality; shapes as EWKB in hexadecimal.
    """
    copy_rows(session, table="import_area", types=AREA_TYPES, rows=rows, total=len(rows))
    statement = upsert_statement(
        "municipality_area", source="import_area", columns={name: name for name in AREA_TYPES}, key="id"
    )
    return count_written(session.execute(text(statement)), total=len(rows))
