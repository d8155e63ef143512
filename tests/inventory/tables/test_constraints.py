# SPDX-License-Identifier: EUPL-1.2
"""Every named rule of the database refuses the row it is there to refuse."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import CheckConstraint, Connection, ForeignKeyConstraint, UniqueConstraint, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from inventory.tables import ATTRIBUTES, Base
from inventory.tables.attachment import OWNERS
from inventory.tables.base import Code
from tests.inventory.tables.rows import LOT

Insert = Callable[..., None]

ESTIMATE = {"basis": "estimated", "rule": "r", "rule_source": "s", "quantity_low": 1, "quantity_high": 9}

# For each CHECK the values that break it, on top of a row the database takes.
BROKEN: dict[str, dict[str, Any]] = {
    "ck_map_cell_n_positive": {"n": 0},
    "ck_map_state_one_row": {"id": 2},
    "ck_attachment_bytes_positive": {"bytes": 0},
    "ck_attachment_content_hash_sha256": {"content_hash": "A" * 64},
    "ck_attachment_name_not_empty": {"name": ""},
    "ck_attachment_caption_not_empty": {"caption": ""},
    "ck_attachment_one_owner": {"lot_id": None},
    "ck_attachment_photo_has_pixels": {"kind": "photo"},
    "ck_attachment_thumbnail_hash_sha256": {
        "kind": "photo",
        "thumbnail_hash": "b",
        "width_px": 1,
        "height_px": 1,
    },
    "ck_demolition_end_in_order": {"end_early": date(2027, 6, 2)},
    "ck_demolition_start_in_order": {"start_early": date(2027, 3, 2)},
    "ck_demolition_notice_days_not_negative": {"notice_days": -1},
    "ck_demolition_start_before_end": {"start_late": date(2027, 6, 1)},
    "ck_demolition_likely_days": {
        "start_likely": date(2027, 5, 1),
        "start_late": date(2027, 5, 1),
        "end_early": date(2027, 5, 1),
        "end_likely": date(2027, 5, 1),
    },
    "ck_attribute_name_code": {"name": "smell"},
    "ck_attribute_step_positive": {"step": 0},
    "ck_building_business_area_m2_not_negative": {"business_area_m2": -1},
    "ck_building_dwelling_area_m2_not_negative": {"dwelling_area_m2": -1},
    "ck_building_floors_not_negative": {"floors": -1},
    "ck_building_footprint_m2_not_negative": {"footprint_m2": -1},
    "ck_building_total_area_m2_not_negative": {"total_area_m2": -1},
    "ck_certificate_bound_cost": {"bound": 11},
    "ck_certificate_gap_not_negative": {"gap": -0.1},
    "ck_certificate_quantum_positive": {"quantum": 0},
    "ck_class_word_word_one_lower": {"word": "to ord"},
    "ck_lot_count_lots_not_negative": {"lots": -1},
    "ck_bulk_edit_lot_changed_or_refused": {"error": "StepRefusedError"},
    "ck_code_list_window_not_empty": {"valid_from": date(2027, 1, 1), "valid_to": date(2027, 1, 1)},
    "ck_design_option_name_not_empty": {"name": ""},
    "ck_event_kind_lower_snake": {"kind": "Tested"},
    "ck_event_subject_kind_lower_snake": {"subject_kind": "a lot"},
    "ck_factor_assumption_has_range": {"low": None},
    "ck_factor_kind_lower_snake": {"kind": "New CO2e"},
    "ck_factor_low_value_high": {"value": 4},
    "ck_factor_window_not_empty": {"valid_to": date(2026, 1, 1)},
    "ck_cutting_bar_kerf_mm_not_negative": {"kerf_mm": -1, "scrap_mm": 401},
    "ck_cutting_bar_length_kept": {"scrap_mm": 383},
    "ck_cutting_bar_offcuts_mm_not_negative": {"offcuts_mm": -1, "scrap_mm": 385},
    "ck_cutting_bar_pieces_mm_not_negative": {"pieces_mm": -1, "scrap_mm": 9985},
    "ck_cutting_bar_scrap_mm_not_negative": {"scrap_mm": -1, "kerf_mm": 401},
    "ck_cutting_bar_some_sawn": {
        "bars": 0,
        "pieces_mm": 0,
        "kerf_mm": 0,
        "scrap_mm": 0,
    },
    "ck_cutting_booked_by_when_booked": {"booked_by": "PH"},
    "ck_cutting_booked_is_done": {"booked_at": date(2027, 1, 1)},
    "ck_cutting_part_piece_is_wanted": {"kind": "offcut"},
    "ck_cutting_part_some_made": {"count": 0},
    "ck_cutting_done_has_plan": {"status": "done", "finished_at": date(2027, 1, 1)},
    "ck_cutting_failed_has_error": {"status": "failed", "finished_at": date(2027, 1, 1)},
    "ck_cutting_finished_at_end": {"finished_at": date(2027, 1, 1)},
    "ck_requirement_piece_count_some": {"count": 0},
    "ck_requirement_piece_length_sawable": {"length_mm": 1},
    "ck_hub_area_m2_not_negative": {"area_m2": -1},
    "ck_hub_price_ore_per_m2_day_not_negative": {"price_ore_per_m2_day": -1},
    "ck_hub_price_ore_per_step_day_not_negative": {"price_ore_per_step_day": -1},
    "ck_hub_window_not_empty": {"open_from": date(2027, 1, 1), "open_to": date(2027, 1, 1)},
    "ck_import_done_has_counts": {"status": "done"},
    "ck_import_done_rows_not_negative": {"done_rows": -1},
    "ck_import_failed_has_error": {"status": "failed"},
    "ck_import_total_rows_not_negative": {"total_rows": -1},
    "ck_import_undone_at_undone": {"undone_at": date(2027, 1, 1)},
    "ck_learned_factor_evidence_whole": {"looked": 1},
    "ck_learned_factor_factor_above_nothing": {"factor": 0},
    "ck_learned_factor_found_not_negative": {"found": -1},
    "ck_learned_factor_found_of_looked": {"found": 1},
    "ck_learned_factor_prior_above_nothing": {"prior_surveys": 0},
    "ck_lot_class_tradable_true": {"class_tradable": False},
    "ck_lot_estimate_has_no_life": {**ESTIMATE, "status": "held"},
    "ck_lot_estimate_has_range": {
        "basis": "estimated",
        "rule": "r",
        "rule_source": "s",
        "quantity_low": 1,
    },
    "ck_lot_estimate_has_rule": {"basis": "estimated", "quantity_low": 1, "quantity_high": 9},
    "ck_lot_estimate_not_moved": {**ESTIMATE, "moved": 5},
    "ck_lot_grade_one_to_five": {"grade": 6},
    "ck_lot_height_mm_not_negative": {"height_mm": -1},
    "ck_lot_kind_not_empty": {"kind": ""},
    "ck_lot_length_mm_not_negative": {"length_mm": -1},
    "ck_lot_low_quantity": {"quantity_low": 6},
    "ck_lot_minimum_hire_hours_not_negative": {"minimum_hire_hours": -1},
    "ck_lot_minimum_take_not_negative": {"minimum_take": -1},
    "ck_lot_preparation_ore_not_negative": {"preparation_ore": -1},
    "ck_lot_quantity_high": {"quantity_high": 4},
    "ck_lot_quantity_low_not_negative": {"quantity_low": -1},
    "ck_lot_quantity_not_negative": {"quantity": -1},
    "ck_lot_origin_quantity_positive": {"quantity": 0},
    "ck_lot_origin_two_lots": {"child_id": LOT},
    "ck_lot_step_needs_known": {"needs": ["luck"]},
    "ck_lot_step_two_states": {"to_status": "installed"},
    "ck_lot_step_window_not_empty": {"valid_to": date(2026, 1, 1)},
    "ck_lot_thickness_mm_not_negative": {"thickness_mm": -1},
    "ck_lot_waste_is_prepared": {"reuse": "direct", "waste_number": "1"},
    "ck_lot_width_mm_not_negative": {"width_mm": -1},
    "ck_lot_window_not_empty": {"available_from": date(2027, 1, 2), "available_to": date(2027, 1, 2)},
    "ck_lot_survey_appearance_one_to_five": {"appearance": 0},
    "ck_lot_survey_content_positive": {"content": 0},
    "ck_lot_survey_count_not_negative": {"count": -1},
    "ck_lot_survey_dismantling_ore_not_negative": {"dismantling_ore": -1},
    "ck_lot_survey_identical_positive": {"identical": 0},
    "ck_lot_survey_item_is_one": {"described": "item", "identical": 2},
    "ck_materialepas_said_is_object": {"said": "[]"},
    "ck_lot_test_laboratory_not_empty": {"laboratory": ""},
    "ck_lot_test_test_not_empty": {"test": ""},
    "ck_lot_test_value_not_negative": {"value": -1},
    "ck_lot_survey_yield_has_source": {"yield_percent": 90},
    "ck_lot_survey_yield_percent_share": {"yield_percent": 101, "yield_source": "s"},
    "ck_match_delivered_not_negative": {"delivered": -1, "surplus": -1},
    "ck_match_load_ore_not_negative": {"load_ore": -1},
    "ck_match_loads_not_negative": {"loads": -1},
    "ck_match_metres_not_negative": {"metres": -1},
    "ck_match_pick_up_stored_delivered": {"storage_days": 3},
    "ck_match_quantity_positive": {"quantity": 0},
    "ck_match_storage_at_hub": {"storage": "hub"},
    "ck_match_storage_code": {"storage": "loft"},
    "ck_match_storage_days_not_negative": {"deliver": date(2026, 12, 31), "storage_days": -1},
    "ck_match_storage_direct": {"storage": "direct"},
    "ck_match_surplus_delivered": {"surplus": 2},
    "ck_match_surplus_not_negative": {"surplus": -1},
    "ck_match_trip_ore_not_negative": {"trip_ore": -1},
    "ck_material_class_code_lower_snake": {"code": "Mursten"},
    "ck_material_class_density_positive": {"density_kg_m3": 0},
    "ck_material_class_id_positive": {"id": 0},
    "ck_material_class_mass_g_per_step_not_negative": {"mass_g_per_step": -1, "tradable": False},
    "ck_material_class_step_positive": {"step": 0},
    "ck_material_class_thickness_positive": {"thickness_mm": 0},
    "ck_material_class_tradable_has_mass": {"mass_g_per_step": 0},
    "ck_material_class_tradable_has_vehicle": {"vehicle": None},
    "ck_material_class_volume_ml_per_step_not_negative": {"volume_ml_per_step": -1},
    "ck_municipality_area_area_not_empty": {"geom": "SRID=25832;MULTIPOLYGON EMPTY"},
    "ck_municipality_code_four_digits": {"code": "12a4"},
    "ck_organisation_cvr_eight_digits": {"cvr": "1234567"},
    "ck_project_area_m2_not_negative": {"area_m2": -1},
    "ck_project_budget_ore_not_negative": {"budget_ore": -1},
    "ck_project_outcome_price_not_negative": {"price": -1},
    "ck_project_window_not_empty": {"starts": date(2027, 1, 1), "ends": date(2026, 1, 1)},
    "ck_region_code_four_signs": {"code": "123"},
    "ck_region_window_not_empty": {"valid_from": date(2027, 1, 1), "valid_to": date(2027, 1, 1)},
    "ck_requirement_breakage_share": {"breakage_permille": 901},
    "ck_requirement_class_tradable_true": {"class_tradable": False},
    "ck_requirement_commit_before_end": {"commit_from": date(2027, 2, 1)},
    "ck_requirement_max_metres_not_negative": {"max_metres": -1},
    "ck_requirement_minimum_fulfilment_share": {"minimum_fulfilment_permille": 1001},
    "ck_requirement_most_donors_not_negative": {"most_donors": -1},
    "ck_requirement_new_price_ore_not_negative": {"new_price_ore": -1},
    "ck_requirement_priority_share": {"priority_permille": -1},
    "ck_requirement_quantity_not_negative": {"quantity": -1},
    "ck_requirement_storage_days_not_negative": {"storage_days": -1},
    "ck_requirement_unknown_ok_attributes": {"unknown_ok": ["length_mm", "smell"]},
    "ck_requirement_window_not_empty": {"wanted_to": date(2027, 1, 1)},
    **{f"ck_requirement_{name}_min_max": {f"{name}_min": 2, f"{name}_max": 1} for name in ATTRIBUTES},
    "ck_road_edge_metres_positive": {"metres": 0},
    "ck_road_edge_two_ends": {"a": "test_a"},
    "ck_room_floor_not_empty": {"floor": ""},
    "ck_room_name_not_empty": {"name": ""},
    "ck_run_bound_cost": {"cost": 1, "bound": 2},
    "ck_run_done_has_digest": {
        "status": "done",
        "started_at": date(2026, 1, 1),
        "finished_at": date(2026, 1, 1),
        "digest": "d",
    },
    "ck_run_failed_has_error": {
        "status": "failed",
        "started_at": date(2026, 1, 1),
        "finished_at": date(2026, 1, 1),
    },
    "ck_run_finished_at_end": {
        "status": "running",
        "started_at": date(2026, 1, 1),
        "finished_at": date(2026, 1, 1),
    },
    "ck_run_started": {"status": "running"},
    "ck_run_step_while_running": {"step": "solve"},
    "ck_sample_laboratory_not_empty": {"laboratory": ""},
    "ck_sample_place_not_empty": {"place": ""},
    "ck_sample_value_not_negative": {"value": -1},
    "ck_screening_limit_clean_below_not_negative": {"clean_below": -1},
    "ck_screening_limit_clean_then_hazardous": {"clean_below": 2, "hazardous_from": 1},
    "ck_screening_limit_hazardous_from_not_negative": {"hazardous_from": -1},
    "ck_screening_limit_window_not_empty": {"valid_from": date(2027, 1, 1), "valid_to": date(2026, 1, 1)},
    "ck_site_storage_days_not_negative": {"storage_days": -1},
    "ck_site_window_both_ends": {"available_from": date(2027, 1, 1), "firmness": "possible"},
    "ck_site_window_has_firmness": {"available_from": date(2027, 1, 1), "available_to": date(2027, 1, 2)},
    "ck_site_window_not_empty": {
        "available_from": date(2027, 1, 2),
        "available_to": date(2027, 1, 2),
        "firmness": "possible",
    },
    "ck_substitute_conversion": {"p": 0},
    "ck_substitute_penalty_ore_not_negative": {"penalty_ore": -1},
    "ck_substitute_two_classes": {"substitute_id": 9003},
    "ck_town_population_not_negative": {"population": -1},
    "ck_unmet_quantity_positive": {"quantity": 0},
}

CODES = [
    (table.name, column.name)
    for table in Base.metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, Code)
]

CHECKS = {
    str(constraint.name): table.name
    for table in Base.metadata.sorted_tables
    for constraint in table.constraints
    if isinstance(constraint, CheckConstraint)
}

# A table's constraints are a set: sorted, every test process meets them in the same order.
SINGLE_KEYS = sorted(
    (table.name, constraint.column_keys[0], str(constraint.name))
    for table in Base.metadata.sorted_tables
    for constraint in table.constraints
    if isinstance(constraint, ForeignKeyConstraint) and len(constraint.column_keys) == 1
)

# Targets of composite keys: the primary key inside them makes them hold by itself.
TARGETS_OF_KEYS = {
    "uq_material_class_id_unit",
    "uq_material_class_id_tradable",
    "uq_material_class_id_unit_step",
    "uq_design_option_project_id_id",
}

UNIQUE = sorted(
    (table.name, str(constraint.name))
    for table in Base.metadata.sorted_tables
    for constraint in table.constraints
    if isinstance(constraint, UniqueConstraint) and constraint.name not in TARGETS_OF_KEYS
)


@pytest.fixture
def world(standing_world: Connection) -> Iterator[Session]:
    """The module's world, where what a test does is undone: the tests are too many to make it for each."""
    with standing_world.begin_nested() as before:
        with Session(standing_world, join_transaction_mode="create_savepoint") as session:
            yield session
        before.rollback()


