# SPDX-License-Identifier: EUPL-1.2
"""Between what and what a figure lies, as far as the factors behind it say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from inventory.savings.served import FactorKey, RequirementSavings, Served, round_half_up


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A figure with its lowest and highest.

    `stated` is False where a part of it rests on a factor whose source gives no range: there the figure
    itself stands, and it may be farther off than it looks.
    """

    value: int
    low: int
    high: int
    stated: bool


def scale(value: int, factor: Any | None) -> Spread:
    """Spread a figure as the factor it rests on is spread; without a factor it is what somebody said."""
    if factor is None:
        return Spread(value=value, low=value, high=value, stated=True)
    if factor.low is None or factor.high is None or not factor.value:
        return Spread(value=value, low=value, high=value, stated=not value)
    ends = [round_half_up(value * Decimal(end) / Decimal(factor.value)) for end in (factor.low, factor.high)]
    return Spread(value=value, low=min(ends), high=max(ends), stated=True)


def sum_spreads(spreads: Iterable[Spread]) -> Spread:
    """Sum figures, were all of them at their lowest, or all at their highest, at once."""
    kept = list(spreads)
    return Spread(
        value=sum(one.value for one in kept),
        low=sum(one.low for one in kept),
        high=sum(one.high for one in kept),
        stated=all(one.stated for one in kept),
    )


def negate(spread: Spread) -> Spread:
    """Turn a cost into what it takes from a saving."""
    return Spread(value=-spread.value, low=-spread.high, high=-spread.low, stated=spread.stated)


def spread_money(
    requirements: Iterable[RequirementSavings], *, factors: Mapping[FactorKey, Any]
) -> dict[str, Spread]:
    """Spread each part of the money, øre: new, each part of the reused, and what is saved.

    `disposal_off` is the disposal avoided as what it takes from the cost, `saved` what is left of new.

    Parameters
    ----------
    requirements
        What serves them.
    factors
        What the figures rest on.
    """
    served = [one for each in requirements for one in each.served]
    parts: dict[str, list[Spread]] = {
        name: [] for name in ("new", "price", "dismantling", "preparation", "carriage", "storage", "disposal")
    }
    for one in served:
        lot, own, figures = one.lot, one.wanted, one.figures

        def of(kind: str, class_id: int | None, key: str = "") -> Any | None:
            return factors.get((kind, class_id, key))

        new = None if own.new_price_ore is not None else of("new_price", own.class_id)
        price = None if lot.price_ore is not None else of("used_price", lot.class_id)
        preparation = None if lot.preparation_ore is not None else of("preparation_price", lot.class_id)
        disposal = None if lot.disposal_ore is not None else of("disposal_avoided", lot.class_id)
        stored = of("hub_price", None) if figures.storage == "hub" else of("storage_price", lot.class_id)
        parts["new"].append(scale(figures.new_ore, new))
        parts["price"].append(scale(figures.price_ore, price))
        parts["dismantling"].append(scale(one.dismantling_ore or 0, None))
        parts["preparation"].append(scale(figures.preparation_ore, preparation))
        parts["disposal"].append(scale(figures.disposal_ore, disposal))
        parts["storage"].append(scale(figures.storage_ore, stored))
        parts["carriage"].append(_spread_carriage(one, factors=factors))
    spreads = {name: sum_spreads(kept) for name, kept in parts.items()}
    spreads["disposal_off"] = negate(spreads["disposal"])
    costs = ("price", "dismantling", "preparation", "carriage", "storage")
    spreads["saved"] = sum_spreads(
        [spreads["new"], spreads["disposal"], *(negate(spreads[name]) for name in costs)]
    )
    return spreads


def _spread_carriage(one: Served, *, factors: Mapping[FactorKey, Any]) -> Spread:
    figures, vehicle = one.figures, one.lot.vehicle or ""
    return sum_spreads(
        [
            scale(figures.transport_ore, factors.get(("transport_price", None, vehicle))),
            scale(figures.trip_ore, factors.get(("trip_km_price", None, vehicle))),
            scale(figures.load_ore, factors.get(("load_km_price", None, vehicle))),
        ]
    )


def spread_co2e(
    requirements: Iterable[RequirementSavings], *, factors: Mapping[FactorKey, Any]
) -> dict[str, Spread]:
    """Spread each part of the emissions, grams: new, preparation, transport and saved in reality.

    Parameters
    ----------
    requirements, factors
        As in `spread_money`.
    """
    served = [one for each in requirements for one in each.served]
    new = sum_spreads(
        scale(one.figures.co2e_new_g, factors.get(("new_co2e", one.wanted.class_id, ""))) for one in served
    )
    preparation = sum_spreads(
        scale(one.figures.co2e_preparation_g, factors.get(("preparation_co2e", one.lot.class_id, "")))
        for one in served
    )
    transport = sum_spreads(
        scale(one.figures.co2e_transport_g, factors.get(("transport_co2e", None, one.lot.vehicle or "")))
        for one in served
    )
    saved = sum_spreads([new, negate(preparation), negate(transport)])
    return {"new": new, "preparation": preparation, "transport": transport, "saved": saved}
