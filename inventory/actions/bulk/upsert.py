# SPDX-License-Identifier: EUPL-1.2
"""INSERT ... ON CONFLICT from a temporary table, touching only rows that differ."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from inventory.actions.bulk.counts import RowsWritten
from inventory.queries.imports.blockers import fingerprint
from inventory.tables import Base

CURRENT_IMPORT = "nullif(current_setting('genbro.import', true), '')::uuid"
"""The import under way in this transaction, set by `inventory.actions.imports.records.begin_import`."""


def upsert_statement(
    table: str,
    *,
    source: str,
    columns: Mapping[str, str],
    key: str,
    keep: Sequence[str] = (),
    guarded: Mapping[str, str] | None = None,
    where: str = "true",
) -> str:
    """Make the statement that brings a table in line with a temporary table.

    Parameters
    ----------
    table, source
        The table and the temporary table.
    columns
        Column of `table` -> SQL expression over `source`.
    key
        Column whose conflict means "the same thing".
    keep
        Columns set when a row is inserted and left alone afterwards.
    guarded
        Column -> SQL condition under which the value that is there stays.
    where
        Which rows of `source` take part.

    Returns
    -------
    str
        SQL; each row it returns is (key, inserted): rows that were the same already are not returned.
    """
    names = ", ".join(columns)
    values = ", ".join(columns.values())
    moving = [name for name in columns if name != key and name not in keep]
    fresh = {
        name: f"CASE WHEN {guarded[name]} THEN {table}.{name} ELSE excluded.{name} END"
        if guarded and name in guarded
        else f"excluded.{name}"
        for name in moving
    }
    changes = ", ".join(f"{name} = {value}" for name, value in fresh.items())
    # "=" on geometries compares bounding boxes only where points are meant exactly: as bytes
    old = ", ".join(f"{table}.{name}::bytea" if name == "geom" else f"{table}.{name}" for name in moving)
    new = ", ".join(f"{value}::bytea" if name == "geom" else value for name, value in fresh.items())
    action = f"UPDATE SET {changes} WHERE ({old}) IS DISTINCT FROM ({new})" if moving else "NOTHING"
    # S608: names of tables and columns are our own constants, never words of a file
    return (
        f"WITH done AS (INSERT INTO {table} ({names}) SELECT {values} FROM {source} WHERE {where} "  # noqa: S608
        f"ON CONFLICT ({key}) DO {action} RETURNING {returning(table, key=key)}, (xmax = 0) AS inserted), "
        f"noted AS ({note_changes(table, key=key, changed='done')}) SELECT id, inserted FROM done"
    )


def returning(table: str, *, key: str) -> str:
    """Make what a change returns for `note_changes`: the row's id, and its fingerprint as it is left."""
    after = f"CASE WHEN {CURRENT_IMPORT} IS NOT NULL THEN {fingerprint(table, row=table)} END"
    return f"{table}.{key} AS id, {after} AS after"


def note_changes(table: str, *, key: str, changed: str) -> str:
    """Make the statement that notes changed rows for the import under way, with what they were before.

    It belongs beside the change, in one statement: there the table still looks as before. Where no import is
    under way, it notes nothing.

    Parameters
    ----------
    table, key
        The table that is changed, and its key.
    changed
        Name of a WITH query that returns what `returning` says.
    """
    before = _tell_before(table)
    return (
        f"INSERT INTO import_change (import_id, table_name, row_id, before, after) "  # noqa: S608 - as above
        f"SELECT {CURRENT_IMPORT}, '{table}', {changed}.id, "
        f"CASE WHEN old.{key} IS NOT NULL THEN {before} END, {changed}.after "
        f"FROM {changed} LEFT JOIN {table} AS old ON old.{key} = {changed}.id "
        f"WHERE {CURRENT_IMPORT} IS NOT NULL ON CONFLICT (import_id, table_name, row_id)"
        " DO UPDATE SET after = excluded.after"
    )


def _tell_before(table: str) -> str:
    """Write a row as JSON without putting points into GeoJSON, which is slow and not exact.

    A point goes as the database writes it, to the last bit; that of a lot is kept by triggers.
    """
    columns = Base.metadata.tables[table].columns.keys()
    if "geom" not in columns:
        return "to_jsonb(old)"
    kept = [f"old.{name}" for name in columns if name != "geom"]
    if table != "lot":
        kept.append("old.geom::text AS geom")
    return f"(SELECT to_jsonb(told) FROM (SELECT {', '.join(kept)}) AS told)"  # noqa: S608 - our own names


def count_written(results: Iterable[Sequence[Any]], *, total: int) -> RowsWritten:
    """Count rows by what became of them.

    Parameters
    ----------
    results
        Rows (id, inserted) of one or more statements; a thing inserted by the first and updated by
        another counts once, as the first says.
    total
        Rows of the file that were written.
    """
    became: dict[uuid.UUID, bool] = {}
    for result in results:
        became.setdefault(result[0], result[1])
    inserted = sum(became.values())
    return RowsWritten(inserted=inserted, updated=len(became) - inserted, unchanged=total - len(became))
