# SPDX-License-Identifier: EUPL-1.2
"""The dimensions of a part as a lot has them, and as the bounds of a requirement."""

from inventory.imports.model.amounts import read_contents
from inventory.queries.imports.keys import KnownClass
from inventory.takeoff.rows import TakeoffRow

_SIZES = ("width_mm", "height_mm", "thickness_mm")
# A bound is never wider than a tenth of the dimension: 10 mm are nothing to a door and much to a board.
_PART = 10


def list_dimensions(row: TakeoffRow, *, of_class: KnownClass) -> dict[str, int]:
    """List the dimensions of a part that its class has: its size, and its length where all have the same.

    Parameters
    ----------
    row
        A row of a model.
    of_class
        Its class. What is built of pieces (bricks in a wall) says nothing of their size.
    """
    if of_class.code in read_contents():
        return {}
    found = {name: getattr(row, name) for name in _SIZES if getattr(row, name)}
    if of_class.unit == "m" and len(row.lengths) == 1:
        found["length_mm"] = row.lengths[0][0]
    return {name: value for name, value in found.items() if name in of_class.attributes}


def list_bounds(
    row: TakeoffRow, *, of_class: KnownClass, tolerance_mm: int
) -> dict[str, tuple[int, int | None]]:
    """List the least and the most of each dimension that a requirement asks for.

    Parameters
    ----------
    row, of_class
        As in `list_dimensions`.
    tolerance_mm
        How far a lot may be from the design, at most a tenth of the dimension. A length is a least one: what
        is longer can be cut.
    """
    bounds: dict[str, tuple[int, int | None]] = {}
    for name, value in list_dimensions(row, of_class=of_class).items():
        if name == "length_mm":
            bounds[name] = (value, None)
            continue
        near = min(tolerance_mm, value // _PART)
        bounds[name] = (value - near, value + near)
    return bounds
