# SPDX-License-Identifier: EUPL-1.2
"""Take-offs: a model made here, real models, and files that are none."""

import csv
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from inventory.cli.main import main
from inventory.takeoff.refusal import SCHEMAS, ModelRefusedError
from inventory.takeoff.rows import judge_declared
from inventory.takeoff.take_off import take_off

# Made by ifcopenshell in a process of its own, as it is read: three walls of 4 x 0.2 x 2.5 m in millimetres,
# the second with the first one's GUID, the third declaring 2000 m3; and an opening.
MAKE = """
import sys
import ifcopenshell, ifcopenshell.guid
from ifcopenshell.api import run
model = run("project.create_file", version="IFC4")
run("root.create_entity", model, ifc_class="IfcProject", name="P")
length = run("unit.add_si_unit", model, unit_type="LENGTHUNIT", prefix="MILLI")
volume = run("unit.add_si_unit", model, unit_type="VOLUMEUNIT")
run("unit.assign_unit", model, units=[length, volume])
whole = run("context.add_context", model, context_type="Model")
body = run("context.add_context", model, context_type="Model", context_identifier="Body",
           target_view="MODEL_VIEW", parent=whole)
brick = run("material.add_material", model, name="Brick")
walls = []
for name in ("A", "B", "C"):
    wall = run("root.create_entity", model, ifc_class="IfcWall", name=name)
    wall.ObjectType = "heavy" if name == "C" else "plain"
    size = {"length": 4.0, "height": 2.5, "thickness": 0.2}
    shape = run("geometry.add_wall_representation", model, context=body, **size)
    run("geometry.assign_representation", model, product=wall, representation=shape)
    run("material.assign_material", model, products=[wall], material=brick)
    walls.append(wall)
walls[1].GlobalId = walls[0].GlobalId
quantities = run("pset.add_qto", model, product=walls[2], name="Qto_WallBaseQuantities")
run("pset.edit_qto", model, qto=quantities, properties={"NetVolume": 2000.0})
run("root.create_entity", model, ifc_class="IfcOpeningElement", name="O")
model.write(sys.argv[1])
"""


@pytest.fixture(scope="module")
def small_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model of three walls."""
    path = tmp_path_factory.mktemp("model") / "small.ifc"
    done = subprocess.run([sys.executable, "-c", MAKE, path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return path


def test_a_small_model_is_taken_off(small_model: Path) -> None:
    """Types are kept apart, units honoured, a factor of 1,000 named and the geometry used."""
    found = take_off(small_model)
    rows = {row.type_name: row for row in found.rows}
    assert set(rows) == {"plain", "heavy"}
    assert rows["plain"].material == "Brick"
    assert rows["plain"].elements == 1
    assert rows["plain"].volume_m3 == pytest.approx(2.0)
    assert rows["plain"].verdict == "unchecked"
    assert rows["heavy"].declared_m3 == pytest.approx(2000.0)
    assert rows["heavy"].volume_m3 == pytest.approx(2.0)
    assert rows["heavy"].verdict == "factor_1e3"
    assert found.left_out == {"opening": 1, "same_guid": 1}


def test_a_spreadsheet_calculates_nothing_of_a_model(small_model: Path, tmp_path: Path) -> None:
    """A name in a stranger's model that a spreadsheet would take for a formula is written as text."""
    model = tmp_path / "armed.ifc"
    model.write_bytes(small_model.read_bytes().replace(b"'heavy'", b"'=1+1'"))
    done = CliRunner().invoke(main, ["takeoff", str(model)])
    assert done.exit_code == 0, done.output
    assert ",'=1+1," in done.output


@pytest.mark.parametrize(
    ("declared", "measured", "verdict"),
    [
        (1.005, 1.0, "agrees"),
        (1.02, 1.0, "differs"),
        (2e6, 2.0, "factor_1e6"),
        (0.002, 2.0, "factor_1e-3"),
        (0.0, 2.0, "unchecked"),
        (2.0, 0.0, "unchecked"),
    ],
)
def test_a_declared_volume_is_judged(declared: float, measured: float, verdict: str) -> None:
    """One per cent is the same; powers of a thousand are named."""
    assert judge_declared(declared, measured=measured) == verdict


def test_a_foreign_or_broken_file_is_refused(small_model: Path, tmp_path: Path) -> None:
    """Each is told apart, in both languages, before anything parses it."""
    whole = small_model.read_bytes()
    cases: dict[str, tuple[bytes, dict[str, Any]]] = {
        "cut_off": (whole[: len(whole) // 2], {}),
        "packed": (b"PK\x03\x04" + whole, {}),
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


@pytest.mark.parametrize("name", ["Ifc4_SampleHouse", "doubleguids", "AC20-FZK-Haus", "IfcOpenHouse_IFC4"])
def test_real_models_agree_with_the_reference(real_data: Path, name: str) -> None:
    """The volume of each class of building elements is within 1 % of the reference."""
    folder = real_data / "07_ifc"
    expected: dict[str, float] = {}
    with (folder / "reference_quantities.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            # that wall has another's GUID in the model of double GUIDs, so it is left out
            if row["file"] == f"{name}.ifc" and row["material"] != "Masonry Block":
                volume = float(row["sum_geometry_volume_m3"])
                expected[row["ifc_class"]] = expected.get(row["ifc_class"], 0.0) + volume
    found = take_off(folder / f"{name}.ifc")
    measured: dict[str, float] = {}
    for row in found.rows:
        measured[row.ifc_class] = measured.get(row.ifc_class, 0.0) + row.volume_m3
    assert {key: value for key, value in expected.items() if value > 0} == {
        key: pytest.approx(measured[key], rel=0.01) for key, value in expected.items() if value > 0
    }
    assert found.left_out.get("same_guid", 0) == (name == "doubleguids")
    if name == "Ifc4_SampleHouse":
        assert [row.verdict for row in found.rows if row.ifc_class == "IfcSlab"] == ["factor_1e3"] * 2
