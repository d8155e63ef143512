# SPDX-License-Identifier: EUPL-1.2
"""The checker's own sums: whether the key figures of a plan add up from its matches and unmet parts."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from matcher.plan import Plan
from matcher.problem.problem import Problem
from matcher.rates import set_rates


def find_wrong_figures(problem: Problem, plan: Plan) -> Iterator[tuple[str, float, object]]:
    """Yield name, expected and stated value of every key figure that does not add up.

    Parameters
    ----------
    problem
        The problem.
    plan
        The plan; its matches and unmet parts are taken as they stand.

    Notes
    -----
    Written down a second time from contracts.md, "Key figures", row by row in plain Python; `matcher.figures`
    is not used.
    """
    stated = dict(plan.figures)
    totals = stated.pop("totals", {})
    figures = stated if isinstance(totals, dict) else {}
    for name, expected in _add_up_figures(problem, plan).items():
        found = (
            totals.get(name[7:])
            if name.startswith("totals.") and isinstance(totals, dict)
            else figures.get(name)
        )
        if (
            isinstance(found, bool)
            or not isinstance(found, int | float)
            or not math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-9)
        ):
            yield name, expected, found


def _add_up_figures(problem: Problem, plan: Plan) -> dict[str, float]:
    matches, unmet, certificate, wanted = plan.matches, plan.unmet, plan.certificate, problem.requirements
    rates = set_rates(problem)
    new_cost, mass = rates.new_cost, problem.classes.mass_g
    chosen = dict(zip(plan.designs.project.tolist(), plan.designs.design_option.tolist(), strict=True))
    asked = [
        design in ("", chosen.get(project))
        for design, project in zip(wanted.design_option.tolist(), wanted.project.tolist(), strict=True)
    ]
    names = ("reused", "new", "regulatory", "new_g", "emitted", "road", "mass", "value", "waiting")
    sums = dict.fromkeys((*names, "loads", "trips", "transfers", "penalty"), 0)
    met = [0] * len(wanted.id)
    for place in range(len(matches.lot)):
        lot, row = int(matches.lot[place]), int(matches.requirement[place])
        steps = int(matches.delivered[place]) - int(matches.surplus[place])
        met[row] += steps
        sums["reused"] += int(matches.price_ore[place]) + int(matches.preparation_ore[place])
        sums["reused"] += int(matches.transport_ore[place]) + int(matches.storage_ore[place])
        sums["reused"] -= int(matches.disposal_ore[place])
        sums["trips"] += int(matches.trip_ore[place]) + int(matches.load_ore[place])
        sums["loads"] += int(matches.loads[place])
        sums["penalty"] += int(matches.penalty_ore[place])
        project = int(wanted.project[row])
        if problem.lots.public[lot] and project >= 0 and problem.projects.public[project]:
            sums["transfers"] += int(matches.price_ore[place])
        sums["new"] += int(matches.new_ore[place])
        sums["regulatory"] += int(matches.co2e_regulatory_g[place])
        sums["new_g"] += int(matches.co2e_new_g[place])
        sums["emitted"] += int(matches.co2e_preparation_g[place]) + int(matches.co2e_transport_g[place])
        sums["road"] += int(matches.loads[place]) * int(matches.metres[place])
        sums["mass"] += steps * int(mass[wanted.class_[row]])
        sums["value"] += steps * int(new_cost[row])
        sums["waiting"] += int(matches.quantity[place]) * int(matches.storage_days[place])
    sums["reused"] += sums["trips"]
    if not problem.params.count_transfers:
        sums["reused"] -= sums["transfers"]
    bought = bought_g = 0
    short = dict(zip(unmet.requirement.tolist(), unmet.quantity.tolist(), strict=True))
    for row, steps in short.items():
        bought += _round(float(wanted.new_price_ore[row]) * steps)
        bought_g += _round(float(wanted.new_co2e_mg[row]) * steps / 1000)
    whole = value = 0
    for row, counts in enumerate(asked):
        if counts:
            whole += int(mass[wanted.class_[row]]) * int(wanted.quantity[row])
            value += int(new_cost[row]) * int(wanted.quantity[row])
    value_share = sums["value"] / value if value else 0.0
    part = sum(1 for row, steps in short.items() if steps < wanted.quantity[row])
    design = _save_by_design(problem, chosen)
    loads, gathered = _gather(problem, plan, trips=sums["trips"], loads=sums["loads"])
    return {
        "money_ore": sums["new"] - sums["reused"] + design,
        "design_ore": design,
        "preference_ore": _weigh_preferences(problem, met) - sums["penalty"],
        "transfer_ore": sums["transfers"],
        "co2e_kg_regulatory": sums["regulatory"] / 1000,
        "co2e_kg_real": (sums["new_g"] - sums["emitted"]) / 1000,
        "km": sums["road"] / 1000,
        "loads": sums["loads"],
        "trip_ore": sums["trips"],
        "gathered_loads": loads,
        "gathered_trip_ore": gathered,
        "matched_share": sums["mass"] / whole if whole else value_share,
        "matched_value_share": value_share,
        "cost_ore": certificate.cost / 1000,
        "bound_ore": certificate.bound / 1000,
        "baseline_ore": certificate.baseline / 1000,
        "saving_ore": (certificate.baseline - certificate.cost) / 1000,
        "gap": certificate.gap,
        "gap_of_cost": (certificate.cost - certificate.bound) / certificate.cost if certificate.cost else 0.0,
        "pairs": plan.pairs,
        "matches": len(matches.lot),
        "lots": len(problem.lots.id),
        "lots_used": len(set(matches.lot.tolist())),
        "requirements": sum(asked),
        "requirements_met": sum(asked) - len(short),
        "requirements_part_met": part,
        "matched_on_estimates": sum(1 for lot in matches.lot if problem.lots.estimated[lot]),
        "matched_through_storage": sum(1 for days in matches.storage_days if days > 0),
        "totals.money_ore": sums["reused"] + bought,
        "totals.reused_ore": sums["reused"],
        "totals.new_ore": bought,
        "totals.co2e_kg": (sums["emitted"] + bought_g) / 1000,
        "totals.tonnes": whole / 1e6,
        "totals.tonnes_reused": sums["mass"] / 1e6,
        "totals.storage_step_days": sums["waiting"],
    }


def _round(value: float) -> int:
    return math.floor(value + 0.5)


def _save_by_design(problem: Problem, chosen: dict[int, str]) -> int:
    """Return what all of the cheapest designs cost new in money, less the chosen ones."""
    wanted, rates = problem.requirements, set_rates(problem)
    costs: dict[int, dict[str, int]] = {}
    money: dict[tuple[int, str], int] = {}
    for row, design in enumerate(wanted.design_option.tolist()):
        if not design:
            continue
        project, steps = int(wanted.project[row]), int(wanted.quantity[row])
        of_project = costs.setdefault(project, {})
        cost = steps * int(rates.new_cost[row]) + int(rates.first[row]) * int(rates.first_cost[row])
        of_project[design] = of_project.get(design, 0) + cost
        price = _round(float(wanted.new_price_ore[row]) * steps)
        money[project, design] = money.get((project, design), 0) + price
    saved = 0
    for project, of_project in costs.items():
        cheapest = min(of_project.items(), key=lambda entry: (entry[1], entry[0]))[0]
        saved += money[project, cheapest] - money.get((project, chosen.get(project, "")), 0)
    return saved


def _weigh_preferences(problem: Problem, met: list[int]) -> float:
    """Return what priority and fair share make of the steps met, in øre."""
    wanted, rates = problem.requirements, set_rates(problem)
    carbon = problem.params.carbon_price_ore_per_tonne / 1e9
    weighed = []
    for row, steps in enumerate(met):
        cost = float(wanted.new_price_ore[row]) + carbon * float(wanted.new_co2e_mg[row])
        weighed.append(cost * int(wanted.priority[row]) / 1000 * steps)
        weighed.append(int(rates.first_cost[row]) * min(int(rates.first[row]), steps) / 1000)
    return math.fsum(weighed)


def _gather(problem: Problem, plan: Plan, *, trips: int, loads: int) -> tuple[int, float]:
    """Return loads begun and what they and their trips cost where alike trips share a lorry."""
    if problem.pairs is not None:
        return loads, trips
    matches, classes, vehicles = plan.matches, problem.classes, problem.vehicles
    shared: dict[tuple[int, ...], list[int]] = {}
    for place in range(len(matches.lot)):
        lot = int(matches.lot[place])
        kind = int(problem.lots.class_[lot])
        vehicle = int(classes.vehicle[kind])
        if vehicle < 0:
            continue
        there = int(problem.requirements.site[matches.requirement[place]])
        places = shared.setdefault(
            (
                int(problem.lots.site[lot]),
                there,
                int(matches.pick_up[place]),
                vehicle,
                int(matches.hub[place]),
            ),
            [],
        )
        places.append(place)
    all_loads, costs = 0, []
    for key, places in shared.items():
        vehicle = key[3]
        full = 1
        for each, most in (
            (classes.mass_g, vehicles.payload_g[vehicle]),
            (classes.volume_ml, vehicles.volume_ml[vehicle]),
            (classes.loading_mm, vehicles.loading_mm[vehicle]),
        ):
            if most > 0:
                lots = (int(matches.lot[place]) for place in places)
                kinds = (int(problem.lots.class_[lot]) for lot in lots)
                taken = sum(
                    int(each[kind]) * int(matches.quantity[place])
                    for kind, place in zip(kinds, places, strict=True)
                )
                full = max(full, math.ceil(Fraction(taken, int(most))))
        full = min(full, sum(int(matches.loads[place]) for place in places))
        km = int(matches.metres[places[0]]) / 1000
        stops = 2 if key[4] >= 0 else 1  # to a hub and from it
        costs.append(
            stops * float(vehicles.trip_ore[vehicle]) + float(vehicles.trip_ore_per_km[vehicle]) * km
        )
        costs.append(
            (stops * float(vehicles.load_ore[vehicle]) + float(vehicles.load_ore_per_km[vehicle]) * km) * full
        )
        all_loads += full
    return all_loads, math.fsum(costs)