def refused_by(session: Session, insert: Insert, table: str, **values: Any) -> str | None:
    """Insert a row that must be refused and tell by which constraint."""
    with pytest.raises(IntegrityError) as caught, session.begin_nested():
        insert(table, **values)
    return str(caught.value.orig.diag.constraint_name)  # type: ignore[union-attr]


@pytest.mark.parametrize("table", sorted(Base.metadata.tables))
def test_valid_row_is_taken(world: Session, insert: Insert, valid: dict[str, Any], table: str) -> None:
    """The row that each test below breaks in one place is taken when whole."""
    if table == "attribute":
        world.execute(text("DELETE FROM class_attribute"))
        world.execute(text("DELETE FROM attribute"))
    if table == "map_state":  # its one row is there from the beginning
        world.execute(text("DELETE FROM map_state"))
    insert(table, **valid[table])


def test_every_check_has_its_case() -> None:
    """No CHECK is left out below: those of codes come from the tables, the others are listed."""
    of_codes = {f"ck_{table}_{column}_code" for table, column in CODES}
    assert set(CHECKS) == of_codes | set(BROKEN)


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_check_refuses(world: Session, insert: Insert, valid: dict[str, Any], name: str) -> None:
    """A row that breaks one CHECK is refused by that very CHECK."""
    table = CHECKS[name]
    assert refused_by(world, insert, table, **(valid[table] | BROKEN[name])) == name


