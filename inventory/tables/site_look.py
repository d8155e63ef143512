# SPDX-License-Identifier: EUPL-1.2
"""When each site was last looked at, so that who keeps lots in memory knows which to read again."""

from __future__ import annotations

import uuid

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, Big


class SiteLook(Base):
    """A site something of changed, and the number of the look that took it in.

    Whoever keeps the map writes it, one process at a time: numbers grow in the order in which looks are seen.
    A site that is gone keeps its row, for those who still know it.
    """

    __tablename__ = "site_look"
    __table_args__ = (Index("ix_site_look_number", "number"),)

    site_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    number: Mapped[Big] = mapped_column(comment="The greater, the later")
