# SPDX-License-Identifier: EUPL-1.2
"""Solving a cutting problem: patterns by column generation, a whole plan, a bound anyone can check."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from matcher.cutting.account import Chosen, count_figures, lay_plan, list_versions, trim_surplus
from matcher.cutting.alike import Merged, merge_bars, spread_bars, spread_proof
from matcher.cutting.bounds import Leaf, Proof, list_branches, list_prices, round_up
from matcher.cutting.branch import grow_tree
from matcher.cutting.dive import dive
from matcher.cutting.generate import Relaxed, generate
from matcher.cutting.improve import cost_patterns, list_hopeful, recut
from matcher.cutting.lanes import Lanes, lay_lanes
from matcher.cutting.master import Master, Pool, choose_whole
from matcher.cutting.plan import CuttingCertificate, CuttingPlan
from matcher.cutting.pricing import open_shop, price_lanes, value_bars
from matcher.cutting.problem import CuttingProblem
from matcher.figures.figures import find_gap
from matcher.plan import Termination


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How much work to do, all of it counted, so that the answer does not depend on the machine's speed.

    Parameters
    ----------
    rounds, rounds_below, rounds_more
        Most rounds of column generation at the root; after each fixing of every other dive; of the rest.
    dives, dive_work
        Plans to dive for, and most plans times lanes (one is dived for in any case).
    branches, branch_work
        Most splits of the proof's tree, and most splits times lanes.
    nodes, widest, widest_work
        Most nodes and patterns of the branch and bound over patterns; most patterns times pieces and bars.
    moves, nodes_move, rounds_move
        Tries to cut a few bars anew; most nodes and rounds in each.
    seed
        Of what is chosen at random.
    """

    rounds: int = 1_000
    rounds_below: int = 2
    rounds_more: int = 5
    dives: int = 8
    dive_work: int = 1_600
    branches: int = 400
    branch_work: int = 24_000
    nodes: int = 20
    widest: int = 400
    widest_work: int = 120_000
    moves: int = 20
    nodes_move: int = 5
    rounds_move: int = 30
    seed: int = 1


def solve_cutting(problem: CuttingProblem, *, effort: Effort | None = None) -> CuttingPlan:
    """Return a plan with a bound on how far it can be from the best.

    Parameters
    ----------
    problem
        The problem.
    effort
        How much work to do; the usual where None.

    Raises
    ------
    InputError
        Where costs are too great to be added up.
    SolverError
        HiGHS failed on a linear programme.

    Notes
    -----
    Patterns are priced by a knapsack (Gilmore and Gomory 1961, "A linear programming approach to the
    cutting-stock problem"). Each bar pays for what it could bring, so few bars of many lengths need no
    bound of their own.
    """
    effort = effort or Effort()
    whole = lay_lanes(problem)
    if not len(whole.bar):
        leaf = Leaf(prices=problem.pieces.new_cost, special={})
        new = zip(problem.pieces.quantity.tolist(), problem.pieces.new_cost.tolist(), strict=True)
        proof = Proof(parts=1, bound=sum(count * cost for count, cost in new), branches=(), leaves=(leaf,))
        return _finish(problem, lanes=whole, chosen={}, proof=proof)
    merged = merge_bars(problem)
    lanes = lay_lanes(merged.problem)
    chosen, proof = _solve_merged(merged, lanes=lanes, effort=effort)
    chosen = spread_bars(problem, merged, lanes=lanes, whole=whole, chosen=chosen)
    return _finish(problem, lanes=whole, chosen=chosen, proof=spread_proof(proof, merged))


