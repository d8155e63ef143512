# SPDX-License-Identifier: EUPL-1.2
"""GeoPackage, GeoJSON and Shapefile to rows of cells, their places as points in EPSG:25832."""

import json
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pyproj import CRS
from pyproj.exceptions import CRSError
from shapely.errors import ShapelyError  # type: ignore[attr-defined]  # shapely re-exports it plainly

from inventory.geography.coordinate import CoordinateKind, classify_coordinates
from inventory.imports.cells.problem import Cell
from inventory.imports.files.delimited import RawSheet
from inventory.imports.files.unpacking import refuse_bomb
from inventory.imports.mapping import FileMapping
from inventory.imports.refusal import FileRefusedError
from inventory.imports.systems import convert_pairs, guess_system

X_HEADER, Y_HEADER = "x_utm32", "y_utm32"
_ZIP_MARK = b"PK\x03\x04"
_SHAPE_MARK = b"\x00\x00\x27\x0a"
_GPKG_MARK = b"GPKG"
_SHAPE_PARTS = {".shp", ".shx", ".dbf", ".prj", ".cpg"}
_HEAD = 100_000


def find_vector(path: Path, *, begins: bytes) -> str | None:
    """Tell which of the map formats a file is by its first 100 bytes; None where it is none of them."""
    if begins.startswith(_SHAPE_MARK):
        return "shapefile"
    if begins.startswith(b"SQLite format 3") and (
        begins[68:72] == _GPKG_MARK or path.suffix.lower() == ".gpkg"
    ):
        return "geopackage"
    if begins.startswith(_ZIP_MARK) and zipfile.is_zipfile(path):
        # one whose list is broken is left to the reader of workbooks, which says so
        with suppress(zipfile.BadZipFile, OSError, ValueError), zipfile.ZipFile(path) as archive:
            if any(name.lower().endswith(".shp") for name in archive.namelist()):
                return "shapefile"
    if begins.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return "geojson"
    return None


def read_vector(
    path: Path, *, file: str, file_format: str, mapping: FileMapping | None = None
) -> list[RawSheet]:
    """Read each layer as a sheet: a row of headers, then one row per feature.

    Parameters
    ----------
    path
        The file.
    file
        Its name, for errors.
    file_format
        From `find_vector`.
    mapping
        Its coordinate system wins over the file's own.

    Returns
    -------
    list of RawSheet
        Two columns `X_HEADER` and `Y_HEADER` in front: the point, or one inside the shape, converted from
        the system of the file; from the likeliest where it names none.

    Raises
    ------
    FileRefusedError
        ``vector_damaged``, ``shapefile_parts``, ``unpacks_too_much``.
    """
    layers = open_layers(path, file=file, file_format=file_format)
    return [_make_sheet(name, layer, mapping=mapping) for name, layer in layers.items()]


def open_layers(path: Path, *, file: str, file_format: str) -> dict[str, Any]:
    """Open each layer of a map with its shapes, by name; a layer without shapes is a plain table.

    Raises
    ------
    FileRefusedError
        ``vector_damaged``, ``shapefile_parts``, ``unpacks_too_much``.
    """
    try:
        if file_format == "geojson":
            return {"": _read_geojson(path)}
        if file_format == "geopackage":
            return _read_layers(path)
        with _unpack_shapefile(path, file=file) as shapes:
            return {shape.stem: _read_shapes(shape, file=file) for shape in shapes}
    except (
        RuntimeError, OSError, zipfile.BadZipFile, zlib.error, EOFError, ShapelyError, CRSError, ValueError,
        KeyError, TypeError, AttributeError,
    ) as error:  # fmt: skip
        first = (str(error).splitlines() or [type(error).__name__])[0]
        raise FileRefusedError(file=file, code="vector_damaged", found=first[:200]) from error


def _read_shapes(shape: Path, *, file: str) -> Any:
    # Whatever its name, GDAL opens a file as what its content says: a virtual layer would lead it to any
    # other file of this computer, or into the network.
    with shape.open("rb") as opened:
        if not opened.read(len(_SHAPE_MARK)).startswith(_SHAPE_MARK):
            raise FileRefusedError(file=file, code="vector_damaged", found=shape.name)
    return gpd.read_file(shape)


def _read_layers(path: Path) -> dict[str, Any]:
    names = [str(name) for name, _ in gpd.list_layers(path)[["name", "geometry_type"]].to_numpy().tolist()]
    return {name: gpd.read_file(path, layer=name) for name in names}


def _read_geojson(path: Path) -> gpd.GeoDataFrame:
    # read as JSON and no more: a driver that looks for its own kind of file might open others for it
    told = json.loads(path.read_text(encoding="utf-8-sig"))
    features = told["features"] if told.get("type") == "FeatureCollection" else [told]
    named = ((told.get("crs") or {}).get("properties") or {}).get("name")
    crs = CRS.from_user_input(named) if named else CRS.from_epsg(4326)
    tidy = [
        {**feature, "properties": feature.get("properties") or {}, "geometry": feature.get("geometry")}
        for feature in features
    ]
    if not tidy:
        return gpd.GeoDataFrame({"geometry": []}, geometry="geometry", crs=crs)
    return gpd.GeoDataFrame.from_features(tidy, crs=crs)


