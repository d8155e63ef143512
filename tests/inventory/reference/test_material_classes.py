# SPDX-License-Identifier: EUPL-1.2
"""Material classes: a tree whose leaves can be traded, weighed and carried."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

Rows = list[dict[str, str]]

# The codes other parts of Genbro name: estimates, demo data, pages.
NAMED_ELSEWHERE = {
    "brick_lime_mortar",
    "brick_cement_mortar",
    "brick_unknown_mortar",
    "brick_calcium_silicate",
    "roof_tile_clay",
    "roof_tile_concrete",
    "roof_slate",
    "fibre_cement_sheet",
    "roof_sheet_metal",
    "joist_timber",
    "rafter_timber",
    "stud_timber",
    "floorboard_timber",
    "wood_cladding",
    "parquet",
    "glulam_beam",
    "door_inner",
    "door_outer",
    "door_fire",
    "window_wood",
    "window_pvc",
    "window_aluminium",
    "glass_partition",
    "steel_beam",
    "steel_column",
    "steel_hollow_section",
    "steel_sheet_profiled",
    "hollow_core_slab",
    "concrete_wall_element",
    "sandwich_facade",
    "concrete_stair",
    "concrete_beam",
    "aerated_concrete_block",
    "insulation_mineral_wool",
    "insulation_eps",
    "radiator_steel",
    "toilet",
    "washbasin",
    "kitchen_sink",
    "bathtub",
    "ceiling_tile",
    "raised_floor",
    "gypsum_board",
    "carpet_tile",
    "linoleum",
    "paving_concrete",
    "paving_granite",
    "kerb_granite",
    "kerb_concrete",
    "crushed_concrete",
    "crushed_brick",
    "gravel",
    "soil_clean",
    "asphalt_granulate",
    "cable_tray",
    "luminaire",
    "ventilation_unit",
    "kitchen_unit",
    "staircase_steel",
}


def test_at_least_45_classes_are_tradable(tradable: Rows) -> None:
    """Danish demolitions and builders trade more kinds of things than a handful."""
    assert len(tradable) >= 45


def test_the_codes_named_elsewhere_are_tradable(tradable: Rows) -> None:
    """A code that estimates or demo data name must be there and tradable."""
    assert {row["code"] for row in tradable} >= NAMED_ELSEWHERE


@pytest.mark.parametrize("column", ["id", "code", "name_da", "name_en"])
def test_ids_codes_and_names_are_unique(classes: Rows, column: str) -> None:
    """Lots name a class by code or by either name, so none may mean two classes."""
    counts = Counter(row[column].casefold() for row in classes)
    assert [value for value, count in counts.items() if count > 1] == []


def test_a_name_of_one_class_is_no_code_or_name_of_another(classes: Rows) -> None:
    """The importer tries code, Danish and English name alike: they must not collide across classes."""
    owners: dict[str, set[str]] = {}
    for row in classes:
        for column in ("code", "name_da", "name_en"):
            owners.setdefault(row[column].casefold(), set()).add(row["code"])
    assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}


def test_leaves_are_tradable_and_parents_are_not(classes: Rows) -> None:
    """Only leaves are traded, and every leaf hangs under a category that exists."""
    codes = {row["code"] for row in classes}
    parents = {row["parent"] for row in classes if row["parent"]}
    assert parents <= codes
    for row in classes:
        assert (row["tradable"] == "true") == (row["code"] not in parents)
        assert bool(row["parent"]) == (row["tradable"] == "true")


def test_every_class_says_where_it_comes_from(classes: Rows) -> None:
    """A row without a source cannot be checked by anyone."""
    assert all(row["source"].strip() for row in classes)


def test_mass_and_volume_are_whole_grams_and_millilitres_per_step(tradable: Rows) -> None:
    """The database keeps int64 grams and millilitres per step, so nothing may be lost on the way."""
    for row in tradable:
        step = Decimal(row["step"])
        for column in ("mass_kg_per_unit", "volume_l_per_unit"):
            per_step = Decimal(row[column]) * step * 1000
            assert per_step > 0, row["code"]
            assert per_step == per_step.to_integral_value(), (row["code"], column)


def test_units_and_steps_belong_together(classes: Rows) -> None:
    """Pieces are counted whole; lengths, areas and tonnes to a tenth."""
    for row in classes:
        assert row["step"] == {"piece": "1", "m": "0.1", "m2": "0.1", "t": "0.1"}[row["unit"]], row["code"]


def test_mass_agrees_with_density_and_volume_of_solid_goods(tradable: Rows) -> None:
    """Where a solid good has density, thickness and area, its mass is their product."""
    checked = 0
    for row in tradable:
        if row["unit"] != "m2" or not row["density_kg_m3"] or not row["thickness_mm"]:
            continue
        mass = Decimal(row["density_kg_m3"]) * Decimal(row["thickness_mm"]) / 1000
        if row["code"] == "glass_partition":  # glass and its aluminium profile
            mass += 2
        # coatings of thin sheet count for the rest
        assert Decimal(row["mass_kg_per_unit"]) == pytest.approx(mass, rel=Decimal("0.06")), row["code"]
        checked += 1
    assert checked >= 15


def test_declared_attributes_exist(tradable: Rows, attributes: Rows) -> None:
    """A class declares attributes of the list, each once, and every attribute is used."""
    names = {row["name"] for row in attributes}
    used: set[str] = set()
    for row in tradable:
        declared = row["attributes"].split()
        assert declared
        assert len(declared) == len(set(declared)), row["code"]
        assert set(declared) <= names, row["code"]
        used |= set(declared)
    assert used == names


def test_attributes_have_unit_step_kind_and_names(attributes: Rows) -> None:
    """Attribute values are whole numbers of a step, read as numbers or as an ordered code."""
    for row in attributes:
        assert row["step"] == "1"
        assert row["kind"] in {"integer", "ordered"}
        assert row["name_da"]
        assert row["name_en"]
        assert row["source"]


def test_waste_codes_are_listed_and_never_hazardous(tradable: Rows, codes_of: dict[str, set[str]]) -> None:
    """Were it waste, a tradable good would have an ordinary code: hazardous goods are not offered."""
    for row in tradable:
        assert row["eak_code"] in codes_of["eak"], row["code"]
        assert row["eak_code"] not in codes_of["eak_hazardous"], row["code"]


def test_every_class_has_a_vehicle_with_payload(
    tradable: Rows, codes_of: dict[str, set[str]], factor_of: dict[tuple[str, str, str], dict[str, str]]
) -> None:
    """A class is carried by a vehicle that is named, has a payload, a price and emissions."""
    for row in tradable:
        vehicle = row["vehicle"]
        assert vehicle in codes_of["vehicle"], row["code"]
        for kind in ("vehicle_payload", "vehicle_volume", "transport_price", "transport_co2e"):
            assert (kind, "", vehicle) in factor_of
        payload_kg = Decimal(factor_of["vehicle_payload", "", vehicle]["value"]) * 1000
        assert Decimal(row["mass_kg_per_unit"]) <= payload_kg
