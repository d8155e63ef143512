# SPDX-License-Identifier: EUPL-1.2
"""Real models, each measured once: as the reference has them, and whole once they are parts to import."""

import csv
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from inventory.imports.model.choices import choose_classes, list_parts
from inventory.imports.model.types import list_types
from inventory.takeoff.rows import Takeoff
from inventory.takeoff.take_off import take_off

pytestmark = pytest.mark.long

MODELS = (
    "AC20-FZK-Haus", "Ifc2x3_Duplex_Architecture", "Ifc4_SampleHouse", "IfcOpenHouse_IFC4", "doubleguids",
    "tested_sample_project", "webifc_example_frame",
)  # fmt: skip

Measure = Callable[[str], Takeoff]


@pytest.fixture(scope="module")
def folder(real_data: Path) -> Path:
    """The folder of real models and of what they hold."""
    return real_data / "07_ifc"


@pytest.fixture(scope="module")
def measure(folder: Path) -> Measure:
    """Take off a model; asked again, what was found the first time, as the measuring takes seconds."""
    return cache(lambda name: take_off(folder / f"{name}.ifc"))


def read_volumes(folder: Path, name: str) -> tuple[Counter[str], Counter[str]]:
    """Read the reference: cubic metres and elements of each IFC class of a model."""
    volumes: Counter[str] = Counter()
    numbers: Counter[str] = Counter()
    with (folder / "reference_quantities.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["file"] == f"{name}.ifc":
                volumes[row["ifc_class"]] += float(row["sum_geometry_volume_m3"])
                numbers[row["ifc_class"]] += int(row["n_elements"])
    return volumes, numbers


@pytest.mark.parametrize("name", MODELS)
def test_real_models_agree_with_the_reference(folder: Path, measure: Measure, name: str) -> None:
    """Volume and number of each class of building elements are within 1 % of the reference."""
    volumes, numbers = read_volumes(folder, name)
    found = measure(name)
    for ifc_class, number in numbers.items():
        rows = [row for row in found.rows if row.ifc_class == ifc_class]
        if volumes[ifc_class] > 0:
            assert sum(row.volume.used for row in rows) == pytest.approx(volumes[ifc_class], rel=0.01)
            assert sum(row.elements for row in rows) == number
        elif rows:  # a whole that has no body of its own is counted by its parts
            assert sum(row.elements for row in rows) == number
    assert found.repeated == (name == "doubleguids")
    verdicts = {row.volume.verdict for row in found.rows if row.ifc_class == "IfcSlab"}
    assert ("factor_1e3" in verdicts) == (name == "Ifc4_SampleHouse")


@pytest.mark.parametrize("name", MODELS)
def test_the_parts_of_a_real_model_are_all_of_it(folder: Path, measure: Measure, name: str) -> None:
    """With no class chosen every element is listed as open, so their volume is the reference's within 1 %."""
    volumes, _ = read_volumes(folder, name)
    types = list_types(measure(name))
    parts, left = list_parts(choose_classes(types, decided={}, rules={}, known=frozenset()))
    assert left == 0
    found: Counter[str] = Counter()
    for part in parts:
        found[part.row.ifc_class] += part.row.volume.used
    for ifc_class, cubic in volumes.items():
        if cubic > 0:
            assert found[ifc_class] == pytest.approx(cubic, rel=0.01)


def test_declared_areas_and_lengths_of_a_real_model_agree(measure: Measure) -> None:
    """Slabs and a beam measure what the house declares, within 1 %, and walls what their volume says."""
    found = measure("AC20-FZK-Haus")
    slabs = [row for row in found.rows if row.entity == "IfcSlab"]
    assert [row.area.verdict for row in slabs] == ["agrees"] * 3
    assert sum(row.area.used for row in slabs) == pytest.approx(120.0 + 99.8358 + 165.1220, rel=0.01)
    beams = [row for row in found.rows if row.length.both and row.entity == "IfcBeam"]
    assert [(row.length.verdict, row.width_mm, row.height_mm) for row in beams] == [("agrees", 200, 240)]
    walls = [row for row in found.rows if row.entity == "IfcWall"]
    # it declares their sides without the corners: 1.1 % less than their volume over their thickness
    for row in walls:
        assert row.area.used == pytest.approx(row.volume.used / (row.thickness_mm or 0) * 1000, rel=0.01)
        assert row.area.declared == pytest.approx(row.area.used, rel=0.012)
