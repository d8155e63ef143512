# SPDX-License-Identifier: EUPL-1.2
"""Seeded instances with side rules on every requirement, of any number of pairs."""

import numpy as np

from matcher.problem.problem import Problem, make_problem
from matcher.quanta import PER_ORE
from matcher.side.block import Block

KILOMETRES = 60.0
DAY = 20_800
PER_REQUIREMENT = ((5_000, 50), (500, 25), (0, 10))
"""From so many pairs on, how many of them a requirement has; of the first that fits."""


def draw_block(
    *,
    pairs: int,
    fulfilment: float,
    donors: int = 3,
    seed: int = 7,
    per_requirement: int = 50,
    dear: float = 0.3,
) -> Block:
    """Draw a block where every pair has a trip cost and every requirement a least fulfilment and most donors.

    Parameters
    ----------
    pairs
        About how many; exactly ``per_requirement`` to a requirement, or all lots where there are fewer.
    fulfilment
        Share of the demand delivered at least where anything is; 1 = all or nothing.
    donors
        Most lots used by a requirement.
    seed
        Of all that is drawn.
    per_requirement
        Nearest lots that are allowed for each.
    dear
        Trip cost as a share of c min(q, d), at the median.

    Notes
    -----
    Three lots to a requirement, uniform on a square of 60 km; quantities log-uniform, 20 to 400 of a lot and
    40 to 800 wanted; a step costs 30 to 70 new and 8 to 24 reused with 0.3 a kilometre, in thousandths of an
    oere times a thousand. Supply is a little below demand, so lots are wanted by several.
    """
    draw = np.random.default_rng(seed)
    wanted = max(2, pairs // per_requirement)
    lots = 3 * wanted
    per_requirement = min(per_requirement, lots)
    place_lot, place_wanted = draw.uniform(0, KILOMETRES, (lots, 2)), draw.uniform(0, KILOMETRES, (wanted, 2))
    supply = np.exp(draw.uniform(np.log(20), np.log(200), lots)).astype(np.int64)
    demand = np.exp(draw.uniform(np.log(80), np.log(800), wanted)).astype(np.int64)
    metres = np.hypot(
        place_lot[None, :, 0] - place_wanted[:, None, 0], place_lot[None, :, 1] - place_wanted[:, None, 1]
    )
    lot = np.sort(np.argsort(metres, axis=1, kind="stable")[:, :per_requirement], axis=1)
    kilometres = np.take_along_axis(metres, lot, axis=1)
    price = draw.uniform(8, 24, lots)
    new_cost = (draw.uniform(30, 70, wanted) * 1000).astype(np.int64)
    cost = ((price[lot] + 0.3 * kilometres) * 1000).astype(np.int64)
    common = np.minimum(supply[lot], demand[:, None])
    share = dear * np.exp(draw.normal(0.0, 0.4, lot.shape))
    trip = (np.median(cost * common) * share * (0.5 + kilometres / np.median(kilometres) / 2)).astype(
        np.int64
    )
    ones, none = np.ones(lots, dtype=np.int64), np.zeros(wanted, dtype=np.int64)
    empty = np.zeros(0, dtype=np.int64)
    return Block(
        supply=supply,
        minimum_take=ones,
        indivisible=np.zeros(lots, dtype=np.bool_),
        kind=np.arange(lots, dtype=np.int64),
        load_steps=np.zeros(lots, dtype=np.int64),
        demand=demand,
        new_cost=new_cost,
        first=none,
        first_cost=none,
        fulfilment=np.ceil(fulfilment * demand).astype(np.int64),
        donors=np.full(wanted, donors, dtype=np.int64),
        one_kind=np.zeros(wanted, dtype=np.bool_),
        new_money=none,
        group=np.arange(wanted, dtype=np.int64),
        option=np.full(wanted, -1, dtype=np.int64),
        budget=np.full(wanted, -1, dtype=np.int64),
        options=np.ones(wanted, dtype=np.int64),
        start=np.arange(wanted + 1, dtype=np.int64) * per_requirement,
        lot=lot.ravel().astype(np.int32),
        cost=cost.ravel(),
        trip=trip.ravel(),
        load=empty,
        pay=empty,
        top=empty,
        bottom=empty,
    )


def draw_side_problem(*, pairs: int, fulfilment: float, donors: int = 3, seed: int = 7) -> Problem:
    """Draw a block and pose it as a problem that gives its pairs, so that it is solved and checked whole.

    Parameters
    ----------
    pairs, fulfilment, donors, seed
        As of `draw_block`.
    """
    each = next(count for least, count in PER_REQUIREMENT if pairs >= least)
    block = draw_block(pairs=pairs, fulfilment=fulfilment, donors=donors, seed=seed, per_requirement=each)
    lots, wanted = len(block.supply), len(block.demand)
    return make_problem(
        classes={"id": ["any"]},
        sites={"id": ["here"], "x_m": [600_000], "y_m": [6_200_000], "land": ["one"]},
        lots={
            "id": [f"L{row:06d}" for row in range(lots)],
            "class": [0] * lots,
            "site": [0] * lots,
            "quantity": block.supply,
            "available_from": [DAY] * lots,
            "available_to": [DAY + 1] * lots,
        },
        requirements={
            "id": [f"R{row:06d}" for row in range(wanted)],
            "class": [0] * wanted,
            "site": [0] * wanted,
            "quantity": block.demand,
            "wanted_from": [DAY] * wanted,
            "wanted_to": [DAY + 1] * wanted,
            "new_price_ore": block.new_cost / PER_ORE,
            "minimum_fulfilment": [round(1000 * fulfilment)] * wanted,
            "most_donors": [donors] * wanted,
        },
        pairs={
            "lot": block.lot,
            "requirement": np.repeat(np.arange(wanted), np.diff(block.start)),
            "cost": block.cost,
            "trip": block.trip,
        },
    )
