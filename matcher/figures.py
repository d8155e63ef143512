# SPDX-License-Identifier: EUPL-1.2
"""The key figures of a plan: one definition each, for pages, summaries and reports alike."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from matcher.columns import DayArray, IntArray
from matcher.plan import Plan
from matcher.problem import Problem
from matcher.quanta import PER_ORE
from matcher.value import round_once, set_rates

MEANINGS: dict[str, tuple[str, str]] = {
    "money_ore": ("øre", "money saved against buying everything new; the carbon price is not in it"),
    "co2e_kg_regulatory": (
        "kg",
        "A1-A3 + C3 + C4 of the new material replaced by used products, which BR18 counts 0",
    ),
    "co2e_kg_real": ("kg", "A1-A3 + C3 + C4 of all new material replaced, less transport and preparation"),
    "km": ("km", "sum over the matches of lorry loads begun times one-way road"),
    "matched_share": (
        "",
        "met demand as a share of all demand, by mass; by cost of new where no mass is known",
    ),
    "matched_value_share": ("", "met demand as a share of all demand, by cost of new"),
    "cost_ore": ("øre", "C, the weighted cost of the plan, carbon price included"),
    "bound_ore": ("øre", "LB, below which no plan can come"),
    "baseline_ore": ("øre", "B, the weighted cost of buying everything new"),
    "saving_ore": ("øre", "B - C"),
    "gap": ("", "(C - LB) / (B - LB), the share of the attainable saving not reached"),
    "pairs": ("", "allowed pairs, every one of them priced"),
    "matches": ("", "matches of the plan"),
    "lots": ("", "lots offered"),
    "lots_used": ("", "lots with a match"),
    "requirements": ("", "requirements"),
    "requirements_met": ("", "requirements met in full"),
    "requirements_part_met": ("", "requirements met in part"),
    "matched_on_estimates": ("", "matches that rest on an estimated lot"),
    "matched_through_storage": ("", "matches that wait in storage"),
    "totals": ("", "the plan's own figures, what is bought new included"),
}
"""Unit and meaning of each figure, for the reference page."""

TOTALS: dict[str, tuple[str, str]] = {
    "money_ore": ("øre", "what the plan costs in money: reused and bought new"),
    "reused_ore": ("øre", "of that, for reused material"),
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
    wanted = problem.requirements
    new_cost = set_rates(problem).new_cost
    bought_ore = add_up(round_once(wanted.new_price_ore[unmet.requirement] * unmet.quantity))
    bought_g = add_up(round_once(wanted.new_co2e_mg[unmet.requirement] * unmet.quantity / 1000))
    reused_ore = (
        add_up(matches.price_ore)
        + add_up(matches.preparation_ore)
        + add_up(matches.transport_ore)
        + add_up(matches.storage_ore)
        + add_up(matches.penalty_ore)
        - add_up(matches.disposal_ore)
    )
    emitted_g = add_up(matches.co2e_preparation_g) + add_up(matches.co2e_transport_g)
    mass = problem.classes.mass_g[wanted.class_]
    wanted_g = multiply(mass, wanted.quantity)
    matched_g = multiply(mass[matches.requirement], matches.quantity)
    matched_value = multiply(new_cost[matches.requirement], matches.quantity)
    value_share = share_of(matched_value, certificate.baseline)
    short = np.zeros(len(wanted.id), dtype=np.int64)
    short[unmet.requirement] = unmet.quantity
    return {
        "money_ore": add_up(matches.new_ore) - reused_ore,
        "co2e_kg_regulatory": add_up(matches.co2e_regulatory_g) / 1000,
        "co2e_kg_real": (add_up(matches.co2e_new_g) - emitted_g) / 1000,
        "km": multiply(matches.loads, matches.metres) / 1000,
        "matched_share": share_of(matched_g, wanted_g) if wanted_g else value_share,
        "matched_value_share": value_share,
        "cost_ore": certificate.cost / PER_ORE,
        "bound_ore": certificate.bound / PER_ORE,
        "baseline_ore": certificate.baseline / PER_ORE,
        "saving_ore": (certificate.baseline - certificate.cost) / PER_ORE,
        "gap": certificate.gap,
        "pairs": plan.pairs,
        "matches": len(matches.lot),
        "lots": len(problem.lots.id),
        "lots_used": len(np.unique(matches.lot)),
        "requirements": len(wanted.id),
        "requirements_met": int((short == 0).sum()),
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
