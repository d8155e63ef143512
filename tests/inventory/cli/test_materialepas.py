# SPDX-License-Identifier: EUPL-1.2
"""genbro export and import materialepas: filled from what is known, round trips whole, bad files mended."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from inventory.actions.lots.tests import NewTest, record_test
from inventory.actions.screen import add_samples
from inventory.cli.main import main
from inventory.database import open_session
from inventory.tables import Event, TestOutcome, stable_id
from tests.inventory.conftest import SLAGELSE, TODAY
from tests.inventory.sampling import make_sample

LOT = stable_id("lot", "b")
Call = Callable[..., Result]


@pytest.fixture
def call(own_database_url: str, monkeypatch: pytest.MonkeyPatch, make_country: Callable[..., Any]) -> Call:
    """Call genbro on a database with surveyed bricks that were sampled and tested."""
    with open_session(own_database_url) as session:
        country = make_country(session)
        country.lot("b", country.site("school", SLAGELSE), year=1932, length_mm=228)
        add_samples(
            session,
            samples=[
                make_sample(LOT, substance, text, unit)
                for substance, text, unit in [
                    ("asbestos", "ikke påvist", "presence"), ("lead", "12,5", "mg/kg"),
                    ("pcb_total", "<0,01", "mg/kg"),
                ]
            ],
        )  # fmt: skip
        new = NewTest(
            lot_id=LOT,
            test="brick_strength",
            outcome=TestOutcome.PASSED,
            result="24 MPa",
            value=24,
            laboratory="Lab",
            answered_by=None,
            tested_on=date(2026, 10, 1),
        )
        record_test(session, new=new, today=TODAY)
    monkeypatch.setenv("GENBRO_DATABASE_URL", own_database_url)
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])


def test_pass_is_filled_from_what_is_known(call: Call, tmp_path: Path):
    """Class, year, dimension, samples and tests are there; below detection no content is made up."""
    result = call("export", "materialepas", LOT, "--to", tmp_path / "p.json", "--json")
    assert result.exit_code == 0, result.output
    document = json.loads((tmp_path / "p.json").read_text(encoding="utf-8"))
    assert (document["format"], document["version"], document["lot"]) == ("materialepas", "1.0", str(LOT))
    assert document["construction_item_description"]["materials"] == ["brick"]
    assert document["product_information"]["production_year"] == 1932
    assert document["dimensions"]["length_mm"] == 228
    assert document["dimensions"]["width_mm"] is None
    assert document["pollution"]["has_asbestos_analysis"] is True
    contents = {
        one["analyzed_substance"]: one["concentration_mg_per_kg"]
        for one in document["pollution"]["dangerous_substances"]
    }
    assert contents == {"asbestos": None, "lead": 12.5, "PCB": None}
    assert document["certifications"]["non_destructive_tests"] == [
        "Trykstyrke og densitet (EN 772-1): 24 MPa, bestået, Lab, 2026-10-01"
    ]


def test_round_trip_through_the_database_is_lossless(call: Call, tmp_path: Path, own_database_url: str):
    """What a file says is what the next file says, word for word; the log keeps no person's name."""
    call("export", "materialepas", LOT, "--to", tmp_path / "p.json")
    document = json.loads((tmp_path / "p.json").read_text(encoding="utf-8"))
    document["owner"]["contact_email"] = "ane@eksempel.dk"
    document["dimensions"] |= {"length_mm": None, "weight_kg": 2.4e-7, "volume_m3": 1330.0}
    document["fire_properties"]["resistance_to_fire"] = "EI 45"
    document["condition"]["has_signs_of_damage"] = False
    document["pollution"]["emissions"] = [
        dict.fromkeys(("standard", "type", "lower_interval", "upper_interval", "measuring_unit", "quantity"))
        | {"quantity_type": "exact"}
    ]
    (tmp_path / "mine.json").write_text(json.dumps(document), encoding="utf-8")
    taken = call("import", "materialepas", tmp_path / "mine.json", "--json")
    assert taken.exit_code == 0, taken.output
    assert json.loads(taken.stdout)["changed"] is True
    call("export", "materialepas", LOT, "--to", tmp_path / "again.json")
    assert json.loads((tmp_path / "again.json").read_text(encoding="utf-8")) == document
    assert (
        json.loads(call("import", "materialepas", tmp_path / "mine.json", "--json").stdout)["changed"]
        is False
    )
    with open_session(own_database_url) as session:
        (event,) = session.scalars(select(Event.data).where(Event.kind == "materialepas_kept"))
    assert event["personal"] == ["owner.contact_email", "owner.contact_name"]
    assert "ane@" not in json.dumps(event)
    assert event["changes"]["dimensions.length_mm"] == [None, None]


def test_bad_files_say_how_to_mend_them(call: Call, tmp_path: Path):
    """A wrong field is named in Danish where asked; no lot, an unknown lot and no file are told too."""
    file = tmp_path / "p.json"
    file.write_text('{"format": "materialepas", "version": "1.0", "dimensions": {"width_mm": "a"}}')
    wrong = call("import", "materialepas", file, "--lot", LOT, "--language", "da")
    assert wrong.exit_code == 2
    assert 'dimensions.width_mm: "a", forventet et tal fra 0' in wrong.stderr
    file.write_text('{"format": "materialepas", "version": "1.0"}')
    assert "Give the id of a surveyed lot by --lot" in call("import", "materialepas", file).stderr
    unknown = call("import", "materialepas", file, "--lot", stable_id("lot", "no"))
    assert (unknown.exit_code, "no surveyed lot" in unknown.stderr) == (2, True)
    assert "cannot be read" in call("import", "materialepas", tmp_path / "no.json").stderr
    assert call("export", "materialepas", LOT, "--to", tmp_path / "p.xlsx").exit_code == 2
    assert call("export", "materialepas", stable_id("lot", "no"), "--to", tmp_path / "p.pdf").exit_code == 2


@pytest.mark.parametrize("language", ["da", "en"])
def test_pdf_is_written(call: Call, tmp_path: Path, language: str):
    """The PDF has its pages and letters no Latin-1 knows do not break it."""
    file = tmp_path / "p.json"
    file.write_text(
        '{"format": "materialepas", "version": "1.0", "owner": {"company_name": "Żółw ₂ – Æ"}}',
        encoding="utf-8",
    )
    assert call("import", "materialepas", file, "--lot", LOT).exit_code == 0
    result = call("export", "materialepas", LOT, "--to", tmp_path / "p.pdf", "--language", language)
    assert result.exit_code == 0, result.output
    content = (tmp_path / "p.pdf").read_bytes()
    assert content.startswith(b"%PDF-")
    assert content.count(b"/Type /Page\n") == 2
