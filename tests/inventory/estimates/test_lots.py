# SPDX-License-Identifier: EUPL-1.2
"""Buildings with answers computed by hand."""

import math
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from inventory.estimates.lots import LOT_COLUMNS, estimate_lots
from inventory.estimates.rules import EstimateRules

MakeBuildings = Callable[..., pd.DataFrame]
BRICKS = ["brick_lime_mortar", "brick_unknown_mortar", "brick_cement_mortar"]


def estimate_one(make_buildings: MakeBuildings, rules: EstimateRules, **change: Any) -> pd.DataFrame:
    """Estimate the house of 1935 with some attributes changed, lots by class."""
    return estimate_lots(make_buildings(change), rules).set_index("class_code")


def test_bricks_of_a_house_by_hand(make_buildings: MakeBuildings, rules: EstimateRules) -> None:
    """A detached house of 120 m2 from 1935 has 117.5 m2 of wall and some 19,850 bricks."""
    lots = estimate_one(make_buildings, rules)
    # 2.6811 m2 of wall for a metre of 4 sqrt(footprint); 125 bricks/m2 and 1.3 for brick inner walls
    wall = 4 * math.sqrt(120) * 2.6811
    assert wall == pytest.approx(117.48, abs=0.01)
    geometry = math.log(wall * 125 * 1.3)
    # RASMI brick RS M: P50 693.33 kg/m2, of which 0.88 in walls, 2.394 kg a brick
    intensity = math.log(120 * 693.33 * 0.88 / 2.394)
    spreads = [(2.2047, 3.2604), (110, 150), (1.1, 1.6)]
    v1 = sum((math.log(high / low) / 2.5631) ** 2 for low, high in spreads)
    v2 = (math.log(2219 / 158.2) / 3.2897) ** 2 + (math.log(0.96 / 0.75) / 2.5631) ** 2
    pooled = (geometry * v2 + intensity * v1) / (v1 + v2)
    assert lots.loc["brick_lime_mortar", "in_place"] == pytest.approx(math.exp(pooled), abs=2)
    # 0.55 of them come clean (0.35 to 0.75); the two estimates agree, so no Birge factor
    deviation = math.sqrt(v1 * v2 / (v1 + v2) + (math.log(0.75 / 0.35) / 2.5631) ** 2)
    likely = math.exp(pooled) * 0.55
    assert lots.loc["brick_lime_mortar", "quantity"] == pytest.approx(likely, abs=2)
    assert lots.loc["brick_lime_mortar", "quantity_low"] == pytest.approx(
        likely * math.exp(-1.28155 * deviation), abs=3
    )
    assert lots.loc["brick_lime_mortar", "quantity_high"] == pytest.approx(
        likely * math.exp(1.28155 * deviation), abs=5
    )


def test_roof_tiles_of_a_house_by_hand(make_buildings: MakeBuildings, rules: EstimateRules) -> None:
    """120 m2 under eaves 1.10 and 42 degrees are 177.6 m2 of roof, 2,664 clay tiles."""
    lots = estimate_one(make_buildings, rules)
    expected = 120 * 1.10 / math.cos(math.radians(42)) * 15
    assert lots.loc["roof_tile_clay", "in_place"] == pytest.approx(expected, abs=1)
    assert lots.loc["roof_tile_clay", "unit"] == "piece"


def test_steps_are_those_of_the_class(make_buildings: MakeBuildings, rules: EstimateRules) -> None:
    """Floorboards count in steps of 0.1 m2: 120 m2 of floor give 100 to 1,200 steps."""
    lots = estimate_one(make_buildings, rules)
    assert 100 < lots.loc["floorboard_timber", "quantity"] < 1200
    assert lots.loc["floorboard_timber", "unit"] == "m2"


def test_house_of_1935_holds_what_such_houses_hold(
    make_buildings: MakeBuildings, rules: EstimateRules
) -> None:
    """The old brick house has timber decks and services, and no concrete slabs, cladding or fibre cement."""
    classes = set(estimate_one(make_buildings, rules).index)
    assert {
        "joist_timber",
        "rafter_timber",
        "floorboard_timber",
        "door_inner",
        "window_wood",
        "radiator_steel",
    } <= classes
    assert {"toilet", "washbasin"} <= classes
    assert not classes & {
        "hollow_core_slab",
        "wood_cladding",
        "fibre_cement_sheet",
        "roof_tile_concrete",
        "steel_beam",
    }


@pytest.mark.parametrize(
    ("code", "class_code"),
    [
        (4, "roof_tile_concrete"),
        (5, "roof_tile_clay"),
        (6, "roof_sheet_metal"),
        (3, "fibre_cement_sheet"),
        (10, "fibre_cement_sheet"),
    ],
)
def test_roof_code_gives_its_class(
    code: int, class_code: str, make_buildings: MakeBuildings, rules: EstimateRules
) -> None:
    """Roof code 5 is clay tile, 4 concrete tile, 6 metal, 3 and 10 fibre cement, and nothing beside."""
    covers = {"roof_tile_concrete", "roof_tile_clay", "roof_sheet_metal", "fibre_cement_sheet"}
    assert covers & set(estimate_one(make_buildings, rules, roof_code=code).index) == {class_code}


