# SPDX-License-Identifier: EUPL-1.2
"""Which requirements are plain, and whether a problem has a rule that a flow alone cannot keep."""

from __future__ import annotations

import numpy as np

from matcher.compatibility import ALLOWED, Facts, gather_facts, judge_pair
from matcher.compiling import compiled
from matcher.errors import UnsupportedError
from matcher.joint import is_planned_jointly
from matcher.problem.columns import BoolArray, FloatArray, IntArray
from matcher.problem.problem import Problem


def uses_side_rules(problem: Problem) -> bool:
    """Return whether any requirement of a problem is not plain.

    Parameters
    ----------
    problem
        Any problem. Priority, fairness, transfers and lots without anyone to take them make no difference.
    """
    return not bool(is_plain_requirement(problem).all())


def refuse_side_rules(problem: Problem) -> None:
    """Refuse a problem that has a rule a flow cannot keep.

    Parameters
    ----------
    problem
        Any problem.

    Raises
    ------
    UnsupportedError
        Naming the first requirement that is not plain.
    """
    plain = is_plain_requirement(problem)
    if not plain.all():
        row = int(np.flatnonzero(~plain)[0])
        raise UnsupportedError(
            "no rule of the plan: minimum takes, fulfilment, donors, budgets, mixing, trips and the like are"
            " not supported by the flow alone",
            table="requirements",
            column="id",
            value=str(problem.requirements.id[row]),
        )


def is_plain_requirement(problem: Problem) -> BoolArray:
    """Return of each requirement whether the flow plans it exactly.

    Parameters
    ----------
    problem
        Any problem.

    Notes
    -----
    Plain is: no conversion of any class it accepts, no breakage, fulfilment, most donors or one kind, in no
    project with designs or a budget, nothing it may use with a minimum take above 1 or indivisible, and no
    trip or load that costs. The last two look at lots: of an accepted class for trips, allowed by every rule
    of `matcher.compatibility` for minimum takes. Source: matching.md, section 1, tiers.
    """
    wanted, lots, swaps, classes = problem.requirements, problem.lots, problem.substitutes, problem.classes
    own = (wanted.minimum_fulfilment == 0) & (wanted.most_donors == 0) & ~wanted.one_kind
    plain: BoolArray = own & (wanted.breakage == 0) & ~is_planned_jointly(problem)
    costly = _find_costly_classes(problem)
    count = len(classes.id)
    offered = np.bincount(lots.class_, minlength=count) > 0
    own_costly = costly & offered
    swap_costly = np.zeros(count, dtype=np.bool_)
    turned = offered[swaps.substitute] & (costly[swaps.substitute] | (swaps.p != swaps.q))
    np.logical_or.at(swap_costly, swaps.class_, turned)
    if problem.pairs is not None:
        return plain & ~_find_given_rules(problem)
    plain &= ~own_costly[wanted.class_]
    plain &= ~(wanted.substitutes_ok & swap_costly[wanted.class_])
    special = (lots.minimum_take > 1) | lots.indivisible
    if special.any():
        rows = np.flatnonzero(special)
        rows = rows[np.argsort(lots.class_[rows], kind="stable")].astype(np.int64)
        start = np.searchsorted(lots.class_[rows], np.arange(count + 1)).astype(np.int64)
        plain &= ~_meet_special(gather_facts(problem), np.flatnonzero(plain), rows, start, len(plain))
    return plain


def _find_costly_classes(problem: Problem) -> BoolArray:
    classes, vehicles = problem.classes, problem.vehicles
    costs: FloatArray = (
        vehicles.trip_ore + vehicles.trip_ore_per_km + vehicles.load_ore + vehicles.load_ore_per_km
    )
    costly: BoolArray = np.append(costs > 0, False)[classes.vehicle]  # the last is no vehicle, -1
    return costly


def _find_given_rules(problem: Problem) -> BoolArray:
    """Return of each requirement whether a pair given for it has a rule that is not plain."""
    pairs, lots, wanted, swaps = problem.pairs, problem.lots, problem.requirements, problem.substitutes
    found = np.zeros(len(wanted.id), dtype=np.bool_)
    if pairs is None:
        return found
    count = len(problem.classes.id)
    turned = np.zeros((count, count), dtype=np.bool_)
    turned[swaps.class_, swaps.substitute] = swaps.p != swaps.q
    ruled = (
        (pairs.trip > 0) | (pairs.load > 0) | (lots.minimum_take > 1)[pairs.lot] | lots.indivisible[pairs.lot]
    )
    ruled |= turned[wanted.class_[pairs.requirement], lots.class_[pairs.lot]]
    found[pairs.requirement[ruled]] = True
    return found


@compiled
def _meet_special(
    facts: Facts, wanted: IntArray, special: IntArray, start: IntArray, length: int
) -> BoolArray:
    """Return of each requirement whether one of the special lots is allowed for it."""
    found = np.zeros(length, dtype=np.bool_)
    classes = len(start) - 1
    for row in wanted:
        own = facts.wanted_class[row]
        for offered in range(classes):
            if facts.kinship[own, offered] == 0:
                continue
            for place in range(start[offered], start[offered + 1]):
                reason, _metres, _days = judge_pair(facts, special[place], row)
                if reason == ALLOWED:
                    found[row] = True
                    break
            if found[row]:
                break
    return found
