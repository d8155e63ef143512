# SPDX-License-Identifier: EUPL-1.2
"""Writing the pieces of imported requirements, noted so that undoing the import puts back those before."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from inventory.actions.bulk.copying import copy_rows
from inventory.actions.bulk.upsert import CURRENT_IMPORT
from inventory.queries.imports.blockers import PIECES_OF

_DIFFERING = f"""
    WITH fresh AS (
        SELECT requirement_id AS id, jsonb_object_agg(length_mm::text, count) AS told
        FROM import_piece GROUP BY requirement_id
    ), differing AS (
        SELECT fresh.id, fresh.told, {PIECES_OF.format(id="fresh.id")} AS before FROM fresh
        WHERE fresh.told IS DISTINCT FROM {PIECES_OF.format(id="fresh.id")}
    ), noted AS (
        INSERT INTO import_change (import_id, table_name, row_id, before, after)
        SELECT {CURRENT_IMPORT}, 'requirement_piece', id, jsonb_build_object('pieces', before),
            md5(told::text)
        FROM differing WHERE {CURRENT_IMPORT} IS NOT NULL
        ON CONFLICT (import_id, table_name, row_id) DO UPDATE SET after = excluded.after
    )
    SELECT id FROM differing
"""  # noqa: S608 - our own words
_NOTED = (
    " FROM import_change AS change WHERE change.import_id = :id AND change.table_name = 'requirement_piece'"
)


def write_pieces(session: Session, *, pieces: Mapping[UUID, Sequence[tuple[int, int]]]) -> list[UUID]:
    """Write the pieces of requirements instead of those they had; give those where that changed any.

    Parameters
    ----------
    session
        Its transaction; the requirements are there.
    pieces
        Requirement -> length in mm and how many; at least one length each.
    """
    if not pieces:
        return []
    rows = [(one, length, count) for one, lengths in pieces.items() for length, count in lengths]
    types = {"requirement_id": "uuid", "length_mm": "integer", "count": "integer"}
    copy_rows(session, table="import_piece", types=types, rows=rows, total=len(rows))
    changed: list[UUID] = list(session.execute(text(_DIFFERING)).scalars())
    session.execute(text("DELETE FROM requirement_piece WHERE requirement_id = ANY(:ids)"), {"ids": changed})
    session.execute(
        text(
            "INSERT INTO requirement_piece (requirement_id, length_mm, count)"
            " SELECT requirement_id, length_mm, count FROM import_piece WHERE requirement_id = ANY(:ids)"
        ),
        {"ids": changed},
    )
    return changed


def restore_pieces(session: Session, *, import_id: UUID) -> None:
    """Put back the pieces that requirements had before an import."""
    known = {"id": import_id}
    session.execute(
        text(f"DELETE FROM requirement_piece WHERE requirement_id IN (SELECT change.row_id{_NOTED})"),  # noqa: S608
        known,
    )
    session.execute(
        text(
            "INSERT INTO requirement_piece (requirement_id, length_mm, count)"  # noqa: S608 - as above
            f" SELECT noted.row_id, told.key::int, told.value::int FROM (SELECT change.*{_NOTED}) AS noted"
            " CROSS JOIN LATERAL jsonb_each_text(noted.before -> 'pieces') AS told"
        ),
        known,
    )
