# SPDX-License-Identifier: EUPL-1.2
"""Marks: lots and requirements as the map shows them, each judged and placed once."""

from __future__ import annotations

import uuid
from datetime import date
from enum import StrEnum

from sqlalchemy import Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, Big, Code, code_check
from inventory.tables.lot import Basis, Screening
from inventory.tables.site import Firmness


class MarkKind(StrEnum):
    """What stands there."""

    LOT = "lot"
    REQUIREMENT = "requirement"


class MapMark(Base):
    """A lot or an open requirement as the map shows it, at the point the public may see.

    Kept from the other tables by `inventory.actions.map.marks`, one site at a time; nothing refers to it, and
    `genbro db rebuild-map` makes it anew. It refers to nothing either: a mark goes when its site is looked at
    again.
    """

    __tablename__ = "map_mark"
    __table_args__ = (
        code_check("kind", MarkKind),
        code_check("basis", Basis),
        code_check("firmness", Firmness),
        code_check("screening", Screening),
        Index("ix_map_mark_kind_quad_x_y", "kind", "quad", "x", "y"),
        # It holds all that the marks of a class are counted by: they lie apart, one or two on a page.
        Index(
            "ix_map_mark_kind_class_id_quad",
            "kind",
            "class_id",
            "quad",
            postgresql_include=[
                *("available_from", "available_to", "x", "y", "number", "basis", "not_counted"),
            ],
        ),
    )

    kind: Mapped[MarkKind] = mapped_column(Code(MarkKind), primary_key=True)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    number: Mapped[Big] = mapped_column(
        Identity(), unique=True, comment="Which one a cell of one is: a cell knows the sum of them"
    )
    site_id: Mapped[uuid.UUID] = mapped_column(index=True)
    municipality_code: Mapped[str | None] = mapped_column(index=True)
    class_id: Mapped[int]
    basis: Mapped[Basis | None] = mapped_column(Code(Basis), comment="Of a lot")
    firmness: Mapped[Firmness | None] = mapped_column(Code(Firmness), comment="Of a lot")
    screening: Mapped[Screening | None] = mapped_column(Code(Screening), comment="Of a lot")
    not_counted: Mapped[str | None] = mapped_column(
        comment="Why a lot counts nothing; only those counted are in cells"
    )
    available_from: Mapped[date | None] = mapped_column(comment="Of a requirement, when it is wanted")
    available_to: Mapped[date | None] = mapped_column(comment="Exclusive")
    decide_by: Mapped[date | None]
    steps: Mapped[Big] = mapped_column(comment="Quantity that counts, in the class's step")
    mass_g: Mapped[Big]
    x: Mapped[Big | None] = mapped_column(comment="Web Mercator, decimetres; empty = no coordinate")
    y: Mapped[Big | None]
    quad: Mapped[int | None] = mapped_column(
        comment="Its tile of zoom 13, along the Z-order curve: each tile is a run of these"
    )
