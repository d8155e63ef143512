# SPDX-License-Identifier: EUPL-1.2
"""Adding elements up to rows: one per entity, type, material and size, and one per layer of those."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from inventory.takeoff.declared import Declared, Dimensions
from inventory.takeoff.mesh import Body
from inventory.takeoff.rows import FACTORS, judge_declared

KINDS = ("area", "length", "volume")
_MOST_NAMES = 5
_LONGEST_LENGTHS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element as it was read: its names, its size, what is declared of it and what it measures."""

    ifc_class: str
    entity: str
    predefined: str
    type_name: str
    material: str
    name: str
    codes: tuple[str, ...]
    external: bool | None
    dimensions: Dimensions
    layers: tuple[tuple[str, int], ...]
    declared: dict[str, Declared | None]
    body: Body | None

    def measure(self, kind: str) -> float:
        """Give the measured volume, area or length; 0 where there is no body."""
        if self.body is None:
            return 0.0
        if kind == "area":
            # a roof of one body has several slopes; everything else has two sides
            return self.body.upper_m2 if self.entity == "IfcRoof" else self.body.side_m2
        return self.body.volume_m3 if kind == "volume" else self.body.length_m


@dataclass(slots=True)
class _Sum:
    measured: float = 0.0
    alone: float = 0.0
    declared: float = 0.0
    beside: float = 0.0
    both: int = 0
    gross: bool = False

    def add(self, declared: Declared | None, measured: float) -> None:
        self.measured += measured
        if declared is not None:
            self.gross = self.gross or declared.gross
            if measured > 0:
                self.both += 1
                self.declared += declared.value
                self.beside += measured
            else:
                self.alone += declared.value

    def close(self) -> dict[str, Any]:
        """Add what is declared alone to what is measured: by the unit that the measured ones speak for."""
        slip = FACTORS.get(judge_declared(self.declared, measured=self.beside, gross=self.gross), 1.0)
        return {
            "used": self.measured + self.alone / slip,
            "measured": self.measured,
            "declared": self.declared,
            "beside": self.beside,
            "both": self.both,
            "gross": self.gross,
        }


@dataclass(slots=True)
class _Group:
    first: Element
    elements: int = 0
    shapes: int = 0
    names: dict[str, None] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)
    lengths: Counter[int] = field(default_factory=Counter)
    sums: dict[str, _Sum] = field(default_factory=lambda: {kind: _Sum() for kind in KINDS})

    def add(self, element: Element) -> None:
        self.elements += 1
        self.shapes += element.body is not None and element.body.volume_m3 > 0
        if element.name and len(self.names) < _MOST_NAMES:
            self.names[element.name] = None
        self.codes.update(element.codes)
        for kind in KINDS:
            self.sums[kind].add(element.declared[kind], element.measure(kind))
        declared = element.declared["length"]
        length = element.measure("length") or (declared.value if declared is not None else 0.0)
        if length > 0:
            self.lengths[round(length * 1000)] += 1


def group_elements(elements: list[Element]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Group elements into rows.

    Parameters
    ----------
    elements
        As they were read.

    Returns
    -------
    rows, layers : list of dict
        Fields of `inventory.takeoff.rows.TakeoffRow`: the elements, and the layers of those that have more
        than one.
    """
    groups: dict[tuple[Any, ...], _Group] = {}
    for element in elements:
        size = element.dimensions
        key = (
            element.ifc_class,
            element.entity,
            element.predefined,
            element.type_name,
            element.material,
            size.profile,
            size.width_mm or 0,
            size.height_mm or 0,
            size.thickness_mm or 0,
            # None, False and True: what is unknown is neither
            -1 if element.external is None else int(element.external),
        )
        groups.setdefault(key, _Group(element)).add(element)
    rows, layers = [], []
    for _, group in sorted(groups.items()):
        row = _make_row(group)
        rows.append(row)
        layers += _split_layers(row, group.first.layers)
    return rows, layers


def _make_row(group: _Group) -> dict[str, Any]:
    first, size = group.first, group.first.dimensions
    return {
        "ifc_class": first.ifc_class,
        "entity": first.entity,
        "predefined": first.predefined,
        "type_name": first.type_name,
        "material": first.material,
        "layer": "",
        "names": list(group.names),
        "codes": sorted(group.codes),
        "external": first.external,
        "profile": size.profile,
        "width_mm": size.width_mm,
        "height_mm": size.height_mm,
        "thickness_mm": size.thickness_mm,
        "lengths": sorted(group.lengths.items(), reverse=True)[:_LONGEST_LENGTHS],
        "elements": group.elements,
        "shapes": group.shapes,
        **{kind: group.sums[kind].close() for kind in KINDS},
    }


def _split_layers(row: dict[str, Any], layers: tuple[tuple[str, int], ...]) -> list[dict[str, Any]]:
    """Split a row into its layers: each has its area, and its share of the volume by its thickness."""
    whole = sum(thickness for _, thickness in layers)
    if len(layers) < 2 or not whole:
        return []
    thick: dict[str, list[int]] = {}
    for name, thickness in layers:
        if name and thickness > 0:
            thick.setdefault(name, []).append(thickness)
    split = []
    for name, found in thick.items():
        share = sum(found) / whole
        area = {key: value * len(found) if key != "gross" else value for key, value in row["area"].items()}
        split.append(
            {
                **row,
                "layer": name,
                "thickness_mm": found[0] if len(set(found)) == 1 else None,
                "area": {**area, "both": row["area"]["both"]},
                "volume": {
                    **{
                        key: value * share for key, value in row["volume"].items() if isinstance(value, float)
                    },
                    "both": row["volume"]["both"],
                    "gross": row["volume"]["gross"],
                },
            }
        )
    return split
