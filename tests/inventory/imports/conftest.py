# SPDX-License-Identifier: EUPL-1.2
"""Files to import, written by the tests themselves."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

from inventory.cli.main import main

Rows = Sequence[Mapping[str, object]]

YARD = {
    "ref": "L1",
    "site_ref": "YARD",
    "site_name": "Yard",
    "x": "588000",
    "y": "6139700",
    "municipality": "0461",
    "organisation": "Fyns Nedrivning",
    "class": "brick_lime_mortar",
    "quantity": "12000",
    "unit": "piece",
    "available_from": "2027-03-01",
    "available_to": "2027-06-01",
    "firmness": "permit_given",
    "documentation": "basic",
    "screening": "clean",
}
TERMS = {
    "reuse": "preparation for reuse",
    "waste_number": "2027-0042",
    "waste_receiver": "Odense Genbrug",
    "materials_owner": "Fyns Nedrivning",
    "sellable_from": "2027-02-01",
    "right_paper": "kontrakt.pdf",
    "price_at": "at the site",
    "dismantled_by": "seller",
    "loaded_by": "sælger",
    "unloaded_by": "buyer",
    "crane": "to be hired",
    "minimum_hire_hours": "4",
    "access_note": "Gate to the yard, 3 m",
    "storage_place": "Rack 4",
}
SCHOOL = {
    "ref": "R1",
    "project_ref": "SCHOOL",
    "project_name": "New school",
    "organisation": "Odense Kommune",
    "building_type": "school",
    "x": "588298",
    "y": "6137064",
    "municipality": "0461",
    "class": "brick_lime_mortar",
    "quantity": "5000",
    "unit": "piece",
    "wanted_from": "2027-05-01",
    "wanted_to": "2027-09-01",
}
HUB = {
    "ref": "HUB",
    "name": "Reuse hub",
    "x": "586000",
    "y": "6138000",
    "municipality": "0461",
    "organisation": "Odense Kommune",
    "area_m2": "600",
    "price_dkk_per_m2_day": "0.45",
    "open_from": "2027-01-01",
    "opening_hours": "Mon-Fri 7-15",
}
HOUSE = {
    "id_lokalId": "00000000-0000-4000-8000-000000000001",
    "kommunekode": "0461",
    "status": "6",
    "forretningsproces": "0",
    "virkningFra": "2015-05-27T17:37:48.907Z",
    "byg007Bygningsnummer": "1",
    "byg021BygningensAnvendelse": "120",
    "byg026Opførelsesår": "1938",
    "byg027OmTilbygningsår": "0",
    "byg032YdervæggensMateriale": "1",
    "byg033Tagdækningsmateriale": "5",
    "byg038SamletBygningsareal": "146",
    "byg039BygningensSamledeBoligAreal": "146",
    "byg040BygningensSamledeErhvervsAreal": "0",
    "byg041BebyggetAreal": "146",
    "byg054AntalEtager": "1",
    "byg404Koordinat": "POINT (588000 6139700)",
    "adresse": "Eksempelvej 1, 5000 Odense C",
    "postnr": "5000",
    "postdistrikt": "Odense C",
}


def format_csv(rows: Rows, *, separator: str = ",") -> str:
    """Format rows as CSV text; columns are those of all rows, in order of first appearance."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names, delimiter=separator, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@pytest.fixture
def write_csv(tmp_path: Path) -> Callable[..., Path]:
    """Write rows as a CSV file and give its path."""

    def write(rows: Rows, *, name: str = "file.csv", separator: str = ",", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(format_csv(rows, separator=separator).encode(encoding))
        return path

    return write


@pytest.fixture
def write_xlsx(tmp_path: Path) -> Callable[..., Path]:
    """Write rows of cells as the sheets of a workbook and give its path."""

    def write(sheets: Mapping[str, Sequence[Sequence[object]]], *, name: str = "file.xlsx") -> Path:
        workbook = Workbook()
        workbook.remove(workbook.worksheets[0])
        for title, rows in sheets.items():
            sheet = workbook.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
        path = tmp_path / name
        workbook.save(path)
        return path

    return write


@pytest.fixture
def yard() -> dict[str, object]:
    """A row of a lot at a yard in Odense, with nothing wrong."""
    return dict(YARD)


@pytest.fixture
def school() -> dict[str, object]:
    """A row of a requirement of a school in Odense, with nothing wrong."""
    return dict(SCHOOL)


@pytest.fixture
def hub() -> dict[str, object]:
    """A row of a storage hub in Odense, with nothing wrong."""
    return dict(HUB)


@pytest.fixture
def house() -> dict[str, object]:
    """A row of the building register of a house in Odense, with nothing wrong."""
    return dict(HOUSE)


@pytest.fixture
def genbro(own_database_url: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run the command on a database of this test's own."""
    monkeypatch.setenv("GENBRO_DATABASE_URL", own_database_url)
    runner = CliRunner()

    def run(*arguments: object) -> Result:
        return runner.invoke(main, [str(argument) for argument in arguments])

    return run
