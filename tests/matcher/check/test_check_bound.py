# SPDX-License-Identifier: EUPL-1.2
"""The checker's least cost of one requirement against every plan there is, written out."""

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.check.bound import bound_exact, bound_plain
from matcher.check.relaxed import Table, Wish, bound_relaxed, scale_down

NAMES = (
    "cost",
    "trip",
    "load",
    "pay",
    "top",
    "bottom",
    "supply",
    "least",
    "indivisible",
    "held",
    "kind",
    "price",
)


def make_table(lots: list[dict[str, Any]]) -> Table:
    """Turn lots into the columns the checker reads."""
    columns = [
        np.array([lot[name] for lot in lots], dtype=np.bool_ if name == "indivisible" else np.int64)
        for name in NAMES
    ]
    return Table(*columns)


def cost_of(lot: dict[str, Any], steps: int, mu: int) -> int:
    """Cost some steps of a lot in thousandths."""
    unit = 1000 * (lot["cost"] + lot["price"]) + mu * lot["pay"]
    loads = -(-steps // lot["held"]) if lot["held"] else 0
    return int(unit * steps + (1000 + mu) * (lot["trip"] + lot["load"] * loads))


def list_takes(lot: dict[str, Any], demand: int) -> list[int]:
    """List what may be taken of a lot, nothing among it."""
    most = min(lot["supply"], -(-demand * lot["bottom"] // lot["top"]))
    least = lot["supply"] if lot["indivisible"] else max(lot["least"], 1)
    if lot["indivisible"]:
        return [0, least] if 1 <= least <= most else [0]
    return [0, *range(least, most + 1)]


def is_needed(lots: list[dict[str, Any]], takes: tuple[int, ...], demand: int) -> bool:
    """Say whether no lot, and no step that need not be taken, could be left out at no loss."""
    delivered = [steps * lot["top"] // lot["bottom"] for lot, steps in zip(lots, takes, strict=True)]
    met = min(sum(delivered), demand)
    for lot, steps, one in zip(lots, takes, delivered, strict=True):
        least = lot["supply"] if lot["indivisible"] else max(lot["least"], 1)
        fewer = 0 if steps <= least else (steps - 1) * lot["top"] // lot["bottom"]
        if steps and min(sum(delivered) - one + fewer, demand) >= met:
            return False
    return True


def list_costs(lots: list[dict[str, Any]], wish: Wish) -> Iterator[int]:
    """List the cost of every plan of a requirement alone, in thousandths."""
    for takes in itertools.product(*(list_takes(lot, wish.demand) for lot in lots)):
        used = [number for number, steps in enumerate(takes) if steps]
        reached = sum(steps * lot["top"] // lot["bottom"] for lot, steps in zip(lots, takes, strict=True))
        if used and (
            reached < wish.least
            or 0 < wish.donors < len(used)
            or (wish.one_kind and len({lots[number]["kind"] for number in used}) > 1)
            or not is_needed(lots, takes, wish.demand)
        ):
            continue
        met = min(reached, wish.demand)
        short = wish.new_cost * (wish.demand - met) + wish.first_cost * max(0, wish.first - met)
        taken = sum(cost_of(lots[number], takes[number], wish.mu) for number in used)
        yield taken + 1000 * short - wish.mu * wish.new_money * met


@st.composite
def draw_requirement(draw: st.DrawFn) -> tuple[list[dict[str, Any]], Wish, bool]:
    """Draw lots and a requirement with any rules; say whether the exact bound must be exact."""
    turned, below, rigid = (draw(st.booleans()) for _ in range(3))
    number = st.integers
    lots = draw(
        st.lists(
            st.fixed_dictionaries(
                {
                    "cost": number(-6 if below else 0, 20),
                    "trip": st.sampled_from([0, 0, 7, 30]),
                    "load": st.sampled_from([0, 0, 4, 11]),
                    "pay": number(0, 20),
                    "top": st.sampled_from([1, 2, 3, 19]) if turned else st.just(1),
                    "bottom": st.sampled_from([1, 2, 20]) if turned else st.just(1),
                    "supply": number(0, 8),
                    "least": st.sampled_from([0, 1, 3, 5]) if rigid else st.just(0),
                    "indivisible": st.sampled_from([False, False, True]) if rigid else st.just(False),
                    "held": st.sampled_from([0, 1, 2, 3, 5]),
                    "kind": number(0, 1),
                    "price": st.sampled_from([0, 0, 3, 9]),
                }
            ),
            max_size=4,
        )
    )
    demand = draw(number(1, 8))
    wish = Wish(
        demand,
        draw(number(0, 25)),
        draw(number(0, demand)),
        draw(st.sampled_from([0, 5])),
        draw(number(0, 20)),
        draw(st.sampled_from([0, 0, (demand + 1) // 2, demand])),
        draw(st.sampled_from([0, 0, 1, 2, 3])),
        draw(st.booleans()),
        draw(st.sampled_from([0, 0, 500, 1500])),
    )
    alike = all(lot["top"] == lot["bottom"] for lot in lots)
    return lots, wish, alike and not (below and rigid)


@settings(max_examples=400)
@given(drawn=draw_requirement())
def test_the_least_cost_is_that_of_the_best_plan(drawn: tuple[list[dict[str, Any]], Wish, bool]) -> None:
    """Exact where it says so, and never above the best plan, however lots convert and whatever they cost."""
    lots, wish, exact = drawn
    table, best = make_table(lots), min(list_costs(lots, wish))
    found = bound_exact(table, len(lots), wish)
    relaxed = bound_relaxed(table, len(lots), wish)
    assert relaxed <= found <= best
    assert found == best or not exact


def test_a_plain_requirement_pays_its_cheapest_step() -> None:
    """Without rules: every step at the least of new and of the cheapest lot with its price."""
    base = dict.fromkeys(NAMES, 0) | {"top": 1, "bottom": 1, "supply": 1}
    lots = [base | {"cost": 7, "price": 2}, base | {"cost": 5, "price": 3}]
    wish = Wish(10, 9, 0, 0, 0, 0, 0, False, 0)
    assert bound_plain(make_table(lots), 2, wish) == 80
    assert bound_plain(make_table(lots), 0, wish) == 90


def test_many_lots_and_loads_are_bounded_exactly() -> None:
    """Forty lots with trips and loads, at most three of them: as the best of all ways to choose three."""
    draw = np.random.default_rng(7)
    base = dict.fromkeys(NAMES, 0) | {"top": 1, "bottom": 1}
    lots = [
        base
        | {
            "cost": int(draw.integers(50, 100)),
            "trip": int(draw.integers(0, 2000)),
            "load": int(draw.integers(0, 300)),
            "held": 10,
            "supply": int(draw.integers(5, 60)),
        }
        for _ in range(40)
    ]
    demand = 100
    wish = Wish(demand, 120, 0, 0, 0, 80, 3, False, 0)
    best = 1000 * demand * 120
    for three in itertools.combinations(range(40), 3):
        most = [min(lots[one]["supply"], demand) for one in three]
        if sum(most) < 80:
            continue
        for open_ in range(3):
            closed = [one for place, one in enumerate(three) if place != open_]
            sizes = [most[place] for place in range(3) if place != open_]
            levels = [sorted({size, *range(10, size, 10)}) for size in sizes]
            for first, second in itertools.product(*levels):
                left = min(demand - first - second, most[open_])
                if left < 1 or first + second + left < 80:
                    continue
                cost = cost_of(lots[three[open_]], left, 0)
                cost += cost_of(lots[closed[0]], first, 0) + cost_of(lots[closed[1]], second, 0)
                best = min(best, cost + 120_000 * (demand - first - second - left))
    assert bound_exact(make_table(lots), 40, wish) <= best
    two = Wish(demand, 120, 0, 0, 0, 0, 0, False, 0)
    assert bound_exact(make_table(lots), 40, two) <= bound_exact(make_table(lots), 40, wish)


@pytest.mark.parametrize("value", [-(2**61), -7, 0, 12_345_678_901, 2**61])
def test_a_rate_passes_no_64_bits(value: int) -> None:
    """Scaled step by step, a product far beyond 64 bits is divided as Python divides it."""
    for times, by in ((1024 * 40, 2**40 + 1), (1, 3), (1024, 2**61 - 1)):
        expected = value * times // by
        if abs(expected) < 2**63:
            assert scale_down(value, times, by) == expected


@pytest.mark.parametrize("seed", range(4))
def test_a_large_requirement_of_many_like_lots_is_bounded_exactly(seed: int) -> None:
    """Ninety lots with trips, most of them used: as the best plan by every number of steps delivered."""
    draw = np.random.default_rng(seed)
    demand, new_cost = 6000, 900
    lots = [
        dict(zip(NAMES, (int(cost), int(trip), 0, 0, 1, 1, int(supply), 1, False, 0, 0, 0), strict=True))
        for cost, trip, supply in zip(
            draw.integers(300, 700, 90),
            draw.integers(5000, 30_000, 90),
            draw.integers(60, 400, 90),
            strict=True,
        )
    ]
    least = np.full(demand + 1, np.inf)
    least[0] = 0
    for lot in lots:
        before = least.copy()
        for steps in range(1, lot["supply"] + 1):
            cost = lot["cost"] * steps + lot["trip"]
            least[steps:] = np.minimum(least[steps:], before[:-steps] + cost)
    best = int((least + new_cost * (demand - np.arange(demand + 1))).min())
    wish = Wish(demand, new_cost, 0, 0, 0, 0, 0, False, 0)
    assert bound_exact(make_table(lots), len(lots), wish) == 1000 * best
