# SPDX-License-Identifier: EUPL-1.2
"""The only place that turns metres, days and rates into money and CO2e, and costs into integers."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from matcher.compiling import compiled
from matcher.loads import count_loads, deliver_steps, find_surplus, reduce_conversion
from matcher.plan import Matches
from matcher.problem.columns import FloatArray, IntArray, RowArray
from matcher.problem.problem import Problem
from matcher.quanta import PER_ORE
from matcher.rates import Rates, carry_rates, set_rates

__all__ = [
    "PairRates",
    "Rates",
    "conversion_of_pair",
    "measure_matches",
    "price_load",
    "price_pair",
    "price_pay",
    "price_trip",
    "rate_pairs",
    "round_once",
    "set_rates",
]


@compiled
def price_pair(
    rates: Rates, lot: int, offered: int, own: int, metres: int, days: int, wanted: int = -1
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
        One-way road.
    days
        Days in storage.
    wanted
        Row of requirements; -1 = whoever buys, the price counts.

    Notes
    -----
    price + preparation - disposal avoided + transport + storage + penalty
    + carbon price * (preparation + transport), of a step of the lot; without the price where it is paid
    between public bodies and transfers do not count. Source: matching.md, section 1.
    """
    ore = (
        rates.own_ore[lot]
        + metres * rates.metre_ore[offered]
        + days * rates.day_ore[offered]
        + rates.penalty_ore[own, offered]
    )
    if wanted >= 0 and rates.public[wanted]:
        ore -= rates.transfer_ore[lot]
    return count_units(rates.quantum[own], ore)


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
    rates: Rates, lot: int, offered: int, own: int, metres: int, days: int
) -> int:  # Numba takes no keyword-only arguments
    """Return what the project pays for a step of a pair, in 1/1000 øre: money alone, for its budget.

    Parameters
    ----------
    rates, lot, offered, own, metres, days
        As in `price_pair`.

    Notes
    -----
    price + preparation + transport + storage; no carbon price, no penalty, no disposal avoided.
    """
    ore = rates.pay_ore[lot] + metres * rates.carry_ore[offered] + days * rates.day_ore[offered]
    return count_units(rates.quantum[own], ore)


@compiled
def price_trip(rates: Rates, offered: int, own: int, metres: int) -> int:
    """Return f, what fetching from a lot costs whatever is fetched, in 1/1000 øre.

    Parameters
    ----------
    rates
        From `set_rates`.
    offered, own
        Classes of the lot and of the requirement.
    metres
        One-way road.
    """
    return count_units(rates.quantum[own], rates.trip_ore[offered] + metres * rates.trip_metre_ore[offered])


@compiled
def price_load(rates: Rates, offered: int, own: int, metres: int) -> int:
    """Return g, what each load begun costs, in 1/1000 øre; as `price_trip`."""
    return count_units(rates.quantum[own], rates.load_ore[offered] + metres * rates.load_metre_ore[offered])


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
    days: IntArray,
    wanted: RowArray,
) -> PairRates:
    """Return c, f, g, pay, P and Q of many pairs; arrays of one length, as in `price_pair`."""
    count = len(lots)
    cost, trip, load = np.empty(count, np.int64), np.empty(count, np.int64), np.empty(count, np.int64)
    pay, top, bottom = np.empty(count, np.int64), np.empty(count, np.int64), np.empty(count, np.int64)
    for pair in range(count):
        lot, kind, mine, row = lots[pair], offered[pair], own[pair], wanted[pair]
        cost[pair] = price_pair(rates, lot, kind, mine, metres[pair], days[pair], row)
        trip[pair] = price_trip(rates, kind, mine, metres[pair])
        load[pair] = price_load(rates, kind, mine, metres[pair])
        pay[pair] = price_pay(rates, lot, kind, mine, metres[pair], days[pair])
        top[pair], bottom[pair] = conversion_of_pair(rates, kind, mine, row)
    return PairRates(cost, trip, load, pay, top, bottom)


