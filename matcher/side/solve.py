# SPDX-License-Identifier: EUPL-1.2
"""Solving a block: prices, a plan at those prices, a search around it, and a bound over all pairs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matcher.columns import IntArray
from matcher.errors import SolverError
from matcher.side.ascent import raise_prices
from matcher.side.beginning import find_first_prices
from matcher.side.block import Block, BlockAnswer
from matcher.side.choose import choose_pairs
from matcher.side.construct import order_by_worth, plan_in_order
from matcher.side.desk import LOT, SUPPLY, Desk, lay_desk, narrow_desk
from matcher.side.offers import THOUSAND, Offers, make_offers
from matcher.side.options import list_members, try_options
from matcher.side.polish import polish, widen_state
from matcher.side.relaxed import FINE
from matcher.side.search import look_around, search
from matcher.side.state import COST_NOW, COUNT_NOW, State, list_wanted, make_state
from matcher.side.sweep import Plans, add_up, bound_all, count_baseline, make_plans, plan_all

NARROW = 80
"""Pairs of each requirement that most passes look at."""
ROUNDS = ((0.0, 0.45), (0.45, 0.75), (0.75, 0.9), (0.9, 1.0))
"""Parts of the ascent between which pairs are chosen anew."""
NODES, CERTAIN_NODES = 1000, 50_000
"""Most nodes of a tree on the way, and in the last pass."""
CHUNK = 5000
"""Moves between two looks at the gap and at whoever wants to stop."""
HEAT = 0.003
"""Share of the mean cost of a requirement that a move may lose at first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockProgress:
    """How far a block is.

    Parameters
    ----------
    cost, bound, baseline
        C of the best plan so far, LB over all pairs, B.
    done, total
        Work done and given, in moves.
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
    steps: int = 100,
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
    steps
        Of the ascent of prices.
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
    prices, group_prices, narrow, chosen = _price(desk, steps=steps, offers=offers, stop=stop)
    plans, bound, option = _certify(desk, prices, group_prices, offers)
    state = _construct(narrow, plans.value, option, prices, group_prices, offers)
    if report is not None:
        report(BlockProgress(cost=_cost(state), bound=bound, baseline=baseline, done=0, total=work))
    around = look_around(narrow, seed=seed)
    members, member_start = list_members(narrow)
    heat = HEAT * _cost(state) / max(len(desk.wanted), 1)
    done, ended = 0, "work"
    best = _copy(state)
    while True:
        if _cost(state) < _cost(best):
            best = _copy(state)
        if _cost(best) - bound <= gap * (baseline - bound):
            ended = "gap"
            break
        if stop():
            ended = "stopped"
            break
        if done >= work:
            break
        moves = min(CHUNK, work - done)
        search(narrow, state, around, prices, group_prices, offers, moves, heat * (1.0 - done / work))
        if len(block.options) < len(block.demand):
            try_options(narrow, state, members, member_start, prices, group_prices, offers, NODES)
        done += moves
        if report is not None:
            report(BlockProgress(cost=_cost(best), bound=bound, baseline=baseline, done=done, total=work))
    whole = widen_state(desk, narrow, best, chosen)
    wanted = list_wanted(desk, whole.option)
    for _ in range(3):
        if polish(desk, whole, wanted, prices, group_prices, offers, NODES) == 0:
            break
    return _answer(desk, whole, prices, group_prices, plans, bound, baseline, ended)


def check_sizes(block: Block) -> None:
    """Refuse a block whose sums might not fit 64 bits.

    Raises
    ------
    SolverError
        Where one requirement may cost too much.
    """
    most = (2**62) // (THOUSAND * FINE * 4)
    dear = (block.new_cost + block.first_cost).astype(np.float64) * block.demand
    if len(dear) and float(dear.max()) > most:
        raise SolverError("A requirement costs too much for 64 bits; its family needs coarser cost units.")


def _price(
    desk: Desk, *, steps: int, offers: Offers, stop: Callable[[], bool]
) -> tuple[IntArray, IntArray, Desk, IntArray]:
    """Raise prices over the pairs that matter, chosen anew now and then."""
    prices = np.zeros(len(desk.lots), dtype=np.int64)
    group_prices = np.zeros(len(desk.groups), dtype=np.int64)
    supply = desk.lots[:, SUPPLY].copy()

    def choose() -> IntArray:
        return choose_pairs(
            desk, prices=prices, group_prices=group_prices, supply=supply, most=NARROW, offers=offers
        )

    prices = find_first_prices(narrow_desk(desk, choose()))
    for begin, end in ROUNDS:
        narrow = narrow_desk(desk, choose())
        prices, group_prices, _ = raise_prices(
            narrow,
            make_plans(narrow),
            prices=prices,
            group_prices=group_prices,
            steps=round(steps * (end - begin)),
            begin=begin,
            end=end,
            limit=NODES,
            offers=offers,
            should_stop=stop,
        )
    chosen = choose()
    return prices, group_prices, narrow_desk(desk, chosen), chosen


def _certify(
    desk: Desk, prices: IntArray, group_prices: IntArray, offers: Offers
) -> tuple[Plans, int, IntArray]:
    """Return the plans over all pairs, the bound they prove, and the options they choose."""
    plans = make_plans(desk)
    option = np.zeros(len(desk.groups), dtype=np.int64)
    use = np.zeros(len(desk.lots), dtype=np.int64)
    plan_all(desk, plans, prices, group_prices, desk.lots[:, SUPPLY].copy(), offers, CERTAIN_NODES)
    bound_all(desk, plans, prices, group_prices)
    bound = int(add_up(desk, plans, prices, group_prices, option, use))
    return plans, bound, option


def _construct(
    desk: Desk, value: IntArray, option: IntArray, prices: IntArray, group_prices: IntArray, offers: Offers
) -> State:
    """Return a plan: in the order of worth at these prices, then once more from what is left over."""
    state = make_state(desk, option=option)
    order = order_by_worth(desk, value, list_wanted(desk, option))
    for weight in (THOUSAND, 0):
        plan_in_order(desk, state, order, prices, weight, group_prices, offers, NODES)
    return state


def _cost(state: State) -> int:
    return sum(state.rows[:, COST_NOW].tolist())


def _copy(state: State) -> State:
    return State(*(array.copy() for array in state))


def _answer(
    desk: Desk,
    state: State,
    prices: IntArray,
    group_prices: IntArray,
    plans: Plans,
    bound: int,
    baseline: int,
    ended: str,
) -> BlockAnswer:
    count = state.rows[:, COUNT_NOW]
    one = np.repeat(np.arange(len(count)), count)
    nth = np.arange(len(one)) - np.repeat(np.cumsum(count) - count, count)
    place = desk.start[one] + nth
    lot = desk.pairs[state.pair[place], LOT]
    order = np.lexsort((lot, one))
    return BlockAnswer(
        lot=lot[order],
        requirement=one[order],
        quantity=state.take[place][order],
        prices=prices,
        group_prices=group_prices,
        bounded=plans.bounded,
        option=state.option,
        cost=_cost(state),
        bound=bound,
        baseline=baseline,
        ended=ended,
    )
