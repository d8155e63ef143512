# SPDX-License-Identifier: EUPL-1.2
"""Whole blocks: the plan breaks no rule, the bound never lies above the optimum, and every rule can bind."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.errors import SolverError
from matcher.side.block import Block, BlockAnswer
from matcher.side.solve import BlockProgress, solve_block

Make = Callable[..., Block]
Read = Callable[[Block, BlockAnswer], tuple[int, list[str]]]
Optimum = Callable[[Block], int]
WORK = 400


@st.composite
def draw_block(draw: st.DrawFn, make: Make) -> Block:
    """Draw a tiny block with any rules."""
    lots, wanted = draw(st.integers(1, 3)), draw(st.integers(1, 2))
    on = draw(
        st.sets(st.sampled_from(["least", "whole", "kind", "load", "trip", "share", "pay", "rate", "option"]))
    )

    def numbers(low: int, high: int, many: int = lots) -> list[int]:
        return draw(st.lists(st.integers(low, high), min_size=many, max_size=many))

    demand = numbers(1, 5, wanted)
    rules: dict[str, object] = {
        "new_cost": numbers(1, 25, wanted),
        "fulfilment": [draw(st.integers(0, most)) for most in demand],
        "donors": numbers(0, 3, wanted),
        "one_kind": numbers(0, 1, wanted) if "kind" in on else [0] * wanted,
        "kind": numbers(0, 1),
    }
    if "least" in on:
        rules["minimum_take"] = numbers(1, 3)
    if "whole" in on:
        rules["indivisible"] = numbers(0, 1)
    if "load" in on:
        rules |= {"load": numbers(0, 20, lots * wanted), "load_steps": numbers(0, 3)}
    if "trip" in on:
        rules["trip"] = numbers(0, 30, lots * wanted)
    if "share" in on:
        rules |= {
            "first": [draw(st.integers(0, most)) for most in demand],
            "first_cost": numbers(0, 9, wanted),
        }
    if "rate" in on:
        rules |= {"top": numbers(1, 3, lots * wanted), "bottom": numbers(1, 3, lots * wanted)}
    if "option" in on:
        rules |= {"group": [0] * wanted, "option": list(range(wanted)), "options": [wanted], "budget": [-1]}
    if "pay" in on:
        groups = 1 if "option" in on else wanted
        rules |= {
            "pay": numbers(0, 30, lots * wanted),
            "new_money": numbers(0, 20, wanted),
            "budget": numbers(0, 20, groups),
        }
    return make(supply=numbers(1, 4), demand=demand, cost=numbers(-4, 20, lots * wanted), **rules)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_tiny_block(make: Make, read: Read, optimum: Optimum, data: st.DataObject) -> None:
    """Bound <= optimum <= cost, the cost is what the matches cost, and no rule is broken."""
    block = data.draw(draw_block(make))
    answer = solve_block(block, work=WORK, seed=1)
    cost, broken = read(block, answer)
    assert broken == []
    assert answer.cost == cost
    assert answer.bound <= optimum(block) <= cost <= answer.baseline


@pytest.mark.parametrize("seed", range(6))
def test_small_blocks_are_solved_all_but_to_the_optimum(make: Make, optimum: Optimum, seed: int) -> None:
    """Three requirements want the same lots, with trips, donors and fulfilment: at most 2 % is lost."""
    draw = np.random.default_rng(seed)
    block = make(
        supply=draw.integers(2, 5, 3).tolist(),
        demand=draw.integers(3, 6, 3).tolist(),
        cost=draw.integers(1, 12, (3, 3)).tolist(),
        trip=draw.integers(0, 15, (3, 3)).tolist(),
        new_cost=draw.integers(12, 25, 3).tolist(),
        donors=[2, 2, 2],
        fulfilment=[2, 0, 3],
    )
    best = optimum(block)
    assert best <= solve_block(block, work=2000, seed=1).cost <= 1.02 * best


BINDING: dict[str, tuple[dict[str, object], int, int]] = {
    # one requirement of 10, new 10 a step; lots of 6 and 6 at 1 and 2 a step unless told: 6 + 8 = 14 of 100
    "none": ({}, 14, 0),
    "fulfilment": ({"supply": [4, 4], "fulfilment": [9]}, 100, 0),
    "donors": ({"donors": [1]}, 6 + 40, 0),
    "one_kind": ({"one_kind": [1], "kind": [0, 1]}, 6 + 40, 0),
    "minimum_take": ({"minimum_take": [6, 6]}, 6 + 12, 0),
    "indivisible": ({"indivisible": [0, 1]}, 4 + 12, 0),
    "trip": ({"trip": [0, 33]}, 6 + 40, 0),
    "load": ({"load": [0, 9], "load_steps": [0, 2]}, 6 + 8 + 18, 0),
    "conversion": ({"top": [1, 1], "bottom": [1, 2]}, 6 + 12 + 10, 0),
    "breakage": ({"top": [1, 9], "bottom": [1, 10]}, 6 + 10, 0),
    "share": ({"supply": [4, 0], "first": [6], "first_cost": [5]}, 4 + 60 + 10, 0),
    "budget": ({"pay": [0, 30], "budget": [45]}, 6 + 2 + 30, 0),
}


@pytest.mark.parametrize("rule", BINDING)
def test_each_rule_binds(make: Make, read: Read, optimum: Optimum, rule: str) -> None:
    """Each rule alone changes the plan to the one worked out by hand."""
    rules, expected, _ = BINDING[rule]
    block = make(**{"supply": [6, 6], "demand": [10], "cost": [[1, 2]], "new_cost": [10]} | rules)
    answer = solve_block(block, work=WORK, seed=1)
    assert (answer.cost, []) == read(block, answer)
    assert answer.cost == optimum(block)
    assert answer.cost == expected


def test_the_cheaper_design_is_built(make: Make, read: Read) -> None:
    """Of two designs the one whose lots are at hand is chosen though it is dearer bought new."""
    block = make(
        supply=[10],
        demand=[10, 10],
        cost=[[50], [1]],
        new_cost=[40, 45],
        group=[0, 0],
        option=[0, 1],
        options=[2],
        budget=[-1],
    )
    answer = solve_block(block, work=WORK, seed=1)
    assert answer.option.tolist() == [1]
    assert (answer.cost, answer.baseline) == (10, 400)
    assert read(block, answer) == (10, [])
    assert answer.bound <= 10


def test_prices_share_what_two_want(make: Make) -> None:
    """The lot goes to whom it saves most, and its price is what makes the other do without: proven."""
    block = make(supply=[10], demand=[10, 10], cost=[[1], [1]], new_cost=[20, 30])
    answer = solve_block(block, work=WORK, seed=1)
    assert answer.requirement.tolist() == [1]
    assert answer.cost == 10 + 200
    assert answer.cost - answer.bound <= 0.01 * answer.cost


def draw_large(make: Make, *, seed: int) -> Block:
    """Draw a block of 40 lots and 12 requirements with rules on all."""
    draw = np.random.default_rng(seed)
    return make(
        supply=draw.integers(5, 40, 40).tolist(),
        demand=draw.integers(20, 90, 12).tolist(),
        cost=draw.integers(5, 30, (12, 40)).tolist(),
        trip=draw.integers(20, 200, (12, 40)).tolist(),
        new_cost=draw.integers(30, 60, 12).tolist(),
        donors=[3] * 12,
        fulfilment=draw.integers(0, 20, 12).tolist(),
    )


def test_the_same_seed_gives_the_same_answer(make: Make) -> None:
    """Twice the same block, twice the same matches, prices and bound."""
    block = draw_large(make, seed=4)
    one, other = (solve_block(block, work=3000, seed=5) for _ in range(2))
    assert all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def test_a_stop_keeps_the_best_plan(make: Make, read: Read) -> None:
    """Stopped at once or after a while, the plan breaks no rule and its bound holds."""
    block = draw_large(make, seed=6)
    whole = solve_block(block, work=20_000, seed=1)
    for patience in (0, 310):
        asked = 0

        def stop(patience: int = patience) -> bool:
            nonlocal asked
            asked += 1
            return asked > patience

        answer = solve_block(block, work=10**9, seed=1, should_stop=stop)
        assert answer.ended == "stopped"
        assert read(block, answer) == (answer.cost, [])
        assert answer.bound <= whole.cost


def test_it_ends_at_the_gap_asked_for_and_reports(make: Make) -> None:
    """A wide gap is reached by the first plan; costs reported never rise and bounds never lie above."""
    block = draw_large(make, seed=7)
    seen: list[BlockProgress] = []
    assert solve_block(block, work=10**9, seed=1, gap=0.5, report=seen.append).ended == "gap"
    seen.clear()
    answer = solve_block(block, work=20_000, seed=1, report=seen.append)
    costs = [progress.cost for progress in seen]
    assert costs == sorted(costs, reverse=True)
    assert all(progress.bound == answer.bound <= progress.cost for progress in seen)
    assert answer.ended == "work"


def test_empty_sides(make: Make) -> None:
    """Without pairs everything is bought new, proven."""
    block = make(supply=[5], demand=[3, 4], cost=[[200], [200]], new_cost=[10, 20])
    empty = block._replace(start=np.zeros(3, dtype=np.int64), lot=block.lot[:0], cost=block.cost[:0])
    for one in (block, empty):
        answer = solve_block(one, work=WORK, seed=1)
        assert (answer.cost, answer.bound, answer.baseline, len(answer.lot)) == (110, 110, 110, 0)


def test_sums_beyond_64_bits_are_refused(make: Make) -> None:
    """A requirement whose cost does not fit is refused before anything is counted."""
    block = make(supply=[5], demand=[10**9], cost=[[1]], new_cost=[10**9])
    with pytest.raises(SolverError, match="coarser"):
        solve_block(block, work=WORK, seed=1)
