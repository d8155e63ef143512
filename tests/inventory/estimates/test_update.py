# SPDX-License-Identifier: EUPL-1.2
"""Estimates in the database: replaced without a trace of the old, never touching a survey."""

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from inventory.actions.estimate import assume_windows
from inventory.estimates.update import AssumedWindow, estimate_sites, explain_site
from inventory.queries.supply import counted_lots
from inventory.tables import (
    Basis,
    Building,
    Event,
    Lot,
    LotStatus,
    MaterialClass,
    Site,
    SiteKind,
    Unit,
    stable_id,
)
from inventory.tables.site import Firmness

MakeBuilding = Callable[..., uuid.UUID]
SPRING = AssumedWindow(available_from=date(2027, 3, 1), available_to=date(2027, 9, 1))


@pytest.fixture
def make_building(session: Session) -> MakeBuilding:
    """Make a donor site with a detached brick house of 1935 but for what is given; names start with site_."""

    def make(ref: str, **change: Any) -> uuid.UUID:
        site_id = stable_id("site", "test", ref)
        site = {
            name.removeprefix("site_"): value for name, value in change.items() if name.startswith("site_")
        }
        attributes = {
            "status_code": 6,
            "use_code": 120,
            "year_built": 1935,
            "floors": 1,
            "footprint_m2": 120,
            "total_area_m2": 120,
            "wall_code": 1,
            "roof_code": 5,
            "heating_code": 1,
            "standing": True,
            "outbuilding": False,
        } | {name: value for name, value in change.items() if not name.startswith("site_")}
        session.add(Site(id=site_id, kind=SiteKind.DONOR, ref=ref, name=ref, **site))
        session.flush()
        session.add(Building(site_id=site_id, bbr_id=stable_id("bbr", ref), source="test", **attributes))
        session.flush()
        return site_id

    return make


def read_lots(session: Session, site_id: uuid.UUID) -> dict[str, Lot]:
    """Read the estimated lots of a site by class."""
    found = session.execute(
        select(MaterialClass.code, Lot)
        .join(Lot, Lot.class_id == MaterialClass.id)
        .where(Lot.site_id == site_id, Lot.basis == Basis.ESTIMATED)
        .execution_options(populate_existing=True)
    )
    return {row.code: row.Lot for row in found}


def count_events(session: Session) -> int:
    """Count the estimate's lines in the log."""
    return session.scalar(select(func.count()).select_from(Event).where(Event.kind == "lots_estimated")) or 0


def test_estimate_writes_lots_with_stable_ids(session: Session, make_building: MakeBuilding) -> None:
    """A lot carries range, rule, source and an id made of site and class alone."""
    site = make_building("house")
    report = estimate_sites(session)
    lots = read_lots(session, site)
    assert report.lots == len(lots) == report.written.inserted
    bricks = lots["brick_lime_mortar"]
    assert bricks.id == stable_id("estimate", site, "brick_lime_mortar")
    assert bricks.unit is Unit.PIECE
    assert (bricks.rule, bricks.year, bricks.documentation, bricks.screening) == (
        "brick_lime",
        1935,
        "basic",
        "unknown",
    )
    assert bricks.quantity_low is not None
    assert bricks.quantity_high is not None
    assert 0 < bricks.quantity_low < bricks.quantity < bricks.quantity_high
    assert lots["window_wood"].year is None
    assert "lead_paint" in lots["window_wood"].suspicion


def test_estimating_again_writes_nothing(session: Session, make_building: MakeBuilding) -> None:
    """A second estimate leaves every row and the log as they are."""
    site = make_building("house", roof_code=3)
    estimate_sites(session, window=SPRING)
    before = {code: lot.updated_at for code, lot in read_lots(session, site).items()}
    versions = dict(session.execute(text("SELECT id, xmin::text || ctid::text FROM lot")).all())
    events = count_events(session)
    again = estimate_sites(session, window=SPRING)
    assert again.written.changed == 0
    assert again.written.unchanged == len(before)
    assert again.windows == 0
    assert {code: lot.updated_at for code, lot in read_lots(session, site).items()} == before
    assert dict(session.execute(text("SELECT id, xmin::text || ctid::text FROM lot")).all()) == versions
    assert count_events(session) == events == 1


