# SPDX-License-Identifier: EUPL-1.2
"""The address of a database in the private PostGIS."""

from sqlalchemy import URL

from inventory.postgres.paths import PORT, Cluster

ROLE = "genbro"


def cluster_url(cluster: Cluster, database: str) -> str:
    """Write the address of a database over the cluster's socket.

    Returns
    -------
    str
        ``postgresql://``, which libpq's programs and psycopg take as it is.
    """
    return URL.create(
        "postgresql",
        username=ROLE,
        database=database,
        query={"host": str(cluster.sockets), "port": str(PORT)},
    ).render_as_string(hide_password=False)
