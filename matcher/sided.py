# SPDX-License-Identifier: EUPL-1.2
"""Solving a family whose requirements have side rules: as a block, with what its prices prove."""

from __future__ import annotations

import numpy as np

from matcher.blocks import lay_block
from matcher.candidates import World, lay_world
from matcher.joint import find_joint_projects
from matcher.plan import Termination
from matcher.problem.columns import IntArray
from matcher.setbacks import count_setbacks
from matcher.side.block import Block, BlockAnswer
from matcher.side.solve import BlockProgress, solve_block
from matcher.space import charge_nothing
from matcher.stops import count_stops
from matcher.task import Answer, Signal, Task

MOVES, SQUARE_MOVES, MOST_MOVES = 100, 20, 160_000
"""Moves of the search for each requirement, and for each pair of them, up to so many: where no limit of work
is given, small families are searched longer."""
FEWEST_MOVES = 50
"""For each requirement, however many there are. A country's blocks end 0.06 % of the saving dearer so than
with three times as many."""
SEED = 2026
"""Of chance in the search; the family's number is added."""
PRICED = 0.4
"""Share of the work done when prices stand and a first plan is there."""
ENDINGS = {
    "gap": Termination.GAP,
    "work": Termination.WORK_LIMIT,
    "stopped": Termination.STOPPED,
}


def solve_sided(task: Task, signal: Signal) -> Answer:
    """Solve one family in which some requirement has a side rule.

    Parameters
    ----------
    task
        The family, its rows not gathered into types.
    signal
        Told how far it is; may end it. The answer then is the best plan so far with the bound of its prices.

    Raises
    ------
    SolverError
        Where sums would not fit 64 bits.
    """
    problem = task.problem
    world = lay_world(problem, quantum=task.quanta, fees=task.fees)
    block, allowed = lay_block(problem, world=world, weights=task.weights)
    told = 0.0
    stopped = signal.tell(told)

    def listen() -> bool:
        nonlocal stopped
        stopped = stopped or signal.tell(told)
        return stopped

    def report(progress: BlockProgress) -> None:
        nonlocal told
        told = PRICED + (0.95 - PRICED) * progress.done / max(progress.total, 1)

    moves = _count_moves(len(problem.requirements.id))
    if task.limits.work is not None:
        moves = int(moves * task.limits.work)
    found = solve_block(
        block,
        work=moves,
        seed=SEED + task.number,
        gap=task.limits.gap,
        report=report,
        should_stop=listen,
    )
    return _make_answer(task, block, found, world=world, allowed=allowed, signal=signal)


def _count_moves(requirements: int) -> int:
    long = min(MOVES * requirements + SQUARE_MOVES * requirements**2, MOST_MOVES)
    return max(long, FEWEST_MOVES * requirements)


def _make_answer(
    task: Task, block: Block, found: BlockAnswer, *, world: World, allowed: IntArray, signal: Signal
) -> Answer:
    problem = task.problem
    wanted = np.arange(len(problem.requirements.id))
    cost, delivered = _look_up(block, found)
    served = np.zeros(len(wanted), dtype=np.int64)
    np.add.at(served, found.requirement, delivered)
    open_ = (block.option < 0) | (block.option == found.option[block.group])
    short = np.flatnonzero((served < block.demand) & open_)
    joint = np.flatnonzero(find_joint_projects(problem))
    group_of = np.zeros(len(problem.projects.id), dtype=np.int64)
    mine = problem.requirements.project
    group_of[mine[mine >= 0]] = block.group[mine >= 0]
    priced = np.flatnonzero(found.prices)
    stopped = count_setbacks(
        problem,
        world=world._replace(fees=charge_nothing()),
        rows=short,
        stopped=count_stops(world, short, weights=task.weights),
        kind=block.kind,
        lot=found.lot.astype(np.int32),
        requirement=found.requirement.astype(np.int32),
        quantity=found.quantity,
    )
    ended = Termination.OPTIMAL if found.cost == found.bound else ENDINGS[found.ended]
    answer = Answer(
        lot=found.lot,
        requirement=found.requirement,
        flow=found.quantity,
        cost=cost,
        priced=priced,
        prices=found.prices[priced],
        rows=wanted,
        allowed=allowed,
        worth=block.new_cost,
        short=short,
        stopped=stopped,
        total=found.cost,
        bound=found.bound,
        baseline=found.baseline,
        termination=ended,
        bounded=found.bounded,
        projects=joint,
        project_prices=found.group_prices[group_of[joint]],
        options=found.option[group_of[joint]],
        tier="block",
    )
    signal.tell(1.0)
    return answer


def _look_up(block: Block, found: BlockAnswer) -> tuple[IntArray, IntArray]:
    """Return c of each match, and the steps it delivers."""
    width = len(block.supply)
    of_pair = np.repeat(np.arange(len(block.demand)), np.diff(block.start))
    keys = of_pair * width + block.lot  # rising: pairs stand by requirement, then lot
    place = np.searchsorted(keys, found.requirement * width + found.lot)
    delivered = found.quantity
    if len(block.top):
        delivered = found.quantity * block.top[place] // block.bottom[place]
    return block.cost[place], delivered
