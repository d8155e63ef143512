# SPDX-License-Identifier: EUPL-1.2
"""Blocks for tests, and a plain reading of their rules that shares nothing with the engine."""

import itertools
from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np
import pytest

from matcher.side.block import Block, BlockAnswer

Taken = dict[int, int]
"""Steps taken from each pair of one requirement."""


def make_block(*, supply: list[int], demand: list[int], cost: list[list[int]], **rules: object) -> Block:
    """Make a block where every lot may serve every requirement; rules by the name of their column."""
    lots, wanted = len(supply), len(demand)
    pairs = lots * wanted
    group = list(rules.get("group", range(wanted)))  # type: ignore[call-overload]
    groups = max(group) + 1
    defaults: dict[str, list[int]] = {
        "minimum_take": [1] * lots,
        "indivisible": [0] * lots,
        "kind": list(range(lots)),
        "load_steps": [0] * lots,
        "new_cost": [100] * wanted,
        "first": [0] * wanted,
        "first_cost": [0] * wanted,
        "fulfilment": [0] * wanted,
        "donors": [0] * wanted,
        "one_kind": [0] * wanted,
        "new_money": [0] * wanted,
        "option": [-1] * wanted,
        "budget": [-1] * groups,
        "options": [1] * groups,
        "trip": [],
        "load": [],
        "pay": [],
        "top": [],
        "bottom": [],
    }
    columns = {
        name: np.array(rules.get(name, value), dtype=np.int64).ravel() for name, value in defaults.items()
    }
    for name in ("indivisible", "one_kind"):
        columns[name] = columns[name].astype(np.bool_)
    return Block(
        supply=np.array(supply, dtype=np.int64),
        demand=np.array(demand, dtype=np.int64),
        group=np.array(group, dtype=np.int64),
        start=np.arange(wanted + 1, dtype=np.int64) * lots,
        lot=np.tile(np.arange(lots, dtype=np.int32), wanted),
        cost=np.array(cost, dtype=np.int64).reshape(pairs),
        **columns,
    )


