# SPDX-License-Identifier: EUPL-1.2
"""The whole answer of a search as CSV, XLSX or GeoPackage, as far as the public may see each lot."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from inventory.files.formula import disarm
from inventory.queries.search.search import Search

MOST_ROWS = {"csv": 100_000, "xlsx": 50_000, "gpkg": 50_000}
"""Lots a file holds at most, by kind: a workbook or a package is made whole before it is sent."""

_COLUMNS = (
    *("id", "class_code", "name_da", "name_en", "amount", "unit", "basis", "not_counted", "available_from"),
    *("available_to", "decide_by", "firmness", "screening", "documentation", "completeness"),
    *("enough_to_offer", "asbestos_suspect"),
    *("unit_price_dkk", "length_mm", "width_mm", "height_mm", "thickness_mm", "grade", "year", "strength"),
    *("fire", "colour", "postcode", "town", "municipality_code", "municipality_name", "metres", "co2e_kg"),
    *("lon", "lat"),
)


def name_file(search: Search, *, kind: str) -> str:
    """Name a file after what was asked: material, words, place and days, in plain letters."""
    parts = ["genbro", *search.classes[:2], search.text, *search.municipalities[:2], *search.regions[:1]]
    if search.near is not None:
        parts += [search.near.name or "punkt", f"{search.near.metres // 1000}km"]
    parts += [day.isoformat() for day in (search.start, search.end) if day is not None]
    words = "-".join(part for part in parts if part)
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_") else "-" for sign in words)
    return f"{'-'.join(part for part in plain.split('-') if part)[:100]}.{kind}"


def list_values(row: Any) -> list[Any]:
    """List a row of `describe_rows`, with `lon` and `lat` beside, in the order of the files' columns."""
    made = {
        "id": str(row.id),
        "amount": float(row.amount),
        "unit_price_dkk": None if row.unit_price_ore is None else round(float(row.unit_price_ore) / 100, 2),
        "co2e_kg": None if row.co2e_g is None else round(float(row.co2e_g) / 1000, 1),
        "metres": None if row.metres is None else round(row.metres),
        "available_from": row.available_from and row.available_from.isoformat(),
        "available_to": row.available_to and row.available_to.isoformat(),
        "decide_by": row.decide_by and row.decide_by.isoformat(),
    }
    return [made[name] if name in made else getattr(row, name) for name in _COLUMNS]


def write_csv(rows: Iterable[Any]) -> Iterator[bytes]:
    """Write rows as CSV as they come: UTF-8, comma, decimal point; what Excel would calculate is disarmed."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for number, row in enumerate(rows):
        writer.writerow([disarm(value) for value in list_values(row)])
        if number % 500 == 0:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def write_workbook(rows: Iterable[Any]) -> bytes:
    """Write rows as XLSX, one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("lots")
    sheet.freeze_panes = "A2"
    sheet.append(list(_COLUMNS))
    for row in rows:
        sheet.append([disarm(value) for value in list_values(row)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_geopackage(rows: Iterable[Any], path: Path) -> None:
    """Write rows as the layer `lots` of a GeoPackage, in longitude and latitude, at their public points."""
    import geopandas as gpd  # noqa: PLC0415  only who asks for a package waits for it
    import pandas as pd  # noqa: PLC0415

    frame = pd.DataFrame([list_values(row) for row in rows], columns=list(_COLUMNS))
    points = gpd.points_from_xy(frame["lon"].astype(float), frame["lat"].astype(float))
    layer = gpd.GeoDataFrame(frame, geometry=points, crs="EPSG:4326")
    layer.loc[layer["lon"].isna(), "geometry"] = None
    layer.to_file(path, layer="lots", driver="GPKG")


def list_columns() -> Sequence[str]:
    """List the columns of the files."""
    return _COLUMNS
