# SPDX-License-Identifier: EUPL-1.2
"""Versions of the map's tiles."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql import SMALLINT
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, Big


class MapTile(Base):
    """A tile of zooms 0 to 12, and the version of the map that last changed a mark in it.

    A browser's tile stays current while others change. A tile without a row has never had a mark, or none
    that changed since versions of tiles are kept; a tile of a finer zoom is as new as that of zoom 12 around
    it.
    """

    __tablename__ = "map_tile"

    zoom: Mapped[int] = mapped_column(SMALLINT, primary_key=True, autoincrement=False)
    tile_x: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    tile_y: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[Big]
