# SPDX-License-Identifier: EUPL-1.2
"""The parts the map's cells come in, and which of them answers a question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from inventory.queries.map.grid import FINEST_ZOOM
from inventory.tables import CellPart

DIMENSIONS = ("class_id", "basis", "firmness", "screening", "edge", "month")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part: what it parts marks by, and the finest zoom it is kept for.

    Beyond that zoom a tile holds so few marks of the kind that to count them is as quick as to add up sums
    of one or two.
    """

    name: CellPart
    by: tuple[str, ...]
    finest: int


PARTS = (
    Part(name=CellPart.ALL, by=(), finest=FINEST_ZOOM),
    Part(name=CellPart.CLASS, by=("class_id", "basis"), finest=10),
    Part(name=CellPart.STATE, by=("basis", "firmness", "screening"), finest=FINEST_ZOOM),
    Part(name=CellPart.MONTHS, by=("basis", "firmness", "edge", "month"), finest=9),
    Part(name=CellPart.CLASS_MONTHS, by=("class_id", "basis", "edge", "month"), finest=7),
)
"""From the fewest rows to the most: the first that parts by all that is asked is the quickest."""


def choose_part(asked: Iterable[str], *, zoom: int) -> Part | None:
    """Choose the part that answers a question at a zoom; None where marks have to be counted.

    Parameters
    ----------
    asked
        Dimensions the question is about; `month` means both ends of a window.
    zoom
        Of the tile, or `map_grid.WHOLE_ZOOM`.
    """
    wanted = set(asked)
    return next((part for part in PARTS if wanted <= set(part.by) and zoom <= part.finest), None)