def _solve_merged(merged: Merged, *, lanes: Lanes, effort: Effort) -> tuple[Chosen, Proof]:
    problem = merged.problem
    shop, grain = open_shop(problem, lanes=lanes), find_grain(problem)
    pool = Pool(shop)
    master = Master(pool)
    demand, quantity = problem.pieces.quantity, problem.bars.quantity
    relaxed = generate(pool, master, demand=demand, quantity=quantity, rounds=effort.rounds, smooth=True)
    best, cost = _dive_often(pool, master, bound=relaxed.bound, grain=grain, effort=effort)
    root = Leaf(prices=relaxed.prices, special={})
    hopeful = _keep_hopeful(pool, chosen=best, cost=cost, relaxed=relaxed, most=len(pool.lane))
    grown = grow_tree(
        hopeful,
        root=root,
        chosen=_renumber(pool, hopeful, chosen=best),
        cost=cost,
        grain=grain,
        alone=np.array([len(rows) == 1 for rows in merged.members]),
        nodes=min(effort.branches, effort.branch_work // len(lanes.bar)),
        rounds=effort.rounds_move,
    )
    pool, best, cost = hopeful, grown.chosen, grown.cost
    if grown.proof.bound < cost:
        widest = min(effort.widest, effort.widest_work // (len(demand) + len(quantity)))
        some = _keep_hopeful(pool, chosen=best, cost=cost, relaxed=relaxed, most=widest)
        begin = _renumber(pool, some, chosen=best)
        found = choose_whole(some, demand=demand, quantity=quantity, start=begin, nodes=effort.nodes)
        best = recut(
            pool,
            chosen=_renumber(some, pool, chosen=found),
            moves=effort.moves,
            nodes=effort.nodes_move,
            rounds=effort.rounds_move,
            seed=effort.seed,
        )
    chosen = {(pool.lane[number], pool.content[number]): count for number, count in best.items()}
    return trim_surplus(problem, lanes=lanes, chosen=chosen), grown.proof


def _dive_often(
    pool: Pool, master: Master, *, bound: int, grain: int, effort: Effort
) -> tuple[dict[int, int], int]:
    """Return the best of some dives and its cost, 1/1000 øre; buying everything new is a plan too."""
    demand, quantity = pool.shop.problem.pieces.quantity, pool.shop.problem.bars.quantity
    best: dict[int, int] = {}
    cost = cost_patterns(pool, chosen=best, demand=demand)
    dives = min(effort.dives, max(1, effort.dive_work // len(pool.shop.lanes.bar)))
    for place in range(dives):
        if cost <= round_up(bound, parts=pool.shop.parts, grain=grain):
            break
        seed = effort.seed + place if place else 0
        rounds = effort.rounds_more if place % 2 else effort.rounds_below
        dived = dive(pool, master, demand=demand, quantity=quantity, rounds=rounds, seed=seed)
        found = cost_patterns(pool, chosen=dived, demand=demand)
        if found < cost:
            best, cost = dived, found
    return best, cost


def _keep_hopeful(pool: Pool, *, chosen: dict[int, int], cost: int, relaxed: Relaxed, most: int) -> Pool:
    """Return a pool of the patterns that a better plan could use, and those of the plan."""
    shop = pool.shop
    worth = value_bars(
        shop, priced=price_lanes(shop, prices=relaxed.prices, demand=shop.problem.pieces.quantity)
    )
    room = cost * shop.parts - relaxed.bound
    hopeful = list_hopeful(pool, prices=relaxed.prices, worth=worth, room=room, most=most)
    return pool.choose(list(dict.fromkeys([*hopeful, *sorted(chosen)])))


def _renumber(pool: Pool, other: Pool, *, chosen: dict[int, int]) -> dict[int, int]:
    """Return a plan by the numbers its patterns have in another pool, where new ones are added."""
    return {
        other.add(lane=pool.lane[number], content=pool.content[number]): count
        for number, count in chosen.items()
    }


def find_grain(problem: CuttingProblem) -> int:
    """Return a number of 1/1000 øre that divides the cost of every plan; 1 where off-cuts are credited."""
    bars, pieces = problem.bars, problem.pieces
    if problem.params.minimum_offcut and ((bars.offcut_value > 0) & (bars.price > 0)).any():
        return 1
    carriage = problem.carriage.cost.tolist() if problem.carriage is not None else []
    costs = [*bars.cost.tolist(), *pieces.new_cost.tolist(), *carriage, problem.params.cut_cost]
    return max(1, math.gcd(*costs))


def _finish(problem: CuttingProblem, *, lanes: Lanes, chosen: Chosen, proof: Proof) -> CuttingPlan:
    laid = lay_plan(problem, lanes=lanes, chosen=chosen)
    new = zip(problem.pieces.quantity.tolist(), problem.pieces.new_cost.tolist(), strict=True)
    baseline = sum(count * cost for count, cost in new)
    certificate = CuttingCertificate(
        parts=proof.parts,
        leaves=len(proof.leaves),
        branches=list_branches(proof),
        prices=list_prices(proof),
        cost=laid.cost,
        bound=proof.bound,
        baseline=baseline,
        gap=find_gap(cost=laid.cost, bound=proof.bound, baseline=baseline),
    )
    optimal = laid.cost == proof.bound
    return CuttingPlan(
        digest=problem.digest,
        versions=list_versions(),
        termination=Termination.OPTIMAL if optimal else Termination.WORK_LIMIT,
        patterns=laid.patterns,
        contents=laid.contents,
        new=laid.new,
        certificate=certificate,
        figures=count_figures(problem, laid=laid),
    )
