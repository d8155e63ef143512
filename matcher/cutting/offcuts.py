# SPDX-License-Identifier: EUPL-1.2
"""Off-cuts as new bars: what a plan leaves over is stock again."""

from __future__ import annotations

from typing import Any

import numpy as np

from matcher.cutting.document import list_table
from matcher.cutting.plan import CuttingPlan
from matcher.cutting.problem import CuttingProblem
from matcher.cutting.stock import PER_METRE

_PER_MM = 10


def list_offcuts(problem: CuttingProblem, plan: CuttingPlan) -> dict[str, list[Any]]:
    """Return the off-cuts of a plan as columns of new bars, with the site where each now lies.

    Parameters
    ----------
    problem
        The problem the plan answers.
    plan
        The plan, checked.

    Returns
    -------
    dict
        The columns of `matcher.cutting.stock.Bars` by their names in files, and ``site``; a row per bar,
        site and length. The id is that of the bar it comes from, its length in 0.1 mm and its site; it has
        section, width, height and grade of the bar, no trim, and costs what the plan credited for it.
    """
    bars, patterns = problem.bars, plan.patterns
    counts: dict[tuple[int, str, int], int] = {}
    for row in np.flatnonzero(patterns.offcut).tolist():
        key = (int(patterns.bar[row]), str(patterns.site[row]), int(patterns.offcut[row]))
        counts[key] = counts.get(key, 0) + int(patterns.count[row])
    keys = sorted(counts)
    made = {
        name: [values[bar] for bar, _, _ in keys]
        for name, values in list_table(bars, problem=problem).items()
    }
    worth = [
        min(
            left * int(bars.offcut_value[bar]) // PER_METRE,
            left * int(bars.price[bar]) // int(bars.length[bar]),
        )
        for bar, _, left in keys
    ]
    made["id"] = ["/".join([bars.id[bar], str(left), *([site] if site else [])]) for bar, site, left in keys]
    made["length_mm"] = [left // _PER_MM if left % _PER_MM == 0 else left / _PER_MM for _, _, left in keys]
    made["trim_mm"] = [0 for _ in keys]
    made["quantity"] = [counts[key] for key in keys]
    made["cost"] = worth
    made["price"] = worth
    made["site"] = [site for _, site, _ in keys]
    return made
