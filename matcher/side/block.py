# SPDX-License-Identifier: EUPL-1.2
"""A block: one family with side rules as arrays of integers, and the answer to it."""

from __future__ import annotations

from typing import NamedTuple

from matcher.problem.columns import BoolArray, CodeArray, IntArray, RowArray


class Block(NamedTuple):
    """One family of lots and requirements with side rules; all money in cost units, all quantities in steps.

    Parameters
    ----------
    supply, minimum_take, indivisible, kind, load_steps
        Of each lot: q, least taken by one requirement (1 = no rule), taken whole or not at all, number of
        the kind (class and product: equal numbers may be mixed), steps on one truck (0 = no loads).
    demand, new_cost, first, first_cost
        Of each requirement: d, N of a step bought new, and how many of the first steps cost how much more
        when bought new (fair share; 0 = no rule).
    fulfilment, donors, one_kind, new_money
        Of each requirement: steps delivered at least if any are, most lots used (0 = any), all lots of one
        kind, and money alone saved by a step not bought new (counts for the budget).
    group, option
        Of each requirement: its project's number from 0, and the number of the design option in it that wants
        it (-1 = all).
    budget, options
        Of each group: the most it pays above buying new (-1 = no budget), and how many options (1 = no
        choice).
    start, lot
        Pairs of requirement j are start[j] to start[j + 1]; the lot of each pair, rising in a requirement.
    cost
        Of each pair: c of one step taken.
    trip, load, pay
        Of each pair: f if anything is taken, g of each started truck load, and money alone paid for a step;
        length 0 where no pair has it.
    top, bottom
        Of each pair: P and Q; x steps taken deliver floor(x P / Q). Length 0 where all are 1.
    """

    supply: IntArray
    minimum_take: IntArray
    indivisible: BoolArray
    kind: IntArray
    load_steps: IntArray
    demand: IntArray
    new_cost: IntArray
    first: IntArray
    first_cost: IntArray
    fulfilment: IntArray
    donors: IntArray
    one_kind: BoolArray
    new_money: IntArray
    group: IntArray
    option: IntArray
    budget: IntArray
    options: IntArray
    start: IntArray
    lot: RowArray
    cost: IntArray
    trip: IntArray
    load: IntArray
    pay: IntArray
    top: IntArray
    bottom: IntArray


class BlockAnswer(NamedTuple):
    """A plan for a block and the proof of how good it is.

    Parameters
    ----------
    lot, requirement, quantity
        Of each match, by requirement and then lot: rows and steps taken.
    prices
        u of each lot, not below 0.
    group_prices
        mu of each group in permille, not below 0; 0 where there is no budget.
    bounded
        How the bound of each requirement was found: 0 its exact best plan, 1 the relaxed bound.
    option
        Chosen design option of each group.
    cost, bound, baseline
        C of the plan, LB at these prices over all pairs, and B of buying everything new.
    ended
        ``gap`` reached, ``work`` used up, or ``stopped`` from outside.
    """

    lot: IntArray
    requirement: IntArray
    quantity: IntArray
    prices: IntArray
    group_prices: IntArray
    bounded: CodeArray
    option: IntArray
    cost: int
    bound: int
    baseline: int
    ended: str
