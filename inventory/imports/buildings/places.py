# SPDX-License-Identifier: EUPL-1.2
"""Where the buildings of the register stand: point, municipality, land mass, road node."""

from functools import partial

import numpy as np
from geopandas.geoseries import GeoSeries
from numpy.typing import NDArray

from inventory.imports.buildings.cells import Columns, soften
from inventory.imports.cells.municipalities import MunicipalityIndex
from inventory.imports.cells.number import NumberStyle, parse_number
from inventory.imports.cells.places import (
    Geography,
    check_points,
    describe_surroundings,
    find_land,
    find_other_municipality,
    measure_from_municipality,
)
from inventory.imports.cells.problem import Cell
from inventory.imports.findings import Findings, parse_cells

# Two coordinates of one row may differ by rounding and by the datum's drift, not by more than this.
_SAME_POINT_M = 25.0


def place_buildings(
    findings: Findings,
    *,
    columns: Columns,
    style: NumberStyle,
    municipalities: MunicipalityIndex,
    geography: Geography,
) -> None:
    """Add point, municipality, land mass and road node to the columns, and what is odd to the findings.

    Parameters
    ----------
    findings
        Its table gives ``point`` (WKT), ``x``/``y`` and ``lon``/``lat``, taken in that order.
    columns
        Gains ``x, y, municipality_code, land_mass, road_node``.
    style
        How the file writes decimals.
    municipalities, geography
        What is known of Denmark.
    """
    given = parse_cells(findings, column="municipality", parse=municipalities.parse)
    xy = _choose_points(findings, style=style)
    lands = find_land(xy, geography=geography)
    for index in np.flatnonzero(np.isfinite(xy[:, 0])).tolist():
        if not lands[index]:
            findings.add(index, code="in_water", column=_point_column(findings))
            xy[index] = np.nan
    claimed = [code or "" for code in given]
    metres, far = measure_from_municipality(xy, codes=claimed, geography=geography)
    other = find_other_municipality(xy, codes=claimed, geography=geography)
    for index, code in enumerate(far):
        if other is not None and other[index] and code != "coordinates_zone_33":
            name = municipalities.name(other[index])
            findings.add(index, code="municipality_other", column=_point_column(findings), found=name)
        elif code:
            findings.add(index, code=code, column=_point_column(findings), km=round(metres[index] / 1000))
            if code == "coordinates_zone_33":
                xy[index], lands[index] = np.nan, ""
    around = describe_surroundings(xy, lands=lands, geography=geography)
    missing = findings.table.column("municipality")
    for index, code in enumerate(claimed):
        if not code and (missing is None or missing[index] is None):
            findings.add(index, code="municipality_missing", column="municipality")
    columns["municipality_code"] = [
        code or near or None for code, near in zip(claimed, around.municipality, strict=True)
    ]
    columns["land_mass"] = [land or None for land in around.land_mass]
    columns["road_node"] = [node or None for node in around.road_node]
    columns["x"], columns["y"] = (
        [None if np.isnan(value) else value for value in xy[:, axis].tolist()] for axis in (0, 1)
    )


def _point_column(findings: Findings) -> str:
    return next((name for name in ("point", "x", "lon") if findings.table.has(name)), "point")


def _choose_points(findings: Findings, *, style: NumberStyle) -> NDArray[np.float64]:
    count = len(findings.table)
    chosen = np.full((count, 2), np.nan)
    named = np.zeros(count, dtype=bool)
    for column, degrees in (("point", False), ("x", False), ("lon", True)):
        first, second = (
            _read_wkt(findings) if column == "point" else _read_pair(findings, column, style=style)
        )
        xy, codes = check_points(first, second, degrees=degrees)
        here = np.isfinite(xy[:, 0])
        there = np.isfinite(chosen[:, 0])
        apart = np.asarray(np.linalg.norm(xy - chosen, axis=1))
        for index in range(count):
            if codes[index] and not there[index]:
                findings.add(index, code=codes[index], column=column)
                named[index] = True
            elif here[index] and there[index] and apart[index] > _SAME_POINT_M:
                metres = round(float(apart[index]))
                findings.add(index, code="coordinate_disagrees", column=column, metres=metres)
        take = here & ~there & ~named
        chosen[take] = xy[take]
    nowhere = ~np.isfinite(chosen).all(axis=1) & ~named
    for index in np.flatnonzero(nowhere).tolist():
        findings.add(index, code="no_coordinate", column=_point_column(findings))
    return chosen


def _read_wkt(findings: Findings) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    cells: list[Cell] = findings.table.column("point") or [None] * len(findings.table)
    texts = [cell if isinstance(cell, str) else None for cell in cells]
    points = GeoSeries.from_wkt(texts, on_invalid="ignore")
    good = (points.geom_type == "Point") & ~points.is_empty
    for index, (cell, shape) in enumerate(zip(cells, points, strict=True)):
        if cell is not None and (shape is None or (not shape.is_empty and shape.geom_type != "Point")):
            findings.add(index, code="coordinate_unreadable", column="point")
    first = np.full(len(cells), np.nan)
    second = first.copy()
    where = good.to_numpy()
    first[where], second[where] = points[good].x.to_numpy(), points[good].y.to_numpy()
    return first, second


def _read_pair(
    findings: Findings, column: str, *, style: NumberStyle
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    parse = soften(partial(parse_number, style=style))
    first, second = (
        np.array(
            [
                np.nan if value is None else float(value)
                for value in parse_cells(findings, column=name, parse=parse)
            ]
        )
        for name in (("x", "y") if column == "x" else ("lon", "lat"))
    )
    return first, second