def test_estimate_follows_the_register(session: Session, make_building: MakeBuilding) -> None:
    """A corrected year moves bricks to another mortar: the old lot goes, the new comes."""
    site = make_building("house")
    estimate_sites(session)
    session.get_one(Building, site).year_built = 1990
    session.flush()
    report = estimate_sites(session)
    lots = read_lots(session, site)
    assert "brick_cement_mortar" in lots
    assert not {"brick_lime_mortar", "joist_timber"} & set(lots)
    assert report.written.removed >= 2
    assert report.written.inserted >= 1
    assert lots["rafter_timber"].year == 1990


def test_lot_named_by_a_plan_is_withdrawn(session: Session, make_building: MakeBuilding) -> None:
    """A lot that a plan names is withdrawn, not deleted, and comes back with its id."""
    site = make_building("house")
    estimate_sites(session)
    bricks = read_lots(session, site)["brick_lime_mortar"].id
    run = uuid.uuid4()
    session.execute(
        text("INSERT INTO run (id, status, params) VALUES (:run, 'requested', '{}')"), {"run": run}
    )
    session.execute(
        text("INSERT INTO lot_price (run_id, lot_id, price) VALUES (:run, :lot, 0)"),
        {"run": run, "lot": bricks},
    )
    building = session.get_one(Building, site)
    building.year_built = 1990
    session.flush()
    assert estimate_sites(session).written.withdrawn == 1
    kept = read_lots(session, site)["brick_lime_mortar"]
    assert (kept.id, kept.status, kept.note) == (bricks, LotStatus.WITHDRAWN, "no_longer_estimated")
    assert estimate_sites(session).written.changed == 0
    building.year_built = 1935
    session.flush()
    estimate_sites(session)
    assert read_lots(session, site)["brick_lime_mortar"].status is LotStatus.OFFERED


def test_survey_is_untouched_and_replaces_the_estimate(session: Session, make_building: MakeBuilding) -> None:
    """A survey of the same class stays as it is and counts; the estimate stays beside it."""
    site = make_building("house")
    class_id = session.scalars(
        select(MaterialClass.id).where(MaterialClass.code == "brick_lime_mortar")
    ).one()
    survey = uuid.uuid4()
    session.add(
        Lot(
            id=survey,
            site_id=site,
            ref="S1",
            class_id=class_id,
            unit=Unit.PIECE,
            quantity=5000,
            basis=Basis.SURVEYED,
        )
    )
    session.flush()
    before = session.execute(text("SELECT lot.*::text FROM lot WHERE id = :id"), {"id": survey}).scalar()
    estimate_sites(session, window=SPRING)
    after = session.execute(text("SELECT lot.*::text FROM lot WHERE id = :id"), {"id": survey}).scalar()
    assert after == before
    assert "brick_lime_mortar" in read_lots(session, site)
    counted = session.execute(counted_lots()).mappings().all()
    bricks = [row for row in counted if row["class_id"] == class_id and row["site_id"] == site]
    assert [(row["id"], row["quantity"]) for row in bricks] == [(survey, 5000)]


def test_no_window_is_shown_and_not_counted(session: Session, make_building: MakeBuilding) -> None:
    """Without a window the lots are there and none counts; with an assumed one they count at P10."""
    site = make_building("house")
    estimate_sites(session)
    assert read_lots(session, site)
    assert not session.execute(counted_lots()).all()
    assert estimate_sites(session, window=SPRING).windows == 1
    found = session.get_one(Site, site, populate_existing=True)
    assert (found.available_from, found.available_to) == (date(2027, 3, 1), date(2027, 9, 1))
    assert (found.firmness, found.firmness_source) == (Firmness.POSSIBLE, "assumed")
    counted = {row["class_code"]: row for row in session.execute(counted_lots()).mappings()}
    assert (
        counted["brick_lime_mortar"]["quantity"] == read_lots(session, site)["brick_lime_mortar"].quantity_low
    )
    assert "insulation_mineral_wool" not in counted


