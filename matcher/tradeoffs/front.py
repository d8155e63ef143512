# SPDX-License-Identifier: EUPL-1.2
"""The front of money against CO2e: one optimal plan for each price of a tonne."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matcher.plan import Plan
from matcher.problem.problem import Problem
from matcher.solve import solve
from matcher.tradeoffs.change import change_params


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What is saved where a tonne of CO2e counts so much.

    Parameters
    ----------
    carbon_price_ore_per_tonne
        What a tonne counts in the objective.
    digest
        Of the problem with this price.
    money_ore, co2e_kg_real, co2e_kg_regulatory, km
        Key figures of the plan.
    matched_share
        Met demand as a share of all demand, by mass.
    matches
        Matches of the plan.
    gap
        How far the plan can be from the optimum at this price.
    dominated
        Whether another point saves at least as much of both money and real CO2e, and more of one. It happens
        where a plan has a gap, or where a preference weighs in it that is no money: a penalty of a
        substitute, a priority, a fair share.
    """

    carbon_price_ore_per_tonne: int
    digest: str
    money_ore: int
    co2e_kg_real: float
    co2e_kg_regulatory: float
    km: float
    matched_share: float
    matches: int
    gap: float
    dominated: bool


def sweep_carbon_price(
    problem: Problem,
    prices: Sequence[int],
    *,
    solver: Callable[[Problem], Plan] = solve,
    report: Callable[[int], None] | None = None,
) -> tuple[Point, ...]:
    """Solve a problem at several carbon prices and return a point for each, by rising price.

    Parameters
    ----------
    problem
        Any problem; its own carbon price is not used.
    prices
        Øre per tonne; each once.
    solver
        What makes a plan of a problem.
    report
        Called with the number of prices done.

    Notes
    -----
    The weighted-sum method (Zadeh 1963): each price gives one supported point of the front of money against
    real CO2e; points between two supported ones, which no price yields, are not found.
    """
    found: list[tuple[int, str, Plan]] = []
    for price in sorted(set(prices)):
        priced = change_params(problem, {"carbon_price_ore_per_tonne": price})
        found.append((price, priced.digest, solver(priced)))
        if report is not None:
            report(len(found))
    scores = [(plan.figures["money_ore"], plan.figures["co2e_kg_real"]) for _, _, plan in found]
    return tuple(
        Point(
            carbon_price_ore_per_tonne=price,
            digest=digest,
            money_ore=plan.figures["money_ore"],
            co2e_kg_real=plan.figures["co2e_kg_real"],
            co2e_kg_regulatory=plan.figures["co2e_kg_regulatory"],
            km=plan.figures["km"],
            matched_share=plan.figures["matched_share"],
            matches=plan.figures["matches"],
            gap=plan.certificate.gap,
            dominated=any(_beats(other, score) for other in scores),
        )
        for (price, digest, plan), score in zip(found, scores, strict=True)
    )


def _beats(other: tuple[int, float], score: tuple[int, float]) -> bool:
    return other != score and other[0] >= score[0] and other[1] >= score[1]
