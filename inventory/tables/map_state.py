# SPDX-License-Identifier: EUPL-1.2
"""The version of the map."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, Big


class MapState(Base):
    """One row: which version of marks and cells there is, so that a browser's tile is known to be current."""

    __tablename__ = "map_state"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[Big] = mapped_column(comment="One more each time marks change")
