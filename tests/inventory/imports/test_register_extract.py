# SPDX-License-Identifier: EUPL-1.2
"""The known truths of the register's extract of 2020, exact."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inventory.imports.buildings.importing import import_buildings
from inventory.imports.report import ImportReport
from inventory.tables import Building, Event, Site

TODAY = date(2026, 11, 24)


@pytest.fixture
def extract(real_data: Path) -> Path:
    """The extract of 1,787 real buildings."""
    return real_data / "02_bbr" / "bbr_bygning_2020.csv"


def count_rows(report: ImportReport, code: str) -> int:
    """Count the rows that a report has a code for."""
    return len({finding.row for finding in report.findings if finding.code == code})


def test_truths_of_all_buildings(session: Session, extract: Path):
    """Rows, life cycle, years, areas, coordinates, walls and roofs are those counted by hand."""
    report = import_buildings(session, extract, today=TODAY)
    assert (report.rows, report.inserted, report.refused, report.blank) == (1787, 1787, 0, 0)
    status = Counter(session.scalars(select(Building.status_code)))
    assert status == {6: 1507, 9: 138, 10: 88, 2: 29, 11: 15, 3: 9, 14: 1}
    assert count_rows(report, "year_unknown") == 387
    assert count_rows(report, "area_negative") == 9
    assert count_rows(report, "no_coordinate") == 203
    assert count_rows(report, "wall_unknown") == 325
    assert count_rows(report, "not_standing") == 280
    in_database = session.execute(
        select(
            func.count().filter(Building.year_built.is_(None)),
            func.count().filter(Building.wall_code.is_(None)),
            func.count().filter(Building.roof_code == 3),
            func.count().filter(Site.geom.is_(None)),
            func.count().filter(Building.standing),
        ).join(Site, Site.id == Building.site_id)
    ).one()
    assert tuple(in_database) == (387, 325, 516, 203, 1507)
    assert report.figures["roof_may_hold_asbestos"] == 516


def test_truths_of_standing_buildings(session: Session, extract: Path):
    """Among the standing: unknown years, walls, asbestos roofs, areas not registered, outbuildings."""
    report = import_buildings(session, extract, today=TODAY)
    standing = session.execute(
        select(
            func.count(),
            func.count().filter(Building.year_built.is_(None)),
            func.count().filter(Building.wall_code.is_(None)),
            func.count().filter(Building.roof_code == 3),
            func.count().filter(Building.total_area_m2.is_(None)),
            func.count().filter(Building.total_area_m2 == 0),
            func.count().filter(Building.outbuilding),
        ).where(Building.standing)
    ).one()
    assert tuple(standing) == (1507, 181, 144, 495, 741, 0, 745)
    assert report.figures["standing_due_for_demolition"] == 0
    assert session.scalar(select(func.count()).where(Site.firmness.is_not(None))) == 0
    assert session.scalar(select(func.count()).where(Site.available_from.is_not(None))) == 0


def test_places_of_the_extract(session: Session, extract: Path):
    """Every building with a point has land, road and municipality; the register's code is kept."""
    import_buildings(session, extract, today=TODAY)
    placed = session.execute(
        select(func.count(), func.count(Site.land_mass), func.count(Site.road_node)).where(
            Site.geom.is_not(None)
        )
    ).one()
    assert tuple(placed) == (1584, 1584, 1584)
    lands = set(session.scalars(select(Site.land_mass).where(Site.geom.is_not(None)).distinct()))
    assert {"sjaelland", "fyn"} <= lands
    assert session.scalar(select(func.count()).where(Site.municipality_code == "0253")) == 700


def test_twice_changes_nothing(session: Session, extract: Path):
    """The second import inserts and updates nothing, and leaves no line in the log."""
    first = import_buildings(session, extract, today=TODAY)
    moments = (
        select(func.max(Site.updated_at), func.count(), func.max(Event.id))
        .select_from(Site)
        .join(Event, Event.kind == "buildings_imported")
    )
    before = session.execute(moments).one()
    second = import_buildings(session, extract, today=TODAY)
    assert (second.inserted, second.updated, second.unchanged) == (0, 0, 1787)
    assert session.execute(moments).one() == before
    assert second.findings == first.findings


def test_nothing_odd_is_dropped(session: Session, extract: Path):
    """Each warning of the report stands among the oddities of its building, and no other does."""
    report = import_buildings(session, extract, today=TODAY)
    reported = Counter(
        code for _, code in {(finding.row, finding.code) for finding in report.findings if finding.row}
    )
    stored = Counter(code for codes in session.scalars(select(Building.oddities)) for code in codes)
    assert stored == reported
