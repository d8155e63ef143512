# SPDX-License-Identifier: EUPL-1.2
"""Where lots lie: imported buildings, sites of the file's own, and sites that move."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from inventory.imports.buildings.importing import import_buildings
from inventory.imports.lots.importing import import_lots
from inventory.imports.report import ImportReport
from inventory.tables import Lot, Site

Write = Callable[..., Path]
Row = dict[str, Any]


def run(session: Session, path: Path) -> ImportReport:
    """Import a file and check that its counts add up."""
    report = import_lots(session, path)
    assert report.rows == report.inserted + report.updated + report.unchanged + report.refused
    return report


def only(session: Session) -> Lot:
    """The one lot there is, read afresh."""
    session.expire_all()
    return session.scalars(select(Lot)).one()


def codes(report: ImportReport) -> list[str]:
    """The codes of a report, in order."""
    return [finding.code for finding in report.findings]


def test_lot_in_a_building(session: Session, write_csv: Write, yard: Row, house: Row):
    """A lot of an imported building lies at the building's site; without a window anywhere that is told."""
    import_buildings(session, write_csv([house], name="b.csv"), today=date(2026, 11, 24))
    place = dict.fromkeys(("site_ref", "site_name", "x", "y", "municipality", "organisation"), "")
    row = {
        **yard,
        **place,
        "bbr_id": house["id_lokalId"],
        "available_from": "",
        "available_to": "",
        "firmness": "",
    }
    report = run(session, write_csv([row]))
    assert codes(report) == ["window_missing"]
    lot = only(session)
    assert (lot.available_from, lot.firmness) == (None, None)
    assert session.scalars(select(Site.ref)).all() == [house["id_lokalId"]]
    session.execute(
        update(Site).values(
            available_from=date(2027, 1, 1), available_to=date(2028, 1, 1), firmness="possible"
        )
    )
    assert run(session, write_csv([row])).findings == ()


def test_lot_in_a_building_that_is_gone(session: Session, write_csv: Write, yard: Row, house: Row):
    """A lot of a building that does not stand is taken and told, as is a site named beside a building."""
    path = write_csv([{**house, "status": "9"}], name="b.csv")
    import_buildings(session, path, today=date(2026, 11, 24))
    report = run(session, write_csv([{**yard, "bbr_id": house["id_lokalId"]}]))
    assert set(codes(report)) == {"building_not_standing", "site_cells_not_used"}
    assert report.inserted == 1


def test_rows_share_a_site(session: Session, write_csv: Write, yard: Row):
    """One row of a site with a coordinate is enough, also for a later file; rows that differ are told."""
    bare = {**yard, "x": "", "y": "", "site_name": "", "municipality": ""}
    far = {**yard, "ref": "L3", "x": "590000", "site_name": "Gate"}
    report = run(session, write_csv([{**bare, "ref": "L2"}, yard, far]))
    assert sorted(codes(report)) == ["site_disagrees", "site_disagrees"]
    site = session.scalars(select(Site)).one()
    assert site.name == "Yard"
    assert session.scalar(select(func.ST_X(Site.geom))) == 588000
    report = run(session, write_csv([{**bare, "ref": "L4"}]))
    assert (report.inserted, report.findings) == (1, ())
    session.expire_all()
    site = session.scalars(select(Site)).one()
    assert (site.name, site.municipality_code, site.land_mass) == ("Yard", "0461", "fyn")


def test_moved_site_moves_its_lots(session: Session, write_csv: Write, yard: Row):
    """A new coordinate of a known site updates site, land and lots."""
    run(session, write_csv([yard]))
    run(session, write_csv([{**yard, "x": "574000", "y": "6224000", "municipality": "Aarhus"}]))
    session.expire_all()
    site = session.scalars(select(Site)).one()
    assert (site.municipality_code, site.land_mass) == ("0751", "jylland")
    assert session.scalar(select(func.ST_X(Lot.geom))) == 574000


def test_degrees_and_nearest_municipality(session: Session, write_csv: Write, yard: Row):
    """Degrees serve as well as metres; a missing municipality becomes the nearest and is told."""
    row = {**yard, "x": "", "y": "", "municipality": "", "lon": "10.3887", "lat": "55.3939"}
    report = run(session, write_csv([row]))
    assert codes(report) == ["municipality_missing"]
    assert session.scalars(select(Site.municipality_code)).one() == "0461"
