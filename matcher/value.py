# SPDX-License-Identifier: EUPL-1.2
"""The only place that turns metres, days and rates into money and CO2e, and costs into integers."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from matcher.columns import FloatArray, IntArray, RowArray
from matcher.compiling import compiled
from matcher.plan import Matches
from matcher.problem import Problem
from matcher.quanta import PER_ORE, choose_quanta

MG_PER_TONNE = 1e9


class Rates(NamedTuple):
    """Rates of a problem as the compiled loops want them; money in øre, emissions in mg, all per step.

    Parameters
    ----------
    own_ore
        Of each lot, whatever the pair: price + preparation - disposal avoided + carbon price of the
        preparation.
    metre_ore
        Of each class, carrying one step one metre, with the carbon price of it.
    day_ore
        Of each class, storing one step one day.
    penalty_ore
        By wanted class and offered class.
    quantum
        Of each class: cost integers are multiples of it, in 1/1000 øre.
    new_cost
        N, of each requirement: buying a step new, with the carbon price of it, in 1/1000 øre.
    """

    own_ore: FloatArray
    metre_ore: FloatArray
    day_ore: FloatArray
    penalty_ore: FloatArray
    quantum: IntArray
    new_cost: IntArray


def weigh_load(problem: Problem) -> FloatArray:
    """Return the mass one step of each class counts as on its vehicle, in grams.

    Parameters
    ----------
    problem
        Any problem.

    Notes
    -----
    The greater of its mass and of the share of the payload that its volume takes: light goods fill a lorry
    before they weigh it down, and are paid for by what they fill.
    """
    classes, vehicles = problem.classes, problem.vehicles
    load = classes.mass_g.astype(np.float64)
    for row in np.flatnonzero(classes.vehicle >= 0):
        vehicle = classes.vehicle[row]
        if classes.volume_ml[row] > 0 and vehicles.volume_ml[vehicle] > 0:
            share = float(classes.volume_ml[row]) / float(vehicles.volume_ml[vehicle])
            load[row] = max(load[row], share * float(vehicles.payload_g[vehicle]))
    return load


def carry_rates(problem: Problem) -> tuple[FloatArray, FloatArray]:
    """Return øre and mg CO2e of carrying one step of each class one metre.

    Parameters
    ----------
    problem
        Any problem.
    """
    classes, vehicles = problem.classes, problem.vehicles
    tonne_km = weigh_load(problem) / 1e6 / 1e3
    carried = classes.vehicle >= 0
    ore, emitted = np.zeros(len(classes.id)), np.zeros(len(classes.id))
    ore[carried] = tonne_km[carried] * vehicles.ore_per_tonne_km[classes.vehicle[carried]]
    emitted[carried] = tonne_km[carried] * vehicles.co2e_mg_per_tonne_km[classes.vehicle[carried]]
    return ore, emitted


def set_rates(problem: Problem, *, quantum: IntArray | None = None) -> Rates:
    """Prepare the rates of a problem, with quanta that no flow can overflow.

    Parameters
    ----------
    problem
        Any problem.
    quantum
        Quantum of each class, where it was chosen from a larger problem.

    Raises
    ------
    InputError
        Where the pairs are given and their costs are too great for their quantum.
    """
    lots, wanted, params = problem.lots, problem.requirements, problem.params
    carbon_ore = params.carbon_price_ore_per_tonne / MG_PER_TONNE
    own = (
        lots.price_ore
        + lots.preparation_ore
        - lots.disposal_avoided_ore
        + carbon_ore * lots.preparation_co2e_mg
    )
    carry_ore, carry_mg = carry_rates(problem)
    metre = carry_ore + carbon_ore * carry_mg
    count = len(problem.classes.id)
    penalty = np.zeros((count, count))
    swaps = problem.substitutes
    penalty[swaps.class_, swaps.substitute] = swaps.penalty_ore
    new_ore = wanted.new_price_ore + carbon_ore * wanted.new_co2e_mg
    if quantum is None:
        quantum = choose_quanta(problem, own=own, metre=metre, penalty=penalty, new_ore=new_ore)
    of_wanted = quantum[wanted.class_]
    new_cost = of_wanted * np.floor(new_ore * PER_ORE / of_wanted + 0.5).astype(np.int64)
    rates = Rates(own, metre, problem.classes.storage_ore_per_day, penalty, quantum, new_cost)
    for array in rates:
        array.setflags(write=False)
    return rates


@compiled
def price_pair(
    rates: Rates, lot: int, offered: int, own: int, metres: int, days: int
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

    Notes
    -----
    price + preparation - disposal avoided + transport + storage + penalty
    + carbon price * (preparation + transport). Source: matching.md, section 1.
    """
    ore = (
        rates.own_ore[lot]
        + metres * rates.metre_ore[offered]
        + days * rates.day_ore[offered]
        + rates.penalty_ore[own, offered]
    )
    quantum = rates.quantum[own]
    return int(quantum * np.int64(math.floor(ore * PER_ORE / quantum + 0.5)))


