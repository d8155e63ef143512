# SPDX-License-Identifier: EUPL-1.2
"""Importing the areas of municipalities from a map of polygons."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely
from sqlalchemy.orm import Session

from inventory.actions.bulk.counts import RowsWritten
from inventory.actions.imports.areas import write_areas
from inventory.actions.imports.events import record_import
from inventory.imports.cells.municipalities import MunicipalityIndex
from inventory.imports.cells.problem import show_cell
from inventory.imports.files.source import find_format
from inventory.imports.files.vector import list_cells, open_layers
from inventory.imports.refusal import FileRefusedError
from inventory.imports.systems import guess_system
from inventory.queries.imports.keys import map_municipalities
from inventory.tables import SRID, stable_id

_LEAST_KNOWN = 0.5
"""A column whose cells are municipalities for at least so many of the polygons says which they are."""
_AREAL = ("Polygon", "MultiPolygon")


@dataclass(frozen=True, slots=True, kw_only=True)
class AreasReport:
    """What an import of areas did.

    Parameters
    ----------
    file, layer, column
        What was read, and which column told the municipality.
    shapes
        Polygons of the layer.
    written
        Municipalities by what became of them.
    unknown
        What stood in the column of polygons that were left out: row of the layer from 1, and its cell.
    missing
        Name by code of the municipalities that have no area after all.
    """

    file: str
    layer: str
    column: str
    shapes: int
    written: RowsWritten
    unknown: tuple[tuple[int, str], ...]
    missing: Mapping[str, str]

    def count(self) -> dict[str, int]:
        """Give the counts an import keeps."""
        return {
            "rows": self.shapes,
            "inserted": self.written.inserted,
            "updated": self.written.updated,
            "unchanged": self.written.unchanged,
            "refused": len(self.unknown),
            "warned": 0,
            "blank": 0,
        }


def import_areas(session: Session, path: Path) -> AreasReport:
    """Import the areas of municipalities.

    The layer and the column that tell the municipality are found by content: the column in which most cells
    are codes or names of municipalities. Polygons of one municipality are joined, broken ones mended.

    Parameters
    ----------
    session
        Its transaction takes everything; the caller commits, or rolls back a dry run.
    path
        GeoPackage, GeoJSON, or Shapefile (zipped or not), in the coordinate system it names; where it names
        none, in the likeliest.

    Raises
    ------
    FileRefusedError
        If it is no map, damaged, has no polygons, or no column names municipalities.
    """
    file = show_cell(path.name)
    names = map_municipalities(session)
    if not names:
        raise FileRefusedError(file=file, code="not_seeded", expected="municipality")
    file_format = find_format(path)
    if file_format is None:
        raise FileRefusedError(file=file, code="no_map")
    layers = {
        name: layer
        for name, layer in open_layers(path, file=file, file_format=file_format).items()
        if isinstance(layer, gpd.GeoDataFrame) and layer.geom_type.isin(_AREAL).any()
    }
    if not layers:
        raise FileRefusedError(file=file, code="no_polygons")
    index = MunicipalityIndex(names)
    layer_name, column, codes = _choose_column(layers, index=index, file=file)
    layer = layers[layer_name]
    shapes: dict[str, list[Any]] = {}
    unknown = []
    cells = list_cells(layer[column])
    for row, (code, shape) in enumerate(zip(codes, _bring_here(layer).geometry, strict=True), start=1):
        if code is None or shape is None or shape.is_empty or shape.geom_type not in _AREAL:
            unknown.append((row, show_cell(cells[row - 1]) if cells[row - 1] is not None else ""))
        else:
            shapes.setdefault(code, []).append(shapely.make_valid(shapely.force_2d(shape)))
    written = write_areas(
        session,
        rows=[
            (stable_id("municipality_area", code), code, _join(some), file)
            for code, some in sorted(shapes.items())
        ],
    )
    record_import(session, kind="geography", file=file, written=written)
    return AreasReport(
        file=file,
        layer=layer_name,
        column=column,
        shapes=len(layer),
        written=written,
        unknown=tuple(unknown),
        missing={code: name for code, name in sorted(names.items()) if code not in shapes},
    )


def _choose_column(
    layers: Mapping[str, gpd.GeoDataFrame], *, index: MunicipalityIndex, file: str
) -> tuple[str, str, list[str | None]]:
    """Choose the layer and column in which most cells are municipalities."""
    best: tuple[float, int, str, str, list[str | None]] | None = None
    for name, layer in layers.items():
        for column in (str(one) for one in layer.columns if one != layer.geometry.name):
            codes = [index.parse(cell).value for cell in list_cells(layer[column])]
            known = [code for code in codes if code is not None]
            rating = (len(known) / len(codes), len(set(known)), name, column, codes)
            if best is None or rating[:2] > best[:2]:
                best = rating
    if best is None or best[0] < _LEAST_KNOWN:
        found = sorted({str(column) for layer in layers.values() for column in layer.columns})
        raise FileRefusedError(file=file, code="no_municipalities", found=", ".join(found)[:200])
    return best[2:]


def _bring_here(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Bring a layer into EPSG:25832, from its own system or the likeliest."""
    if layer.geometry.crs is None:
        inside = layer.geometry.representative_point()
        guess = guess_system(inside.x.to_numpy(), inside.y.to_numpy())
        return gpd.GeoDataFrame(geometry=layer.geometry.set_crs(guess.epsg).to_crs(SRID))
    return gpd.GeoDataFrame(geometry=layer.geometry.to_crs(SRID))


def _join(shapes: list[Any]) -> str:
    """Join polygons into one multipolygon, as EWKB in hexadecimal; lines left over by mending are dropped."""
    parts = shapely.get_parts(shapely.get_parts(shapely.union_all(shapes)))
    polygons = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    whole = shapely.set_srid(shapely.multipolygons(polygons), SRID)
    return str(shapely.to_wkb(whole, hex=True, include_srid=True))
