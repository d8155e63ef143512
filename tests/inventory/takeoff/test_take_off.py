# SPDX-License-Identifier: EUPL-1.2
"""Take-offs: models made here, and files that are none; imports/model/test_real_models.py has real ones."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from inventory.cli.main import main
from inventory.takeoff.refusal import SCHEMAS, ModelRefusedError
from inventory.takeoff.rows import Takeoff, judge_declared
from inventory.takeoff.take_off import take_off
from tests.inventory.takeoff.models import CONVERSION, HOUSE, LATITUDE, WALLS, make_model


@pytest.fixture(scope="module")
def small_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model of four walls, one of them a copy."""
    return make_model(tmp_path_factory.mktemp("model") / "small.ifc", WALLS)


@pytest.fixture(scope="module")
def small(small_model: Path) -> Takeoff:
    """What it holds."""
    return take_off(small_model)


@pytest.fixture(scope="module", params=["IFC4", "IFC2X3"])
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Takeoff:
    """What the model of a house holds, in both versions."""
    path = tmp_path_factory.mktemp("model") / "house.ifc"
    parts = (HOUSE, LATITUDE, CONVERSION) if request.param == "IFC4" else (HOUSE, LATITUDE)
    return take_off(make_model(path, *parts, version=request.param))


def test_a_small_model_is_taken_off(small: Takeoff) -> None:
    """Types are kept apart, units honoured, a factor of 1,000 named and the geometry used."""
    rows = {row.type_name: row for row in small.rows}
    assert set(rows) == {"plain", "heavy"}
    assert rows["plain"].material == "Brick"
    assert rows["plain"].volume.used == pytest.approx(4.0)
    assert rows["plain"].volume.verdict == "unchecked"
    heavy = rows["heavy"]
    assert heavy.volume.declared == pytest.approx(2000.0)
    assert heavy.volume.used == pytest.approx(2.0)
    assert heavy.volume.verdict == "factor_1e3"
    assert (heavy.area.used, heavy.area.verdict) == (pytest.approx(10.0), "gross")


def test_a_part_does_not_vanish_for_its_guid(small: Takeoff) -> None:
    """Of three walls of one GUID the two that stand apart count, and are told of; the copy is left out."""
    assert [row.elements for row in small.rows if row.type_name == "plain"] == [2]
    assert small.repeated == 1
    assert small.left_out == {"opening": 1, "virtual": 1, "dummy": 1, "copy": 1}


def test_what_is_traded_is_counted_in_its_unit(house: Takeoff) -> None:
    """Pieces with their size, areas with thickness, lengths with section, in whole millimetres."""
    rows = {row.type_name: row for row in house.rows}
    door = rows["Inderdør 9x21"]
    assert (door.elements, door.width_mm, door.height_mm, door.external) == (3, 890, 2090, False)
    outer = rows["Ydervæg 408"]
    assert (outer.area.used, outer.area.verdict) == (pytest.approx(56.0), "agrees")
    assert (outer.thickness_mm, outer.external) == (408, True)
    rafter = rows["Spær 45x195"]
    assert (rafter.length.used, rafter.lengths) == (pytest.approx(24.0), ((6000, 4),))
    assert (rafter.width_mm, rafter.height_mm, rafter.profile) == (45, 195, "45x195")
    assert rows["HEB200"].length.verdict == "factor_1e3"
    if house.schema == "IFC4":
        assert rows["Gulvstående"].predefined == "TOILETPAN"


def test_a_wall_is_parted_into_its_layers(house: Takeoff) -> None:
    """Each layer has the wall's area; boards on both sides count twice, each as thick as it is."""
    layers = {(row.type_name, row.layer): row for row in house.layers}
    assert len(layers) == 5
    brick = layers["Ydervæg 408", "Mursten, gul"]
    assert (brick.area.used, brick.thickness_mm) == (pytest.approx(56.0), 108)
    assert brick.volume.used == pytest.approx(56.0 * 0.108)
    boards = layers["Skillevæg gips", "Gipsplade"]
    assert (boards.area.used, boards.thickness_mm) == (pytest.approx(25.0), 25)


