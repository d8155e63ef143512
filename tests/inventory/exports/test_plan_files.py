# SPDX-License-Identifier: EUPL-1.2
"""A plan as files: what QGIS, a spreadsheet and a person who looks at a picture get."""

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pyogrio
import pytest
from matplotlib import colors
from PIL import Image

from inventory.demo import read_land
from inventory.exports.plan_files import UnknownExportFormatError, write_plan_file
from inventory.exports.plan_picture import DONOR, PROJECT, write_plan_picture
from inventory.queries.plans.tables import PlanTables

SRID = "EPSG:25832"


@pytest.fixture
def plan() -> PlanTables:
    """Two matches from one donor in Slagelse to two projects, and one unmet part."""
    ends = {"donor_x": [639_000.0] * 2, "donor_y": [6_142_500.0] * 2, "project_x": [611_500.0, 700_000.0]}
    matches = pd.DataFrame(
        {
            "match": [1, 2],
            "lot": ["a", "a"],
            "requirement": ["r", "s"],
            "name_en": ["Brick", "Brick"],
            "quantity": [800.0, 200.0],
            "new_ore": [640_000, 160_000],
            "project_y": [6_130_500.0, 6_170_000.0],
            **ends,
        }
    )
    lines = gpd.GeoSeries.from_wkt(
        ["LINESTRING (639000 6142500, 611500 6130500)", "LINESTRING (639000 6142500, 700000 6170000)"],
        crs=SRID,
    )
    points = gpd.GeoSeries.from_wkt(["POINT (639000 6142500)"], crs=SRID)
    wanted = gpd.GeoSeries.from_wkt(["POINT (611500 6130500)", "POINT (700000 6170000)"], crs=SRID)
    return PlanTables(
        run={"id": "run", "summary": {"gap": 0.0, "totals": {"tonnes": 2.5}, "factor_ids": [1, 2]}},
        matches=gpd.GeoDataFrame(matches, geometry=lines, crs=SRID),
        unmet=pd.DataFrame(
            {"requirement": ["s"], "quantity": [500.0], "reason": ["taken"], "stopped": [{"taken": 1}]}
        ),
        lots=gpd.GeoDataFrame(
            {"lot": ["a"], "x": [639_000.0], "y": [6_142_500.0]}, geometry=points, crs=SRID
        ),
        requirements=gpd.GeoDataFrame(
            {"requirement": ["r", "s"], "x": [611_500.0, 700_000.0], "y": [6_130_500.0, 6_170_000.0]},
            geometry=wanted,
            crs=SRID,
        ),
    )


def test_geopackage_has_points_lines_and_the_unmet(plan: PlanTables, tmp_path: Path) -> None:
    """Four layers in EPSG:25832, matches as lines between the very points; writing twice leaves one plan."""
    path = tmp_path / "plan.gpkg"
    write_plan_file(plan, path)
    write_plan_file(plan, path)
    layers = dict(pyogrio.list_layers(path).tolist())
    assert set(layers) == {"lots", "requirements", "matches", "unmet"}
    matches = gpd.read_file(path, layer="matches")
    assert matches.crs.to_epsg() == 25832
    assert matches.geometry.geom_type.tolist() == ["LineString"] * 2
    assert matches.geometry.iloc[0].coords[0] == (639_000.0, 6_142_500.0)
    assert gpd.read_file(path, layer="unmet")["stopped"].tolist() == ['{"taken": 1}']
    assert len(gpd.read_file(path, layer="lots")) == 1


def test_an_empty_plan_still_has_all_layers(plan: PlanTables, tmp_path: Path) -> None:
    """Where nothing matched, the file says so instead of failing."""
    empty = PlanTables(
        run=plan.run,
        matches=plan.matches.iloc[:0],
        unmet=plan.unmet,
        lots=plan.lots.iloc[:0],
        requirements=plan.requirements,
    )
    for ending in ("gpkg", "xlsx", "csv", "geojson"):
        write_plan_file(empty, tmp_path / f"plan.{ending}")
    assert set(pyogrio.list_layers(tmp_path / "plan.gpkg")[:, 0]) == {
        "lots",
        "requirements",
        "matches",
        "unmet",
    }
    write_plan_picture(empty, tmp_path / "plan.png", land=read_land(), title="Nothing", note="nothing")


