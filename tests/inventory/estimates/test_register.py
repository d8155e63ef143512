# SPDX-License-Identifier: EUPL-1.2
"""The whole real register extract, estimated and held against published material intensities."""

import csv
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from inventory.estimates.lots import estimate_lots
from inventory.estimates.omission import find_omissions
from inventory.estimates.rules import EstimateRules

NAMES = {
    "id_lokalId": "site_id",
    "status": "status_code",
    "byg021BygningensAnvendelse": "use_code",
    "byg026Opførelsesår": "year_built",
    "byg027OmTilbygningsår": "year_rebuilt",
    "byg054AntalEtager": "floors",
    "byg041BebyggetAreal": "footprint_m2",
    "byg038SamletBygningsareal": "total_area_m2",
    "byg039BygningensSamledeBoligAreal": "dwelling_area_m2",
    "byg040BygningensSamledeErhvervsAreal": "business_area_m2",
    "byg032YdervæggensMateriale": "wall_code",
    "byg033Tagdækningsmateriale": "roof_code",
    "byg036AsbestholdigtMateriale": "asbestos_code",
    "byg056Varmeinstallation": "heating_code",
    "byg070Fredning": "listed_code",
}
BRICKS = ["brick_lime_mortar", "brick_unknown_mortar", "brick_cement_mortar"]


@pytest.fixture(scope="module")
def register(real_data: Path) -> pd.DataFrame:
    """The extract's 1,787 buildings under our names."""
    return pd.read_csv(real_data / "02_bbr" / "bbr_bygning_2020.csv", usecols=list(NAMES)).rename(
        columns=NAMES
    )


@pytest.fixture(scope="module")
def lots(register: pd.DataFrame, rules: EstimateRules) -> pd.DataFrame:
    """Every lot of the extract."""
    return estimate_lots(register, rules)


def test_whole_register_is_estimated(
    register: pd.DataFrame, lots: pd.DataFrame, rules: EstimateRules
) -> None:
    """Every building has lots or a reason why not, and no quantity is negative or out of order."""
    omitted = find_omissions(register, rules, lots=lots)
    whole = omitted[omitted["class_code"].isna()]
    assert len(register) == 1787
    assert set(lots["site_id"]) | set(omitted["site_id"]) == set(register["site_id"])
    assert not set(lots["site_id"]) & set(whole["site_id"])
    assert (whole["reason"] == "not_standing").sum() == 280
    assert (lots["quantity_low"] >= 0).all()
    assert (lots["quantity_low"] <= lots["quantity"]).all()
    assert (lots["quantity"] <= lots["quantity_high"]).all()
    assert not lots.duplicated(["site_id", "class_code"]).any()


def test_all_standing_asbestos_roofs_are_suspect(register: pd.DataFrame, lots: pd.DataFrame) -> None:
    """Each of the 495 standing roofs of code 3 that is estimated has its sheets suspect."""
    roofs = register[(register["status_code"] == 6) & (register["roof_code"] == 3)]
    assert len(roofs) == 495
    estimated = set(roofs["site_id"]) & set(lots["site_id"])
    sheets = lots[(lots["class_code"] == "fibre_cement_sheet") & lots["site_id"].isin(estimated)]
    assert set(sheets["site_id"]) == estimated
    assert len(estimated) > 450
    assert sheets["asbestos_suspect"].all()
    assert (sheets["documentation"] == "none").all()


def test_brick_houses_agree_with_published_intensities(
    register: pd.DataFrame, lots: pd.DataFrame, rules: EstimateRules
) -> None:
    """Bricks per floor area of brick houses: 95 of 100 within P5 to P95 of RASMI, fewer in later eras."""
    houses = register[register["use_code"].isin([110, 120]) & (register["wall_code"] == 1)]
    bricks = lots[lots["class_code"].isin(BRICKS)].merge(houses, on="site_id")
    mass = rules.classes["brick_lime_mortar"].mass_kg_per_unit
    intensity = bricks["in_place"] * mass / bricks["total_area_m2"]
    published = next(row for row in rules.factors["rasmi_brick"] if "detached" in row.condition.groups)
    assert len(bricks) > 400
    assert intensity.between(published.low, published.high).mean() > 0.95
    era = np.digitize(bricks["year_built"], [1920, 1960, 1979])
    medians = intensity.groupby(era).median()
    assert medians[0] > medians[2] > medians[3]
    assert medians[1] > medians[2]


def test_wood_of_old_houses_agrees_with_published_intensities(
    register: pd.DataFrame, lots: pd.DataFrame, rules: EstimateRules
) -> None:
    """Joists, rafters and boards of old brick houses lie within P5 to P95 of RASMI's wood."""
    houses = register[
        register["use_code"].isin([110, 120])
        & (register["wall_code"] == 1)
        & register["year_built"].between(1800, 1955)
    ]
    wood = lots[lots["class_code"].isin(["joist_timber", "rafter_timber", "floorboard_timber"])].merge(
        houses, on="site_id"
    )
    measures = rules.classes
    kilograms = wood["in_place"] * wood["class_code"].map(
        {code: measures[code].mass_kg_per_unit * measures[code].step for code in wood["class_code"].unique()}
    )
    area = houses.set_index("site_id")["total_area_m2"]
    intensity = kilograms.groupby(wood["site_id"]).sum() / area
    assert intensity.dropna().between(6.34, 69.87).mean() > 0.95


def test_carried_percentiles_are_the_published_ones(real_data: Path, rules: EstimateRules) -> None:
    """Each RASMI row we carry is the published row of Western Europe, to two decimals."""
    with (real_data / "04_material_intensity" / "rasmi_oecd_eu15.csv").open(encoding="utf-8") as handle:
        published = {
            (row["material"], row["function"], row["structure"]): row for row in csv.DictReader(handle)
        }
    carried = [row for name, rows in rules.factors.items() if name.startswith("rasmi_") for row in rows]
    assert carried
    for row in carried:
        material, function, structure = row.note.split(":")[0].split()
        original = published[(material, function, structure)]
        assert math.isclose(row.likely, float(original["p_50"]), abs_tol=0.006)
        low, high = ("p_5", "p_95") if float(original["p_5"]) > 0 else ("p_25", "p_75")
        assert math.isclose(row.low, float(original[low]), abs_tol=0.006)
        assert math.isclose(row.high, float(original[high]), abs_tol=0.006)


def test_carried_window_shares_are_tabulas(real_data: Path, rules: EstimateRules) -> None:
    """The share of windows in a one-family house's wall is the median of the ten Danish example houses."""
    table = pd.read_csv(real_data / "04_material_intensity" / "tabula_dk_building_variants.csv")
    example = (table["Number_BuildingVariant"] == 1) & (table["Code_DataType_Building"] == "ReEx")
    houses = table[example & (table["Code_BuildingSizeClass"] == "SFH")]
    assert len(houses) == 10
    windows = houses["A_Window_1"] + houses["A_Window_2"]
    walls = houses[["A_Wall_1", "A_Wall_2", "A_Wall_3"]].sum(axis=1)
    share = windows / (windows + walls + houses["A_Door_1"])
    carried = next(row for row in rules.factors["solid_share"] if "detached" in row.condition.groups)
    assert carried.likely == pytest.approx(1 - share.median(), abs=0.001)
    per_floor = (windows / houses["A_C_Ref"]).median()
    carried = next(
        row for row in rules.factors["window_area_per_floor_area"] if "detached" in row.condition.groups
    )
    assert carried.likely == pytest.approx(per_floor, abs=0.001)
