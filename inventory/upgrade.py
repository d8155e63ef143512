# SPDX-License-Identifier: EUPL-1.2
"""Bring a database up to date: extensions, migrations, then the reference data."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from inventory.actions.seed.seed import seed_reference
from inventory.database import make_engine
from inventory.errors import GenbroError, StateError
from inventory.keeping import keep_current
from inventory.postgres.cluster import EXTENSIONS
from inventory.queries.foreign_tables import list_relations
from inventory.revision import VERSIONS, find_revision, known_revisions
from inventory.tables import Base


class ExtensionRefusedError(GenbroError):
    """The database lacks the extension {extension} and its user may not add it. Have an administrator run:
    CREATE EXTENSION {extension}; in it.
    """


class TablesInTheWayError(StateError):
    """The database has tables that Genbro did not make and would need the names of: {names}. Nothing was
    changed. Give Genbro a database of its own.
    """


def upgrade_database(url: str) -> str:
    """Bring a database up to date, in one transaction, and then its map; again changes nothing.

    Parameters
    ----------
    url
        The database.

    Returns
    -------
    str
        The revision its tables are now of.

    Raises
    ------
    DatabaseUnreachableError
        There is no connection.
    DatabaseAheadError
        A newer Genbro upgraded it.
    ExtensionRefusedError
        An extension is missing and the user may not add it.
    TablesInTheWayError
        Somebody else's tables bear the names of ours.
    """
    find_revision(url)  # refuses what cannot be reached or is a newer Genbro's
    engine = make_engine(url)
    try:
        with engine.begin() as connection:
            # Held until commit: a second upgrade waits, then finds nothing to do.
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('genbro upgrade'))"))
            refuse_tables_in_the_way(connection)
            ensure_extensions(connection)
            config = migration_config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            with Session(connection, join_transaction_mode="create_savepoint") as session:
                seed_reference(session)
                session.commit()
        keep_current(engine)  # what the step and the reference data changed
        return known_revisions()[-1]
    finally:
        engine.dispose()


def refuse_tables_in_the_way(connection: Connection) -> None:
    """Refuse a database never upgraded in which somebody else's tables bear the names of ours."""
    if connection.scalar(text("SELECT to_regclass('alembic_version')")) is not None:
        return
    taken = sorted(set(list_relations(connection)) & set(Base.metadata.tables))
    if taken:
        raise TablesInTheWayError(names=", ".join(taken))


def ensure_extensions(connection: Connection) -> None:
    """Add PostgreSQL's extensions that Genbro needs and the database lacks."""
    there = set(connection.scalars(text("SELECT extname FROM pg_extension")))
    for extension in EXTENSIONS:
        if extension not in there:
            try:
                connection.execute(text(f"CREATE EXTENSION {extension}"))
            except (OperationalError, ProgrammingError) as error:
                raise ExtensionRefusedError(extension=extension) from error


def migration_config() -> Config:
    """Describe the migrations to alembic; they are found in the package, not in a file."""
    config = Config()
    config.set_main_option("script_location", str(VERSIONS.parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
