# SPDX-License-Identifier: EUPL-1.2
"""A row of a model in the unit of its class: pieces counted, lengths and areas measured, or reckoned over."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from inventory.geography.reference import read_reference
from inventory.imports.cells.quantity import MOST_STEPS, round_to_steps
from inventory.imports.model.types import BUILT
from inventory.queries.imports.keys import KnownClass
from inventory.takeoff.rows import TakeoffRow

_MEASURE = {"m2": "area", "m": "length", "m3": "volume"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """How many pieces of a class one m² holds; per leaf of `leaf_mm`, where that is given."""

    content: Decimal
    leaf_mm: int | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A quantity in the class's unit and in its steps; `measure` is area, length, volume or pieces.

    `reckoned` says by what an area became pieces. Where there is none, `problem` is a code of
    `inventory.imports.messages`.
    """

    value: Decimal = Decimal(0)
    steps: int = 0
    measure: str = ""
    reckoned: str = ""
    problem: str = ""


@cache
def read_contents() -> dict[str, Content]:
    """Read the packaged contents by the code of the class."""
    return {
        row["class"]: Content(
            content=Decimal(row["content"]),
            leaf_mm=int(row["leaf_mm"]) if row["leaf_mm"] else None,
            source=row["source"],
        )
        for row in read_reference("ifc_contents.csv")
    }


def find_amount(row: TakeoffRow, *, of_class: KnownClass) -> Amount:
    """Find the quantity of a row in the unit of a class.

    Parameters
    ----------
    row
        Elements, or a layer of them.
    of_class
        What it is to be.
    """
    content = read_contents().get(of_class.code)
    reckoned = ""
    if of_class.unit == "piece" and content is not None and (row.layer or row.entity in BUILT):
        measure, value = "area", to_decimal(row.area.used)
        per_m2 = content.content
        if content.leaf_mm is not None:
            if not row.thickness_mm:
                return Amount(measure=measure, problem="thickness_missing")
            leaves = max(1, round(row.thickness_mm / content.leaf_mm))
            per_m2 *= leaves
        reckoned = f"{value:.1f} m2 × {per_m2:f}"
        value *= per_m2
    elif of_class.unit == "piece":
        measure, value = "pieces", Decimal(row.elements)
    elif of_class.unit in _MEASURE:
        measure = _MEASURE[of_class.unit]
        value = to_decimal(getattr(row, measure).used)
    else:
        return Amount(problem="unit_not_measured")
    if value <= 0:
        return Amount(measure=measure, problem="quantity_not_in_model")
    steps = round_to_steps(value, step=of_class.step).count
    if not 0 < steps <= MOST_STEPS:
        return Amount(measure=measure, problem="quantity_out_of_range")
    return Amount(value=steps * of_class.step, steps=steps, measure=measure, reckoned=reckoned)


def to_decimal(value: float) -> Decimal:
    """Turn a measured number into a decimal, to a millionth."""
    return Decimal(f"{value:.6f}")
