# SPDX-License-Identifier: EUPL-1.2
"""From the figures of a problem to rates per step: what the costs of all pairs are made of."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.carrying import carry_rates
from matcher.loads import count_load_steps
from matcher.problem.columns import BoolArray, DayArray, FloatArray, IntArray
from matcher.problem.problem import Problem
from matcher.quanta import PER_ORE, choose_quanta
from matcher.storing import MG_PER_TONNE, rate_builders, rate_hubs, rate_sites


class Rates(NamedTuple):
    """Rates of a problem as the compiled loops want them; money in øre, emissions in mg, all per step.

    Parameters
    ----------
    own_ore
        Of each lot, whatever the pair: price + preparation - disposal avoided + carbon price of the
        preparation.
    metre_ore
        Of each class, carrying one step one metre, with the carbon price of it.
    site_ore, builder_ore, hub_ore
        Storing one step one day: of each lot on its own site, of each requirement at its builder's, and by
        hub and class.
    penalty_ore
        By wanted class and offered class.
    quantum
        Of each class: cost integers are multiples of it, in 1/1000 øre.
    new_cost
        N, of each requirement: buying a step new, with carbon price and priority, in 1/1000 øre.
    first, first_cost
        Of each requirement: how many of its first steps cost how much more when bought new (fair share).
    new_money
        Of each requirement: the money alone that a step bought new costs, in 1/1000 øre.
    transfer_ore
        Of each lot: the price that is left out where a public body buys, because transfers do not count.
    public
        Of each requirement, whether a public body builds.
    pay_ore, carry_ore
        As own_ore and metre_ore, but only what the project pays: no disposal, no carbon price.
    load_steps, trip_ore, trip_metre_ore, load_ore, load_metre_ore
        Of each class: steps in a load (0 = no loads); what a trip and each load begun cost, and per metre.
    top, bottom
        p and q by wanted class and offered class.
    breakage
        Of each requirement, permille.
    carbon_ore
        Carbon price of one mg.
    """

    own_ore: FloatArray
    metre_ore: FloatArray
    site_ore: FloatArray
    builder_ore: FloatArray
    hub_ore: FloatArray
    penalty_ore: FloatArray
    quantum: IntArray
    new_cost: IntArray
    first: IntArray
    first_cost: IntArray
    new_money: IntArray
    transfer_ore: FloatArray
    public: BoolArray
    pay_ore: FloatArray
    carry_ore: FloatArray
    load_steps: IntArray
    trip_ore: FloatArray
    trip_metre_ore: FloatArray
    load_ore: FloatArray
    load_metre_ore: FloatArray
    top: IntArray
    bottom: IntArray
    breakage: DayArray
    carbon_ore: float


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
    new_ore = (wanted.new_price_ore + carbon_ore * wanted.new_co2e_mg) * (1 + wanted.priority / 1000)
    if quantum is None:
        quantum = choose_quanta(problem, own=own, metre=metre, penalty=penalty, new_ore=new_ore)
    of_wanted = quantum[wanted.class_]
    new_cost = of_wanted * np.floor(new_ore * PER_ORE / of_wanted + 0.5).astype(np.int64)
    share = params.fair_share if params.fair_weight else 0
    public = np.append(problem.projects.public, False)[wanted.project]
    left_out = lots.public & (not params.count_transfers)
    top, bottom = np.ones((2, count, count), dtype=np.int64)
    top[swaps.class_, swaps.substitute], bottom[swaps.class_, swaps.substitute] = swaps.p, swaps.q
    rates = Rates(
        own,
        metre,
        rate_sites(problem),
        rate_builders(problem),
        np.vstack([rate_hubs(problem), np.zeros((1, count))]),  # one row at least, of no hub
        penalty,
        quantum,
        new_cost,
        -(-wanted.quantity * share // 1000),
        of_wanted * (new_cost // of_wanted * params.fair_weight // 1000)
        if share
        else np.zeros_like(new_cost),
        of_wanted * np.floor(wanted.new_price_ore * PER_ORE / of_wanted + 0.5).astype(np.int64),
        np.where(left_out, lots.price_ore, 0.0),
        public,
        lots.price_ore + lots.preparation_ore,
        carry_ore,
        count_load_steps(problem),
        *_rate_trips(problem),
        top,
        bottom,
        wanted.breakage,
        carbon_ore,
    )
    for array in rates:
        if isinstance(array, np.ndarray):
            array.setflags(write=False)
    return rates


def _rate_trips(problem: Problem) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return by class what a trip costs, per trip and metre, and what a load costs, likewise; øre."""
    vehicles, vehicle = problem.vehicles, problem.classes.vehicle
    return (
        np.append(vehicles.trip_ore, 0.0)[vehicle],  # the last is no vehicle, -1
        np.append(vehicles.trip_ore_per_km / 1000, 0.0)[vehicle],
        np.append(vehicles.load_ore, 0.0)[vehicle],
        np.append(vehicles.load_ore_per_km / 1000, 0.0)[vehicle],
    )