def measure_matches(
    problem: Problem,
    *,
    lot: RowArray,
    requirement: RowArray,
    quantity: IntArray,
    metres: IntArray,
    storage_days: IntArray,
    step_cost: IntArray,
    trip_cost: IntArray,
    load_cost: IntArray,
) -> Matches:
    """Return the matches with all their numbers, each rounded once from the exact rates.

    Parameters
    ----------
    problem
        The problem they answer.
    lot, requirement, quantity
        Rows and steps taken.
    metres, storage_days
        One-way road and days in storage of each.
    step_cost, trip_cost, load_cost
        c, f and g of each, in 1/1000 øre.

    Notes
    -----
    Where the pairs are given, road and storage are 0 and the whole cost stands as price. What is delivered
    beyond the quantity wanted is surplus of the last lots that deliver it; it is paid for and replaces
    nothing new.
    """
    lots, wanted, classes = problem.lots, problem.requirements, problem.classes
    offered, own = lots.class_[lot], wanted.class_[requirement]
    carry_ore, carry_mg = carry_rates(problem)
    start, end = lots.available_from[lot], lots.available_to[lot]
    deliver = np.maximum(start, wanted.wanted_from[requirement])
    zero = np.zeros(len(lot), dtype=np.int64)
    given = problem.pairs is not None
    delivered = deliver_steps(problem, lot=lot, requirement=requirement, quantity=quantity)
    surplus = find_surplus(problem, lot=lot, requirement=requirement, delivered=delivered)
    replaced = delivered - surplus
    loads = count_loads(problem, offered=offered, quantity=quantity)
    trips = _measure_trips(problem, offered=offered, metres=metres, loads=loads)
    penalty = np.zeros((len(classes.id), len(classes.id)))
    penalty[problem.substitutes.class_, problem.substitutes.substitute] = problem.substitutes.penalty_ore
    new_g = round_once(wanted.new_co2e_mg[requirement] * replaced / 1000)
    columns: dict[str, Any] = {
        "delivered": delivered,
        "surplus": surplus,
        "pick_up": deliver if given else np.minimum(deliver, end - 1),
        "deliver": deliver,
        "storage_days": storage_days.astype(np.int32),
        "metres": metres.astype(np.int32),
        "loads": loads,
        "price_ore": round_once(lots.price_ore[lot] * quantity),
        "preparation_ore": round_once(lots.preparation_ore[lot] * quantity),
        "transport_ore": round_once(carry_ore[offered] * metres * quantity),
        "trip_ore": trips[0],
        "load_ore": trips[1],
        "storage_ore": round_once(classes.storage_ore_per_day[offered] * storage_days * quantity),
        "disposal_ore": round_once(lots.disposal_avoided_ore[lot] * quantity),
        "penalty_ore": round_once(penalty[own, offered] * quantity),
        "new_ore": round_once(wanted.new_price_ore[requirement] * replaced),
        "co2e_new_g": new_g,
        "co2e_preparation_g": round_once(lots.preparation_co2e_mg[lot] * quantity / 1000),
        "co2e_transport_g": round_once(carry_mg[offered] * metres * quantity / 1000),
        "co2e_regulatory_g": np.where(lots.counts_zero[lot], new_g, 0),
    }
    if given:
        columns["price_ore"] = round_once(step_cost * quantity / PER_ORE)
        columns["trip_ore"] = round_once(trip_cost / PER_ORE)
        columns["load_ore"] = round_once(load_cost * loads / PER_ORE)
        for name in ("preparation_ore", "disposal_ore", "penalty_ore", "co2e_preparation_g"):
            columns[name] = zero
    cost = step_cost * quantity + trip_cost + load_cost * loads
    return Matches(lot=lot, requirement=requirement, quantity=quantity, cost=cost, **columns)


def _measure_trips(
    problem: Problem, *, offered: RowArray, metres: IntArray, loads: IntArray
) -> tuple[IntArray, IntArray]:
    """Return what the trips and what the loads of matches cost, in øre."""
    vehicles, vehicle = problem.vehicles, problem.classes.vehicle[offered]
    km = metres / 1000
    trip = np.append(vehicles.trip_ore, 0.0)[vehicle] + np.append(vehicles.trip_ore_per_km, 0.0)[vehicle] * km
    load = np.append(vehicles.load_ore, 0.0)[vehicle] + np.append(vehicles.load_ore_per_km, 0.0)[vehicle] * km
    return round_once(trip), round_once(load * loads)


def round_once(values: FloatArray) -> IntArray:
    """Return whole numbers, halves rounded up.

    Parameters
    ----------
    values
        Exact figures.
    """
    return np.floor(np.asarray(values) + 0.5).astype(np.int64)
