# SPDX-License-Identifier: EUPL-1.2
"""Small blocks: the few pairs a better plan may use, given to HiGHS as a mixed-integer programme."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from matcher.compiling import compiled
from matcher.problem.columns import BoolArray, FloatArray, IntArray
from matcher.side.desk import (
    BUDGET,
    COST,
    DEMAND,
    DONORS,
    FIRST,
    FULFILMENT,
    LEAST_TAKE,
    LOT,
    NEW,
    ONE_KIND,
    OPTIONS,
    PER_TRUCK,
    SUPPLY,
    TRIP,
    TRUCK,
    WHOLE_ONLY,
    Desk,
    P,
    Q,
)
from matcher.side.offers import ORDER, PAIR, RATE, THOUSAND, UNIT, Offers, lay_offers
from matcher.side.pricing import Proof
from matcher.side.root import find_donor_price, keep_useful
from matcher.side.state import (
    COST_NOW,
    COUNT_NOW,
    State,
    clear_requirement,
    list_places,
    make_state,
    measure_requirement,
)
from matcher.side.wish import read_wish

MOST_PAIRS = 600
"""Pairs a better plan may use, above which the search alone is better."""
PAIR_NODES = 200_000
"""Most nodes of the programme, times its pairs: counted, so that the same plan comes out everywhere."""


class Model(NamedTuple):
    """The programme over some pairs, columns being steps, used or not, trucks, and steps bought new.

    Parameters
    ----------
    cost, upper, whole
        Of each column: cost, most, and whether it is a whole number.
    rows, lower_row, upper_row
        The matrix and the limits of its rows.
    """

    cost: FloatArray
    upper: FloatArray
    whole: IntArray
    rows: Any
    lower_row: FloatArray
    upper_row: FloatArray


def solve_exactly(desk: Desk, state: State, *, proof: Proof, cost: int, offers: Offers) -> State:
    """Return the cheapest plan of a small block, or the plan given where none is cheaper or it is too large.

    Parameters
    ----------
    desk, state
        The block and a plan of it.
    proof
        Prices, and what they prove: a pair whose use alone lifts the bound to ``cost`` is left out.
    cost
        What the plan costs.
    offers
        Working space.

    Notes
    -----
    HiGHS is called through SciPy, since highspy prints a line when it is made. The model is that of the
    documented rules, with min(q, d) as the limit of each pair. Blocks with designs,
    budgets, conversions, kinds or fair shares are left to the search.
    """
    if not _is_modelled(desk) or np.any(proof.plans.bounded):
        return state
    kept = np.zeros(len(desk.pairs), dtype=np.bool_)
    _mark_useful(
        desk, proof.prices, desk.lots[:, SUPPLY].copy(), proof.plans.value, cost - proof.bound, offers, kept
    )
    kept[state.pair[list_places(desk, state)[1]]] = True
    rows = np.flatnonzero(kept)
    if not 0 < len(rows) <= MOST_PAIRS:
        return state
    wanted = np.repeat(np.arange(len(desk.wanted)), np.diff(desk.start))[rows]
    steps = _run(_lay_model(desk, rows, wanted), pairs=len(rows))
    if steps is None:
        return state
    found = _make_plan(desk, rows=rows, wanted=wanted, steps=steps, option=state.option)
    return found if found is not None and sum(found.rows[:, COST_NOW].tolist()) < cost else state


def _is_modelled(desk: Desk) -> bool:
    return not (
        (desk.groups[:, BUDGET] >= 0).any()
        or (desk.groups[:, OPTIONS] > 1).any()
        or (desk.wanted[:, ONE_KIND] > 0).any()
        or (desk.wanted[:, FIRST] > 0).any()
        or (desk.pairs[:, P] != desk.pairs[:, Q]).any()
        or (desk.pairs[:, COST] < 0).any()
    )


@compiled
def _mark_useful(  # Numba takes no keyword-only arguments
    desk: Desk,
    prices: IntArray,
    supply: IntArray,
    value: IntArray,
    slack: int,
    offers: Offers,
    kept: BoolArray,
) -> None:
    """Mark the pairs whose use lifts the cost of their requirement by less than ``slack``."""
    for one in range(len(desk.wanted)):
        wish = read_wish(desk, one, 0)
        # without prices first: an offer too dear at today's may still be in the best plan
        count = lay_offers(desk, one, prices, 0, 0, supply, offers)
        for place in range(count):
            price = THOUSAND * prices[desk.pairs[offers.ints[PAIR, place], LOT]]
            offers.ints[UNIT, place] += price
            offers.floats[RATE, place] += price
            offers.ints[ORDER, place] = place
        donor = 0.0
        if wish.donors > 0 and count > 0:
            donor = find_donor_price(offers, offers.ints[ORDER], count, wish)
        useful, _ = keep_useful(
            offers, offers.ints[ORDER], count, wish, donor, value[one] + THOUSAND * slack + 1
        )
        for place in range(useful):
            kept[offers.ints[PAIR, offers.ints[ORDER, place]]] = True


def _lay_model(desk: Desk, rows: IntArray, wanted: IntArray) -> Model:
    count, needs, lots = len(rows), len(desk.wanted), len(desk.lots)
    pair, row = desk.pairs[rows], desk.wanted
    lot = pair[:, LOT]
    most = np.minimum(desk.lots[lot, SUPPLY], row[wanted, DEMAND])
    least = np.where(desk.lots[lot, WHOLE_ONLY] > 0, desk.lots[lot, SUPPLY], desk.lots[lot, LEAST_TAKE])
    truck = np.where(pair[:, PER_TRUCK] > 0, desk.lots[lot, TRUCK], 0)
    one, ones = np.arange(count), np.ones(count)
    of_lot = sparse.csr_array((ones, (lot, one)), shape=(lots, count))
    of_wanted = sparse.csr_array((ones, (wanted, one)), shape=(needs, count))
    eye, none = sparse.eye_array(count), None
    donors = np.where(row[:, DONORS] > 0, row[:, DONORS], count)
    trucked = sparse.diags_array((truck > 0).astype(np.float64))
    blocks: Any = [
        # steps, used, trucks, bought new, served at all
        [of_lot, none, none, none, none],
        [of_wanted, none, none, sparse.eye_array(needs), none],
        [of_wanted, none, none, none, -sparse.diags_array(row[:, FULFILMENT].astype(np.float64))],
        [none, of_wanted, none, none, -sparse.diags_array(donors.astype(np.float64))],
        [eye, -sparse.diags_array(most.astype(np.float64)), none, none, none],
        [-eye, sparse.diags_array(least.astype(np.float64)), none, none, none],
        [trucked, none, -sparse.diags_array(truck.astype(np.float64)), none, none],
        [none, none, sparse.csr_array((1, count)), none, none],
    ]
    matrix = sparse.block_array(blocks, format="csc")
    lower = np.full(matrix.shape[0], -np.inf)
    lower[lots : lots + needs] = row[:, DEMAND]
    lower[lots + needs : lots + 2 * needs] = 0.0
    upper = np.zeros(matrix.shape[0])
    upper[:lots] = desk.lots[:, SUPPLY]
    upper[lots : lots + 2 * needs] = np.inf
    scale = max(float(row[:, NEW].max(initial=1)), 1.0)
    trucks = np.where(truck > 0, -(-most // np.maximum(truck, 1)), 0)
    return Model(
        cost=np.concatenate(
            [pair[:, COST], pair[:, TRIP], pair[:, PER_TRUCK] * (truck > 0), row[:, NEW], np.zeros(needs)]
        )
        / scale,
        upper=np.concatenate([most, ones * (least <= most), trucks, row[:, DEMAND], np.ones(needs)]).astype(
            np.float64
        ),
        whole=np.repeat([0, 1, 1, 0, 1], [count, count, count, needs, needs]),
        rows=matrix,
        lower_row=lower,
        upper_row=upper,
    )


def _run(model: Model, *, pairs: int) -> IntArray | None:
    """Return the steps of each pair, or None where no plan was found."""
    found = milp(
        model.cost,
        integrality=model.whole,
        bounds=Bounds(0.0, model.upper),
        constraints=LinearConstraint(model.rows, model.lower_row, model.upper_row),
        options={"node_limit": PAIR_NODES // pairs, "mip_rel_gap": 1e-7},
    )
    return None if found.x is None else np.round(found.x[:pairs]).astype(np.int64)


def _make_plan(
    desk: Desk, *, rows: IntArray, wanted: IntArray, steps: IntArray, option: IntArray
) -> State | None:
    """Return the plan these steps are, or None where rounding broke a rule."""
    state = make_state(desk, option=option)
    for one in range(len(desk.wanted)):
        mine = np.flatnonzero((wanted == one) & (steps > 0))
        clear_requirement(desk, state, one)
        begin = desk.start[one]
        for place, nth in enumerate(mine):
            lot = desk.pairs[rows[nth], LOT]
            state.pair[begin + place], state.take[begin + place] = rows[nth], steps[nth]
            state.left[lot] -= steps[nth]
            least = desk.lots[lot, SUPPLY if desk.lots[lot, WHOLE_ONLY] else LEAST_TAKE]
            if steps[nth] < least:
                return None
        state.rows[one, COUNT_NOW] = len(mine)
        measure_requirement(desk, state, one)
        reached, donors = steps[mine].sum(), desk.wanted[one, DONORS]
        if len(mine) and (reached < desk.wanted[one, FULFILMENT] or (0 < donors < len(mine))):
            return None
    return None if (state.left < 0).any() else state
