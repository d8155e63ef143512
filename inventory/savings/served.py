# SPDX-License-Identifier: EUPL-1.2
"""What serves a project: quantities of lots with all their figures, and what is bought new beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from inventory.savings.account import Account, add_up, join_accounts

FactorKey = tuple[str, int | None, str]
"""Kind, class and name of a factor."""


def round_half_up(value: Decimal) -> int:
    """Return a whole number, halves up, as the matcher rounds."""
    return int((value + Decimal("0.5")).to_integral_value(rounding="ROUND_FLOOR"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures of a quantity of a lot for a requirement: those of a match, whether in a plan or not yet.

    Money in øre, emissions in grams, quantities in steps, road in metres. `status` is that of the match:
    ``proposed`` while it holds.
    """

    match_id: int | None
    lot_id: UUID
    requirement_id: UUID
    quantity: int
    delivered: int
    surplus: int
    pick_up: date
    deliver: date
    storage_days: int
    storage: str
    status: str
    metres: int
    loads: int
    price_ore: int
    preparation_ore: int
    transport_ore: int
    trip_ore: int
    load_ore: int
    storage_ore: int
    disposal_ore: int
    new_ore: int
    co2e_new_g: int
    co2e_preparation_g: int
    co2e_transport_g: int
    co2e_regulatory_g: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A quantity of a lot for a requirement, and what `inventory.queries.saved` knows of both."""

    figures: Figures
    lot: Any
    wanted: Any

    @property
    def between_public(self) -> bool:
        """Return whether a public body pays the price to another."""
        return bool(self.lot.public and self.wanted.public)

    @property
    def counts_zero(self) -> bool:
        """Return whether it was counted as a used product, which BR18 counts 0."""
        return self.figures.co2e_regulatory_g > 0

    @property
    def fallen(self) -> bool:
        """Return whether the match no longer holds; the figures still count it, as its plan does."""
        return self.figures.status != "proposed"

    @property
    def decision_moved(self) -> bool:
        """Return whether what was decided of the lot since counts otherwise than these figures do."""
        return self.figures.co2e_new_g > 0 and self.counts_zero != (self.lot.product_status == "used")

    @property
    def mass_g(self) -> int:
        """Return the mass taken."""
        return int(self.figures.quantity * self.lot.mass_g_per_step)

    @property
    def dismantling_ore(self) -> int | None:
        """Return what taking it down costs beside the price; None where nobody has said.

        Nothing where the seller takes it down, for then the price holds it. No plan counts it.
        """
        if self.lot.dismantled_by == "seller":
            return 0
        if self.lot.dismantling_ore is None:
            return None
        return round_half_up(self.lot.dismantling_ore * self.figures.quantity)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementSavings:
    """What one requirement gets of reuse, and what is bought new: steps, øre and grams of it."""

    wanted: Any
    served: tuple[Served, ...]
    bought: int
    bought_ore: int
    co2e_bought_g: int
    account: Account


def weigh_requirement(
    wanted: Any, *, served: tuple[Served, ...], bought: int, factors: Mapping[FactorKey, Any], count: bool
) -> RequirementSavings:
    """Draw up the account of one requirement.

    Parameters
    ----------
    wanted
        What is known of it; its own price of new goes before the factor.
    served
        What it gets of reuse.
    bought
        Steps bought new.
    factors
        In force, for the price and the emissions of new.
    count
        Whether prices between public bodies count.
    """
    ore = Decimal(0) if not bought else _new_per_step(wanted, factors=factors) * bought
    new = factors.get(("new_co2e", wanted.class_id, ""))
    grams = Decimal(0) if new is None else new.value * wanted.step * 1000 * bought
    bought_ore, bought_g = round_half_up(ore), round_half_up(grams)
    return RequirementSavings(
        wanted=wanted,
        served=served,
        bought=bought,
        bought_ore=bought_ore,
        co2e_bought_g=bought_g,
        account=add_up(served, count_transfers=count, bought_ore=bought_ore, co2e_bought_g=bought_g),
    )


def _new_per_step(wanted: Any, *, factors: Mapping[FactorKey, Any]) -> Decimal:
    if wanted.new_price_ore is not None:
        return Decimal(wanted.new_price_ore)
    factor = factors.get(("new_price", wanted.class_id, ""))
    return Decimal(0) if factor is None else factor.value * wanted.step * 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Savings:
    """What reuse saves a project, or one requirement of it.

    Parameters
    ----------
    project
        Row of `inventory.queries.saved.read_project`.
    requirements
        By ref.
    factors
        What the figures rest on, by kind, class and name.
    run_id, run_at
        The plan the figures are those of; None where no plan has looked at the project yet: then they are
        those of the instant answer.
    count_transfers
        Whether prices between public bodies count.
    exact
        Whether the figures are those of a plan, or of an answer that is the best there is.
    """

    project: Any
    requirements: tuple[RequirementSavings, ...]
    factors: Mapping[FactorKey, Any]
    run_id: UUID | None
    run_at: datetime | None
    count_transfers: bool
    exact: bool = True

    @property
    def account(self) -> Account:
        """Return the account of all requirements together."""
        return join_accounts((one.account for one in self.requirements), count_transfers=self.count_transfers)

    @property
    def served(self) -> tuple[Served, ...]:
        """Return everything that serves it."""
        return tuple(one for each in self.requirements for one in each.served)


def divide(value: int, by: Decimal | int, *, decimals: int) -> Decimal:
    """Return a quotient rounded once, for showing; halves away from zero."""
    return (Decimal(value) / Decimal(by)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
