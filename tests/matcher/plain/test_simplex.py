# SPDX-License-Identifier: EUPL-1.2
"""The transportation simplex: the optimum of a linear programme, from any pairs in any order."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linprog

from matcher.plain.simplex import improve_tree, list_matches, plant_tree

Arrays = tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


@st.composite
def draw_family(draw: st.DrawFn) -> tuple[Arrays, NDArray[np.int64]]:
    """Draw pairs by requirement, supply, demand and N; few values, so that ties are common."""
    lots, count = draw(st.integers(1, 7)), draw(st.integers(1, 6))
    start, lot, cost = [0], [], []
    for _ in range(count):
        near = sorted(draw(st.sets(st.integers(0, lots - 1))))
        lot += near
        cost += [draw(st.integers(-3, 9)) for _ in near]
        start.append(len(lot))
    supply = [draw(st.integers(0, 6)) for _ in range(lots)]
    demand = [draw(st.integers(1, 8)) for _ in range(count)]
    new_cost = [draw(st.integers(0, 9)) for _ in range(count)]
    wide = [np.array(values, dtype=np.int64) for values in (start, cost, supply, demand, new_cost)]
    return (wide[0], np.array(lot, dtype=np.int32), wide[1], wide[2], wide[3]), wide[4]


def solve_lp(family: tuple[Arrays, NDArray[np.int64]]) -> float:
    """Return the least cost, by HiGHS."""
    (start, lot, cost, supply, demand), new_cost = family
    pairs, lots, count = len(lot), len(supply), len(demand)
    wanted = np.repeat(np.arange(count), np.diff(start))
    limits = np.zeros((lots, pairs + count))
    limits[lot, np.arange(pairs)] = 1
    served = np.zeros((count, pairs + count))
    served[wanted, np.arange(pairs)] = 1
    served[np.arange(count), pairs + np.arange(count)] = 1
    done = linprog(np.append(cost, new_cost), A_ub=limits, b_ub=supply, A_eq=served, b_eq=demand)
    return float(done.fun)


@given(family=draw_family(), most=st.sampled_from([1, 10, 10**6]))
def test_the_optimum_is_found(family: tuple[Arrays, NDArray[np.int64]], most: int) -> None:
    """In one go or in small pieces: the least cost, by a plan that keeps to supply and demand."""
    (start, lot, cost, supply, demand), new_cost = family
    tree = plant_tree(supply, demand, new_cost)
    place = clean = 0
    for _ in range(10_000):
        if clean == len(demand):
            break
        place, clean, looks = improve_tree(tree, start, lot, cost, place, clean, most)
        assert looks > 0
    assert clean == len(demand)
    assert int((tree.flow * tree.cost).sum()) == round(solve_lp(family))
    used, wanted, flow, paid = list_matches(tree, len(demand))
    assert (np.bincount(used, weights=flow, minlength=len(supply)) <= supply).all()
    assert (np.bincount(wanted, weights=flow, minlength=len(demand)) <= demand).all()
    pairs = {
        (j, int(i)): c
        for j in range(len(demand))
        for i, c in zip(lot[start[j] : start[j + 1]], cost[start[j] : start[j + 1]], strict=True)
    }
    assert [pairs[int(j), int(i)] for j, i in zip(wanted, used, strict=True)] == paid.tolist()
    assert list(zip(wanted.tolist(), used.tolist(), strict=True)) == sorted(
        zip(wanted.tolist(), used.tolist(), strict=True)
    )
