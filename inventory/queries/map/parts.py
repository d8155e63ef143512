# SPDX-License-Identifier: EUPL-1.2
"""The parts the map's cells come in, and which of them answers a question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from inventory.queries.map.grid import FINEST_ZOOM, WHOLE_ZOOM
from inventory.tables import CellPart

DIMENSIONS = ("class_id", "basis", "firmness", "screening", "edge", "month")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part: what it parts marks by, and the finest and the coarsest zoom it is kept for.

    Beyond the finest a tile holds so few marks of the kind that to count them is as quick as to add up sums
    of one or two. One that is kept down to a coarsest zoom spares the finer cells of another part, whose
    rows are many there; the cell of all there is belongs to those that reach down to zoom 0.
    """

    name: CellPart
    by: tuple[str, ...]
    finest: int
    coarsest: int = 0

    @property
    def zooms(self) -> tuple[int, ...]:
        """Return the zooms it is kept for, the finest first."""
        down = tuple(range(self.finest, self.coarsest - 1, -1))
        return down if self.coarsest else (*down, WHOLE_ZOOM)


PARTS = (
    Part(name=CellPart.ALL, by=(), finest=FINEST_ZOOM),
    Part(name=CellPart.CLASS, by=("class_id", "basis"), finest=10),
    Part(name=CellPart.STATE, by=("basis", "firmness", "screening"), finest=FINEST_ZOOM),
    Part(name=CellPart.WINDOWS, by=("edge", "month"), finest=10, coarsest=9),
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
    return next((part for part in PARTS if wanted <= set(part.by) and zoom in part.zooms), None)
