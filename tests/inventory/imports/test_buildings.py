# SPDX-License-Identifier: EUPL-1.2
"""Buildings of the register: oddities, windows, places, and what a second file may change."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from inventory.actions.estimate import assume_windows
from inventory.imports.buildings import import_buildings
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


def test_plain_building(session: Session, write_csv: Write, house: Row):
    """A building with nothing odd is taken whole, and nothing is said of it."""
    report = run(session, write_csv([house]))
    assert report.findings == ()
    site, building = only(session)
    assert (building.year_built, building.year_rebuilt, building.floors) == (1938, None, 1)
    assert (building.total_area_m2, building.business_area_m2) == (Decimal(146), Decimal(0))
    assert (building.standing, building.outbuilding, building.oddities) == (True, False, [])
    assert (site.kind, site.ref, site.name) == (
        "donor",
        house["id_lokalId"],
        "Eksempelvej 1, 5000 Odense C · 1",
    )
    assert (site.municipality_code, site.land_mass, site.town) == ("0461", "fyn", "Odense C")
    assert site.road_node is not None
    assert session.scalar(select(func.ST_X(Site.geom))) == 588000
    assert session.scalar(select(func.ST_SRID(Site.geom))) == 25832


@pytest.mark.parametrize(
    ("column", "value", "code", "attribute", "stored"),
    [
        ("byg026Opførelsesår", "1000", "year_unknown", "year_built", None),
        ("byg026Opførelsesår", "", "year_unknown", "year_built", None),
        ("byg026Opførelsesår", "2027", "year_in_future", "year_built", None),
        ("byg026Opførelsesår", "193", "year_impossible", "year_built", None),
        ("byg026Opførelsesår", "ca. 1938", "number_unreadable", "year_built", None),
        ("byg027OmTilbygningsår", "1920", "rebuilt_before_built", "year_rebuilt", 1920),
        ("byg038SamletBygningsareal", "0", "area_not_registered", "total_area_m2", None),
        ("byg038SamletBygningsareal", "", "area_not_registered", "total_area_m2", None),
        ("byg038SamletBygningsareal", "-12", "area_negative", "total_area_m2", None),
        ("byg038SamletBygningsareal", "100", "area_exceeds_total", "total_area_m2", Decimal(100)),
        ("byg041BebyggetAreal", "0", "footprint_not_registered", "footprint_m2", None),
        ("byg040BygningensSamledeErhvervsAreal", "-1", "area_negative", "business_area_m2", None),
        ("byg054AntalEtager", "0", "floors_not_registered", "floors", None),
        ("byg054AntalEtager", "99", "floors_many", "floors", 99),
        ("byg054AntalEtager", "900", "floors_impossible", "floors", None),
        ("byg038SamletBygningsareal", "1000000000000", "area_impossible", "total_area_m2", None),
        ("byg041BebyggetAreal", "99999999", "area_impossible", "footprint_m2", None),
        ("byg032YdervæggensMateriale", "", "wall_unknown", "wall_code", None),
        ("byg032YdervæggensMateriale", "77", "code_unknown", "wall_code", 77),
        ("byg033Tagdækningsmateriale", "", "roof_unknown", "roof_code", None),
        ("byg021BygningensAnvendelse", "", "use_unknown", "use_code", None),
        ("virkningFra", "engang", "own_cell_unreadable", "register_date", None),
        ("status", "9", "not_standing", "standing", False),
    ],
)
def test_oddities(
    session: Session,
    write_csv: Write,
    house: Row,
    *,
    column: str,
    value: str,
    code: str,
    attribute: str,
    stored: object,
):
    """Each oddity is named with its row, column and value, the row is taken, the building marked."""
    report = run(session, write_csv([{**house, column: value}]))
    (finding,) = report.findings
    assert (finding.code, finding.severity, finding.row, finding.column) == (code, "warning", 2, column)
    assert finding.value == value
    assert (report.inserted, report.refused, report.warned) == (1, 0, 1)
    _, building = only(session)
    assert getattr(building, attribute) == stored
    assert building.oddities == [code]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"byg404Koordinat": "GEOMETRYCOLLECTION EMPTY"}, "no_coordinate"),
        ({"byg404Koordinat": ""}, "no_coordinate"),
        ({"byg404Koordinat": "POINT (6139700 588000)"}, "coordinates_swapped"),
        ({"byg404Koordinat": "POINT (10.4 55.4)"}, "coordinates_in_degrees"),
        ({"byg404Koordinat": "POINT (1 2)"}, "outside_denmark"),
        ({"byg404Koordinat": "POINT (1157694 7442000)"}, "coordinates_web_mercator"),
        ({"byg404Koordinat": "POINT (208000 6148000)"}, "coordinates_zone_33"),
        ({"byg404Koordinat": "POINT (440000 6250000)"}, "in_water"),
        ({"byg404Koordinat": "PUNKT 1 2"}, "coordinate_unreadable"),
        # Rønne in UTM zone 33 looks like a place in south-western Jutland read as zone 32
        ({"byg404Koordinat": "POINT (480600 6105700)", "kommunekode": "0400"}, "coordinates_zone_33"),
    ],
)
def test_wrong_places_are_named_and_left_out(
    session: Session, write_csv: Write, house: Row, changes: Row, code: str
):
    """A coordinate that cannot be right is named; the building is taken without a point."""
    report = run(session, write_csv([{**house, **changes}]))
    assert code in codes(report)
    assert report.inserted == 1
    site, building = only(session)
    assert (site.geom, site.land_mass, site.road_node) == (None, None, None)
    assert code in building.oddities


def test_coordinates_stand_in_for_each_other(session: Session, write_csv: Write, house: Row):
    """Where the register's point is missing, x and y serve, then degrees; two that differ are told."""
    house["byg404Koordinat"] = ""
    report = run(session, write_csv([{**house, "lon": "10.3887", "lat": "55.3939"}]))
    assert report.findings == ()
    x, y = session.execute(select(func.ST_X(Site.geom), func.ST_Y(Site.geom))).one()
    assert abs(x - 588000) < 200
    assert abs(y - 6139700) < 700
    house["byg404Koordinat"] = "POINT (588000 6139700)"
    report = run(session, write_csv([{**house, "x_utm32": "589000", "y_utm32": "6139700"}]))
    assert codes(report) == {"coordinate_disagrees"}
    assert session.scalar(select(func.ST_X(Site.geom))) == 588000


