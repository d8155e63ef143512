# SPDX-License-Identifier: EUPL-1.2
"""Lot prices: what one step more of a lot would be worth to a plan."""

from __future__ import annotations

import uuid

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, Big


class LotPrice(Base):
    """The price of a lot in the certificate of a run."""

    __tablename__ = "lot_price"

    run_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)
    lot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("lot.id"), primary_key=True, index=True)
    price: Mapped[Big] = mapped_column(comment="Per step, in the certificate's quantum")
