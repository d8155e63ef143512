# SPDX-License-Identifier: EUPL-1.2
"""A cutting plan tampered with in any field fails its check, by the rule it breaks."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from matcher.cutting.check import check_cutting
from matcher.cutting.plan import CuttingPlan, Figure
from matcher.cutting.problem import CuttingProblem
from matcher.cutting.solve import Effort, solve_cutting
from matcher.plan import Termination

Solved = tuple[CuttingProblem, CuttingPlan]
EFFORT = Effort(branches=12, moves=2)


@pytest.fixture(scope="module")
def solved(drawn: Callable[..., CuttingProblem]) -> Solved:
    """Give a problem with its plan: a tree, off-cuts, two sites and something bought new."""
    problem = drawn(bars=14, pieces=8, seed=16, sites=2)
    plan = solve_cutting(problem, effort=EFFORT)
    assert len(plan.certificate.branches.what) > 1
    assert plan.figures["offcuts"] > 0
    assert len(plan.new.piece) > 0
    return problem, plan


def change_column(table: Any, name: str, row: int, value: Any) -> Any:
    """Return a table with one value changed."""
    column = getattr(table, name).copy()
    column[row] = value
    return replace(table, **{name: column})


def find_rules(problem: CuttingProblem, plan: CuttingPlan) -> set[str]:
    """Return the rules that the check finds broken."""
    return {violation.rule for violation in check_cutting(problem, plan, digest=problem.digest)}


def test_the_plan_itself_passes(solved: Solved) -> None:
    """Nothing is found in what the solver gave."""
    assert check_cutting(*solved, digest=solved[0].digest) == []


@pytest.mark.parametrize("table", ["patterns", "contents", "new"])
def test_every_number_of_the_plan_counts(solved: Solved, table: str) -> None:
    """One more or one less in any column of any row is noticed."""
    problem, plan = solved
    rows = getattr(plan, table)
    for item in fields(rows):
        column = getattr(rows, item.name)
        for row in range(len(column)):
            for step in (-1, 1):
                other = f"{column[row]}?" if column.dtype == object else column[row] + step
                tampered = replace(plan, **{table: change_column(rows, item.name, row, other)})
                assert find_rules(problem, tampered), f"{table}.{item.name} row {row}: {other}"


@pytest.mark.parametrize("name", ["cost", "bound", "baseline", "gap", "leaves", "parts"])
def test_every_figure_of_the_certificate_counts(solved: Solved, name: str) -> None:
    """A bound one higher, or a gap a hair smaller, is no proof."""
    problem, plan = solved
    for step in (-1, 1):
        value = getattr(plan.certificate, name) + (step * 1e-9 if name == "gap" else step)
        tampered = replace(plan, certificate=replace(plan.certificate, **{name: value}))
        assert find_rules(problem, tampered) <= {"figure", "proof", "shape"}
        assert find_rules(problem, tampered)


def test_prices_raised_do_not_raise_the_bound(solved: Solved) -> None:
    """Whatever prices are written in, the bound that the check computes is never above the plan's cost."""
    problem, plan = solved
    certificate = plan.certificate
    draw = np.random.Generator(np.random.PCG64(3))
    for _ in range(30):
        row = int(draw.integers(len(certificate.prices.price)))
        price = int(certificate.prices.price[row] * draw.uniform(0.5, 2.0)) + 7
        prices = change_column(certificate.prices, "price", row, price)
        tampered = replace(plan, certificate=replace(certificate, prices=prices))
        for violation in check_cutting(problem, tampered, digest=problem.digest):
            if violation.subject == "bound":
                assert int(violation.expected) <= certificate.cost


@pytest.mark.parametrize("name", ["what", "bar", "at", "low", "high"])
def test_the_tree_has_to_be_a_tree(solved: Solved, name: str) -> None:
    """A branch that counts something else, or leads nowhere or twice to one place, proves nothing."""
    problem, plan = solved
    certificate = plan.certificate
    for row in range(len(certificate.branches.what)):
        for step in (-1, 1):
            value = getattr(certificate.branches, name)[row] + step
            branches = change_column(certificate.branches, name, row, value)
            tampered = replace(plan, certificate=replace(certificate, branches=branches))
            found = check_cutting(problem, tampered, digest=problem.digest)
            # another place to split may prove as much, but never more than what is true
            for violation in found:
                if violation.subject == "bound":
                    assert int(violation.expected) <= certificate.cost
            assert found or name in ("bar", "at", "what")


def test_a_leaf_left_out_is_noticed(solved: Solved) -> None:
    """Half a proof, of the part where the bound is high, is none."""
    problem, plan = solved
    branches = change_column(plan.certificate.branches, "low", 0, int(plan.certificate.branches.high[0]))
    tampered = replace(plan, certificate=replace(plan.certificate, branches=branches))
    assert find_rules(problem, tampered) == {"proof"}


@pytest.mark.parametrize("name", list(Figure))
def test_every_key_figure_counts(solved: Solved, name: str) -> None:
    """A figure off by one, one left out and one made up are noticed."""
    problem, plan = solved
    for figures in (
        {**plan.figures, name: plan.figures[name] + 1},
        {key: value for key, value in plan.figures.items() if key != name},
        {**plan.figures, "profit": 1},
    ):
        assert find_rules(problem, replace(plan, figures=figures)) == {"figure"}


def test_the_digest_is_held_outside(solved: Solved) -> None:
    """A plan of another problem, and a problem changed after it was handed over, are found by the digest."""
    problem, plan = solved
    assert find_rules(problem, replace(plan, digest="0" * 64)) == {"digest"}
    longer = replace(problem, bars=change_column(problem.bars, "length", 0, 90_001))
    assert "digest" in {each.rule for each in check_cutting(longer, plan, digest=problem.digest)}


def test_optimal_is_not_for_the_asking(solved: Solved) -> None:
    """A plan that is not proven does not call itself optimal, nor the other way round."""
    problem, plan = solved
    other = Termination.WORK_LIMIT if plan.termination == Termination.OPTIMAL else Termination.OPTIMAL
    assert find_rules(problem, replace(plan, termination=other)) == {"figure"}


def test_columns_of_unlike_length_are_noticed(solved: Solved) -> None:
    """A table with a hole is refused before anything is computed with it."""
    problem, plan = solved
    short = replace(plan.patterns, cost=plan.patterns.cost[:-1])
    assert find_rules(problem, replace(plan, patterns=short)) == {"shape"}