@contextmanager
def _unpack_shapefile(path: Path, *, file: str) -> Iterator[list[Path]]:
    if path.suffix.lower() == ".shp" or not zipfile.is_zipfile(path):
        lacking = [end for end in (".shx", ".dbf") if not _has_part(path, end)]
        if lacking:
            raise FileRefusedError(file=file, code="shapefile_parts", expected=", ".join(lacking))
        yield [path]
        return
    with tempfile.TemporaryDirectory(prefix="genbro-") as folder, zipfile.ZipFile(path) as archive:
        entries = [
            entry for entry in archive.infolist() if Path(entry.filename).suffix.lower() in _SHAPE_PARTS
        ]
        refuse_bomb(entries, file=file)
        for entry in entries:
            # the name alone: a path in a zip may lead out of the folder
            target = Path(folder) / Path(entry.filename.replace("\\", "/")).name
            target.with_suffix(target.suffix.lower()).write_bytes(archive.read(entry))
        shapes = sorted(Path(folder).glob("*.shp"))
        for shape in shapes:
            lacking = [end for end in (".shx", ".dbf") if not shape.with_suffix(end).is_file()]
            if lacking:
                raise FileRefusedError(file=file, code="shapefile_parts", expected=", ".join(lacking))
        yield shapes


def _has_part(path: Path, end: str) -> bool:
    return path.with_suffix(end).is_file() or path.with_suffix(end.upper()).is_file()


def _make_sheet(name: str, layer: Any, *, mapping: FileMapping | None) -> RawSheet:
    geometry = layer.geometry if isinstance(layer, gpd.GeoDataFrame) else None
    fields = [str(column) for column in layer.columns if geometry is None or column != geometry.name]
    columns = [list_cells(layer[column]) for column in fields]
    if geometry is None:
        return RawSheet(name=name, rows=[list(fields), *map(list, zip(*columns, strict=True))])
    points = geometry.representative_point()
    first, second = points.x.to_numpy(dtype=np.float64), points.y.to_numpy(dtype=np.float64)
    epsg, swapped = _find_system(geometry.crs, first, second, mapping=mapping)
    xy = convert_pairs(first, second, epsg=epsg, swapped=swapped)
    _turn_slipped(xy, first, second, epsg=epsg, swapped=swapped)
    places = [
        [None if np.isnan(value) else round(value, 3) for value in xy[:, axis].tolist()] for axis in (0, 1)
    ]
    headers: list[Cell] = [X_HEADER, Y_HEADER, *fields]
    rows: list[list[Cell]] = [list(row) for row in zip(*places, *columns, strict=True)]
    return RawSheet(name=name, rows=[headers, *rows], epsg=epsg, swapped=swapped)


def _turn_slipped(
    xy: NDArray[np.float64],
    first: NDArray[np.float64],
    second: NDArray[np.float64],
    *,
    epsg: int,
    swapped: bool,
) -> None:
    """Put north before east where that alone makes a point Danish: whoever checks cells then names the slip.

    Converted as the others are it would lie far away, and be called a place outside Denmark.
    """
    here = CoordinateKind.METRES.value
    away = np.flatnonzero(classify_coordinates(*xy.T) != here)
    turned = convert_pairs(first[away], second[away], epsg=epsg, swapped=not swapped)
    slipped = classify_coordinates(*turned.T) == here
    xy[away[slipped]] = turned[slipped, ::-1]


def _find_system(
    crs: Any, first: np.ndarray[Any, Any], second: np.ndarray[Any, Any], *, mapping: FileMapping | None
) -> tuple[int, bool]:
    epsg = (mapping.epsg if mapping else None) or (None if crs is None else crs.to_epsg(min_confidence=20))
    swapped = mapping.swapped if mapping else None
    if epsg is None or swapped is None:
        guess = guess_system(first, second, epsg=epsg)
        epsg, swapped = guess.epsg, guess.swapped if swapped is None else swapped
    return epsg, swapped


def list_cells(column: "pd.Series[Any]") -> list[Cell]:
    """List the values of a column of a layer as cells."""
    cells: list[Cell] = []
    for value in column.astype(object).tolist():
        if value is None or value is pd.NaT or (isinstance(value, float) and np.isnan(value)):
            cells.append(None)
        elif isinstance(value, str):
            cells.append(value.strip() or None)
        elif isinstance(value, pd.Timestamp):
            cells.append(value.to_pydatetime())
        elif isinstance(value, bool | int | float | date):
            cells.append(value)
        else:
            cells.append(json.dumps(value, ensure_ascii=False, default=str))
    return cells