@pytest.mark.parametrize(("table", "column"), CODES)
def test_code_outside_the_list_is_refused(
    world: Session, insert: Insert, valid: dict[str, Any], table: str, column: str
) -> None:
    """A text that is no member of the enumeration is refused by the column's CHECK."""
    row = valid[table] | {column: "nonsense"}
    if (table, column) == ("run", "status"):
        row["started_at"] = date(2026, 1, 1)
    assert refused_by(world, insert, table, **row) == f"ck_{table}_{column}_code"


@pytest.mark.parametrize(("table", "column"), CODES)
def test_every_code_of_the_list_is_taken(world: Session, table: str, column: str) -> None:
    """The CHECK in the database names exactly the members of the enumeration."""
    kind = Base.metadata.tables[table].columns[column].type
    assert isinstance(kind, Code)
    query = text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name")
    definition = world.scalars(query, {"name": f"ck_{table}_{column}_code"}).one()
    assert set(definition.split("'")[1::2]) == {code.value for code in kind.codes}


@pytest.mark.parametrize("key", SINGLE_KEYS, ids=lambda key: key[2])
def test_key_to_nothing_is_refused(
    world: Session, insert: Insert, valid: dict[str, Any], key: tuple[str, str, str]
) -> None:
    """A row that names a row which is not there is refused by that foreign key."""
    table, column, name = key
    kind = Base.metadata.tables[table].columns[column].type.python_type
    nothing = {int: 99_999_999, str: "zzzz"}.get(kind, "00000000-0000-0000-0000-00000000ffff")
    # An attachment has one owner: the one asked about takes the place of the other.
    others = dict.fromkeys(OWNERS) if table == "attachment" else {}
    assert refused_by(world, insert, table, **(valid[table] | others | {column: nothing})) == name