def test_window_is_assumed_only_where_there_is_none(session: Session, make_building: MakeBuilding) -> None:
    """A window from a file stays; the register's firmness stays; outbuildings and gone buildings get none."""
    filed = {"site_available_from": date(2026, 1, 1), "site_available_to": date(2026, 2, 1)}
    sites = {
        "filed": make_building("filed", site_firmness="permit_given", site_firmness_source="file", **filed),
        "case": make_building(
            "case", site_firmness="permit_applied", site_firmness_source="BBR forretningsproces 3"
        ),
        "shed": make_building("shed", use_code=930, outbuilding=True),
        "due": make_building(
            "due", use_code=910, outbuilding=True, site_firmness="permit_given", site_firmness_source="file"
        ),
        "gone": make_building("gone", site_firmness="gone"),
        "closed": make_building("closed", status_code=9, standing=False),
        "plain": make_building("plain"),
    }
    assert estimate_sites(session, window=SPRING).windows == 3
    found = {name: session.get_one(Site, site, populate_existing=True) for name, site in sites.items()}
    assert found["filed"].available_from == date(2026, 1, 1)
    assert found["case"].available_from == date(2027, 3, 1)
    assert (found["case"].firmness, found["case"].firmness_source) == (
        Firmness.PERMIT_APPLIED,
        "BBR forretningsproces 3; window assumed",
    )
    assert found["due"].firmness is Firmness.PERMIT_GIVEN
    assert found["plain"].firmness is Firmness.POSSIBLE
    assert all(found[name].available_from is None for name in ("shed", "gone", "closed"))
    later = AssumedWindow(
        available_from=date(2028, 1, 1), available_to=date(2029, 1, 1), firmness=Firmness.PERMIT_GIVEN
    )
    assert estimate_sites(session, window=later).windows == 3
    found = {name: session.get_one(Site, site, populate_existing=True) for name, site in sites.items()}
    assert (found["plain"].available_from, found["plain"].firmness) == (
        date(2028, 1, 1),
        Firmness.PERMIT_GIVEN,
    )
    assert (found["case"].available_from, found["case"].firmness) == (
        date(2028, 1, 1),
        Firmness.PERMIT_APPLIED,
    )
    assert found["case"].firmness_source == "BBR forretningsproces 3; window assumed"


@pytest.mark.parametrize(
    ("first", "last", "firmness"),
    [
        (date(2027, 1, 1), date(2027, 1, 1), Firmness.POSSIBLE),
        (date(2027, 1, 1), date(2028, 1, 1), Firmness.GONE),
    ],
)
def test_impossible_windows_are_refused(
    session: Session, first: date, last: date, firmness: Firmness
) -> None:
    """An empty window and a firmness of gone are refused."""
    with pytest.raises(ValueError, match=r"empty|gone"):
        assume_windows(session, available_from=first, available_to=last, firmness=firmness)


def test_selection_leaves_others_alone(session: Session, make_building: MakeBuilding) -> None:
    """Estimating one municipality neither writes nor removes lots of another."""
    here = make_building("here", site_municipality_code="0265")
    there = make_building("there", site_municipality_code="0751")
    estimate_sites(session)
    session.get_one(Building, there).standing = False
    session.get_one(Building, there).status_code = 10
    session.flush()
    report = estimate_sites(session, municipalities=["0265"], window=SPRING)
    assert (report.buildings, report.windows, report.written.changed) == (1, 1, 0)
    assert read_lots(session, there)
    assert session.get_one(Site, there, populate_existing=True).available_from is None
    assert read_lots(session, here)
    assert estimate_sites(session, municipalities=["0751"]).written.removed > 0
    assert not read_lots(session, there)


def test_asbestos_lot_is_marked_in_the_database(session: Session, make_building: MakeBuilding) -> None:
    """Roof code 3: asbestos-suspect, unscreened, no papers, with the code of the reason."""
    site = make_building("house", roof_code=3)
    estimate_sites(session)
    sheets = read_lots(session, site)["fibre_cement_sheet"]
    assert sheets.asbestos_suspect
    assert (sheets.screening, sheets.documentation, sheets.suspicion) == (
        "unknown",
        "none",
        ["asbestos_roof"],
    )


def test_site_is_explained(session: Session, make_building: MakeBuilding) -> None:
    """The explanation of a site agrees with its lots; a site without a building has none."""
    site = make_building("house")
    estimate_sites(session)
    lots = read_lots(session, site)
    explanation = explain_site(session, site_id=site)
    assert explanation is not None
    tiles = next(use for use in explanation.rules if use.class_code == "roof_tile_clay")
    assert round(tiles.likely) == lots["roof_tile_clay"].quantity
    assert explain_site(session, site_id=uuid.uuid4()) is None


def test_progress_reaches_the_end(session: Session, make_building: MakeBuilding) -> None:
    """Progress is told in buildings, and ends with all of them."""
    for number in range(3):
        make_building(f"house {number}", register_date=datetime(2020, 1, 1, tzinfo=UTC))
    told: list[tuple[int, int]] = []
    estimate_sites(session, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (3, 3)
