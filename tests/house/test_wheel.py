# SPDX-License-Identifier: EUPL-1.2
"""The package people install holds everything the program reads."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def packed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the files in a wheel built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=root, capture_output=True, check=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_map_is_in_the_wheel(root: Path, packed: set[str]) -> None:
    """What npm brought, though git ignores it, and the page's own assets."""
    vendor = {
        str(path.relative_to(root)) for path in (root / "web/static/vendor").rglob("*") if path.is_file()
    }
    assert any(name.endswith(".mjs") for name in vendor)
    assert any(name.endswith(".woff2") for name in vendor)
    assert not vendor - packed
    assert {name for name in packed if name.startswith("web/translations/") and name.endswith(".mo")}


def test_reference_data_and_migrations_are_in_the_wheel(
    root: Path, files: list[Path], packed: set[str]
) -> None:
    """Every tracked file of the three packages is there, the CSV tables above all."""
    wanted = {str(path) for path in files if path.parts[0] in {"matcher", "inventory", "web"}}
    assert {name for name in wanted if name.startswith("inventory/reference/") and name.endswith(".csv")}
    assert not wanted - packed


def test_nothing_else_is_in_the_wheel(packed: set[str]) -> None:
    """Only the three packages and the wheel's own papers."""
    tops = {name.partition("/")[0] for name in packed}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"matcher", "inventory", "web"}
    assert not {name for name in packed if "__pycache__" in name or "node_modules" in name}