@pytest.mark.parametrize(("table", "name"), UNIQUE)
def test_same_natural_key_is_refused(
    world: Session, insert: Insert, valid: dict[str, Any], table: str, name: str
) -> None:
    """A second row with the natural key of another is refused by that constraint."""
    insert(table, **valid[table])
    again = dict(valid[table])
    other_keys: dict[str, dict[str, Any]] = {
        "building": {"site_id": "00000000-0000-0000-0000-000000000002"},
        "material_class": {"id": 9101},
        "municipality": {"code": "9995"},
        "region": {"code": "9995"},
    }
    if "id" in again and table not in other_keys:
        again["id"] = "00000000-0000-0000-0000-00000000fff0"
    # A factor twice is also two in force, which is judged first.
    expected = "ex_factor_one_in_force" if table == "factor" else name
    assert refused_by(world, insert, table, **(again | other_keys.get(table, {}))) == expected


def test_two_factors_in_force_are_refused(world: Session, insert: Insert, valid: dict[str, Any]) -> None:
    """Two factors of one name in force on the same day are refused; one after the other are taken."""
    first = valid["factor"] | {"valid_to": date(2027, 1, 1), "class_id": None}
    insert("factor", **first)
    overlapping = first | {"valid_from": date(2026, 12, 31), "valid_to": None}
    assert refused_by(world, insert, "factor", **overlapping) == "ex_factor_one_in_force"
    insert("factor", **(first | {"valid_from": date(2027, 1, 1), "valid_to": None}))


