# SPDX-License-Identifier: EUPL-1.2
"""Cells: how many marks lie in each part of each tile, by zoom and by what filters ask."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlalchemy.dialects.postgresql import SMALLINT
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, Big, Code, code_check
from inventory.tables.map_mark import MarkKind


class CellPart(StrEnum):
    """By what the marks of a place are parted, so that a filter finds its sums ready."""

    ALL = "all"
    CLASS = "class"
    STATE = "state"
    WINDOWS = "windows"
    MONTHS = "months"
    CLASS_MONTHS = "class_months"


class CellEdge(StrEnum):
    """Which end of a window a month is: a window of months holds those begun less those ended before."""

    NONE = ""
    FROM = "from"
    TO = "to"


class MapCell(Base):
    """Sums over the counted marks of a cell: a fourteenth of a tile each way, of zooms 0 to 12.

    Zoom -1 is one cell of all there are, placed or not. What a part does not part by is empty, 0. Sums can be
    added and taken away, so a change of one mark changes a few rows: the single mark of a cell is the one of
    that `number`, and all are at one spot, or of one class, where n times the sum of squares is the square of
    the sum.
    """

    __tablename__ = "map_cell"
    __table_args__ = (
        code_check("part", CellPart),
        code_check("kind", MarkKind),
        code_check("edge", CellEdge),
        CheckConstraint("n > 0", name="n_positive"),
        # A changed sum is written on the page of the old one, and no index is touched.
        {"postgresql_with": {"fillfactor": 80}},
    )

    part: Mapped[CellPart] = mapped_column(Code(CellPart), primary_key=True)
    zoom: Mapped[int] = mapped_column(SMALLINT, primary_key=True, autoincrement=False)
    tile_x: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    tile_y: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[MarkKind] = mapped_column(Code(MarkKind), primary_key=True)
    class_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    cell: Mapped[int] = mapped_column(
        SMALLINT, primary_key=True, autoincrement=False, comment="Row from the north times 14, and column"
    )
    basis: Mapped[str] = mapped_column(primary_key=True)
    firmness: Mapped[str] = mapped_column(primary_key=True)
    screening: Mapped[str] = mapped_column(primary_key=True)
    edge: Mapped[CellEdge] = mapped_column(Code(CellEdge), primary_key=True)
    month: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, comment="Months since the year 0: the window's first or last"
    )
    n: Mapped[int]
    surveyed: Mapped[int] = mapped_column(comment="How many of them are surveyed lots")
    steps: Mapped[Big] = mapped_column(comment="Means something of one class")
    mass_g: Mapped[Big]
    x: Mapped[Big] = mapped_column(comment="Web Mercator, decimetres; as those below, a sum")
    y: Mapped[Big]
    number: Mapped[Big]
    spot: Mapped[Big] = mapped_column(comment="A hash of each point")
    spot_square: Mapped[Big]
    class_sum: Mapped[Big]
    class_square: Mapped[Big]
