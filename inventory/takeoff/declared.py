# SPDX-License-Identifier: EUPL-1.2
"""What a model declares of an element: quantities, and dimensions in whole millimetres."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Sets = Mapping[str, Mapping[str, Any]]

# Names of Qto_*BaseQuantities (IFC4) and BaseQuantities (IFC2x3): net first, then gross.
NET: Mapping[str, tuple[str, ...]] = {
    "volume": ("NetVolume",),
    "area": ("NetSideArea", "NetArea"),
    "length": ("Length", "NetLength"),
}
GROSS: Mapping[str, tuple[str, ...]] = {
    "volume": ("GrossVolume", "Volume"),
    "area": ("GrossSideArea", "GrossArea", "GrossCeilingArea", "Area"),
    "length": ("GrossLength",),
}
_SECTION = re.compile(r"(?<![\d.,])(\d{2,4})\s*[x×X*]\s*(\d{2,4})(?![\d.,]|\s*cm)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A declared quantity in m, m² or m³; `gross` where openings are not taken off."""

    value: float
    gross: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimensions:
    """Dimensions in whole millimetres, None where the model does not give them, and the profile's name."""

    width_mm: int | None = None
    height_mm: int | None = None
    thickness_mm: int | None = None
    profile: str = ""


def read_declared(sets: Sets, *, kind: str, scale: float) -> Declared | None:
    """Read a declared quantity.

    Parameters
    ----------
    sets
        Quantity sets of the element: name of the set -> name of the quantity -> value in the model's units.
    kind
        ``volume``, ``area`` or ``length``.
    scale
        From the model's unit to m, m² or m³.
    """
    for names, gross in ((NET[kind], False), (GROSS[kind], True)):
        value = _find(sets, names)
        if value is not None:
            return Declared(value=value * scale, gross=gross)
    return None


def read_opening(element: Any, *, sets: Sets, scale: float) -> Dimensions:
    """Read the outer size of a door or window: its own attributes, else its quantities."""
    width = getattr(element, "OverallWidth", None) or _find(sets, ("Width",))
    height = getattr(element, "OverallHeight", None) or _find(sets, ("Height",))
    return Dimensions(width_mm=to_mm(width, scale=scale), height_mm=to_mm(height, scale=scale))


def read_plate(layers: list[tuple[str, float]], *, sets: Sets, scale: float) -> Dimensions:
    """Read the thickness of a wall, slab or board: the sum of its layers, else its quantities."""
    total = sum(thickness for _, thickness in layers)
    declared = _find(sets, ("Width", "Depth"))
    return Dimensions(thickness_mm=to_mm(total or declared, scale=scale))


def read_bar(profile: Any, *, name: str, scale: float) -> Dimensions:
    """Read the section of a bar: its profile's dimensions, else those its name gives.

    Parameters
    ----------
    profile
        An IfcProfileDef, or None.
    name
        Name of the type, such as ``Spær 45x195``; a section in it is in millimetres.
    scale
        From the model's unit of length to metres.
    """
    title = (getattr(profile, "ProfileName", None) or "").strip()
    width = _first(profile, ("XDim", "OverallWidth", "FlangeWidth", "Width"))
    height = _first(profile, ("YDim", "OverallDepth", "Depth"))
    radius = getattr(profile, "Radius", None)
    if radius:
        width = height = 2 * radius
    if width and height:
        sides = sorted((to_mm(width, scale=scale) or 0, to_mm(height, scale=scale) or 0))
        return Dimensions(width_mm=sides[0] or None, height_mm=sides[1] or None, profile=title)
    written = _SECTION.search(title) or _SECTION.search(name)
    if written is None:
        return Dimensions(profile=title)
    sides = sorted(int(side) for side in written.groups())
    return Dimensions(width_mm=sides[0], height_mm=sides[1], profile=title)


def to_mm(value: Any, *, scale: float) -> int | None:
    """Turn a length in the model's unit into whole millimetres; None where it is none or not above 0."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return round(value * scale * 1000) or None if value > 0 else None


def _first(profile: Any, names: tuple[str, ...]) -> float | None:
    for name in names:
        value = getattr(profile, name, None)
        if isinstance(value, int | float) and value > 0:
            return float(value)
    return None


def _find(sets: Sets, names: tuple[str, ...]) -> float | None:
    for name in names:
        for quantities in sets.values():
            value = quantities.get(name)
            if isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
                return float(value)
    return None
