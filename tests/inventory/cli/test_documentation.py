# SPDX-License-Identifier: EUPL-1.2
"""genbro documentation, as a surveyor calls it: on screen, as JSON, as CSV and as a workbook."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from inventory.cli.main import main
from inventory.database import open_session
from inventory.tables import Documentation, Screening, SiteKind, stable_id
from tests.inventory.conftest import NYBORG, SLAGELSE

SITE = stable_id("site", SiteKind.DONOR, "school")
Call = Callable[..., Result]


@pytest.fixture
def call(own_database_url: str, monkeypatch: pytest.MonkeyPatch, make_country: Callable[..., Any]) -> Call:
    """Call genbro on a database with two surveyed lots, one of which nobody has screened."""
    with open_session(own_database_url) as session:
        country = make_country(session)
        donor = country.site("school", SLAGELSE)
        country.lot("=cmd", donor, screening=Screening.UNKNOWN, documentation=Documentation.NONE)
        country.lot("b", donor, code="door_inner", year=1974)
        country.requirement("r", country.project("P", NYBORG))
    monkeypatch.setenv("GENBRO_DATABASE_URL", own_database_url)
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])


def test_json_tells_each_lot(call: Call):
    """Each lot has its score and gaps; the requirement that asks for a screening is counted."""
    result = call("documentation", SITE, "--json")
    assert result.exit_code == 0, result.output
    lots = {lot["ref"]: lot for lot in json.loads(result.stdout)["lots"]}
    gap = {one["item"]: one for one in lots["=cmd"]["missing"]}
    assert gap["screening"]["requirements"] == 1
    assert gap["screening"]["enough_to_offer"]
    assert "screening" not in {one["item"] for one in lots["b"]["missing"]}
    assert lots["=cmd"]["score"] < lots["b"]["score"] < 100


def test_files_hold_a_row_for_each_gap(call: Call, tmp_path: Path):
    """CSV and workbook hold the same rows, in Danish where asked, and no cell calculates."""
    for name in ("d.csv", "d.xlsx"):
        assert call("documentation", SITE, "--language", "da", "--to", tmp_path / name).exit_code == 0
    with (tmp_path / "d.csv").open(encoding="utf-8-sig", newline="") as file:
        written = list(csv.reader(file, delimiter=";"))
    assert written[0][:2] == ["Parti", "Materiale"]
    assert {row[0] for row in written[1:]} == {"'=cmd", "b"}
    assert "Få prøver taget, eller skriv hvad screeningen viste." in {row[8] for row in written}
    sheet = load_workbook(tmp_path / "d.xlsx").active
    assert sheet is not None
    rows = [
        [("" if cell is None else str(cell)) for cell in row] for row in sheet.iter_rows(values_only=True)
    ]
    assert [row[7] for row in rows] == [row[7] for row in written]
    assert sheet.page_setup.orientation == "landscape"


def test_what_cannot_be_written_says_so(call: Call, tmp_path: Path):
    """Another format, a folder that is not there, and a site without a survey are told before any work."""
    for words, told in (
        ((SITE, "--to", tmp_path / "d.pdf"), ".csv, .xlsx"),
        ((SITE, "--to", tmp_path / "no" / "d.csv"), "there is no folder"),
        ((stable_id("site", "no"),), "There is no surveyed lot"),
    ):
        result = call("documentation", *words)
        assert result.exit_code == 2
        assert told in result.stderr


def test_on_screen_it_is_a_table(call: Call):
    """Without options the same is printed as a table."""
    result = call("documentation", SITE)
    assert result.exit_code == 0
    assert "Screening" in result.stdout
