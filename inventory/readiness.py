# SPDX-License-Identifier: EUPL-1.2
"""A database that is ready to work with: reachable, and with the tables of this Genbro."""

from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from inventory.database import Purpose, database_url, open_session
from inventory.errors import GenbroError, StateError
from inventory.queries.revision import read_revision
from inventory.settings import Settings

VERSIONS = Path(__file__).with_name("migrations") / "versions"


class DatabaseUnreachableError(GenbroError):
    """The database {database} cannot be reached: {why}"""


class DatabaseBehindError(StateError):
    """The database has the tables of revision {found}, and this Genbro needs those of {wanted}.
    Run: genbro db upgrade
    """


class DatabaseAheadError(StateError):
    """The database has the tables of revision {found}, which this Genbro does not know. Use the newer Genbro
    that made them, or another database.
    """


def ready_database_url(settings: Settings, *, purpose: Purpose = "own") -> str:
    """Find the database in use and see that its tables are this Genbro's.

    A private database is made, started and upgraded on need; one that was given is only looked at.

    Raises
    ------
    DatabaseUnreachableError
        There is no connection.
    DatabaseBehindError
        The given database was never upgraded, or by an older Genbro.
    DatabaseAheadError
        A newer Genbro upgraded it.
    DatabaseUrlError, ClusterError
        As `inventory.database.database_url`.
    """
    url = database_url(settings, purpose=purpose)
    found = find_revision(url)
    known = known_revisions()
    if found == known[-1]:
        return url
    if found is not None and found not in known:
        raise DatabaseAheadError(found=found)
    if settings.database_url is not None:
        raise DatabaseBehindError(found=found or "none", wanted=known[-1])
    # Alembic and the seeds take a second to load, and are needed once per new Genbro.
    from inventory.upgrade import upgrade_database  # noqa: PLC0415

    upgrade_database(url)
    return url


def find_revision(url: str) -> str | None:
    """Read the revision of a database.

    Raises
    ------
    DatabaseUnreachableError
        There is no connection.
    """
    try:
        with open_session(url) as session:
            return read_revision(session)
    except OperationalError as error:
        why = str(error.orig).strip().splitlines()[0]
        shown = make_url(url).render_as_string(hide_password=True)
        raise DatabaseUnreachableError(database=shown, why=why) from error


def known_revisions() -> list[str]:
    """List the revisions of this Genbro, oldest first, from the numbers their files begin with."""
    return sorted(path.name.partition("_")[0] for path in VERSIONS.glob("[0-9]*.py"))
