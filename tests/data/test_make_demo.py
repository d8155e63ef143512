# SPDX-License-Identifier: EUPL-1.2
"""The demo inventory: made the same every time, believable, and with every slip in it."""

import csv
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from inventory.geography.reference import read_reference

DATA = Path(__file__).resolve().parents[2] / "data"
WALL, ROOF = "byg032YdervæggensMateriale", "byg033Tagdækningsmateriale"
YEAR, USE, TOTAL = "byg026Opførelsesår", "byg021BygningensAnvendelse", "byg038SamletBygningsareal"


def read(name: str) -> list[dict[str, str]]:
    """Rows of a committed demo file."""
    with (DATA / "demo" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def buildings() -> list[dict[str, str]]:
    """The demo's buildings."""
    return read("buildings.csv")


@pytest.fixture(scope="module")
def standing(buildings: list[dict[str, str]]) -> list[dict[str, str]]:
    """Those that stand."""
    return [row for row in buildings if row["status"] == "6"]


@pytest.mark.parametrize("name", ["buildings.csv", "hubs.csv", "lots.csv", "requirements.csv"])
def test_the_maker_reproduces_the_committed_files(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Running the maker gives the committed files byte for byte."""
    folder = tmp_path_factory.getbasetemp() / "made-demo"
    if not folder.exists():
        subprocess.run([sys.executable, DATA / "make_demo.py", folder], check=True)
    assert (folder / name).read_bytes() == (DATA / "demo" / name).read_bytes()


def test_sizes(buildings: list[dict[str, str]]) -> None:
    """600 buildings, 150 lots, 25 projects with 250 requirements; ids are unique."""
    lots, requirements = read("lots.csv"), read("requirements.csv")
    assert (len(buildings), len(lots), len(requirements)) == (600, 150, 250)
    assert len({row["id_lokalId"] for row in buildings}) == 600
    assert len({row["project_ref"] for row in requirements}) == 25
    assert len({row["ref"] for row in lots}) == 150
    assert len({row["ref"] for row in requirements}) == 250


def test_every_life_cycle_of_the_register(buildings: list[dict[str, str]]) -> None:
    """Buildings that do not stand are there in every way the register knows, without a window."""
    assert Counter(row["status"] for row in buildings) == {
        "6": 513, "9": 34, "10": 26, "2": 12, "11": 8, "3": 5, "14": 2,
    }  # fmt: skip
    assert not [r for r in buildings if r["status"] != "6" and r["genbro_available_from"]]


@pytest.mark.parametrize(
    ("slip", "column", "values", "least"),
    [
        ("year 1000", YEAR, {"1000"}, 20),
        ("year 0", YEAR, {"0"}, 20),
        ("year empty", YEAR, {""}, 3),
        ("no wall", WALL, {""}, 40),
        ("fibre cement roof", ROOF, {"3"}, 80),
        ("total area 0", TOTAL, {"0"}, 100),
        ("total area empty", TOTAL, {""}, 5),
        ("no coordinate", "x_utm32", {""}, 25),
        ("use empty", USE, {""}, 1),
        ("asbestos registered", "byg036AsbestholdigtMateriale", {"2", "3"}, 2),
        ("firmness gone", "genbro_firmness", {"gone"}, 3),
    ],
)
def test_slips_among_the_standing(
    standing: list[dict[str, str]], slip: str, column: str, values: set[str], least: int
) -> None:
    """Each slip of the real register is in the demo, often enough to be seen."""
    assert sum(row[column] in values for row in standing) >= least, slip


def test_negative_areas_outbuildings_and_cases(standing: list[dict[str, str]]) -> None:
    """Six negative areas, outbuildings of which few are due, and cases without a window."""
    negative = [r for r in standing if any(v.startswith("-") for k, v in r.items() if "areal" in k.lower())]
    sheds = [row for row in standing if row[USE].startswith("9")]
    cases = [r for r in standing if r["forretningsproces"] in ("3", "31", "32")]
    assert len(negative) == 6
    assert len(sheds) >= 100
    assert 0 < sum(bool(row["genbro_firmness"]) for row in sheds) <= 20
    assert sum(not row["genbro_available_from"] for row in cases) >= 10


def test_windows_are_whole_and_in_their_years(buildings: list[dict[str, str]]) -> None:
    """A window has two ends in order, a firmness, and lies between December 2026 and 2029."""
    due = [row for row in buildings if row["genbro_firmness"]]
    assert 150 <= len(due) <= 300
    for row in due:
        start, end = row["genbro_available_from"], row["genbro_available_to"]
        assert "2026-12-01" <= start < end < "2029-12-31"


def test_lots_name_buildings_of_the_demo(buildings: list[dict[str, str]]) -> None:
    """A lot lies in a building with a window, or at a depot with a place and days of its own."""
    due = {row["id_lokalId"] for row in buildings if row["genbro_available_from"]}
    for lot in read("lots.csv"):
        if lot["bbr_id"]:
            assert lot["bbr_id"] in due
            assert not lot["site_ref"]
        else:
            assert all(lot[column] for column in ("site_ref", "x", "y", "available_from", "firmness"))


def test_classes_units_and_municipalities_exist() -> None:
    """Every class is tradable, in its own unit; every municipality is a real one."""
    units = {r["code"]: r["unit"] for r in read_reference("material_classes.csv") if r["tradable"] == "true"}
    codes = {row["code"] for row in read_reference("municipalities.csv")}
    for row in read("lots.csv") + read("requirements.csv"):
        assert units[row["class"]] == row["unit"]
        assert row["municipality"] in codes | {""}
    assert {row["kommunekode"] for row in read("buildings.csv")} <= codes


def test_attributes_are_those_of_the_class() -> None:
    """A lot or requirement names only attributes its class declares."""
    declared = {r["code"]: set(r["attributes"].split()) for r in read_reference("material_classes.csv")}
    names = {row["name"] for row in read_reference("attributes.csv")}
    for row in read("lots.csv"):
        assert {n for n in names if row[n]} <= declared[row["class"]], row["ref"]
    for row in read("requirements.csv"):
        limited = {n for n in names if row[f"{n}_min"] or row[f"{n}_max"]}
        assert limited | set(row["unknown_ok"].split()) <= declared[row["class"]], row["ref"]


def test_islands_without_a_road_are_in_it(buildings: list[dict[str, str]]) -> None:
    """Bornholm and Samsø have a few buildings and a project each."""
    at = Counter(row["kommunekode"] for row in buildings)
    assert at["0400"] >= 3
    assert at["0741"] >= 1
    assert {"0400", "0741"} <= {row["municipality"] for row in read("requirements.csv")}
