# SPDX-License-Identifier: EUPL-1.2
"""Whether the database answers and is as new as the program."""

from sqlalchemy import text
from sqlalchemy.orm import Session


def read_health(session: Session) -> dict[str, str]:
    """Read the versions of schema and PostGIS.

    Raises
    ------
    inventory.queries.reading.DatabaseAwayError
        The database does not answer.
    inventory.queries.reading.SchemaMissingError
        It has no tables of ours.
    """
    schema = session.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    postgis = session.execute(text("SELECT postgis_lib_version()")).scalar_one()
    return {"schema": str(schema), "postgis": str(postgis)}
