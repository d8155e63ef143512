# SPDX-License-Identifier: EUPL-1.2
"""What others keep in a database that Genbro has no tables in yet."""

from sqlalchemy import Connection, text

_RELATIONS = text(
    """
    SELECT c.relname FROM pg_class c
     WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
     ORDER BY c.relname
    """
)


def list_relations(connection: Connection) -> list[str]:
    """List the tables and views of the schema in use, those of extensions left out."""
    return list(connection.scalars(_RELATIONS))
