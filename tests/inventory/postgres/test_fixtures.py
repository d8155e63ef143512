# SPDX-License-Identifier: EUPL-1.2
"""The databases that tests get."""

from sqlalchemy import text
from sqlalchemy.orm import Session


def test_a_session_sees_tables_and_reference_data(session: Session) -> None:
    """A test's database has been migrated and holds the material classes."""
    assert session.scalar(text("SELECT count(*) FROM material_class")) > 40
