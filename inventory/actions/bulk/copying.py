# SPDX-License-Identifier: EUPL-1.2
"""Rows into a table by COPY, the quickest way into PostgreSQL."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from psycopg import sql
from sqlalchemy import text
from sqlalchemy.orm import Session

from inventory.actions.bulk.counts import Progress, ignore_progress

_TELL_EVERY = 10_000
_BINARY = {
    "bigint": "int8",
    "boolean": "bool",
    "date": "date",
    "double precision": "float8",
    "integer": "int4",
    "numeric": "numeric",
    "text": "text",
    "text[]": "text[]",
    "uuid": "uuid",
}
"""What psycopg calls the types that it can write as PostgreSQL keeps them, so that nobody spells them out."""


def copy_rows(
    session: Session,
    *,
    table: str,
    types: Mapping[str, str],
    rows: Iterable[Sequence[object]],
    total: int,
    progress: Progress = ignore_progress,
) -> None:
    """Make a temporary table and fill it.

    Parameters
    ----------
    session
        Its transaction owns the table; it is dropped when the transaction ends.
    table
        Name of the temporary table; one of that name is replaced.
    types
        Column -> PostgreSQL type, in the order of the rows' values.
    rows
        One sequence of values per row.
    total
        Number of rows, for the progress.
    progress
        Told ``("write", done, total)`` now and then.
    """
    definition = ", ".join(f'"{column}" {kind}' for column, kind in types.items())
    session.execute(text(f'DROP TABLE IF EXISTS pg_temp."{table}"'))
    session.execute(text(f'CREATE TEMPORARY TABLE "{table}" ({definition}) ON COMMIT DROP'))
    copy_into(
        session,
        table=table,
        columns=tuple(types),
        rows=_tell(rows, total=total, progress=progress),
        types=tuple(types.values()),
    )
    session.execute(text(f'ANALYZE "{table}"'))
    progress("write", total, total)


def copy_into(
    session: Session,
    *,
    table: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    types: Sequence[str] = (),
) -> None:
    """Add rows to a table that is there.

    Parameters
    ----------
    session
        The rows are part of its transaction.
    table
        Name of the table.
    columns
        Names of the columns, in the order of the rows' values; the others take their defaults.
    rows
        One sequence of values per row.
    types
        PostgreSQL types of the columns. Where each has a binary form the rows go in it, which takes some
        60 % of the time; the values must then be of their column's own type, not text of it.
    """
    connection = session.connection().connection.driver_connection
    if connection is None:
        raise RuntimeError("the session has no connection to copy into")
    forms = [_BINARY[kind] for kind in types if kind in _BINARY]
    binary = len(forms) == len(columns)
    statement = sql.SQL("COPY {} ({}) FROM STDIN {}").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL("(FORMAT BINARY)" if binary else ""),
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        if binary:
            copy.set_types(forms)
        for row in rows:
            copy.write_row(row)


def _tell(rows: Iterable[Sequence[object]], *, total: int, progress: Progress) -> Iterator[Sequence[object]]:
    for done, row in enumerate(rows, start=1):
        yield row
        if done % _TELL_EVERY == 0:
            progress("write", done, total)