@compiled
def price_pairs(  # Numba takes no keyword-only arguments
    rates: Rates, lots: RowArray, offered: RowArray, own: RowArray, metres: IntArray, days: IntArray
) -> IntArray:
    """Return the cost of a step of many pairs; arrays of one length, as in `price_pair`."""
    costs = np.empty(len(lots), dtype=np.int64)
    for pair in range(len(lots)):
        costs[pair] = price_pair(rates, lots[pair], offered[pair], own[pair], metres[pair], days[pair])
    return costs


def measure_matches(
    problem: Problem,
    *,
    lot: RowArray,
    requirement: RowArray,
    quantity: IntArray,
    metres: IntArray,
    storage_days: IntArray,
    step_cost: IntArray,
) -> Matches:
    """Return the matches with all their numbers, each rounded once from the exact rates.

    Parameters
    ----------
    problem
        The problem they answer.
    lot, requirement, quantity
        Rows and steps assigned.
    metres, storage_days
        One-way road and days in storage of each.
    step_cost
        c of each, in 1/1000 øre.

    Notes
    -----
    Where the pairs are given, road, storage and loads are 0 and the whole cost stands as price.
    """
    lots, wanted, classes = problem.lots, problem.requirements, problem.classes
    offered, own = lots.class_[lot], wanted.class_[requirement]
    carry_ore, carry_mg = carry_rates(problem)
    start, end = lots.available_from[lot], lots.available_to[lot]
    deliver = np.maximum(start, wanted.wanted_from[requirement])
    zero = np.zeros(len(lot), dtype=np.int64)
    given = problem.pairs is not None
    penalty = np.zeros((len(classes.id), len(classes.id)))
    penalty[problem.substitutes.class_, problem.substitutes.substitute] = problem.substitutes.penalty_ore
    new_g = round_once(wanted.new_co2e_mg[requirement] * quantity / 1000)
    columns: dict[str, Any] = {
        "pick_up": deliver if given else np.minimum(deliver, end - 1),
        "deliver": deliver,
        "storage_days": storage_days.astype(np.int32),
        "metres": metres.astype(np.int32),
        "loads": zero if given else count_loads(problem, offered=offered, quantity=quantity),
        "price_ore": round_once(lots.price_ore[lot] * quantity),
        "preparation_ore": round_once(lots.preparation_ore[lot] * quantity),
        "transport_ore": round_once(carry_ore[offered] * metres * quantity),
        "storage_ore": round_once(classes.storage_ore_per_day[offered] * storage_days * quantity),
        "disposal_ore": round_once(lots.disposal_avoided_ore[lot] * quantity),
        "penalty_ore": round_once(penalty[own, offered] * quantity),
        "new_ore": round_once(wanted.new_price_ore[requirement] * quantity),
        "co2e_new_g": new_g,
        "co2e_preparation_g": round_once(lots.preparation_co2e_mg[lot] * quantity / 1000),
        "co2e_transport_g": round_once(carry_mg[offered] * metres * quantity / 1000),
        "co2e_regulatory_g": np.where(lots.counts_zero[lot], new_g, 0),
    }
    if given:
        columns["price_ore"] = round_once(step_cost * quantity / PER_ORE)
        for name in ("preparation_ore", "disposal_ore", "penalty_ore", "co2e_preparation_g"):
            columns[name] = zero
    return Matches(lot=lot, requirement=requirement, quantity=quantity, cost=step_cost * quantity, **columns)


def count_loads(problem: Problem, *, offered: RowArray, quantity: IntArray) -> IntArray:
    """Return the lorry loads begun for quantities of classes, at least one each.

    Parameters
    ----------
    problem
        Any problem.
    offered
        Class of each quantity.
    quantity
        Steps.

    Notes
    -----
    The greater of mass by payload and volume by volume. A class without a vehicle is carried free: no load.
    """
    classes, vehicles = problem.classes, problem.vehicles
    carried = classes.vehicle[offered] >= 0
    if not len(vehicles.id):
        return np.zeros(len(offered), dtype=np.int64)
    vehicle = np.maximum(classes.vehicle[offered], 0)
    loads = -(-(classes.mass_g[offered] * quantity) // vehicles.payload_g[vehicle])
    room = np.where(vehicles.volume_ml[vehicle] > 0, vehicles.volume_ml[vehicle], np.iinfo(np.int64).max)
    loads = np.maximum(loads, -(-(classes.volume_ml[offered] * quantity) // room))
    return np.where(carried, np.maximum(loads, 1), 0)


def round_once(values: FloatArray) -> IntArray:
    """Return whole numbers, halves rounded up.

    Parameters
    ----------
    values
        Exact figures.
    """
    return np.floor(np.asarray(values) + 0.5).astype(np.int64)