def test_municipality_is_checked_or_guessed(session: Session, write_csv: Write, house: Row):
    """An unknown or missing municipality becomes the nearest, a far one is told and kept."""
    other = {**house, "id_lokalId": "00000000-0000-4000-8000-000000000002"}
    third = {**house, "id_lokalId": "00000000-0000-4000-8000-000000000003"}
    report = run(
        session,
        write_csv(
            [{**house, "kommunekode": "9999"}, {**other, "kommunekode": ""}, {**third, "kommunekode": "0851"}]
        ),
    )
    assert [finding.code for finding in report.findings] == [
        "municipality_unknown", "municipality_missing", "municipality_far",
    ]  # fmt: skip
    rows = session.execute(select(Site.municipality_code).order_by(Site.ref)).scalars().all()
    assert rows == ["0461", "0461", "0851"]


def test_bad_rows_do_not_sink_the_file(session: Session, write_csv: Write, house: Row):
    """Rows without id, with a wrong id, a repeated id or no status are refused, the others taken."""
    rows = [
        house,
        {**house, "id_lokalId": ""},
        {**house, "id_lokalId": "not-an-id"},
        house,
        {**house, "id_lokalId": "00000000-0000-4000-8000-000000000002", "status": "x"},
        {**house, "id_lokalId": "00000000-0000-4000-8000-000000000003"},
    ]
    report = run(session, write_csv(rows))
    assert (report.rows, report.inserted, report.refused) == (6, 2, 4)
    errors = [(finding.row, finding.code) for finding in report.findings if finding.severity == "error"]
    assert errors == [(3, "missing"), (4, "not_a_uuid"), (5, "duplicate_row"), (6, "status_unknown")]


def test_outbuildings_are_marked(session: Session, write_csv: Write, house: Row):
    """Use 9xx is an outbuilding, which is a fact and no oddity."""
    report = run(session, write_csv([{**house, "byg021BygningensAnvendelse": "910"}]))
    assert report.findings == ()
    assert only(session)[1].outbuilding is True


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


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_danish_excel_gives_the_same_building(session: Session, write_csv: Write, house: Row, encoding: str):
    """Semicolons, decimal commas and another encoding change nothing in what is stored."""
    run(session, write_csv([house]))
    danish = {**house, "byg038SamletBygningsareal": "146,0", "byg041BebyggetAreal": "146,00"}
    report = run(session, write_csv([danish], separator=";", encoding=encoding))
    assert (report.unchanged, report.findings) == (1, ())
