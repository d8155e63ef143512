# SPDX-License-Identifier: EUPL-1.2
"""The key figures of a plan: one definition each, for pages, summaries and reports alike."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from matcher.figures.gathering import gather_trips
from matcher.joint import choose_cheapest_designs, is_wanted
from matcher.measure import round_once
from matcher.plan import Plan
from matcher.problem.columns import DayArray, IntArray
from matcher.problem.problem import Problem
from matcher.quanta import PER_ORE
from matcher.rates import Rates, set_rates

MEANINGS: dict[str, tuple[str, str]] = {
    "money_ore": ("øre", "money saved against buying everything new; no carbon price, no preference in it"),
    "design_ore": ("øre", "of that, because another design than the cheapest bought new was chosen"),
    "preference_ore": (
        "øre",
        "of the saving, neither money nor carbon: priority and fair share of what is met, less penalties",
    ),
    "transfer_ore": (
        "øre",
        "prices paid between public bodies; in the money and the costs only where the params count them",
    ),
    "co2e_kg_regulatory": (
        "kg",
        "A1-A3 + C3 + C4 of the new material replaced by used products, which BR18 counts 0",
    ),
    "co2e_kg_real": ("kg", "A1-A3 + C3 + C4 of all new material replaced, less transport and preparation"),
    "km": ("km", "sum over the matches of lorry loads begun times one-way road"),
    "loads": ("", "lorry loads begun, each match on its own"),
    "trip_ore": ("øre", "what their trips and loads cost, each match on its own, as the plan counts them"),
    "gathered_loads": (
        "",
        "loads begun where matches of the same two sites, pick-up day and kind of lorry share them",
    ),
    "gathered_trip_ore": ("øre", "what trips and loads cost then"),
    "matched_share": (
        "",
        "met demand as a share of all demand, by mass; by cost of new where no mass is known",
    ),
    "matched_value_share": ("", "met demand as a share of all demand, by cost of new"),
    "cost_ore": ("øre", "C, the weighted cost of the plan, carbon price and preferences included"),
    "bound_ore": ("øre", "LB, below which no plan can come"),
    "baseline_ore": ("øre", "B, the weighted cost of buying everything new, in the cheapest designs"),
    "saving_ore": ("øre", "B - C"),
    "gap": ("", "(C - LB) / (B - LB), the share of the attainable saving not reached"),
    "gap_of_cost": ("", "(C - LB) / C, the share of the cost that might be saved still"),
    "pairs": ("", "allowed pairs, every one of them priced"),
    "matches": ("", "matches of the plan"),
    "lots": ("", "lots offered"),
    "lots_used": ("", "lots with a match"),
    "requirements": ("", "requirements, those of designs not chosen left out"),
    "requirements_met": ("", "requirements met in full"),
    "requirements_part_met": ("", "requirements met in part"),
    "matched_on_estimates": ("", "matches that rest on an estimated lot"),
    "matched_through_storage": ("", "matches that wait in storage"),
    "totals": ("", "the plan's own figures, what is bought new included"),
}
"""Unit and meaning of each figure, for the reference page."""

TOTALS: dict[str, tuple[str, str]] = {
    "money_ore": ("øre", "what the plan costs in money: reused and bought new"),
    "reused_ore": ("øre", "of that, for reused material, its trips and loads included"),
    "new_ore": ("øre", "of that, for new material"),
    "co2e_kg": (
        "kg",
        "what the plan emits: transport and preparation of the reused, A1-A3 + C3 + C4 of the new",
    ),
    "tonnes": ("t", "mass of everything wanted"),
    "tonnes_reused": ("t", "of that, reused"),
    "storage_step_days": ("", "steps times days in storage"),
}
"""Unit and meaning of each of the totals."""


def key_figures(problem: Problem, plan: Plan) -> dict[str, Any]:
    """Return the key figures of a plan (`MEANINGS`, `TOTALS`).

    Parameters
    ----------
    problem
        The problem.
    plan
        A plan of it; its own `figures` are not looked at.

    Notes
    -----
    Source: contracts.md, "Key figures". Money and emissions are sums of the matches' own rounded figures.
    """
    matches, unmet, certificate = plan.matches, plan.unmet, plan.certificate
    wanted, classes = problem.requirements, problem.classes
    rates = set_rates(problem)
    designs = dict(zip(plan.designs.project.tolist(), plan.designs.design_option.tolist(), strict=True))
    asked = is_wanted(problem, designs=designs)
    bought_ore = add_up(round_once(wanted.new_price_ore[unmet.requirement] * unmet.quantity))
    bought_g = add_up(round_once(wanted.new_co2e_mg[unmet.requirement] * unmet.quantity / 1000))
    between_public = problem.lots.public[matches.lot] & rates.public[matches.requirement]
    transfer_ore = add_up(matches.price_ore[between_public])
    reused_ore = (
        add_up(matches.price_ore)
        + add_up(matches.preparation_ore)
        + add_up(matches.transport_ore)
        + add_up(matches.trip_ore)
        + add_up(matches.load_ore)
        + add_up(matches.storage_ore)
        - add_up(matches.disposal_ore)
        - (0 if problem.params.count_transfers else transfer_ore)
    )
    design_ore = _save_by_design(problem, designs=designs, rates=rates)
    emitted_g = add_up(matches.co2e_preparation_g) + add_up(matches.co2e_transport_g)
    met = matches.delivered - matches.surplus
    mass = classes.mass_g[wanted.class_]
    wanted_g = multiply(mass[asked], wanted.quantity[asked])
    matched_g = multiply(mass[matches.requirement], met)
    matched_value = multiply(rates.new_cost[matches.requirement], met)
    value_share = share_of(matched_value, multiply(rates.new_cost[asked], wanted.quantity[asked]))
    short = np.zeros(len(wanted.id), dtype=np.int64)
    short[unmet.requirement] = unmet.quantity
    gathered = gather_trips(problem, matches)
    return {
        "money_ore": add_up(matches.new_ore) - reused_ore + design_ore,
        "design_ore": design_ore,
        "preference_ore": _weigh_preferences(problem, plan, rates=rates),
        "transfer_ore": transfer_ore,
        "co2e_kg_regulatory": add_up(matches.co2e_regulatory_g) / 1000,
        "co2e_kg_real": (add_up(matches.co2e_new_g) - emitted_g) / 1000,
        "km": multiply(matches.loads, matches.metres) / 1000,
        "loads": add_up(matches.loads),
        "trip_ore": add_up(matches.trip_ore) + add_up(matches.load_ore),
        "gathered_loads": gathered.loads,
        "gathered_trip_ore": gathered.trip_ore,
        "matched_share": share_of(matched_g, wanted_g) if wanted_g else value_share,
        "matched_value_share": value_share,
        "cost_ore": certificate.cost / PER_ORE,
        "bound_ore": certificate.bound / PER_ORE,
        "baseline_ore": certificate.baseline / PER_ORE,
        "saving_ore": (certificate.baseline - certificate.cost) / PER_ORE,
        "gap": certificate.gap,
        "gap_of_cost": share_of(certificate.cost - certificate.bound, certificate.cost),
        "pairs": plan.pairs,
        "matches": len(matches.lot),
        "lots": len(problem.lots.id),
        "lots_used": len(np.unique(matches.lot)),
        "requirements": int(asked.sum()),
        "requirements_met": int((asked & (short == 0)).sum()),
        "requirements_part_met": int(((short > 0) & (short < wanted.quantity)).sum()),
        "matched_on_estimates": int(problem.lots.estimated[matches.lot].sum()),
        "matched_through_storage": int((matches.storage_days > 0).sum()),
        "totals": {
            "money_ore": reused_ore + bought_ore,
            "reused_ore": reused_ore,
            "new_ore": bought_ore,
            "co2e_kg": (emitted_g + bought_g) / 1000,
            "tonnes": wanted_g / 1e6,
            "tonnes_reused": matched_g / 1e6,
            "storage_step_days": multiply(matches.quantity, matches.storage_days),
        },
    }


def _save_by_design(problem: Problem, *, designs: dict[int, str], rates: Rates) -> int:
    """Return what the designs chosen save, bought new, against those cheapest bought new; øre."""
    if not designs:
        return 0
    all_new = price_all_new(problem, rates=rates)
    cheapest = choose_cheapest_designs(problem, all_new=all_new)
    rows = np.flatnonzero(problem.requirements.design_option != "")
    wanted = problem.requirements
    price = round_once(wanted.new_price_ore * wanted.quantity)
    before, after = is_wanted(problem, designs=cheapest)[rows], is_wanted(problem, designs=designs)[rows]
    return add_up(price[rows[before]]) - add_up(price[rows[after]])


def _weigh_preferences(problem: Problem, plan: Plan, *, rates: Rates) -> float:
    """Return what priority and fair share make of what is met, less the penalties; øre."""
    wanted, matches = problem.requirements, plan.matches
    met = np.zeros(len(wanted.id), dtype=np.int64)
    np.add.at(met, matches.requirement, matches.delivered - matches.surplus)
    full = wanted.new_price_ore + rates.carbon_ore * wanted.new_co2e_mg
    priority = full * wanted.priority / 1000 * met
    fair = multiply(rates.first_cost, np.minimum(rates.first, met)) / PER_ORE
    return math.fsum(priority.tolist()) + fair - add_up(matches.penalty_ore)


def price_all_new(problem: Problem, *, rates: Rates) -> IntArray:
    """Return what buying all of each requirement new costs, its fair share included; 1/1000 øre.

    Parameters
    ----------
    problem
        Any problem.
    rates
        From `matcher.rates.set_rates`.
    """
    return rates.new_cost * problem.requirements.quantity + rates.first_cost * rates.first


def add_up(values: IntArray) -> int:
    """Return an exact sum of any size.

    Parameters
    ----------
    values
        Whole numbers.
    """
    return sum(values.tolist())


def multiply(values: IntArray, times: IntArray | DayArray) -> int:
    """Return the exact sum of products of whole numbers, of any size.

    Parameters
    ----------
    values, times
        Of one length.
    """
    return sum(a * b for a, b in zip(values.tolist(), times.tolist(), strict=True))


def share_of(part: int, whole: int) -> float:
    """Return part / whole, 0 where there is no whole.

    Parameters
    ----------
    part, whole
        Whole numbers.
    """
    return part / whole if whole else 0.0


def find_gap(*, cost: int, bound: int, baseline: int) -> float:
    """Return (C - LB) / (B - LB) rounded up; 0 where B = LB.

    Parameters
    ----------
    cost, bound, baseline
        C, LB and B.
    """
    if bound in (baseline, cost):
        return 0.0
    return math.nextafter((cost - bound) / (baseline - bound), math.inf)