@pytest.mark.parametrize("code", [1, 2, 7, 11, 12, 20, 80, 90])
def test_roof_without_reusable_cover_gives_none(
    code: int, make_buildings: MakeBuildings, rules: EstimateRules
) -> None:
    """Felt, thatch, plastic, glass and green roofs give no cover."""
    lots = estimate_one(make_buildings, rules, roof_code=code)
    assert not {"roof_tile_concrete", "roof_tile_clay", "roof_sheet_metal", "fibre_cement_sheet"} & set(
        lots.index
    )


@pytest.mark.parametrize(
    ("year", "class_code"),
    [
        (1800, BRICKS[0]),
        (1954, BRICKS[0]),
        (1955, BRICKS[1]),
        (1965, BRICKS[1]),
        (1966, BRICKS[2]),
        (2010, BRICKS[2]),
        (None, BRICKS[1]),
        (1000, BRICKS[1]),
    ],
)
def test_mortar_goes_by_year(
    year: int | None, class_code: str, make_buildings: MakeBuildings, rules: EstimateRules
) -> None:
    """Lime before 1955, unknown 1955 to 1965 and where the year is unknown (1000 is), cement from 1966."""
    lots = estimate_one(make_buildings, rules, year_built=year)
    assert set(BRICKS) & set(lots.index) == {class_code}


def test_cement_mortar_gives_few_bricks(make_buildings: MakeBuildings, rules: EstimateRules) -> None:
    """Of bricks in cement mortar less than a tenth is likely reclaimed, of lime more than half."""
    old = estimate_one(make_buildings, rules).loc["brick_lime_mortar"]
    new = estimate_one(make_buildings, rules, year_built=1990).loc["brick_cement_mortar"]
    assert new["quantity"] < 0.1 * new["in_place"]
    assert old["quantity"] > 0.5 * old["in_place"]


def test_unknown_year_widens_the_range(make_buildings: MakeBuildings, rules: EstimateRules) -> None:
    """Without a year bricks have a wider range, timber decks are left out, no year is written."""
    known = estimate_one(make_buildings, rules)
    unknown = estimate_one(make_buildings, rules, year_built=None)
    spread = [
        lots.loc[name, "quantity_high"] / lots.loc[name, "quantity_low"]
        for lots, name in ((known, "brick_lime_mortar"), (unknown, "brick_unknown_mortar"))
    ]
    assert spread[1] > spread[0]
    assert not {"joist_timber", "floorboard_timber"} & set(unknown.index)
    assert unknown["year"].isna().all()
    assert "year_unknown" in unknown.loc["brick_unknown_mortar", "note"]


def test_unknown_wall_gives_no_wall_classes(make_buildings: MakeBuildings, rules: EstimateRules) -> None:
    """Without a wall material no bricks, cladding or elements are invented."""
    lots = estimate_one(make_buildings, rules, wall_code=None)
    assert not {*BRICKS, "crushed_brick", "wood_cladding", "sandwich_facade", "stud_timber"} & set(lots.index)
    assert "roof_tile_clay" in lots.index


def test_missing_total_area_widens_the_range(make_buildings: MakeBuildings, rules: EstimateRules) -> None:
    """Footprint x floors stands in for a total area of zero: same likely value, wider range."""
    known = estimate_one(make_buildings, rules)
    missing = estimate_one(make_buildings, rules, total_area_m2=0, dwelling_area_m2=0)
    name = "floorboard_timber"
    assert missing.loc[name, "quantity"] == pytest.approx(known.loc[name, "quantity"], rel=0.03)
    assert missing.loc[name, "quantity_low"] < known.loc[name, "quantity_low"]
    assert missing.loc[name, "quantity_high"] > known.loc[name, "quantity_high"]
    assert "area_from_floors" in missing.loc[name, "note"]


def test_no_area_gives_no_lots(make_buildings: MakeBuildings, rules: EstimateRules) -> None:
    """Without any area nothing is estimated; negative areas are no areas."""
    buildings = make_buildings({"footprint_m2": -20, "total_area_m2": 0, "dwelling_area_m2": None})
    lots = estimate_lots(buildings, rules)
    assert lots.empty
    assert tuple(lots.columns) == LOT_COLUMNS


@pytest.mark.parametrize("use", [215, 920, 940, 950, 960, 990, 999, None, 12345])
def test_use_without_lots_gives_none(
    use: int | None, make_buildings: MakeBuildings, rules: EstimateRules
) -> None:
    """Greenhouses, carports, canopies, derelict buildings and unknown uses give no lots."""
    assert estimate_lots(make_buildings({"use_code": use}), rules).empty


@pytest.mark.parametrize("status", [2, 3, 9, 10, 11, 14])
def test_only_standing_buildings_give_lots(
    status: int, make_buildings: MakeBuildings, rules: EstimateRules
) -> None:
    """What is projected, closed, historical or mis-registered gives nothing."""
    assert estimate_lots(make_buildings({"status_code": status}), rules).empty


