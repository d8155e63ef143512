# SPDX-License-Identifier: EUPL-1.2
"""A front as data and as a picture."""

from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from matplotlib import colors
from PIL import Image

from inventory.exports.front_files import check_front_file_name, write_front_file
from inventory.exports.front_picture import MONEY, ROAD, draw_front
from inventory.exports.plan_files import ExportPlaceError, UnknownExportFormatError
from matcher.tradeoffs.front import Point


def make_point(price: int, *, money: int, co2e: float, km: float, dominated: bool = False) -> Point:
    """Make a point of a front by what is drawn of it."""
    return Point(
        carbon_price_ore_per_tonne=price * 100,
        digest="ab" * 32,
        money_ore=money * 100,
        co2e_kg_real=co2e * 1000,
        co2e_kg_regulatory=co2e * 1100,
        km=km,
        matched_share=0.5,
        matches=10,
        gap=0.0,
        dominated=dominated,
    )


@pytest.fixture
def points() -> list[Point]:
    """Four prices, of which two give the same plan and one is beaten."""
    return [
        make_point(0, money=900_000, co2e=100, km=500),
        make_point(500, money=900_000, co2e=100, km=500),
        make_point(1000, money=850_000, co2e=120, km=700),
        make_point(2000, money=840_000, co2e=110, km=800, dominated=True),
    ]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_front_as_data(points: list[Point], tmp_path: Path, ending: str) -> None:
    """A row for each price, in DKK, tonnes and kilometres."""
    path = tmp_path / "deep" / f"front.{ending}"
    write_front_file(points, path)
    frame = pd.read_csv(path) if ending == "csv" else pd.read_excel(path, engine="openpyxl")
    assert frame["carbon_price_dkk_per_tonne"].tolist() == [0, 500, 1000, 2000]
    assert frame["money_saved_dkk"].tolist() == [900_000, 900_000, 850_000, 840_000]
    assert frame["co2e_saved_t"].tolist() == [100, 100, 120, 110]
    assert frame["km"].tolist() == [500, 500, 700, 800]
    assert frame["dominated"].tolist() == [False, False, False, True]
    if ending == "xlsx":
        assert openpyxl.load_workbook(path).sheetnames == ["front"]


def test_a_front_as_a_picture(points: list[Point], tmp_path: Path) -> None:
    """Two panels over the same tonnes, points labelled with their prices, in colours anybody can tell."""
    figure = draw_front(points)
    money, road = figure.axes
    assert [text.get_text() for text in money.texts] == ["0 to 500", "1,000", "2,000"]
    assert [text.get_text() for text in road.texts] == ["0 to 500", "1,000", "2,000"]
    assert money.lines[0].get_xdata().tolist() == [100, 100, 120, 110]  # type: ignore[union-attr]
    assert road.lines[0].get_ydata().tolist() == [500, 500, 700, 800]  # type: ignore[union-attr]
    hollow = [line.get_markerfacecolor() for line in money.lines[1:]]
    assert hollow == [MONEY, MONEY, MONEY, "white"]
    assert money.get_xlim()[1] > 120
    path = tmp_path / "front.png"
    write_front_file(points, path)
    write_front_file(points, path)
    with Image.open(path) as picture:
        assert picture.size == (1350, 1200)
        seen = {colour for _, colour in picture.convert("RGB").getcolors(2**24)}  # type: ignore[union-attr]
    for name in (MONEY, ROAD):
        assert tuple(round(255 * part) for part in colors.to_rgb(name)) in seen


def test_large_savings_are_told_in_millions(points: list[Point]) -> None:
    """The axis says its unit."""
    assert draw_front(points).axes[0].get_ylabel().endswith("DKK")
    large = [make_point(0, money=3_000_000, co2e=1, km=1)]
    assert draw_front(large).axes[0].get_ylabel().endswith("DKK million")


def test_points_too_near_to_read_share_a_label() -> None:
    """Two plans that differ by next to nothing are labelled once, with both prices."""
    near = [
        make_point(0, money=900_000, co2e=100, km=500),
        make_point(750, money=880_000, co2e=120, km=600),
        make_point(1500, money=880_001, co2e=120, km=600),
        make_point(3000, money=700_000, co2e=150, km=600),
    ]
    labels = [text.get_text() for text in draw_front(near).axes[0].texts]
    assert labels == ["0", "750 to 1,500", "3,000"]


def test_what_cannot_be_written_says_why(points: list[Point], tmp_path: Path) -> None:
    """An ending without a format is refused beforehand, a place that takes no files in a sentence."""
    with pytest.raises(UnknownExportFormatError, match=r"\.csv, \.png, \.xlsx"):
        check_front_file_name(tmp_path / "front.pdf")
    for ending in ("csv", "xlsx", "png"):
        with pytest.raises(ExportPlaceError, match="Cannot write"):
            write_front_file(points, Path(f"/proc/front.{ending}"))
