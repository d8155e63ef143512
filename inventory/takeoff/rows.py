# SPDX-License-Identifier: EUPL-1.2
"""A row of a take-off, and what a declared volume is worth beside the geometry."""

from collections.abc import Mapping
from dataclasses import dataclass

# Declared and measured volumes that differ by no more are one volume.
TOLERANCE = 0.01
_FACTORS = {10.0**power: f"factor_1e{power}" for power in (-9, -6, -3, 3, 6, 9)}


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeoffRow:
    """Elements of one IFC class, type and material.

    `declared_m3` and `declared_geometry_m3` are over the elements that have both; `geometry_m3` is over all
    `shapes`. `volume_m3` is what to use: measured where there is a shape, declared where there is none.
    """

    ifc_class: str
    type_name: str
    material: str
    elements: int
    shapes: int
    both: int
    declared_m3: float
    declared_geometry_m3: float
    geometry_m3: float
    volume_m3: float

    @property
    def verdict(self) -> str:
        """``agrees``, ``factor_1e3`` and its like, ``differs``, or ``unchecked``."""
        return judge_declared(self.declared_m3, measured=self.declared_geometry_m3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Takeoff:
    """The rows of a model and how many elements were left out, by reason."""

    schema: str
    rows: tuple[TakeoffRow, ...]
    left_out: Mapping[str, int]


def judge_declared(declared: float, *, measured: float) -> str:
    """Tell what a declared volume is worth.

    Parameters
    ----------
    declared, measured
        The volume in m³ by the model's own quantities, and by its geometry.

    Returns
    -------
    str
        ``agrees`` within 1 %; ``factor_1e3`` where it is a thousand times the geometry (also 1e6, 1e9 and
        their inverses); ``differs``; ``unchecked`` where one of the two is missing.
    """
    if declared <= 0 or measured <= 0:
        return "unchecked"
    ratio = declared / measured
    if abs(ratio - 1) <= TOLERANCE:
        return "agrees"
    for factor, name in _FACTORS.items():
        if abs(ratio / factor - 1) <= TOLERANCE:
            return name
    return "differs"
