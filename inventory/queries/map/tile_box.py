# SPDX-License-Identifier: EUPL-1.2
"""A tile's outline, in Web Mercator and as a box in the database's own system."""

from typing import Any

from sqlalchemy import ColumnElement, func

from inventory.queries.places.sites import COARSE_METRES
from inventory.tables import SRID

_WORLD_METRES = 40_075_017  # Web Mercator's width at the equator, never less than a tile's true width
_PIECES = 32
_BOX_ZOOM = 5  # below, a tile reaches beyond where EPSG:25832 means anything


def make_envelope(z: int, x: int, y: int) -> ColumnElement[Any]:
    """Give the outline of a tile, EPSG:3857."""
    envelope: ColumnElement[Any] = func.ST_TileEnvelope(z, x, y)
    return envelope


def cover_tile(z: int, x: int, y: int) -> ColumnElement[Any] | None:
    """Give a box in the database's own system that holds the tile, to find rows by their index.

    A tile's edges are curved there, so its outline is transformed in short pieces and the box widened by what
    a piece may still bulge, and by what a coarse point is moved. None where a tile is too large for the
    projection.
    """
    if z < _BOX_ZOOM:
        return None
    width = _WORLD_METRES / (1 << z)
    outline = func.ST_Transform(func.ST_Segmentize(make_envelope(z, x, y), width / _PIECES), SRID)
    box: ColumnElement[Any] = func.ST_Expand(func.ST_Envelope(outline), COARSE_METRES + width / _PIECES)
    return box