def test_asbestos_roof_is_never_offerable(make_buildings: MakeBuildings, rules: EstimateRules) -> None:
    """Roof code 3 gives an asbestos-suspect lot without papers; code 10 a usable one."""
    suspect = estimate_one(make_buildings, rules, roof_code=3).loc["fibre_cement_sheet"]
    assert suspect["asbestos_suspect"]
    assert (suspect["screening"], suspect["documentation"]) == ("unknown", "none")
    assert suspect["suspicion"] == ("asbestos_roof",)
    free = estimate_one(make_buildings, rules, roof_code=10).loc["fibre_cement_sheet"]
    assert not free["asbestos_suspect"]
    assert free["documentation"] == "basic"


def test_asbestos_on_roof_makes_sheets_of_roof_and_wall_suspect(
    make_buildings: MakeBuildings, rules: EstimateRules
) -> None:
    """Sheets of an asbestos roof and an asbestos-free wall are one lot, all of it suspect."""
    both = estimate_one(make_buildings, rules, roof_code=3, wall_code=10).loc["fibre_cement_sheet"]
    roof = estimate_one(make_buildings, rules, roof_code=3).loc["fibre_cement_sheet"]
    wall = estimate_one(make_buildings, rules, roof_code=5, wall_code=10).loc["fibre_cement_sheet"]
    assert both["asbestos_suspect"]
    assert both["documentation"] == "none"
    assert both["rule"] == "fibre_cement_roof_asbestos+fibre_cement_wall"
    assert both["quantity_low"] == pytest.approx(roof["quantity_low"] + wall["quantity_low"], rel=0.01)


def test_registered_asbestos_makes_tiles_suspect(make_buildings: MakeBuildings, rules: EstimateRules) -> None:
    """byg036 = 2 (roof) makes any roof cover suspect but not the bricks; 1 (wall) the bricks alone."""
    roof = estimate_one(make_buildings, rules, asbestos_code=2)
    assert roof.loc["roof_tile_clay", "suspicion"] == ("asbestos_registered_roof",)
    assert roof.loc["roof_tile_clay", "asbestos_suspect"]
    assert not roof.loc["brick_lime_mortar", "asbestos_suspect"]
    wall = estimate_one(make_buildings, rules, asbestos_code=1)
    assert wall.loc["brick_lime_mortar", "asbestos_suspect"]
    assert not wall.loc["roof_tile_clay", "asbestos_suspect"]


def test_pcb_era(make_buildings: MakeBuildings, rules: EstimateRules) -> None:
    """PCB is suspected in windows of buildings built or rebuilt 1950 to 1977, or of unknown year."""
    years = [(1949, None), (1950, None), (1977, None), (1978, None), (1935, 1965), (None, None)]
    buildings = make_buildings(*({"year_built": built, "year_rebuilt": rebuilt} for built, rebuilt in years))
    lots = estimate_lots(buildings, rules)
    windows = lots[lots["class_code"] == "window_wood"]
    assert ["pcb_era" in codes for codes in windows["suspicion"]] == [False, True, True, False, True, True]


def test_insulation_is_not_offered(make_buildings: MakeBuildings, rules: EstimateRules) -> None:
    """Loft insulation is shown as waste to expect and never offered."""
    lot = estimate_one(make_buildings, rules).loc["insulation_mineral_wool"]
    assert (lot["status"], lot["documentation"]) == ("withdrawn", "none")
    assert "not_reusable" in lot["note"]


def test_concrete_block_of_flats(make_buildings: MakeBuildings, rules: EstimateRules) -> None:
    """Flats of concrete elements from 1970 give slabs, facades and inner walls; from 1955 no slabs."""
    flats = {
        "use_code": 140,
        "floors": 4,
        "footprint_m2": 400,
        "total_area_m2": 1600,
        "wall_code": 6,
        "roof_code": 1,
    }
    new = set(estimate_one(make_buildings, rules, **flats, year_built=1970).index)
    assert {"hollow_core_slab", "sandwich_facade", "concrete_wall_element"} <= new
    assert not set(BRICKS) & new
    assert "hollow_core_slab" not in set(estimate_one(make_buildings, rules, **flats, year_built=1955).index)


def test_listed_building_is_kept_and_noted(make_buildings: MakeBuildings, rules: EstimateRules) -> None:
    """A listed building is estimated like any other, and the note says so."""
    lots = estimate_one(make_buildings, rules, listed_code=2)
    assert len(lots) == len(estimate_one(make_buildings, rules))
    assert lots["note"].str.contains("listed_building").all()


def test_each_lot_names_rule_and_source(make_buildings: MakeBuildings, rules: EstimateRules) -> None:
    """Every lot carries the id of a rule of the table and that rule's source."""
    sources = {rule.rule: rule.source for rule in rules.rules}
    for _, lot in estimate_lots(make_buildings(), rules).iterrows():
        assert lot["rule_source"] == sources[lot["rule"]]
        assert lot["rule_source"]
