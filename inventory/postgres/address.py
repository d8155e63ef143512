# SPDX-License-Identifier: EUPL-1.2
"""The address of a database in the private PostGIS."""

from urllib.parse import quote

from inventory.postgres.paths import PORT, Cluster

ROLE = "genbro"


def cluster_url(cluster: Cluster, database: str) -> str:
    """Write the address of a database over the cluster's socket.

    Returns
    -------
    str
        ``postgresql://``, which libpq's programs, psycopg and SQLAlchemy take as it is.
    """
    host = quote(str(cluster.sockets), safe="")
    return f"postgresql://{ROLE}@/{quote(database, safe='')}?host={host}&port={PORT}"
