# SPDX-License-Identifier: EUPL-1.2
"""A whole country in PostGIS, kept as the server keeps it: what search, map and pages are measured on.

``python -m benchmarks.full_database [--lots N] [--requirements N]`` makes one, prints its address and
removes it when it is stopped (Ctrl-C).
"""

import argparse
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from benchmarks.fill_country import fill_country
from inventory.actions.map.marks import rebuild_map
from inventory.database import make_engine, normalise_url, session_factory
from inventory.postgres.cluster import ensure_database
from inventory.postgres.throwaway import open_throwaway_cluster
from inventory.upgrade import upgrade_database


@contextmanager
def open_full_database(*, lots: int, requirements: int) -> Iterator[str]:
    """Make a throw-away PostGIS with a made-up country, its map and its search rows; remove it at the end.

    Parameters
    ----------
    lots, requirements
        Of the country, ten to a site; multiples of ten.

    Yields
    ------
    str
        Address for SQLAlchemy of a database that is vacuumed and analysed.
    """
    with open_throwaway_cluster() as cluster:
        url = normalise_url(ensure_database(cluster, name="country"))
        upgrade_database(url)
        engine = make_engine(url)
        try:
            fill_whole(engine, lots=lots, requirements=requirements)
        finally:
            engine.dispose()
        yield url


def fill_whole(engine: Engine, *, lots: int, requirements: int) -> None:
    """Fill an upgraded database with a country, then make its map and search rows as the server would."""
    with engine.begin() as connection:
        # Triggers keep what changes; here all is made at once, and kept at once below.
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        fill_country(connection, lots=lots, requirements=requirements)
    with session_factory(engine).begin() as session:
        rebuild_map(session)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")


def main() -> None:
    """Make a country and hold it until stopped."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--lots", type=int, default=1_000_000)
    parser.add_argument("--requirements", type=int, default=100_000)
    choices = parser.parse_args()
    with open_full_database(lots=choices.lots, requirements=choices.requirements) as url:
        print(url, flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print("removed")


if __name__ == "__main__":
    main()
