# SPDX-License-Identifier: EUPL-1.2
"""Models imported: as lots and as requirements, again, changed, undone, placed, refused."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from inventory.actions.ifc_rules import remember_ifc_rules
from inventory.actions.imports.records import KEYS, begin_import, finish_import
from inventory.actions.imports.undo import undo_import
from inventory.imports.model.import_model import import_model, propose_choices
from inventory.imports.model.mapping import ModelKind, ModelMapping, parse_model_mapping
from inventory.imports.model.rules import list_rules
from inventory.imports.refusal import FileRefusedError
from inventory.imports.report import ImportReport
from inventory.tables import Basis, ImportKind, Lot, MaterialClass, Project, Requirement, Site
from inventory.takeoff.rows import Takeoff

WINDOW = (date(2027, 3, 1), date(2027, 6, 1))
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)


def bring(
    session: Session, takeoff: Takeoff, *, kind: ModelKind = "lots", **values: Any
) -> tuple[UUID, ImportReport]:
    """Import a model as the commands do."""
    told = {"target": "Gl. Skole", "window": WINDOW, **values}
    import_id = begin_import(session, kind=ImportKind(kind), file="house.ifc", at=NOW)
    mapping = ModelMapping(kind=kind, **told)
    report = import_model(session, takeoff, file="house.ifc", mapping=mapping)
    finish_import(session, import_id=import_id, counts=report.count())
    return import_id, report


def list_lots(session: Session) -> dict[str, Lot]:
    """The lots by the code of their class."""
    session.expire_all()
    rows = session.execute(
        select(MaterialClass.code, Lot).join(MaterialClass, MaterialClass.id == Lot.class_id)
    )
    return dict(rows.all())


def photograph(session: Session) -> dict[str, list[str]]:
    """All rows of the tables an import writes, as text, but for when they changed."""
    session.flush()
    return {
        table: sorted(
            session.execute(text(f"SELECT (to_jsonb(t) - 'updated_at')::text FROM {table} t")).scalars()
        )
        for table in KEYS
    }


def test_an_old_building_becomes_lots(session: Session, house: Takeoff):
    """Each type with a class is a surveyed lot in the class's unit, with its size, unscreened."""
    _, report = bring(session, house)
    lots = list_lots(session)
    del lots["insulation_mineral_wool"]  # two of them: in the outer wall and in the partition
    assert {code: lot.quantity for code, lot in lots.items()} == {
        "door_inner": 3,
        "window_wood": 2,
        "brick_unknown_mortar": 3500,
        "gypsum_board": 250,
        "rafter_timber": 240,
        "steel_beam": 73,
        "toilet": 1,
        "radiator_steel": 1,
    }
    door = lots["door_inner"]
    assert (door.width_mm, door.height_mm, door.basis) == (890, 2090, Basis.SURVEYED)
    assert (door.screening, door.documentation) == ("unknown", "none")
    assert lots["rafter_timber"].length_mm == 6000
    assert (door.available_from, door.available_to, door.firmness) == (*WINDOW, "possible")
    site = session.scalars(select(Site)).one()
    assert (site.ref, site.kind, site.municipality_code) == ("Gl. Skole", "donor", "0461")
    assert (report.inserted, report.refused) == (10, 2)
    codes = report.count()["codes"]
    assert codes["type_open"] == 2
    assert codes["declared_factor"] == 1
    assert codes["class_proposed"] == 10
    (placed,) = [finding for finding in report.findings if finding.code == "place_used"]
    assert "588002, 6139740" in placed.message_da


def test_a_design_becomes_requirements(session: Session, house: Takeoff):
    """Each type wants its quantity in the window, sizes within 10 mm, a length at least."""
    bring(session, house, kind="requirements", target="Ny Skole", name="Ny Skole ved Åen")
    rows = session.execute(
        select(MaterialClass.code, Requirement).join(MaterialClass, MaterialClass.id == Requirement.class_id)
    )
    wanted = dict(rows.all())
    door = wanted["door_inner"]
    assert (door.quantity, door.width_mm_min, door.width_mm_max) == (3, 880, 900)
    assert (door.wanted_from, door.wanted_to, door.status) == (*WINDOW, "open")
    assert (wanted["rafter_timber"].length_mm_min, wanted["rafter_timber"].length_mm_max) == (6000, None)
    assert session.scalars(select(Project)).one().name == "Ny Skole ved Åen"


@pytest.mark.parametrize("kind", ["lots", "requirements"])
def test_the_same_model_again_changes_nothing(session: Session, house: Takeoff, kind: ModelKind):
    """Every row is as it was, and what people wrote of it since stays."""
    bring(session, house, kind=kind)
    if kind == "lots":
        list_lots(session)["door_inner"].price_ore = 25000
    session.flush()
    before = photograph(session)
    _, report = bring(session, house, kind=kind)
    assert (report.inserted, report.updated, report.unchanged) == (0, 0, 10)
    assert photograph(session) == before


