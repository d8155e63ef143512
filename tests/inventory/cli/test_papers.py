# SPDX-License-Identifier: EUPL-1.2
"""genbro papers: one survey on three sheets, masses that add up, and nothing made up."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from inventory.cli.main import main
from inventory.database import open_session
from inventory.tables import Building, LotSurvey, Screening, SiteKind, stable_id
from tests.inventory.conftest import NYBORG, SLAGELSE

SITE = stable_id("site", SiteKind.DONOR, "school")
Call = Callable[..., Result]


@pytest.fixture
def call(own_database_url: str, monkeypatch: pytest.MonkeyPatch, make_country: Callable[..., Any]) -> Call:
    """Call genbro on a database with a school: clean bricks, unscreened doors, suspected slates."""
    with open_session(own_database_url) as session:
        country = make_country(session)
        donor = country.site(
            "school",
            SLAGELSE,
            address="Skolevej 1",
            available_from=date(2027, 3, 1),
            available_to=date(2027, 6, 1),
            firmness="permit_given",
        )
        session.add(
            Building(
                site_id=donor.id,
                bbr_id=stable_id("bbr", "school"),
                use_code=421,
                year_built=1962,
                total_area_m2=Decimal(1200),
                status_code=6,
                standing=True,
                outbuilding=False,
                source="s",
            )
        )
        bricks = country.lot("=bricks", donor, quantity=1000, length_mm=228, width_mm=108)
        session.flush()
        session.add(LotSurvey(lot_id=bricks.id, count=1000, fixing="mortar", access_note="Port mod syd"))
        country.lot("doors", donor, code="door_inner", quantity=10, screening=Screening.UNKNOWN)
        country.lot("slates", donor, code="roof_slate", quantity=100, asbestos_suspect=True)
        country.site("hub", NYBORG, SiteKind.PROJECT)
    monkeypatch.setenv("GENBRO_DATABASE_URL", own_database_url)
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])


def read_sheets(call: Call, *words: object) -> dict[str, Any]:
    """Read the three sheets as JSON."""
    result = call("papers", SITE, "--json", *words)
    assert result.exit_code == 0, result.output
    return dict(json.loads(result.stdout)["sheets"])


def test_three_sheets_of_one_survey(call: Call):
    """Each paper holds the same lots in its own way; what may be hazardous is not offered a harmless code."""
    sheets = read_sheets(call)
    plan = {row[0]: row for row in sheets["plan"]["rows"]}
    assert plan["=bricks"][4:9] == [2394, "kortlagt", "ren", "kan genbruges", "i mørtel"]
    assert plan["doors"][7] == "kan først genbruges, når det er undersøgt"
    assert plan["slates"][6:8] == ["ren; kan indeholde asbest", "genbruges ikke"]
    waste = {row[0]: row for row in sheets["notification"]["rows"]}
    assert waste["17 01 02"][2:] == [2394, 2394, 0]
    assert waste["17 02 01"][2:] == [280, 0, 280]
    assert waste[None][1:] == ["vælges af den, der kortlægger, da det kan være farligt", 300, 0, 300]
    offer = {row[0]: row for row in sheets["offer"]["rows"]}
    assert offer["=bricks"][2:5] == [1000, "stk.", "228 × 108"]
    assert offer["=bricks"][7:10] == ["2027-03-01", "2027-05-31", 1.0]
    assert offer["=bricks"][12:14] == ["ikke afgjort", "Port mod syd"]


def test_masses_add_up(call: Call):
    """The plan's materials weigh what the notification's codes weigh, and each code is reuse and the rest."""
    sheets = read_sheets(call, "--language", "en")
    rows = sheets["notification"]["rows"]
    assert sum(row[4] for row in sheets["plan"]["rows"]) == sum(row[2] for row in rows)
    assert all(row[2] == row[3] + row[4] for row in rows)


def test_known_facts_are_filled_and_the_rest_left_to_the_hand(call: Call):
    """Address, area and start are there; the builder and the land register number are left empty."""
    facts = dict(read_sheets(call)["notification"]["facts"])
    assert (facts["Adresse"], facts["Samlet areal"], facts["Forventet start"]) == (
        "Skolevej 1",
        "1200 m²",
        "2027-03-01",
    )
    for name in ("Bygherrens navn og adresse", "Matrikel", "Løbenummer fra kommunen"):
        assert facts[name] == ""
    due = [value for value in facts.values() if "Senest 2027-02-15" in value]
    assert due
    assert all("mst.dk" in value or "lovguiden.dk" in value for value in due)
    plan = dict(read_sheets(call)["plan"]["facts"])
    assert any("Ikke verificeret" in value for value in plan.values())


def test_workbook_has_a_sheet_for_each(call: Call, tmp_path: Path):
    """Three sheets, each as wide as the paper, and no lot's name is a formula."""
    result = call("papers", SITE, "--to", tmp_path / "p.xlsx")
    assert result.exit_code == 0, result.output
    book = load_workbook(tmp_path / "p.xlsx")
    assert book.sheetnames == ["Nedrivningsplan", "Affaldsanmeldelse", "Udbud"]
    for sheet in book:
        assert sheet.page_setup.fitToWidth == 1
        assert sheet.print_title_rows
        assert not [cell for row in sheet for cell in row if cell.data_type == "f"]


def test_what_is_no_donor_is_refused(call: Call, tmp_path: Path):
    """A project, nothing, and another format are told."""
    for site in (stable_id("site", SiteKind.PROJECT, "hub"), stable_id("site", "no")):
        result = call("papers", site)
        assert (result.exit_code, "no donor building" in result.stderr) == (2, True)
    assert call("papers", SITE, "--to", tmp_path / "p.pdf").exit_code == 2
    assert "Nedrivningsplan" in call("papers", SITE).stdout