@pytest.mark.parametrize("table", ["lot", "requirement"])
def test_unit_is_that_of_the_class(world: Session, insert: Insert, valid: dict[str, Any], table: str) -> None:
    """A quantity in another unit than its class's is refused."""
    assert refused_by(world, insert, table, **(valid[table] | {"unit": "m2"})) == f"fk_{table}_class_id_unit"


@pytest.mark.parametrize("table", ["lot", "requirement"])
def test_group_is_not_traded(world: Session, insert: Insert, valid: dict[str, Any], table: str) -> None:
    """A lot or requirement of a class that is a mere group is refused."""
    row = valid[table] | {"class_id": 9001}
    assert refused_by(world, insert, table, **row) == f"fk_{table}_class_id_class_tradable"


def test_traded_class_stays_tradable(world: Session) -> None:
    """A class in which quantities are stored cannot become a mere group."""
    with pytest.raises(IntegrityError, match="class_tradable"), world.begin_nested():
        world.execute(text("UPDATE material_class SET tradable = false WHERE id = 9003"))


def test_substitute_has_the_same_unit_and_step(world: Session, insert: Insert, valid: dict[str, Any]) -> None:
    """A substitute counted in another unit is refused, whichever of the two the row claims."""
    row = valid["substitute"] | {"substitute_id": 9004}
    assert refused_by(world, insert, "substitute", **row) == "fk_substitute_substitute_id_unit_step"
    row |= {"unit": "m2", "step": 0.1}
    assert refused_by(world, insert, "substitute", **row) == "fk_substitute_class_id_unit_step"


