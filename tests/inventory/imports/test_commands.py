# SPDX-License-Identifier: EUPL-1.2
"""genbro import and genbro template from end to end: exit codes, reports, dry runs, both languages."""

import csv
import io
import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from openpyxl import load_workbook
from sqlalchemy import func, select

from inventory.cli.imports import import_
from inventory.database import open_session
from inventory.queries.imports.keys import list_known_classes
from inventory.tables import Building, Demolition, Event, Hub, Lot, Requirement, Site

Write = Callable[..., Path]
Row = dict[str, Any]
Genbro = Callable[..., Result]


def count(url: str, table: type) -> int:
    """Count the rows of a table as another session sees them."""
    with open_session(url) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_good_file(genbro: Genbro, own_database_url: str, write_csv: Write, yard: Row):
    """All rows taken: exit code 0, the counts on the screen, the rows in the database."""
    result = genbro("import", "lots", write_csv([yard]))
    assert result.exit_code == 0, result.output
    assert "inserted" in result.stdout
    assert count(own_database_url, Lot) == 1


def test_some_rows_refused(genbro: Genbro, own_database_url: str, write_csv: Write, yard: Row):
    """Some rows refused: exit code 1, said so, and the good rows are there."""
    path = write_csv([yard, {**yard, "ref": "L2", "quantity": "[red]x"}])
    result = genbro("import", "lots", path)
    assert result.exit_code == 1
    assert "Rows refused: 1. Rows imported: 1." in " ".join(result.stdout.split())
    assert "[red]x" in result.stdout
    assert count(own_database_url, Lot) == 1
    danish = genbro("import", "lots", path, "--language", "da")
    assert "Afviste rækker: 1." in danish.stdout


def test_refused_file(genbro: Genbro, own_database_url: str, tmp_path: Path):
    """A wrong file: exit code 2, one line on stderr, a report where asked for, nothing written."""
    path = tmp_path / "wrong.csv"
    path.write_text("a;b\n1;2\n", encoding="utf-8")
    report = tmp_path / "report.json"
    result = genbro("import", "requirements", path, "--report", report, "--json")
    assert result.exit_code == 2
    assert "wrong.csv was not imported: columns are missing" in result.stderr
    document = json.loads(result.stdout)
    assert (document["refused_file"], document["code"]) == (True, "columns_missing")
    assert json.loads(report.read_text(encoding="utf-8")) == document
    assert "kolonner mangler" in document["message_da"]
    csv_report = tmp_path / "report.csv"
    assert genbro("import", "requirements", path, "--report", csv_report).exit_code == 2
    assert "columns_missing" in csv_report.read_text(encoding="utf-8-sig")
    assert count(own_database_url, Event) == 0


def test_json_is_the_report_and_nothing_else(genbro: Genbro, write_csv: Write, yard: Row, tmp_path: Path):
    """--json prints the very document that --report writes, and its counts add up."""
    path = write_csv([yard, {**yard, "ref": "L2", "unit": "kg"}, {**yard, "ref": "L3", "firmness": ""}])
    report = tmp_path / "report.json"
    result = genbro("import", "lots", path, "--json", "--report", report)
    assert result.exit_code == 1
    document = json.loads(result.stdout)
    assert document == json.loads(report.read_text(encoding="utf-8"))
    assert (document["rows"], document["inserted"], document["refused"], document["warned"]) == (3, 2, 1, 1)
    assert document["rows"] == document["taken"] + document["refused"]
    assert sum(document["codes"].values()) == len(document["findings"])


def test_csv_report_is_safe_in_a_spreadsheet(genbro: Genbro, write_csv: Write, yard: Row, tmp_path: Path):
    """The CSV report has Danish letters, the counts first, and no value that a spreadsheet would run."""
    report = tmp_path / "report.csv"
    path = write_csv([{**yard, "quantity": "=HYPERLINK(1)", "firmness": "søgtt"}])
    assert genbro("import", "lots", path, "--report", report).exit_code == 1
    assert report.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(report.read_text(encoding="utf-8-sig"))))
    assert rows[0]["severity"] == "summary"
    assert "rows 1, inserted 0" in rows[0]["message_en"]
    values = {row["column"]: row["value"] for row in rows}
    assert values["quantity"] == "'=HYPERLINK(1)"
    assert values["firmness"] == "søgtt"


def test_report_of_another_kind_is_refused_before_any_work(
    genbro: Genbro, own_database_url: str, write_csv: Write, yard: Row, tmp_path: Path
):
    """A report that cannot be written keeps the rows out, too."""
    path = write_csv([yard])
    assert genbro("import", "lots", path, "--report", tmp_path / "report.pdf").exit_code == 2
    for place in (tmp_path / "no" / "report.json", Path("/proc/report.csv")):
        result = genbro("import", "lots", path, "--report", place)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "The report cannot be written" in result.stderr
        assert "Nothing was imported" in result.stderr
    assert count(own_database_url, Lot) == 0


def test_dry_run_saves_nothing(genbro: Genbro, own_database_url: str, write_csv: Write, yard: Row):
    """A dry run gives the same report and leaves the database as it was."""
    path = write_csv([yard])
    dry = json.loads(genbro("import", "lots", path, "--dry-run", "--json").stdout)
    assert (dry["inserted"], dry["dry_run"]) == (1, True)
    assert [count(own_database_url, table) for table in (Lot, Site, Event)] == [0, 0, 0]
    wet = json.loads(genbro("import", "lots", path, "--json").stdout)
    assert {**wet, "dry_run": True, "import": None} == dry
    assert count(own_database_url, Lot) == 1


