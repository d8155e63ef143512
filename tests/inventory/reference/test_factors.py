# SPDX-License-Identifier: EUPL-1.2
"""Factors: every number has a source or is marked an assumption with its range."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

Rows = list[dict[str, str]]
FactorOf = dict[tuple[str, str, str], dict[str, str]]

PER_CLASS = {
    "new_co2e": "kg CO2e/{unit}",
    "preparation_co2e": "kg CO2e/{unit}",
    "new_price": "DKK/{unit}",
    "used_price": "DKK/{unit}",
    "preparation_price": "DKK/{unit}",
    "disposal_avoided": "DKK/{unit}",
    "storage_price": "DKK/{unit}/day",
}


def test_every_factor_has_source_edition_and_day(factors: Rows) -> None:
    """A number without source, edition and first day cannot be shown beside a result."""
    for row in factors:
        for column in ("kind", "value", "unit", "source", "edition", "valid_from"):
            assert row[column].strip(), row
        assert row["status"] in {"sourced", "assumption"}


def test_assumptions_say_so_and_give_a_range(factors: Rows) -> None:
    """An assumption is worded as one and gives low, likely and high; a source never claims to be one."""
    for row in factors:
        if row["status"] == "assumption":
            assert "Assumption, not verified: " in row["source"], row
            assert Decimal(row["low"]) <= Decimal(row["value"]) <= Decimal(row["high"]), row
        else:
            assert "Assumption" not in row["source"], row


def test_a_name_is_in_force_once(factors: Rows) -> None:
    """One value per kind, class and key: nobody has to choose."""
    keys = {(row["kind"], row["class"], row["key"]) for row in factors}
    assert len(keys) == len(factors)


def test_factors_are_in_force_in_2026(factors: Rows) -> None:
    """The program works from 2026: no factor starts later or has ended."""
    assert all(row["valid_from"] <= "2026-01-01" and row["valid_to"] == "" for row in factors)


@pytest.mark.parametrize(("kind", "unit"), PER_CLASS.items())
def test_every_tradable_class_has_the_factor(
    tradable: Rows, factor_of: FactorOf, kind: str, unit: str
) -> None:
    """A lot of any class can be priced and counted, in the unit of its class."""
    for row in tradable:
        assert factor_of[kind, row["code"], ""]["unit"] == unit.format(unit=row["unit"])


def test_no_factor_names_a_class_that_is_not_tradable(factors: Rows, tradable: Rows) -> None:
    """A factor of an unknown class would never be read."""
    assert {row["class"] for row in factors} - {""} == {row["code"] for row in tradable}


def test_prices_are_positive_and_taking_never_pays(tradable: Rows, factor_of: FactorOf) -> None:
    """Used price and preparation exceed the gate fee saved, so no plan takes goods only to be paid for it."""
    for row in tradable:
        amount = {kind: Decimal(factor_of[kind, row["code"], ""]["value"]) for kind in PER_CLASS}
        assert amount["new_price"] > 0
        assert amount["used_price"] >= 0
        assert amount["preparation_price"] > 0
        assert amount["storage_price"] > 0
        assert amount["disposal_avoided"] >= 0
        assert amount["used_price"] + amount["preparation_price"] > amount["disposal_avoided"], row["code"]


def test_reuse_is_not_always_cheaper_than_new(tradable: Rows, factor_of: FactorOf) -> None:
    """At likely prices some classes come dearer than new, most cheaper: an honest market has both."""
    dearer = set()
    carbon = Decimal(factor_of["carbon_price_default", "", ""]["value"]) / 1000
    for row in tradable:
        amount = {kind: Decimal(factor_of[kind, row["code"], ""]["value"]) for kind in PER_CLASS}
        reuse = amount["used_price"] + amount["preparation_price"] - amount["disposal_avoided"]
        if reuse > amount["new_price"] + carbon * amount["new_co2e"]:
            dearer.add(row["code"])
    assert {"brick_cement_mortar", "hollow_core_slab"} <= dearer
    assert "brick_lime_mortar" not in dearer
    assert 5 <= len(dearer) <= len(tradable) // 3


@pytest.mark.parametrize(
    ("kind", "code", "low", "high"),
    [
        ("new_price", "brick_lime_mortar", 5, 14),
        ("new_price", "roof_tile_clay", 11, 25),
        ("new_price", "door_inner", 900, 1500),
        ("new_co2e", "brick_lime_mortar", "0.5", "0.8"),
        ("new_co2e", "hollow_core_slab", 45, 60),
        ("new_co2e", "steel_beam", 40, 60),
        ("new_co2e", "window_wood", 50, 120),
        ("new_co2e", "gravel", 5, 20),
    ],
)
def test_values_lie_in_plausible_ranges(
    factor_of: FactorOf, kind: str, code: str, low: float | str, high: float | str
) -> None:
    """Levels a Danish builder would recognise in 2026; a brick is said to save 0.5 kg CO2e."""
    assert Decimal(low) <= Decimal(factor_of[kind, code, ""]["value"]) <= Decimal(high)


def test_co2e_per_kg_is_plausible_for_every_class(tradable: Rows, factor_of: FactorOf) -> None:
    """Between clean soil and aluminium: a slip of a unit or of a thousand shows here."""
    for row in tradable:
        per_kg = Decimal(factor_of["new_co2e", row["code"], ""]["value"]) / Decimal(row["mass_kg_per_unit"])
        assert Decimal("0.002") < per_kg < 11, (row["code"], per_kg)


def test_timber_saves_though_its_production_is_negative(factor_of: FactorOf) -> None:
    """Carbon taken up in A1-A3 leaves again in C3: only the sum may be counted, and it is positive."""
    for code in ("joist_timber", "rafter_timber", "floorboard_timber", "glulam_beam", "plywood", "linoleum"):
        assert Decimal(factor_of["new_co2e_a1a3", code, ""]["value"]) < 0
        assert Decimal(factor_of["new_co2e", code, ""]["value"]) > 0


def test_rates_times_mass_or_volume_recompute(factors: Rows, class_of: dict[str, dict[str, str]]) -> None:
    """Where a source says rate x tonnes or rate x m3, the value is that product, of the class's own mass."""
    pattern = re.compile(r"([\d.]+) (?:DKK/t|kg CO2e/t|DKK/m3/day) x ([\d.]+) (t|m3)\b")
    checked = 0
    for row in factors:
        found = pattern.search(row["source"])
        if row["kind"] not in {"disposal_avoided", "storage_price", "preparation_co2e"}:
            continue
        assert found, row
        amount = class_of[row["class"]]["mass_kg_per_unit" if found[3] == "t" else "volume_l_per_unit"]
        assert Decimal(found[2]) == Decimal(amount) / 1000
        product = Decimal(found[1]) * Decimal(found[2])
        assert Decimal(row["value"]) == pytest.approx(product, abs=Decimal("0.000001"))
        checked += 1
    assert checked > 200


