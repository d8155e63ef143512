# SPDX-License-Identifier: EUPL-1.2
"""The rules of the plan, one by one, in plain whole numbers: what is taken, delivered, combined and paid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from matcher.plan import Plan
from matcher.problem.columns import IntArray
from matcher.problem.problem import Problem

Found = tuple[str, str, object, object]
"""A rule that is broken, what breaks it, what should stand there and what does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A match as the rules see it.

    Parameters
    ----------
    lot, steps
        Row of the lot and steps taken.
    rate
        Steps wanted that a step taken delivers.
    least
        Fewest steps that may be taken.
    """

    lot: int
    steps: int
    rate: Fraction
    least: int

    def deliver(self, fewer: int = 0) -> int:
        """Return the steps wanted that this delivers, or would with fewer steps taken."""
        return (self.steps - fewer) * self.rate.numerator // self.rate.denominator


def list_taken(problem: Problem, plan: Plan) -> list[list[Taken]]:
    """Return the matches of each requirement as the rules see them.

    Parameters
    ----------
    problem, plan
        The plan names rows that the problem has.
    """
    lots, wanted, swaps = problem.lots, problem.requirements, problem.substitutes
    turned = {
        (wished, offered): Fraction(p, q)
        for wished, offered, p, q in zip(
            swaps.class_.tolist(), swaps.substitute.tolist(), swaps.p.tolist(), swaps.q.tolist(), strict=True
        )
    }
    lot_class, own, breakage = lots.class_.tolist(), wanted.class_.tolist(), wanted.breakage.tolist()
    least, whole, held = lots.minimum_take.tolist(), lots.indivisible.tolist(), lots.quantity.tolist()
    taken: list[list[Taken]] = [[] for _ in own]
    matches = plan.matches
    for lot, row, steps in zip(
        matches.lot.tolist(), matches.requirement.tolist(), matches.quantity.tolist(), strict=True
    ):
        rate = Fraction(1)
        if lot_class[lot] != own[row]:
            rate = turned.get((own[row], lot_class[lot]), rate)
        if breakage[row]:
            rate *= Fraction(1000 - breakage[row], 1000)
        fewest = held[lot] if whole[lot] else max(least[lot], 1)
        taken[row].append(Taken(lot=lot, steps=steps, rate=rate, least=fewest))
    return taken


def find_chosen(problem: Problem, plan: Plan) -> tuple[list[bool], list[Found]]:
    """Return of each requirement whether the chosen designs want it, and what is wrong with the choice.

    Parameters
    ----------
    problem, plan
        The plan names rows that the problem has.
    """
    wanted = problem.requirements
    designs: dict[int, set[str]] = {}
    for project, design in zip(wanted.project.tolist(), wanted.design_option.tolist(), strict=True):
        if design:
            designs.setdefault(project, set()).add(design)
    chosen: dict[int, str] = {}
    found: list[Found] = []
    for project, design in zip(
        plan.designs.project.tolist(), plan.designs.design_option.tolist(), strict=True
    ):
        name = str(problem.projects.id[project])
        if project in chosen:
            found.append(("design", name, "one design", "two"))
        chosen[project] = design
        if design not in designs.get(project, set()):
            found.append(("design", name, sorted(designs.get(project, set())), design))
    found.extend(
        ("design", str(problem.projects.id[project]), sorted(named), "none")
        for project, named in designs.items()
        if project not in chosen
    )
    asked = [
        not design or chosen.get(project) == design
        for project, design in zip(wanted.project.tolist(), wanted.design_option.tolist(), strict=True)
    ]
    return asked, found


def find_broken_rules(
    problem: Problem, plan: Plan, *, taken: list[list[Taken]], asked: list[bool]
) -> Iterator[Found]:
    """Yield every rule on quantities that a plan breaks.

    Parameters
    ----------
    problem, plan
        The plan names rows that the problem has, and quantities are at least 1.
    taken, asked
        From `list_taken` and `find_chosen`.
    """
    lots, wanted = problem.lots, problem.requirements
    yield from _check_supply(problem, plan)
    short = [0] * len(wanted.id)
    for row, steps in zip(plan.unmet.requirement.tolist(), plan.unmet.quantity.tolist(), strict=True):
        short[row] += steps
    rules = zip(
        wanted.quantity.tolist(),
        wanted.minimum_fulfilment.tolist(),
        wanted.most_donors.tolist(),
        wanted.one_kind.tolist(),
        strict=True,
    )
    for row, (asked_for, share, donors, one_kind) in enumerate(rules):
        if not asked[row]:
            if taken[row] or short[row]:
                yield "design", wanted.id[row], "nothing for a design not chosen", len(taken[row])
            continue
        delivered = sum(one.deliver() for one in taken[row])
        met = min(delivered, asked_for)
        if met + short[row] != asked_for:
            yield "demand", wanted.id[row], asked_for, met + short[row]
        if not taken[row]:
            continue
        least = -(-share * asked_for // 1000)
        if delivered < least:
            yield "fulfilment", wanted.id[row], f"nothing, or at least {least}", delivered
        if 0 < donors < len(taken[row]):
            yield "most_donors", wanted.id[row], f"at most {donors}", len(taken[row])
        if one_kind and len({_name_kind(problem, one.lot) for one in taken[row]}) > 1:
            yield "one_kind", wanted.id[row], "lots of one kind", "several kinds"
        for one in taken[row]:
            for rule, expected, stated in _check_taken(
                one, asked_for=asked_for, delivered=delivered, lots=lots
            ):
                yield rule, f"{lots.id[one.lot]} -> {wanted.id[row]}", expected, stated


def _check_supply(problem: Problem, plan: Plan) -> Iterator[Found]:
    lots = problem.lots
    given = [0] * len(lots.id)
    for lot, steps in zip(plan.matches.lot.tolist(), plan.matches.quantity.tolist(), strict=True):
        given[lot] += steps
    for row, have in enumerate(lots.quantity.tolist()):
        if given[row] > have:
            yield "supply", lots.id[row], f"at most {have}", given[row]


def _name_kind(problem: Problem, lot: int) -> tuple[Any, ...]:
    kind = problem.lots.kind[lot]
    return (int(problem.lots.class_[lot]), kind) if kind else (lot,)


def _check_taken(
    one: Taken, *, asked_for: int, delivered: int, lots: Any
) -> Iterator[tuple[str, object, object]]:
    """Yield the rules on a single match that it breaks.

    Notes
    -----
    Surplus is allowed only where it is forced: without the lot, or with a step less of it where so few may be
    taken, less of the demand would be met.
    """
    if lots.indivisible[one.lot]:
        if one.steps != one.least:
            yield "indivisible", f"all {one.least} of it", one.steps
    elif one.steps < one.least:
        yield "minimum_take", f"at least {one.least}", one.steps
    most = -(-asked_for * one.rate.denominator // one.rate.numerator)
    if one.steps > most:
        yield "surplus", f"at most {most}", one.steps
    met = min(delivered, asked_for)
    others = delivered - one.deliver()
    if min(others, asked_for) >= met:
        yield "surplus", "a lot that is needed", f"{others} without it"
    elif one.steps > one.least and min(others + one.deliver(1), asked_for) >= met:
        yield "surplus", "no step more than is needed", one.steps


def find_spent(
    problem: Problem,
    *,
    taken: list[list[Taken]],
    pay: list[list[int]],
    fixed: list[list[int]],
    new_money: IntArray,
) -> dict[int, int]:
    """Return what each project with a budget pays above buying new, in 1/1000 øre, by its row.

    Parameters
    ----------
    problem
        The problem.
    taken
        From `list_taken`.
    pay, fixed
        Of each match, in the same order: money a step costs, and what its trip and loads cost.
    new_money
        Of each requirement, the money a step bought new costs.
    """
    wanted = problem.requirements
    spent = {row: 0 for row, budget in enumerate(problem.projects.budget_ore.tolist()) if budget >= 0}
    for row, project in enumerate(wanted.project.tolist()):
        if project not in spent or not taken[row]:
            continue
        for one, step, trip in zip(taken[row], pay[row], fixed[row], strict=True):
            spent[project] += step * one.steps + trip
        met = min(sum(one.deliver() for one in taken[row]), int(wanted.quantity[row]))
        spent[project] -= int(new_money[row]) * met
    return spent
