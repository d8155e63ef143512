# SPDX-License-Identifier: EUPL-1.2
"""The independent check: every rule restated plainly, every pair made again, every figure added up again."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from matcher.check_figures import find_wrong_figures
from matcher.check_pairs import Pricing, find_first_pairs, price_requirement
from matcher.columns import IntArray, RowArray
from matcher.distance import lay_places
from matcher.plan import Plan, Termination
from matcher.problem import Problem, digest_problem
from matcher.reasons import REASONS
from matcher.value import measure_matches, set_rates


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A rule that a plan breaks.

    Parameters
    ----------
    rule
        Code of the rule.
    subject
        What breaks it: ids, or the name of a figure.
    expected, found
        What should stand there and what does.
    """

    rule: str
    subject: str
    expected: str
    found: str

    def __str__(self) -> str:
        """Return one line for people."""
        return f"{self.rule}: {self.subject}: expected {self.expected}, found {self.found}"


def check(problem: Problem, plan: Plan, *, digest: str) -> list[Violation]:
    """Return every rule that a plan breaks; none means that the plan is feasible and its certificate holds.

    Parameters
    ----------
    problem
        The problem, from its owner.
    plan
        The plan, from anyone.
    digest
        The problem's digest, held outside the plan and the problem.

    Notes
    -----
    No solver, no candidates, no grid: all lots of an accepted class are looked at for every requirement, and
    C, LB and B are added up in integers of any size. Shared with the solver are the columns, distance and
    value alone.
    """
    found = _check_digest(problem, plan, digest=digest) + _check_shape(problem, plan)
    if found:
        return found
    found = _check_quantities(problem, plan)
    found += _check_all_pairs(problem, plan)
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
    lots, wanted = len(problem.lots.id), len(problem.requirements.id)
    for name, table in (("matches", plan.matches), ("unmet", plan.unmet)):
        lengths = {len(getattr(table, item.name)) for item in fields(table)}
        if len(lengths) != 1:
            return [_violation("length", name, "columns of one length", sorted(lengths))]
    for name, rows, count in (
        ("matches.lot", plan.matches.lot, lots),
        ("matches.requirement", plan.matches.requirement, wanted),
        ("unmet.requirement", plan.unmet.requirement, wanted),
        ("unmet.reason", plan.unmet.reason, len(REASONS)),
    ):
        if len(rows) and (rows.min() < 0 or rows.max() >= count):
            found.append(
                _violation("reference", name, f"rows below {count}", f"{rows.min()} to {rows.max()}")
            )
    for name, values, count in (
        ("certificate.lot_prices", plan.certificate.lot_prices, lots),
        ("certificate.quanta", plan.certificate.quanta, len(problem.classes.id)),
    ):
        if len(values) != count:
            found.append(_violation("length", name, count, len(values)))
    if len(plan.certificate.lot_prices) and plan.certificate.lot_prices.min() < 0:
        found.append(
            _violation("price", "certificate.lot_prices", "none below 0", plan.certificate.lot_prices.min())
        )
    if plan.unmet.stopped.shape != (len(plan.unmet.requirement), len(REASONS)):
        found.append(_violation("length", "unmet.stopped", "a row each", plan.unmet.stopped.shape))
    return found


def _check_quantities(problem: Problem, plan: Plan) -> list[Violation]:
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
    given = _sum_by(matches.lot, matches.quantity, length=len(problem.lots.id))
    found.extend(
        _violation("supply", problem.lots.id[row], f"at most {have}", given[row])
        for row, have in enumerate(problem.lots.quantity.tolist())
        if given[row] > have
    )
    wanted = problem.requirements
    met = _sum_by(matches.requirement, matches.quantity, length=len(wanted.id))
    short = _sum_by(unmet.requirement, unmet.quantity, length=len(wanted.id))
    found.extend(
        _violation("demand", wanted.id[row], asked, met[row] + short[row])
        for row, asked in enumerate(wanted.quantity.tolist())
        if met[row] + short[row] != asked
    )
    return found


def _sum_by(rows: IntArray | RowArray, values: IntArray, *, length: int) -> list[int]:
    sums = [0] * length
    for row, value in zip(rows.tolist(), values.tolist(), strict=True):
        sums[row] += value
    return sums


