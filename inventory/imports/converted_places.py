# SPDX-License-Identifier: EUPL-1.2
"""Columns of places in another coordinate system, converted to EPSG:25832."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from inventory.imports.cells.number import NumberStyle, guess_style, parse_number
from inventory.imports.cells.problem import Cell
from inventory.imports.mapping import FileMapping
from inventory.imports.systems import convert_pairs
from inventory.imports.table import Table


def convert_places(table: Table, *, mapping: FileMapping) -> Table:
    """Convert x and y, or exchange lon and lat, of CSV or a workbook, as its mapping says."""
    if table.file_format not in ("csv", "workbook") or not (mapping.epsg or mapping.swapped):
        return table
    columns = dict(table.columns)
    epsg, swapped = mapping.epsg or 25832, bool(mapping.swapped)
    for first, second in (("x", "y"), ("lon", "lat")):
        if first not in columns or second not in columns:
            continue
        if first == "lon":
            if swapped:
                columns[first], columns[second] = columns[second], columns[first]
            continue
        columns[first], columns[second] = convert_cells(
            columns[first], columns[second], epsg=epsg, swapped=swapped, separator=table.separator,
            decimal=table.decimal,
        )  # fmt: skip
    return replace(table, columns=columns, epsg=epsg, swapped=swapped)


def read_pairs(
    first: Sequence[Cell], second: Sequence[Cell], *, style: NumberStyle
) -> tuple[np.ndarray[tuple[int], np.dtype[np.float64]], np.ndarray[tuple[int], np.dtype[np.float64]]]:
    """Read two columns of numbers as arrays, NaN where a cell is none."""
    east, north = (
        np.array(
            [
                np.nan if (value := parse_number(cell, style=style).value) is None else float(value)
                for cell in cells
            ]
        )
        for cells in (first, second)
    )
    return east, north


def convert_cells(
    first: list[Cell],
    second: list[Cell],
    *,
    epsg: int,
    swapped: bool,
    separator: str | None,
    decimal: str | None = None,
) -> tuple[list[Cell], list[Cell]]:
    """Convert two columns of cells to EPSG:25832, to the millimetre; a cell that is no number stays."""
    style = (
        guess_style([*first, *second], separator=separator)
        if decimal is None
        else NumberStyle(decimal="," if decimal == "," else ".", known_by="values")
    )
    east, north = read_pairs(first, second, style=style)
    xy = convert_pairs(east, north, epsg=epsg, swapped=swapped)
    moved: tuple[list[Cell], list[Cell]] = (list(first), list(second))
    for index in np.flatnonzero(np.isfinite(xy).all(axis=1)).tolist():
        for axis in (0, 1):
            moved[axis][index] = round(float(xy[index, axis]), 3)
    return moved
