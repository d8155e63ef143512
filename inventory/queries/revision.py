# SPDX-License-Identifier: EUPL-1.2
"""Which revision a database's tables are of."""

from sqlalchemy import text
from sqlalchemy.orm import Session


def read_revision(session: Session) -> str | None:
    """Read the revision that alembic noted; None where the database was never upgraded."""
    if session.scalar(text("SELECT to_regclass('alembic_version')")) is None:
        return None
    revision: str | None = session.scalar(text("SELECT version_num FROM alembic_version"))
    return revision
