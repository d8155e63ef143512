# SPDX-License-Identifier: EUPL-1.2
"""The fields that are changed for many lots at once: how the database reads and writes each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields

from inventory.actions.lots.terms import Terms
from inventory.tables import LotStatus

TERMS = tuple(one.name for one in fields(Terms))
RIGHT = ("owner", "sellable_from")
WASTE = ("waste_number", "waste_receiver")
REUSE = ("reuse", *WASTE)
FIELDS = ("price_ore", *TERMS, *RIGHT, "right_paper", "storage_place", *REUSE, "status")
"""What may be changed for many at once. A price is told as DKK per unit, and kept as oere per step."""
BULK_STEPS = (LotStatus.OFFERED, LotStatus.WITHDRAWN, LotStatus.DISCARDED)
"""The steps that may be taken for many at once: those that a firm takes at its desk."""

READ: Mapping[str, str] = {name: f"lot.{name}" for name in FIELDS} | {
    "price_ore": "CAST(trim_scale(lot.price_ore) AS text)",
    "owner": "owner.name",
    "right_paper": "coalesce(own_proof.name, site_proof.name)",
    "storage_place": "seen.storage_place",
}
"""Field -> how it is read of `lot` with `JOINS`; exact numbers as text."""
# the paper that shows the right to sell a lot is its own, else its site's
JOINS = """
    LEFT JOIN material_class AS class ON class.id = lot.class_id
    LEFT JOIN lot_survey AS seen ON seen.lot_id = lot.id
    LEFT JOIN organisation AS owner ON owner.id = lot.owner_id
    LEFT JOIN proof AS own_proof ON own_proof.thing = lot.id
    LEFT JOIN proof AS site_proof ON site_proof.thing = lot.site_id
"""
PROOF = """
    proof AS (SELECT coalesce(lot_id, site_id) AS thing, min(name) AS name FROM attachment
              WHERE proves = 'right_to_sell' GROUP BY 1)
"""
_TYPES = {"price_ore": "numeric", "sellable_from": "date", "minimum_hire_hours": "integer"}
_ELSEWHERE = ("right_paper", "storage_place")


def photograph(names: Collection[str]) -> str:
    """Write the expression that takes fields of a lot down as JSON."""
    return "jsonb_build_object(" + ", ".join(f"'{name}', {READ[name]}" for name in names) + ")"


def set_fields(names: Collection[str], *, kept: str) -> str:
    """Write what an update of `lot` sets: each field to what the row `one` keeps of it, if it does.

    Parameters
    ----------
    names
        Of `FIELDS`; those kept elsewhere than in `lot` are passed over.
    kept
        Column of `one` with the fields as JSON. The parameter ``owners`` is JSON of owner's name -> id.
    """
    parts = []
    for name in names:
        column, value = name, f"one.{kept} ->> '{name}'"
        if name == "owner":
            column, value = "owner_id", f"CAST(CAST(:owners AS jsonb) ->> ({value}) AS uuid)"
        elif name in _ELSEWHERE:
            continue
        elif name in _TYPES:
            value = f"CAST({value} AS {_TYPES[name]})"
        parts.append(f"{column} = CASE WHEN one.{kept} ? '{name}' THEN {value} ELSE lot.{column} END")
    return ", ".join(parts)
