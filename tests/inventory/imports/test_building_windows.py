# SPDX-License-Identifier: EUPL-1.2
"""Demolition windows and firmness of imported buildings: from the file, from the register, or assumed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from inventory.actions.estimate import assume_windows
from inventory.imports.buildings.importing import import_buildings
from inventory.imports.report import ImportReport
from inventory.tables import Building, Firmness, Site

TODAY = date(2026, 11, 24)
Write = Callable[..., Path]
Row = dict[str, Any]


def run(session: Session, path: Path) -> ImportReport:
    """Import a file and check that its counts add up."""
    report = import_buildings(session, path, today=TODAY)
    assert report.rows == report.inserted + report.updated + report.unchanged + report.refused
    return report


def codes(report: ImportReport) -> set[str]:
    """The codes of a report."""
    return {finding.code for finding in report.findings}


def only(session: Session) -> tuple[Site, Building]:
    """The one building there is, read afresh."""
    session.expire_all()
    site, building = session.execute(select(Site, Building).join(Building, Building.site_id == Site.id)).one()
    return site, building


@pytest.mark.parametrize("case", ["3", "31", "32"])
def test_case_of_demolition_gives_firmness_without_window(
    session: Session, write_csv: Write, house: Row, case: str
):
    """The register's demolition case makes a standing building permit_applied and invents no window."""
    run(session, write_csv([{**house, "forretningsproces": case}]))
    site, _ = only(session)
    assert (site.firmness, site.available_from) == (Firmness.PERMIT_APPLIED, None)
    assert site.firmness_source == f"BBR forretningsproces {case}"
    report = run(session, write_csv([house]))
    assert report.updated == 1
    assert only(session)[0].firmness is None


def test_case_of_a_building_that_is_gone_gives_nothing(session: Session, write_csv: Write, house: Row):
    """A closed building with a demolition case is not due for demolition: it is gone."""
    run(session, write_csv([{**house, "forretningsproces": "3", "status": "10"}]))
    site, building = only(session)
    assert (site.firmness, building.standing) == (None, False)


def window(start: str, end: str, firmness: str) -> Row:
    """Our own columns of a row."""
    return {"genbro_available_from": start, "genbro_available_to": end, "genbro_firmness": firmness}


def test_window_from_a_file(session: Session, write_csv: Write, house: Row):
    """A window stays through files without window columns and goes when a file leaves it empty."""
    run(session, write_csv([{**house, **window("01-03-2027", "2027-06-01", "tilladelse givet")}]))
    site, _ = only(session)
    assert (site.available_from, site.available_to) == (date(2027, 3, 1), date(2027, 6, 1))
    assert (site.firmness, site.firmness_source) == (Firmness.PERMIT_GIVEN, "file")
    assert run(session, write_csv([house])).unchanged == 1
    assert only(session)[0].available_from == date(2027, 3, 1)
    assert run(session, write_csv([{**house, **window("", "", "")}])).updated == 1
    site, _ = only(session)
    assert (site.available_from, site.firmness, site.firmness_source) == (None, None, None)


def test_window_from_elsewhere_is_left_alone(session: Session, write_csv: Write, house: Row):
    """A window that a planner or a permit gave is not taken back by the register's extract."""
    run(session, write_csv([house]))
    session.execute(
        update(Site).values(
            available_from=date(2027, 1, 1),
            available_to=date(2028, 1, 1),
            firmness="possible",
            firmness_source="planner",
        )
    )
    for row in (house, {**house, **window("", "", "")}, {**house, "forretningsproces": "3"}):
        run(session, write_csv([row]))
        site, _ = only(session)
        assert (site.available_from, site.firmness_source) == (date(2027, 1, 1), "planner")
    run(session, write_csv([{**house, **window("2027-02-01", "2027-03-01", "started")}]))
    site, _ = only(session)
    assert (site.available_from, site.firmness) == (date(2027, 2, 1), Firmness.STARTED)


YEAR = (date(2028, 1, 1), date(2029, 1, 1))


def assume(session: Session) -> None:
    """Assume the year 2028 for every building without a window."""
    assume_windows(session, available_from=YEAR[0], available_to=YEAR[1], firmness=Firmness.POSSIBLE)


@pytest.mark.parametrize(
    ("changes", "firmness", "source"),
    [
        ({}, "possible", "assumed"),
        (window("", "", "started"), "started", "file; window assumed"),
        ({"forretningsproces": "31"}, "permit_applied", "BBR forretningsproces 31; window assumed"),
    ],
)
def test_an_assumed_window_stays_marked(
    session: Session, write_csv: Write, house: Row, *, changes: Row, firmness: str, source: str
):
    """The same file after an assumption changes nothing: the window is still told to be assumed."""
    run(session, write_csv([{**house, **changes}]))
    assume(session)
    for _ in range(2):
        report = run(session, write_csv([{**house, **changes}]))
        assert (report.unchanged, report.updated) == (1, 0)
        site, _ = only(session)
        assert (site.available_from, site.available_to) == YEAR
        assert (site.firmness, site.firmness_source) == (firmness, source)


@pytest.mark.parametrize(
    ("before", "after", "firmness", "source"),
    [
        ({"forretningsproces": "31"}, {}, "possible", "assumed"),
        ({}, {"forretningsproces": "31"}, "permit_applied", "BBR forretningsproces 31; window assumed"),
        (window("", "", "started"), window("", "", ""), "possible", "assumed"),
        (window("", "", "started"), {}, "started", "file; window assumed"),
        (window("", "", "started"), window("", "", "gone"), "gone", "file; window assumed"),
    ],
)
def test_firmness_beside_an_assumed_window_follows_who_said_it(
    session: Session, write_csv: Write, house: Row, *, before: Row, after: Row, firmness: str, source: str
):
    """A case that was closed or a word taken back leaves an assumption, and a new one is taken up."""
    run(session, write_csv([{**house, **before}]))
    assume(session)
    run(session, write_csv([{**house, **after}]))
    site, _ = only(session)
    assert (site.available_from, site.firmness, site.firmness_source) == (YEAR[0], firmness, source)


@pytest.mark.parametrize(
    ("own", "changes", "code"),
    [
        (window("2027-03-01", "", "possible"), {}, "building_window"),
        (window("2027-03-01", "2027-03-01", "possible"), {}, "building_window"),
        (window("2027-03-01", "snart", "possible"), {}, "own_cell_unreadable"),
        (window("2027-03-01", "2027-06-01", "possible"), {"status": "9"}, "window_not_standing"),
        (window("2027-03-01", "2027-06-01", ""), {}, "firmness_assumed"),
        (window("2027-03-01", "2027-06-01", "sikkert"), {}, "own_cell_unreadable"),
    ],
)
def test_windows_that_cannot_be_used(
    session: Session, write_csv: Write, house: Row, *, own: Row, changes: Row, code: str
):
    """A half, empty or unreadable window is told and left out; the building itself is taken."""
    report = run(session, write_csv([{**house, **own, **changes}]))
    assert code in codes(report)
    assert report.inserted == 1
    site, _ = only(session)
    kept = code == "firmness_assumed" or own["genbro_firmness"] == "sikkert"
    assert (site.available_from is not None) == kept
    assert site.firmness == (Firmness.POSSIBLE if kept or "status" not in changes else None)
