# SPDX-License-Identifier: EUPL-1.2
"""A database that is ready to work with: reachable, and with the tables of this Genbro."""

from inventory.database import Purpose, database_url
from inventory.errors import StateError
from inventory.revision import find_revision, known_revisions
from inventory.settings import Settings


class DatabaseBehindError(StateError):
    """The database has the tables of revision {found}, and this Genbro needs those of {wanted}.
    Run: genbro db upgrade
    """


class DatabaseEmptyError(DatabaseBehindError):
    """The database has no tables of Genbro yet; this Genbro needs those of revision {wanted}.
    Run: genbro db upgrade
    """


def ready_database_url(settings: Settings, *, purpose: Purpose = "own") -> str:
    """Find the database in use and see that its tables are this Genbro's.

    A private database is made, started and upgraded on need; one that was given is only looked at.

    Raises
    ------
    DatabaseUnreachableError
        There is no connection.
    DatabaseEmptyError
        The given database was never upgraded.
    DatabaseBehindError
        It was upgraded by an older Genbro.
    DatabaseAheadError
        A newer Genbro upgraded it.
    DatabaseUrlError, ClusterError
        As `inventory.database.database_url`.
    """
    url = database_url(settings, purpose=purpose)
    found = find_revision(url)
    wanted = known_revisions()[-1]
    if found != wanted:
        if settings.database_url is not None:
            behind = DatabaseEmptyError if found is None else DatabaseBehindError
            raise behind(found=found, wanted=wanted)
        # Alembic and the seeds take a second to load, and are needed once per new Genbro.
        from inventory.upgrade import upgrade_database  # noqa: PLC0415

        upgrade_database(url)
    return url
