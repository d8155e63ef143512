# SPDX-License-Identifier: EUPL-1.2
"""The search for pairs stripped to what a tree and a database can be asked too: class, reach, window.

One land mass, straight lines times the detour factor, and a cost that is the metres themselves.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from benchmarks.contest import Answer
from benchmarks.make_problem import draw_tables
from benchmarks.mix import FIRST_DAY, ORDINARY
from matcher.candidates import World, lay_world, select_cheapest
from matcher.grid import CELL_METRES
from matcher.problem.problem import make_problem
from matcher.task import cut_rows

EVERY = 2**40
THREADS = 2
"""Of each side."""
PIECES = 16
"""The requirements are cut into so many, so that no thread waits long for the other."""
DETOUR_PERMILLE = 1300
REACH_M = 50_000
IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Lots and requirements as points with a class and a window, and as a prepared problem of Genbro.

    Parameters
    ----------
    world
        The problem as Genbro's loops want it: made beforehand, as the peers' trees and indexes are.
    quantity_lots, quantity_wanted
        Steps; they do not matter here.
    lot_class, lot_xy, lot_from, lot_to, wanted_class, wanted_xy, wanted_from, wanted_to
        The same for the peers: classes by number, metres in EPSG:25832, days, the end exclusive.
    """

    world: World
    quantity_lots: IntArray
    quantity_wanted: IntArray
    lot_class: IntArray
    lot_xy: IntArray
    lot_from: IntArray
    lot_to: IntArray
    wanted_class: IntArray
    wanted_xy: IntArray
    wanted_from: IntArray
    wanted_to: IntArray

    @property
    def line_m(self) -> float:
        """Return the longest straight line that can still be within reach."""
        return REACH_M * 1000 / DETOUR_PERMILLE


