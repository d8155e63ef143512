# SPDX-License-Identifier: EUPL-1.2
"""The params of a run: what the planner chose, and for the rest what the factor table gives."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from inventory.errors import BadInputError
from inventory.matching.facts import read_facts
from inventory.matching.params import RunParams
from inventory.queries.places.areas import find_municipalities
from inventory.queries.supply import QuantileName

METRES_PER_KM = 1000
ORE_PER_DKK = 100
PERMILLE = 1000
PERMILLE_PER_PERCENT = 10
# DKK per tonne CO2e: more than a hundred times the highest price anybody has argued for; above it the money
# in the objective would no longer weigh anything beside the carbon.
HIGHEST_CARBON_PRICE = 1_000_000


class EmptySelectionError(BadInputError):
    """The dates select no window: from {start} to {end}.
    The first day must come before the day after the last.
    """


class CarbonPriceError(BadInputError):
    """A carbon price of {given} DKK per tonne CO2e cannot be used.
    It must be a number from 0 to {highest}.
    """


def count_price_ore(price: Decimal) -> int:
    """Give a carbon price of so many DKK per tonne in whole oere.

    Raises
    ------
    CarbonPriceError
        It is no price: negative, endless or beyond reason.
    """
    if not (price.is_finite() and 0 <= price <= HIGHEST_CARBON_PRICE):
        raise CarbonPriceError(given=price, highest=f"{HIGHEST_CARBON_PRICE:,}")
    return round(price * ORE_PER_DKK)


def choose_params(
    session: Session,
    *,
    as_of: date,
    areas: Sequence[str] = (),
    wanted_from: date | None = None,
    wanted_to: date | None = None,
    quantile: QuantileName = "p10",
    carbon_price_dkk_per_tonne: Decimal | None = None,
    trip_costs: bool = False,
    count_transfers: bool = True,
    fair_share_percent: Decimal = Decimal(0),
    fair_weight_percent: Decimal = Decimal(0),
) -> RunParams:
    """Make the params of a run.

    Parameters
    ----------
    session
        For areas and factors.
    as_of
        Today: decides which factors are in force.
    areas
        Regions and municipalities by code or name; they select requirements by the project's site.
    wanted_from, wanted_to
        Select requirements whose window meets [from, to).
    quantile
        What counts of an estimate.
    carbon_price_dkk_per_tonne
        DKK per tonne CO2e; the marked default of the factor table where None.
    trip_costs
        Whether a lorry is paid by the trip and the load begun instead of by the tonne.
    count_transfers
        Whether a price that one public body pays another counts as a cost.
    fair_share_percent, fair_weight_percent
        The first share of every requirement that counts more where it is bought new, and how much more; in
        percent, rounded to a tenth.

    Raises
    ------
    UnknownAreaError, EmptySelectionError, CarbonPriceError, MissingFactorError
        What was given selects nothing that exists or is no price, or the factor table lacks a default.
    """
    price = carbon_price_dkk_per_tonne
    if wanted_from is not None and wanted_to is not None and wanted_from >= wanted_to:
        raise EmptySelectionError(start=wanted_from, end=wanted_to)
    facts = read_facts(session.connection(), as_of=as_of)

    def default(kind: str, scale: int) -> int:
        return round(facts.value(kind, subject="a run") * scale)

    carbon_price = default("carbon_price_default", ORE_PER_DKK) if price is None else count_price_ore(price)
    return RunParams(
        as_of=as_of,
        municipalities=find_municipalities(session, areas=list(areas)),
        wanted_from=wanted_from,
        wanted_to=wanted_to,
        quantile=quantile,
        carbon_price_ore_per_tonne=carbon_price,
        detour_permille=default("detour", PERMILLE),
        near_metres=default("near_distance_default", METRES_PER_KM),
        default_max_metres=default("max_distance_default", METRES_PER_KM),
        cap_metres=default("max_distance_cap", METRES_PER_KM),
        default_storage_days=default("storage_days_default", 1),
        trip_costs=trip_costs,
        count_transfers=count_transfers,
        fair_share_permille=round(fair_share_percent * PERMILLE_PER_PERCENT),
        fair_weight_permille=round(fair_weight_percent * PERMILLE_PER_PERCENT),
    )
