# SPDX-License-Identifier: EUPL-1.2
"""Buildings of the register: oddities, windows, places, and what a second file may change."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inventory.imports.buildings.importing import import_buildings
from inventory.imports.report import ImportReport
from inventory.tables import Building, Site

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


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_danish_excel_gives_the_same_building(session: Session, write_csv: Write, house: Row, encoding: str):
    """Semicolons, decimal commas and another encoding change nothing in what is stored."""
    run(session, write_csv([house]))
    danish = {**house, "byg038SamletBygningsareal": "146,0", "byg041BebyggetAreal": "146,00"}
    report = run(session, write_csv([danish], separator=";", encoding=encoding))
    assert (report.unchanged, report.findings) == (1, ())
