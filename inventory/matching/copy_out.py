# SPDX-License-Identifier: EUPL-1.2
"""Rows out of PostgreSQL as columns: COPY into Arrow, never a Python object per row."""

from io import BytesIO

import pyarrow as pa
from psycopg import sql
from pyarrow import csv
from sqlalchemy import Connection, Select


def copy_columns(
    connection: Connection, statement: Select[tuple[object, ...]], *, types: dict[str, pa.DataType]
) -> pa.Table:
    """Read a select as an Arrow table, inside the connection's transaction.

    Parameters
    ----------
    connection
        A connection over psycopg 3.
    statement
        A select without bound parameters from outside the code: COPY takes none, so values are written into
        the text by SQLAlchemy's own literal rendering.
    types
        Arrow type of each column, in the select's order and under its labels.

    Returns
    -------
    pyarrow.Table
        One column per label; an SQL NULL is a null.
    """
    query = str(statement.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True}))
    # The dialect doubles a per cent sign for drivers that take parameters; COPY takes none.
    query = query.replace("%%", "%")
    driver = connection.connection.driver_connection
    assert driver is not None
    buffer = BytesIO()
    with (
        driver.cursor() as cursor,
        cursor.copy(sql.SQL("COPY ({}) TO STDOUT (FORMAT CSV, HEADER)").format(sql.SQL(query))) as copy,
    ):
        for block in copy:
            buffer.write(block)
    buffer.seek(0)
    return csv.read_csv(
        buffer,
        convert_options=csv.ConvertOptions(
            column_types=types,
            include_columns=list(types),
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            true_values=["t"],
            false_values=["f"],
        ),
    )
