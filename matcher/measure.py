# SPDX-License-Identifier: EUPL-1.2
"""Every number of the matches of a plan, each rounded once from the exact rates."""

from __future__ import annotations

from typing import Any

import numpy as np

from matcher.carrying import carry_rates
from matcher.loads import count_loads, deliver_steps, find_surplus
from matcher.plan import Matches
from matcher.problem.columns import NONE, FloatArray, IntArray, RowArray
from matcher.problem.problem import Problem
from matcher.quanta import PER_ORE
from matcher.storing import FIRST_HUB, ON_SITE, rate_builders, rate_hubs, rate_sites, split_waits


def measure_matches(
    problem: Problem,
    *,
    lot: RowArray,
    requirement: RowArray,
    quantity: IntArray,
    metres: IntArray,
    waits: IntArray,
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
    metres, waits
        One-way road (both legs by way of a hub), days in storage and store of each.
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
    days, store = split_waits(waits)
    stops = np.where(store >= FIRST_HUB, 2, 1)
    trips = _measure_trips(problem, offered=offered, metres=metres, loads=loads, stops=stops)
    penalty = np.zeros((len(classes.id), len(classes.id)))
    penalty[problem.substitutes.class_, problem.substitutes.substitute] = problem.substitutes.penalty_ore
    new_g = round_once(wanted.new_co2e_mg[requirement] * replaced / 1000)
    columns: dict[str, Any] = {
        "delivered": delivered,
        "surplus": surplus,
        "pick_up": deliver if given else np.minimum(deliver, end - 1),
        "deliver": deliver,
        "storage_days": days.astype(np.int32),
        "storage": np.where(days > 0, 1 + np.minimum(store, FIRST_HUB), 0).astype(np.int8),
        "hub": np.where(store >= FIRST_HUB, store - FIRST_HUB, NONE).astype(np.int32),
        "metres": metres.astype(np.int32),
        "loads": loads,
        "price_ore": round_once(lots.price_ore[lot] * quantity),
        "preparation_ore": round_once(lots.preparation_ore[lot] * quantity),
        "transport_ore": round_once(carry_ore[offered] * metres * quantity),
        "trip_ore": trips[0],
        "load_ore": trips[1],
        "storage_ore": round_once(
            _rate_days(problem, lot=lot, requirement=requirement, store=store) * days * quantity
        ),
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
    problem: Problem, *, offered: RowArray, metres: IntArray, loads: IntArray, stops: IntArray
) -> tuple[IntArray, IntArray]:
    """Return what the trips and what the loads of matches cost, in øre."""
    vehicles, vehicle = problem.vehicles, problem.classes.vehicle[offered]
    km = metres / 1000
    trip = stops * np.append(vehicles.trip_ore, 0.0)[vehicle]
    trip += np.append(vehicles.trip_ore_per_km, 0.0)[vehicle] * km
    load = stops * np.append(vehicles.load_ore, 0.0)[vehicle]
    load += np.append(vehicles.load_ore_per_km, 0.0)[vehicle] * km
    return round_once(trip), round_once(load * loads)


def _rate_days(problem: Problem, *, lot: RowArray, requirement: RowArray, store: IntArray) -> FloatArray:
    """Return what a step of each match costs a day in its store, øre."""
    rate = np.where(store == ON_SITE, rate_sites(problem)[lot], rate_builders(problem)[requirement])
    hub = np.flatnonzero(store >= FIRST_HUB)
    rate[hub] = rate_hubs(problem)[store[hub] - FIRST_HUB, problem.lots.class_[lot[hub]]]
    return rate


def round_once(values: FloatArray) -> IntArray:
    """Return whole numbers, halves rounded up.

    Parameters
    ----------
    values
        Exact figures.
    """
    return np.floor(np.asarray(values) + 0.5).astype(np.int64)
