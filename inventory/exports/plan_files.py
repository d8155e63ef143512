# SPDX-License-Identifier: EUPL-1.2
"""A plan as GeoPackage, GeoJSON, CSV or Excel, chosen by the file's ending."""

import json
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
from pyogrio.errors import DataSourceError

from inventory.errors import BadInputError
from inventory.files.formula import disarm
from inventory.queries.plans.tables import PlanTables


class UnknownExportFormatError(BadInputError):
    """Cannot write {path}: the ending says which format is meant, and it must be one of {known}."""


class ExportPlaceError(BadInputError):
    """Cannot write {path}: {why}."""


def _flatten(frame: pd.DataFrame) -> pd.DataFrame:
    """Turn identifiers and nested values to text, which every format can hold."""
    flat = frame.copy()
    for column in flat.columns:
        if column == "geometry":
            continue
        if flat[column].map(lambda value: isinstance(value, dict | list)).any():
            flat[column] = flat[column].map(
                lambda value: json.dumps(value, sort_keys=True, ensure_ascii=False)
            )
        elif column in {"match", "lot", "requirement", "run", "project_id"}:
            flat[column] = flat[column].astype(str)
        elif flat[column].map(lambda value: hasattr(value, "isoformat")).any():
            flat[column] = flat[column].map(lambda value: None if value is None else value.isoformat())
    return flat


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    return _flatten(pd.DataFrame(frame.drop(columns="geometry", errors="ignore")))


def _summary_rows(plan: PlanTables) -> pd.DataFrame:
    rows: list[tuple[str, object]] = []
    for key, value in (plan.run["summary"] or {}).items():
        if isinstance(value, dict):
            rows += [
                (f"{key}.{name}", part if not isinstance(part, dict | list) else json.dumps(part))
                for name, part in value.items()
            ]
        else:
            rows.append((key, value if not isinstance(value, list) else json.dumps(value)))
    return pd.DataFrame(rows, columns=["figure", "value"])


def write_geopackage(plan: PlanTables, path: Path) -> None:
    """Write the layers lots, requirements and matches (lines) for QGIS and others.

    The others have no geometry: unmet, factors with the source or assumption behind each number, and, where
    projects have design options or budgets, what the plan decided for them.
    """
    path.unlink(missing_ok=True)
    for name, layer in (("lots", plan.lots), ("requirements", plan.requirements), ("matches", plan.matches)):
        gpd.GeoDataFrame(_flatten(layer), crs=layer.crs).to_file(path, layer=name, driver="GPKG")
    _gdal_table(plan.unmet, path, layer="unmet")
    for name, frame in (("factors", plan.factors), ("projects", plan.projects)):
        if len(frame):
            _gdal_table(frame, path, layer=name)


def _gdal_table(frame: pd.DataFrame, path: Path, *, layer: str) -> None:
    gpd.GeoDataFrame(_plain(frame), geometry=gpd.GeoSeries([None] * len(frame), crs="EPSG:25832")).to_file(
        path, layer=layer, driver="GPKG", mode="a"
    )


def write_geojson(plan: PlanTables, path: Path) -> None:
    """Write the match lines as GeoJSON in longitude and latitude (RFC 7946)."""
    path.unlink(missing_ok=True)
    gpd.GeoDataFrame(_flatten(plan.matches), crs=plan.matches.crs).to_crs("OGC:CRS84").to_file(
        path, driver="GeoJSON", RFC7946="YES"
    )


def write_csv(plan: PlanTables, path: Path) -> None:
    """Write the matches as CSV: UTF-8, comma, decimal point, one row a match.

    Text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    _plain(plan.matches).map(disarm).to_csv(path, index=False, encoding="utf-8")


def write_excel(plan: PlanTables, path: Path) -> None:
    """Write a workbook with the sheets summary, matches, unmet, lots, requirements and factors.

    A sheet of projects comes with them where the plan decided something for a project as a whole.
    """
    with pd.ExcelWriter(path, engine="openpyxl") as book:
        for name, frame in (
            ("summary", _summary_rows(plan)),
            ("matches", _plain(plan.matches)),
            ("unmet", _plain(plan.unmet)),
            ("lots", _plain(plan.lots)),
            ("requirements", _plain(plan.requirements)),
            ("factors", _plain(plan.factors)),
            *([("projects", _plain(plan.projects))] if len(plan.projects) else []),
        ):
            frame.to_excel(book, sheet_name=name, index=False, freeze_panes=(1, 0))
            sheet = book.sheets[name]
            for cell in (cell for row in sheet.iter_rows(min_row=2) for cell in row):
                if cell.data_type == "f":  # words from a stranger's file that begin with =
                    cell.data_type = "s"
            for column, cells in enumerate(sheet.iter_cols(max_row=min(sheet.max_row, 50)), start=1):
                widest = max((len(str(cell.value)) for cell in cells if cell.value is not None), default=8)
                sheet.column_dimensions[sheet.cell(1, column).column_letter].width = min(
                    max(widest + 2, 8), 48
                )


_WRITERS: dict[str, Callable[[PlanTables, Path], None]] = {
    ".gpkg": write_geopackage,
    ".geojson": write_geojson,
    ".csv": write_csv,
    ".xlsx": write_excel,
}


def check_plan_file_name(path: Path) -> None:
    """Refuse a file name whose ending names no format, before any work is done.

    Raises
    ------
    UnknownExportFormatError
        For an ending other than .gpkg, .xlsx, .csv or .geojson.
    """
    if path.suffix.lower() not in _WRITERS:
        raise UnknownExportFormatError(path=path, known=", ".join(sorted(_WRITERS)))


def write_plan_file(plan: PlanTables, path: Path) -> None:
    """Write a plan in the format the path's ending names; folders on the way are made.

    Raises
    ------
    UnknownExportFormatError
        For an ending other than .gpkg, .xlsx, .csv or .geojson.
    ExportPlaceError
        The file cannot be written there.
    """
    check_plan_file_name(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _WRITERS[path.suffix.lower()](plan, path)
    except (OSError, DataSourceError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ExportPlaceError(path=path, why=why) from error
