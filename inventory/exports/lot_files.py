# SPDX-License-Identifier: EUPL-1.2
"""Rows of lots as CSV, Excel or GeoPackage, chosen by the file's ending."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Literal

from inventory.exports.sheets import Cell, Sheet, write_rows, write_workbook

LotFormat = Literal["csv", "xlsx", "gpkg"]
LOT_FORMATS: dict[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "gpkg": "application/geopackage+sqlite3",
}
"""Ending -> media type."""

FileCell = str | int | Decimal | None
Point = tuple[float, float] | None
# Excel keeps 15 digits of a number; a longer one stays whole as text.
_MOST_DIGITS = 15
_MAP_TAKES = ("x", "y")


def write_lots_file(
    form: LotFormat,
    *,
    title: str,
    names: Sequence[str],
    heads: Sequence[str],
    rows: Sequence[Sequence[FileCell]],
    points: Sequence[Point],
    decimal: Literal[",", "."],
) -> bytes:
    """Write rows of lots as a file.

    Parameters
    ----------
    form
        What kind of file.
    title
        Name of the sheet or layer.
    names, heads
        Name of each column in the layout of lots, and its header.
    rows
        Cells in the order of the headers.
    points
        Where each row lies, EPSG:25832; the map has them instead of the columns x and y.
    decimal
        How CSV writes decimals.
    """
    if form == "csv":
        told = [[_spell(cell, decimal=decimal) for cell in row] for row in rows]
        return write_rows(Sheet(title=title, heads=heads, rows=told))
    if form == "xlsx":
        return write_workbook([Sheet(title=title, heads=heads, rows=[[_number(c) for c in r] for r in rows])])
    kept = [at for at, name in enumerate(names) if name not in _MAP_TAKES]
    return _write_map(
        title,
        columns={heads[at]: [row[at] for row in rows] for at in kept},
        points=points,
    )


def _spell(cell: FileCell, *, decimal: str) -> str | None:
    return (
        None
        if cell is None
        else f"{cell:f}".replace(".", decimal)
        if isinstance(cell, Decimal)
        else str(cell)
    )


def _number(cell: FileCell) -> Cell:
    if not isinstance(cell, Decimal):
        return cell
    if len(cell.as_tuple().digits) > _MOST_DIGITS:
        return f"{cell:f}"
    return int(cell) if cell == cell.to_integral_value() else float(cell)


def _make_column(cells: list[FileCell]) -> list[str | None] | list[float]:
    """Let a map keep numbers as numbers: written out they would be read by another country's rules."""
    filled = [cell for cell in cells if cell is not None]
    if filled and not any(isinstance(cell, str) for cell in filled):
        return [math.nan if cell is None else float(cell) for cell in cells]
    return [_spell(cell, decimal=".") for cell in cells]


def _write_map(title: str, *, columns: dict[str, list[FileCell]], points: Sequence[Point]) -> bytes:
    # loaded late: whoever writes text or a workbook needs no GDAL
    import geopandas as gpd  # noqa: PLC0415
    from shapely.geometry import Point as Place  # noqa: PLC0415

    shapes = [None if point is None else Place(point) for point in points]
    told = {head: _make_column(cells) for head, cells in columns.items()}
    frame = gpd.GeoDataFrame(told, geometry=gpd.GeoSeries(shapes, crs="EPSG:25832"), crs="EPSG:25832")
    with tempfile.TemporaryDirectory(prefix="genbro-") as folder:
        path = Path(folder) / "lots.gpkg"
        frame.to_file(path, layer=title, driver="GPKG")
        return path.read_bytes()