def test_option_belongs_to_the_project(world: Session, insert: Insert, valid: dict[str, Any]) -> None:
    """A requirement cannot name the design option of another project."""
    insert("project", **valid["project"])
    option = valid["design_option"] | {"project_id": valid["project"]["id"], "id": valid["project"]["id"]}
    insert("design_option", **option)
    row = valid["requirement"] | {"design_option_id": option["id"]}
    assert refused_by(world, insert, "requirement", **row) == "fk_requirement_project_id_design_option_id"


def test_one_option_is_chosen(world: Session, insert: Insert, valid: dict[str, Any]) -> None:
    """A second chosen option of a project is refused."""
    insert("design_option", **valid["design_option"])
    row = valid["design_option"] | {"id": "00000000-0000-0000-0000-00000000fff0", "name": "C"}
    assert refused_by(world, insert, "design_option", **row) == "uq_design_option_one_chosen"


@pytest.mark.parametrize("parent", [9001, 9002, 9003])
def test_class_is_never_its_own_ancestor(world: Session, parent: int) -> None:
    """A parent that lies below the class, or is the class, is refused: the classes stay a tree."""
    with pytest.raises(IntegrityError) as caught, world.begin_nested():
        world.execute(
            text("UPDATE material_class SET parent_id = :parent WHERE id = 9001"), {"parent": parent}
        )
    assert caught.value.orig.diag.constraint_name == "ck_material_class_tree"  # type: ignore[union-attr]


@pytest.mark.parametrize("table", ["lot", "requirement"])
def test_what_a_plan_names_stays(world: Session, insert: Insert, valid: dict[str, Any], table: str) -> None:
    """A lot or requirement with a match cannot be deleted from under its plan."""
    insert("match", **valid["match"])
    with pytest.raises(IntegrityError, match=f"fk_match_{table}_id"), world.begin_nested():
        world.execute(text(f"DELETE FROM {table}"))


def test_site_needs_the_reference_system(world: Session, insert: Insert, valid: dict[str, Any]) -> None:
    """A point in degrees is refused by the column itself."""
    with pytest.raises(Exception, match="SRID"), world.begin_nested():
        insert("site", **(valid["site"] | {"geom": "SRID=4326;POINT(12.5 55.7)"}))
