# SPDX-License-Identifier: EUPL-1.2
"""The quantum of the costs: as fine as no flow can overflow, proven from the problem before solving."""

from __future__ import annotations

import math

import numpy as np

from matcher.errors import InputError
from matcher.families import label_families
from matcher.joint import is_planned_jointly
from matcher.problem.columns import NONE, BoolArray, FloatArray, IntArray
from matcher.problem.problem import Problem
from matcher.storing import rate_builders, rate_hubs

PER_ORE = 1000
"""Parts of an øre that costs are counted in."""
MOST_PROJECT_PRICE = 100_000
"""Highest price of a project's budget in a certificate, permille: so that no bound overflows."""
_MOST = 2**62


def choose_quanta(
    problem: Problem, *, own: FloatArray, metre: FloatArray, penalty: FloatArray, new_ore: FloatArray
) -> IntArray:
    """Choose for each family the finest quantum that cannot overflow, proven from the problem alone.

    Parameters
    ----------
    problem
        The whole problem, alike rows not yet gathered.
    own, metre, penalty
        As in `matcher.value.Rates`.
    new_ore
        Of each requirement, buying a step new, øre.

    Raises
    ------
    InputError
        Where given costs are too great for a flow of this size, or the cost of a match for 64 bits; where the
        rules of the plan are used, in the thousandths that their bound is counted in.

    Notes
    -----
    The flow engine multiplies costs by the number of nodes n + 1 and keeps node potentials that stay below 4
    n times the greatest of them (cost scaling by Goldberg and Tarjan: 3 n epsilon a phase, epsilon at least
    halved each phase, epsilon starting at the greatest cost). So 8 (n + 1)**2 * max |c - N| has to stay below
    2**62.
    """
    lots, wanted, params = problem.lots, problem.requirements, problem.params
    classes, families = problem.classes, label_families(problem)
    quantum = np.ones(len(classes.id), dtype=np.int64)
    days = int(max(params.default_storage_days, wanted.storage_days.max(initial=0)))
    legs = 2 if len(problem.hubs.id) else 1
    far = metre * params.cap_metres * legs + _find_dearest_day(problem) * days
    for family in np.unique(families):
        members = np.flatnonzero(families == family)
        of_lots = np.isin(lots.class_, members)
        of_wanted = np.isin(wanted.class_, members)
        if problem.pairs is not None:
            of_pairs = of_wanted[problem.pairs.requirement]
            dearest = float(np.abs(problem.pairs.cost[of_pairs]).max(initial=0)) / PER_ORE
        else:
            dearest = float(np.abs(own[of_lots]).max(initial=0.0))
            dearest += float(far[members].max(initial=0.0))
            dearest += float(penalty[members].max(initial=0.0))
        charged = 3 if (problem.hubs.area_cm2 != NONE).any() else 1  # space costs up to twice as much as new
        dearest += charged * float(np.abs(new_ore[of_wanted]).max(initial=0.0))
        nodes = int(of_lots.sum()) + int(of_wanted.sum()) + 2
        most = math.ceil(dearest * PER_ORE) + 1
        step = 1
        while 8 * (nodes + 1) ** 2 * (most // step + 1) >= _MOST:
            step *= 10
        if step > 1 and problem.pairs is not None:
            raise InputError(
                "costs small enough for a flow of this size in 1/1000 øre",
                table="pairs",
                column="cost",
                value=most,
            )
        quantum[members] = step
        _refuse_overflow(
            problem,
            most=most,
            fixed=_find_dearest_trip(problem, members=members, of_wanted=of_wanted),
            times=_find_parts(problem, members=members, of_lots=of_lots, of_wanted=of_wanted),
            of_lots=of_lots,
            of_wanted=of_wanted,
        )
    return quantum


def _find_dearest_day(problem: Problem) -> FloatArray:
    """Return of each class the most that storing a step of it costs a day anywhere, øre."""
    dearest: FloatArray = problem.classes.storage_ore_per_day.copy()
    np.maximum.at(dearest, problem.lots.class_, problem.lots.site_storage_ore)
    if problem.requirements.builder_storage_days.any():
        dearest = np.maximum(dearest, rate_builders(problem).max(initial=0.0))  # of whatever it accepts
    most: FloatArray = np.maximum(dearest, rate_hubs(problem).max(axis=0, initial=0.0))
    return most


def _find_dearest_trip(problem: Problem, *, members: IntArray, of_wanted: BoolArray) -> tuple[int, int]:
    """Return more than any trip and any load of a family costs, in 1/1000 øre."""
    if problem.pairs is not None:
        of_pairs = of_wanted[problem.pairs.requirement]
        return (
            int(problem.pairs.trip[of_pairs].max(initial=0)),
            int(problem.pairs.load[of_pairs].max(initial=0)),
        )
    vehicles, km = problem.vehicles, problem.params.cap_metres / 1000
    used = problem.classes.vehicle[members]
    used = used[used >= 0]
    legs = 2 if len(problem.hubs.id) else 1
    trip = legs * (vehicles.trip_ore + vehicles.trip_ore_per_km * km)[used].max(initial=0.0)
    load = legs * (vehicles.load_ore + vehicles.load_ore_per_km * km)[used].max(initial=0.0)
    return math.ceil(float(trip) * PER_ORE), math.ceil(float(load) * PER_ORE)


def _find_parts(
    problem: Problem, *, members: IntArray, of_lots: BoolArray, of_wanted: BoolArray
) -> tuple[int, int, int]:
    """Return into how many parts a family's costs are split in its bound, its greatest P or Q, and Q / P.

    Notes
    -----
    1 part where it is plain; thousandths where it has rules of the plan, and 1 + the highest price of a
    budget times them where it has a budget. Source: the bound in `docs/reference/problem-and-plan.md`.
    """
    lots, wanted, swaps, vehicles = problem.lots, problem.requirements, problem.substitutes, problem.vehicles
    of_swaps = np.isin(swaps.class_, members)
    breaks = bool(wanted.breakage[of_wanted].any())
    turned = max(1, int(swaps.p[of_swaps].max(initial=1)), int(swaps.q[of_swaps].max(initial=1)))
    used = problem.classes.vehicle[members]
    used = used[used >= 0]
    rates = vehicles.trip_ore + vehicles.trip_ore_per_km + vehicles.load_ore + vehicles.load_ore_per_km
    trips = _find_dearest_trip(problem, members=members, of_wanted=of_wanted)
    ruled = (
        turned > 1
        or breaks
        or bool(rates[used].any())
        or max(trips) > 0
        or bool((lots.minimum_take[of_lots] > 1).any() or lots.indivisible[of_lots].any())
        or bool(wanted.minimum_fulfilment[of_wanted].any() or wanted.most_donors[of_wanted].any())
        or bool(wanted.one_kind[of_wanted].any())
        or bool((is_planned_jointly(problem) & of_wanted).any())
        or problem.params.fair_weight > 0
    )
    projects = wanted.project[of_wanted & (wanted.project >= 0)]
    budget = bool((problem.projects.budget_ore[projects] >= 0).any())
    parts = 1000 + MOST_PROJECT_PRICE if budget else 1000
    return 4 * parts if ruled else 1, turned * (1000 if breaks else 1), turned * (10 if breaks else 1)


def _refuse_overflow(
    problem: Problem,
    *,
    most: int,
    fixed: tuple[int, int],
    times: tuple[int, int, int],
    of_lots: BoolArray,
    of_wanted: BoolArray,
) -> None:
    """Refuse quantities at which cost, load or conversion of a match would not fit into 64 bits."""
    classes, params = problem.classes, problem.params
    heaviest = max(
        int(classes.mass_g.max(initial=0)),
        int(classes.volume_ml.max(initial=0)),
        int(classes.loading_mm.max(initial=0)),
        int(classes.area_cm2.max(initial=0)),
    )
    parts, turned, stretch = times
    dearest = -(-most * (1000 + params.fair_weight) // 1000) + fixed[1]
    for name, rows in (("lots", of_lots), ("requirements", of_wanted)):
        table = problem.lots if name == "lots" else problem.requirements
        quantity = np.where(rows, table.quantity, 0)
        largest = int(quantity.max(initial=0))
        steps = largest * stretch if name == "requirements" else largest
        rate = 256 * parts * dearest if parts > 1 else 0  # the relaxed bound counts in 1/1024 of a thousandth
        if max(parts * (steps * dearest + fixed[0]), largest * heaviest, largest * turned, rate) >= _MOST:
            raise InputError(
                f"a quantity whose cost ({dearest * parts} parts of 1/1000 øre a step at most), mass in g and"
                " volume in ml stay below 2**62",
                table=name,
                column="quantity",
                value=f"{largest} of {table.id[int(quantity.argmax())]}",
            )