def test_transport_price_is_the_price_of_a_km_over_the_payload(factor_of: FactorOf) -> None:
    """DKK per km of a full truck divided by the payload of that same vehicle."""
    for vehicle in ("truck_26t", "semi_trailer", "crane_truck", "van"):
        row = factor_of["transport_price", "", vehicle]
        found = re.search(r"([\d.]+) DKK/km / ([\d.]+) t\b", row["source"])
        assert found
        assert Decimal(found[2]) == Decimal(factor_of["vehicle_payload", "", vehicle]["value"])
        quotient = Decimal(found[1]) / Decimal(found[2])
        assert Decimal(row["value"]) == pytest.approx(quotient, abs=Decimal("0.000001"))


def test_transport_emissions_are_the_published_ones(factor_of: FactorOf) -> None:
    """Truck up to 26 t 0.0897, truck-trailer 0.0644 kg CO2e/tkm; the van is an assumption."""
    assert Decimal(factor_of["transport_co2e", "", "truck_26t"]["value"]) == Decimal("0.0897")
    assert Decimal(factor_of["transport_co2e", "", "semi_trailer"]["value"]) == Decimal("0.0644")
    assert factor_of["transport_co2e", "", "van"]["status"] == "assumption"


@pytest.mark.parametrize(
    ("kind", "value", "unit"),
    [
        ("detour", "1.3", "ratio"),
        ("near_distance_default", "60", "km"),
        ("max_distance_default", "75", "km"),
        ("max_distance_cap", "200", "km"),
        ("storage_days_default", "365", "days"),
        ("carbon_price_default", "750", "DKK/t CO2e"),
    ],
)
def test_defaults_of_a_run_are_there(factor_of: FactorOf, kind: str, value: str, unit: str) -> None:
    """A run reads its defaults from the table, in these units."""
    row = factor_of[kind, "", ""]
    assert (row["value"], row["unit"]) == (value, unit)


def test_every_kind_and_vehicle_is_documented(factors: Rows) -> None:
    """A reader of the table finds each kind of factor, and each vehicle, on the reference page."""
    page = (Path(__file__).parents[3] / "docs" / "reference" / "factors.md").read_text(encoding="utf-8")
    named = {row["kind"] for row in factors} | {
        row["key"] for row in factors if row["kind"] == "vehicle_payload"
    }
    assert {word for word in named if f"`{word}`" not in page} == set()
