# SPDX-License-Identifier: EUPL-1.2
"""The checker's sums of a certificate: C, LB and B in whole numbers of any size, the gap, and the tiers."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.check.market import Market
from matcher.check.rules import Found
from matcher.check.space import value_room
from matcher.check.sweep import Facts, Seen
from matcher.plan import Plan, Termination
from matcher.problem.problem import Problem


def check_certificate(
    problem: Problem,
    plan: Plan,
    market: Market,
    facts: Facts,
    seen: Seen,
    *,
    paid: int,
    asked: list[bool],
) -> Iterator[Found]:
    """Yield everything in a plan's certificate that does not add up.

    Parameters
    ----------
    problem, plan, market, facts, seen
        The problem, prepared; the plan; what was found of every requirement.
    paid
        What all matches cost, in 1/1000 øre.
    asked
        Of each requirement whether the chosen designs want it.

    Notes
    -----
    With rules of the plan a bound stated too low is no lie; without any it is exactly one number.
    """
    certificate = plan.certificate
    shortfalls = _list_shortfalls(problem, plan, market)
    cost = paid + sum(one for one, wanted in zip(shortfalls, asked, strict=True) if wanted)
    baseline = _join_designs(problem, list_all_new(problem, market))
    bound = bound_plan(problem, plan, facts, seen)
    for name, expected, stated in (
        ("cost", cost, certificate.cost),
        ("baseline", baseline, certificate.baseline),
        ("pairs", sum(seen.allowed.tolist()), plan.pairs),
    ):
        if expected != stated:
            yield "certificate", name, expected, stated
    if certificate.bound > bound or (certificate.bound < bound and not facts.ruled):
        yield "certificate", "bound", f"at most {bound}" if facts.ruled else bound, certificate.bound
    if certificate.bound > cost:
        yield "certificate", "bound", f"at most {cost}", certificate.bound
    room = certificate.baseline - certificate.bound
    exact = 0.0 if room == 0 else (certificate.cost - certificate.bound) / room
    if not exact <= certificate.gap <= exact + 1e-9:
        yield "certificate", "gap", exact, certificate.gap
    proven = min(bound, certificate.bound)
    if plan.termination == Termination.OPTIMAL and cost != proven:
        yield "termination", "optimal", "cost = bound", f"{cost} and {proven}"
    if sum(plan.tiers.values()) != len(asked) or min(plan.tiers.values(), default=0) < 0:
        yield "tiers", "tiers", len(asked), plan.tiers


def _cost_short(market: Market, row: int, *, demand: int, short: int) -> int:
    """Return what it costs to buy some steps of a requirement new."""
    early = max(int(market.rates.first[row]) - (demand - short), 0)
    return int(market.rates.new_cost[row]) * short + int(market.rates.first_cost[row]) * early


def list_all_new(problem: Problem, market: Market) -> list[int]:
    """Return what buying all of each requirement new costs, in 1/1000 øre.

    Parameters
    ----------
    problem, market
        The problem, prepared.
    """
    demands = problem.requirements.quantity.tolist()
    return [_cost_short(market, row, demand=demand, short=demand) for row, demand in enumerate(demands)]


def _list_shortfalls(problem: Problem, plan: Plan, market: Market) -> list[int]:
    demands = problem.requirements.quantity.tolist()
    short = [0] * len(demands)
    for row, steps in zip(plan.unmet.requirement.tolist(), plan.unmet.quantity.tolist(), strict=True):
        short[row] = steps
    return [_cost_short(market, row, demand=demand, short=short[row]) for row, demand in enumerate(demands)]


def _join_designs(problem: Problem, costs: list[int]) -> int:
    """Return the sum of costs by requirement, of each project only those of its cheapest design."""
    total = 0
    designs: dict[int, dict[str, int]] = {}
    wanted = problem.requirements
    for cost, project, design in zip(
        costs, wanted.project.tolist(), wanted.design_option.tolist(), strict=True
    ):
        if design:
            of_project = designs.setdefault(project, {})
            of_project[design] = of_project.get(design, 0) + cost
        else:
            total += cost
    return total + sum(min(of_project.values()) for of_project in designs.values())


def bound_plan(problem: Problem, plan: Plan, facts: Facts, seen: Seen) -> int:
    """Return LB at the prices of a plan, in 1/1000 øre.

    Parameters
    ----------
    problem, plan
        The problem, and the plan whose prices are used.
    facts, seen
        What was found of every requirement.

    Notes
    -----
    sum over projects of floor((least over designs of the sum of the requirements - mu budget) / 1000) - sum
    of q u. A requirement in no project with designs or a budget is its own project.
    """
    certificate, wanted, projects = plan.certificate, problem.requirements, problem.projects
    offered: int = sum(
        price * steps
        for price, steps in zip(certificate.lot_prices.tolist(), problem.lots.quantity.tolist(), strict=True)
        if price
    )
    offered += value_room(problem, plan)
    least: list[int] = seen.least.tolist()
    if not facts.ruled:
        return sum(least) - offered
    joint: dict[int, dict[str, int]] = {
        row: {"": 0} for row, budget in enumerate(projects.budget_ore.tolist()) if budget >= 0
    }
    pairs = list(zip(wanted.project.tolist(), wanted.design_option.tolist(), strict=True))
    for project, design in pairs:
        if design:
            joint.setdefault(project, {"": 0})
    total = 0
    for cost, (project, design) in zip(least, pairs, strict=True):
        if project in joint:
            joint[project][design] = joint[project].get(design, 0) + cost
        else:
            total += cost // 1000
    for project, designs in joint.items():
        always = designs.pop("")
        cost = always + (min(designs.values()) if designs else 0)
        budget = max(int(projects.budget_ore[project]), 0) * 1000
        cost -= int(certificate.project_prices[project]) * budget
        total += cost // 1000
    return total - offered
