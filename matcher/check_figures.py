# SPDX-License-Identifier: EUPL-1.2
"""The checker's own sums: whether the key figures of a plan add up from its matches and unmet parts."""

from __future__ import annotations

import math
from collections.abc import Iterator

from matcher.plan import Plan
from matcher.problem import Problem
from matcher.value import set_rates


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
    new_cost = set_rates(problem).new_cost
    mass = problem.classes.mass_g
    sums = dict.fromkeys(
        ("reused", "new", "regulatory", "new_g", "emitted", "road", "mass", "value", "waiting"), 0
    )
    for place in range(len(matches.lot)):
        row = int(matches.requirement[place])
        steps = int(matches.quantity[place])
        sums["reused"] += int(matches.price_ore[place]) + int(matches.preparation_ore[place])
        sums["reused"] += int(matches.transport_ore[place]) + int(matches.storage_ore[place])
        sums["reused"] += int(matches.penalty_ore[place]) - int(matches.disposal_ore[place])
        sums["new"] += int(matches.new_ore[place])
        sums["regulatory"] += int(matches.co2e_regulatory_g[place])
        sums["new_g"] += int(matches.co2e_new_g[place])
        sums["emitted"] += int(matches.co2e_preparation_g[place]) + int(matches.co2e_transport_g[place])
        sums["road"] += int(matches.loads[place]) * int(matches.metres[place])
        sums["mass"] += steps * int(mass[wanted.class_[row]])
        sums["value"] += steps * int(new_cost[row])
        sums["waiting"] += steps * int(matches.storage_days[place])
    bought = bought_g = 0
    short = dict(zip(unmet.requirement.tolist(), unmet.quantity.tolist(), strict=True))
    for row, steps in short.items():
        bought += math.floor(float(wanted.new_price_ore[row]) * steps + 0.5)
        bought_g += math.floor(float(wanted.new_co2e_mg[row]) * steps / 1000 + 0.5)
    whole = sum(
        int(mass[row]) * int(steps) for row, steps in zip(wanted.class_, wanted.quantity, strict=True)
    )
    value_share = sums["value"] / certificate.baseline if certificate.baseline else 0.0
    part = sum(1 for row, steps in short.items() if steps < wanted.quantity[row])
    return {
        "money_ore": sums["new"] - sums["reused"],
        "co2e_kg_regulatory": sums["regulatory"] / 1000,
        "co2e_kg_real": (sums["new_g"] - sums["emitted"]) / 1000,
        "km": sums["road"] / 1000,
        "matched_share": sums["mass"] / whole if whole else value_share,
        "matched_value_share": value_share,
        "cost_ore": certificate.cost / 1000,
        "bound_ore": certificate.bound / 1000,
        "baseline_ore": certificate.baseline / 1000,
        "saving_ore": (certificate.baseline - certificate.cost) / 1000,
        "gap": certificate.gap,
        "pairs": plan.pairs,
        "matches": len(matches.lot),
        "lots": len(problem.lots.id),
        "lots_used": len(set(matches.lot.tolist())),
        "requirements": len(wanted.id),
        "requirements_met": len(wanted.id) - len(short),
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