@pytest.mark.parametrize("kind", ["lots", "requirements"])
def test_an_import_is_undone_as_a_whole(session: Session, house: Takeoff, kind: ModelKind):
    """The first leaves nothing, the second puts back what it changed and what it had set to nothing."""
    empty = photograph(session)
    first, _ = bring(session, house, kind=kind)
    full = photograph(session)
    doors = [row for row in house.rows if row.entity == "IfcDoor"]
    changed = tuple(
        replace(row, elements=5) if row in doors else row for row in house.rows if row.entity != "IfcWindow"
    )
    second, report = bring(session, replace(house, rows=changed), kind=kind)
    assert report.updated == 1
    assert [finding.code for finding in report.findings if finding.code == "gone_from_model"]
    if kind == "lots":
        lots = list_lots(session)
        assert (lots["door_inner"].quantity, lots["window_wood"].quantity) == (5, 0)
    undo_import(session, import_id=second)
    assert photograph(session) == full
    undo_import(session, import_id=first)
    assert photograph(session) == empty


def test_a_correction_is_learned(session: Session, house: Takeoff):
    """A class that was chosen comes back next time, what was left out stays out, of this owner alone."""
    choices, _ = propose_choices(session, house, mapping=None, organisation_id=None)
    keys = {choice.type.key.type_name: choice.type.key for choice in choices if not choice.type.key.layer}
    mapping = ModelMapping(
        kind="lots",
        target="Gl. Skole",
        window=WINDOW,
        classes={keys["Skulptur"]: None, keys["Ydervæg 408"]: "sandwich_facade"},
    )
    remember_ifc_rules(session, rules=list_rules(mapping), organisation_id=None, at=NOW)
    _, report = bring(session, house)
    assert "sandwich_facade" in list_lots(session)
    assert (report.refused, report.blank) == (0, 1)
    assert report.count()["codes"]["class_remembered"] == 1
    strangers, _ = propose_choices(session, house, mapping=None, organisation_id=UUID(int=7))
    assert sum(choice.open for choice in strangers) == sum(choice.open for choice in choices)


def test_an_existing_site_keeps_its_place(session: Session, house: Takeoff):
    """It is found by its reference or address and stays; a model that stands far away is told of."""
    bring(session, house)
    session.scalars(select(Site)).one().address = "Skolevej 1"
    session.flush()
    moved = {**house.place, "map": {"crs": "EPSG:25832", "east": 700000.0, "north": 6170000.0}}
    _, report = bring(session, replace(house, place=moved), target="skolevej 1")
    codes = report.count()["codes"]
    assert (codes["place_kept"], codes["place_far_from_site"]) == (1, 1)
    assert session.scalar(text("SELECT ST_X(geom) FROM site")) == pytest.approx(588002)
    _, report = bring(session, house, point=(588500.0, 6139700.0))
    assert report.count()["codes"]["place_used"] == 1
    assert session.scalar(text("SELECT ST_X(geom) FROM site")) == pytest.approx(588500)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"target": None}, "target_unknown"),
        ({"target": "6f1d6f0e-6a51-5c0e-9d3b-2b8f2f4b7c11"}, "target_unknown"),
        ({"point": (0.0, 0.0)}, "point_wrong"),
        ({"place": {"map": None, "site": {"lat": 47.37, "lon": 8.54}, "middle": None}}, "place_missing"),
        ({"kind": "requirements", "window": None}, "wanted_window_missing"),
    ],
)
def test_what_is_lacking_is_said(session: Session, house: Takeoff, values: dict[str, Any], code: str):
    """No site, no place, no window: a refusal that names it, and nothing is written."""
    before = photograph(session)
    takeoff = replace(house, place=values.pop("place", house.place))
    with pytest.raises(FileRefusedError) as refusal:
        bring(session, takeoff, **values)
    assert refusal.value.details["code"] == code
    assert photograph(session) == before


def test_a_mapping_is_read_back_as_it_was_written(session: Session, house: Takeoff):
    """Every decision comes back; what is none is refused by name."""
    choices, _ = propose_choices(session, house, mapping=None, organisation_id=None)
    mapping = ModelMapping(
        kind="lots",
        target="x",
        window=WINDOW,
        point=(588000.0, 6139700.0),
        classes={choice.type.key: choice.class_code for choice in choices},
    )
    document = mapping.make_document()
    assert parse_model_mapping(document, kind="lots", file="m.json") == mapping
    for wrong in (
        {"kind": "requirements"},
        {"types": [{"class": "x"}]},
        {"types": [document["types"][0]] * 2},
        {"tolerance_mm": -1},
        {"firmness": "sure"},
        {"odd": 1},
        {"point": [1]},
        {"window": ["2027-06-01", "2027-03-01"]},
        {"target": ""},
    ):
        with pytest.raises(FileRefusedError):
            parse_model_mapping({**document, **wrong}, kind="lots", file="m.json")
