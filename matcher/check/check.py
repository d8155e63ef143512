# SPDX-License-Identifier: EUPL-1.2
"""The independent check: every rule restated plainly, every pair made again, every figure added up again."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from matcher.check.account import add_up_plan
from matcher.check.figures import find_wrong_figures
from matcher.check.market import lay_market
from matcher.check.rules import find_broken_rules, find_chosen, list_taken
from matcher.check.space import find_wrong_prices
from matcher.check.violation import Violation
from matcher.plan import STORAGE_CODES, Plan
from matcher.problem.problem import Problem, digest_problem
from matcher.quanta import MOST_PROJECT_PRICE
from matcher.reasons import REASONS


def check(problem: Problem, plan: Plan, *, digest: str, workers: int = 1) -> list[Violation]:
    """Return every rule that a plan breaks; none means that the plan is feasible and its certificate holds.

    Parameters
    ----------
    problem
        The problem, from its owner.
    plan
        The plan, from anyone.
    digest
        The problem's digest, held outside the plan and the problem.
    workers
        Threads that look at pairs; what is found does not depend on it.

    Notes
    -----
    No solver, no candidates: all pairs within the longest road are made again for every requirement, its
    least cost at the stated prices is found by a dynamic programme of the checker's own, and C, LB and B are
    added up in integers of any size. Shared with the solver are the columns, distance and value alone.
    """
    found = _check_digest(problem, plan, digest=digest) + _check_shape(problem, plan)
    if found:
        return found
    found = _check_repeats(plan)
    if found:
        return found
    asked, wrong = find_chosen(problem, plan)
    found = [_violation(*one) for one in wrong]
    taken = list_taken(problem, plan)
    found += [_violation(*one) for one in find_broken_rules(problem, plan, taken=taken, asked=asked)]
    if any(one.rule == "supply" for one in found):
        return found
    found += [
        _violation(*one)
        for one in add_up_plan(problem, plan, lay_market(problem), taken=taken, asked=asked, workers=workers)
    ]
    if not any(one.rule in ("pair", "design") for one in found):
        for subject, expected, stated in find_wrong_figures(problem, plan):
            found.append(_violation("figure", subject, expected, stated))
    return found


def _violation(rule: str, subject: str, expected: object, found: object) -> Violation:
    return Violation(rule=rule, subject=subject, expected=str(expected), found=str(found))


def _check_digest(problem: Problem, plan: Plan, *, digest: str) -> list[Violation]:
    found = []
    for subject, stated in (("problem", digest_problem(problem)), ("plan", plan.digest)):
        if stated != digest:
            found.append(_violation("digest", subject, digest, stated))
    if plan.params != problem.params:
        found.append(_violation("params", "plan", problem.params, plan.params))
    return found


def _check_shape(problem: Problem, plan: Plan) -> list[Violation]:
    found = []
    lots, wanted, projects = len(problem.lots.id), len(problem.requirements.id), len(problem.projects.id)
    for name, table in (("matches", plan.matches), ("unmet", plan.unmet), ("designs", plan.designs)):
        lengths = {len(getattr(table, item.name)) for item in fields(table)}
        if len(lengths) != 1:
            return [_violation("length", name, "columns of one length", sorted(lengths))]
    certificate = plan.certificate
    for name, rows, count in (
        ("matches.lot", plan.matches.lot, lots),
        ("matches.requirement", plan.matches.requirement, wanted),
        ("unmet.requirement", plan.unmet.requirement, wanted),
        ("unmet.reason", plan.unmet.reason, len(REASONS)),
        ("matches.storage", plan.matches.storage, len(STORAGE_CODES)),
        ("designs.project", plan.designs.project, projects),
        ("certificate.bounded", certificate.bounded, 2),
    ):
        if len(rows) and (rows.min() < 0 or rows.max() >= count):
            found.append(
                _violation("reference", name, f"rows below {count}", f"{rows.min()} to {rows.max()}")
            )
    for name, values, count in (
        ("certificate.lot_prices", certificate.lot_prices, lots),
        ("certificate.project_prices", certificate.project_prices, projects),
        ("certificate.bounded", certificate.bounded, wanted),
        ("certificate.quanta", certificate.quanta, len(problem.classes.id)),
    ):
        if len(values) != count:
            found.append(_violation("length", name, count, len(values)))
    if plan.unmet.stopped.shape != (len(plan.unmet.requirement), len(REASONS)):
        found.append(_violation("length", "unmet.stopped", "a row each", plan.unmet.stopped.shape))
    for name, values in (
        ("certificate.lot_prices", certificate.lot_prices),
        ("certificate.project_prices", certificate.project_prices),
    ):
        if len(values) and values.min() < 0:
            found.append(_violation("price", name, "none below 0", values.min()))
    found += [_violation(*one) for one in find_wrong_prices(problem, plan)]
    budgets = problem.projects.budget_ore
    if len(certificate.project_prices) == projects:
        most = np.where(budgets >= 0, MOST_PROJECT_PRICE, 0)
        for row in np.flatnonzero(certificate.project_prices > most):
            price = certificate.project_prices[row]
            found.append(_violation("price", str(problem.projects.id[row]), f"at most {most[row]}", price))
    return found


def _check_repeats(plan: Plan) -> list[Violation]:
    matches, unmet = plan.matches, plan.unmet
    found = []
    pairs = set(zip(matches.lot.tolist(), matches.requirement.tolist(), strict=True))
    if len(pairs) != len(matches.lot):
        found.append(_violation("repeat", "matches", "each pair once", len(matches.lot) - len(pairs)))
    if len(set(unmet.requirement.tolist())) != len(unmet.requirement):
        found.append(_violation("repeat", "unmet", "each requirement once", "some twice"))
    found.extend(
        _violation("quantity", name, "at least 1", values.min())
        for name, values in (("matches.quantity", matches.quantity), ("unmet.quantity", unmet.quantity))
        if len(values) and values.min() < 1
    )
    return found
