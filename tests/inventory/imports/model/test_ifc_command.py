# SPDX-License-Identifier: EUPL-1.2
"""genbro import ifc: propose, try, import, remember, refuse; and a real model."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from inventory.cli.main import main
from inventory.database import open_session
from inventory.tables import IfcRule, Import, Lot

pytestmark = pytest.mark.long

WINDOW = ("--from", "2027-03-01", "--to", "2027-06-01")


@pytest.fixture
def run(own_database_url: str, monkeypatch: pytest.MonkeyPatch):
    """Run the command on a database of the test's own."""
    monkeypatch.setenv("GENBRO_DATABASE_URL", own_database_url)

    def call(*words: object) -> Result:
        return CliRunner().invoke(main, ["import", "ifc", *map(str, words)])

    return call


def test_a_model_is_proposed_decided_and_remembered(
    run: Any, house_model: Path, tmp_path: Path, own_database_url: str
):
    """The proposal can be corrected and imported; the next model of the type needs no mapping."""
    at = tmp_path / "m.json"
    proposed = run(house_model, "--as", "lots", "--site", "Skole", "--propose-mapping", at)
    assert proposed.exit_code == 1, proposed.output
    assert "rafter_timber" in proposed.output
    mapping = json.loads(at.read_text())
    assert "Skulptur" not in {one["type"] for one in mapping["types"]}
    brick = next(one for one in mapping["types"] if one["layer"] == "Mursten, gul")
    brick["class"] = "brick_lime_mortar"
    mapping["types"] += [
        {"entity": "IfcBuildingElementProxy", "type": "Skulptur", "class": None},
        {**brick, "layer": "Letbeton", "class": "clinker_block"},
    ]
    at.write_text(json.dumps(mapping))
    report = tmp_path / "report.json"
    tried = run(house_model, "--as", "lots", "--site", "Skole", "--mapping", at, "--dry-run", *WINDOW)
    assert tried.exit_code == 0, tried.output
    with open_session(own_database_url) as session:
        assert session.scalar(select(func.count()).select_from(Lot)) == 0
    done = run(
        house_model, "--as", "lots", "--site", "Skole", "--mapping", at, *WINDOW, "--report", report, "--json"
    )
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["inserted"], told["refused"], told["blank"]) == (11, 0, 1)
    assert json.loads(report.read_text())["import"] == told["import"]
    with open_session(own_database_url) as session:
        assert session.scalar(select(func.count()).select_from(IfcRule)) == len(mapping["types"])
        assert session.scalars(select(Import)).one().mapping["target"] == "Skole"
    again = run(house_model, "--as", "lots", "--site", "Skole", *WINDOW, "--json")
    told = json.loads(again.stdout)
    assert (again.exit_code, told["unchanged"], told["codes"]["class_remembered"]) == (0, 11, 11)


def test_types_without_a_class_come_back(run: Any, house_model: Path, tmp_path: Path):
    """They are named with their number, exit code 1, and written to a file where asked."""
    at = tmp_path / "open.xlsx"
    done = run(house_model, "--as", "lots", "--site", "Skole", "--refused-rows", at, "--language", "da")
    assert done.exit_code == 1
    assert "Ingen ved, hvad typen er" in done.output
    assert at.stat().st_size > 1000


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--as", "lots", "--project", "P"), "goes to a site"),
        (("--as", "lots", "--site", "S", "--point", "here"), "not two numbers"),
        (("--as", "lots", "--site", "S", "--from", "2027-03-01"), "window is empty"),
        (("--as", "requirements", "--project", "P"), "no start and end"),
        (("--as", "lots", "--site", "S", "--organisation", "Nobody"), "no organisation Nobody"),
    ],
)
def test_what_is_lacking_is_asked_for(run: Any, house_model: Path, words: tuple[str, ...], told: str):
    """Exit code 2 and a sentence that says what to do."""
    done = run(house_model, *words)
    assert done.exit_code == 2
    assert told in done.output


def test_a_foreign_file_is_refused_in_words(run: Any, tmp_path: Path):
    """Before anything parses it, in both languages."""
    path = tmp_path / "drawing.ifc"
    path.write_bytes(b"AC1032" + bytes(100))
    done = run(path, "--as", "lots", "--site", "S")
    assert done.exit_code == 2
    assert "DWG" in done.output


def test_a_real_model_is_imported_by_hand(run: Any, real_data: Path, own_database_url: str):
    """Its own place is Chicago, where templates begin: that is named, and the point given by hand is used."""
    model = real_data / "07_ifc" / "Ifc2x3_Duplex_Architecture.ifc"
    refused = run(model, "--as", "lots", "--site", "Duplex")
    assert refused.exit_code == 2
    assert "41.87" in refused.output
    done = run(model, "--as", "lots", "--site", "Duplex", "--point", "588000,6139700", *WINDOW, "--json")
    told = json.loads(done.stdout)
    assert told["codes"]["place_not_used"] == 1
    assert told["refused"] == told["codes"]["type_open"]
    with open_session(own_database_url) as session:
        doors = session.scalars(select(Lot).where(Lot.ref.contains("0864 x 2032mm"))).one()
        assert (doors.quantity, doors.width_mm, doors.height_mm) == (6, 864, 2032)
        area = session.scalar(select(func.sum(Lot.quantity)).where(Lot.ref.contains("Masonry - Brick")))
        # walls of 417 mm, of which the brick is half a brick thick: their volume over their thickness
        bricks = Decimal("111.4066") / Decimal("0.417") * Decimal("62.5")
        assert Decimal(area or 0) == pytest.approx(bricks, rel=Decimal("0.01"))
