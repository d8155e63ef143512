# SPDX-License-Identifier: EUPL-1.2
"""The account of what reuse costs and what it replaces: whole øre, whole grams, defined here alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

SUMMED = (
    "new_ore",
    "price_ore",
    "preparation_ore",
    "transport_ore",
    "trip_ore",
    "load_ore",
    "storage_ore",
    "disposal_ore",
    "co2e_new_g",
    "co2e_preparation_g",
    "co2e_transport_g",
    "co2e_regulatory_g",
    "loads",
)
"""Figures of a match that an account adds up as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Sums over matches, and over what is bought new beside them; money in øre, emissions in grams.

    `new_ore` and `co2e_new_g` are what new would have cost and emitted (A1-A3 + C3 + C4) for what
    reuse replaces; `bought_ore` and `co2e_bought_g` that of what is bought new all the same. `transfer_ore`
    is the part of the price that one public body pays another; with `count_transfers` it counts as a cost, as
    the plan's params say. `dismantling_ore` is what taking down costs beside the price, which no plan counts;
    of `dismantling_unknown` matches nobody has said it. `driven_m` is lorry loads begun times
    one-way road. Source: contracts.md, "Key figures"; a test holds the sums to those of `matcher.figures`.
    """

    new_ore: int = 0
    price_ore: int = 0
    preparation_ore: int = 0
    transport_ore: int = 0
    trip_ore: int = 0
    load_ore: int = 0
    storage_ore: int = 0
    disposal_ore: int = 0
    transfer_ore: int = 0
    dismantling_ore: int = 0
    dismantling_unknown: int = 0
    bought_ore: int = 0
    co2e_new_g: int = 0
    co2e_preparation_g: int = 0
    co2e_transport_g: int = 0
    co2e_regulatory_g: int = 0
    co2e_bought_g: int = 0
    driven_m: int = 0
    loads: int = 0
    matches: int = 0
    count_transfers: bool = True

    @property
    def carriage_ore(self) -> int:
        """Return what the transport costs: by weight and road, by the trip, and by the loads begun."""
        return self.transport_ore + self.trip_ore + self.load_ore

    @property
    def reused_ore(self) -> int:
        """Return what the reused costs, dismantling among it and disposal avoided taken off."""
        return self.plan_reused_ore + self.dismantling_ore

    @property
    def saved_ore(self) -> int:
        """Return the money saved against new, every part that is known taken off."""
        return self.new_ore - self.reused_ore

    @property
    def plan_reused_ore(self) -> int:
        """Return what the reused costs as the plan counts it, which knows no dismantling."""
        return self._paid_ore - (0 if self.count_transfers else self.transfer_ore)

    @property
    def plan_saved_ore(self) -> int:
        """Return the money saved against new as the plan counts it."""
        return self.new_ore - self.plan_reused_ore

    @property
    def resource_saved_ore(self) -> int:
        """Return what is saved in real resources: what moves between public bodies costs none."""
        return self.new_ore - self._paid_ore - self.dismantling_ore + self.transfer_ore

    @property
    def co2e_before_transport_g(self) -> int:
        """Return the emissions saved in reality, were the transport free of them."""
        return self.co2e_new_g - self.co2e_preparation_g

    @property
    def co2e_real_g(self) -> int:
        """Return the emissions saved in reality: new less preparation and transport of the reused."""
        return self.co2e_before_transport_g - self.co2e_transport_g

    @property
    def co2e_all_new_g(self) -> int:
        """Return what everything wanted would emit, were it all bought new."""
        return self.co2e_new_g + self.co2e_bought_g

    @property
    def co2e_counted_g(self) -> int:
        """Return what the building regulations count of everything wanted, used products being 0."""
        return self.co2e_all_new_g - self.co2e_regulatory_g

    @property
    def co2e_emitted_g(self) -> int:
        """Return what everything wanted emits in reality: bought new, prepared and carried."""
        return self.co2e_bought_g + self.co2e_preparation_g + self.co2e_transport_g

    @property
    def _paid_ore(self) -> int:
        return (
            self.price_ore + self.preparation_ore + self.carriage_ore + self.storage_ore - self.disposal_ore
        )


def add_up(
    rows: Iterable[Any], *, count_transfers: bool, bought_ore: int = 0, co2e_bought_g: int = 0
) -> Account:
    """Add up the figures of matches.

    Parameters
    ----------
    rows
        Each with `figures` (those of `SUMMED`, and `metres`), `between_public`: whether one public body
        pays the price to another, and `dismantling_ore`, None where nobody has said it.
    count_transfers
        Whether such a price counts as a cost.
    bought_ore, co2e_bought_g
        Of what is bought new beside them.
    """
    kept = list(rows)
    return Account(
        **{name: sum(getattr(row.figures, name) for row in kept) for name in SUMMED},
        transfer_ore=sum(row.figures.price_ore for row in kept if row.between_public),
        dismantling_ore=sum(row.dismantling_ore or 0 for row in kept),
        dismantling_unknown=sum(row.dismantling_ore is None for row in kept),
        driven_m=sum(row.figures.loads * row.figures.metres for row in kept),
        matches=len(kept),
        bought_ore=bought_ore,
        co2e_bought_g=co2e_bought_g,
        count_transfers=count_transfers,
    )


def join_accounts(accounts: Iterable[Account], *, count_transfers: bool) -> Account:
    """Join accounts of different requirements to one; each figure is the sum of theirs."""
    kept = list(accounts)
    names = [item.name for item in fields(Account) if item.name != "count_transfers"]
    return Account(
        **{name: sum(getattr(one, name) for one in kept) for name in names}, count_transfers=count_transfers
    )
