# SPDX-License-Identifier: EUPL-1.2
"""Solving a cutting problem: patterns by column generation, a whole plan, a bound anyone can check."""

from __future__ import annotations

import math
from dataclasses import dataclass

from matcher.cutting.account import Chosen, count_figures, lay_plan, list_versions, trim_surplus
from matcher.cutting.bounds import Leaf, Proof, list_branches, list_prices, round_up
from matcher.cutting.dive import dive
from matcher.cutting.generate import generate
from matcher.cutting.improve import cost_patterns, list_hopeful, recut
from matcher.cutting.lanes import Lanes, lay_lanes
from matcher.cutting.master import Master, Pool, choose_whole
from matcher.cutting.plan import CuttingCertificate, CuttingPlan
from matcher.cutting.pricing import open_shop, price_lanes, value_bars
from matcher.cutting.problem import CuttingProblem
from matcher.figures import find_gap
from matcher.plan import Termination


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How much work to do, all of it counted, so that the answer does not depend on the machine's speed.

    Parameters
    ----------
    rounds
        Most rounds of column generation at the root.
    rounds_below
        Most rounds after each fixing of a dive.
    nodes, widest
        Most nodes and patterns of the branch and bound over all patterns.
    moves, nodes_move
        Tries to cut a few bars anew, and most nodes in each.
    seed
        Of what is chosen at random.
    """

    rounds: int = 1_000
    rounds_below: int = 5
    nodes: int = 100
    widest: int = 800
    moves: int = 20
    nodes_move: int = 50
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
    Gilmore and Gomory 1961, "A linear programming approach to the cutting-stock problem": patterns are
    priced by a knapsack. The price of a bar pays for what it could bring, so few bars of many lengths need
    no other bound.
    """
    effort = effort or Effort()
    lanes = lay_lanes(problem)
    if not len(lanes.bar):
        leaf = Leaf(prices=problem.pieces.new_cost, special={})
        whole = zip(problem.pieces.quantity.tolist(), problem.pieces.new_cost.tolist(), strict=True)
        proof = Proof(parts=1, bound=sum(count * cost for count, cost in whole), branches=(), leaves=(leaf,))
        return _finish(problem, lanes=lanes, chosen={}, proof=proof)
    shop = open_shop(problem, lanes=lanes)
    pool = Pool(shop)
    master = Master(pool)
    demand, quantity = problem.pieces.quantity, problem.bars.quantity
    relaxed = generate(pool, master, demand=demand, quantity=quantity, rounds=effort.rounds, smooth=True)
    worth = value_bars(shop, priced=price_lanes(shop, prices=relaxed.prices, demand=demand))
    best = dive(pool, master, demand=demand, quantity=quantity, rounds=effort.rounds_below)
    room = cost_patterns(pool, chosen=best, demand=demand) * shop.parts - relaxed.bound
    if room >= shop.parts:
        hopeful = list_hopeful(pool, prices=relaxed.prices, worth=worth, room=room, most=effort.widest)
        some = pool.choose([*hopeful, *(number for number in sorted(best) if number not in set(hopeful))])
        begin = {some.known[pool.lane[number], pool.content[number]]: count for number, count in best.items()}
        found = choose_whole(some, demand=demand, quantity=quantity, start=begin, nodes=effort.nodes)
        best = {pool.known[some.lane[number], some.content[number]]: n for number, n in found.items()}
        best = recut(
            pool,
            chosen=best,
            moves=effort.moves,
            nodes=effort.nodes_move,
            rounds=effort.rounds_below,
            seed=effort.seed,
        )
    chosen = {(pool.lane[number], pool.content[number]): count for number, count in best.items()}
    chosen = trim_surplus(problem, lanes=lanes, chosen=chosen)
    leaf = Leaf(prices=relaxed.prices, special={})
    bound = round_up(relaxed.bound, parts=shop.parts, grain=find_grain(problem))
    proof = Proof(parts=shop.parts, bound=bound, branches=(), leaves=(leaf,))
    return _finish(problem, lanes=lanes, chosen=chosen, proof=proof)


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
