# SPDX-License-Identifier: EUPL-1.2
"""The values of a lot or requirement made of a part of a model."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from inventory.actions.imports.lots import LOT_TYPES
from inventory.actions.imports.requirements import REQUIREMENT_TYPES
from inventory.imports.model.amounts import Amount
from inventory.imports.model.bounds import list_bounds, list_dimensions
from inventory.imports.model.mapping import ModelMapping
from inventory.imports.model.naming import describe_part
from inventory.imports.model.target import Target
from inventory.queries.imports.keys import KnownClass
from inventory.tables import Basis, Documentation, Firmness, ProductStatus, Screening, stable_id
from inventory.takeoff.rows import TakeoffRow

FIBRE_CEMENT = "fibre_cement_sheet"
# What a model says at every import; the rest of a lot or requirement is people's, and stays as they left it.
_SAID = {"id", "site_id", "project_id", "ref", "class_id", "unit", "quantity"}
_SIZES = {"length_mm", "width_mm", "height_mm", "thickness_mm"}
_LOT_WINDOW = ("available_from", "available_to", "firmness")
_WANTED = {"wanted_from", "wanted_to"}


def list_kept(mapping: ModelMapping) -> list[str]:
    """List the columns that only a new lot or requirement gets."""
    if mapping.kind == "lots":
        said = _SAID | _SIZES | {"note"} | (set(_LOT_WINDOW) if mapping.window is not None else set())
        return [name for name in LOT_TYPES if name not in said]
    said = _SAID | {f"{name}_{end}" for name in _SIZES for end in ("min", "max")}
    said |= _WANTED if mapping.window is not None else set()
    names = [name for name in REQUIREMENT_TYPES if name not in said and name != "design_option"]
    return [*names, "design_option_id"]


def make_lot(
    row: TakeoffRow,
    *,
    ref: str,
    amount: Amount,
    of_class: KnownClass,
    target: Target,
    mapping: ModelMapping,
    file: str,
) -> tuple[object, ...]:
    """Make the values of a lot, in the order of `LOT_TYPES`.

    A model shows what was built, not its state: the lot has no papers and is not screened, and fibre cement
    is suspected of asbestos.
    """
    suspect = of_class.code == FIBRE_CEMENT
    values: dict[str, Any] = {
        "id": make_part_id(mapping.kind, target=target, ref=ref),
        "site_id": target.site_id,
        "ref": ref,
        "class_id": of_class.id,
        "unit": of_class.unit,
        "quantity": amount.steps,
        "documentation": Documentation.NONE.value,
        "screening": Screening.UNKNOWN.value,
        "asbestos_suspect": suspect,
        "suspicion": ["asbestos_fibre_cement"] if suspect else [],
        "product_status": ProductStatus.USED.value,
        "minimum_take": 0,
        "indivisible": False,
        "note": describe_part(row, file=file),
        **list_dimensions(row, of_class=of_class),
    }
    if mapping.window is not None:
        firmness = mapping.firmness or target.firmness or Firmness.POSSIBLE.value
        values |= dict(zip(_LOT_WINDOW, (*mapping.window, firmness), strict=True))
    return _order(values, LOT_TYPES)


def make_requirement(
    row: TakeoffRow,
    *,
    ref: str,
    amount: Amount,
    of_class: KnownClass,
    target: Target,
    mapping: ModelMapping,
    window: tuple[date, date],
) -> tuple[object, ...]:
    """Make the values of a requirement, in the order of `REQUIREMENT_TYPES`."""
    values: dict[str, Any] = {
        "id": make_part_id(mapping.kind, target=target, ref=ref),
        "project_id": target.id,
        "ref": ref,
        "class_id": of_class.id,
        "unit": of_class.unit,
        "quantity": amount.steps,
        "wanted_from": window[0],
        "wanted_to": window[1],
        "substitutes_ok": False,
        "unknown_screening_ok": False,
        "documentation_min": Documentation.BASIC.value,
        "unknown_ok": [],
        "minimum_fulfilment_permille": 0,
        "most_donors": 0,
        "one_kind": False,
        "breakage_permille": 0,
        "priority_permille": 0,
    }
    bounds = list_bounds(row, of_class=of_class, tolerance_mm=mapping.tolerance_mm)
    for name, (least, most) in bounds.items():
        values |= {f"{name}_min": least, f"{name}_max": most}
    return _order(values, REQUIREMENT_TYPES)


def make_part_id(kind: str, *, target: Target, ref: str) -> UUID:
    """Make the id of a lot or requirement: that of a table's row of the same reference."""
    if kind == "lots":
        return stable_id("lot", target.site_id, Basis.SURVEYED, ref)
    return stable_id("requirement", target.ref, ref)


def _order(values: Mapping[str, Any], types: Mapping[str, str]) -> tuple[object, ...]:
    return tuple(values.get(name) for name in types)