def deliver(block: Block, pair: int, steps: int) -> int:
    """Return the steps delivered by steps taken."""
    if not len(block.top):
        return steps
    return int(Fraction(int(block.top[pair]), int(block.bottom[pair])) * steps // 1)


def list_breaks(block: Block, one: int, taken: Taken) -> list[str]:
    """Return the rules a requirement's plan breaks, budget and supply aside."""
    demand = int(block.demand[one])
    reached = sum(deliver(block, pair, steps) for pair, steps in taken.items())
    broken = []
    for pair, steps in taken.items():
        lot = int(block.lot[pair])
        if block.indivisible[lot] and steps != block.supply[lot]:
            broken.append("indivisible")
        if not block.indivisible[lot] and steps < block.minimum_take[lot]:
            broken.append("minimum_take")
        ratio = Fraction(int(block.bottom[pair]), int(block.top[pair])) if len(block.top) else Fraction(1)
        if steps > -(-demand * ratio // 1) or steps > block.supply[lot]:
            broken.append("most")
        met = min(reached, demand)
        others = reached - deliver(block, pair, steps)
        fewest = block.supply[lot] if block.indivisible[lot] else block.minimum_take[lot]
        spare = steps > fewest and min(others + deliver(block, pair, steps - 1), demand) >= met
        if min(others, demand) >= met or spare:
            broken.append("surplus")
    if taken and reached < block.fulfilment[one]:
        broken.append("fulfilment")
    if block.donors[one] and len(taken) > block.donors[one]:
        broken.append("donors")
    if block.one_kind[one] and len({int(block.kind[block.lot[pair]]) for pair in taken}) > 1:
        broken.append("one_kind")
    return broken


def count_trips(block: Block, pair: int, steps: int) -> int:
    """Return what the trips and trucks of a pair cost."""
    fixed = int(block.trip[pair]) if len(block.trip) else 0
    truck = int(block.load_steps[block.lot[pair]])
    if len(block.load) and truck:
        fixed += int(block.load[pair]) * -(-steps // truck)
    return fixed


def count_cost(block: Block, one: int, taken: Taken) -> int:
    """Return what a requirement's plan costs."""
    reached = sum(deliver(block, pair, steps) for pair, steps in taken.items())
    cost = sum(
        int(block.cost[pair]) * steps + count_trips(block, pair, steps) for pair, steps in taken.items()
    )
    cost += int(block.new_cost[one]) * max(int(block.demand[one]) - reached, 0)
    return cost + int(block.first_cost[one]) * max(int(block.first[one]) - reached, 0)


def count_spent(block: Block, one: int, taken: Taken) -> int:
    """Return what a requirement's plan pays above buying new."""
    reached = min(sum(deliver(block, pair, steps) for pair, steps in taken.items()), int(block.demand[one]))
    paid = sum(
        (int(block.pay[pair]) if len(block.pay) else 0) * steps + count_trips(block, pair, steps)
        for pair, steps in taken.items()
    )
    return paid - int(block.new_money[one]) * reached


def list_plans(block: Block, one: int) -> Iterator[Taken]:
    """List every plan of a requirement alone that breaks no rule."""
    pairs = range(int(block.start[one]), int(block.start[one + 1]))
    amounts = [range(int(block.supply[block.lot[pair]]) + 1) for pair in pairs]
    for steps in itertools.product(*amounts):
        taken = {pair: taken for pair, taken in zip(pairs, steps, strict=True) if taken}
        if not list_breaks(block, one, taken):
            yield taken


def find_optimum(block: Block) -> int:
    """Return the least cost of all plans, by looking at every one."""
    best = None
    plans = [list(list_plans(block, one)) for one in range(len(block.demand))]
    for option in itertools.product(*(range(int(count)) for count in block.options)):
        wanted = [
            one
            for one in range(len(block.demand))
            if block.option[one] < 0 or block.option[one] == option[block.group[one]]
        ]
        for chosen in itertools.product(*(plans[one] for one in wanted)):
            left = block.supply.tolist()
            spent = [0] * len(block.budget)
            cost = 0
            for one, taken in zip(wanted, chosen, strict=True):
                cost += count_cost(block, one, taken)
                spent[block.group[one]] += count_spent(block, one, taken)
                for pair, steps in taken.items():
                    left[block.lot[pair]] -= steps
            kept = all(b < 0 or s <= b for s, b in zip(spent, block.budget.tolist(), strict=True))
            if min(left) >= 0 and kept and (best is None or cost < best):
                best = cost
    assert best is not None
    return best


def read_answer(block: Block, answer: BlockAnswer) -> tuple[int, list[str]]:
    """Return what the plan of an answer costs, counted anew, and every rule it breaks."""
    taken: list[Taken] = [{} for _ in block.demand]
    used = [0] * len(block.supply)
    for lot, one, steps in zip(answer.lot, answer.requirement, answer.quantity, strict=True):
        here = slice(int(block.start[one]), int(block.start[one + 1]))
        pair = int(block.start[one]) + int(np.flatnonzero(block.lot[here] == lot)[0])
        taken[one][pair] = int(steps)
        used[lot] += int(steps)
    broken = ["supply" for lot, steps in enumerate(used) if steps > block.supply[lot]]
    spent, cost = [0] * len(block.budget), 0
    for one, mine in enumerate(taken):
        if block.option[one] >= 0 and block.option[one] != answer.option[block.group[one]]:
            broken += ["option"] if mine else []
            continue
        broken += list_breaks(block, one, mine)
        cost += count_cost(block, one, mine)
        spent[block.group[one]] += count_spent(block, one, mine)
    limits = zip(spent, block.budget.tolist(), strict=True)
    return cost, broken + ["budget" for paid, most in limits if 0 <= most < paid]


@pytest.fixture(scope="session")
def make() -> Callable[..., Block]:
    """Make a block from lists."""
    return make_block


@pytest.fixture(scope="session")
def optimum() -> Callable[[Block], int]:
    """Find the optimum of a tiny block by looking at every plan."""
    return find_optimum


@pytest.fixture(scope="session")
def read() -> Callable[[Block, BlockAnswer], tuple[int, list[str]]]:
    """Read an answer: its cost and the rules it breaks."""
    return read_answer


@pytest.fixture(scope="session")
def plans_of() -> Callable[[Block, int], Iterator[Taken]]:
    """List the plans of a requirement alone."""
    return list_plans


@pytest.fixture(scope="session")
def cost_of() -> Callable[[Block, int, Taken], int]:
    """Count the cost of a requirement's plan."""
    return count_cost


@pytest.fixture(scope="session")
def spent_of() -> Callable[[Block, int, Taken], int]:
    """Count what a requirement's plan pays above buying new."""
    return count_spent
