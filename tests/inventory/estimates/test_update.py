# SPDX-License-Identifier: EUPL-1.2
"""Estimates in the database: replaced without a trace of the old, never touching a survey."""

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

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
    Unit,
    stable_id,
)

MakeBuilding = Callable[..., uuid.UUID]
ReadLots = Callable[[uuid.UUID], dict[str, Lot]]
SPRING = AssumedWindow(available_from=date(2027, 3, 1), available_to=date(2027, 9, 1))


def count_events(session: Session) -> int:
    """Count the estimate's lines in the log."""
    return session.scalar(select(func.count()).select_from(Event).where(Event.kind == "lots_estimated")) or 0


def test_estimate_writes_lots_with_stable_ids(
    session: Session, make_building: MakeBuilding, read_lots: ReadLots
) -> None:
    """A lot carries range, rule, source and an id made of site and class alone."""
    site = make_building("house")
    report = estimate_sites(session)
    lots = read_lots(site)
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


def test_estimating_again_writes_nothing(
    session: Session, make_building: MakeBuilding, read_lots: ReadLots
) -> None:
    """A second estimate leaves every row and the log as they are."""
    site = make_building("house", roof_code=3)
    estimate_sites(session, window=SPRING)
    before = {code: lot.updated_at for code, lot in read_lots(site).items()}
    versions = dict(session.execute(text("SELECT id, xmin::text || ctid::text FROM lot")).all())
    events = count_events(session)
    again = estimate_sites(session, window=SPRING)
    assert again.written.changed == 0
    assert again.written.unchanged == len(before)
    assert again.windows == 0
    assert {code: lot.updated_at for code, lot in read_lots(site).items()} == before
    assert dict(session.execute(text("SELECT id, xmin::text || ctid::text FROM lot")).all()) == versions
    assert count_events(session) == events == 1


def test_estimate_follows_the_register(
    session: Session, make_building: MakeBuilding, read_lots: ReadLots
) -> None:
    """A corrected year moves bricks to another mortar: the old lot goes, the new comes."""
    site = make_building("house")
    estimate_sites(session)
    session.get_one(Building, site).year_built = 1990
    session.flush()
    report = estimate_sites(session)
    lots = read_lots(site)
    assert "brick_cement_mortar" in lots
    assert not {"brick_lime_mortar", "joist_timber"} & set(lots)
    assert report.written.removed >= 2
    assert report.written.inserted >= 1
    assert lots["rafter_timber"].year == 1990


def test_lot_named_by_a_plan_is_withdrawn(
    session: Session, make_building: MakeBuilding, read_lots: ReadLots
) -> None:
    """A lot that a plan names is withdrawn, not deleted, and comes back with its id."""
    site = make_building("house")
    estimate_sites(session)
    bricks = read_lots(site)["brick_lime_mortar"].id
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
    kept = read_lots(site)["brick_lime_mortar"]
    assert (kept.id, kept.status, kept.note) == (bricks, LotStatus.WITHDRAWN, "no_longer_estimated")
    assert estimate_sites(session).written.changed == 0
    building.year_built = 1935
    session.flush()
    estimate_sites(session)
    assert read_lots(site)["brick_lime_mortar"].status is LotStatus.OFFERED


def test_survey_is_untouched_and_replaces_the_estimate(
    session: Session, make_building: MakeBuilding, read_lots: ReadLots
) -> None:
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
    assert "brick_lime_mortar" in read_lots(site)
    counted = session.execute(counted_lots()).mappings().all()
    bricks = [row for row in counted if row["class_id"] == class_id and row["site_id"] == site]
    assert [(row["id"], row["quantity"]) for row in bricks] == [(survey, 5000)]


def test_selection_leaves_others_alone(
    session: Session, make_building: MakeBuilding, read_lots: ReadLots
) -> None:
    """Estimating one municipality neither writes nor removes lots of another."""
    here = make_building("here", site_municipality_code="0265")
    there = make_building("there", site_municipality_code="0751")
    estimate_sites(session)
    session.get_one(Building, there).standing = False
    session.get_one(Building, there).status_code = 10
    session.flush()
    report = estimate_sites(session, municipalities=["0265"], window=SPRING)
    assert (report.buildings, report.windows, report.written.changed) == (1, 1, 0)
    assert read_lots(there)
    assert session.get_one(Site, there, populate_existing=True).available_from is None
    assert read_lots(here)
    assert estimate_sites(session, municipalities=["0751"]).written.removed > 0
    assert not read_lots(there)


def test_asbestos_lot_is_marked_in_the_database(
    session: Session, make_building: MakeBuilding, read_lots: ReadLots
) -> None:
    """Roof code 3: asbestos-suspect, unscreened, no papers, with the code of the reason."""
    site = make_building("house", roof_code=3)
    estimate_sites(session)
    sheets = read_lots(site)["fibre_cement_sheet"]
    assert sheets.asbestos_suspect
    assert (sheets.screening, sheets.documentation, sheets.suspicion) == (
        "unknown",
        "none",
        ["asbestos_roof"],
    )


def test_site_is_explained(session: Session, make_building: MakeBuilding, read_lots: ReadLots) -> None:
    """The explanation of a site agrees with its lots; a site without a building has none."""
    site = make_building("house")
    estimate_sites(session)
    lots = read_lots(site)
    explanation = explain_site(session, site_id=site)
    assert explanation is not None
    tiles = next(use for use in explanation.rules if use.class_code == "roof_tile_clay")
    assert round(tiles.likely) == lots["roof_tile_clay"].quantity
    assert explain_site(session, site_id=uuid.uuid4()) is None


def test_progress_reaches_the_end(session: Session, make_building: MakeBuilding, read_lots: ReadLots) -> None:
    """Progress is told in buildings, and ends with all of them."""
    for number in range(3):
        make_building(f"house {number}", register_date=datetime(2020, 1, 1, tzinfo=UTC))
    told: list[tuple[int, int]] = []
    estimate_sites(session, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (3, 3)
