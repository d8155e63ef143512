# SPDX-License-Identifier: EUPL-1.2
"""Which engine plans a family: the cheapest one that keeps its rules."""

from __future__ import annotations

from matcher.fair import solve_fair
from matcher.plain.plain import solve_plain
from matcher.rules import uses_side_rules
from matcher.sided import solve_sided
from matcher.task import Answer, Signal, Task


def solve_family(task: Task, signal: Signal) -> Answer:
    """Solve one family by the engine that fits it.

    Parameters
    ----------
    task
        The family.
    signal
        Told how far it is; may end it.

    Notes
    -----
    Plain requirements go to the transportation simplex, which is exact; a family with any side rule goes to
    the block engine as a whole, since its requirements want the same lots.
    """
    if uses_side_rules(task.problem):
        return solve_sided(task, signal)
    if task.problem.params.fair_share and task.problem.params.fair_weight:
        return solve_fair(task, signal)
    return solve_plain(task, signal)