def _check_all_pairs(problem: Problem, plan: Plan) -> list[Violation]:
    matches, unmet, certificate, wanted = plan.matches, plan.unmet, plan.certificate, problem.requirements
    rates = set_rates(problem)
    pricing = Pricing(
        problem=problem,
        rates=rates,
        places=lay_places(problem),
        by_class=[np.flatnonzero(problem.lots.class_ == row) for row in range(len(problem.classes.id))],
        first_pair=find_first_pairs(problem),
    )
    found = []
    if not np.array_equal(certificate.quanta, rates.quantum):
        found.append(
            _violation("quantum", "certificate.quanta", rates.quantum.tolist(), certificate.quanta.tolist())
        )
    by_requirement: list[list[int]] = [[] for _ in wanted.id]
    for place, row in enumerate(matches.requirement.tolist()):
        by_requirement[row].append(place)
    short = {row: place for place, row in enumerate(unmet.requirement.tolist())}
    count = len(matches.lot)
    metres, days, step_cost = (np.zeros(count, dtype=np.int64) for _ in range(3))
    cost = bound = baseline = pairs = 0
    for row in range(len(wanted.id)):
        priced = price_requirement(pricing, requirement=row)
        new_cost, demand = int(rates.new_cost[row]), int(wanted.quantity[row])
        pairs += len(priced.lots)
        baseline += new_cost * demand
        least = new_cost
        if len(priced.lots):
            least = min(new_cost, int((priced.costs + certificate.lot_prices[priced.lots]).min()))
        bound += least * demand
        places = by_requirement[row]
        if places:
            lots = matches.lot[places]
            spot = np.minimum(np.searchsorted(priced.lots, lots), max(len(priced.lots) - 1, 0))
            allowed = priced.lots[spot] == lots if len(priced.lots) else np.zeros(len(lots), dtype=np.bool_)
            for lot in lots[~allowed]:
                subject = f"{problem.lots.id[lot]} -> {wanted.id[row]}"
                found.append(_violation("pair", subject, "an allowed pair", pricing.name_reason(priced, lot)))
            if not allowed.all():
                continue
            metres[places], days[places] = priced.metres[spot], priced.days[spot]
            step_cost[places] = priced.costs[spot]
            cost += sum(
                a * b
                for a, b in zip(priced.costs[spot].tolist(), matches.quantity[places].tolist(), strict=True)
            )
        if row in short:
            place = short[row]
            cost += new_cost * int(unmet.quantity[place])
            stopped = priced.count_stops(new_cost)
            if not np.array_equal(stopped, unmet.stopped[place]):
                found.append(
                    _violation("stopped", wanted.id[row], stopped.tolist(), unmet.stopped[place].tolist())
                )
            reached = np.flatnonzero(stopped)
            reason = REASONS[int(reached[-1])] if len(reached) else REASONS[0]
            if REASONS[int(unmet.reason[place])] != reason:
                found.append(_violation("reason", wanted.id[row], reason, REASONS[int(unmet.reason[place])]))
    if any(violation.rule == "pair" for violation in found):
        return found
    for price, quantity in zip(certificate.lot_prices.tolist(), problem.lots.quantity.tolist(), strict=True):
        bound -= price * quantity
    found += _check_numbers(problem, plan, metres=metres, days=days, step_cost=step_cost)
    return found + _check_certificate(plan, cost=cost, bound=bound, baseline=baseline, pairs=pairs)


def _check_numbers(
    problem: Problem, plan: Plan, *, metres: IntArray, days: IntArray, step_cost: IntArray
) -> list[Violation]:
    matches = plan.matches
    again = measure_matches(
        problem,
        lot=matches.lot,
        requirement=matches.requirement,
        quantity=matches.quantity,
        metres=metres,
        storage_days=days,
        step_cost=step_cost,
        trip_cost=np.zeros_like(step_cost),
        load_cost=np.zeros_like(step_cost),
    )
    found = []
    for name in (item.name for item in fields(matches)):
        stated, expected = getattr(matches, name), getattr(again, name)
        for place in np.flatnonzero(stated != expected):
            lot, requirement = matches.lot[place], matches.requirement[place]
            subject = f"{problem.lots.id[lot]} -> {problem.requirements.id[requirement]} {name}"
            found.append(_violation("match", subject, expected[place], stated[place]))
    return found


def _check_certificate(plan: Plan, *, cost: int, bound: int, baseline: int, pairs: int) -> list[Violation]:
    certificate = plan.certificate
    found = []
    for name, expected, stated in (
        ("cost", cost, certificate.cost),
        ("bound", bound, certificate.bound),
        ("baseline", baseline, certificate.baseline),
        ("pairs", pairs, plan.pairs),
    ):
        if expected != stated:
            found.append(_violation("certificate", name, expected, stated))
    if bound > cost:
        found.append(_violation("certificate", "bound", f"at most {cost}", bound))
    exact = 0.0 if baseline == bound else (cost - bound) / (baseline - bound)
    if not exact <= certificate.gap <= exact + 1e-9:
        found.append(_violation("certificate", "gap", exact, certificate.gap))
    if plan.termination == Termination.OPTIMAL and cost != bound:
        found.append(_violation("termination", "optimal", "cost = bound", f"{cost} and {bound}"))
    return found
