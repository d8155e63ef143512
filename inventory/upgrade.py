# SPDX-License-Identifier: EUPL-1.2
"""Bring a database up to date: extensions, migrations, then the reference data."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from inventory.actions.seed import seed_reference
from inventory.database import make_engine
from inventory.errors import GenbroError, StateError
from inventory.postgres.cluster import EXTENSIONS

MIGRATIONS = Path(__file__).with_name("migrations")


class DatabaseUnreachableError(GenbroError):
    """The database {database} cannot be reached: {why}"""


class ExtensionRefusedError(GenbroError):
    """The database lacks the extension {extension} and its user may not add it. Have an administrator run:
    CREATE EXTENSION {extension}; in it.
    """


class DatabaseBehindError(StateError):
    """The database's tables are those of revision {found}, this Genbro's are those of {wanted}. Run:
    genbro db upgrade --database {database}.
    """


def upgrade_database(url: str) -> str:
    """Bring a database up to date, in one transaction; again changes nothing.

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
    ExtensionRefusedError
        An extension is missing and the user may not add it.
    """
    engine = make_engine(url)
    try:
        ensure_extensions(engine, url=url)
        with engine.begin() as connection:
            # Held until commit: a second upgrade waits, then finds nothing to do.
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('genbro upgrade'))"))
            config = migration_config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            with Session(connection, join_transaction_mode="create_savepoint") as session:
                seed_reference(session)
                session.commit()
        return wanted_revision()
    finally:
        engine.dispose()


def ensure_extensions(engine: Engine, *, url: str) -> None:
    """Add PostgreSQL's extensions that Genbro needs and the database lacks."""
    try:
        with engine.begin() as connection:
            there = set(connection.scalars(text("SELECT extname FROM pg_extension")))
    except OperationalError as error:
        raise unreachable(url, error) from error
    for extension in EXTENSIONS:
        if extension in there:
            continue
        try:
            with engine.begin() as connection:
                connection.execute(text(f"CREATE EXTENSION IF NOT EXISTS {extension}"))
        except (OperationalError, ProgrammingError) as error:
            raise ExtensionRefusedError(extension=extension) from error


def require_upgraded(url: str) -> None:
    """Refuse a database whose tables are not those of this Genbro.

    Raises
    ------
    DatabaseUnreachableError
        There is no connection.
    DatabaseBehindError
        It was never upgraded, or by another Genbro.
    """
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
    except OperationalError as error:
        raise unreachable(url, error) from error
    finally:
        engine.dispose()
    if found != wanted_revision():
        raise DatabaseBehindError(found=found or "none", wanted=wanted_revision(), database="own")


def migration_config() -> Config:
    """Describe the migrations to alembic; they are found in the package, not in a file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def wanted_revision() -> str:
    """Say which revision this Genbro's tables are of."""
    head = ScriptDirectory.from_config(migration_config()).get_current_head()
    assert head is not None
    return head


def unreachable(url: str, error: OperationalError) -> DatabaseUnreachableError:
    """Say that a database cannot be reached, without its password."""
    why = str(error.orig).strip().splitlines()[0]
    return DatabaseUnreachableError(database=make_url(url).render_as_string(hide_password=True), why=why)
