# SPDX-License-Identifier: EUPL-1.2
"""The demo files are imported without a refusal, twice without a change, whole or not at all."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inventory.imports.buildings.importing import import_buildings
from inventory.imports.hubs import import_hubs
from inventory.imports.lots.importing import import_lots
from inventory.imports.refusal import FileRefusedError
from inventory.imports.requirements.importing import import_requirements
from inventory.tables import Lot, Requirement, Site

DEMO = Path(__file__).parents[3] / "data" / "demo"
TODAY = date(2026, 11, 24)


def test_demo_files_are_taken_whole(session: Session):
    """Every row of the demo is taken; a second time each row is unchanged."""
    told: list[tuple[str, int, int]] = []

    def tell(step: str, done: int, total: int) -> None:
        told.append((step, done, total))

    for again in (False, True):
        reports = [
            import_buildings(session, DEMO / "buildings.csv", today=TODAY, progress=tell),
            import_hubs(session, DEMO / "hubs.csv", progress=tell),
            import_lots(session, DEMO / "lots.csv", progress=tell),
            import_requirements(session, DEMO / "requirements.csv", progress=tell),
        ]
        assert [report.refused for report in reports] == [0, 0, 0, 0]
        for report in reports:
            assert (report.unchanged if again else report.inserted) == report.rows
    assert {step for step, _, _ in told} == {"read", "check", "write"}
    assert all(done <= total for _, done, total in told)


def test_database_without_reference_data_is_named(session: Session):
    """A database that was never seeded refuses the file and says what to run."""
    for table in ("lot", "requirement", "substitute", "factor", "class_attribute", "material_class"):
        session.connection().exec_driver_sql(f"TRUNCATE {table} CASCADE")
    with pytest.raises(FileRefusedError) as refusal:
        import_lots(session, DEMO / "lots.csv")
    assert refusal.value.details["code"] == "not_seeded"
    assert "genbro db upgrade" in str(refusal.value)


def test_fault_in_the_middle_leaves_nothing(session: Session):
    """All of a file is one transaction: a fault after the sites are written takes them back, too."""
    before = session.scalar(select(func.count()).select_from(Site))

    class PulledError(Exception):
        """The plug."""

    def pull(step: str, done: int, total: int) -> None:
        if step == "write":
            raise PulledError

    with pytest.raises(PulledError), session.begin_nested():
        import_requirements(session, DEMO / "requirements.csv", progress=pull)
    for table in (Lot, Requirement):
        assert session.scalar(select(func.count()).select_from(table)) == 0
    assert session.scalar(select(func.count()).select_from(Site)) == before
