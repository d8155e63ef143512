# SPDX-License-Identifier: EUPL-1.2
"""Fairness: what share of its demand each builder is served, and what fair shares cost everyone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matcher.figures.figures import add_up, share_of
from matcher.measure import round_once
from matcher.plan import Plan
from matcher.problem.problem import Problem
from matcher.solve import solve
from matcher.tradeoffs.change import change_params


@dataclass(frozen=True, slots=True, kw_only=True)
class BuilderShare:
    """What one builder wants and gets, by the price of new.

    Parameters
    ----------
    builder
        As the projects name it; empty for requirements of no project, and for projects that name none.
    requirements
        How many it has.
    wanted_ore, served_ore
        Price of new of all it wants, and of what the plan gives it.
    share
        served / wanted.
    """

    builder: str
    requirements: int
    wanted_ore: int
    served_ore: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Fairness:
    """Two plans of one problem side by side: without fair shares, and with them.

    Parameters
    ----------
    fair_share, fair_weight
        Permille, as in the params.
    before, after
        Share served per builder, by builder.
    lowest_before, lowest_after
        The lowest of these shares.
    saving_before_ore, saving_after_ore
        Money saved against buying everything new.
    cost_ore
        What fairness costs: the saving it forgoes.
    co2e_cost_kg
        The real CO2e it forgoes.
    """

    fair_share: int
    fair_weight: int
    before: tuple[BuilderShare, ...]
    after: tuple[BuilderShare, ...]
    lowest_before: float
    lowest_after: float
    saving_before_ore: int
    saving_after_ore: int
    cost_ore: int
    co2e_cost_kg: float


def share_by_builder(problem: Problem, plan: Plan) -> tuple[BuilderShare, ...]:
    """Return what share of its demand each builder is served, by builder.

    Parameters
    ----------
    problem, plan
        A problem and a plan of it.

    Notes
    -----
    By the price of new with nothing added for carbon, priority or fairness, so that any two plans compare.
    Requirements of a design option that was not chosen have no unmet part and count as served.
    """
    wanted = problem.requirements
    names = np.array([*problem.projects.builder, ""], dtype=object)
    builders = names[np.where(wanted.project >= 0, wanted.project, len(names) - 1)]
    short = np.zeros(len(wanted.id), dtype=np.int64)
    short[plan.unmet.requirement] = plan.unmet.quantity
    shares = []
    for builder in sorted(set(builders.tolist())):
        rows = np.flatnonzero(builders == builder)
        all_of_it = add_up(round_once(wanted.new_price_ore[rows] * wanted.quantity[rows]))
        served = all_of_it - add_up(round_once(wanted.new_price_ore[rows] * short[rows]))
        shares.append(
            BuilderShare(
                builder=builder,
                requirements=len(rows),
                wanted_ore=all_of_it,
                served_ore=served,
                share=share_of(served, all_of_it),
            )
        )
    return tuple(shares)


def weigh_fairness(
    problem: Problem, *, fair_share: int, fair_weight: int, solver: Callable[[Problem], Plan] = solve
) -> Fairness:
    """Solve a problem without and with fair shares and set the two plans side by side.

    Parameters
    ----------
    problem
        Any problem; its own fair share and weight are not used.
    fair_share
        Permille of each requirement that counts more where it is bought new.
    fair_weight
        How much more, in permille of the cost of new.
    solver
        What makes a plan of a problem.

    Notes
    -----
    Shortfall grows dearer the more of a requirement is short: convex steps, so that the bound stays valid and
    one large project cannot take everything (matching.md, section 2).
    """
    plain = change_params(problem, {"fair_share": 0, "fair_weight": 0})
    fair = change_params(problem, {"fair_share": fair_share, "fair_weight": fair_weight})
    before, after = solver(plain), solver(fair)
    shares_before, shares_after = share_by_builder(plain, before), share_by_builder(plain, after)
    return Fairness(
        fair_share=fair_share,
        fair_weight=fair_weight,
        before=shares_before,
        after=shares_after,
        lowest_before=min((share.share for share in shares_before), default=0.0),
        lowest_after=min((share.share for share in shares_after), default=0.0),
        saving_before_ore=before.figures["money_ore"],
        saving_after_ore=after.figures["money_ore"],
        cost_ore=before.figures["money_ore"] - after.figures["money_ore"],
        co2e_cost_kg=before.figures["co2e_kg_real"] - after.figures["co2e_kg_real"],
    )
