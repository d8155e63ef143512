# SPDX-License-Identifier: EUPL-1.2
"""INSERT ... ON CONFLICT from a temporary table, touching only rows that differ."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from inventory.actions.import_counts import RowsWritten


def upsert_statement(
    table: str,
    *,
    source: str,
    columns: Mapping[str, str],
    key: str,
    keep: Sequence[str] = (),
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
    changes = ", ".join(f"{name} = excluded.{name}" for name in moving)
    # "=" on geometries compares bounding boxes only where points are meant exactly: as bytes
    old = ", ".join(f"{table}.{name}::bytea" if name == "geom" else f"{table}.{name}" for name in moving)
    new = ", ".join(f"excluded.{name}::bytea" if name == "geom" else f"excluded.{name}" for name in moving)
    action = f"UPDATE SET {changes} WHERE ({old}) IS DISTINCT FROM ({new})" if moving else "NOTHING"
    # S608: names of tables and columns are our own constants, never words of a file
    return (
        f"INSERT INTO {table} ({names}) SELECT {values} FROM {source} WHERE {where} "  # noqa: S608
        f"ON CONFLICT ({key}) DO {action} RETURNING {table}.{key}, (xmax = 0) AS inserted"
    )


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
