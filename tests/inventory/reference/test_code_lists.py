# SPDX-License-Identifier: EUPL-1.2
"""Code lists: complete against the register's extracts, with names in both languages."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import inventory

FOLDER = Path(inventory.__file__).parent / "reference"

Rows = list[dict[str, str]]

REGISTER_COLUMNS = {
    "byg021BygningensAnvendelse": "byg021",
    "byg032YdervæggensMateriale": "byg032",
    "byg033Tagdækningsmateriale": "byg033",
    "byg034SupplerendeYdervæggensMateriale": "byg032",
    "byg035SupplerendeTagdækningsMateriale": "byg033",
    "byg036AsbestholdigtMateriale": "byg036",
    "byg037KildeTilBygningensMaterialer": "byg037",
    "byg056Varmeinstallation": "byg056",
    "byg070Fredning": "byg070",
    "status": "life_cycle",
    "forretningsproces": "case_type",
}


def test_every_code_has_names_source_and_day(code_lists: Rows) -> None:
    """A code is shown by its name in either language and traced by its source and first day."""
    keys = set()
    for row in code_lists:
        for column in ("code", "name_da", "name_en", "source", "valid_from"):
            assert row[column].strip(), row
        keys.add((row["list"], row["code"]))
    assert len(keys) == len(code_lists)


def test_roof_and_wall_codes_mean_what_the_register_means(code_lists: Rows) -> None:
    """Roof code 5 is clay tile: at least one public code base has it wrong."""
    names = {(row["list"], row["code"]): row["name_en"] for row in code_lists}
    assert names["byg033", "5"] == "Clay tiles"
    assert names["byg033", "3"] == "Fibre cement, among it asbestos"
    assert names["byg032", "6"] == "Concrete elements"
    assert names["life_cycle", "6"] == "Built"
    assert names["life_cycle", "10"] == "Historical"


def test_three_case_types_mean_demolition(codes_of: dict[str, set[str]]) -> None:
    """The 2017 and 2020 extracts write 3, newer lists 31 for part and 32 for whole: accept all."""
    assert codes_of["demolition_case"] == {"3", "31", "32"}
    assert codes_of["demolition_case"] <= codes_of["case_type"]


def test_hazardous_waste_codes(code_lists: Rows, codes_of: dict[str, set[str]]) -> None:
    """Asbestos, PCB and tar are hazardous; brick, wood and clean soil are not; note and list agree."""
    hazardous = {row["code"] for row in code_lists if row["list"] == "eak" and row["note"] == "hazardous"}
    assert hazardous == codes_of["eak_hazardous"]
    assert {"17 06 05", "17 09 02", "17 03 01", "17 05 03"} <= hazardous
    assert {"17 01 02", "17 02 01", "17 05 04"}.isdisjoint(hazardous)


def test_enumerations_of_the_tables_are_listed(codes_of: dict[str, set[str]]) -> None:
    """Every value a lot or a site may hold has a name in both languages."""
    assert codes_of["firmness"] == {"possible", "permit_applied", "permit_given", "started", "gone"}
    assert codes_of["screening"] == {"clean", "contaminated", "hazardous", "unknown"}
    assert codes_of["documentation"] == {"none", "basic", "tested"}
    assert codes_of["product_status"] == {"used", "surplus", "recycled"}
    assert codes_of["basis"] == {"estimated", "surveyed"}
    assert {
        "asbestos_roof",
        "asbestos_wall",
        "asbestos_registered_roof",
        "pcb_era",
        "lead_paint",
        "creosote_timber",
        "mortar_cement",
    } <= codes_of["suspicion"]


def test_every_suspicion_an_estimate_raises_has_a_name(codes_of: dict[str, set[str]]) -> None:
    """The estimator's rules raise only suspicions that can be shown in both languages."""
    with (FOLDER / "suspicion_rules.csv").open(encoding="utf-8", newline="") as file:
        raised = {row["suspicion"] for row in csv.DictReader(file)}
    assert raised
    assert raised <= codes_of["suspicion"]


def test_names_within_a_list_are_unique(code_lists: Rows) -> None:
    """A drop-down with two equal entries cannot be used."""
    for column in ("name_da", "name_en"):
        seen: set[tuple[str, str]] = set()
        for row in code_lists:
            key = (row["list"], row[column].casefold())
            assert key not in seen, key
            seen.add(key)


@pytest.mark.parametrize(("column", "list_name"), REGISTER_COLUMNS.items())
def test_every_code_of_the_extract_is_known(
    real_data: Path, codes_of: dict[str, set[str]], column: str, list_name: str
) -> None:
    """No building of the real extract carries a code our list has no name for."""
    with (real_data / "02_bbr" / "bbr_bygning_2020.csv").open(encoding="utf-8", newline="") as file:
        found = {row[column] for row in csv.DictReader(file)} - {""}
    assert found
    assert found <= codes_of[list_name]


@pytest.mark.parametrize(
    ("file_name", "field", "list_name"),
    [
        ("bbr_kodelister_current.csv", ("felt", "byg021BygningensAnvendelse"), "byg021"),
        ("bbr_kodelister_current.csv", ("felt", "byg032YdervaeggensMateriale"), "byg032"),
        ("bbr_kodelister_current.csv", ("felt", "byg033Tagdaekningsmateriale"), "byg033"),
        ("bbr_kodelister_current.csv", ("felt", "byg056Varmeinstallation"), "byg056"),
        ("bbr_kodelister_current.csv", ("felt", "status"), "life_cycle"),
        ("bbr_kodelister_ois_2017.csv", ("bbr_nr", "BYG.21"), "byg021"),
        ("bbr_kodelister_ois_2017.csv", ("bbr_nr", "BYG.32"), "byg032"),
        ("bbr_kodelister_ois_2017.csv", ("bbr_nr", "BYG.33"), "byg033"),
        ("bbr_kodelister_ois_2017.csv", ("bbr_nr", "BYG.36"), "byg036"),
        ("bbr_kodelister_ois_2017.csv", ("bbr_nr", "BYG.37"), "byg037"),
        ("bbr_kodelister_ois_2017.csv", ("bbr_nr", "BYG.56"), "byg056"),
        ("bbr_kodelister_ois_2017.csv", ("bbr_nr", "BYG.70"), "byg070"),
        ("bbr_kodelister_ois_2017.csv", ("bbr_nr", "BYG.85"), "case_type"),
    ],
)
def test_lists_are_complete_against_the_published_ones(
    real_data: Path, codes_of: dict[str, set[str]], file_name: str, field: tuple[str, str], list_name: str
) -> None:
    """Every code of the published list, old or current, is in ours."""
    with (real_data / "02_bbr" / file_name).open(encoding="utf-8", newline="") as file:
        published = {row["kode"] for row in csv.DictReader(file) if row[field[0]] == field[1]}
    assert published
    assert published <= codes_of[list_name]


def test_chapter_17_is_complete_and_flagged_right(real_data: Path, codes_of: dict[str, set[str]]) -> None:
    """All codes of chapter 17, flagged as the European List of Waste flags them."""
    path = real_data / "09_classification" / "ewc_list_of_waste_en.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    spelled = {row["code"]: f"{row['code'][:2]} {row['code'][2:4]} {row['code'][4:]}" for row in rows}
    assert {spelled[row["code"]] for row in rows if row["code"].startswith("17")} <= codes_of["eak"]
    hazardous = {spelled[row["code"]] for row in rows if row["is_hazardous"] == "1"}
    assert codes_of["eak"] & hazardous == codes_of["eak_hazardous"]
