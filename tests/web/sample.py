# SPDX-License-Identifier: EUPL-1.2
"""A small, whole inventory for the tests of the web: buildings, lots, projects, and a plan."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.tables import (
    Building,
    LearnedFactor,
    Lot,
    MaterialClass,
    Project,
    Requirement,
    Site,
    stable_id,
)
from tests.web.sample_cutting import insert_cutting
from tests.web.sample_firm import insert_firm
from tests.web.sample_hub import insert_hub
from tests.web.sample_ids import lot_id, requirement_id, site_id
from tests.web.sample_plan import insert_runs

HOME, SCHOOL, GARAGE = 120, 421, 910

# name, municipality, easting, northing, use, firmness, first day, day after the last
DONORS = [
    (
        "school_aarhus",
        "Skovvangskolen, fløj C",
        "0751",
        574210,
        6225130,
        SCHOOL,
        "permit_given",
        "2027-02-01",
        "2027-06-01",
    ),
    (
        "home_aarhus",
        "Enfamiliehus",
        "0751",
        571033,
        6219377,
        HOME,
        "permit_applied",
        "2027-03-01",
        "2027-05-01",
    ),
    (
        "office_copenhagen",
        "Hemmelig Vej 7, 2300 København S · 1",
        "0101",
        726104,
        6171888,
        321,
        "started",
        "2026-12-01",
        "2027-03-01",
    ),
    ("home_copenhagen", "Rækkehus", "0101", 720911, 6178433, 130, "possible", "2027-08-01", "2028-02-01"),
    (
        "school_odense",
        "Munkebjergskolen",
        "0461",
        588420,
        6138210,
        SCHOOL,
        "permit_given",
        "2027-04-01",
        "2027-09-01",
    ),
    ("home_odense", "Enfamiliehus", "0461", 585777, 6141966, HOME, "possible", "2027-06-01", "2028-01-01"),
    (
        "hall_aalborg",
        "Sportshal Vest",
        "0851",
        554120,
        6323455,
        533,
        "permit_applied",
        "2027-05-01",
        "2027-10-01",
    ),
    (
        "home_roenne",
        "Enfamiliehus",
        "0400",
        862040,
        6114420,
        HOME,
        "permit_given",
        "2027-05-01",
        "2027-10-01",
    ),
]
MATERIALS = {
    "brick_lime_mortar": (9000, 14000, 21000),
    "roof_tile_clay": (1800, 2600, 3300),
    "joist_timber": (2200, 4100, 6000),
    "floorboard_timber": (700, 1500, 2600),
    "door_inner": (6, 11, 16),
    "radiator_steel": (4, 9, 14),
}


def insert_sample(session: Session) -> None:
    """Insert the whole sample; the reference data must be there."""
    classes = {row.code: row for row in session.scalars(select(MaterialClass))}
    _insert_donors(session, classes)
    _insert_projects(session, classes)
    insert_hub(session)
    insert_firm(session)
    session.flush()
    insert_runs(session)
    insert_cutting(session)
    session.flush()


def _point(easting: float, northing: float) -> str:
    return f"SRID=25832;POINT({easting} {northing})"


def _insert_donors(session: Session, classes: dict[str, MaterialClass]) -> None:
    for name, title, municipality, easting, northing, use, firmness, start, end in DONORS:
        _add_donor(
            session, name, title=title, municipality=municipality, geom=_point(easting, northing), use=use
        )
        site = session.get_one(Site, site_id(name))
        site.available_from, site.available_to = date.fromisoformat(start), date.fromisoformat(end)
        site.firmness, site.firmness_source = firmness, "Nedrivningstilladelse, prøvedata"
        for code, steps in MATERIALS.items():
            _add_estimate(session, name, classes[code], steps=steps)
    # What may not count, each for its own reason.
    _add_donor(
        session, "no_window", title="Lager", municipality="0751", geom=_point(575000, 6230000), use=323
    )
    _add_estimate(session, "no_window", classes["steel_beam"], steps=(400, 700, 900))
    _add_donor(session, "no_place", title="Uden koordinat", municipality="0751", geom=None, use=323)
    placeless = session.get_one(Site, site_id("no_place"))
    placeless.available_from, placeless.available_to = date(2027, 1, 1), date(2027, 12, 1)
    placeless.firmness = "possible"
    _add_estimate(session, "no_place", classes["toilet"], steps=(3, 5, 8))
    # A survey, which replaces the estimate of its class.
    session.add(
        Lot(
            id=lot_id("school_aarhus", "brick_lime_mortar", "surveyed"),
            site_id=site_id("school_aarhus"),
            ref="mursten facade",
            class_id=classes["brick_lime_mortar"].id,
            unit="piece",
            quantity=12500,
            basis="surveyed",
            documentation="tested",
            screening="clean",
            grade=4,
            colour=2,
            year=1938,
            price_ore=Decimal(300),
            decide_by=date(2027, 1, 15),
            note="Gule facadesten i kalkmørtel, banket af og pallet på stedet.",
        )
    )
    # What three surveys elsewhere said of the home's inner doors; one of them met none.
    session.add(
        LearnedFactor(
            id=stable_id("learned_factor", "sample"),
            class_id=classes["door_inner"].id,
            use_group="detached",
            era="1931_1960",
            method=1,
            prior_surveys=Decimal(5),
            prior_spread=Decimal(10),
            looked=3,
            found=2,
            factor=Decimal("0.8214"),
            spread=Decimal("1.0472"),
            evidence=[{"site_id": None}, {"site_id": None}, {"site_id": None}],
        )
    )
    session.flush()
    doors = session.get_one(Lot, lot_id("home_aarhus", "door_inner"))
    doors.learned_factor_id = stable_id("learned_factor", "sample")
    suspect = session.get_one(Lot, lot_id("hall_aalborg", "roof_tile_clay"))
    suspect.asbestos_suspect, suspect.suspicion = True, ["asbestos_roof", "pcb_era"]


def _add_donor(
    session: Session, name: str, *, title: str, municipality: str, geom: str | None, use: int
) -> None:
    session.add(
        Site(
            id=site_id(name),
            kind="donor",
            ref=name,
            name=title,
            address="Hemmelig Vej 7",
            postcode="8000" if municipality == "0751" else None,
            town="Aarhus C" if municipality == "0751" else None,
            municipality_code=municipality,
            geom=geom,
        )
    )
    session.flush()
    session.add(
        Building(
            site_id=site_id(name),
            bbr_id=stable_id("bbr", name),
            status_code=6,
            use_code=use,
            year_built=1938,
            floors=2,
            footprint_m2=Decimal(420),
            total_area_m2=Decimal(840) if name == "home_aarhus" else None,
            wall_code=1,
            roof_code=5,
            standing=True,
            outbuilding=False,
            source="prøvedata",
        )
    )
    session.flush()


def _add_estimate(
    session: Session, site: str, material: MaterialClass, *, steps: tuple[int, int, int]
) -> None:
    low, likely, high = steps
    session.add(
        Lot(
            id=lot_id(site, material.code),
            site_id=site_id(site),
            ref=material.code,
            class_id=material.id,
            unit=material.unit,
            quantity=likely,
            quantity_low=low,
            quantity_high=high,
            basis="estimated",
            documentation="basic",
            screening="unknown",
            suspicion=["lead_paint"] if material.code == "door_inner" else [],
            rule="brick_lime",
            rule_source="Prøveregel for test",
            note="year_unknown floors_assumed_one",
        )
    )
    session.flush()


def _insert_projects(session: Session, classes: dict[str, MaterialClass]) -> None:
    projects = [
        ("school", "Ny skole i Randers", "0730", 565300, 6257200),
        ("daycare", "Børnehus i Vejle", "0630", 533800, 6173900),
        ("library", "Bibliotek i Roskilde", "0265", 694500, 6172100),
    ]
    for name, title, municipality, easting, northing in projects:
        session.add(
            Site(
                id=site_id(name),
                kind="project",
                ref=name,
                name=title,
                municipality_code=municipality,
                geom=_point(easting, northing),
            )
        )
        session.flush()
        session.add(
            Project(id=stable_id("project", name), ref=name, name=title, site_id=site_id(name), area_m2=2400)
        )
        session.flush()
        for code, steps in {"brick_lime_mortar": 20000, "joist_timber": 5000, "door_inner": 30}.items():
            session.add(
                Requirement(
                    id=requirement_id(name, code),
                    project_id=stable_id("project", name),
                    ref=code,
                    class_id=classes[code].id,
                    unit=classes[code].unit,
                    quantity=steps,
                    wanted_from=date(2027, 5, 1),
                    wanted_to=date(2027, 11, 1),
                    max_metres=120_000 if name == "school" else None,
                    grade_min=3 if code == "brick_lime_mortar" else None,
                    unknown_ok=["grade"] if code == "brick_lime_mortar" else [],
                )
            )
