# SPDX-License-Identifier: EUPL-1.2
"""The only place that turns metres, days and rates into money and CO2e, and costs into integers."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from matcher.compiling import compiled
from matcher.loads import reduce_conversion
from matcher.problem.columns import IntArray, RowArray
from matcher.quanta import PER_ORE
from matcher.rates import Rates, set_rates
from matcher.storing import AT_BUILDER, FIRST_HUB, ON_SITE, WAIT_BITS, WAIT_UNIT

__all__ = [
    "PairRates",
    "Rates",
    "conversion_of_pair",
    "price_load",
    "price_pair",
    "price_pay",
    "price_trip",
    "rate_pairs",
    "set_rates",
]


@compiled
def price_pair(
    rates: Rates, lot: int, offered: int, own: int, metres: int, wait: int, wanted: int = -1
) -> int:  # Numba takes no keyword-only arguments
    """Return c, the cost of a step of a pair, in 1/1000 øre: a multiple of the quantum of the class.

    Parameters
    ----------
    rates
        From `set_rates`.
    lot
        Row of lots.
    offered, own
        Classes of the lot and of the requirement.
    metres
        One-way road, both legs where it waits at a hub.
    wait
        Days in storage and the store (`matcher.storing`).
    wanted
        Row of requirements; -1 = whoever buys, the price counts; not where it waits at the builder's.

    Notes
    -----
    price + preparation - disposal avoided + transport + storage + penalty
    + carbon price * (preparation + transport), of a step of the lot; without the price where it is paid
    between public bodies and transfers do not count. Source: matching.md, section 1.
    """
    left_out = rates.transfer_ore[lot] * ((wanted >= 0) & rates.public[wanted])
    ore = rates.own_ore[lot] + metres * rates.metre_ore[offered] - left_out
    ore += price_wait(rates, lot, offered, wait, wanted) + rates.penalty_ore[own, offered]
    return count_units(rates.quantum[own], ore)


@compiled
def price_wait(rates: Rates, lot: int, offered: int, wait: int, wanted: int) -> float:
    """Return what storing a step of a pair costs, øre; as in `price_pair`.

    Notes
    -----
    All stores are looked at and the others counted 0 times: with branches Numba would count references to
    every array of the rates on every pair, which takes twenty times as long as the rest.
    """
    days, store = wait & (WAIT_UNIT - 1), wait >> WAIT_BITS
    on_site, at_builder, hub = store == ON_SITE, store == AT_BUILDER, max(store - FIRST_HUB, 0)
    rate = rates.site_ore[lot] * on_site + rates.builder_ore[wanted] * at_builder
    rate += rates.hub_ore[hub, offered] * (store >= FIRST_HUB)
    return float(days * rate)


@compiled
def count_units(quantum: int, ore: float) -> int:
    """Return øre as a cost integer: 1/1000 øre, a multiple of a quantum, halves up.

    Parameters
    ----------
    quantum
        Of the wanted class. It alone, not all the rates: handing those on would make Numba count references
        to every array, which takes thirty times as long as the rest.
    ore
        Exact.
    """
    return int(quantum * np.int64(math.floor(ore * PER_ORE / quantum + 0.5)))


@compiled
def price_pay(
    rates: Rates, lot: int, offered: int, own: int, metres: int, wait: int, wanted: int = -1
) -> int:  # Numba takes no keyword-only arguments
    """Return what the project pays for a step of a pair, in 1/1000 øre: money alone, for its budget.

    Parameters
    ----------
    rates, lot, offered, own, metres, wait, wanted
        As in `price_pair`.

    Notes
    -----
    price + preparation + transport + storage; no carbon price, no penalty, no disposal avoided.
    """
    stored = price_wait(rates, lot, offered, wait, wanted)
    ore = rates.pay_ore[lot] + metres * rates.carry_ore[offered] + stored
    return count_units(rates.quantum[own], ore)


@compiled
def count_stops(wait: int) -> int:
    """Return how many trips a pair takes: two by way of a hub, else one."""
    return 2 if wait >= FIRST_HUB * WAIT_UNIT else 1


@compiled
def price_trip(rates: Rates, offered: int, own: int, metres: int, wait: int = 0) -> int:
    """Return f, what fetching from a lot costs whatever is fetched, in 1/1000 øre.

    Parameters
    ----------
    rates
        From `set_rates`.
    offered, own
        Classes of the lot and of the requirement.
    metres, wait
        As in `price_pair`: by way of a hub there are two trips.
    """
    fixed = count_stops(wait) * rates.trip_ore[offered]
    return count_units(rates.quantum[own], fixed + metres * rates.trip_metre_ore[offered])


@compiled
def price_load(rates: Rates, offered: int, own: int, metres: int, wait: int = 0) -> int:
    """Return g, what each load begun costs, in 1/1000 øre; as `price_trip`."""
    fixed = count_stops(wait) * rates.load_ore[offered]
    return count_units(rates.quantum[own], fixed + metres * rates.load_metre_ore[offered])


@compiled
def conversion_of_pair(rates: Rates, offered: int, own: int, wanted: int) -> tuple[int, int]:
    """Return P and Q of a pair: x steps taken deliver floor(x P / Q) steps wanted, what breaks left out.

    Parameters
    ----------
    rates
        From `set_rates`.
    offered, own
        Classes of the lot and of the requirement.
    wanted
        Row of requirements.
    """
    return reduce_conversion(rates.top[own, offered], rates.bottom[own, offered], rates.breakage[wanted])


class PairRates(NamedTuple):
    """What the plan's rules need to know of many pairs; arrays of one length.

    Parameters
    ----------
    cost
        c of a step, 1/1000 øre.
    trip, load
        f and g, 1/1000 øre.
    pay
        Money alone that a step costs the project, 1/1000 øre.
    top, bottom
        P and Q.
    """

    cost: IntArray
    trip: IntArray
    load: IntArray
    pay: IntArray
    top: IntArray
    bottom: IntArray


@compiled
def rate_pairs(  # Numba takes no keyword-only arguments
    rates: Rates,
    lots: RowArray,
    offered: RowArray,
    own: RowArray,
    metres: IntArray,
    waits: IntArray,
    wanted: RowArray,
) -> PairRates:
    """Return c, f, g, pay, P and Q of many pairs; arrays of one length, as in `price_pair`."""
    count = len(lots)
    cost, trip, load = np.empty(count, np.int64), np.empty(count, np.int64), np.empty(count, np.int64)
    pay, top, bottom = np.empty(count, np.int64), np.empty(count, np.int64), np.empty(count, np.int64)
    for pair in range(count):
        lot, kind, mine, row = lots[pair], offered[pair], own[pair], wanted[pair]
        cost[pair] = price_pair(rates, lot, kind, mine, metres[pair], waits[pair], row)
        trip[pair] = price_trip(rates, kind, mine, metres[pair], waits[pair])
        load[pair] = price_load(rates, kind, mine, metres[pair], waits[pair])
        pay[pair] = price_pay(rates, lot, kind, mine, metres[pair], waits[pair], row)
        top[pair], bottom[pair] = conversion_of_pair(rates, kind, mine, row)
    return PairRates(cost, trip, load, pay, top, bottom)
