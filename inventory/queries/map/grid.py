# SPDX-License-Identifier: EUPL-1.2
"""The grid of the map: tiles of Web Mercator, the cells they are cut into, and the curve marks lie along."""

from __future__ import annotations

from dataclasses import dataclass

CELLS = 14
"""Cells along one side of a tile: about 37 px each, so that groups do not cover each other."""

PART_ZOOM = 13
"""From this zoom on each site stands alone; below, what lies in one cell of the tile is one group."""

FINEST_ZOOM = PART_ZOOM - 1
WHOLE_ZOOM = -1
"""Of the one cell that holds all there is, placed or not."""

HALF_METRES = 20_037_508.342789244
"""Web Mercator (EPSG:3857) reaches this far from its middle, each way."""

QUAD_ZOOM = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A tile of the map: zoom, column from the west, row from the north."""

    z: int
    x: int
    y: int

    @property
    def width(self) -> float:
        """Return the side in metres of Web Mercator."""
        return 2 * HALF_METRES / (1 << self.z)

    @property
    def west(self) -> float:
        """Return the western edge in metres of Web Mercator."""
        return self.x * self.width - HALF_METRES

    @property
    def north(self) -> float:
        """Return the northern edge in metres of Web Mercator."""
        return HALF_METRES - self.y * self.width

    @property
    def quads(self) -> tuple[int, int]:
        """Return the first and the last number that marks in the tile have along the curve.

        Below zoom 13 a tile is a whole run of the curve; above, it lies within one number.
        """
        if self.z >= QUAD_ZOOM:
            up = self.z - QUAD_ZOOM
            quad = interleave(self.x >> up, self.y >> up)
            return quad, quad
        shift = 2 * (QUAD_ZOOM - self.z)
        first = interleave(self.x, self.y) << shift
        return first, first + (1 << shift) - 1


def interleave(x: int, y: int) -> int:
    """Give a tile's place along the Z-order curve (Morton 1966), as `genbro_map_quad` does."""
    return sum(((x >> bit & 1) << 2 * bit) | ((y >> bit & 1) << 2 * bit + 1) for bit in range(QUAD_ZOOM))
