# SPDX-License-Identifier: EUPL-1.2
"""Engines, sessions and the address of the database in use."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session, sessionmaker

from inventory.errors import BadInputError
from inventory.postgres.cluster import ensure_database, start_cluster
from inventory.postgres.paths import find_cluster
from inventory.settings import Settings

Purpose = Literal["own", "demo"]
DATABASE_NAMES: dict[Purpose, str] = {"own": "genbro", "demo": "genbro_demo"}


class DatabaseUrlError(BadInputError):
    """GENBRO_DATABASE_URL is not the address of a PostgreSQL database: {why}. Write it as
    postgresql://user:password@host:5432/name.
    """


def make_engine(url: str) -> Engine:
    """Make an engine over psycopg 3; the caller disposes it.

    Parameters
    ----------
    url
        ``postgresql://`` or ``postgresql+psycopg://``.

    Raises
    ------
    DatabaseUrlError
        The address cannot be read or is not PostgreSQL's.
    """
    return create_engine(normalise_url(url), pool_pre_ping=True, connect_args={"application_name": "genbro"})


def session_factory(engine: Engine) -> sessionmaker[Session]:
    """Make the factory of sessions on an engine; objects stay readable after commit."""
    return sessionmaker(engine, expire_on_commit=False)


@contextmanager
def open_session(url: str) -> Iterator[Session]:
    """Open one session on a database: commit at the end, roll back on an error, leave no connection."""
    engine = make_engine(url)
    try:
        with session_factory(engine).begin() as session:
            yield session
    finally:
        engine.dispose()


def database_url(settings: Settings, *, purpose: Purpose = "own") -> str:
    """Find the address of the database in use, starting the private PostGIS if that is the one.

    Parameters
    ----------
    settings
        A given `database_url` wins whatever the purpose.
    purpose
        Which database of the private PostGIS: the user's own or the demo's.

    Raises
    ------
    DatabaseUrlError
        The given address cannot be read or is not PostgreSQL's.
    ClusterError
        The private PostGIS cannot be made or started.
    """
    if settings.database_url is not None:
        return normalise_url(settings.database_url)
    cluster = find_cluster(settings)
    start_cluster(cluster)
    return normalise_url(ensure_database(cluster, name=DATABASE_NAMES[purpose]))


def normalise_url(url: str) -> str:
    """Write a PostgreSQL address with the driver in it, as psycopg 3 and SQLAlchemy want it.

    Raises
    ------
    DatabaseUrlError
        The address cannot be read or is not PostgreSQL's.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise DatabaseUrlError(why="it cannot be read") from error
    if parsed.drivername not in {"postgres", "postgresql", "postgresql+psycopg"}:
        raise DatabaseUrlError(why=f"it begins with {parsed.drivername}")
    if not parsed.database:
        raise DatabaseUrlError(why="it names no database")
    written = parsed.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    # SQLAlchemy writes a space in the query as a plus; psycopg and libpq want it as %20.
    address, mark, query = written.partition("?")
    return address + mark + query.replace("+", "%20")
