# SPDX-License-Identifier: EUPL-1.2
"""Solving a block: prices, a plan at those prices, a search around it, and a bound over all pairs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matcher.errors import SolverError
from matcher.side.block import Block, BlockAnswer
from matcher.side.desk import LOT, lay_desk
from matcher.side.exact import solve_exactly
from matcher.side.improve import construct_plan, count_cost, improve_plan
from matcher.side.offers import THOUSAND, make_offers
from matcher.side.pricing import find_proof
from matcher.side.relaxed import FINE
from matcher.side.state import list_places
from matcher.side.sweep import count_baseline

MOST = 2.0**62
"""What sums of 64 bits have to stay below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockProgress:
    """How far a block is.

    Parameters
    ----------
    cost, bound, baseline
        C of the best plan so far, LB over all pairs, B.
    done, total
        Moves made and given.
    """

    cost: int
    bound: int
    baseline: int
    done: int
    total: int


def solve_block(
    block: Block,
    *,
    work: int,
    seed: int,
    gap: float = 0.0,
    report: Callable[[BlockProgress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> BlockAnswer:
    """Find a good plan for a block and prove how good it is.

    Parameters
    ----------
    block
        Any block.
    work
        Moves of the search; the answer depends on it and on the seed, never on the machine or a clock.
    seed
        Of chance in the search.
    gap
        The search ends where (C - LB) / (B - LB) is at most this.
    report
        Called after the first plan and after every chunk of moves.
    should_stop
        Asked between steps and between chunks; where it says yes, the best plan so far is returned.

    Raises
    ------
    SolverError
        Where sums would not fit 64 bits; coarser cost units are needed.
    """
    stop = should_stop or (lambda: False)
    check_sizes(block)
    desk = lay_desk(block)
    offers = make_offers(int(np.diff(block.start).max(initial=1)))
    baseline = count_baseline(desk)
    proof = find_proof(desk, offers=offers, should_stop=stop)
    ended = "work"

    def is_enough(cost: int, done: int) -> bool:
        nonlocal ended
        if report is not None:
            report(BlockProgress(cost=cost, bound=proof.bound, baseline=baseline, done=done, total=work))
        if cost - proof.bound <= gap * (baseline - proof.bound):
            ended = "gap"
        elif stop():
            ended = "stopped"
        return ended != "work"

    state = construct_plan(desk, proof=proof, offers=offers)
    state = improve_plan(desk, state, proof=proof, work=work, seed=seed, offers=offers, is_enough=is_enough)
    if ended == "work":
        state = solve_exactly(desk, state, proof=proof, cost=count_cost(state), offers=offers)
    requirement, place = list_places(desk, state)
    lot = desk.pairs[state.pair[place], LOT]
    order = np.lexsort((lot, requirement))
    return BlockAnswer(
        lot=lot[order],
        requirement=requirement[order],
        quantity=state.take[place][order],
        prices=proof.prices,
        group_prices=proof.group_prices,
        bounded=proof.plans.bounded,
        option=state.option,
        cost=count_cost(state),
        bound=proof.bound,
        baseline=baseline,
        ended=ended,
    )


def check_sizes(block: Block) -> None:
    """Refuse a block whose sums might not fit 64 bits.

    Raises
    ------
    SolverError
        Where one requirement may cost too much.
    """
    dear = (block.new_cost + block.first_cost).astype(np.float64) * block.demand
    # the relaxed bound holds the rate of a step in parts of a thousandth, and all else in thousandths
    step = float(np.abs(block.cost).max(initial=0)) + float(
        (block.new_cost + block.first_cost).max(initial=0)
    )
    share = float(block.supply.max(initial=0)) * float(block.top.max(initial=1))
    rate = max(step * THOUSAND, share) * FINE * float(block.bottom.max(initial=1))
    if max(4.0 * THOUSAND * float(dear.max(initial=0.0)), rate) > MOST:
        raise SolverError("A requirement costs too much for 64 bits; its family needs coarser cost units.")
