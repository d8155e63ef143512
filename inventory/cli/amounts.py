# SPDX-License-Identifier: EUPL-1.2
"""Quantities as the commands print them."""

from decimal import Decimal

from inventory.tables.material_class import Unit

_SIGNS = {Unit.PIECE: "pcs", Unit.M2: "m²", Unit.M3: "m³"}


def show_amount(amount: float | Decimal, unit: str) -> str:
    """Write a quantity with its unit, as in ``1,800 pcs``; at most ten digits.

    Parameters
    ----------
    amount
        In the unit.
    unit
        One of `Unit`.
    """
    return f"{amount:,.10g} {_SIGNS.get(Unit(unit), unit)}"
