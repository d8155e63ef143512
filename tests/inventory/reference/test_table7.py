# SPDX-License-Identifier: EUPL-1.2
"""CO2e derived from BR18 annex 2 table 7: every number recomputes from its parts and from the table."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest

Rows = list[dict[str, str]]
FactorOf = dict[tuple[str, str, str], dict[str, str]]

MODULES = {
    "new_co2e_a1a3": "Global Opvarmning, modul A1-A3",
    "new_co2e_c3": "Global Opvarmning, modul C3",
    "new_co2e_c4": "Global Opvarmning, modul C4",
}
TERM = re.compile(r"([BG]\d{4}) (none|-?[\d.]+) per (M3|M2|M|KG|STK) x ([\d.]+) (M3|M2|M|KG|STK)")
RESULT = re.compile(r" = (-?[\d.]+)\. ")
C3_PER_KG_BESIDE_A1A3_PER_M3 = {"G1292", "G1294", "G1295", "G1296", "G1297"}
WRONG_MASS_FACTOR = {"G0392", "G0757", "G0785", "G1071"}


@pytest.fixture(scope="session")
def derived(factors: Rows) -> Rows:
    return [row for row in factors if row["kind"] in MODULES]


@pytest.fixture(scope="session")
def table7(real_data: Path) -> dict[str, dict[str, str]]:
    folder = real_data / "05_co2" / "br18_tabel7"
    with (folder / "br18_bilag2_tabel7_v2_201222.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["Sorterings ID"].lstrip("#"): row for row in csv.DictReader(file)}


def read_terms(row: dict[str, str]) -> list[tuple[str, Decimal, str, Decimal]]:
    """Read the dataset, its figure, its unit and the amount out of the words of the source."""
    terms = []
    for dataset, figure, unit, amount, again in TERM.findall(row["source"]):
        assert unit == again, row
        terms.append((dataset, Decimal(0) if figure == "none" else Decimal(figure), unit, Decimal(amount)))
    assert terms, row
    return terms


def test_each_module_recomputes_from_its_parts(derived: Rows) -> None:
    """The arithmetic a reader sees in the source gives the stored value."""
    for row in derived:
        total = sum((figure * amount for _, figure, _, amount in read_terms(row)), Decimal(0))
        assert Decimal(row["value"]) == pytest.approx(total, abs=Decimal("0.000001")), row
        shown = RESULT.search(row["source"])
        assert shown
        assert Decimal(shown[1]) == Decimal(row["value"])


def test_the_sum_is_the_sum_of_its_modules(factors: Rows, factor_of: FactorOf) -> None:
    """What a plan counts is A1-A3 + C3 + C4, and a class has all three modules or none."""
    split = 0
    for row in factors:
        if row["kind"] != "new_co2e":
            continue
        parts = [factor_of.get((kind, row["class"], "")) for kind in MODULES]
        if any(parts):
            assert all(parts), row["class"]
            assert sum(Decimal(part["value"]) for part in parts if part) == Decimal(row["value"]), row
            split += 1
        else:
            assert row["status"] == "assumption"
    assert split >= 60


def test_the_edition_says_it_is_superseded(derived: Rows) -> None:
    """Nobody may take the 2023 edition for the one in force."""
    for row in derived:
        assert "version 2 - 201222" in row["edition"]
        assert "superseded" in row["edition"]


def test_amounts_are_those_of_the_class(derived: Rows, class_of: dict[str, dict[str, str]]) -> None:
    """A class made of one dataset is converted by its own volume, mass or area, not by another figure."""
    checked = 0
    for row in derived:
        terms = read_terms(row)
        if len(terms) != 1 or row["status"] != "sourced":
            continue
        (_, _, unit, amount), good = terms[0], class_of[row["class"]]
        if unit == "M3" and row["class"] != "timber_truss":  # its volume is stacked, not solid
            assert amount == pytest.approx(Decimal(good["volume_l_per_unit"]) / 1000), row["class"]
        elif unit == "KG":
            assert amount == Decimal(good["mass_kg_per_unit"]), row["class"]
        elif unit == "M2" and good["unit"] == "m2":
            assert amount == 1
        checked += 1
    assert checked >= 100


def test_rows_with_mixed_units_or_wrong_mass_are_left_out(derived: Rows) -> None:
    """Board rows carry C3 per kg beside A1-A3 per m3; fittings carry grams as kilograms."""
    used = {dataset for row in derived for dataset, _, _, _ in read_terms(row)}
    assert used.isdisjoint(C3_PER_KG_BESIDE_A1A3_PER_M3 | WRONG_MASS_FACTOR)


def test_every_figure_is_the_one_in_the_table(derived: Rows, table7: dict[str, dict[str, str]]) -> None:
    """Each figure equals the table's, divided by its declared factor (1000 kg rows), in the table's unit."""
    for row in derived:
        for dataset, figure, unit, _ in read_terms(row):
            raw = table7[dataset]
            text = raw[MODULES[row["kind"]]].strip()
            per = Decimal(raw["Deklareret faktor (FU)"])
            expected = Decimal(0) if text in {"", "-"} else Decimal(text) / per
            assert figure == pytest.approx(expected, abs=Decimal("0.0000011")), (row["class"], dataset)
            assert unit == raw["Deklareret enhed (FU)"].strip(), dataset


def test_named_datasets_are_what_we_take_them_for(derived: Rows, table7: dict[str, dict[str, str]]) -> None:
    """The Danish name in the source is the table's name of that dataset."""
    for row in derived:
        for dataset, _, _, _ in read_terms(row):
            assert f"{dataset} is {table7[dataset]['Navn DK'].strip()}" in row["source"], row


def test_masses_quoted_from_the_table_are_its_masses(
    tradable: Rows, table7: dict[str, dict[str, str]]
) -> None:
    """Where a class quotes "kg/m2", "kg/m3" or "kg" of a dataset, that is the table's mass factor."""
    pattern = re.compile(r"(?:Density )?([\d.]+) kg(?:/m[23])?[^:;]*: BR18 annex 2 table 7 ([BG]\d{4})")
    checked = 0
    for row in tradable:
        for mass, dataset in pattern.findall(row["source"]):
            raw = table7[dataset]
            assert Decimal(mass) == pytest.approx(Decimal(raw["Masse faktor"]), abs=Decimal("0.05")), (
                row["code"],
                dataset,
            )
            checked += 1
    assert checked >= 30


def test_the_rows_left_out_really_are_wrong(table7: dict[str, dict[str, str]]) -> None:
    """The traps are still in the edition we read; a mended edition makes this fail and us look again."""
    for dataset in C3_PER_KG_BESIDE_A1A3_PER_M3:
        raw = table7[dataset]
        assert Decimal(raw["Global Opvarmning, modul A1-A3"]) < -10
        assert Decimal(raw["Global Opvarmning, modul C3"]) < 2
    for dataset in WRONG_MASS_FACTOR:
        assert Decimal(table7[dataset]["Masse faktor"]) > 500
