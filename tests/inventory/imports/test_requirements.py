# SPDX-License-Identifier: EUPL-1.2
"""Requirements: defaults, projects with their sites, and rows that must be refused."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from inventory.imports.report import ImportReport
from inventory.imports.requirements.importing import import_requirements
from inventory.tables import Organisation, Project, Requirement, Site

Write = Callable[..., Path]
Row = dict[str, Any]


def run(session: Session, path: Path) -> ImportReport:
    """Import a file and check that its counts add up."""
    report = import_requirements(session, path)
    assert report.rows == report.inserted + report.updated + report.unchanged + report.refused
    return report


def only(session: Session) -> Requirement:
    """The one requirement there is, read afresh."""
    session.expire_all()
    return session.scalars(select(Requirement)).one()


def codes(report: ImportReport) -> list[str]:
    """The codes of a report, in order."""
    return [finding.code for finding in report.findings]


def look(session: Session) -> tuple[object, ...]:
    """When a requirement and a site last changed."""
    return session.scalar(select(func.max(Requirement.updated_at))), session.scalar(
        select(func.max(Site.updated_at))
    )


def test_plain_requirement_takes_the_defaults(session: Session, write_csv: Write, school: Row):
    """A requirement with nothing said takes the defaults; project, site and organisation are made."""
    report = run(session, write_csv([school]))
    assert report.findings == ()
    assert report.figures == {"projects": 1, "steps": 5000}
    wanted = only(session)
    assert (wanted.quantity, wanted.unit, wanted.status) == (5000, "piece", "open")
    assert (wanted.wanted_from, wanted.wanted_to) == (date(2027, 5, 1), date(2027, 9, 1))
    assert (wanted.max_metres, wanted.storage_days, wanted.commit_from, wanted.new_price_ore) == (None,) * 4
    assert (wanted.substitutes_ok, wanted.unknown_screening_ok, wanted.documentation_min) == (
        False,
        False,
        "basic",
    )
    assert (wanted.unknown_ok, wanted.grade_min, wanted.design_option_id) == ([], None, None)
    project, site, organisation = session.execute(
        select(Project, Site, Organisation)
        .join(Site, Site.id == Project.site_id)
        .join(Organisation, Organisation.id == Project.organisation_id)
    ).one()
    assert (project.ref, project.name, project.building_type) == ("SCHOOL", "New school", "school")
    assert (site.kind, site.ref, site.municipality_code, site.land_mass) == (
        "project",
        "SCHOOL",
        "0461",
        "fyn",
    )
    assert (organisation.name, organisation.kind) == ("Odense Kommune", "other")


def test_everything_said(session: Session, write_csv: Write, school: Row):
    """Each column lands in its place, in whole metres, øre per step and codes."""
    row = {
        **school,
        "class": "floorboard_timber",
        "unit": "m²",
        "quantity": "80.5",
        "max_km": "49.9",
        "storage_days": "30",
        "substitutes_ok": "ja",
        "unknown_screening_ok": "x",
        "documentation_min": "ingen",
        "new_price_dkk": "325",
        "commit_from": "01.02.2027",
        "thickness_mm_min": "20",
        "thickness_mm_max": "28",
        "colour_min": "Rød",
        "colour_max": "1",
        "unknown_ok": "grade, length",
    }
    report = run(session, write_csv([row]))
    assert report.refused == 0
    wanted = only(session)
    assert (wanted.quantity, wanted.max_metres, wanted.storage_days) == (805, 49900, 30)
    assert (wanted.substitutes_ok, wanted.unknown_screening_ok, wanted.documentation_min) == (
        True,
        True,
        "none",
    )
    assert (wanted.new_price_ore, wanted.commit_from) == (Decimal(3250), date(2027, 2, 1))
    assert (wanted.thickness_mm_min, wanted.thickness_mm_max, wanted.colour_min, wanted.colour_max) == (
        20,
        28,
        1,
        1,
    )
    assert wanted.unknown_ok == ["grade", "length_mm"]
    assert run(session, write_csv([row])).unchanged == 1


@pytest.mark.parametrize(
    ("changes", "code", "column"),
    [
        ({"ref": ""}, "missing", "ref"),
        ({"project_ref": ""}, "missing", "project_ref"),
        ({"wanted_from": ""}, "missing", "wanted_from"),
        ({"wanted_to": "2027-05-01"}, "window_empty", "wanted_to"),
        ({"commit_from": "2027-09-01"}, "commit_after_end", "commit_from"),
        ({"max_km": "-1"}, "number_out_of_range", "max_km"),
        ({"max_km": "3000"}, "number_out_of_range", "max_km"),
        ({"storage_days": "1e9"}, "number_out_of_range", "storage_days"),
        ({"substitutes_ok": "perhaps"}, "word_unknown", "substitutes_ok"),
        ({"unknown_ok": "length_mm weight"}, "word_unknown", "unknown_ok"),
        ({"grade_min": "4", "grade_max": "3"}, "range_empty", "grade_min"),
        ({"x": "", "y": ""}, "site_without_coordinate", "x"),
        ({"x": "1", "y": "2"}, "place_wrong", "x"),
        ({"quantity": "0"}, "not_positive", "quantity"),
        ({"unit": "kg"}, "unit_wrong", "unit"),
    ],
)
def test_wrong_rows_are_refused(
    session: Session, write_csv: Write, school: Row, *, changes: Row, code: str, column: str
):
    """A wrong cell refuses its row; the good row is taken, and no project is made for the bad one."""
    good = {**school, "ref": "GOOD", "project_ref": "OTHER"}
    report = run(session, write_csv([good, {**school, **changes}]))
    errors = [finding for finding in report.findings if finding.severity == "error"]
    assert (code, column, 3) in [(finding.code, finding.column, finding.row) for finding in errors]
    assert (report.inserted, report.refused) == (1, 1)
    assert session.scalars(select(Project.ref)).all() == ["OTHER"]
    assert only(session).ref == "GOOD"


def test_twice_changes_nothing(session: Session, write_csv: Write, school: Row):
    """The same file again changes nothing; a changed project name leaves its requirements unchanged."""
    rows = [school, {**school, "ref": "R2"}]
    run(session, write_csv(rows))
    before = look(session)
    assert run(session, write_csv(rows)).unchanged == 2
    assert look(session) == before
    report = run(session, write_csv([{**row, "project_name": "Newer school"} for row in rows]))
    assert report.unchanged == 2
    assert session.scalars(select(Project.name)).all() == ["Newer school"]


def test_rows_share_a_project(session: Session, write_csv: Write, school: Row):
    """One row with name and coordinate is enough, also for a later file; rows that differ are told."""
    bare = {
        **school,
        "x": "",
        "y": "",
        "project_name": "",
        "building_type": "",
        "organisation": "",
        "municipality": "",
    }
    rows = [{**bare, "ref": "R0"}, school, {**school, "ref": "R2", "building_type": "gym"}]
    report = run(session, write_csv(rows))
    assert codes(report) == ["site_disagrees"]
    assert (report.findings[0].row, report.findings[0].column) == (4, "building_type")
    assert run(session, write_csv([{**bare, "ref": "R9"}])).inserted == 1
    session.expire_all()
    project = session.scalars(select(Project)).one()
    assert (project.name, project.building_type) == ("New school", "school")
    assert project.organisation_id is not None


def test_same_reference_in_two_projects(session: Session, write_csv: Write, school: Row):
    """A reference is one per project: another project may use it, the same may not."""
    report = run(session, write_csv([school, {**school, "project_ref": "GYM"}, school]))
    assert codes(report) == ["duplicate_row"]
    assert report.inserted == 2


def test_withdrawn_requirement_stays_withdrawn(session: Session, write_csv: Write, school: Row):
    """What the project took back is not wanted again because of an old file."""
    run(session, write_csv([school]))
    session.execute(update(Requirement).values(status="withdrawn"))
    run(session, write_csv([{**school, "quantity": "1"}]))
    assert only(session).status == "withdrawn"
