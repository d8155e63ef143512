# SPDX-License-Identifier: EUPL-1.2
"""Maps as files of lots: GeoPackage, GeoJSON and Shapefile, in their systems and with their slips."""

import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point, box
from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.imports.layouts.lots import LOT_LAYOUT
from inventory.imports.lots.importing import import_lots
from inventory.imports.mapping import FileMapping
from inventory.imports.messages import MESSAGES
from inventory.imports.refusal import FileRefusedError
from inventory.tables import Site

Row = dict[str, Any]


def frame(row: Row, *, epsg: int = 25832) -> gpd.GeoDataFrame:
    """Make a map of one lot, its place in the geometry."""
    cells = {name: [value] for name, value in row.items() if name not in ("x", "y")}
    places = [Point(float(row["x"]), float(row["y"]))]
    return gpd.GeoDataFrame(cells, geometry=places, crs=25832).to_crs(epsg)


def locate(session: Session) -> tuple[float, float]:
    """Where the one site is, in metres."""
    (x, y) = session.execute(select(Site.geom.ST_X(), Site.geom.ST_Y())).one()
    return x, y


@pytest.mark.parametrize("epsg", [25832, 25833, 4326, 3857])
def test_geopackage_in_any_system(session: Session, tmp_path: Path, yard: Row, epsg: int):
    """A layer of a GeoPackage is imported, its place converted from the layer's own system."""
    path = tmp_path / "lots.gpkg"
    frame(yard, epsg=epsg).to_file(path, layer="partier", driver="GPKG")
    report = import_lots(session, path)
    assert (report.inserted, report.file_format, report.sheet) == (1, "geopackage", "partier")
    assert locate(session) == pytest.approx((588000, 6139700), abs=0.5)


def test_geojson_is_degrees(session: Session, tmp_path: Path, yard: Row):
    """GeoJSON is read as degrees, as its standard says, and shapes by a point inside."""
    path = tmp_path / "lots.geojson"
    lots = frame(yard)
    lots.geometry = [box(587990, 6139690, 588010, 6139710)]
    path.write_text(lots.to_crs(4326).to_json(), encoding="utf-8")
    assert import_lots(session, path).inserted == 1
    assert locate(session) == pytest.approx((588000, 6139700), abs=1)


def test_swapped_geojson_is_noticed(session: Session, tmp_path: Path, yard: Row):
    """A map with latitude first is put right, and says so; decided, it says nothing."""
    lots = frame(yard, epsg=4326)
    lots.geometry = [Point(point.y, point.x) for point in lots.geometry]
    path = tmp_path / "lots.geojson"
    path.write_text(lots.to_json(), encoding="utf-8")
    report = import_lots(session, path)
    assert [finding.code for finding in report.findings] == ["axes_exchanged"]
    assert locate(session) == pytest.approx((588000, 6139700), abs=0.5)
    decided = FileMapping(kind="lots", swapped=True)
    assert import_lots(session, path, mapping=decided).findings == ()


def test_one_swapped_point_among_others_is_named(session: Session, tmp_path: Path, yard: Row):
    """A place with latitude first is refused as swapped, not as one outside Denmark; the rest is taken."""
    each = [{**yard, "ref": f"M{number}", "site_ref": f"S{number}"} for number in range(4)]
    lots = pd.concat([frame(row, epsg=4326) for row in each], ignore_index=True)
    lots.loc[2, "geometry"] = Point(lots.geometry[2].y, lots.geometry[2].x)
    path = tmp_path / "lots.geojson"
    path.write_text(lots.to_json(), encoding="utf-8")
    report = import_lots(session, path)
    assert report.inserted == 3
    (finding,) = report.findings
    assert (finding.code, finding.row) == ("place_wrong", 4)
    assert MESSAGES["coordinates_swapped"].en in finding.message_en


@pytest.mark.parametrize("zipped", [True, False])
def test_shapefile(session: Session, tmp_path: Path, yard: Row, *, zipped: bool):
    """A Shapefile is read from a zip or beside its parts; its headers of ten letters need a mapping."""
    shape = tmp_path / "lots.shp"
    lots = frame(yard).rename(columns={"available_from": "from", "available_to": "to"})
    lots = lots.rename(columns={name: name[:10] for name in lots.columns})
    lots.to_file(shape)
    columns = {str(name): str(name) for name in lots.columns if name in LOT_LAYOUT.by_name}
    columns |= {"from": "available_from", "to": "available_to", "x_utm32": "x", "y_utm32": "y"}
    columns |= {"documentat": "documentation", "organisati": "organisation", "municipali": "municipality"}
    path = shape
    if zipped:
        path = tmp_path / "lots.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for end in (".shp", ".shx", ".dbf", ".prj", ".cpg"):
                archive.write(shape.with_suffix(end), f"folder/lots{end.upper()}")
    report = import_lots(session, path, mapping=FileMapping(kind="lots", columns=columns))
    assert (report.inserted, report.file_format) == (1, "shapefile")
    assert locate(session) == pytest.approx((588000, 6139700), abs=0.01)


def test_shapefile_without_its_parts_is_refused(session: Session, tmp_path: Path, yard: Row):
    """A lone .shp says which parts it lacks."""
    shape = tmp_path / "lots.shp"
    frame(yard)[["ref", "geometry"]].to_file(shape)
    shape.with_suffix(".dbf").unlink()
    with pytest.raises(FileRefusedError) as refusal:
        import_lots(session, shape)
    assert (refusal.value.details["code"], refusal.value.details["expected"]) == ("shapefile_parts", ".dbf")