def test_workbook_csv_and_geojson_hold_the_same_matches(plan: PlanTables, tmp_path: Path) -> None:
    """Every format gives the two quantities; GeoJSON is in longitude and latitude."""
    for ending in ("xlsx", "csv", "geojson"):
        write_plan_file(plan, tmp_path / f"plan.{ending}")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx", read_only=True)
    assert book.sheetnames == ["summary", "matches", "unmet", "lots", "requirements", "factors"]
    figures = {row[0]: row[1] for row in book["summary"].iter_rows(min_row=2, values_only=True)}
    assert figures["totals.tonnes"] == 2.5
    book.close()
    assert pd.read_excel(tmp_path / "plan.xlsx", sheet_name="matches", engine="calamine")[
        "quantity"
    ].tolist() == [800, 200]
    assert pd.read_csv(tmp_path / "plan.csv")["quantity"].tolist() == [800.0, 200.0]
    lines = gpd.read_file(tmp_path / "plan.geojson")
    west, south, east, north = lines.total_bounds
    assert 8 < west < east < 16
    assert 54 < south < north < 58


def test_an_unknown_ending_is_refused_with_those_that_are_known(plan: PlanTables, tmp_path: Path) -> None:
    """A .pdf is not written as something else."""
    with pytest.raises(UnknownExportFormatError, match=r"\.csv, \.geojson, \.gpkg, \.xlsx"):
        write_plan_file(plan, tmp_path / "plan.pdf")
    assert not list(tmp_path.iterdir())


def test_the_picture_shows_donors_and_projects(plan: PlanTables, tmp_path: Path) -> None:
    """Pixels of both colours are there, and more of the picture is land and sea than anything else."""
    write_plan_picture(plan, tmp_path / "plan.png", land=read_land(), title="Two matches", note="Demo")
    pixels = np.asarray(Image.open(tmp_path / "plan.png").convert("RGB")).astype(int)

    def count(colour: str) -> int:
        wanted = np.array([round(part * 255) for part in colors.to_rgb(colour)])
        return int((np.abs(pixels - wanted).max(axis=2) < 12).sum())

    assert count(DONOR) > 20
    assert count(PROJECT) > 100
    assert count("#f3f1ea") > pixels.shape[0] * pixels.shape[1] * 0.05


def test_geojson_follows_its_standard(plan: PlanTables, tmp_path: Path) -> None:
    """RFC 7946 knows no `crs` member, and seven decimals of a degree are a centimetre."""
    write_plan_file(plan, tmp_path / "plan.geojson")
    document = json.loads((tmp_path / "plan.geojson").read_text(encoding="utf-8"))
    assert "crs" not in document
    numbers = [x for line in document["features"] for point in line["geometry"]["coordinates"] for x in point]
    assert all(round(number, 7) == number for number in numbers)


def test_names_that_look_like_formulas_stay_names(plan: PlanTables, tmp_path: Path) -> None:
    """What a stranger's file calls a project is not calculated when somebody opens the plan."""
    plan.matches["name_en"] = ['=HYPERLINK("http://example.org","x")', "@SUM(1)"]
    write_plan_file(plan, tmp_path / "plan.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx")["matches"]
    assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert plan.matches["name_en"][0] in {cell.value for row in sheet.iter_rows() for cell in row}
    write_plan_file(plan, tmp_path / "plan.csv")
    names = pd.read_csv(tmp_path / "plan.csv")["name_en"].tolist()
    assert names == ["'" + name for name in plan.matches["name_en"]]
