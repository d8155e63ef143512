# SPDX-License-Identifier: EUPL-1.2
"""Who may use each lot, and the chance and memory a search needs."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.compiling import compiled
from matcher.problem.columns import IntArray
from matcher.side.desk import LOT, SUPPLY, Desk

MOST = 8
"""Most requirements planned anew in one move."""


class Around(NamedTuple):
    """Who may use each lot, and working space for one move.

    Parameters
    ----------
    start, wanted
        Requirements whose list holds lot i: ``wanted[start[i]:start[i + 1]]``.
    members
        Requirements of the move.
    pair, take, used
        What they took before.
    chance
        State of the generator of chance, one number.
    supply
        Steps of each lot.
    """

    start: IntArray
    wanted: IntArray
    members: IntArray
    pair: IntArray
    take: IntArray
    used: IntArray
    chance: IntArray
    supply: IntArray


def look_around(desk: Desk, *, seed: int) -> Around:
    """Lay out who may use each lot.

    Parameters
    ----------
    desk
        The block, with the pairs that may be used.
    seed
        Of chance.
    """
    lot = desk.pairs[:, LOT]
    order = np.argsort(lot, kind="stable")
    start = np.zeros(len(desk.lots) + 1, dtype=np.int64)
    np.cumsum(np.bincount(lot, minlength=len(desk.lots)), out=start[1:])
    widest = int(np.diff(desk.start).max(initial=1))
    return Around(
        start=start,
        wanted=np.repeat(np.arange(len(desk.wanted)), np.diff(desk.start))[order],
        members=np.zeros(MOST, dtype=np.int64),
        pair=np.zeros(MOST * widest, dtype=np.int64),
        take=np.zeros(MOST * widest, dtype=np.int64),
        used=np.zeros(MOST, dtype=np.int64),
        chance=np.array([seed * 2654435761 % (2**31 - 2) + 1], dtype=np.int64),
        supply=desk.lots[:, SUPPLY].copy(),
    )


@compiled
def draw(around: Around, many: int) -> int:
    """Draw one of so many numbers from 0 (Lehmer's generator, multiplier 48271, modulus 2^31 - 1)."""
    around.chance[0] = around.chance[0] * 48271 % 2147483647
    number: int = around.chance[0] * many // 2147483647
    return number
