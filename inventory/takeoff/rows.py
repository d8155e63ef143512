# SPDX-License-Identifier: EUPL-1.2
"""A row of a take-off, and what a declared quantity is worth beside the geometry."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

# Declared and measured quantities that differ by no more are one quantity.
TOLERANCE = 0.01
FACTORS = {f"factor_1e{power}": 10.0**power for power in (-9, -6, -3, 3, 6, 9)}
# Openings may take half of a gross area or volume; where more is missing, something else is wrong.
_MOST_GROSS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A volume, area or length of the elements of a row, in m³, m² or m.

    `used` is what to use: measured where there is a shape, declared where there is none. `declared` and
    `beside` (measured) are over the `both` elements that have both; `measured` is over all shapes. `gross`
    says that openings are not taken off what is declared.
    """

    used: float
    measured: float
    declared: float
    beside: float
    both: int
    gross: bool

    @property
    def verdict(self) -> str:
        """``agrees``, ``gross``, ``factor_1e3`` and its like, ``differs``, or ``unchecked``."""
        return judge_declared(self.declared, measured=self.beside, gross=self.gross)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeoffRow:
    """Elements of one entity, type, material and size; or one layer of them, where `layer` names it.

    `entity` is the IFC class without its older variants, or the type's where that says more. Dimensions are
    whole millimetres, None where the model does not give them; `lengths` are the lengths there are, in mm,
    each with its count. `external` is None where the model does not say; `names` are names of elements.
    """

    ifc_class: str
    entity: str
    predefined: str
    type_name: str
    material: str
    layer: str
    names: tuple[str, ...]
    codes: tuple[str, ...]
    external: bool | None
    profile: str
    width_mm: int | None
    height_mm: int | None
    thickness_mm: int | None
    lengths: tuple[tuple[int, int], ...]
    elements: int
    shapes: int
    area: Quantity
    length: Quantity
    volume: Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Takeoff:
    """What a model holds.

    `rows` are the elements, `layers` the layers of those that have several (the same material once more, so
    never added to the rows). `left_out` counts elements by reason; `repeated` are those that have another's
    GUID and are taken all the same. `project` is the GUID of the model's project; `place` is from
    `inventory.takeoff.georeference.read_georeference`.
    """

    schema: str
    project: str
    rows: tuple[TakeoffRow, ...]
    layers: tuple[TakeoffRow, ...]
    left_out: Mapping[str, int]
    repeated: int
    place: Mapping[str, Any]


def judge_declared(declared: float, *, measured: float, gross: bool = False) -> str:
    """Tell what a declared quantity is worth.

    Parameters
    ----------
    declared, measured
        The quantity in m, m² or m³ by the model's own quantities, and by its geometry.
    gross
        Whether openings are not taken off what is declared: then it may be larger, at most twice as large.

    Returns
    -------
    str
        ``agrees`` within 1 %; ``gross`` where it is larger as a gross quantity may be; ``factor_1e3`` where
        it is a thousand times the geometry (also 1e6, 1e9 and their inverses); ``differs``; ``unchecked``
        where one of the two is missing.
    """
    if declared <= 0 or measured <= 0:
        return "unchecked"
    ratio = declared / measured
    if abs(ratio - 1) <= TOLERANCE:
        return "agrees"
    most = _MOST_GROSS if gross else 1 + TOLERANCE
    if gross and 1 < ratio <= most:
        return "gross"
    for name, factor in FACTORS.items():
        if 1 - TOLERANCE <= ratio / factor <= most:
            return name
    return "differs"


def read_takeoff(document: Mapping[str, Any]) -> Takeoff:
    """Read a take-off from the plain values of `inventory.takeoff.measure.measure_model`."""
    return Takeoff(
        schema=document["schema"],
        project=document["project"],
        rows=tuple(_read_row(row) for row in document["rows"]),
        layers=tuple(_read_row(row) for row in document["layers"]),
        left_out=document["left_out"],
        repeated=document["repeated"],
        place=document["place"],
    )


def _read_row(row: Mapping[str, Any]) -> TakeoffRow:
    values = {field.name: row[field.name] for field in fields(TakeoffRow)}
    for name in ("area", "length", "volume"):
        values[name] = Quantity(**values[name])
    for name in ("names", "codes"):
        values[name] = tuple(values[name])
    values["lengths"] = tuple((int(mm), int(count)) for mm, count in values["lengths"])
    return TakeoffRow(**values)
