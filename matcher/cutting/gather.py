# SPDX-License-Identifier: EUPL-1.2
"""From lots and requirements of one family to a cutting problem: bars with a length, pieces with a length."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from matcher.candidates import World, collect_pairs, lay_world
from matcher.cutting.problem import CuttingProblem, make_cutting_problem
from matcher.errors import InputError
from matcher.problem.column import UNKNOWN
from matcher.problem.problem import Problem

_PER_ORE = 1000
_MM_PER_M = 1000


@dataclass(slots=True)
class _Rows:
    """Columns of the cutting problem while they grow."""

    bars: dict[int, dict[str, Any]] = field(default_factory=dict)
    pieces: list[dict[str, Any]] = field(default_factory=list)
    fits: list[tuple[str, str]] = field(default_factory=list)
    carriage: dict[tuple[str, str], int] = field(default_factory=dict)


def gather_bars(
    problem: Problem,
    *,
    classes: Collection[str],
    kerf_mm: float,
    minimum_offcut_mm: float,
    cut_cost: int,
    offcut_permille: int = 500,
    length: str = "length_mm",
) -> CuttingProblem:
    """Return the cutting problem of the requirements of some classes, with every lot that may serve them.

    Parameters
    ----------
    problem
        A problem whose lots and requirements carry lengths.
    classes
        Codes of the classes wanted: one family, as joists and their substitutes.
    kerf_mm, minimum_offcut_mm, cut_cost
        As in `matcher.cutting.stock.CuttingParams`; cost in 1/1000 øre.
    offcut_permille
        What a metre of off-cut is worth, in thousandths of the price asked for a metre of the bar.
    length
        Name of the attribute that holds the length of a bar in whole millimetres; the least of it that a
        requirement asks for is the length of its pieces.

    Returns
    -------
    CuttingProblem
        Ids are those of lots and requirements. A site is a delivery: site, window and class of a
        requirement, so that a bar brought there serves any of its pieces.

    Raises
    ------
    InputError
        Where the attribute is not there, a requirement has no least length, or a class is not counted in
        pieces or metres.

    Notes
    -----
    A pair is allowed by the rules of the whole problem (`matcher.compatibility`), and a bar costs what the
    problem says a match with it costs: price, preparation, carriage, storage, less disposal avoided, with
    the carbon price; trips and loads are not shared out over bars. A class counted in pieces has a bar or a
    piece for each step; one counted in metres has as many whole bars of the length as the quantity makes,
    and whole pieces rounded up.
    """
    if length not in problem.attributes:
        raise InputError("an attribute of the problem: " + ", ".join(problem.attributes), column=length)
    unknown = sorted(set(classes) - set(problem.classes.id.tolist()))
    if unknown:
        raise InputError("a class of the problem", table="classes", column="id", value=unknown[0])
    column = problem.attributes.index(length)
    world = lay_world(problem)
    lots = np.empty(len(problem.lots.id), dtype=np.int32)
    costs = np.empty(len(problem.lots.id), dtype=np.int64)
    rows = _Rows()
    wanted = problem.requirements
    for row in range(len(wanted.id)):
        if problem.classes.id[wanted.class_[row]] not in classes:
            continue
        least = int(wanted.minimum[row, column])
        if least == UNKNOWN or least <= 0:
            name = str(wanted.id[row])
            raise InputError(
                "a least length above 0", table="requirements", column=f"minimum.{length}", value=name
            )
        _add_piece(problem, rows, world=world, row=row, mm=least)
        count = collect_pairs(world, row, lots, costs)
        order = np.argsort(lots[:count], kind="stable")
        for lot, cost in zip(lots[:count][order].tolist(), costs[:count][order].tolist(), strict=True):
            mm = int(problem.lots.attribute[lot, column])
            if mm != UNKNOWN and mm > 0:
                _add_bar(problem, rows, lot=lot, mm=mm, cost=cost, permille=offcut_permille)
    return make_cutting_problem(
        params={"kerf_mm": kerf_mm, "minimum_offcut_mm": minimum_offcut_mm, "cut_cost": cut_cost},
        bars=_stack(list(rows.bars.values())),
        pieces=_stack(rows.pieces),
        fits={"bar": [bar for bar, _ in rows.fits], "piece": [piece for _, piece in rows.fits]},
        carriage={
            "bar": [bar for bar, _ in rows.carriage],
            "site": [site for _, site in rows.carriage],
            "cost": list(rows.carriage.values()),
        },
    )


def _add_piece(problem: Problem, rows: _Rows, *, world: World, row: int, mm: int) -> None:
    wanted = problem.requirements
    steps = _count_steps(problem, class_=int(wanted.class_[row]), mm=mm)
    window = np.array([wanted.wanted_from[row], wanted.wanted_to[row]]).astype("datetime64[D]")
    delivery = [problem.sites.id[wanted.site[row]], *np.datetime_as_string(window).tolist()]
    delivery.append(problem.classes.id[wanted.class_[row]])
    rows.pieces.append(
        {
            "id": wanted.id[row],
            "length_mm": mm,
            "quantity": math.ceil(int(wanted.quantity[row]) / steps),
            "new_cost": math.floor(int(world.rates.new_cost[row]) * steps),
            "site": "/".join(delivery),
        }
    )


def _add_bar(problem: Problem, rows: _Rows, *, lot: int, mm: int, cost: int, permille: int) -> None:
    lots = problem.lots
    steps = _count_steps(problem, class_=int(lots.class_[lot]), mm=mm)
    bar, piece = str(lots.id[lot]), rows.pieces[-1]
    if lot not in rows.bars:
        price = max(0, math.floor(Fraction(float(lots.price_ore[lot])) * _PER_ORE * steps))
        rows.bars[lot] = {
            "id": bar,
            "length_mm": mm,
            "quantity": math.floor(int(lots.quantity[lot]) / steps),
            "cost": 0,
            "price": price,
            "offcut_value": price * permille * _MM_PER_M // (1000 * mm),
        }
    rows.fits.append((bar, piece["id"]))
    rows.carriage[bar, piece["site"]] = math.ceil(cost * steps)


def _count_steps(problem: Problem, *, class_: int, mm: int) -> Fraction:
    """Return how many steps of its class a bar or piece of a length is."""
    unit, step = str(problem.classes.unit[class_]), Fraction(str(problem.classes.step[class_]))
    if unit == "piece":
        return 1 / step
    if unit == "m":
        return Fraction(mm, _MM_PER_M) / step
    raise InputError("pieces or metres", table="classes", column="unit", row=class_, value=unit)


def _stack(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    return {name: [row[name] for row in rows] for name in rows[0]} if rows else {}