@lru_cache(maxsize=2)
def draw_reach(*, n_lots: int, n_requirements: int, n_classes: int, windows: bool) -> Reach:
    """Draw the points of a made-up problem, with its windows or open all the time."""
    tables = draw_tables(n_lots=n_lots, n_requirements=n_requirements, n_classes=n_classes)
    sites, lots, wanted = tables["sites"], tables["lots"], tables["requirements"]
    end = FIRST_DAY + 2 * ORDINARY.release_days
    problem = make_problem(
        params={
            "detour_permille": DETOUR_PERMILLE,
            "near_metres": 2 * REACH_M,
            "default_max_metres": REACH_M,
            "default_storage_days": 0,
        },
        classes={
            "id": tables["classes"]["id"],
            "mass_g": [1_000_000] * n_classes,
            "vehicle": [0] * n_classes,
        },
        vehicles={
            "id": ["any"],
            "payload_g": [10**9],
            "ore_per_tonne_km": [1.0],
            "co2e_mg_per_tonne_km": [0.0],
        },
        sites={
            "id": sites["id"],
            "x_m": sites["x_m"],
            "y_m": sites["y_m"],
            "land": ["one"] * len(sites["id"]),
        },
        lots={
            "id": lots["id"],
            "class": lots["class"],
            "site": lots["site"],
            "quantity": lots["quantity"],
            "available_from": lots["available_from"] if windows else [FIRST_DAY] * n_lots,
            "available_to": lots["available_to"] if windows else [end] * n_lots,
            "screening": [0] * n_lots,
        },
        requirements={
            "id": wanted["id"],
            "class": wanted["class"],
            "site": wanted["site"],
            "quantity": wanted["quantity"],
            "wanted_from": wanted["wanted_from"] if windows else [FIRST_DAY] * n_requirements,
            "wanted_to": wanted["wanted_to"] if windows else [end] * n_requirements,
            "new_price_ore": [REACH_M / 500] * n_requirements,
        },
    )
    x, y = problem.sites.x_m[problem.lots.site], problem.sites.y_m[problem.lots.site]
    problem = cut_rows(  # for both sides: neighbours next to each other, as a solve lays them
        problem,
        lots=np.lexsort((x // CELL_METRES, y // CELL_METRES, problem.lots.class_)),
        requirements=np.arange(n_requirements),
    )
    place = np.column_stack([problem.sites.x_m, problem.sites.y_m])
    return Reach(
        world=lay_world(problem),
        quantity_lots=problem.lots.quantity,
        quantity_wanted=problem.requirements.quantity,
        lot_class=problem.lots.class_.astype(np.int64),
        lot_xy=place[problem.lots.site],
        lot_from=problem.lots.available_from.astype(np.int64),
        lot_to=problem.lots.available_to.astype(np.int64),
        wanted_class=problem.requirements.class_.astype(np.int64),
        wanted_xy=place[problem.requirements.site],
        wanted_from=problem.requirements.wanted_from.astype(np.int64),
        wanted_to=problem.requirements.wanted_to.astype(np.int64),
    )


def find_by_grid(reach: Reach, *, nearest: int | None) -> Answer:
    """Find every pair, or the nearest of each requirement, as Genbro does.

    Parameters
    ----------
    reach
        The data.
    nearest
        How many of each requirement; None = all.
    """
    weights = np.ones(len(reach.lot_class), dtype=np.int64)
    enough, least = (EVERY, EVERY) if nearest is None else (0, nearest)

    def select(rows: IntArray) -> tuple[IntArray, IntArray, IntArray, IntArray]:
        return select_cheapest(
            reach.world, rows, reach.quantity_lots, reach.quantity_wanted, weights, enough, least
        )

    with ThreadPoolExecutor(THREADS) as pool:
        parts = list(pool.map(select, np.array_split(np.arange(len(reach.wanted_class)), PIECES)))
    wanted, lot, metres = (np.concatenate(column) for column in list(zip(*parts, strict=True))[:3])
    return sum_pairs(wanted, lot, metres, whole=nearest is None)


def sum_pairs(wanted: IntArray, lot: IntArray, metres: IntArray, *, whole: bool) -> Answer:
    """Return the count of pairs with sums that tell two ordered sets of pairs apart.

    Parameters
    ----------
    wanted, lot, metres
        Of each pair, by requirement, then metres.
    whole
        Whether every pair was asked for; else of lots equally near any may stand, and only the metres count.
    """
    place = np.arange(1, len(metres) + 1)
    detail = [int(metres.sum()), int((place * metres).sum())]
    if whole:
        detail.append(int(((wanted + 1) * (lot + 1)).sum()))
    return Answer(value=len(wanted), detail=tuple(detail))


def order_pairs(wanted: IntArray, lot: IntArray, metres: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Return pairs by requirement, then metres, as the matcher wants them."""
    order = np.lexsort((metres, wanted))
    return wanted[order], lot[order], metres[order]


def part_classes(reach: Reach) -> list[tuple[IntArray, IntArray]]:
    """Return the rows of lots and of requirements of each class that has both."""
    parts = []
    for one in np.unique(reach.wanted_class):
        offered = np.flatnonzero(reach.lot_class == one)
        if len(offered):
            parts.append((offered, np.flatnonzero(reach.wanted_class == one)))
    return parts


def keep_meeting(reach: Reach, wanted: IntArray, lot: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Return, in order, those of the pairs that are within reach and whose windows meet, and their metres."""
    meet = np.maximum(reach.lot_from[lot], reach.wanted_from[wanted]) < np.minimum(
        reach.lot_to[lot], reach.wanted_to[wanted]
    )
    wanted, lot = wanted[meet], lot[meet]
    metres = measure_lines(reach.wanted_xy[wanted], reach.lot_xy[lot])
    kept = metres <= REACH_M
    return order_pairs(wanted[kept], lot[kept], metres[kept])


def join_classes(parts: Sequence[tuple[IntArray, IntArray, IntArray]]) -> Answer:
    """Return what pairs of one class after another, each in order, are together."""
    wanted, lot, metres = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.argsort(wanted, kind="stable")
    return sum_pairs(wanted[order], lot[order], metres[order], whole=True)


def measure_lines(start: IntArray, end: IntArray) -> IntArray:
    """Return the metres between points as Genbro rounds: the line up, then times the detour factor up."""
    away = start - end
    square = (away * away).sum(axis=1)
    line = np.ceil(np.sqrt(square.astype(np.float64))).astype(np.int64)
    return np.asarray((line * DETOUR_PERMILLE + 999) // 1000)
