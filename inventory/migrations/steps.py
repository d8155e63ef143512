# SPDX-License-Identifier: EUPL-1.2
"""Run migrations from a program: up, down, and whether tables and migrations agree."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

FOLDER = Path(__file__).parent


def make_config(url: str) -> Config:
    """Make alembic's config for a database.

    Parameters
    ----------
    url : str
        SQLAlchemy URL, such as ``postgresql+psycopg://...``.
    """
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = url
    return config


def upgrade_database(url: str, *, revision: str = "head") -> None:
    """Bring a database up to a revision; on one that is there already nothing happens.

    Raises
    ------
    sqlalchemy.exc.DBAPIError
        Where the database refuses, such as PostGIS not installed on the server. The database is
        then as it was.
    """
    command.upgrade(make_config(url), revision)


def downgrade_database(url: str, *, revision: str = "base") -> None:
    """Take a database down to a revision. All rows of the tables removed are lost."""
    command.downgrade(make_config(url), revision)


def read_revision(connection: Connection) -> str | None:
    """Read the revision a database is at; None where it has never been brought up."""
    return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str:
    """Give the revision of the newest step."""
    head = ScriptDirectory(str(FOLDER)).get_current_head()
    if head is None:
        raise LookupError("the package holds no migration")
    return head
