# SPDX-License-Identifier: EUPL-1.2
"""First fit decreasing, as a saw mill does it: the longest piece first, into the first bar that holds it."""

import numpy as np

from matcher.cutting.account import Chosen
from matcher.cutting.lanes import Lanes, find_fits
from matcher.cutting.problem import CuttingProblem


def cut_first_fit(problem: CuttingProblem, *, lanes: Lanes) -> Chosen:
    """Return bars by lane and content.

    Parameters
    ----------
    problem, lanes
        What is cut, with one site and one bar in each row.

    Notes
    -----
    Where no bar begun holds a piece, the bar that is cheapest by the metre is begun. In the end a bar that
    costs more than its pieces cost new is put back.
    """
    fits, kerf = find_fits(problem), problem.params.kerf
    order = np.argsort(-problem.pieces.length, kind="stable")
    cheapest = np.argsort(lanes.cost / lanes.room, kind="stable").tolist()
    left = {lane: int(lanes.room[lane]) + kerf for lane in cheapest}
    held: dict[int, dict[int, int]] = {}
    for piece in order.tolist():
        need = int(problem.pieces.length[piece]) + kerf
        for _ in range(int(problem.pieces.quantity[piece])):
            lane = next(
                (
                    lane
                    for lane in [*held, *(lane for lane in cheapest if lane not in held)]
                    if left[lane] >= need and fits[lanes.bar[lane], piece]
                ),
                None,
            )
            if lane is not None:
                left[lane] -= need
                content = held.setdefault(lane, {})
                content[piece] = content.get(piece, 0) + 1
    new = problem.pieces.new_cost
    return {
        (lane, tuple(sorted(content.items()))): 1
        for lane, content in held.items()
        if lanes.cost[lane] < sum(int(new[piece]) * count for piece, count in content.items())
    }
