# SPDX-License-Identifier: EUPL-1.2
"""Sites whose marks have to be looked at again."""

from __future__ import annotations

import uuid

from sqlalchemy import Identity
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, Big


class MapStale(Base):
    """A site something of changed: triggers add a row, whoever keeps the map takes it away.

    Rows are only ever added, so writers never wait for each other here.
    """

    __tablename__ = "map_stale"

    id: Mapped[Big] = mapped_column(Identity(), primary_key=True)
    site_id: Mapped[uuid.UUID]
