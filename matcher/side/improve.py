# SPDX-License-Identifier: EUPL-1.2
"""From prices to a good plan: construct it, then search over the best pairs and polish over all, in turns."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from matcher.problem.columns import IntArray
from matcher.side.around import look_around
from matcher.side.choose import choose_pairs
from matcher.side.construct import order_by_worth, plan_in_order
from matcher.side.desk import OPTIONS, SUPPLY, Desk, narrow_desk
from matcher.side.offers import THOUSAND, Offers
from matcher.side.options import list_members, try_options
from matcher.side.polish import polish
from matcher.side.pricing import Proof
from matcher.side.search import search
from matcher.side.state import COST_NOW, State, list_places, list_wanted, make_state, move_state

NODES = 1000
"""Most nodes of a tree where a requirement is planned once."""
NARROW = 60
"""Fewest pairs of each requirement that the search looks at."""
TURNS = 4
"""How often the search is given the pairs that matter anew."""
CHUNK, EACH = 5000, 8
"""Moves between two looks at the gap and at whoever wants to stop: at most, and for each requirement."""
HEAT = 1.0
"""What a move may lose at first, in times what a requirement costs above the bound on average."""


def construct_plan(desk: Desk, *, proof: Proof, offers: Offers) -> State:
    """Return a plan made in the order of worth at these prices, then once more from what is left over."""
    state = make_state(desk, option=proof.option)
    wanted = list_wanted(desk, proof.option)
    order = order_by_worth(desk, proof.plans.value, wanted)
    for weight in (THOUSAND, 0):
        plan_in_order(desk, state, order, proof.prices, weight, proof.group_prices, offers, NODES)
    return state


def count_cost(state: State) -> int:
    """Return what a plan costs."""
    return sum(state.rows[:, COST_NOW].tolist())


def improve_plan(
    desk: Desk,
    state: State,
    *,
    proof: Proof,
    work: int,
    seed: int,
    offers: Offers,
    is_enough: Callable[[int, int], bool],
) -> State:
    """Search for a cheaper plan.

    Parameters
    ----------
    desk, state
        The block with all pairs, and a plan of it; it is changed.
    proof
        Prices that lead the search.
    work
        Moves in all.
    seed
        Of chance.
    offers
        Working space.
    is_enough
        Asked after each chunk, with the cost of the best plan so far and the moves made, whether to end.
    """
    done = 0
    lasting = 0
    heat = HEAT * (count_cost(state) - proof.bound) / max(len(desk.wanted), 1)
    for turn in range(TURNS):
        _polish(desk, state, proof, offers)
        if is_enough(count_cost(state), done):
            return state
        end = work * (turn + 1) // TURNS
        chosen = _choose(desk, state, proof, offers)
        narrow = narrow_desk(desk, chosen)
        rows = np.full(len(desk.pairs), -1, dtype=np.int64)
        rows[chosen] = np.arange(len(chosen))
        here = move_state(desk, state, narrow, rows)
        best = _copy(here)
        around = look_around(narrow, seed=seed + turn)
        members, member_start = list_members(narrow)
        choices = bool((desk.groups[:, OPTIONS] > 1).any())
        while done < end:
            moves = min(CHUNK, EACH * len(desk.wanted) + EACH, end - done)
            cooled = heat * (1.0 - done / work) ** 2
            search(narrow, here, around, proof.prices, proof.group_prices, offers, moves, cooled)
            if choices:
                try_options(
                    narrow, here, members, member_start, proof.prices, proof.group_prices, offers, NODES
                )
            done += moves
            if count_cost(here) < count_cost(best):
                best = _copy(here)
            if is_enough(count_cost(best), done):
                lasting = work
                break
        state = move_state(narrow, best, desk, chosen)
        if lasting:
            break
    _polish(desk, state, proof, offers)
    return state


def _polish(desk: Desk, state: State, proof: Proof, offers: Offers) -> None:
    wanted = list_wanted(desk, state.option)
    while polish(desk, state, wanted, proof.prices, proof.group_prices, offers, NODES) > 0:
        continue


def _choose(desk: Desk, state: State, proof: Proof, offers: Offers) -> IntArray:
    """Return the pairs best at these prices, those in use, and the best of the lots nobody takes."""
    supply = desk.lots[:, SUPPLY].copy()
    kept = np.zeros(len(desk.pairs), dtype=np.bool_)
    kept[state.pair[list_places(desk, state)[1]]] = True
    kept[
        choose_pairs(
            desk,
            prices=proof.prices,
            group_prices=proof.group_prices,
            supply=supply,
            least=NARROW,
            offers=offers,
        )
    ] = True
    return np.flatnonzero(kept)


def _copy(state: State) -> State:
    return State(*(array.copy() for array in state))