def test_every_import_has_the_same_options():
    """Every import has the options that the documentation names."""
    for kind in ("buildings", "lots", "requirements", "hubs", "demolitions"):
        command = import_.commands[kind]
        names = {option for parameter in command.params for option in parameter.opts}
        assert {"--report", "--dry-run", "--sheet", "--language", "--json", "--database"} <= names


def fill(data: bytes, row: dict[str, object], path: Path) -> Path:
    """Fill one row of a template in, by its headers, and save it."""
    workbook = load_workbook(BytesIO(data))
    sheet = workbook.worksheets[0]
    headers = [cell.value for cell in sheet[1]]
    for header, value in row.items():
        sheet.cell(row=2, column=headers.index(header) + 1, value=value)
    workbook.save(path)
    return path


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize(
    ("kind", "table"),
    [
        ("lots", Lot),
        ("requirements", Requirement),
        ("buildings", Building),
        ("hubs", Hub),
        ("demolitions", Demolition),
    ],
)
def test_template_filled_with_its_examples_is_imported(
    genbro: Genbro, own_database_url: str, tmp_path: Path, *, language: str, kind: str, table: type
):
    """Template, filled in with the examples of its own guide, imports without an error in both languages."""
    result = genbro("template", kind, "--language", language)
    assert result.exit_code == 0
    guide = load_workbook(BytesIO(result.stdout_bytes))["Vejledning" if language == "da" else "Guide"]
    examples = {row[0]: row[4] for row in guide.iter_rows(min_row=2, values_only=True) if row[4]}
    place = {"X (UTM32)": 588000, "Y (UTM32)": 6139700} if kind != "buildings" else {}
    path = fill(result.stdout_bytes, {**examples, **place}, tmp_path / "filled.xlsx")
    outcome = genbro("import", kind, path, "--json")
    document = json.loads(outcome.stdout)
    assert [finding for finding in document["findings"] if finding["severity"] == "error"] == []
    assert (outcome.exit_code, document["inserted"]) == (0, 1)
    assert document["codes"] == {}
    assert count(own_database_url, table) == 1


def test_templates_of_both_languages_mean_the_same(genbro: Genbro, tmp_path: Path):
    """The Danish file, then the same things in the English file: nothing changes."""
    rows = {
        "da": {
            "Reference": "L1",
            "Stedreference": "A",
            "X (UTM32)": 588000,
            "Y (UTM32)": 6139700,
            "Kommune": "Odense",
            "Materialeklasse": "Mursten i kalkmørtel",
            "Mængde": "1.200,00",
            "Enhed": "stk",
            "Ledig fra": "01-03-2027",
            "Ledig til (ikke med)": "01-06-2027",
            "Nedrivningens status": "i gang",
            "Dokumentation": "prøvet",
            "Miljøscreening": "ren",
        },
        "en": {
            "Reference": "L1",
            "Site reference": "A",
            "X (UTM32)": 588000.0,
            "Y (UTM32)": 6139700,
            "Municipality": 461,
            "Material class": "Clay brick in lime mortar",
            "Quantity": 1200,
            "Unit": "piece",
            "Available from": "2027-03-01",
            "Available to (exclusive)": "2027-06-01",
            "Firmness": "started",
            "Documentation": "tested",
            "Screening": "clean",
        },
    }
    outcomes = []
    for language, row in rows.items():
        data = genbro("template", "lots", "--language", language).stdout_bytes
        path = fill(data, row, tmp_path / f"{language}.xlsx")
        outcomes.append(json.loads(genbro("import", "lots", path, "--json").stdout))
    assert [(outcome["inserted"], outcome["unchanged"]) for outcome in outcomes] == [(1, 0), (0, 1)]
    assert [outcome["codes"] for outcome in outcomes] == [{}, {}]


@pytest.mark.parametrize("kind", ["lots", "requirements", "buildings", "hubs", "demolitions"])
def test_template_as_a_file_and_as_json(genbro: Genbro, tmp_path: Path, kind: str):
    """--to writes the same bytes as standard output; --json describes each column; empty, it is refused."""
    target = tmp_path / "template.xlsx"
    assert genbro("template", kind, "--to", target).exit_code == 0
    assert target.read_bytes()[:2] == b"PK"
    described = json.loads(genbro("template", kind, "--json").stdout)
    sheet = load_workbook(target).worksheets[0]
    assert [column["header_da"] for column in described["columns"]] == [cell.value for cell in sheet[1]]
    refused = genbro("import", kind, target)
    assert refused.exit_code == 2
    assert "no row below it" in refused.stderr


def test_template_offers_every_tradable_class(genbro: Genbro, own_database_url: str):
    """The list of classes in the template is that of the database."""
    workbook = load_workbook(BytesIO(genbro("template", "lots").stdout_bytes))
    listed = {row[0] for row in workbook["Klasser"].iter_rows(min_row=2, values_only=True)}
    with open_session(own_database_url) as session:
        assert listed == {known.code for known in list_known_classes(session) if known.tradable}


def test_template_that_cannot_be_written_says_why(genbro: Genbro, tmp_path: Path):
    """A folder that is not there ends with exit code 2 and a sentence."""
    result = genbro("template", "lots", "--to", tmp_path / "no" / "lots.xlsx")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "The template cannot be written" in result.stderr