def test_the_place_is_told_as_the_model_tells_it(house: Takeoff) -> None:
    """Degrees of the site in both versions; the map conversion moved by where the house stands in it."""
    assert house.place["site"] == {"lat": pytest.approx(55.4), "lon": pytest.approx(10.383333)}
    if house.schema == "IFC4":
        assert house.place["map"] == {"crs": "EPSG:25832", "east": 588002.0, "north": 6139740.0}
    else:
        assert house.place["map"] is None


def test_a_spreadsheet_calculates_nothing_of_a_model(small_model: Path, tmp_path: Path) -> None:
    """A name in a stranger's model that a spreadsheet would take for a formula is written as text."""
    model = tmp_path / "armed.ifc"
    model.write_bytes(small_model.read_bytes().replace(b"'heavy'", b"'=1+1'"))
    done = CliRunner().invoke(main, ["takeoff", str(model)])
    assert done.exit_code == 0, done.output
    assert ",'=1+1," in done.output
    assert "left out: 1 copy" in done.output


def test_the_command_answers_in_json(small_model: Path) -> None:
    """Rows with their verdicts, layers, what was left out, and the place."""
    done = CliRunner().invoke(main, ["takeoff", str(small_model), "--json"])
    told = json.loads(done.stdout)
    assert {row["volume"]["verdict"] for row in told["rows"]} == {"unchecked", "factor_1e3"}
    assert (told["repeated_guids"], told["layers"], told["place"]["site"]) == (1, [], None)


@pytest.mark.parametrize(
    ("declared", "measured", "gross", "verdict"),
    [
        (1.005, 1.0, False, "agrees"),
        (1.02, 1.0, False, "differs"),
        (1.3, 1.0, True, "gross"),
        (0.8, 1.0, True, "differs"),
        (2.5, 1.0, True, "differs"),
        (1300.0, 1.0, True, "factor_1e3"),
        (2e6, 2.0, False, "factor_1e6"),
        (0.002, 2.0, False, "factor_1e-3"),
        (0.0, 2.0, False, "unchecked"),
        (2.0, 0.0, False, "unchecked"),
    ],
)
def test_a_declared_quantity_is_judged(
    declared: float, measured: float, *, gross: bool, verdict: str
) -> None:
    """One per cent is the same, openings may be in a gross quantity, powers of a thousand are named."""
    assert judge_declared(declared, measured=measured, gross=gross) == verdict


def test_a_foreign_or_broken_file_is_refused(small_model: Path, tmp_path: Path) -> None:
    """Each is told apart, in both languages, before anything parses it."""
    whole = small_model.read_bytes()
    lines = whole.splitlines(keepends=True)
    cases: dict[str, tuple[bytes, dict[str, Any]]] = {
        # half of it, with an end that somebody put there: what is left refers to what is gone
        "damaged": (b"".join(lines[: len(lines) // 2]) + b"ENDSEC;\nEND-ISO-10303-21;\n", {}),
        "cut_off": (whole[: len(whole) // 2], {}),
        "packed": (b"PK\x03\x04" + whole, {}),
        "drawing": (b"AC1032" + bytes(100), {}),
        "ifc_xml": (b'<?xml version="1.0"?>\n<ifcXML xmlns="http://www.buildingsmart-tech.org/ifcXML">', {}),
        "not_step": (b"<html>", {}),
        "schema_unknown": (whole.replace(b"'IFC4'", b"'IFC2X_FINAL'"), {}),
        "too_slow": (whole, {"seconds": 0.01}),
        "nothing_built": (whole[: whole.index(b"DATA;")] + b"DATA;\nENDSEC;\nEND-ISO-10303-21;\n", {}),
    }
    for code, (content, options) in cases.items():
        path = tmp_path / f"{code}.ifc"
        path.write_bytes(content)
        with pytest.raises(ModelRefusedError) as caught:
            take_off(path, **options)
        assert caught.value.details["code"] == code
        assert caught.value.details["why_da"] in str(caught.value)
        assert caught.value.details["why_en"] in str(caught.value)
    with pytest.raises(ModelRefusedError, match="no such file"):
        take_off(tmp_path / "none.ifc")


def test_every_schema_promised_can_be_read() -> None:
    """The library knows the schemas we let pass."""
    code = "import sys, ifcopenshell; [ifcopenshell.schema_by_name(name) for name in sys.argv[1:]]"
    done = subprocess.run([sys.executable, "-c", code, *SCHEMAS], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
